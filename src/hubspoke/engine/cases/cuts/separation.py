"""Cuts that part a relaxed choice from all plans: half way to a choice of known cost, else at the choice itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hubspoke.base.threads import spread
from hubspoke.engine.benders.complete import serves_all
from hubspoke.engine.benders.refinery_parts import RefineryParts
from hubspoke.engine.cases.cuts.choice import SLIGHT
from hubspoke.engine.problem.choice import all_whole
from hubspoke.engine.problem.limits import largest_output

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.engine.benders.cuts import Cut
    from hubspoke.engine.cases.cuts.answers import Answers
    from hubspoke.engine.cases.cuts.choice import Choice
    from hubspoke.engine.cases.cuts.master import PathMaster

    Sizes = tuple[Floats, ...]
    """Parts to which sizes of hubs, and of refineries, are open."""


class _CutOff(NamedTuple):
    """The cuts of one case, whether they tell anything, and what it costs at the first point, where that is known."""

    cuts: list[Cut]
    told: bool
    cost: float | None


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
        costs = master.costs(relaxed.value)
        middle = relaxed.value if core is None else 0.5 * (relaxed.value + core[0])

        def cut_off(case: int) -> _CutOff:
            outside = master.sizes(relaxed.value, case)
            inside = None if core is None else master.sizes(core[0], case)
            return self._cut_off(case, outside, inside, float(costs[case]))

        found = spread(cut_off, range(len(self.answers.subproblems)))
        for case, one in enumerate(found):
            for cut in one.cuts:
                master.add(case, cut)
        whole_costs = [one.cost for one in found if one.cost is not None]
        self._note_core(middle, whole_costs if len(whole_costs) == len(found) else None)
        return any(one.told for one in found)

    def _cut_off(self, case: int, outside: Sizes, inside: Sizes | None, cost: float) -> _CutOff:
        """Cut off the sizes that a case has in a relaxed choice, from those of a known one if there is one."""
        subproblem, cuts, known = self.answers.subproblems[case], [], None
        shares = (1.0,) if inside is None else (0.5, 1.0)
        inside = outside if inside is None else inside
        for share in shares:
            at = tuple(share * out + (1 - share) * within for out, within in zip(outside, inside, strict=True))
            in_parts = not subproblem.follows and not all_whole(at[1])
            sizes = tuple(np.where(part > SLIGHT, part, 0.0) for part in at)
            point = None if in_parts else subproblem.evaluate(*sizes)
            cut = self.parts[case].cut(*sizes) if in_parts else None if point is None else point.cut
            if cut is None:
                continue
            cuts.append(cut)
            if share == shares[0] and point is not None and serves_all(subproblem.cutter, point):
                known = point.cost
            if self.answers.exceeds(cut.at(*outside), cost):
                return _CutOff(cuts, True, known)
        return _CutOff(cuts, False, known)

    def _note_core(self, middle: Floats, costs: list[float] | None) -> None:
        """Keep a choice from which others are approached, given the cost of each case there, if that is known."""
        core = self.answers.core
        if costs is not None:
            cost = self.master.total(middle, np.array(costs))
            if core is None or cost < core[1]:
                self.answers.core = middle, cost
