"""Column enumeration: the sets of sites that each hub may take within the gap.

With every hub decided a plan is a set partitioning: one set for each hub, every site once. At given prices of sites
only sets whose reduced cost is within the gap can be part of a better plan, so they are listed in full.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hubspoke.base.compiled import njit
from hubspoke.engine.lagrangian.bound import bound_at
from hubspoke.engine.lagrangian.nodes import ROOM
from hubspoke.engine.lagrangian.set_partitioning import BITS, cover_exactly

MOST_STEPS = 1_000_000
"""Steps of the search for sets, for each hub and size; with more the node is not settled."""
SLACK = 1e-10
"""Share of the costs and prices by which rounding may blur what a set costs."""


@njit(cache=True, nogil=True)
def solve_by_columns(
    data: Any, node: Any, relaxed: Any, limit: Any, margin: Any, most: Any, plan: Any, plan_cost: Any
) -> Any:
    """Find the cheapest plan of a node that costs at most `limit`, unless that takes too many sets or too much work.

    Parameters
    ----------
    data, node, relaxed : Data, Node, Relaxed
        Every hub of the node is open or closed.
    limit : float
        Cost that a plan must stay within.
    margin : (2,)
        What a further plan must save against the best one, as in `worth_finding`.
    most : int
        Sets that may be listed for all hubs together.
    plan : int (S,)
        Hub of every site in the best plan; changed when a better one is found.
    plan_cost : float (1,)
        Its cost, changed with it.

    Returns
    -------
    bool
        True when the node is settled: no plan of it within the limit is worth finding any more.
    """
    bound = bound_at(data, node, node.price, relaxed)
    if bound > limit:
        return True
    if not np.isfinite(limit):
        return False
    sites = np.flatnonzero(node.free)
    # The floor lies below the bound by all that rounding could have added, so that no set is wrongly left out.
    floor = bound - SLACK * (abs(bound) + abs(limit) + np.abs(node.price[sites]).sum())
    words = (len(sites) + BITS - 1) // BITS
    opened = np.flatnonzero(node.state > 0)
    masks, excess = np.zeros((most, words), np.int64), np.empty(most)
    first = np.zeros(len(opened) + 1, np.int64)
    gain, weight, which = np.empty(len(sites)), np.empty(len(sites)), np.empty(len(sites), np.int64)
    # Columns hub by hub: the sets whose excess over the hub's cheapest set fits between floor and limit.
    for n in range(len(opened)):
        h, end = opened[n], first[n]
        for k in range(data.capacity.shape[1]):
            room = data.capacity[h, k] * (1.0 + ROOM) - node.load[h]
            if not data.exists[h, k] or room < 0.0:
                continue
            count = 0
            for f in range(len(sites)):
                i = sites[f]
                if not node.banned[h, i] and data.mass[i] <= room:
                    gain[count] = node.price[i] - data.cost[h, i] - data.rate[h, k] * data.mass[i]
                    weight[count], which[count] = data.mass[i], f
                    count += 1
            # Excess of the empty set at this size, over the value of the hub.
            base = data.fixed[h, k] + node.spent[h] + data.rate[h, k] * node.load[h] - relaxed.value[h]
            end = _list_columns(count, gain, weight, which, room, base, limit - floor, masks, excess, end)
            if end < 0:
                return False
        first[n + 1] = end
    return cover_exactly(data, node, opened, sites, masks, excess, first, floor, limit, margin, plan, plan_cost)


@njit(cache=True, nogil=True)
def _list_columns(
    count: Any, gain: Any, weight: Any, which: Any, room: Any, base: Any, slack: Any, masks: Any, excess: Any, end: Any
) -> Any:
    """List the sets that fit and cost at most `slack` more than the hub's value; give where they end, -1 if too many.

    Items that gain are ranked by gain per weight; the others follow by what they lose. A branch is left when filling
    its room with the next items, the last one in part, leaves the set too dear.
    """
    # Gaining items by gain per mass, for the fractional bound; losing ones by their loss, so that the first that is
    # too
    # dear ends the branch.
    rank = np.empty(count)
    for j in range(count):
        rank[j] = -gain[j] / max(weight[j], 1e-300) if gain[j] > 0.0 else -gain[j]
    order = np.argsort(rank, kind="mergesort")
    good = 0
    while good < count and gain[order[good]] > 0.0:
        good += 1
    # Prefix sums give the fractional knapsack from any place in the rank by bisection.
    gains, weights = np.zeros(count + 1), np.zeros(count + 1)
    for j in range(good):
        gains[j + 1], weights[j + 1] = gains[j] + gain[order[j]], weights[j] + weight[order[j]]
    # A set is listed when its gain reaches `need`: an excess of at most the slack.
    need = base - slack
    inside = np.zeros(count, np.uint8)
    value, left, j, steps = 0.0, room, 0, 0
    while steps < MOST_STEPS:
        steps += 1
        reach = value
        if j < good:
            low, high = j, good  # the last item of the rank up to which all fit
            while low < high:
                middle = (low + high + 1) // 2
                if weights[middle] - weights[j] <= left:
                    low = middle
                else:
                    high = middle - 1
            reach += gains[low] - gains[j]
            if low < good:
                reach += (left - weights[low] + weights[j]) * gain[order[low]] / weight[order[low]]
        # Invariant: items before j are decided. `reach` bounds the gain of every set below this place.
        if reach >= need:
            # The next item loses too much, and so do all behind it: the set ends here.
            if j >= good and j < count and value + gain[order[j]] < need:
                inside[j:] = 0
                j = count
            if j < count:
                if weight[order[j]] <= left:
                    inside[j] = 1
                    value += gain[order[j]]
                    left -= weight[order[j]]
                j += 1
                continue
            if end == len(excess):
                return -1
            # A leaf: write the set down as a bit mask over the free sites.
            excess[end] = base - value
            masks[end, :] = 0
            for m in range(count):
                if inside[m]:
                    f = which[order[m]]
                    masks[end, f // BITS] |= np.int64(1) << (f % BITS)
            end += 1
        # Backtrack to the last item taken, and leave it out.
        j -= 1
        while j >= 0 and not inside[j]:
            j -= 1
        if j < 0:
            return end
        inside[j] = 0
        value -= gain[order[j]]
        left += weight[order[j]]
        j += 1
    return -1
