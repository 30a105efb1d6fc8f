"""Cases whose sites are tied, too large for the full model: a bound without the ties, and plans that keep them.

Without its ties a case knows nothing of the sites of others, and plans can only be cheaper. A least coverage is priced:
a tonne, or a site, that is left out costs more, which takes that much off the bound for what may be left out. Plans
take the plants of such an answer, and let the sites of each case follow those of the case before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status, is_proven
from hubspoke.engine.cases.cases import SiteRules
from hubspoke.engine.cases.fixed_plants import fix_plants
from hubspoke.engine.cases.full import plan_case, with_bound
from hubspoke.engine.cases.solution import CasesSolution

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubspoke.base.arrays import Floats
    from hubspoke.base.stop import Stop
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution

    Solve = Callable[[Cases, float, Stop], CasesSolution]
    SolveOne = Callable[[Problem, float, Stop], Solution]

NOTHING = 1e-9
"""Share of a site, or of what must be collected, that counts as nothing."""
LIGHT = 1e-6
"""Least weight at which a case is planned, so that its ties count."""


class TiedSearch:
    """Finds plans and bounds of tied cases."""

    def __init__(self, cases: Cases, gap: float, stop: Stop, *, solve: Solve, solve_one: SolveOne) -> None:
        """Work with what solves cases without ties, and one case alone."""
        self.cases = cases
        self.gap = gap
        self.stop = stop
        self.solve_free = solve
        self.solve_one = solve_one
        self.bound: float = -np.inf
        self.best: CasesSolution | None = None

    def solve(self, rounds: int) -> CasesSolution:
        """Price what is left out until the gap is proven, or for so many rounds.

        Parameters
        ----------
        rounds : int
        """
        cases = self.cases
        low, high = np.zeros(cases.count), np.full(cases.count, np.inf)
        price, dearest = low.copy(), [self._dearest(problem) for problem in cases.problems]
        answer = CasesSolution(Status.UNKNOWN, np.inf, -np.inf)
        for turn in range(rounds):
            left = self.stop.seconds_left
            inner = self.stop if np.isinf(left) else self.stop.within(left / (rounds - turn))
            answer = self.solve_free(self._priced(price), self.gap / 2, inner)
            self._learn(answer, price)
            if answer.status is Status.INFEASIBLE or not answer.has_plan or self._is_done():
                break
            short = np.array([not self._covers(case, answer.cases[case]) for case in range(cases.count)])
            low, high = np.where(short, price, low), np.where(short, high, price)
            if not cases.sites.limits_coverage or not (short | (price > 0)).any():
                break  # prices have nothing to tell
            middle = np.where(np.isfinite(high), (low + high) / 2, np.maximum(4 * low, np.array(dearest) / 64))
            price = np.where(short | (price > 0), middle, 0.0)
        if self.best is None:
            self._follow_standing(answer)
        if self.best is None:
            none = Status.INFEASIBLE if np.isposinf(self.bound) else Status.UNKNOWN
            return CasesSolution(none, np.inf, self.bound)
        best = self.best
        if best.hubs is None or best.refineries is None:  # a plan has both
            return best
        return with_bound(cases, best.cases, best.hubs, best.refineries, bound=self.bound, gap=self.gap)

    def _is_done(self) -> bool:
        return self.stop.is_due or (self.best is not None and is_proven(self.best.objective, self.bound, self.gap))

    def _learn(self, answer: CasesSolution, price: Floats) -> None:
        """Take what an answer at a price of coverage tells: a bound, and perhaps a plan."""
        rules, cases = self.cases.sites, self.cases
        rebate = 0.0
        for case, problem in enumerate(cases.problems):
            per_site = self._per_site(case)
            rebate += cases.weights[case] * price[case] * (self._least(case) - float(per_site.sum()))
            if not problem.n_sites and max(rules.least_tonnes[case], rules.least_sites[case]) > NOTHING:
                rebate = np.inf
        self.bound = max(self.bound, answer.bound + rebate)
        if answer.has_plan:
            self._follow(answer, price)

    def _per_site(self, case: int) -> Floats:
        """Return what each site adds to the coverage that is asked for: tonnes, or where none are asked for, 1."""
        problem, rules = self.cases.problems[case], self.cases.sites
        counted: Floats = problem.mass if rules.least_tonnes[case] > 0 else np.ones(problem.n_sites)
        return counted

    def _least(self, case: int) -> float:
        rules = self.cases.sites
        return float(rules.least_tonnes[case] if rules.least_tonnes[case] > 0 else rules.least_sites[case])

    def _priced(self, price: Floats) -> Cases:
        """Return the cases without ties, with what is left out at a price."""
        cases, none = self.cases, np.zeros(self.cases.count)
        problems = tuple(
            problem.derive(skip_cost=problem.skip_cost + price[case] * self._per_site(case))
            if price[case] > 0
            else problem
            for case, problem in enumerate(cases.problems)
        )
        sites = SiteRules(none, none, stays_collected=False, switching_cost=np.zeros(problems[0].n_sites))
        return replace(cases, problems=problems, sites=sites)

    def _dearest(self, problem: Problem) -> float:
        """Return a price of coverage that is high: what the dearest lane costs for what a site adds."""
        lanes = problem.collection_cost[np.isfinite(problem.collection_cost)]
        per_site = max(float(problem.mass.mean()) if problem.n_sites else 0.0, 1e-9)
        fixed = problem.hubs.fixed[np.isfinite(problem.hubs.fixed)]
        return float(np.abs(lanes).max(initial=1.0) + np.abs(fixed).max(initial=0.0)) / per_site

    def _covers(self, case: int, plan: Solution) -> bool:
        """Return whether a plan collects enough in a case."""
        problem, rules = self.cases.problems[case], self.cases.sites
        share = np.bincount(plan.site, plan.share, problem.n_sites)
        return bool(
            share @ problem.mass >= rules.least_tonnes[case] * (1 - NOTHING)
            and share.sum() >= rules.least_sites[case] * (1 - NOTHING)
        )

    def _follow(self, answer: CasesSolution, price: Floats) -> None:
        """Let the sites follow the plants of an answer, case after case, and keep the plan if it is the best."""
        if answer.hubs is None or answer.refineries is None:
            return
        plans: list[Solution] = []
        shares: Floats | None = None
        for case, problem in enumerate(self.cases.problems):
            hub_size, refinery_size = answer.hubs.open_size[case], answer.refineries.open_size[case]
            plan = self._plan_after(case, fix_plants(problem, hub_size, refinery_size), shares, float(price[case]))
            if plan is not None:
                plan = plan_case(self.cases, case, hub_size, refinery_size, plan.site, plan.hub, plan.share)
            if plan is None:
                return
            plans.append(plan)
            shares = np.zeros(problem.collection_cost.shape)
            np.add.at(shares, (plan.site, plan.hub), plan.share)
        found = with_bound(self.cases, plans, answer.hubs, answer.refineries, bound=self.bound, gap=self.gap)
        if np.isfinite(found.objective) and (self.best is None or found.objective < self.best.objective):
            self.best = found

    def _follow_standing(self, answer: CasesSolution) -> None:
        """Look for a plan whose hubs never close, which sites that may not change their hub need."""
        if answer.status is Status.INFEASIBLE or self.stop.is_due:
            return
        hubs = self.cases.hubs
        stay = replace(hubs, closing_cost=np.full(hubs.shape, np.inf), idle_cost=np.full(hubs.shape, np.inf))
        kept = replace(self._priced(np.zeros(self.cases.count)), hubs=stay)
        found = self.solve_free(kept, self.gap / 2, self.stop)
        if found.has_plan:
            self._follow(found, np.zeros(self.cases.count))

    def _plan_after(self, case: int, problem: Problem, before: Floats | None, price: float) -> Solution | None:
        """Plan one case after the shares of the case before, dearer to leave out until enough is collected."""
        rules = self.cases.sites
        lanes, skip = problem.collection_cost, problem.skip_cost
        if before is not None:
            kept = before.sum(axis=1) > NOTHING
            if rules.prices_switching:
                once = self.cases.one_time_factor[case] / max(float(self.cases.weights[case]), LIGHT)
                moving = np.where(rules.switching_cost > 0, rules.switching_cost, 0.0) * (once if once > 0 else 1.0)
                moves = kept[:, None] & (before <= NOTHING) & (rules.switching_cost > 0)[:, None]
                lanes = np.where(moves, lanes + moving[:, None], lanes)
            if rules.stays_collected:
                skip = np.where(kept, np.inf, skip)
        tied = problem.derive(collection_cost=lanes, skip_cost=skip)
        asked, steps = price, 12
        for step in range(steps):
            now = tied
            if asked > 0:
                extra = asked * self._per_site(case) if step < steps - 1 else np.full(problem.n_sites, np.inf)
                now = tied.derive(skip_cost=tied.skip_cost + extra)
            found = self.solve_one(now, self.gap / 4, self.stop)
            if not found.has_plan:
                return None
            if self._covers(case, found):
                return found
            asked = 2 * asked if asked > 0 else self._dearest(problem) / 64
        return None
