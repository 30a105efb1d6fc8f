"""Prices of sites, raised before the first choice: their cuts bring the master near the strong linear relaxation.

One cut of a choice says what is dear there; where hubs are many and alike it takes thousands of them until none is
overlooked. Subgradient steps see all hubs at once (A. M. Geoffrion, R. McBride, "Lagrangean relaxation applied to
capacitated facility location problems", AIIE Transactions 10, 1978): sites priced out, room kept, and room enough open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.problem.limits import fewest_plants

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.base.stop import Stop
    from hubspoke.engine.parameters import SitePriceParameters
    from hubspoke.engine.problem.problem import Problem

SCALE_FLOOR = 0.01
"""Least measure for steps of a price, as a share of that of a typical one."""


def suits_site_prices(problem: Problem, parameters: SitePriceParameters) -> bool:
    """Return whether prices of sites are raised first: one echelon, one size for each hub, not too many lanes.

    Parameters
    ----------
    problem : Problem
    parameters : SitePriceParameters
    """
    sizes = problem.hubs.exists.sum(axis=1)
    one = problem.n_refineries == 0 and (sizes <= 1).all() and sizes.any()
    return bool(one and not problem.has_floors and 0 < problem.collection_cost.size <= parameters.lanes)


def raise_site_prices(
    problem: Problem, price: Floats, *, goal: float, stop: Stop, parameters: SitePriceParameters
) -> list[Floats]:
    """Raise what serving each site is worth; return the prices that bound most, the best last, each of shape (S,).

    Parameters
    ----------
    problem : Problem
        For which `suits_site_prices` holds.
    price : float array, shape (S,)
        First prices.
    goal : float
        Cost of the best plan; infinite where there is none.
    stop : Stop
    parameters : SitePriceParameters
    """
    relaxed = _Relaxed(problem)
    scale = _scale_of(price)
    price = np.minimum(price, problem.skip_cost)
    kept, best, way = [price], -np.inf, np.zeros(len(price))
    rise, stalled, at = 0.0, 0, price
    rounds = int(np.clip(parameters.work // problem.collection_cost.size, parameters.fewest, parameters.rounds))
    for turn in range(rounds):
        bound, slope = relaxed.bound(at)
        if turn == 0:
            rise = goal - bound if np.isfinite(goal) else 0.1 * abs(bound) + 1.0
        stalled = 0 if bound > best + parameters.progress * rise else stalled + 1
        if bound > best:
            best = bound
            kept = [*kept[-parameters.cuts + 1 :], at]
        if best >= goal or stop.is_due:
            break
        if stalled >= parameters.patience:
            rise, stalled, at, way = rise / 2, 0, kept[-1], np.zeros(len(price))
            if rise < parameters.smallest * abs(best):
                break
            continue
        slope = slope * scale
        against = -float(slope @ way)
        way = slope + (1.5 * against / float(way @ way) if against > 0 else 0.0) * way
        way[(at >= problem.skip_cost) & (way > 0)] = 0.0
        length = float(way @ way)
        if length < 1e-12:
            break
        at = np.minimum(at + (best + rise - bound) / length * scale * way, problem.skip_cost)
    return kept


def _scale_of(price: Floats) -> Floats:
    """Return a measure for steps of every price, so that those of heavy sites move as fast as those of light ones."""
    size = np.abs(price)
    typical = float(size.mean()) or 1.0
    return np.asarray(np.sqrt(np.maximum(size / typical, SCALE_FLOOR)))


class _Relaxed:
    """The problem with its sites priced out."""

    def __init__(self, problem: Problem) -> None:
        rows = np.arange(problem.n_hubs)
        size = np.where(problem.hubs.exists.any(axis=1), problem.hubs.exists.argmax(axis=1), 0)
        self.usable = problem.hubs.exists[rows, size] & (problem.hub_state >= 0)
        self.forced = problem.hub_state > 0
        self.mass, self.skip_cost = problem.mass, problem.skip_cost
        self.room = np.where(self.usable, problem.hubs.capacity[rows, size], 0.0)
        self.fixed = np.where(self.usable, problem.hubs.fixed[rows, size], 0.0)
        rate = np.where(self.usable, problem.hubs.variable[rows, size], 0.0)
        cost = problem.collection_cost + problem.mass[:, None] * rate
        self.cost = np.where(self.usable, cost, np.inf)
        self.needed = float(problem.mass[np.isinf(problem.skip_cost)].sum())
        self.fewest = fewest_plants(self.room, self.needed) if self.needed > 0 else 0

    def bound(self, price: Floats) -> tuple[float, Floats]:
        """Return the bound at prices and how much less than once each site is served there, shape (S,)."""
        gain = price[:, None] - self.cost
        mass = np.where(self.mass > 0, self.mass, 1e-12)[:, None]
        order = np.argsort(-gain / mass, axis=0, kind="stable")
        gained = np.maximum(np.take_along_axis(gain, order, axis=0), 0.0)
        weight = np.take_along_axis(np.broadcast_to(mass, gain.shape), order, axis=0)
        left = self.room - (np.cumsum(weight, axis=0) - weight)
        part = np.where(gained > 0, np.clip(left / weight, 0.0, 1.0), 0.0)
        value = np.where(self.usable, self.fixed - (gained * part).sum(axis=0), np.inf)
        by_room, by_number = self._open_room(value), self._open_number(value)
        totals = [float(value[opened > 0] @ opened[opened > 0]) for opened in (by_room, by_number)]
        opened = by_room if totals[0] >= totals[1] else by_number
        share = np.zeros_like(part)
        np.put_along_axis(share, order, part, axis=0)
        return float(price.sum()) + max(totals), 1.0 - share @ opened

    def _open_room(self, value: Floats) -> Floats:
        """Open what gains, and the least costly room for what must be served, the last hub in part, shape (H,)."""
        opened = (self.usable & ((value < 0) | self.forced)).astype(float)
        missing = self.needed - float(self.room @ opened)
        rest = np.flatnonzero(self.usable & (opened == 0) & (self.room > 0))
        for h in rest[np.argsort(value[rest] / self.room[rest], kind="stable")].tolist():
            if missing <= 0:
                break
            opened[h] = min(1.0, missing / self.room[h])
            missing -= self.room[h]
        return opened

    def _open_number(self, value: Floats) -> Floats:
        """Open what gains, and the cheapest of as many hubs as must be open, shape (H,)."""
        opened = (self.usable & ((value < 0) | self.forced)).astype(float)
        rest = np.flatnonzero(self.usable & (opened == 0))
        missing = max(self.fewest - int(opened.sum()), 0)
        opened[rest[np.argsort(value[rest], kind="stable")[:missing]]] = 1.0
        return opened
