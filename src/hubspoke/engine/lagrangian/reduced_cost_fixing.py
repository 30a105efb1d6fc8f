"""Reduced-cost fixing at the Lagrangian bound: hubs and lanes whose other choice no plan within the limit makes.

Also called variable fixing or variable pegging: what forcing a hub or a lane adds to the bound is known at once, and
where the sum exceeds the limit, the opposite is decided.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hubspoke.base.compiled import njit
from hubspoke.engine.lagrangian.bound import bound_at, choose_hubs
from hubspoke.engine.lagrangian.nodes import ROOM


@njit(cache=True, nogil=True)
def fix_by_reduced_cost(data: Any, node: Any, relaxed: Any, limit: Any, if_closed: Any, if_open: Any) -> Any:
    """Close and open hubs and ban lanes that only plans dearer than `limit` would choose otherwise.

    At the node's prices the bound is a sum over hubs, so what it becomes when one hub is forced open or closed, or one
    site forced into a hub, costs little to say.

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
    bound_at(data, node, node.price, relaxed)
    # The bound is `base` plus a choice of hubs; with one hub forced, only that choice changes.
    base, spare = 0.0, np.zeros(len(node.state), np.uint8)
    for i in range(len(node.price)):
        if node.free[i]:
            base += node.price[i]
    for h in range(len(node.state)):
        if_open[h], if_closed[h] = np.inf, np.inf
        if node.state[h] < 0:
            continue
        if_open[h] = base + choose_hubs(data, node, relaxed.value, h, 1, spare)
        if node.state[h] == 0:
            if_closed[h] = base + choose_hubs(data, node, relaxed.value, h, -1, spare)
        # Neither state leaves a plan within the limit: the node is empty.
        if if_open[h] > limit and if_closed[h] > limit:
            return False
    # Fix what only one state allows. Of a hub that stays, lanes may ask what its own forcing leaves of the limit.
    for h in range(len(node.state)):
        if node.state[h] == 0 and if_open[h] > limit:
            close_hub(node, h)
        elif node.state[h] == 0 and if_closed[h] > limit:
            node.state[h] = 1
        if node.state[h] >= 0:
            _ban_lanes(data, node, relaxed, h, limit - if_open[h])
    return True


@njit(cache=True, nogil=True)
def close_hub(node: Any, h: Any) -> None:
    """Close a hub and its lanes."""
    node.state[h] = -1
    node.banned[h, :] = 1


@njit(cache=True, nogil=True)
def _ban_lanes(data: Any, node: Any, relaxed: Any, h: Any, margin: Any) -> None:
    """Ban lanes that would cost more than `margin` above the value of hub h, judged by the price of its room."""
    sites, room_price = len(node.price), relaxed.room_price[h]
    least = np.full(sites, np.inf)
    for k in range(data.capacity.shape[1]):
        room = data.capacity[h, k] * (1.0 + ROOM) - node.load[h]
        if not data.exists[h, k] or room < 0.0:
            continue
        # The fractional knapsack of the hub at its price of room is a sum over sites, so that forcing one site in
        # changes
        # one term: a bound for every lane in one pass.
        total = data.fixed[h, k] + node.spent[h] + data.rate[h, k] * node.load[h] - room_price * room
        for i in range(sites):
            if node.free[i] and not node.banned[h, i]:
                total -= max(_gain(data, node, h, k, i, room_price), 0.0)
        for i in range(sites):
            # A site that gains is in already; one that loses adds its loss.
            if data.mass[i] <= room:
                least[i] = min(least[i], total - min(_gain(data, node, h, k, i, room_price), 0.0))
    for i in range(sites):
        # Beyond the margin no plan within the limit sends the site here.
        if node.free[i] and not node.banned[h, i] and least[i] - relaxed.value[h] > margin:
            node.banned[h, i] = 1


@njit(cache=True, nogil=True)
def _gain(data: Any, node: Any, h: Any, k: Any, i: Any, room_price: Any) -> Any:
    return node.price[i] - data.cost[h, i] - (data.rate[h, k] + room_price) * data.mass[i]


@njit(cache=True, nogil=True)
def place_single_lanes(data: Any, node: Any) -> Any:
    """Ban lanes that do not fit and decide sites with one lane, until nothing changes; False when a site has none."""
    hubs, sites = data.cost.shape
    # Propagate until nothing changes: a site placed takes room, which may ban lanes of others.
    changed = True
    while changed:
        changed = False
        for i in range(sites):
            if not node.free[i]:
                continue
            lanes, at = 0, -1
            for h in range(hubs):
                if node.banned[h, i]:
                    continue
                if node.state[h] < 0 or node.load[h] + data.mass[i] > data.largest[h] * (1.0 + ROOM):
                    node.banned[h, i] = 1
                else:
                    lanes, at = lanes + 1, h
            if lanes == 0:
                return False
            # One lane is left, so the site is decided and its hub must open.
            if lanes == 1:
                node.free[i], node.hub[i], node.state[at] = 0, at, 1
                node.load[at] += data.mass[i]
                node.spent[at] += data.cost[at, i]
                changed = True
    return True
