"""Local search over open plants and their sizes, led by cuts: a move is tried only while no cut rules out that it pays.

Every cut bounds the cost of every choice of plants, so the cuts rank all moves at once: open, close, resize, swap. The
most promising one is answered in full, which either improves the plan or gives a cut that rules it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.problem.choice import chosen_sizes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.engine.benders.cuts import Cut
    from hubspoke.engine.benders.evaluation import Evaluation
    from hubspoke.engine.benders.subproblem import Subproblem
    from hubspoke.engine.parameters import LocalSearchParameters
    from hubspoke.engine.problem.problem import Problem


class LocalSearch:
    """Searches the plants of both echelons, hubs first, then refineries, as one list."""

    def __init__(self, subproblem: Subproblem, cuts: list[Cut], *, hubs_only: bool = False) -> None:
        """Take over the cuts known so far; `cuts` grows with those that the search makes."""
        problem, cutter = subproblem.problem, subproblem.cutter
        self.subproblem = subproblem
        self.problem: Problem = problem
        self.cuts = cuts
        self.parameters: LocalSearchParameters = subproblem.parameters.local_search
        self.hubs: int = problem.n_hubs
        sizes = max(problem.hubs.fixed.shape[1], problem.refineries.fixed.shape[1])
        self.shape: tuple[int, int] = (self.hubs + problem.n_refineries, sizes)
        self.usable: Bools = self._stack(cutter.hub_sizes, cutter.refinery_sizes & (not hubs_only)).astype(bool)
        self.capacity: Floats = np.where(
            self.usable, self._stack(problem.hubs.capacity, problem.refineries.capacity), 0.0
        )
        self.may_move: Bools = np.concatenate([np.ones(self.hubs, bool), np.full(problem.n_refineries, not hubs_only)])
        self.may_close: Bools = np.concatenate([problem.hub_state <= 0, problem.refinery_state <= 0])
        must = ~np.isfinite(problem.skip_cost)
        self.needed: tuple[float, float] = (float(problem.mass[must].sum()), cutter.least_out)
        self.value: Floats = np.zeros((0, *self.shape))
        self.constant: Floats = np.zeros(0)
        self.failed: set[bytes] = set()

    def improve(
        self, point: Evaluation, must_end: Callable[[], bool], *, tried: int | None = None, enough: float = -np.inf
    ) -> Evaluation:
        """Move while it pays; end at a cost that is `enough` or after so many moves in vain; return the last point."""
        size, failed = self.size(point), 0
        most = self.parameters.tried if tried is None else tried
        while failed < most and not must_end():
            move = self._best_move(size, point.cost)
            if move is None:
                break
            limit = point.cost - self.parameters.worthwhile * abs(point.cost)
            found = self.answer(move, limit)
            if found is None:
                break
            if found.cost < limit:
                size, point, failed = move, found, 0
                if point.cost <= enough:
                    break
            else:
                failed += 1
                self.failed.add(move.tobytes())
        return point

    def size(self, point: Evaluation) -> Ints:
        """Return the size of every plant at a whole point, -1 where closed, shape (P,)."""
        return np.concatenate([chosen_sizes(point.hub), chosen_sizes(point.refinery)])

    def answer(self, size: Ints, limit: float = np.inf) -> Evaluation | None:
        """Answer a choice of sizes (P,), as `Subproblem.evaluate` does, and keep its cut."""
        found = self.subproblem.evaluate(*self._parts(size), limit=limit)
        if found is not None:
            self.cuts.append(found.cut)
        return found

    def rank_entering(self, size: Ints) -> Ints:
        """List closed plants and their sizes, shape (n, 2), those first that the cuts let be cheapest to open."""
        self._read_cuts()
        opened = np.flatnonzero(size >= 0)
        base = self.constant + self.value[:, opened, size[opened]].sum(axis=1)
        enter = np.where((size >= 0)[:, None] | ~self.usable | ~self.may_move[:, None], np.inf, 0.0)
        low = (base[:, None, None] + self.value).max(axis=0, initial=-np.inf) + enter
        found = np.argwhere(np.isfinite(low))
        return found[np.argsort(low[found[:, 0], found[:, 1]], kind="stable")]

    def _best_move(self, size: Ints, cost: float) -> Ints | None:
        """Return the neighbour that the cuts allow to be cheapest, if any may be cheaper at all."""
        self._read_cuts()
        opened = np.flatnonzero(size >= 0)
        held = self.value[:, opened, size[opened]]
        base = self.constant + held.sum(axis=1)
        enter = np.where((size >= 0)[None, :, None] | ~self.usable[None], np.inf, self.value)
        limit = cost - self.parameters.worthwhile * abs(cost)
        found: list[tuple[float, bytes, Ints]] = []
        for plant, to, without in self._leaving(size, opened, base, held):
            trial = size.copy()
            if plant >= 0:
                trial[plant] = to
                self._note(found, float(without.max(initial=-np.inf)), limit, trial)
            low = (without[:, None, None] + enter).max(axis=0, initial=-np.inf)
            low = np.where(self._may_enter(trial), low, np.inf)
            for g, k in np.argwhere(low < min([limit, *(best for best, _, _ in found[:1])])):
                entered = trial.copy()
                entered[g] = k
                self._note(found, float(low[g, k]), limit, entered)
        return found[0][2] if found else None

    def _leaving(self, size: Ints, opened: Ints, base: Floats, held: Floats) -> Iterator[tuple[int, int, Floats]]:
        """Return what may leave or be resized, the size it goes to (-1 closed), and the cuts without it.

        The last one is nothing, which leaves everything as it is.
        """
        for n, plant in enumerate(opened.tolist()):
            if not self.may_move[plant]:
                continue
            if self.may_close[plant]:
                yield plant, -1, base - held[:, n]
            for k in np.flatnonzero(self.usable[plant]).tolist():
                if k != size[plant]:
                    yield plant, k, base - held[:, n] + self.value[:, plant, k]
        yield -1, -1, base

    def _note(self, found: list[tuple[float, bytes, Ints]], low: float, limit: float, trial: Ints) -> None:
        """Keep the most promising allowed choice as the only one of the list."""
        if low >= (found[0][0] if found else limit) or trial.tobytes() in self.failed or not self.is_allowed(trial):
            return
        found[:] = [(low, trial.tobytes(), trial)]

    def is_allowed(self, size: Ints) -> bool:
        """Return whether a choice has room enough in both echelons and keeps counts and forced plants."""
        is_open = size >= 0
        room = np.where(is_open, self.capacity[np.arange(len(size)), np.maximum(size, 0)], 0.0)
        enough = all(
            float(room[echelon].sum()) >= tonnes * (1 - 1e-9)
            for echelon, tonnes in zip(self._echelons(), self.needed, strict=True)
        )
        problem = self.problem
        counted = problem.hub_counts.allows(is_open[: self.hubs]) and problem.refinery_counts.allows(
            is_open[self.hubs :]
        )
        return enough and counted and bool((is_open | self.may_close).all())

    def _may_enter(self, size: Ints) -> Bools:
        """Return which sizes may be added to a choice without too little room or a broken count, shape (P, K)."""
        is_open = size >= 0
        room = np.where(is_open, self.capacity[np.arange(len(size)), np.maximum(size, 0)], 0.0)
        allowed = np.zeros(self.shape, bool)
        lacking = [
            tonnes * (1 - 1e-9) - float(room[echelon].sum())
            for echelon, tonnes in zip(self._echelons(), self.needed, strict=True)
        ]
        counts = (self.problem.hub_counts, self.problem.refinery_counts)
        for n, echelon in enumerate(self._echelons()):
            other = 1 - n
            if lacking[other] <= 0 and counts[other].allows(is_open[self._echelons()[other]]):
                one_more = counts[n].may_add(is_open[echelon])
                allowed[echelon] = one_more[:, None] & (self.capacity[echelon] >= lacking[n])
        return np.asarray(allowed & self.usable)

    def _echelons(self) -> tuple[slice, slice]:
        return slice(0, self.hubs), slice(self.hubs, self.shape[0])

    def _read_cuts(self) -> None:
        """Stack the last cuts: constants (C,) and values of sizes (C, P, K)."""
        if len(self.cuts) == len(self.constant):
            return
        recent = self.cuts[-self.parameters.last_cuts :]
        self.constant = np.array([cut.constant for cut in recent])
        self.value = np.array([self._stack(cut.hub, cut.refinery) for cut in recent])

    def _stack(self, hub: NDArray[np.generic], refinery: NDArray[np.generic]) -> Floats:
        """Put arrays of hub and refinery sizes into one, shape (P, K)."""
        both = np.zeros(self.shape)
        both[: self.hubs, : hub.shape[1]] = hub
        both[self.hubs :, : refinery.shape[1]] = refinery
        return both

    def _parts(self, size: Ints) -> tuple[Floats, Floats]:
        """Write sizes as parts of hub sizes (H, K) and refinery sizes (R, L)."""
        both = np.zeros(self.shape)
        plants = np.flatnonzero(size >= 0)
        both[plants, size[plants]] = 1.0
        hub, refinery = self.problem.hubs.fixed.shape[1], self.problem.refineries.fixed.shape[1]
        return both[: self.hubs, :hub].copy(), both[self.hubs :, :refinery].copy()
