"""Better plans by opening, closing and exchanging single hubs.

R. A. Whitaker, INFOR 21, 1983; M. G. C. Resende, R. F. Werneck, "A fast swap-based local search procedure for location
problems", Annals of Operations Research 150, 2007. What a hub saves if it opens, what each open one costs if it closes,
and what both together do are told in one look at the sites, which know their nearest and their second open hub.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import njit
from hubspoke.engine.uncapacitated.bound import CLOSED, OPEN, UNDECIDED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.uncapacitated.bound import Network

NOBODY = -1
"""In place of a hub: what a site costs anyway."""


@njit(cache=True, nogil=True)
def _serve(network: Network, base: Floats, is_open: NDArray[np.uint8], i: int, near: Ints, dist: Floats) -> None:
    """Find the nearest and the second open hub of a site."""
    near[i, 0] = near[i, 1] = NOBODY
    dist[i, 0] = dist[i, 1] = base[i]
    found = 0
    for a in range(network.first[i], network.first[i + 1]):
        if network.cost[a] >= base[i] or found == 2:
            break
        if is_open[network.hub[a]]:
            near[i, found], dist[i, found] = network.hub[a], network.cost[a]
            found += 1


@njit(cache=True, nogil=True)
def _value_closing(network: Network, is_open: NDArray[np.uint8], near: Ints, dist: Floats, loss: Floats) -> None:
    """Write what closing each open hub adds to the cost."""
    for h in range(len(loss)):
        loss[h] = -network.fixed[h] if is_open[h] else np.inf
    for i in range(len(near)):
        if near[i, 0] != NOBODY:
            loss[near[i, 0]] += dist[i, 1] - dist[i, 0]


@njit(cache=True, nogil=True)
def cost_of(network: Network, base: Floats, is_open: NDArray[np.uint8]) -> float:
    """Return what open hubs cost with every site at the cheapest of them.

    Parameters
    ----------
    network : Network
    base : (S,)
        What a site costs at most.
    is_open : (H,)
    """
    total = 0.0
    for h in range(len(is_open)):
        if is_open[h]:
            total += network.fixed[h]
    for i in range(len(base)):
        least = base[i]
        for a in range(network.first[i], network.first[i + 1]):
            if network.cost[a] >= base[i]:
                break
            if is_open[network.hub[a]]:
                least = network.cost[a]
                break
        total += least
    return total


@njit(cache=True, nogil=True)
def interchange(
    network: Network,
    from_hub: Ints,
    site: Ints,
    lane_cost: Floats,
    state: Ints,
    base: Floats,
    is_open: NDArray[np.uint8],
    smallest: float,
    most: int,
) -> float:
    """Open, close and exchange hubs while it pays.

    Parameters
    ----------
    network : Network
    from_hub : (H + 1,)
    site, lane_cost : (lanes,)
        The lanes once more, hub by hub.
    state : (H,)
        Hubs that are decided stay as they are in `is_open`.
    base : (S,)
        What a site costs at most.
    is_open : (H,)
        The first choice, which keeps the count; the last one is left in it.
    smallest : float
        Least gain that counts.
    most : int
        Most changes.

    Returns
    -------
    float
        What the choice costs.
    """
    sites, hubs = len(base), len(is_open)
    near, dist = np.empty((sites, 2), np.int64), np.empty((sites, 2))
    loss, with_it = np.empty(hubs), np.empty(hubs)
    for i in range(sites):
        _serve(network, base, is_open, i, near, dist)
    _value_closing(network, is_open, near, dist, loss)
    count, changes, since = 0, 0, 0
    for h in range(hubs):
        count += is_open[h]
    h = 0
    while since < hubs and changes < most:
        h = h + 1 if h + 1 < hubs else 0
        since += 1
        if state[h] != UNDECIDED:
            continue
        opened, closed = NOBODY, NOBODY
        best = smallest
        if is_open[h]:
            if count > network.fewest and -loss[h] > best:
                closed = h
        else:
            gain = -network.fixed[h]
            for r in range(hubs):
                with_it[r] = loss[r]
            for a in range(from_hub[h], from_hub[h + 1]):
                i = site[a]
                c = lane_cost[a]
                if c < dist[i, 1]:
                    gain += max(dist[i, 0] - c, 0.0)
                    if near[i, 0] != NOBODY:
                        # without its nearest hub the site comes here, and not to its second
                        with_it[near[i, 0]] -= dist[i, 1] - max(c, dist[i, 0])
            if count < network.most and gain > best:
                opened, best = h, gain
            for r in range(hubs):
                if is_open[r] and state[r] == UNDECIDED and gain - with_it[r] > best:
                    opened, closed, best = h, r, gain - with_it[r]
        if opened == NOBODY and closed == NOBODY:
            continue
        changes += 1
        since = 0
        if opened != NOBODY:
            is_open[opened] = 1
            count += 1
        if closed != NOBODY:
            is_open[closed] = 0
            count -= 1
        if opened != NOBODY:
            for a in range(from_hub[opened], from_hub[opened + 1]):
                i = site[a]
                if lane_cost[a] < dist[i, 1]:
                    _serve(network, base, is_open, i, near, dist)
        if closed != NOBODY:
            for i in range(sites):
                if near[i, 0] == closed or near[i, 1] == closed:
                    _serve(network, base, is_open, i, near, dist)
        _value_closing(network, is_open, near, dist, loss)
    return cost_of(network, base, is_open)


@njit(cache=True, nogil=True)
def open_greedily(network: Network, state: Ints, base: Floats, is_open: NDArray[np.uint8]) -> None:
    """Open the hub that saves most, again and again, while that pays or the count asks for more.

    Parameters
    ----------
    network, state, base : as in `bound_at`
    is_open : (H,)
        Written.
    """
    first, hub, cost = network.first, network.hub, network.cost
    sites, hubs = len(base), len(is_open)
    dist = base.copy()
    gain = -network.fixed
    count = 0
    for h in range(hubs):
        is_open[h] = 1 if state[h] == OPEN else 0
        count += is_open[h]
        if state[h] == CLOSED:
            gain[h] = -np.inf
    for i in range(sites):
        for a in range(first[i], first[i + 1]):
            if cost[a] >= dist[i]:
                break
            gain[hub[a]] += dist[i] - cost[a]
    while count < network.most:
        best = NOBODY
        for h in range(hubs):
            if state[h] == UNDECIDED and not is_open[h] and (best == NOBODY or gain[h] > gain[best]):
                best = h
        if best == NOBODY or (gain[best] <= 0.0 and count >= network.fewest):
            break
        is_open[best] = 1
        count += 1
        for i in range(sites):
            new = dist[i]
            for a in range(first[i], first[i + 1]):
                if cost[a] >= dist[i]:
                    break
                if hub[a] == best:
                    new = cost[a]
                    break
            if new < dist[i]:
                # every hub saves less of this site from now on
                for a in range(first[i], first[i + 1]):
                    if cost[a] >= dist[i]:
                        break
                    gain[hub[a]] -= dist[i] - max(cost[a], new)
                dist[i] = new
