"""Settle a leaf by loads, where masses are whole numbers of a grain: the search of `loads/tree.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hubspoke.engine.lagrangian.loads.bound import Loads
from hubspoke.engine.lagrangian.loads.tree import search_by_loads
from hubspoke.engine.lagrangian.nodes import worth_finding
from hubspoke.engine.lagrangian.primal_heuristic import cost_plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.lagrangian.nodes import Data, Node

SHARES = (0.06, 0.1, 0.16, 0.25, 0.4, 0.63, 1.0)
"""Parts of the way from the bound to the limit within which a plan is looked for, one after the other."""

SLICE = 50_000_000
"""Cells of dynamic programming between two looks at the clock: a tenth of a second or two."""

MOST_BYTES = 400_000_000
"""Memory that the stack may take, and the tables of one bound."""


class Leaf(NamedTuple):
    """A leaf in grains: its `opened` hubs (n,), and the cost `spent` on opening them."""

    loads: Loads
    opened: Ints
    spent: float


def lay_out_leaf(data: Data, node: Node) -> Leaf | None:
    """Lay a leaf out in grains; None where masses are no whole numbers, or an open hub has several sizes.

    Parameters
    ----------
    data, node : Data, Node
        Every hub of the node is open or closed.
    """
    opened = np.flatnonzero(node.state > 0)
    if data.grain <= 0 or not len(opened) or (data.exists[opened].sum(axis=1) != 1).any():
        return None
    size = data.exists[opened].argmax(axis=1)
    room, weight = data.room[opened, size], data.weight
    if len(opened) * len(weight) * (room.max() + 1) > MOST_BYTES:
        return None
    cost = data.cost[opened] + np.outer(data.rate[opened, size], data.mass)
    spent = float(data.fixed[opened, size].sum())
    return Leaf(
        Loads(np.where(np.isfinite(cost), cost, 0.0), weight, room, int(room.sum() - weight.sum())), opened, spent
    )


class LeafByLoads:
    """The search of one leaf: its stack of open nodes, and what is proven."""

    def __init__(self, data: Data, leaf: Leaf, node: Node, margin: Floats, stop: Stop) -> None:
        """Take the leaf, with the prices and the lanes of its node; the margin is that of `worth_finding`."""
        self.data: Data = data
        self.leaf: Leaf = leaf
        self.margin: Floats = margin
        self.stop: Stop = stop
        hubs, sites = leaf.loads.cost.shape
        deep = int(min(sites + 3, max(MOST_BYTES // (hubs * sites), 3)))
        self.banned: NDArray[np.uint8] = np.zeros((deep, hubs, sites), np.uint8)
        self.price: Floats = np.zeros((deep, sites))
        self.bounds: Floats = np.full(deep, -np.inf)
        self.size: int = 1
        self.root: NDArray[np.uint8] = node.banned[leaf.opened].copy()
        for i in np.flatnonzero(node.free == 0).tolist():
            self.root[:, i] = leaf.opened != node.hub[i]
        self.price[0] = node.price
        self.bound: float = -np.inf

    def start(self, limit: float, plan: Ints, plan_cost: Floats) -> bool:
        """Bound the leaf; return whether it may hold a plan within the limit."""
        self._search(limit, 1, plan, plan_cost)
        return self.size > 0

    def settle(self, aim: float, most: int, plan: Ints, plan_cost: Floats) -> float:
        """Look for the cheapest plan within an aim; return the bound of what stays open, or infinity.

        How long that takes grows fast with what a plan may cost above the bound. So it is looked for within a small
        part of that first: where there is one, all others that cost as much are out at once.

        Parameters
        ----------
        aim : float
        most : int
            Cells of dynamic programming that it may take.
        plan : int (S,)
            Hub of every site in the best plan; changed when a better one is found.
        plan_cost : float (1,)
            Its cost, changed with it.
        """
        first, done, known = self.bound, 0, plan_cost[0]
        for share in SHARES if self.size > 0 else ():
            limit = worth_finding(plan_cost[0], self.margin, aim)
            within = first + share * (limit - first)
            if within < self.bound:
                continue
            done += self._search(within, most - done, plan, plan_cost)
            if self.size > 0:
                return self.bound
            self.bound = max(self.bound, min(within, plan_cost[0]))
            if plan_cost[0] < known:
                break
        return np.inf

    def narrow(self, node: Node, limit: float, plan: Ints, plan_cost: Floats) -> None:
        """Ban the lanes of the node that no plan within a limit uses."""
        self._search(limit, 1, plan, plan_cost)
        if self.size > 0:  # what the root rules out is out in all its parts
            node.banned[self.leaf.opened] |= self.banned[: self.size].all(axis=0)

    def _search(self, limit: float, most: int, plan: Ints, plan_cost: Floats) -> int:
        """Search the leaf from its root on; return the cells that it took."""
        loads, opened, spent = self.leaf
        hub, done, goal = np.zeros(len(loads.weight), np.int64), 0, limit
        self.size, self.bounds[0] = int(loads.empty >= 0), -np.inf
        self.banned[0] = self.root
        while self.size > 0 and done < most and not (done and self.stop.is_due):
            self.size, found, work = search_by_loads(
                loads,
                self.banned,
                self.price,
                self.bounds,
                self.size,
                goal - spent,
                max(goal - worth_finding(goal, self.margin, np.inf), 0.0),
                min(SLICE, most - done),
                hub,
            )
            done += work
            if np.isfinite(found):
                cost = cost_plan(self.data, opened[hub])
                if not np.isfinite(cost):  # it fits but for rounding, and has cut off others
                    self.size, self.bounds[0] = 1, -np.inf
                    break
                if cost < plan_cost[0]:
                    plan[:], plan_cost[0] = opened[hub], cost
                goal = worth_finding(plan_cost[0], self.margin, limit)
            if work == 0:  # the stack is full
                break
        if self.size > 0:  # what was cut off costs more than the limit, and no more is known of it
            self.bound = max(self.bound, min(float(self.bounds[: self.size].min()) + spent, goal))
        return done
