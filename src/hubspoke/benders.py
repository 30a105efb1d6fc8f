"""Search by cuts: a small MILP chooses plants, an exact assignment answers what that costs, and each answer is a cut.

The master's bound holds for every plan; the assignment's answer, rounded to whole sites, is a plan. Between the two
choices cuts are also made halfway to the best plan known, where they tell most (in-out separation). docs/engine.md
gives the mathematics.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.cuts import Cutter, chosen_sizes
from hubspoke.finish import finish, nothing, settle
from hubspoke.improve import LocalSearch
from hubspoke.master import Master, Scope
from hubspoke.refineries import refinery_scopes, shifted_cuts
from hubspoke.round_sites import round_sites
from hubspoke.solution import is_proven, relative_gap
from hubspoke.status import Status
from hubspoke.stop import current_stop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.cuts import Cut, Point
    from hubspoke.master import Choice
    from hubspoke.problem import Problem
    from hubspoke.solution import Solution

    Floats = NDArray[np.float64]

RELAXED_ROUNDS = 15
"""Most rounds with sizes in parts for each new choice of refineries."""

MASTER_GAP = 2e-3
"""Gap to which the master is solved while a part is new."""

NEAR = 0.005
"""Drafts within this share of the best plan are improved by local search."""

log = logging.getLogger("hubspoke")


def solve_by_cuts(problem: Problem, *, gap: float, deadline: float | None) -> Solution:
    """Solve a problem with one grade of black mass, or none, by cuts.

    Parameters
    ----------
    problem : Problem
    gap : float
        Relative gap at which to stop.
    deadline : float, optional
        `time.perf_counter()` at which to stop.
    """
    return _Run(problem, gap, deadline).solve()


@dataclass(eq=False)
class _Part:
    """The plans whose largest refinery is a given one at a given size, and what is known of them."""

    scope: Scope
    bound: float = -np.inf
    core: Point | None = None
    seen: set[bytes] = field(default_factory=set)
    fine: bool = False
    """The master repeated a choice: from now on it is solved to the finest gap."""
    exhausted: bool = False
    """It repeated a choice even so: cuts have nothing more to tell."""


class _Run:
    """The state of one search."""

    def __init__(self, problem: Problem, gap: float, deadline: float | None) -> None:
        self.problem, self.gap, self.deadline = problem, gap, deadline
        self.cutter = Cutter(problem)
        first = self._first_cut_prices()
        self.master = Master(self.cutter, max(float(np.abs(first[0]).sum()) / 1e5, 1e-9))
        self.cuts: list[Cut] = []
        self._add(self.cutter.cut(*first))
        self.plan = nothing(problem, Status.UNKNOWN, -np.inf)
        self.parts = [_Part(scope) for scope in refinery_scopes(self.cutter)]

    @property
    def bound(self) -> float:
        """No plan of any part costs less."""
        return min([part.bound for part in self.parts] + [self.plan.objective])

    def solve(self) -> Solution:
        """Work on the part with the lowest bound until the gap is proven."""
        for part in self.parts:
            self._relax(part)
        while self.parts and not self._proven() and not self._out_of_time():
            part = min(self.parts, key=lambda one: one.bound)
            if part.exhausted or (np.isposinf(part.bound) and not self.plan.has_plan):
                break
            if part.core is None:
                self._open(part)
            else:
                self._choose(part)
            log.info("plan %.8g, bound %.8g, %d cuts", self.plan.objective, self.bound, len(self.cuts))
        if not self.plan.has_plan:
            none = Status.INFEASIBLE if np.isposinf(self.bound) else Status.UNKNOWN
            return nothing(self.problem, none, self.bound)
        return settle(self.plan, objective=self.plan.objective, bound=self.bound, gap=self.gap)

    def _add(self, cut: Cut) -> None:
        self.cuts.append(cut)
        self.master.add(cut)

    def _relax(self, part: _Part) -> Choice | None:
        """Bound a part with sizes in parts."""
        relaxed = self.master.relax(part.scope)
        if relaxed is not None:
            part.bound = max(part.bound, relaxed.bound)
        return relaxed

    def _open(self, part: _Part) -> None:
        """Begin a part: cut between its relaxation and a plan, and tell the other parts what was learnt."""
        choice = self.master.solve(part.scope, gap=MASTER_GAP, time_limit=self._time_left())
        part.bound = max(part.bound, choice.bound)
        if not np.isfinite(choice.cost):
            part.exhausted = np.isfinite(part.bound)
            return
        part.core = self._answer(part, choice)
        self._cut_between(part)
        if part.core is not None:
            for cut in shifted_cuts(self.cutter, part.core):
                self._add(cut)
            for other in self.parts:
                if other is not part and other.bound < self.plan.objective * (1 - self.gap):
                    self._relax(other)

    def _choose(self, part: _Part) -> None:
        """Let the master choose within a part and answer its choice."""
        near = relative_gap(self.plan.objective, part.bound)
        gap = self.gap / 4 if part.fine else max(self.gap / 4, min(near / 8, MASTER_GAP))
        choice = self.master.solve(part.scope, gap=gap, time_limit=self._time_left())
        part.bound = max(part.bound, choice.bound)
        if not np.isfinite(choice.cost):
            part.exhausted = np.isfinite(part.bound)
        elif part.bound < self.plan.objective * (1 - self.gap):
            point = self._answer(part, choice)
            if point is not None and (part.core is None or point.cost < part.core.cost):
                part.core = point
            self._cut_between(part)

    def _answer(self, part: _Part, choice: Choice) -> Point | None:
        """Answer a choice with its cut, improve it by local search, and keep the plan if it is the best."""
        point = self.cutter.point(choice.hub, choice.refinery)
        if point is None:
            part.exhausted = True
            return None
        self._add(point.cut)
        whole = choice.hub.tobytes() + choice.refinery.tobytes()
        part.exhausted, part.fine = part.fine and whole in part.seen, whole in part.seen
        part.seen.add(whole)
        search = LocalSearch(self.cutter, choice.refinery, list(self.cuts))
        known = len(search.cuts)
        if part.core is None or point.cost <= self.plan.objective * (1 + NEAR):
            point = search.improve(chosen_sizes(choice.hub), point, self._out_of_time)
        for cut in search.cuts[known:]:
            self._add(cut)
        if point.cost < self.plan.objective:
            self._take_plan(point)
        return point

    def _cut_between(self, part: _Part) -> None:
        """Cut between the relaxed choice of a part and the best point known in it."""
        for _ in range(RELAXED_ROUNDS):
            relaxed, core = self._relax(part), part.core
            if relaxed is None or not np.isfinite(relaxed.cost) or core is None or self._out_of_time():
                return
            limit = min(core.cost, self.plan.objective)
            if relaxed.cost >= limit - self.gap / 8 * abs(limit):
                return
            for share in (0.5, 0.2):
                point = self.cutter.point(share * relaxed.hub + (1 - share) * core.hub, core.refinery)
                if point is not None and point.assigned.left_out.max(initial=0.0) < 1e-9:
                    break
            if point is None:
                return
            self._add(point.cut)
            if point.cost < core.cost:
                part.core = point

    def _take_plan(self, point: Point) -> None:
        """Complete a choice into a plan and keep it if it is the best."""
        problem, sinks, assigned = self.problem, point.sinks, point.assigned
        if (assigned.left_out[~np.isfinite(problem.skip_cost)] > 1e-7).any():
            return
        if problem.single_sourcing:
            hub = round_sites(self.cutter.assignment, sinks, self.cutter.assignment.lane_cost(point.worth), assigned)
            if hub is None:
                return
            site = np.flatnonzero(hub >= 0)
            part, to = np.ones(len(site)), hub[site]
        else:
            site, sink = np.nonzero(assigned.share > 1e-9)
            part, to = assigned.share[site, sink], sinks.hub[sink]
            kept = np.bincount(site, part, problem.n_sites)
            part = np.where(assigned.left_out[site] > 1e-7, part, part / kept[site])
        size, refinery_size = chosen_sizes(point.hub), chosen_sizes(point.refinery)
        plan = finish(problem, site, to, part, size, refinery_size, bound=self.bound, gap=self.gap)
        if plan is not None and plan.objective < self.plan.objective:
            self.plan = plan

    def _first_cut_prices(self) -> tuple[Floats, Floats]:
        """Guess prices: every plant paid for at its best cost per tonne."""
        problem = self.problem
        hub = _unit_cost(problem.hubs.fixed, problem.hubs.capacity, self.cutter.hub_sizes)
        worth = np.zeros(problem.n_hubs)
        if problem.n_refineries:
            steps = problem.refineries
            gate = _unit_cost(steps.fixed, steps.capacity, self.cutter.refinery_sizes) + steps.variable.min(axis=1)
            worth = (self.cutter.transfer + gate[None, :]).min(axis=1, initial=np.inf)
        usable = np.isfinite(hub)
        lanes = self.cutter.assignment.lane_cost(worth)
        lanes += problem.mass[:, None] * np.where(usable, hub, 0.0)[None, :]
        lanes[:, ~usable] = np.inf
        price = np.minimum(lanes.min(axis=1, initial=np.inf), self.cutter.assignment.leave)
        return price, worth

    def _proven(self) -> bool:
        return self.plan.has_plan and is_proven(self.plan.objective, self.bound, self.gap)

    def _time_left(self) -> float | None:
        return None if self.deadline is None else max(self.deadline - time.perf_counter(), 0.05)

    def _out_of_time(self) -> bool:
        stop = current_stop()
        due = self.deadline is not None and time.perf_counter() >= self.deadline
        return due or (stop is not None and stop.is_due)


def _unit_cost(fixed: Floats, capacity: Floats, allowed: NDArray[np.bool_]) -> Floats:
    usable = allowed & (capacity > 0)
    unit = np.where(usable, fixed, np.inf) / np.where(usable, capacity, 1.0)
    lowest: Floats = unit.min(axis=1, initial=np.inf)
    return lowest
