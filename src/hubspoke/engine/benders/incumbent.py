"""The best plan and the best choice of plants that a search by cuts has found so far."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status, is_proven
from hubspoke.engine.benders.branching import CorePoint
from hubspoke.engine.benders.complete import complete, serves_all
from hubspoke.engine.single_source.rounding import RoundingEffort
from hubspoke.engine.solution.construct import no_solution

if TYPE_CHECKING:
    from hubspoke.base.stop import Stop
    from hubspoke.engine.benders.evaluation import Evaluation
    from hubspoke.engine.benders.master import Master
    from hubspoke.engine.benders.subproblem import Subproblem
    from hubspoke.engine.parameters import EngineParameters
    from hubspoke.engine.solution.solution import Solution


class Incumbent:
    """The best plan so far, and the cheapest choice so far with divided sites.

    Attributes
    ----------
    plan : Solution
        Without a bound of its own.
    best : CorePoint, optional
        The cheapest choice whose divided sites are all served.
    best_evaluation : Evaluation, optional
        The same choice with its answer.
    """

    def __init__(self, subproblem: Subproblem, master: Master, gap: float, known: Solution | None) -> None:
        """Start from a known plan, or none; the stop and the parameters are those of the subproblem."""
        self.stop: Stop = subproblem.stop
        self.parameters: EngineParameters = subproblem.parameters
        self.subproblem = subproblem
        self.master = master
        self.gap = gap
        self.plan: Solution = no_solution(subproblem.problem, Status.UNKNOWN, -np.inf) if known is None else known
        self.best: CorePoint | None = None
        self.best_evaluation: Evaluation | None = None
        self._leaves_out = bool(np.isfinite(subproblem.problem.skip_cost).any())
        self._completing = 0.0
        """Seconds that it took last to complete a choice."""

    @property
    def limit(self) -> float:
        """Parts of all plans whose bound is this or more need no further look."""
        best = self.plan.objective
        return best - self.gap * (1 - 1e-6) * abs(best) if self.plan.has_plan else np.inf

    def is_proven(self, bound: float) -> bool:
        """Return whether a bound on all plans proves the gap."""
        return self.plan.has_plan and is_proven(self.plan.objective, bound, self.gap)

    def must_complete(self) -> bool:
        """Return whether a better choice must be completed now to be in time."""
        return self.stop.seconds_left <= self.parameters.plan_search.in_time * self._completing

    def complete(self, point: Evaluation, *, patiently: bool = False) -> float:
        """Complete a choice into a plan, keep it if it is the best, and return its cost: infinite if there is none."""
        begun = time.perf_counter()
        if self.plan.has_plan and not patiently and self.stop.seconds_left <= self._completing:
            return np.inf  # the plan would come too late
        if not point.exact:
            exact = self.subproblem.evaluate_exactly(point)
            if exact is None:
                return np.inf
            self.master.add(exact.cut)
            point = exact
        # sites that may be left out follow the price of room, so that a wrong one leaves out the wrong ones
        if self._leaves_out and not point.balanced and (balanced := self.subproblem.balance(point)) is not None:
            self.master.add(balanced.cut)
            point = balanced
        first = np.inf if not self.plan.has_plan else self.parameters.plan_search.enough * self.gap * abs(point.cost)
        enough = 0.0 if patiently else first
        effort = RoundingEffort(enough, patiently, self.stop, self.parameters.rounding)
        plan = complete(self.subproblem.cutter, point, effort)
        self._completing = time.perf_counter() - begun
        self.offer(plan)
        return np.inf if plan is None else plan.objective

    def offer(self, plan: Solution | None) -> None:
        """Keep a plan if it is the best."""
        if plan is not None and plan.objective < self.plan.objective:
            self.plan = plan

    def learn(self, point: Evaluation) -> None:
        """Keep the cheapest choice known."""
        if not serves_all(self.subproblem.cutter, point):
            return
        if self.best is None or point.cost < self.best.cost:
            self.best = CorePoint(self.master.place(point.hub, point.refinery), point.cost)
            self.best_evaluation = point
