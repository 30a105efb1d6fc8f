"""Reduced-cost fixing: decide the hubs and lanes whose other state the Lagrangian bound rules out.

The conditional bounds ("penalties") of A. M. Geoffrion, "Lagrangean relaxation for integer programming", Mathematical
Programming Study 2, 1974: what the bound becomes once a hub is forced open or closed, or a site forced into a hub.
What would cost more than the limit cannot be in a plan that is wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import njit
from hubspoke.engine.lagrangian.bound import bound_at, choose_hubs
from hubspoke.engine.lagrangian.nodes import ROOM

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.engine.lagrangian.nodes import Data, Node, Relaxed


@njit(cache=True, nogil=True)
def fix_by_reduced_cost(
    data: Data, node: Node, relaxed: Relaxed, limit: float, if_closed: Floats, if_open: Floats
) -> bool:
    """Close and open hubs and ban lanes that only plans dearer than `limit` would choose otherwise.

    At the node's prices the bound is a sum over hubs, so it is cheap to find what it becomes when one hub is forced
    open or closed, or one site forced into a hub.

    Parameters
    ----------
    data, node, relaxed : Data, Node, Relaxed
        `node` is changed.
    limit : float
    if_closed, if_open : (H,)
        Written: bounds with each hub closed or open.

    Returns
    -------
    bool
        False when the node holds no plan within the limit.
    """
    bound = bound_at(data, node, node.price, relaxed)
    base, spare = 0.0, np.zeros(len(node.state), np.uint8)
    for i in range(len(node.price)):
        if node.free[i]:
            base += node.price[i]
    # The hubs' knapsacks do not depend on which hubs open, so forcing a hub needs the opening knapsack alone, and not
    # even that where the hub is in this state anyway. States are no literals, for each of which it would be compiled
    # again.
    for h in range(len(node.state)):
        if_open[h], if_closed[h] = np.inf, np.inf
        if node.state[h] < 0:
            continue
        if_open[h], if_closed[h] = bound, bound
        if not relaxed.chosen[h]:
            if_open[h] = base + choose_hubs(data, node, relaxed.value, h, int(np.int64(1)), spare)
        elif node.state[h] == 0:
            if_closed[h] = base + choose_hubs(data, node, relaxed.value, h, int(np.int64(-1)), spare)
        if node.state[h] > 0:
            if_closed[h] = np.inf
        # Neither open nor closed within the limit: no plan is left.
        if if_open[h] > limit and if_closed[h] > limit:
            return False
    # All bounds were taken before anything is fixed, so that they do not depend on the order of the hubs.
    for h in range(len(node.state)):
        if node.state[h] == 0 and if_open[h] > limit:
            close_hub(node, h)
        elif node.state[h] == 0 and if_closed[h] > limit:
            node.state[h] = 1
        if node.state[h] >= 0:
            _ban_lanes(data, node, relaxed, h, limit - if_open[h])
    return True


@njit(cache=True, nogil=True)
def close_hub(node: Node, h: int) -> None:
    """Close a hub and its lanes.

    Parameters
    ----------
    node : Node
        Changed.
    h : int
    """
    node.state[h] = -1
    node.banned[h, :] = 1


@njit(cache=True, nogil=True)
def _ban_lanes(data: Data, node: Node, relaxed: Relaxed, h: int, margin: float) -> None:
    """Ban lanes that would cost more than `margin` above the value of hub h, judged by the price of its room."""
    sites, room_price = len(node.price), relaxed.room_price[h]
    # Invariant: least[i] bounds the value of hub h with site i forced in, over the sizes seen so far.
    least = np.full(sites, np.inf)
    for k in range(data.capacity.shape[1]):
        room = data.capacity[h, k] * (1.0 + ROOM) - node.load[h]
        if not data.exists[h, k] or room < 0.0:
            continue
        # Room priced out as well, the knapsack falls apart by site (linear programming duality): every site that gains
        # goes in. Any price of room gives a bound; that of the critical item is best for the hub's cheapest size.
        total = data.fixed[h, k] + node.spent[h] + data.rate[h, k] * node.load[h] - room_price * room
        for i in range(sites):
            if node.free[i] and not node.banned[h, i]:
                total -= max(_gain(data, node, h, k, i, room_price), 0.0)
        # A site that gains is in already; one that loses adds its reduced cost when it is forced in.
        for i in range(sites):
            if data.mass[i] <= room:
                least[i] = min(least[i], total - min(_gain(data, node, h, k, i, room_price), 0.0))
    # The rest of the bound stays as it is with hub h open, so only what this hub gets dearer counts.
    for i in range(sites):
        if node.free[i] and not node.banned[h, i] and least[i] - relaxed.value[h] > margin:
            node.banned[h, i] = 1


@njit(cache=True, nogil=True)
def _gain(data: Data, node: Node, h: int, k: int, i: int, room_price: float) -> float:
    """Return what site i gains at size k of hub h, room priced: its reduced cost with the sign turned."""
    gain: float = node.price[i] - data.cost[h, i] - (data.rate[h, k] + room_price) * data.mass[i]
    return gain


@njit(cache=True, nogil=True)
def place_single_lanes(data: Data, node: Node) -> bool:
    """Ban lanes that do not fit and decide sites with one lane, until nothing changes: constraint propagation.

    Parameters
    ----------
    data : Data
    node : Node
        Changed.

    Returns
    -------
    bool
        False when a site has no lane left: the node holds no plan.
    """
    hubs, sites = data.cost.shape
    changed = True
    # A decided site takes room, which may bar lanes of sites seen before: hence passes up to the fixed point. Each pass
    # but the last decides a site, so there are at most S + 1.
    while changed:
        changed = False
        for i in range(sites):
            if not node.free[i]:
                continue
            lanes, at = 0, -1
            for h in range(hubs):
                if node.banned[h, i]:
                    continue
                # ROOM, as in the bound: a lane is barred only if it does not fit for certain.
                if node.state[h] < 0 or node.load[h] + data.mass[i] > data.largest[h] * (1.0 + ROOM):
                    node.banned[h, i] = 1
                else:
                    lanes, at = lanes + 1, h
            if lanes == 0:
                return False
            # The only lane left: the site is decided, its hub must be open, its cost goes over to `spent`.
            if lanes == 1:
                node.free[i], node.hub[i], node.state[at] = 0, at, 1
                node.load[at] += data.mass[i]
                node.spent[at] += data.cost[at, i]
                changed = True
    return True
