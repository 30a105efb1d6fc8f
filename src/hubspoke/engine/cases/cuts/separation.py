"""Cuts that part a relaxed choice from all plans: half way to a choice of known cost, else at the choice itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.benders.complete import serves_all
from hubspoke.engine.cases.cuts.choice import SLIGHT
from hubspoke.engine.problem.choice import all_whole

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.engine.benders.subproblem import Subproblem
    from hubspoke.engine.cases.cuts.answers import Answers
    from hubspoke.engine.cases.cuts.choice import Choice
    from hubspoke.engine.problem.problem import Problem


class Separation:
    """Cuts off relaxed choices, case by case."""

    def __init__(self, answers: Answers) -> None:
        """Work for one search."""
        self.answers, self.master = answers, answers.master

    def cut(self, relaxed: Choice) -> bool:
        """Cut off a relaxed choice; return whether that told anything."""
        master, core = self.master, self.answers.core
        costs, told = master.costs(relaxed.value), False
        shares = (1.0,) if core is None else (0.5, 1.0)
        middle = relaxed.value if core is None else 0.5 * (relaxed.value + core[0])
        whole_cost: float | None = master.step_cost(middle)
        for case, subproblem in enumerate(self.answers.subproblems):
            outside = master.sizes(relaxed.value, case)
            inside = outside if core is None else master.sizes(core[0], case)
            for share in shares:
                at = tuple(share * out + (1 - share) * within for out, within in zip(outside, inside, strict=True))
                if not subproblem.follows and not all_whole(at[1]):
                    # refineries in parts would be answered as if they were open for nothing
                    at = at[0], round_refineries(subproblem, outside[1])
                    whole_cost = None
                point = subproblem.evaluate(*(np.where(part > SLIGHT, part, 0.0) for part in at))
                if point is None:
                    whole_cost = None
                    continue
                master.add(case, point.cut)
                if share == shares[0]:
                    served = whole_cost is not None and serves_all(subproblem.cutter, point)
                    whole_cost = whole_cost + point.cost if served and whole_cost is not None else None
                if self.answers.exceeds(point.cut.at(*outside), float(costs[case])):
                    told = True
                    break
        if whole_cost is not None and (core is None or whole_cost < core[1]):
            self.answers.core = middle, whole_cost
        return told


def round_refineries(subproblem: Subproblem, part: Floats) -> Floats:
    """Return whole refineries near those in parts: the likeliest of each plant, and room enough for what must enter.

    Parameters
    ----------
    subproblem : Subproblem
    part : float array, shape (R, L)
    """
    problem: Problem = subproblem.problem
    steps, total = problem.refineries, part.sum(axis=1)
    whole, room = np.zeros(part.shape), 0.0
    used = subproblem.cutter.refinery_sizes & (part > SLIGHT)
    for r in np.argsort(-total, kind="stable").tolist():
        if not used[r].any() or (total[r] < 0.5 and room >= subproblem.cutter.least_out * (1 - 1e-9) and whole.any()):
            continue
        asked = float(steps.capacity[r][used[r]] @ part[r][used[r]]) / max(float(part[r][used[r]].sum()), SLIGHT)
        sizes = np.flatnonzero(used[r])
        enough = sizes[steps.capacity[r, sizes] >= asked * (1 - 1e-9)]
        k = enough[np.argmin(steps.capacity[r, enough])] if len(enough) else sizes[np.argmax(steps.capacity[r, sizes])]
        whole[r, k] = 1.0
        room += float(steps.capacity[r, k])
    return whole
