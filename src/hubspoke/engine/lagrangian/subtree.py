"""What one of the searches side by side has to itself: a subtree from a node of the stack, or a choice of hubs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hubspoke.engine.lagrangian.branching import branch
from hubspoke.engine.lagrangian.nodes import Data, Node, Relaxed, make_relaxed, make_stack, worth_finding

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.lagrangian.generalized_assignment import FixedHubs


class Leaf(NamedTuple):
    """A node whose hubs are all decided, and its bound."""

    node: Node
    bound: float

    @staticmethod
    def of(stack: Node, bounds: Floats, at: int) -> Leaf:
        """Return a copy of a node on a stack."""
        return Leaf(Node(*(part[at].copy() for part in stack)), float(bounds[at]))


class Subtree:
    """Room for a subtree, or for a choice of hubs: a stack, a relaxed answer and a plan of its own."""

    def __init__(self, data: Data, most: int, leaves: FixedHubs | None) -> None:
        """Make room for so many nodes, and for what `leaves` need."""
        hubs, sites = data.cost.shape
        deep = max(most, 0 if leaves is None else leaves.parameters.nodes) + 2
        self.data = data
        self.stack: Node = make_stack(deep, hubs, sites)
        self.bounds: Floats = np.full(deep, -np.inf)
        self.relaxed: Relaxed = make_relaxed(hubs, sites)
        self.plan: Ints = np.zeros(sites, np.int64)
        self.plan_cost: Floats = np.full(1, np.inf)
        self.leaves: FixedHubs | None = None if leaves is None else leaves.beside(self.relaxed)

    def take(self, stack: Node, bounds: Floats, at: int, plan: Ints, plan_cost: Floats) -> None:
        """Take a node of another stack, and the best plan."""
        for own, others in zip(self.stack, stack, strict=True):
            own[0] = others[at]
        self.bounds[0] = bounds[at]
        self.plan[:], self.plan_cost[0] = plan, plan_cost[0]

    def give(self, stack: Node, bounds: Floats, size: int, left: int) -> int:
        """Put what is left on another stack; return how many nodes that has then."""
        to = slice(size, size + left)
        for own, others in zip(self.stack, stack, strict=True):
            others[to] = own[:left]
        bounds[to] = self.bounds[:left]
        return size + left

    def search(self, aim: float, margin: Floats, most: int, *, to_sites: bool) -> tuple[int, int, bool]:
        """Work on so many nodes, as `branch` does."""
        told: tuple[int, int, bool] = branch(
            self.data, self.stack, self.bounds, 1, self.relaxed, self.plan, self.plan_cost, aim, margin, most, to_sites
        )
        return told

    def settle(self, aim: float, margin: Floats) -> float:
        """Settle a choice of hubs, unless the best plan rules it out by now; return the bound of what stays open."""
        if self.leaves is None or self.bounds[0] > worth_finding(self.plan_cost[0], margin, aim):
            return np.inf
        return self.leaves.settle(self.stack, self.bounds, aim, margin, self.plan, self.plan_cost)
