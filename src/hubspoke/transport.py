"""Assign sites to open hubs at least cost, exactly: a transportation problem with few sinks, by shortest paths.

Tonnes move from crowded hubs to hubs with room along paths of hubs: the edge from hub j to hub k costs, per tonne, what
the best-suited site of j loses by going to k. With many sites and few hubs this is far quicker than a general solver.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

SLACK = 1e-9
FULL = 1e-9
"""Share of a site that counts as nothing."""

CALMING = 40
"""Rounds in which prices of hubs with room are lowered before tonnes are moved."""
"""Share of a capacity that counts as nothing."""


@njit(cache=True, nogil=True)
def transport(cost: Any, mass: Any, capacity: Any, most: Any, price: Any, share: Any, limit: Any) -> Any:
    """Find the cheapest shares of every site at every hub.

    Parameters
    ----------
    cost : (S, n)
        Cost of the whole site at each hub; infinite where there is no lane. Every mass is above 0.
    mass : (S,)
    capacity : (n,)
    most : (n,)
        Largest share that any one site may have at a hub: 1, or less where the hub is open in part.
    price : (n,)
        Guess of what a tonne of room is worth at each hub; written: the dual price.
    share : (S, n)
        Written.
    limit : int
        Most shifts of tonnes.

    Returns
    -------
    float
        Total cost; infinite when not everything fits or the limit was reached.
    """
    sites, hubs = cost.shape
    member = np.empty((hubs, sites), np.int64)
    spot = np.empty((sites, hubs), np.int64)
    count, load = np.zeros(hubs, np.int64), np.zeros(hubs)
    calm = False
    for attempt in range(CALMING):
        if not send_by_price(cost, mass, most, price, share, member, spot, count, load):
            return np.inf
        calm = True
        for j in range(hubs):
            if price[j] > 0.0 and load[j] < capacity[j] * (1.0 - SLACK):
                price[j] *= 0.8 if attempt < CALMING // 2 else 0.0
                calm = False
        if calm:
            break
    if not calm:
        price[:] = 0.0
        send_by_price(cost, mass, most, price, share, member, spot, count, load)
    grain = 0.0
    for i in range(sites):
        for j in range(hubs):
            if np.isfinite(cost[i, j]):
                grain = max(grain, 1e-9 * abs(cost[i, j]) / mass[i])
    edge, through = np.empty((hubs, hubs)), np.empty((hubs, hubs), np.int64)
    for j in range(hubs):
        find_edges(j, cost, mass, most, share, member, count, edge, through)
    distance, following = np.empty(hubs), np.empty(hubs, np.int64)
    stale = np.empty(hubs, np.bool_)
    step, done = 0, False
    while step < limit and not done:
        step += 1
        find_paths(load, capacity, edge, grain, distance, following)
        source, excess = -1, 0.0
        for j in range(hubs):
            if load[j] - capacity[j] > max(excess, SLACK * capacity[j]):
                source, excess = j, load[j] - capacity[j]
        if source < 0:
            done = True
            break
        if not np.isfinite(distance[source]):
            return np.inf
        j, hops = source, 0
        while following[j] >= 0 and hops <= hubs:
            j = following[j]
            hops += 1
        if hops > hubs:  # rounding has closed a cycle of no length: look less closely
            grain *= 4.0
            continue
        tonnes, j = excess, source
        while following[j] >= 0:
            i, k = through[j, following[j]], following[j]
            tonnes = min(tonnes, share[i, j] * mass[i], (most[k] - share[i, k]) * mass[i])
            j = k
        tonnes = min(tonnes, capacity[j] - load[j])
        load[source] -= tonnes
        load[j] += tonnes
        stale[:] = False
        j = source
        while following[j] >= 0:
            i, k = through[j, following[j]], following[j]
            shift(i, j, k, tonnes, mass, share, member, spot, count)
            stale[j] = True
            for other in range(hubs):
                if spot[i, other] >= 0:
                    stale[other] = True
            j = k
        for j in range(hubs):
            if stale[j]:
                find_edges(j, cost, mass, most, share, member, count, edge, through)
    if not done:
        return np.inf
    find_paths(load, capacity, edge, grain, distance, following)
    total = 0.0
    for j in range(hubs):
        price[j] = distance[j] if np.isfinite(distance[j]) else 0.0
        for q in range(count[j]):
            total += share[member[j, q], j] * cost[member[j, q], j]
    return total


@njit(cache=True, nogil=True)
def send_by_price(
    cost: Any, mass: Any, most: Any, price: Any, share: Any, member: Any, spot: Any, count: Any, load: Any
) -> Any:
    """Send every site to its cheapest hubs at the given prices of room; say whether each found enough."""
    sites, hubs = cost.shape
    share[:], load[:] = 0.0, 0.0
    spot[:], count[:] = -1, 0
    for i in range(sites):
        left = 1.0
        while left > FULL:
            best, at = np.inf, -1
            for j in range(hubs):
                asked = cost[i, j] + price[j] * mass[i]
                if asked < best and spot[i, j] < 0 and most[j] > 0.0:
                    best, at = asked, j
            if at < 0:
                return False
            part = min(left, most[at])
            left -= part
            share[i, at] = part
            load[at] += part * mass[i]
            spot[i, at] = count[at]
            member[at, count[at]] = i
            count[at] += 1
    return True


@njit(cache=True, nogil=True)
def find_edges(
    j: Any, cost: Any, mass: Any, most: Any, share: Any, member: Any, count: Any, edge: Any, through: Any
) -> None:
    """Find, for hub j, the cheapest tonne to move to every other hub, and the site it belongs to."""
    hubs = edge.shape[0]
    for k in range(hubs):
        edge[j, k], through[j, k] = np.inf, -1
    for q in range(count[j]):
        i = member[j, q]
        for k in range(hubs):
            asked = (cost[i, k] - cost[i, j]) / mass[i]
            if asked < edge[j, k] and k != j and share[i, k] < most[k] - FULL:
                edge[j, k], through[j, k] = asked, i


@njit(cache=True, nogil=True)
def find_paths(load: Any, capacity: Any, edge: Any, grain: Any, distance: Any, following: Any) -> None:
    """Find every hub's cheapest path to a hub with room (Bellman and Ford); `following` is the next hub or -1."""
    hubs = len(load)
    for j in range(hubs):
        free = capacity[j] - load[j] > SLACK * capacity[j]
        distance[j], following[j] = (0.0 if free else np.inf), -1
    for _ in range(hubs):
        changed = False
        for j in range(hubs):
            for k in range(hubs):
                if edge[j, k] + distance[k] < distance[j] - grain:
                    distance[j], following[j] = edge[j, k] + distance[k], k
                    changed = True
        if not changed:
            break


@njit(cache=True, nogil=True)
def shift(i: Any, j: Any, k: Any, tonnes: Any, mass: Any, share: Any, member: Any, spot: Any, count: Any) -> None:
    """Move tonnes of site i from hub j to hub k and keep the lists of members true."""
    part = tonnes / mass[i]
    if spot[i, k] < 0:
        spot[i, k] = count[k]
        member[k, count[k]] = i
        count[k] += 1
    share[i, k] += part
    share[i, j] -= part
    if share[i, j] <= FULL:
        share[i, k] += share[i, j]
        share[i, j] = 0.0
        last = member[j, count[j] - 1]
        member[j, spot[i, j]] = last
        spot[last, j] = spot[i, j]
        count[j] -= 1
        spot[i, j] = -1


@njit(cache=True, nogil=True)
def site_prices(cost: Any, mass: Any, most: Any, price: Any, share: Any, worth: Any) -> None:
    """Write what one more of each site would cost: the dual prices of serving it."""
    sites, hubs = cost.shape
    for i in range(sites):
        best, used = np.inf, -np.inf
        for j in range(hubs):
            asked = cost[i, j] + price[j] * mass[i]
            if share[i, j] < most[j] - FULL:
                best = min(best, asked)
            if share[i, j] > 0.0:
                used = max(used, asked)
        worth[i] = best if np.isfinite(best) else used
