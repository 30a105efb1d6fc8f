"""Column enumeration: list the sets of sites that each hub of a node may still take, and fit one of each together.

The set-partitioning form of the generalised assignment problem (M. Savelsbergh, "A branch-and-price algorithm for the
generalized assignment problem", Operations Research 45, 1997), with every column listed whose reduced cost lies within
the gap between bound and limit (R. Baldacci, N. Christofides, A. Mingozzi, Mathematical Programming 115, 2008, do so
with routes of vehicles).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import njit
from hubspoke.engine.lagrangian.bound import bound_at
from hubspoke.engine.lagrangian.nodes import ROOM
from hubspoke.engine.lagrangian.set_partitioning import BITS, cover_exactly

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.lagrangian.nodes import Data, Node, Relaxed

MOST_STEPS = 1_000_000
"""Steps of the search for sets, for each hub and size; with more the node is not settled."""
SLACK = 1e-10
"""Share of the costs and prices by which rounding may blur what a set costs."""


@njit(cache=True, nogil=True)
def solve_by_columns(
    data: Data, node: Node, relaxed: Relaxed, limit: float, margin: Floats, most: int, plan: Ints, plan_cost: Floats
) -> bool:
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
    # A floor a little below the bound widens the gap, so that no set is missed because its cost is a rounded sum.
    floor = bound - SLACK * (abs(bound) + abs(limit) + np.abs(node.price[sites]).sum())
    words = (len(sites) + BITS - 1) // BITS
    opened = np.flatnonzero(node.state > 0)
    masks, excess = np.zeros((most, words), np.int64), np.empty(most)
    first = np.zeros(len(opened) + 1, np.int64)
    gain, weight, which = np.empty(len(sites)), np.empty(len(sites)), np.empty(len(sites), np.int64)
    # Invariant: the sets of the n-th open hub stand at first[n]..first[n + 1], sites as bits of `masks`, and `excess`
    # is what each costs above the hub's value, its reduced cost. A plan within the limit cannot exceed the gap in all.
    for n in range(len(opened)):
        h, end = opened[n], first[n]
        for k in range(data.capacity.shape[1]):
            room = data.capacity[h, k] * (1.0 + ROOM) - node.load[h]
            if not data.exists[h, k] or room < 0.0:
                continue
            # Unlike in the knapsack of the bound, sites that lose are items too: a plan may need them here.
            count = int(np.int64(0))  # a literal would have the list compiled twice
            for f in range(len(sites)):
                i = sites[f]
                if not node.banned[h, i] and data.mass[i] <= room:
                    gain[count] = node.price[i] - data.cost[h, i] - data.rate[h, k] * data.mass[i]
                    weight[count], which[count] = data.mass[i], f
                    count += 1
            # What the empty set at this size costs above the hub's value; sites lower it by what they gain.
            base = data.fixed[h, k] + node.spent[h] + data.rate[h, k] * node.load[h] - relaxed.value[h]
            end = _list_columns(count, gain, weight, which, room, base, limit - floor, masks, excess, end)
            if end < 0:
                return False
        first[n + 1] = end
    return cover_exactly(data, node, opened, sites, masks, excess, first, floor, limit, margin, plan, plan_cost)


@njit(cache=True, nogil=True)
def _list_columns(
    count: int,
    gain: Floats,
    weight: Floats,
    which: Ints,
    room: float,
    base: float,
    slack: float,
    masks: Ints,
    excess: Floats,
    end: int,
) -> int:
    """List the sets that fit and cost at most `slack` more than the hub's value.

    Return where they end, -1 if they are too many. Items that gain are ranked by gain per weight; the others follow by
    what they lose. A branch is left when filling its room with the next items, the last one in part, leaves the set too
    dear.
    """
    # 1e-300 ranks weightless items first without dividing by zero; losses rank at 0 or above, behind all gains.
    rank = np.empty(count)
    for j in range(count):
        rank[j] = -gain[j] / max(weight[j], 1e-300) if gain[j] > 0.0 else -gain[j]
    order = np.argsort(rank, kind="mergesort")
    good = 0
    while good < count and gain[order[good]] > 0.0:
        good += 1
    # Sums over the ranked items: any run of them is then weighed in one subtraction.
    gains, weights = np.zeros(count + 1), np.zeros(count + 1)
    for j in range(good):
        gains[j + 1], weights[j + 1] = gains[j] + gain[order[j]], weights[j] + weight[order[j]]
    need = base - slack  # gain from which a set costs at most the slack
    inside = np.zeros(count, np.uint8)
    value, left, j, steps = 0.0, room, 0, 0
    # Invariant: items ranked before j are decided, `value` and `left` are the gain and the free room of those inside,
    # and every set that sorts before the present branch has been listed or ruled out.
    while steps < MOST_STEPS:
        steps += 1
        # Dantzig's bound on the gain of the branch: the items that follow, up to the critical one, which goes in part.
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
        if reach >= need:
            # Among the items that lose, each loses at least what the one before does: if j is too dear, all are.
            if j >= good and j < count and value + gain[order[j]] < need:
                inside[j:] = 0
                j = count
            # Forward: with the item where it fits; the branch without it follows when the search comes back.
            if j < count:
                if weight[order[j]] <= left:
                    inside[j] = 1
                    value += gain[order[j]]
                    left -= weight[order[j]]
                j += 1
                continue
            # All items decided: one set.
            if end == len(excess):
                return -1
            excess[end] = base - value
            masks[end, :] = 0
            for m in range(count):
                if inside[m]:
                    f = which[order[m]]
                    masks[end, f // BITS] |= np.int64(1) << (f % BITS)
            end += 1
        # Backward: the last item put in comes out.
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
