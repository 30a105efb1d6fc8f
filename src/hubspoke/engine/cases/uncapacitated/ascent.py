"""Raise the bound of a node by subgradient steps on its prices.

M. L. Fisher, Management Science 27, 1981, with the deflection of Camerini, Fratta and Maffioli and Polyak's steps, as
in `lagrangian/subgradient.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import njit
from hubspoke.engine.cases.uncapacitated.bound import bound_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.cases.uncapacitated.bound import Data

TURN_BACK = 1.5
"""Factor of the deflection: how much of the last direction is kept where the slope points back."""

SHRINK = 0.6
"""Factor of the level once it is out of reach."""

ENOUGH = 0.1
"""Share of the hoped-for rise that counts as progress."""

SMALLEST = 2e-6
"""Rise, as a share of the bound, below which nothing more is hoped for."""


@njit(cache=True, nogil=True)
def raise_bound(
    data: Data,
    fixed: Ints,
    allowed: NDArray[np.uint8],
    price: Floats,
    ask: Floats,
    limit: float,
    rounds: int,
    share: float,
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
        Most prices tried, and tries without progress before the level comes nearer.
    share : float
        First level, as a share of the way to the limit.
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
    best, stalled, rise = -np.inf, 0, 0.0
    for turn in range(rounds):
        bound = bound_at(data, fixed, allowed, near, now, now_ask, slope, ask_slope, here_regret, here_chosen)
        if bound == np.inf:
            return np.inf
        if turn == 0:
            rise = share * max(limit - bound, 1e-3 * abs(bound)) if limit < np.inf else 0.05 * abs(bound) + 1.0
        stalled = 0 if bound > best + ENOUGH * rise else stalled + 1
        if bound > best:
            best = bound
            price[:, :] = now
            ask[:] = now_ask
            regret[:, :] = here_regret
            chosen[:] = here_chosen
        if best >= limit:
            return best
        if stalled >= patience:
            # The level was out of reach: hope for less, and start anew from the best prices.
            rise *= SHRINK
            stalled = 0
            now[:, :] = price
            now_ask[:] = ask
            way[:, :] = 0.0
            ask_way[:] = 0.0
            if rise < SMALLEST * abs(best):
                break
            continue
        against, old = 0.0, 0.0
        for t in range(cases):
            against -= ask_slope[t] * ask_way[t]
            old += ask_way[t] ** 2
            for j in range(sites):
                against -= slope[t, j] * way[t, j]
                old += way[t, j] ** 2
        kept = TURN_BACK * against / old if against > 0.0 else 0.0
        length = 0.0
        for t in range(cases):
            ask_way[t] = ask_slope[t] + kept * ask_way[t]
            length += ask_way[t] ** 2
            for j in range(sites):
                way[t, j] = slope[t, j] + kept * way[t, j]
                length += way[t, j] ** 2
        if length < 1e-12:
            break
        step = (best + rise - bound) / length
        for t in range(cases):
            now_ask[t] = max(0.0, now_ask[t] + step * ask_way[t])
            for j in range(sites):
                now[t, j] += step * way[t, j]
    return best
