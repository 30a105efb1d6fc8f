"""What other choices would cost: every site's runner-up hub, and every plant that was not chosen.

All figures are differences to the plan at hand when one thing changes and everything else stays. Those of plants belong
to plans that keep all rules, so that forcing the plant open costs at most as much; a new plan may do it for less.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.problem.fractional_knapsack import fill_in_order
from hubspoke.engine.problem.problem import FORCED_OPEN, FREE
from hubspoke.engine.problem.shared_ground import saving_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.problem.counts import Counts
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.problem.steps import Steps
    from hubspoke.engine.solution.solution import Solution


ROUNDING_T = 1e-6


@dataclass(frozen=True, eq=False)
class Alternatives:
    """Costs per year of other choices; N assignments, H hubs, R refineries.

    Attributes
    ----------
    runner_up : int array, shape (N,)
        The cheapest other open hub that the policy allows; the cheapest of all others where it allows none; -1 where
        there is none.
    runner_up_more : float array, shape (N,)
        What the assignment would cost more there, up to the refinery. Room at the hub is not considered.
    hub_more, refinery_more : float arrays, shape (H,), (R,)
        Upper bound of what forcing a plant open that was not chosen adds to the cost; NaN where none is known.
    hub_instead, refinery_instead : int arrays, shape (H,), (R,)
        The plant whose place it takes in that bound, -1 where it opens beside all others.
    hub_exchange, refinery_exchange : float arrays, shape (H,), (R,)
        Upper bound of what giving the place of a plant in use to one other adds to the cost; NaN where none is known.
    hub_successor, refinery_successor : int arrays, shape (H,), (R,)
        That other plant, -1 where none is known.
    """

    runner_up: Ints
    runner_up_more: Floats
    hub_more: Floats
    hub_instead: Ints
    refinery_more: Floats
    refinery_instead: Ints
    hub_exchange: Floats
    hub_successor: Ints
    refinery_exchange: Floats
    refinery_successor: Ints

    @classmethod
    def unknown(cls, assignments: int, hubs: int, refineries: int) -> Alternatives:
        """Return figures of which none is known, for so many assignments, hubs and refineries."""
        none = [np.full(count, -1) for count in (assignments, hubs, refineries)]
        blank = [np.full(count, np.nan) for count in (assignments, hubs, refineries)]
        plants = (blank[1], none[1], blank[2], none[2])
        return cls(none[0], blank[0], *plants, *plants)


def find_alternatives(problem: Problem, solution: Solution, everywhere: Floats) -> Alternatives:
    """Work out what other choices would cost.

    Parameters
    ----------
    problem : Problem
    solution : Solution
        With a plan.
    everywhere : float array, shape (S, H)
        Collection cost per year of each site at each hub whatever the policy says of lanes.
    """
    moves = _Moves(problem, solution)
    hubs, refineries = moves.try_hubs(), _try_refineries(problem, solution)
    return Alternatives(
        *moves.find_runner_up(everywhere), *hubs.opening, *refineries.opening, *hubs.exchange, *refineries.exchange
    )


class _Tried:
    """The cheapest of the changes tried: for each plant that opens, and for each whose place it takes."""

    def __init__(self, plants: int) -> None:
        self.opening = (np.full(plants, np.nan), np.full(plants, -1, np.int64))
        self.exchange = (np.full(plants, np.nan), np.full(plants, -1, np.int64))

    def note(self, plant: int, replaced: int, added: float) -> None:
        """Keep what opening a plant adds, in the place of another unless that is -1, where it is the least so far."""
        if np.isfinite(added) and not added >= self.opening[0][plant]:
            self.opening[0][plant], self.opening[1][plant] = added, replaced
        if np.isfinite(added) and replaced >= 0 and not added >= self.exchange[0][replaced]:
            self.exchange[0][replaced], self.exchange[1][replaced] = added, plant


class _Moves:
    """Assignments of a solution as things that can be moved to another hub."""

    def __init__(self, problem: Problem, solution: Solution) -> None:
        self.problem, self.solution = problem, solution
        self.site, self.hub, self.share = solution.site, solution.hub, solution.share
        classes_t = problem.supply[self.site] * self.share[:, None]
        self.tonnes = classes_t.sum(axis=1)
        self.grades_t = np.einsum("np,npb->nb", classes_t, problem.yields[self.hub])
        self.classes_t = classes_t
        self.open = solution.hub_size >= 0
        self.refinery_left = _room(problem, solution)
        self.shared = saving_of(problem, solution.hub_size, solution.refinery_size).sum()
        self.now = self._cost(self.hub, problem.collection_cost, solution.hub_size[self.hub])

    def _cost(self, hub: Ints, collection: Floats, size: Ints) -> Floats:
        """Return the cost of each assignment at the open hub beside it, up to the refinery."""
        grades = np.einsum("np,npb->nb", self.classes_t, self.problem.yields[hub])
        total: Floats = (self._onward()[hub] * grades).sum(axis=1)
        total += self.problem.hubs.variable[hub, size] * self.tonnes
        total += collection[self.site, hub] * self.share
        return total

    def _onward(self) -> Floats:
        """Return yen per tonne of each grade from each hub as the plan sends it, shape (H, B).

        0 where it sends none.
        """
        flow = self.solution.flow
        if not flow.shape[1]:
            return np.zeros((flow.shape[0], flow.shape[2]))
        cost = _transfer(self.problem, np.maximum(self.solution.refinery_size, 0))
        sent = flow.sum(axis=1)
        paid = np.where(flow > 0, flow * np.where(np.isfinite(cost), cost, 0.0), 0.0).sum(axis=1)
        per_t: Floats = np.divide(paid, sent, out=np.zeros_like(paid), where=sent > 0)
        return per_t

    def find_runner_up(self, everywhere: Floats) -> tuple[Ints, Floats]:
        """Find the cheapest other open hub of each assignment."""
        best, more = np.full(len(self.site), -1, np.int64), np.full(len(self.site), np.inf)
        used = np.flatnonzero(self.open & (self.solution.flow.sum(axis=(1, 2)) > 0)).tolist()
        for collection in (self.problem.collection_cost, everywhere):
            missing = best < 0
            for hub in used:
                there = np.full(len(self.site), hub)
                added = self._cost(there, collection, self.solution.hub_size[there]) - self.now
                better = missing & (added < more) & (self.hub != hub)
                best[better], more[better] = hub, added[better]
        return best, np.where(best >= 0, more, np.nan)

    def try_hubs(self) -> _Tried:
        """Bound what opening each hub that is not chosen costs: beside the others, or in the place of one."""
        problem, counts = self.problem, self.problem.hub_counts
        tried = _Tried(len(self.open))
        for hub in np.flatnonzero(~self.open & (problem.hub_state == FREE)).tolist():
            for replaced in _changes(self.open, hub, counts, problem.hub_state):
                tried.note(hub, replaced, self._move_to(hub, replaced))
        return tried

    def _move_to(self, hub: int, replaced: int) -> float:
        """Return the cost added by moving to a hub what saves, or all that another has; infinite if impossible."""
        problem = self.problem
        rows = np.arange(len(self.site)) if replaced < 0 else np.flatnonzero(self.hub == replaced)
        there = np.full(len(rows), hub)
        grades = np.einsum("np,npb->nb", self.classes_t[rows], problem.yields[there])
        refinery, onward = self._cheapest_refinery(hub)
        least = np.inf
        for size in np.flatnonzero(problem.hubs.exists[hub]):
            cost = problem.collection_cost[self.site[rows], hub] * self.share[rows]
            cost = cost + problem.hubs.variable[hub, size] * self.tonnes[rows] + _way(grades, onward)
            saved = self.now[rows] - cost
            chosen = _fill(saved, self.tonnes[rows], problem.hubs.capacity[hub, size], everything=replaced >= 0)
            if chosen is None or not self._fits(rows[chosen], grades[chosen], refinery):
                continue
            added = _exchange(problem.hubs, self.solution.hub_size, hub, int(size), replaced)
            sizes = _with(self.solution.hub_size, hub, int(size), replaced)
            shared = saving_of(problem, sizes, self.solution.refinery_size).sum() - self.shared
            least = min(least, float(added - shared - saved[chosen].sum()))
        return least

    def _cheapest_refinery(self, hub: int) -> tuple[int, Floats]:
        """Return the open refinery that takes all grades of a hub most cheaply and its yen per tonne of each."""
        problem, size = self.problem, self.solution.refinery_size
        used = np.flatnonzero(size >= 0)
        if not len(used):
            return -1, np.zeros(problem.yields.shape[2]) + (np.inf if problem.transfer_cost.shape[1] else 0.0)
        cost = _transfer(problem, np.maximum(size, 0))[hub, used]
        best = int(cost.sum(axis=1).argmin())
        return int(used[best]), cost[best]

    def _fits(self, rows: Ints, grades: Floats, refinery: int) -> bool:
        """Return whether a refinery has room for what is moved, given what it already gets of it."""
        if refinery < 0:
            return True
        sent = self.solution.flow.sum(axis=2)
        total = sent.sum(axis=1)
        part = np.divide(sent[:, refinery], total, out=np.zeros_like(total), where=total > 0)
        had = (self.grades_t[rows].sum(axis=1) * part[self.hub[rows]]).sum()
        return bool(grades.sum() - had <= self.refinery_left[refinery] + ROUNDING_T)


def _way(grades: Floats, onward: Floats) -> Floats:
    """Return what tonnes of each grade, shape (N, B), cost onward; infinite where a grade that is made has no way."""
    has_way = np.isfinite(onward)
    cost: Floats = grades @ np.where(has_way, onward, 0.0)
    cost[(grades[:, ~has_way] > 0).any(axis=1)] = np.inf
    return cost


def _fill(saved: Floats, tonnes: Floats, capacity: float, *, everything: bool) -> Ints | None:
    """Choose what to move: everything, None if it does not fit, or what saves most per tonne as far as it fits."""
    if everything:
        fits = np.isfinite(saved).all() and tonnes.sum() <= capacity + ROUNDING_T
        return np.arange(len(saved)) if fits else None
    worth = np.flatnonzero(saved > 0)
    order = worth[np.argsort(-saved[worth] / np.maximum(tonnes[worth], ROUNDING_T), kind="stable")]
    return order[np.cumsum(tonnes[order]) <= capacity]


def _changes(is_open: NDArray[np.bool_], plant: int, counts: Counts, state: Ints) -> Iterator[int]:
    """Yield the ways to open a plant that the counts allow: -1 for beside all others, or the plant it replaces."""
    with_it = is_open.copy()
    with_it[plant] = True
    if counts.allows(with_it):
        yield -1
    for replaced in np.flatnonzero(is_open & (state != FORCED_OPEN)).tolist():
        without = with_it.copy()
        without[replaced] = False
        if counts.allows(without):
            yield replaced


def _try_refineries(problem: Problem, solution: Solution) -> _Tried:
    """Bound what opening each refinery that is not chosen costs; black mass can be divided."""
    is_open = solution.refinery_size >= 0
    tried = _Tried(len(is_open))
    hub, refinery, grade = np.nonzero(solution.flow > 0)
    tonnes = solution.flow[hub, refinery, grade]
    if not len(is_open):
        return tried
    now = _transfer(problem, np.maximum(solution.refinery_size, 0))[hub, refinery, grade]
    shared = saving_of(problem, solution.hub_size, solution.refinery_size).sum()
    for plant in np.flatnonzero(~is_open & (problem.refinery_state == FREE)).tolist():
        lane = problem.transfer_cost[hub, plant, grade]
        for replaced in _changes(is_open, plant, problem.refinery_counts, problem.refinery_state):
            mine = np.ones(len(hub), bool) if replaced < 0 else refinery == replaced
            sizes = _with(solution.refinery_size, plant, 0, replaced)
            freed = saving_of(problem, solution.hub_size, sizes).sum() - shared
            for size in np.flatnonzero(problem.refineries.exists[plant]):
                per_t = now[mine] - lane[mine] - problem.refineries.variable[plant, size]
                saved = _pour(per_t, tonnes[mine], problem.refineries.capacity[plant, size], everything=replaced >= 0)
                added = _exchange(problem.refineries, solution.refinery_size, plant, int(size), replaced)
                tried.note(plant, replaced, added - (freed + saved))
    return tried


def _with(size: Ints, plant: int, k: int, replaced: int) -> Ints:
    """Return chosen sizes with a plant opened, and another closed unless that is -1."""
    sizes = size.copy()
    sizes[plant] = k
    if replaced >= 0:
        sizes[replaced] = -1
    return sizes


def _exchange(steps: Steps, size: Ints, plant: int, k: int, replaced: int) -> float:
    """Return the fixed cost added by opening a plant, in the place of another unless that is -1."""
    return float(steps.fixed[plant, k] - (0.0 if replaced < 0 else steps.fixed[replaced, size[replaced]]))


def _pour(per_t: Floats, tonnes: Floats, capacity: float, *, everything: bool) -> float:
    """Return the most that moving black mass saves; minus infinity where all must move and cannot."""
    if everything:
        fits = np.isfinite(per_t).all() and tonnes.sum() <= capacity + ROUNDING_T
        return float((per_t * tonnes).sum()) if fits else -np.inf
    worth = np.flatnonzero(per_t > 0)
    order = worth[np.argsort(-per_t[worth], kind="stable")]
    return float((per_t[order] * fill_in_order(tonnes[order], capacity)).sum())


def _transfer(problem: Problem, size: Ints) -> Floats:
    """Return yen per tonne of each grade from each hub to each refinery at its size, shape (H, R, B)."""
    variable = problem.refineries.variable[np.arange(len(size)), size]
    cost: Floats = problem.transfer_cost + variable[None, :, None]
    return cost


def _room(problem: Problem, solution: Solution) -> Floats:
    """Return the tonnes that each open refinery could still take."""
    size, capacity = solution.refinery_size, problem.refineries.capacity
    chosen = np.where(size >= 0, capacity[np.arange(len(size)), np.maximum(size, 0)], 0.0)
    left: Floats = chosen - solution.flow.sum(axis=(0, 2))
    return left
