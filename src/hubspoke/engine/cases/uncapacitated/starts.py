"""Given when each hub opens, the case in which every site starts to be served: a transportation problem to few sinks.

With hubs given, a site that is served goes to its cheapest open one. What is left is who starts when, so that enough
sites are served in every case. Every case asks for as many sites as its least count grows by; whoever starts early may
answer a later case. Sites start at their cheapest answer and move along shortest paths from answers with too many to
answers with too few, as in `assignment/transportation.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.cases.uncapacitated.bound import Data


@njit(cache=True, nogil=True)
def cost_of_openings(data: Data, opens: Ints, ask: Floats, start: Ints) -> float:
    """Return the least cost of all plans that open hubs as given, and when sites start in it.

    Parameters
    ----------
    data : Data
    opens : (H,)
        Case in which each hub opens, T for never.
    ask : (T,)
        Prices of one site more. The answer does not depend on them; the nearer they are to those of these openings, the
        fewer sites have to move.
    start : (S,)
        Written: first case in which a site is served, T for never.

    Returns
    -------
    float
        Infinite where too few sites can be served.
    """
    cases, hubs, sites = data.cost.shape
    total = 0.0
    near = np.full((cases, sites), np.inf)
    for h in range(hubs):
        if opens[h] < cases:
            total += data.opening[h, opens[h]]
            for t in range(opens[h], cases):
                for j in range(sites):
                    near[t, j] = min(near[t, j], data.cost[t, h, j])
    # answer[t, j]: cost of site j if it stands for one of the sites that case t asks for; row T: for none of them.
    answer, begins = np.empty((cases + 1, sites)), np.empty((cases + 1, sites), np.int64)
    for back in range(1, cases):
        t = cases - 1 - back
        for j in range(sites):
            near[t, j] += near[t + 1, j]
    for j in range(sites):
        best, at = np.inf, cases
        for t in range(cases):
            if t <= data.latest[j] and near[t, j] < best:
                best, at = near[t, j], t
            answer[t, j] = best
            begins[t, j] = at
        if data.latest[j] >= cases and best > 0.0:
            best, at = 0.0, cases
        answer[cases, j] = best
        begins[cases, j] = at
    room = np.empty(cases + 1, np.int64)
    asked = 0
    for t in range(cases):
        more = max(int(np.ceil(data.least[t] - 1e-9)) - asked, 0)
        room[t] = more
        asked += more
    if asked > sites:
        return np.inf
    room[cases] = sites - asked
    price = np.zeros(cases + 1)
    for back in range(cases):
        t = cases - 1 - back
        price[t] = price[t + 1] + ask[t]
    where = _divide(answer, room, price)
    if where[0] < 0:
        return np.inf
    for j in range(sites):
        total += answer[where[j], j]
        start[j] = begins[where[j], j]
    return total


@njit(cache=True, nogil=True)
def _divide(answer: Floats, room: Ints, price: Floats) -> Ints:
    """Divide sites among answers that each take exactly `room`; -1 in front where that cannot be."""
    sinks, sites = answer.shape
    where = np.empty(sites, np.int64)
    held = np.zeros(sinks, np.int64)
    for j in range(sites):
        # At any prices, sites at their best answers stand at least cost for the counts that this gives.
        best = np.inf
        where[j] = -1
        for t in range(sinks):
            if answer[t, j] - price[t] < best:
                best = answer[t, j] - price[t]
                where[j] = t
        if where[j] < 0:
            where[0] = -1
            return where
        held[where[j]] += 1
    edge, mover = np.empty((sinks, sinks)), np.empty((sinks, sinks), np.int64)
    distance, before = np.empty(sinks), np.empty(sinks, np.int64)
    changed = np.ones(sinks, np.uint8)
    while True:
        # Sites stand at least cost for the present counts, so no cycle of moves gains; Bellman and Ford's method finds
        # the cheapest path from all sinks with too many.
        over = False
        for a in range(sinks):
            over = over or held[a] > room[a]
        if not over:
            return where
        for a in range(sinks):
            if changed[a]:
                edge[a, :] = np.inf
        for j in range(sites):
            a = where[j]
            if not changed[a]:
                continue
            for b in range(sinks):
                loss = answer[b, j] - answer[a, j]
                if loss < edge[a, b]:
                    edge[a, b] = loss
                    mover[a, b] = j
        changed[:] = 0
        for a in range(sinks):
            distance[a] = 0.0 if held[a] > room[a] else np.inf
            before[a] = -1
        for _ in range(sinks):
            moved = False
            for a in range(sinks):
                for b in range(sinks):
                    if a != b and distance[a] + edge[a, b] < distance[b] - 1e-9:
                        distance[b] = distance[a] + edge[a, b]
                        before[b] = a
                        moved = True
            if not moved:
                break
        nearest = -1
        for b in range(sinks):
            if held[b] < room[b] and distance[b] < np.inf and (nearest < 0 or distance[b] < distance[nearest]):
                nearest = b
        if nearest < 0:
            where[0] = -1
            return where
        held[nearest] += 1
        changed[nearest] = 1
        while before[nearest] >= 0:
            where[mover[before[nearest], nearest]] = nearest
            nearest = before[nearest]
            changed[nearest] = 1
        held[nearest] -= 1


@njit(cache=True, nogil=True)
def improve_openings(
    data: Data, opens: Ints, allowed: NDArray[np.uint8], ask: Floats, start: Ints, rounds: int
) -> float:
    """Better a choice of openings by single steps: other hub in the same case, two hubs in each other's case.

    Where the number of openings is free, hubs also open, close, and move to another case.

    Parameters
    ----------
    data : Data
    opens : (H,)
        Changed to the best choice found.
    allowed : (H, T)
        Where a hub may open at all.
    ask : (T,)
        As in `cost_of_openings`.
    start : (S,)
        Written, as in `cost_of_openings`.
    rounds : int
        Most steps taken.

    Returns
    -------
    float
        Its cost.
    """
    cases, hubs = data.cost.shape[0], data.cost.shape[1]
    best = cost_of_openings(data, opens, ask, start)
    is_free = data.openings[0] < 0
    for _ in range(rounds):
        one, two, to_one, to_two, least = -1, -1, 0, 0, best - 1e-9 * abs(best)
        for a in range(hubs):
            if is_free:
                kept = opens[a]
                for t in range(cases + 1):
                    if t != kept and (t == cases or allowed[a, t]):
                        opens[a] = t
                        cost = cost_of_openings(data, opens, ask, start)
                        if cost < least:
                            one, two, to_one, to_two, least = a, a, t, t, cost
                opens[a] = kept
            for b in range(a):
                x, y = opens[a], opens[b]
                if x == y or (y < cases and not allowed[a, y]) or (x < cases and not allowed[b, x]):
                    continue
                opens[a], opens[b] = y, x
                cost = cost_of_openings(data, opens, ask, start)
                opens[a], opens[b] = x, y
                if cost < least:
                    one, two, to_one, to_two, least = a, b, y, x, cost
        if one < 0:
            break
        opens[one] = to_one
        opens[two] = to_two
        best = least
    return cost_of_openings(data, opens, ask, start)
