"""Raise the bound of a node: dual ascent for a first price, then subgradient steps.

D. Erlenkotter, "A dual-based procedure for uncapacitated facility location", Operations Research 26, 1978; the steps
are those of `lagrangian/subgradient.py` and of `cases/uncapacitated/ascent.py`: Polyak's, towards a level above the
best bound, along the deflected directions of Camerini, Fratta and Maffioli.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import copy_into, njit
from hubspoke.engine.uncapacitated.bound import UNDECIDED, bound_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.uncapacitated.bound import Network, Relaxed

TURN_BACK = 1.5
"""Factor of the deflection: how much of the last direction is kept where the slope points back."""

SHRINK = 0.6
"""Factor of the level once it is out of reach."""

ENOUGH = 0.1
"""Share of the hoped-for rise that counts as progress."""

MEMORY = 0.9
"""Share of the average of the choices that each new one leaves."""


@njit(cache=True, nogil=True)
def raise_bound(
    network: Network,
    state: Ints,
    base: Floats,
    price: Floats,
    limit: float,
    share: float,
    rounds: int,
    patience: int,
    smallest: float,
    relaxed: Relaxed,
    average: Floats,
) -> float:
    """Raise the bound of a node by subgradient steps.

    Parameters
    ----------
    network, state, base : as in `bound_at`
    price : (S,)
        First prices; the best ones are left in it.
    limit : float
        A bound of this or more ends the work: the node holds no plan that is wanted.
    share : float
        First level, as a share of the way to the limit.
    rounds, patience : int
        Most prices tried, and tries without progress before the level comes nearer.
    smallest : float
        Rise below which nothing more is hoped for.
    relaxed : Relaxed
        Written for the best prices.
    average : (H,)
        How often each hub was chosen, lately most; written.

    Returns
    -------
    float
        The best bound.
    """
    sites = len(base)
    now, way = np.minimum(price, base), np.zeros(sites)
    slope = relaxed.slope
    best, stalled, rise = -np.inf, 0, 0.0
    for turn in range(rounds):
        bound = bound_at(network, state, base, now, relaxed)
        if bound == np.inf:
            return np.inf
        if turn == 0:
            rise = share * max(limit - bound, 1e-4 * abs(bound)) if limit < np.inf else 0.05 * abs(bound) + smallest
            copy_into(average, relaxed.chosen)
        else:
            average *= MEMORY
            average += (1.0 - MEMORY) * relaxed.chosen
        stalled = 0 if bound > best + ENOUGH * rise else stalled + 1
        if bound > best:
            best = bound
            copy_into(price, now)
        if best >= limit:
            break
        if stalled >= patience:
            # The level was out of reach: hope for less, and start anew from the best prices.
            rise *= SHRINK
            stalled = 0
            copy_into(now, price)
            way[:] = 0.0
            if rise < smallest:
                break
            continue
        against, old = 0.0, 0.0
        for i in range(sites):
            against -= slope[i] * way[i]
            old += way[i] * way[i]
        kept = TURN_BACK * against / old if against > 0.0 else 0.0
        length = 0.0
        for i in range(sites):
            way[i] = slope[i] + kept * way[i]
            if now[i] >= base[i] and way[i] > 0.0:
                way[i] = 0.0
            length += way[i] * way[i]
        if length < 1e-12:
            break
        step = (best + rise - bound) / length
        for i in range(sites):
            now[i] = min(now[i] + step * way[i], base[i])
    return bound_at(network, state, base, price, relaxed)


@njit(cache=True, nogil=True)
def ascend_dual(network: Network, state: Ints, base: Floats, price: Floats, rounds: int) -> None:
    """Raise prices site by site to the next dearer lane while the hubs on the way can pay for it.

    Parameters
    ----------
    network, state, base : as in `bound_at`
    price : (S,)
        Written; no hub is worth more than it costs at these prices.
    rounds : int
        Most passes over all sites.
    """
    first, hub, cost = network.first, network.hub, network.cost
    sites = len(base)
    slack = np.maximum(network.fixed, 0.0)
    at = np.empty(sites, np.int64)
    for i in range(sites):
        at[i] = first[i]
        while at[i] < first[i + 1] and state[hub[at[i]]] != UNDECIDED:
            at[i] += 1
        price[i] = min(cost[at[i]], base[i]) if at[i] < first[i + 1] else base[i]
    for _ in range(rounds):
        moved = False
        for i in range(sites):
            if price[i] >= base[i]:
                continue
            while at[i] < first[i + 1] and cost[at[i]] <= price[i]:
                at[i] += 1
            goal = min(cost[at[i]], base[i]) if at[i] < first[i + 1] else base[i]
            rise = goal - price[i]
            for a in range(first[i], at[i]):
                if state[hub[a]] == UNDECIDED:
                    rise = min(rise, slack[hub[a]])
            if rise <= 0.0 or rise == np.inf:
                continue
            for a in range(first[i], at[i]):
                slack[hub[a]] -= rise
            price[i] += rise
            moved = True
        if not moved:
            break


def price_between(network: Network, base: Floats, is_open: NDArray[np.uint8]) -> Floats:
    """Return prices (S,) half way between the nearest and the second open hub of every site.

    Parameters
    ----------
    network : Network
    base : (S,)
        What a site costs at most.
    is_open : (H,)
    """
    first, hub, cost = network.first, network.hub, network.cost
    site = np.repeat(np.arange(len(base)), np.diff(first))
    lanes = np.flatnonzero(is_open[hub] > 0)
    rank = np.arange(len(lanes)) - np.searchsorted(site[lanes], site[lanes])
    near = np.repeat(base[:, None], 2, axis=1)
    for k in (0, 1):
        of_rank = lanes[rank == k]
        near[site[of_rank], k] = np.minimum(near[site[of_rank], k], cost[of_rank])
    return np.asarray(near.mean(axis=1))
