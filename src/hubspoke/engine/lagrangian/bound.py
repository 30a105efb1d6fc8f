"""The Lagrangian bound of a node: the rows "every site is served" are priced, and what is left falls apart by hub.

Every site gets a price; a hub takes, whole, the sites that pay most at these prices, and the cheapest hubs that can
hold everything are opened. What that costs, plus the prices, is a lower bound (Lagrangian relaxation of "every site is
served"; the hubs' knapsacks stay whole, so the bound is above that of the linear relaxation). See docs/engine.md.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hubspoke.base.compiled import njit
from hubspoke.engine.lagrangian.knapsack import fill_knapsack
from hubspoke.engine.lagrangian.nodes import ROOM


@njit(cache=True, nogil=True)
def value_whole(data: Any, node: Any, price: Any, relaxed: Any) -> None:
    """Value every hub when open: its cheapest size with the whole sites that pay most."""
    hubs, sites = data.cost.shape
    profit, weight = np.empty(sites), np.empty(sites)
    which, taken = np.empty(sites, np.int64), np.zeros(sites, np.uint8)
    # The relaxation falls apart by hub: for each size a 0-1 knapsack of the sites that gain at these prices.
    for h in range(hubs):
        relaxed.value[h] = np.inf
        relaxed.pick[h, :] = 0
        if node.state[h] < 0:
            continue
        for k in range(data.capacity.shape[1]):
            # ROOM lets loads exceed capacity by rounding, as plans may; a tighter room could cut off a plan.
            room = data.capacity[h, k] * (1.0 + ROOM) - node.load[h]
            if not data.exists[h, k] or room < 0.0:
                continue
            count = 0
            for i in range(sites):
                if node.free[i] and not node.banned[h, i] and data.mass[i] <= room:
                    # Reduced cost of the lane, with its sign turned: what serving the site here is worth at its
                    # price.
                    gain = price[i] - data.cost[h, i] - data.rate[h, k] * data.mass[i]
                    if gain > 0.0:
                        profit[count], weight[count], which[count] = gain, data.mass[i], i
                        count += 1
            _, most, room_price = fill_knapsack(count, profit, weight, room, taken)
            # Sites already decided for the hub are paid, and weigh on its room and its rate.
            value = data.fixed[h, k] + node.spent[h] + data.rate[h, k] * node.load[h] - most
            if value < relaxed.value[h]:
                relaxed.value[h], relaxed.room_price[h] = value, room_price
                relaxed.pick[h, :] = 0
                for j in range(count):
                    relaxed.pick[h, which[j]] = taken[j]


@njit(cache=True, nogil=True)
def choose_hubs(data: Any, node: Any, value: Any, forced: Any, forced_state: Any, chosen: Any) -> Any:
    """Bound the cost of the cheapest hubs that hold everything and keep the counts; write them to `chosen`.

    Hub `forced` (-1 for none) is taken to be in `forced_state`. Infinite when no choice will do. Room and counts are
    each obeyed apart where the one breaks the other, and the higher bound counts.
    """
    hubs = len(value)
    state = node.state.copy()
    if forced >= 0:
        state[forced] = forced_state
    for h in range(hubs):
        if not np.isfinite(value[h]):
            if state[h] > 0:
                return np.inf
            state[h] = -1
    # Two relaxations of the choice of hubs, one without counts and one without room; both are valid, the higher
    # counts.
    with_room = _choose_room(data, value, state, chosen)
    if not np.isfinite(with_room):
        return np.inf
    number = chosen.sum()
    if node.count[0] <= number <= node.count[1]:
        return with_room
    other = np.zeros(hubs, np.uint8)
    with_count = _choose_number(value, state, node.count, other)
    if with_count > with_room:
        chosen[:] = other
        return with_count
    return with_room


@njit(cache=True, nogil=True)
def _choose_room(data: Any, value: Any, state: Any, chosen: Any) -> Any:
    """Open all hubs worth their cost, and the cheapest others until all fits: a knapsack of those left closed."""
    hubs = len(value)
    total, room, most_room, count = 0.0, 0.0, 0.0, 0
    cost, weight, which = np.empty(hubs), np.empty(hubs), np.empty(hubs, np.int64)
    for h in range(hubs):
        chosen[h] = 0
        if state[h] < 0:
            continue
        most_room += data.largest[h]
        # A hub that costs nothing at these prices is open in some optimum of the relaxation.
        if state[h] > 0 or value[h] <= 0.0:
            chosen[h] = 1
            total += value[h]
            room += data.largest[h]
        else:
            cost[count], weight[count], which[count] = value[h], data.largest[h], h
            count += 1
    if room >= data.tonnes * (1.0 - ROOM):
        return total
    # Cover knapsack, turned round: of the hubs left, close those that save most while the room that stays suffices.
    spare = most_room * (1.0 + ROOM) - data.tonnes
    if spare < 0.0:
        return np.inf
    small = 0
    for j in range(count):
        chosen[which[j]] = 1
        total += cost[j]
        if weight[j] <= spare:
            cost[small], weight[small], which[small] = cost[j], weight[j], which[j]
            small += 1
    closed = np.zeros(max(small, 1), np.uint8)
    # What the knapsack saves is taken off; where its patience ended, its bound is, so that the total stays a bound.
    _, most, _ = fill_knapsack(small, cost, weight, spare, closed)
    for j in range(small):
        if closed[j]:
            chosen[which[j]] = 0
    return total - most


@njit(cache=True, nogil=True)
def _choose_number(value: Any, state: Any, count: Any, chosen: Any) -> Any:
    """Open as many hubs as must be, and no more than may be, the cheapest first."""
    total, number = 0.0, 0
    for h in range(len(value)):
        if state[h] > 0:
            chosen[h] = 1
            total += value[h]
            number += 1
    # Without room the best choice under counts is greedy: by value, until enough are open and none pays any more.
    for h in np.argsort(value, kind="mergesort"):
        if state[h] == 0 and number < count[1] and (value[h] < 0.0 or number < count[0]):
            chosen[h] = 1
            total += value[h]
            number += 1
    return total if count[0] <= number <= count[1] else np.inf


@njit(cache=True, nogil=True)
def bound_at(data: Any, node: Any, price: Any, relaxed: Any) -> Any:
    """Bound every plan of a node at given prices."""
    value_whole(data, node, price, relaxed)
    bound = choose_hubs(data, node, relaxed.value, -1, 0, relaxed.chosen)
    # Constant of the Lagrangian: the prices of all sites not yet decided.
    for i in range(len(price)):
        if node.free[i]:
            bound += price[i]
    return bound
