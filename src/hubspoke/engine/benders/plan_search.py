"""The search for plans beside the search for a bound: choices answered, improved, walked from, refitted.

Local search around every good choice, and walks from the best one, look for better plants; each choice that they answer
gives the master a cut as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.benders.iterated_local_search import IteratedLocalSearch
from hubspoke.engine.benders.local_search import LocalSearch
from hubspoke.engine.benders.restricted_milp import solve_restricted

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.base.stop import Stop
    from hubspoke.engine.benders.evaluation import Evaluation
    from hubspoke.engine.benders.incumbent import Incumbent
    from hubspoke.engine.benders.master import Master
    from hubspoke.engine.benders.subproblem import Subproblem
    from hubspoke.engine.parameters import PlanSearchParameters


class PlanSearch:
    """Looks for better plans, and hands what it finds to the incumbent and its cuts to the master."""

    def __init__(self, subproblem: Subproblem, master: Master, incumbent: Incumbent, seed: int) -> None:
        """Start with no choice answered; what is drawn at random follows from `seed`."""
        self.subproblem = subproblem
        self.master = master
        self.incumbent = incumbent
        self.seed = seed
        self.stop: Stop = subproblem.stop
        self.parameters: PlanSearchParameters = subproblem.parameters.plan_search
        self._walk: IteratedLocalSearch | None = None
        self._choices: dict[bytes, tuple[float, bytes, Floats]] = {}
        """Whole choices answered: cost with divided sites, and sizes."""

    def start(self, value: Floats) -> None:
        """Take a first plan from a whole choice, shape (n,), however short the time."""
        point = self.subproblem.evaluate(*self.master.unpack(value))
        if point is not None:
            self.master.add(point.cut)
            self.incumbent.complete(point)
            self.incumbent.learn(point)

    def widen(self, value: Floats) -> None:
        """Open ever more hubs beside a whole choice, shape (n,), until its sites fit: any plan is better than none."""
        hub, refinery = self.master.unpack(value)
        point = self.subproblem.evaluate(hub, refinery)
        if point is None:
            return
        counts, usable = self.subproblem.problem.hub_counts, self.subproblem.cutter.hub_sizes
        more = 1
        while not self.incumbent.plan.has_plan and not self.stop.is_due:
            worth = np.where(usable, point.cut.hub, np.inf)
            opened = 0
            hub = hub.copy()
            for h in np.argsort(worth.min(axis=1), kind="stable").tolist():
                if opened == more:
                    break
                is_open = hub.max(axis=1) > 0
                if is_open[h] or not usable[h].any() or not counts.may_add(is_open)[h]:
                    continue
                hub[h, worth[h].argmin()] = 1.0
                opened += 1
            point = self.subproblem.evaluate(hub, refinery) if opened else None
            if point is None:
                return
            self.master.add(point.cut)
            self.incumbent.complete(point)
            self.incumbent.learn(point)
            more *= 2

    def answer(self, value: Floats) -> Evaluation | None:
        """Answer a whole choice with its cut, improve it by local search, and keep the plan if it is the best."""
        point = self.subproblem.evaluate(*self.master.unpack(np.round(value)))
        if point is None:
            return None
        self.master.add(point.cut)
        first = point
        if point.cost < self._leap(self.incumbent.plan.objective):
            self.incumbent.complete(point)
        if self._is_near(point):
            point = self._improve(point)
        for each in (first, point):
            value = self.master.pack(each.hub, each.refinery)
            self._choices[value.tobytes()] = (each.cost, value.tobytes(), value)
        if point.cost < self.incumbent.plan.objective:
            self.incumbent.complete(point)
        self.incumbent.learn(point)
        return first

    def settle_whole(self, point: Evaluation) -> float | None:
        """Look for whole sites at a choice answered site by site; return the bound of its plans, if any is known."""
        answer = solve_restricted(
            self.subproblem.cutter,
            point,
            limit=self.incumbent.limit,
            gap=self.incumbent.gap,
            stop=self.stop,
            parameters=self.subproblem.parameters,
        )
        if answer is None:
            return None
        self.incumbent.offer(answer.plan)
        return answer.bound

    def walk(self) -> None:
        """Look for better plans around the best choice, for as many choices as the cuts so far allow.

        Only where a whole choice is answered far more cheaply than a cut between choices is made.
        """
        best = self.incumbent.best_evaluation
        if best is None or not self.subproblem.follows:
            return
        cuts = self.master.cuts
        if self._walk is None:
            self._walk = IteratedLocalSearch(self.subproblem, cuts, best, seed=self.seed)
        self._walk.meet(best)
        if self._walk.idle >= self.parameters.idle:
            return
        known = self._walk.best.cost
        answers = self.parameters.walk * (len(cuts) - self._walk.given) - self._walk.answered
        point = self._walk.walk(answers, self.stop)
        if point.cost < known:
            self.master.add(point.cut)
            self.incumbent.complete(point)
            self.incumbent.learn(point)

    def refit(self, bound: float) -> None:
        """Fit whole sites with more patience into the best choices, where they are all that keeps the gap open."""
        if not self.subproblem.problem.single_sourcing:
            return
        incumbent = self.incumbent
        rounded: list[tuple[float, int, Evaluation]] = []
        for _, _, value in sorted(self._choices.values(), key=lambda kept: kept[:2])[: self.parameters.rounded]:
            if incumbent.is_proven(bound) or self.stop.is_due:
                return
            point = self.subproblem.evaluate(*self.master.unpack(value), exactly=True)
            open_gap = incumbent.plan.objective - min(bound, incumbent.plan.objective)
            if point is not None and incumbent.plan.objective - point.cost > self.parameters.blamed * open_gap:
                rounded.append((incumbent.complete(point), len(rounded), point))
        for _, _, point in sorted(rounded, key=lambda kept: kept[:2])[: self.parameters.refitted]:
            if incumbent.is_proven(bound) or self.stop.is_due:
                return
            incumbent.complete(point, patiently=True)

    def _improve(self, point: Evaluation) -> Evaluation:
        """Improve a choice by local search; where it comes far below the best plan, complete it on the way."""
        search = LocalSearch(self.subproblem, list(self.master.cuts))
        known, taken = len(search.cuts), min(self.incumbent.plan.objective, point.cost)
        while True:
            point = search.improve(point, self.incumbent.must_complete, enough=self._leap(taken))
            if point.cost >= self._leap(taken):
                break
            taken = point.cost
            self.incumbent.complete(point)
        for cut in search.cuts[known:]:
            self.master.add(cut)
        return point

    def _is_near(self, point: Evaluation) -> bool:
        plan = self.incumbent.plan
        return not plan.has_plan or point.cost <= plan.objective + self.parameters.near * abs(plan.objective)

    def _leap(self, cost: float) -> float:
        """Return the cost from which a choice is far below another; none is where there is no other."""
        return cost - self.parameters.leap * abs(cost) if np.isfinite(cost) else -np.inf
