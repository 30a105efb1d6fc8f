"""A single case is a problem of today: what its steps cost once is added to what its sizes cost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status, is_proven
from hubspoke.engine.cases.expanded import weigh
from hubspoke.engine.cases.full import plan_at, with_bound
from hubspoke.engine.cases.network import echelons, plant_arcs
from hubspoke.engine.cases.plant_paths import Stage
from hubspoke.engine.cases.solution import CasesSolution, write_plan
from hubspoke.engine.problem.problem import FORCED_CLOSED, FORCED_OPEN
from hubspoke.engine.problem.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.network import Arc, Echelon
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution


def is_plain(cases: Cases) -> bool:
    """Return whether there is one case alone, with no limit on what plants do together.

    Parameters
    ----------
    cases : Cases
    """
    limited = cases.limits_budget or cases.hubs.limits_openings.any() or cases.refineries.limits_openings.any()
    plain = not limited and not cases.sites.limits_coverage and cases.measure is None and not cases.owes
    return cases.count == 1 and plain


def solve_one_case(cases: Cases, solve: Callable[[Problem, float], Solution], *, gap: float) -> CasesSolution | None:
    """Solve a single case as a problem; None where what hubs share with refineries would exceed their cost.

    Parameters
    ----------
    cases : Cases
        For which `is_plain` holds.
    solve : function of Problem and gap
    gap : float
    """
    hubs, refineries = (_Folded(cases, echelon) for echelon in echelons(cases))
    constant = hubs.constant + refineries.constant
    if np.isinf(constant):
        return CasesSolution(Status.INFEASIBLE, np.inf, np.inf)
    given = cases.problems[0]
    problem = given
    if cases.weights[0] != 1 or hubs.costs or refineries.costs:
        weighed = weigh(given, float(cases.weights[0]))
        problem = weighed.derive(
            hubs=hubs.fold(weighed.hubs),
            refineries=refineries.fold(weighed.refineries),
            hub_state=hubs.state,
            refinery_state=refineries.state,
        )
        if problem.shares and (problem.shared_saving > np.maximum(problem.hubs.fixed, 0.0)).any():
            return None
    answer = solve(problem, gap)
    total = answer.objective + constant
    if answer.has_plan and not is_proven(total, answer.bound + constant, gap):
        # the same distance is a larger share of a smaller sum
        answer = solve(problem, gap * abs(total) / max(abs(answer.objective), abs(total)))
    bound = answer.bound + constant
    if not answer.has_plan:
        return CasesSolution(answer.status, np.inf, bound)
    plans = (write_plan(1, hubs.taken(answer.hub_size)), write_plan(1, refineries.taken(answer.refinery_size)))
    plan: Solution | None = answer
    if problem is not given:
        sizes = answer.hub_size, answer.refinery_size
        plan = plan_at(given, *sizes, answer.site, answer.hub, answer.share)
    if plan is None:
        return CasesSolution(Status.UNKNOWN, np.inf, bound)
    return replace(with_bound(cases, [plan], *plans, bound=bound, gap=gap), cases=(plan,))


class _Folded:
    """The plants of an echelon, each with its cheapest step to every size and to being closed or idle."""

    def __init__(self, cases: Cases, echelon: Echelon) -> None:
        plants, sizes = echelon.paths.shape[1:]
        self.size_cost = np.full((plants, sizes), np.inf)
        self.state: Ints = np.zeros(plants, np.int64)
        self.constant = 0.0
        self._to_size: list[dict[int, Arc]] = []
        for plant in range(plants):
            cheapest: dict[int, Arc] = {}
            for arc in plant_arcs(cases, echelon, plant)[1]:
                size = arc.head.size if arc.head.stage is Stage.OPEN else -1
                if size not in cheapest or arc.cost < cheapest[size].cost:
                    cheapest[size] = arc
            self._to_size.append(cheapest)
            away = cheapest.pop(-1, None)
            for size, arc in cheapest.items():
                self.size_cost[plant, size] = arc.cost - (0.0 if away is None else away.cost)
            self.constant += np.inf if away is None and not cheapest else 0.0 if away is None else away.cost
            self.state[plant] = FORCED_OPEN if away is None else 0 if cheapest else FORCED_CLOSED
            if away is not None:
                cheapest[-1] = away
        self.costs = bool(self.constant or (self.size_cost[echelon.exists[0]] != 0).any()) or bool(
            (self.state != np.where(echelon.forced[0], FORCED_OPEN, 0))[echelon.exists[0].any(axis=1)].any()
        )

    def fold(self, steps: Steps) -> Steps:
        """Return sizes with what the way to them costs."""
        fixed: Floats = np.where(np.isfinite(self.size_cost), steps.fixed + self.size_cost, np.inf)
        return Steps(steps.capacity, fixed, steps.variable)

    def taken(self, size: Ints) -> list[list[Arc]]:
        """Return the step of each plant to its size, -1 for closed or idle."""
        return [[self._to_size[plant][k]] for plant, k in enumerate(size.tolist())]
