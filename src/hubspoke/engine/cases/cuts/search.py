"""Benders decomposition over cases: cuts at relaxed choices, then at the whole choices that the master likes best.

First the master is relaxed, and each case cuts half way between the relaxed choice and a core point, then at the
relaxed choice itself. Then the master is solved with whole sizes. Its bound holds for every plan, and its choice is
answered case by case: that gives plans, and cuts that are exact there. It ends when the best plan is within the gap of
the bound, when the cuts at the best choice tell nothing new (what is open is then what whole sites cost more than
divided ones), or when time is up.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status, is_proven
from hubspoke.engine.benders.complete import serves_all
from hubspoke.engine.benders.cuts import first_prices
from hubspoke.engine.benders.subproblem import Subproblem
from hubspoke.engine.cases.cuts.master import SLIGHT, PathMaster
from hubspoke.engine.cases.expanded import weigh
from hubspoke.engine.cases.fixed_plants import fix_plants
from hubspoke.engine.cases.full import plan_at, with_bound
from hubspoke.engine.cases.solution import CasesSolution, write_plan
from hubspoke.engine.optimize import optimize
from hubspoke.engine.presolve.merge import merge_captive_sites, merge_grades
from hubspoke.engine.problem.choice import all_whole

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.base.stop import Stop
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.cuts.master import Choice
    from hubspoke.engine.parameters import EngineParameters
    from hubspoke.engine.solution.solution import Solution

log = logging.getLogger("hubspoke")


class CutSearch:
    """The state of one search over all cases."""

    def __init__(self, cases: Cases, gap: float, stop: Stop, seed: int, parameters: EngineParameters) -> None:
        """Start with one cut for each case, at first prices."""
        self.cases, self.gap, self.stop, self.seed = cases, gap, stop, seed
        self.parameters, self.knobs = parameters, parameters.cases
        merged = [
            merge_grades(merge_captive_sites(weigh(problem, float(weight))).problem)
            for problem, weight in zip(cases.problems, cases.weights, strict=True)
        ]
        self.subproblems = [Subproblem(problem, stop, parameters) for problem in merged]
        first = [first_prices(subproblem.cutter) for subproblem in self.subproblems]
        unit = max(sum(float(np.abs(price).sum()) for price, _ in first) / 1e5, 1e-9)
        cutters = [subproblem.cutter for subproblem in self.subproblems]
        self.master = PathMaster(cases, cutters, unit, parameters.master.patterns)
        for case, prices in enumerate(first):
            self.master.add(case, cutters[case].cut(*prices))
        self.bound = -np.inf
        self.best: CasesSolution | None = None
        self.best_value: Floats | None = None
        self.core: tuple[Floats, float] | None = None
        """A point of the relaxed master and what it costs with divided sites."""

    def solve(self) -> CasesSolution:
        """Cut, choose, answer, until the gap is proven, nothing new is told, or time is up."""
        if not self._cut_relaxed():
            return self._answer()
        self._choose_near()
        while not self._is_proven() and not self.stop.is_due:
            wanted = max(self.gap * self.knobs.master_gap, 1e-7)
            log.info("cases: relaxed bound %.8g", self.bound)
            choice = self.master.solve(wanted, self.stop, self.best_value)
            self._raise(choice.bound)
            log.info("cases: bound of whole choices %.8g", self.bound)
            if not len(choice.value):
                break
            told = self._settle(choice)
            log.info("cases: plan %.8g, bound %.8g", np.inf if self.best is None else self.best.objective, self.bound)
            if not told:
                break
            self._cut_relaxed()
        return self._answer()

    def _choose_near(self) -> None:
        """Look for plans near relaxed choices, where the integer program is small, until that tells nothing new."""
        for _ in range(self.knobs.near_rounds):
            if self._is_proven() or self.stop.is_due:
                return
            relaxed = self.master.relax()
            if relaxed is None or np.isposinf(relaxed.bound):
                return
            near = self.master.around(relaxed.value)
            known = self.best_value
            if known is not None:
                near |= self.master.around(known)
            inner = self._share_of_time(self.knobs.near_time)
            choice = self.master.solve(
                self.gap * self.knobs.master_gap, inner, known, near=near, nodes=self.knobs.nodes
            )
            if not len(choice.value) or not self._settle(choice):
                return
            log.info("cases: plan %.8g near a relaxed choice", np.inf if self.best is None else self.best.objective)
            self._cut_relaxed()

    def _share_of_time(self, share: float) -> Stop:
        """Return a stop after a share of the time that is left."""
        left = self.stop.seconds_left
        return self.stop if np.isinf(left) else self.stop.within(left * share)

    def _raise(self, bound: float) -> None:
        self.bound = max(self.bound, bound)

    def _is_proven(self) -> bool:
        return self.best is not None and is_proven(self.best.objective, self.bound, self.gap)

    def _answer(self) -> CasesSolution:
        best = self.best
        if best is None or best.hubs is None or best.refineries is None:
            none = Status.INFEASIBLE if np.isposinf(self.bound) else Status.UNKNOWN
            return CasesSolution(none, np.inf, self.bound)
        return with_bound(self.cases, best.cases, best.hubs, best.refineries, bound=self.bound, gap=self.gap)

    def _cut_relaxed(self) -> bool:
        """Cut off relaxed choices while that tells enough; return whether there may be a plan."""
        history: list[float] = []
        # without a plan yet, some of the time is kept for one
        inner = self.stop if self.best is not None else self._share_of_time(self.knobs.first_rounds)
        for _ in range(self.knobs.rounds):
            relaxed = self.master.relax()
            if relaxed is None:
                return True
            self._raise(relaxed.bound)
            if np.isposinf(relaxed.bound):
                return False
            history.append(relaxed.bound)
            log.info("cases: round %d, relaxed bound %.8g", len(history), relaxed.bound)
            if inner.is_due or self._is_proven() or self._told_enough(history):
                return True
            if not self._separate(relaxed):
                return True
        return True

    def _told_enough(self, history: list[float]) -> bool:
        """Return whether the last rounds closed too little of what is open."""
        window = self.knobs.window
        if len(history) <= window:
            return False
        goal = self.best.objective if self.best is not None else self.core[1] if self.core else np.inf
        if not np.isfinite(goal):
            return False
        rise = history[-1] - history[-1 - window]
        return rise < self.knobs.telling * max(goal - history[-1], self.gap * abs(goal))

    def _separate(self, relaxed: Choice) -> bool:
        """Cut between a relaxed choice and the core point, case by case; return whether that told anything."""
        told = False
        costs = self.master.costs(relaxed.value)
        shares = (0.5, 1.0) if self.core is not None else (1.0,)
        complete, middle = True, 0.0
        for case, subproblem in enumerate(self.subproblems):
            hub, refinery = self.master.sizes(relaxed.value, case)
            done = False
            for share in shares:
                at = hub, refinery
                if share < 1 and self.core is not None:
                    inside = self.master.sizes(self.core[0], case)
                    at = share * hub + (1 - share) * inside[0], share * refinery + (1 - share) * inside[1]
                if not subproblem.follows and self.core is not None and not all_whole(refinery):
                    # refineries in parts would be answered as if they were open for nothing
                    at = at[0], np.round(self.master.sizes(self.core[0], case)[1])
                point = subproblem.evaluate(*(np.where(part > SLIGHT, part, 0.0) for part in at))
                if point is None:
                    complete = False
                    break
                self.master.add(case, point.cut)
                middle += point.cost if share == shares[0] else 0.0
                complete &= serves_all(subproblem.cutter, point)
                done = point.cut.at(hub, refinery) > costs[case] + 1e-7 * max(abs(costs[case]), self.master.unit)
                if done:
                    break
            told |= done
        self._move_core(relaxed.value, shares[0], middle + self._step_cost(relaxed.value, shares[0]), served=complete)
        return told

    def _step_cost(self, value: Floats, share: float) -> float:
        between = value if self.core is None else share * value + (1 - share) * self.core[0]
        return self.master.step_cost(between)

    def _move_core(self, value: Floats, share: float, cost: float, *, served: bool) -> None:
        """Keep the cheapest point whose sites are all served."""
        if not served or (self.core is not None and cost >= self.core[1]):
            return
        between = value if self.core is None else share * value + (1 - share) * self.core[0]
        self.core = between, cost

    def _settle(self, choice: Choice) -> bool:
        """Answer a whole choice in every case; return whether its cuts tell anything new, or its plan is better."""
        told, points = False, []
        costs = self.master.costs(choice.value)
        for case, subproblem in enumerate(self.subproblems):
            hub, refinery = (np.round(part) for part in self.master.sizes(choice.value, case))
            point = subproblem.evaluate(hub, refinery)
            if point is None:
                return False
            self.master.add(case, point.cut)
            told |= point.cut.at(hub, refinery) > costs[case] + 1e-7 * max(abs(costs[case]), self.master.unit)
            if not point.exact and not told:
                exact = subproblem.evaluate_exactly(point)
                if exact is not None:
                    point = exact
                    self.master.add(case, point.cut)
                    told |= point.cut.at(hub, refinery) > costs[case] + 1e-7 * max(abs(costs[case]), self.master.unit)
            points.append(point)
        divided = sum(point.cost for point in points) + self.master.step_cost(choice.value)
        served = all(serves_all(s.cutter, point) for s, point in zip(self.subproblems, points, strict=True))
        if served:
            self._move_core(choice.value, 1.0, divided, served=True)
        if self.best is not None and divided >= self.best.objective:
            return told
        return self._complete(choice) or told

    def _complete(self, choice: Choice) -> bool:
        """Make plans of all cases at a choice of plants; return whether they are the best so far, or cannot be."""
        hubs, refineries = (write_plan(self.cases.count, paths) for paths in self.master.paths(choice.value))
        plans: list[Solution] = []
        for case, problem in enumerate(self.cases.problems):
            sizes = hubs.open_size[case], refineries.open_size[case]
            fixed = fix_plants(problem, *sizes)
            inner = self._share_of_time(self.knobs.completing / self.cases.count)
            found = optimize(
                fixed,
                gap=self.gap * self.knobs.plan_gap,
                seed=self.seed,
                threads=1,
                stop=inner,
                parameters=self.parameters,
            )
            if found.status is Status.INFEASIBLE:
                self.master.forbid(case, *sizes)
                return True
            if not found.has_plan:
                return False
            plan = plan_at(problem, *sizes, found.site, found.hub, found.share)
            if plan is None:
                return False
            plans.append(plan)
        answer = with_bound(self.cases, plans, hubs, refineries, bound=self.bound, gap=self.gap)
        if self.best is not None and answer.objective >= self.best.objective:
            return False
        self.best, self.best_value = answer, choice.value
        return True
