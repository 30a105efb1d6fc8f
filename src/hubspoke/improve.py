"""Local search over open hubs and their sizes, led by cuts: a move is tried only while no cut rules out that it pays.

Every cut bounds the cost of every choice of plants, so the cuts rank all moves at once: open, close, resize, swap. The
most promising one is answered in full, which either improves the plan or gives a cut that rules it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hubspoke.cuts import Cut, Cutter, Point

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

TRIED = 40
"""Moves answered in vain before the search ends."""

WORTHWHILE = 1e-6
"""Least gain, as a share of the cost, for which a move is tried."""


class LocalSearch:
    """Searches hubs for given refinery sizes."""

    def __init__(self, cutter: Cutter, refinery: Floats, cuts: list[Cut]) -> None:
        """Take over the cuts known so far; `cuts` grows with those that the search makes."""
        self.cutter, self.problem, self.refinery, self.cuts = cutter, cutter.problem, refinery, cuts
        self.usable = cutter.hub_sizes & np.isfinite(cutter.worth(refinery))[:, None]
        self.may_close = self.problem.hub_state <= 0
        self.shape = self.problem.hubs.fixed.shape

    def open_sizes(self, size: Ints) -> Floats:
        """Write sizes (-1 closed) as a choice, shape (H, K)."""
        hub = np.zeros(self.shape)
        plants = np.flatnonzero(size >= 0)
        hub[plants, size[plants]] = 1.0
        return hub

    def answer(self, size: Ints) -> Point | None:
        """Let the sites follow, and keep the cut."""
        point = self.cutter.point(self.open_sizes(size), self.refinery)
        if point is not None:
            self.cuts.append(point.cut)
        return point

    def improve(self, size: Ints, point: Point, out_of_time: Callable[[], bool]) -> Point:
        """Move while it pays; give the point reached."""
        failed = 0
        while failed < TRIED and not out_of_time():
            move = self._best_move(size, point.cost)
            if move is None:
                break
            found = self.answer(move)
            if found is not None and found.cost < point.cost * (1 - WORTHWHILE):
                size, point, failed = move, found, 0
            else:
                failed += 1
        return point

    def _best_move(self, size: Ints, cost: float) -> Ints | None:
        """Give the neighbour that the cuts allow to be cheapest, if any may be cheaper at all."""
        hubs = np.flatnonzero(size >= 0)
        now = size[hubs]
        constant, value = self._pool()
        value = np.where(self.usable[None], value, np.inf)
        held = np.where(np.isfinite(value[:, hubs, now]), value[:, hubs, now], 0.0)
        base = constant + held.sum(axis=1)
        capacity = np.where(self.usable, self.problem.hubs.capacity, 0.0)
        spare = capacity[hubs, now].sum() - float(self.problem.mass[~np.isfinite(self.problem.skip_cost)].sum())
        enter = np.where((size >= 0)[None, :, None], np.inf, value)
        best: tuple[float, Ints] | None = None
        leaving = [(int(h), -1, base - held[:, n], spare - capacity[h, size[h]]) for n, h in enumerate(hubs)]
        leaving += [
            (int(h), int(k), base - held[:, n] + value[:, h, k], spare - capacity[h, size[h]] + capacity[h, k])
            for n, h in enumerate(hubs)
            for k in np.flatnonzero(self.usable[h])
            if k != size[h]
        ]
        leaving.append((-1, -1, base, spare))
        for h, k, without, room in leaving:
            if h >= 0 and k < 0 and not self.may_close[h]:
                continue
            trial = size.copy()
            if h >= 0:
                trial[h] = k
                low = float(without.max())
                if (
                    room >= 0
                    and low < cost * (1 - WORTHWHILE)
                    and (best is None or low < best[0])
                    and self._counts_met(trial)
                ):
                    best = (low, trial)
            low_with = np.where(capacity + room >= 0, (without[:, None, None] + enter).max(axis=0), np.inf)
            g, j = np.unravel_index(np.argmin(low_with), self.shape)
            low = float(low_with[g, j])
            if low < cost * (1 - WORTHWHILE) and (best is None or low < best[0]):
                trial = trial.copy()
                trial[g] = j
                if self._counts_met(trial):
                    best = (low, trial)
        return None if best is None else best[1]

    def _pool(self) -> tuple[Floats, Floats]:
        """Stack the cuts for these refineries: constants (C,) and values of hub sizes (C, H, K)."""
        chosen = self.refinery > 0
        constant = [cut.constant + float((cut.refinery[chosen] * self.refinery[chosen]).sum()) for cut in self.cuts]
        return np.array(constant), np.array([cut.hub for cut in self.cuts])

    def _counts_met(self, size: Ints) -> bool:
        is_open = size >= 0
        return bool((is_open | self.may_close).all()) and self.problem.hub_counts.allows(is_open)
