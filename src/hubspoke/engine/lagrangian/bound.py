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

from hubspoke.base.compiled import copy_into, njit
from hubspoke.engine.lagrangian.knapsack import fill_knapsack
from hubspoke.engine.lagrangian.nodes import ROOM

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.lagrangian.nodes import Data, Node, Relaxed


@njit(cache=True, nogil=True)
def _fill_hub(data: Data, node: Node, price: Floats, relaxed: Relaxed, h: int) -> None:
    """Value a hub when open: its cheapest size with the whole sites that pay most, a 0-1 knapsack for each size."""
    sites = len(price)
    profit, weight = np.empty(sites), np.empty(sites)
    which, taken = np.empty(sites, np.int64), np.empty(sites, np.uint8)
    relaxed.value[h] = np.inf
    relaxed.pick[h, :] = 0
    for k in range(data.capacity.shape[1]):
        # ROOM widens the hub a little: a plan that is too heavy by rounding alone must not be cut off.
        room = data.capacity[h, k] * (1.0 + ROOM) - node.load[h]
        if not data.exists[h, k] or room < 0.0 or node.state[h] < 0:
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
        _, most, room_price = fill_knapsack(count, profit, weight, room, data.grain, taken)
        value = data.fixed[h, k] + node.spent[h] + data.rate[h, k] * node.load[h] - most
        # At most one size of a hub is opened, so the cheapest size is the hub's value.
        if value < relaxed.value[h]:
            relaxed.value[h], relaxed.room_price[h] = value, room_price
            relaxed.pick[h, :] = 0
            for j in range(count):
                relaxed.pick[h, which[j]] = taken[j]


@njit(cache=True, nogil=True)
def _price_room(data: Data, node: Node, price: Floats, relaxed: Relaxed, h: int) -> None:
    """Bound the value of a hub when open, in one pass: room at a price as it was when the hub was last filled.

    Any price of room is a dual solution of the fractional knapsack, so it bounds the whole one.
    """
    room_price = relaxed.room_price[h]
    relaxed.value[h] = np.inf
    for k in range(data.capacity.shape[1]):
        room = data.capacity[h, k] * (1.0 + ROOM) - node.load[h]
        if not data.exists[h, k] or room < 0.0 or node.state[h] < 0:
            continue
        most, rate = room_price * room, data.rate[h, k] + room_price
        for i in range(len(price)):
            if node.free[i] and not node.banned[h, i]:
                most += max(price[i] - data.cost[h, i] - rate * data.mass[i], 0.0)
        value = data.fixed[h, k] + node.spent[h] + data.rate[h, k] * node.load[h] - most
        relaxed.value[h] = min(relaxed.value[h], value)


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
        copy_into(chosen, other)
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
    _, most, _ = fill_knapsack(small, cost, weight, spare, 0.0, closed)
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
    # The prices once given, hubs no longer touch each other.
    for h in range(len(relaxed.value)):
        _fill_hub(data, node, price, relaxed, h)
    return _add_up(data, node, price, relaxed)


@njit(cache=True, nogil=True)
def bound_quickly(data: Data, node: Node, price: Floats, relaxed: Relaxed) -> float:
    """Bound as `bound_at` does, but fill only the hubs that may be chosen: of the others `value` is a lower bound.

    What a choice of hubs costs at too low values of those left out, and at the right ones of those in it, no other
    choice undercuts at the right values.

    Parameters
    ----------
    data, node, price, relaxed : Data, Node, Floats, Relaxed
        As for `bound_at`; the sites that a hub would pick are written for those chosen.

    Returns
    -------
    float
        The bound; infinite when the node holds no plan.
    """
    filled = np.zeros(len(relaxed.value), np.uint8)
    for h in range(len(filled)):
        _price_room(data, node, price, relaxed, h)
    while True:
        bound = _add_up(data, node, price, relaxed)
        ended = True
        for h in range(len(filled)):
            if relaxed.chosen[h] and not filled[h]:
                _fill_hub(data, node, price, relaxed, h)
                filled[h], ended = 1, False
        if ended or not np.isfinite(bound):
            return bound


@njit(cache=True, nogil=True)
def _add_up(data: Data, node: Node, price: Floats, relaxed: Relaxed) -> float:
    """Add the cheapest hubs, at their values, and the prices of the free sites."""
    bound = choose_hubs(data, node, relaxed.value, int(np.int64(-1)), int(np.int64(0)), relaxed.chosen)
    # Decided sites are paid for in the values of their hubs; the others by their prices.
    for i in range(len(price)):
        if node.free[i]:
            bound += price[i]
    return bound
