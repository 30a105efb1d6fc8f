"""Raise the bound of a node by subgradient steps on its prices.

M. L. Fisher, Management Science 27, 1981: steps towards the cost of the best plan, shortened while they bring nothing,
and never back to the best prices. Directions are those of Crowder, IBM Research, 1976: a fixed part of the last one is
kept, which here raises the bound several times as fast as keeping it where slopes point back, since slopes of sites
that are served in part change their sign at every step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import copy_into, copy_rows, njit
from hubspoke.engine.cases.uncapacitated.bound import bound_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.cases.uncapacitated.bound import Data

KEPT = 0.7
"""Part of the last direction that is kept."""

FIRST = 1.5
"""First step, as a share of the one that would reach the limit if the bound were linear."""

SHRINK = 0.8
"""Factor of this share after steps without progress."""

LAST = 0.02
"""Share at which nothing more is hoped for."""

ENOUGH = 1e-4
"""Part of the way to the limit that counts as progress."""

HOPE = 0.05
"""Way to go, as a share of the bound, where no plan says it."""


@njit(cache=True, nogil=True)
def raise_bound(
    data: Data,
    fixed: Ints,
    allowed: NDArray[np.uint8],
    price: Floats,
    ask: Floats,
    limit: float,
    rounds: int,
    patience: int,
    regret: Floats,
    chosen: Ints,
) -> float:
    """Raise the bound of a node by subgradient steps.

    Parameters
    ----------
    data, fixed, allowed : as in `bound_at`
    price, ask : (T, S), (T,)
        First prices; the best ones are left in them.
    limit : float
        A bound of this or more ends the work: the node holds no plan that is wanted.
    rounds, patience : int
        Most prices tried, and tries without progress before steps get shorter.
    regret, chosen : as in `bound_at`
        Written for the best prices.

    Returns
    -------
    float
        The best bound.
    """
    cases, hubs, sites = data.cost.shape
    now, now_ask = price.copy(), ask.copy()
    slope, ask_slope = np.empty((cases, sites)), np.empty(cases)
    way, ask_way = np.zeros((cases, sites)), np.zeros(cases)
    near = np.full((cases, sites), np.inf)
    for h in range(hubs):
        if fixed[h] >= 0:
            for t in range(fixed[h], cases):
                for j in range(sites):
                    near[t, j] = min(near[t, j], data.cost[t, h, j])
    here_regret, here_chosen = np.empty((hubs, cases)), np.empty(hubs, np.int64)
    best, stalled, share = -np.inf, 0, FIRST
    for _ in range(rounds):
        bound = bound_at(data, fixed, allowed, near, now, now_ask, slope, ask_slope, here_regret, here_chosen)
        if bound == np.inf:
            return np.inf
        aim = limit if limit < np.inf else max(best, bound) + HOPE * abs(max(best, bound)) + 1.0
        stalled = 0 if bound > best + ENOUGH * (aim - best) or best == -np.inf else stalled + 1
        if bound > best:
            best = bound
            copy_rows(price, now)
            copy_into(ask, now_ask)
            copy_rows(regret, here_regret)
            copy_into(chosen, here_chosen)
        if best >= limit:
            return best
        if stalled >= patience:
            share *= SHRINK
            stalled = 0
            if share < LAST:
                break
        length = 0.0
        for t in range(cases):
            ask_way[t] = ask_slope[t] + KEPT * ask_way[t]
            if now_ask[t] <= 0.0 and ask_way[t] < 0.0:
                ask_way[t] = 0.0
            length += ask_way[t] ** 2
            for j in range(sites):
                way[t, j] = slope[t, j] + KEPT * way[t, j]
                length += way[t, j] ** 2
        if length < 1e-12:
            break
        step = share * (aim - bound) / length
        for t in range(cases):
            now_ask[t] = max(0.0, now_ask[t] + step * ask_way[t])
            for j in range(sites):
                now[t, j] += step * way[t, j]
    return best
