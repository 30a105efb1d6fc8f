"""The Lagrangian bound of a node: every site is priced, and hubs are filled and opened on their own.

Lagrangian relaxation (A. M. Geoffrion, "Lagrangean relaxation for integer programming", Mathematical Programming Study
2, 1974) of "every site is served once", as K. Holmberg, M. Rönnqvist and D. Yuan do for capacitated facility location
with single sourcing (European Journal of Operational Research 113, 1999).

Every site gets a price; a hub takes, whole, the sites that pay most at these prices, and the cheapest hubs that can
hold everything are opened. What that costs, plus the prices, is a lower bound on every plan. The hubs' knapsacks stay
whole, so the bound is above that of the linear relaxation. See docs/engine.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import njit
from hubspoke.engine.lagrangian.knapsack import fill_knapsack
from hubspoke.engine.lagrangian.loads.knapsack import fill_by_load, read_items
from hubspoke.engine.lagrangian.nodes import ROOM

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.lagrangian.nodes import Data, Node, Relaxed

MOST_CELLS = 6_000
"""Items times grains of room up to which dynamic programming goes on where depth-first search ends: microseconds."""

MOST_LANES = 20_000
"""Lanes up to which it does: where room is no longer tight, nodes are worth more than exact knapsacks."""


@njit(cache=True, nogil=True)
def value_whole(data: Data, node: Node, price: Floats, relaxed: Relaxed) -> None:
    """Value every hub when open: its cheapest size with the whole sites that pay most."""
    hubs, sites = data.cost.shape
    by_load = data.grain > 0.0 and hubs * sites <= MOST_LANES
    profit, weight = np.empty(sites), np.empty(sites)
    which, taken = np.empty(sites, np.int64), np.zeros(sites, np.uint8)
    # The prices once given, hubs no longer touch each other: one 0-1 knapsack for each size of each hub.
    for h in range(hubs):
        relaxed.value[h] = np.inf
        relaxed.pick[h, :] = 0
        if node.state[h] < 0:
            continue
        for k in range(data.capacity.shape[1]):
            # ROOM widens the hub a little: a plan that is too heavy by rounding alone must not be cut off.
            room = data.capacity[h, k] * (1.0 + ROOM) - node.load[h]
            if not data.exists[h, k] or room < 0.0:
                continue
            # Only sites with a negative reduced cost are worth an item; the others would raise the hub's value.
            count = int(np.int64(0))  # a literal would have the knapsack compiled twice
            for i in range(sites):
                if node.free[i] and not node.banned[h, i] and data.mass[i] <= room:
                    gain = price[i] - data.cost[h, i] - data.rate[h, k] * data.mass[i]
                    if gain > 0.0:
                        profit[count], weight[count], which[count] = gain, data.mass[i], i
                        count += 1
            # `most` is the knapsack's bound, not its choice: the value stays a lower bound when patience ends.
            # Decided sites are paid already, and weigh on the room and the rate of the size.
            found, most, room_price = fill_knapsack(count, profit, weight, room, taken)
            if found < most and by_load and count * data.room[h, k] <= MOST_CELLS:
                most = _fill_by_load(data, h, k, node.load[h], count, profit, which, taken)
            value = data.fixed[h, k] + node.spent[h] + data.rate[h, k] * node.load[h] - most
            # At most one size of a hub is opened, so the cheapest size is the hub's value.
            if value < relaxed.value[h]:
                relaxed.value[h], relaxed.room_price[h] = value, room_price
                relaxed.pick[h, :] = 0
                for j in range(count):
                    relaxed.pick[h, which[j]] = taken[j]


@njit(cache=True, nogil=True)
def _fill_by_load(
    data: Data, h: int, k: int, load: float, count: int, profit: Floats, which: Ints, taken: NDArray[np.uint8]
) -> float:
    """Fill one hub by dynamic programming, where depth-first search lost its patience; the items of `value_whole`."""
    room = data.room[h, k] - int(np.round(load / data.grain))
    weight = np.empty(count, np.int64)
    for j in range(count):
        weight[j] = data.weight[which[j]]
    value, spare = np.empty(room + 1), np.empty(room + 1)
    took = np.empty((count, room + 1), np.uint8)
    fill_by_load(count, profit, weight, room, value, spare, took)
    best = int(np.argmax(value))
    read_items(count, weight, best, took, taken)
    most: float = value[best]
    return most


@njit(cache=True, nogil=True)
def choose_hubs(
    data: Data, node: Node, value: Floats, forced: int, forced_state: int, chosen: NDArray[np.uint8]
) -> float:
    """Bound the cost of the cheapest hubs that hold everything and keep the counts.

    Where the cheapest hubs with room for everything break a count, room and counts are each obeyed without the other,
    and the higher bound holds.

    Parameters
    ----------
    data, node : Data, Node
    value : (H,)
        Cost of each hub when open, as `value_whole` finds it; infinite where it cannot be open.
    forced, forced_state : int
        Hub that is taken to be open (1) or closed (-1) whatever the node says; -1 for none.
    chosen : (H,)
        Written: 1 for each hub that the bound opens.

    Returns
    -------
    float
        The bound, without the prices of the sites; infinite when no choice will do.
    """
    hubs = len(value)
    state = node.state.copy()
    if forced >= 0:
        state[forced] = forced_state
    # A hub without any size that holds its decided sites is closed; where it must be open, the node is empty.
    for h in range(hubs):
        if not np.isfinite(value[h]):
            if state[h] > 0:
                return np.inf
            state[h] = -1
    with_room = _choose_room(data, value, state, chosen)
    if not np.isfinite(with_room):
        return np.inf
    # Where the cheapest choice with room keeps the counts anyway, it obeys both; else each of the two gives a bound.
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
def _choose_room(data: Data, value: Floats, state: Ints, chosen: NDArray[np.uint8]) -> float:
    """Open all hubs worth their cost, and the cheapest others until all fits: a knapsack of those left closed."""
    hubs = len(value)
    total, room, most_room, count = 0.0, 0.0, 0.0, 0
    cost, weight, which = np.empty(hubs), np.empty(hubs), np.empty(hubs, np.int64)
    # Hubs that must be open or that earn by it are in every best choice; only the others are to be weighed.
    for h in range(hubs):
        chosen[h] = 0
        if state[h] < 0:
            continue
        most_room += data.largest[h]
        if state[h] > 0 or value[h] <= 0.0:
            chosen[h] = 1
            total += value[h]
            room += data.largest[h]
        else:
            cost[count], weight[count], which[count] = value[h], data.largest[h], h
            count += 1
    # Room that falls short by rounding alone is enough, else the bound would exclude plans that just fit.
    if room >= data.tonnes * (1.0 - ROOM):
        return total
    spare = most_room * (1.0 + ROOM) - data.tonnes
    if spare < 0.0:
        return np.inf
    # The covering knapsack turned round: open all, then close the dearest set of hubs whose room can be spared.
    small = int(np.int64(0))
    for j in range(count):
        chosen[which[j]] = 1
        total += cost[j]
        if weight[j] <= spare:  # a larger one can never be closed
            cost[small], weight[small], which[small] = cost[j], weight[j], which[j]
            small += 1
    closed = np.zeros(max(small, 1), np.uint8)
    _, most, _ = fill_knapsack(small, cost, weight, spare, closed)
    for j in range(small):
        if closed[j]:
            chosen[which[j]] = 0
    return total - most  # the knapsack's bound again, so that this is a bound where patience ended


@njit(cache=True, nogil=True)
def _choose_number(value: Floats, state: Ints, count: Ints, chosen: NDArray[np.uint8]) -> float:
    """Open as many hubs as must be, and no more than may be, the cheapest first."""
    total, number = 0.0, 0
    for h in range(len(value)):
        if state[h] > 0:
            chosen[h] = 1
            total += value[h]
            number += 1
    # Greedy is exact here: cheapest first, while a hub earns or the fewest are not reached.
    for h in np.argsort(value, kind="mergesort"):
        if state[h] == 0 and number < count[1] and (value[h] < 0.0 or number < count[0]):
            chosen[h] = 1
            total += value[h]
            number += 1
    return total if count[0] <= number <= count[1] else np.inf


@njit(cache=True, nogil=True)
def bound_at(data: Data, node: Node, price: Floats, relaxed: Relaxed) -> float:
    """Bound every plan of a node at given prices: the value of the Lagrangian dual function there.

    Parameters
    ----------
    data, node : Data, Node
        The prices of the node itself are not used.
    price : (S,)
        Price of each site; those of decided sites do not matter.
    relaxed : Relaxed
        Written, but for the averages: the relaxed answer at these prices.

    Returns
    -------
    float
        The bound; infinite when the node holds no plan.
    """
    value_whole(data, node, price, relaxed)
    bound = choose_hubs(data, node, relaxed.value, int(np.int64(-1)), int(np.int64(0)), relaxed.chosen)
    # Decided sites are paid for in the values of their hubs; the others by their prices.
    for i in range(len(price)):
        if node.free[i]:
            bound += price[i]
    return bound
