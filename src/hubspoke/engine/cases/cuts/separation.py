"""Cuts that part a relaxed choice from all plans: half way to a choice of known cost, else at the choice itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.benders.complete import serves_all
from hubspoke.engine.benders.refinery_parts import RefineryParts
from hubspoke.engine.cases.cuts.choice import SLIGHT
from hubspoke.engine.problem.choice import all_whole
from hubspoke.engine.problem.limits import largest_output

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.engine.cases.cuts.answers import Answers
    from hubspoke.engine.cases.cuts.choice import Choice
    from hubspoke.engine.cases.cuts.master import PathMaster


class Separation:
    """Cuts off relaxed choices, case by case."""

    def __init__(self, answers: Answers) -> None:
        """Work for one search."""
        self.answers = answers
        self.master: PathMaster = answers.master
        knobs = answers.parameters.cases
        self.parts: list[RefineryParts] = [
            RefineryParts(
                subproblem,
                rounds=knobs.pricings,
                progress=knobs.pricing_progress,
                price=partial(part.price, most=largest_output(part.given)),
            )
            for subproblem, part in zip(answers.subproblems, self.master.parts, strict=True)
        ]

    def cut(self, relaxed: Choice) -> bool:
        """Cut off a relaxed choice; return whether that told anything."""
        master, core = self.master, self.answers.core
        costs, told = master.costs(relaxed.value), False
        shares = (1.0,) if core is None else (0.5, 1.0)
        middle = relaxed.value if core is None else 0.5 * (relaxed.value + core[0])
        whole_costs: list[float] | None = []
        for case, subproblem in enumerate(self.answers.subproblems):
            outside = master.sizes(relaxed.value, case)
            inside = outside if core is None else master.sizes(core[0], case)
            for share in shares:
                at = tuple(share * out + (1 - share) * within for out, within in zip(outside, inside, strict=True))
                if not subproblem.follows and not all_whole(at[1]):
                    whole_costs = None
                    cut = self.parts[case].cut(*(np.where(part > SLIGHT, part, 0.0) for part in at))
                    if cut is None:
                        continue
                    master.add(case, cut)
                    if self.answers.exceeds(cut.at(*outside), float(costs[case])):
                        told = True
                        break
                    continue
                point = subproblem.evaluate(*(np.where(part > SLIGHT, part, 0.0) for part in at))
                if point is None:
                    whole_costs = None
                    continue
                master.add(case, point.cut)
                if share == shares[0]:
                    served = whole_costs is not None and serves_all(subproblem.cutter, point)
                    whole_costs = [*whole_costs, point.cost] if served and whole_costs is not None else None
                if self.answers.exceeds(point.cut.at(*outside), float(costs[case])):
                    told = True
                    break
        self._note_core(middle, whole_costs)
        return told

    def _note_core(self, middle: Floats, costs: list[float] | None) -> None:
        """Keep a choice from which others are approached, given the cost of each case there, if that is known."""
        core = self.answers.core
        if costs is not None:
            cost = self.master.total(middle, np.array(costs))
            if core is None or cost < core[1]:
                self.answers.core = middle, cost
