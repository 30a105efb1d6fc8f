"""The best plan of a search by cuts: whole choices answered, improved, completed into plans, and refitted.

Local search around every good choice, and walks from the best one, look for better plants; each choice that they answer
gives the master a cut as well.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status, is_proven
from hubspoke.base.stop import seconds_left
from hubspoke.engine.benders.branching import Core
from hubspoke.engine.benders.complete import complete, serves_all
from hubspoke.engine.benders.iterated_local_search import PerturbedSearch
from hubspoke.engine.benders.local_search import LocalSearch
from hubspoke.engine.benders.restricted_milp import settle_whole
from hubspoke.engine.single_source.rounding import Care
from hubspoke.engine.solution.construct import nothing

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.engine.benders.evaluation import Point
    from hubspoke.engine.benders.master import Master
    from hubspoke.engine.benders.subproblem import Answerer
    from hubspoke.engine.solution.solution import Solution


ROUNDED = 60
"""Most choices whose sites are made whole at the end, to see which are the cheapest then."""

BLAMED = 0.5
"""Part of the open gap that whole sites must cost for refitting them."""

REFITTED = 12
"""Most choices into which whole sites are fitted patiently at the end."""

LEAP = 0.01
"""Gain, as a share of the best plan, at which a choice is completed before it is improved."""

IN_TIME = 1.2
"""Time kept for completing a choice, in terms of what it took last."""

ENOUGH = 0.1
"""Part of the gap asked for that whole sites may cost before more care is taken of them."""

WALK = 1
"""Choices answered by perturbed local search for every cut."""

IDLE = 2000
"""Choices answered in vain, one after the other, after which it ends."""

NEAR = 0.005
"""Drafts within this share of the best plan are improved by local search."""


class Incumbent:
    """The best plan so far, and the cheapest choice so far with divided sites.

    Attributes
    ----------
    plan : Solution
        Without a bound of its own.
    best : Core, optional
        The cheapest choice whose divided sites are all served.
    """

    def __init__(self, answerer: Answerer, master: Master, gap: float, seed: int, known: Solution | None) -> None:
        """Start from a known plan, or none."""
        self.answerer, self.master, self.gap, self.seed = answerer, master, gap, seed
        self.plan = nothing(answerer.problem, Status.UNKNOWN, -np.inf) if known is None else known
        self.best: Core | None = None
        self._best_point: Point | None = None
        self._walk: PerturbedSearch | None = None
        self._taking = 0.0
        """Seconds that it took last to complete a choice."""
        self._choices: dict[bytes, tuple[float, bytes, Floats]] = {}
        """Whole choices answered: cost with divided sites, and sizes."""

    @property
    def limit(self) -> float:
        """Parts of all plans whose bound is this or more need no further look."""
        best = self.plan.objective
        return best - self.gap * (1 - 1e-6) * abs(best) if self.plan.has_plan else np.inf

    def is_proven(self, bound: float) -> bool:
        """Say whether a bound on all plans proves the gap."""
        return self.plan.has_plan and is_proven(self.plan.objective, bound, self.gap)

    def out_of_time(self) -> bool:
        """Say whether the search must end."""
        return self._seconds_left() <= 0

    def start(self, value: Floats) -> None:
        """Take a first plan from a whole choice, shape (n,), however short the time."""
        point = self.answerer.point(*self.master.unpack(value))
        if point is not None:
            self.master.add(point.cut)
            self._take(point)
            self._learn(point)

    def answer(self, value: Floats) -> Point | None:
        """Answer a whole choice with its cut, improve it by local search, and keep the plan if it is the best."""
        point = self.answerer.point(*self.master.unpack(np.round(value)))
        if point is None:
            return None
        self.master.add(point.cut)
        first = point
        if point.cost < self._leap(self.plan.objective):
            self._take(point)
        if self._is_near(point):
            point = self._improve(point)
        for each in (first, point):
            value = self.master.pack(each.hub, each.refinery)
            self._choices[value.tobytes()] = (each.cost, value.tobytes(), value)
        if point.cost < self.plan.objective:
            self._take(point)
        self._learn(point)
        return first

    def settle_whole(self, point: Point) -> float | None:
        """Look for whole sites at a choice answered site by site; give the bound of its plans, if any can be told."""
        settled = settle_whole(
            self.answerer.cutter, point, limit=self.limit, gap=self.gap, seconds_left=self._seconds_left
        )
        if settled is None:
            return None
        if settled.plan is not None and settled.plan.objective < self.plan.objective:
            self.plan = settled.plan
        return settled.bound

    def _improve(self, point: Point) -> Point:
        """Improve a choice by local search; where it comes far below the best plan, complete it on the way."""
        search = LocalSearch(self.answerer, list(self.master.cuts))
        known, taken = len(search.cuts), min(self.plan.objective, point.cost)
        while True:
            point = search.improve(point, self._must_take, enough=self._leap(taken))
            if point.cost >= self._leap(taken):
                break
            taken = point.cost
            self._take(point)
        for cut in search.cuts[known:]:
            self.master.add(cut)
        return point

    def walk(self) -> None:
        """Look for better plans around the best choice, for as many choices as the cuts so far allow.

        Only where a whole choice is answered far more cheaply than a cut between choices is made.
        """
        if self._best_point is None or not self.answerer.follows:
            return
        cuts = self.master.cuts
        if self._walk is None:
            self._walk = PerturbedSearch(self.answerer, cuts, self._best_point, seed=self.seed)
        self._walk.meet(self._best_point)
        if self._walk.idle >= IDLE:
            return
        known = self._walk.best.cost
        point = self._walk.walk(WALK * (len(cuts) - self._walk.given) - self._walk.answered, self.out_of_time)
        if point.cost < known:
            self.master.add(point.cut)
            self._take(point)
            self._learn(point)

    def refit(self, bound: float) -> None:
        """Fit whole sites with more patience into the best choices, where they are all that keeps the gap open."""
        if not self.answerer.problem.single_sourcing:
            return
        rounded: list[tuple[float, int, Point]] = []
        for _, _, value in sorted(self._choices.values(), key=lambda kept: kept[:2])[:ROUNDED]:
            if self.is_proven(bound) or self.out_of_time():
                return
            point = self.answerer.point(*self.master.unpack(value), exactly=True)
            open_gap = self.plan.objective - min(bound, self.plan.objective)
            if point is not None and self.plan.objective - point.cost > BLAMED * open_gap:
                rounded.append((self._take(point), len(rounded), point))
        for _, _, point in sorted(rounded, key=lambda kept: kept[:2])[:REFITTED]:
            if self.is_proven(bound) or self.out_of_time():
                return
            self._take(point, patiently=True)

    def _take(self, point: Point, *, patiently: bool = False) -> float:
        """Complete a choice into a plan, keep it if it is the best, and give its cost: infinite if there is none."""
        begun = time.perf_counter()
        if self.plan.has_plan and not patiently and self._seconds_left() <= self._taking:
            return np.inf  # the plan would come too late
        if not point.exact:
            exact = self.answerer.exactly(point)
            if exact is None:
                return np.inf
            self.master.add(exact.cut)
            point = exact
        first = np.inf if not self.plan.has_plan else ENOUGH * self.gap * abs(point.cost)
        enough = 0.0 if patiently else first
        plan = complete(self.answerer.cutter, point, Care(enough, patiently, self._seconds_left))
        self._taking = time.perf_counter() - begun
        if plan is not None and plan.objective < self.plan.objective:
            self.plan = plan
        return np.inf if plan is None else plan.objective

    def _leap(self, cost: float) -> float:
        """Give the cost from which a choice is far below another; none is where there is no other."""
        return cost - LEAP * abs(cost) if np.isfinite(cost) else -np.inf

    def _must_take(self) -> bool:
        """Say whether a better choice must be completed now to be in time."""
        return self._seconds_left() <= IN_TIME * self._taking

    def _is_near(self, point: Point) -> bool:
        return not self.plan.has_plan or point.cost <= self.plan.objective + NEAR * abs(self.plan.objective)

    def _learn(self, point: Point) -> None:
        """Keep the cheapest choice known."""
        if not serves_all(self.answerer.cutter, point):
            return
        if self.best is None or point.cost < self.best.cost:
            self.best = Core(self.master.place(point.hub, point.refinery), point.cost)
            self._best_point = point

    def _seconds_left(self) -> float:
        return seconds_left(self.answerer.deadline)
