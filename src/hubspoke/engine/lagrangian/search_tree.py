"""The tree over whole-site plans: its stack of open nodes, the best plan, and what the search proves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.lagrangian.branching import branch, make_root, slice_node
from hubspoke.engine.lagrangian.first_plan import find_first_plan
from hubspoke.engine.lagrangian.layout import banned_hubs, first_prices
from hubspoke.engine.lagrangian.nodes import Data, Node, Relaxed, make_relaxed, make_stack, worth_finding
from hubspoke.engine.lagrangian.primal_heuristic import cost_plan, search_hubs
from hubspoke.engine.lagrangian.reduced_cost_fixing import fix_by_reduced_cost

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.lagrangian.generalized_assignment import FixedHubs
    from hubspoke.engine.parameters_of_whole_sites import BranchAndBoundParameters

    Aims = tuple[tuple[float, float], ...]


@dataclass(eq=False)
class BranchAndBound:
    """The stack of open nodes and the best plan."""

    data: Data
    grain: float
    gap: float
    stop: Stop
    parameters: BranchAndBoundParameters

    def __post_init__(self) -> None:
        """Make the stack and a node for what is relaxed."""
        hubs, sites = self.data.cost.shape
        deep = self.parameters.stack_per_site * sites + hubs + 5
        self.stack: Node = make_stack(deep, hubs, sites)
        self.bounds: Floats = np.full(deep, -np.inf)
        self.relaxed: Relaxed = make_relaxed(hubs, sites)
        self.margin: Floats = np.array([self.grain, self.gap])
        self.plan: Ints = np.zeros(sites, np.int64)
        self.plan_cost: Floats = np.full(1, np.inf)
        self.spare_plan: Ints = self.plan.copy()
        self.spare_cost: Floats = self.plan_cost.copy()
        self.bound: float = -np.inf
        self.price: Floats = first_prices(self.data)
        self.kernel: Ints | None = None

    def start_from(self, hub: NDArray[np.int64]) -> None:
        """Take a plan, given by the hub of every site (S,), for the best one."""
        self.plan[:], self.plan_cost[0] = hub, cost_plan(self.data, hub)

    def fall_back(self) -> None:
        """Take the first plan where no better one came out of the search: aims would be the worse for knowing it."""
        if self.spare_cost[0] < self.plan_cost[0]:
            self.start_from(self.spare_plan)

    def search(self, nodes: int, leaves: FixedHubs | None = None, *, aims: Aims, work: int | None = None) -> None:
        """Raise the root's bound, then aim higher and higher, by single sites as long as `nodes` suffice.

        With `leaves` it goes by hubs only, and these settle what is left. An aim may take `work` lanes times nodes.
        """
        if np.isneginf(self.bound):
            self.bound_root()
        if self.is_done():
            return
        if self.data.cost.size <= self.parameters.exchanged:
            self._search_hubs()
        work = self.parameters.work if work is None else work
        most = max(nodes, work // self.data.cost.size)
        first, allowed = self.bound, nodes
        for share, reach in (*aims, (1.0, np.inf)):
            goal = self.plan_cost[0]
            aim = first + share * (goal - first) if np.isfinite(goal) else first + reach * abs(first)
            if aim <= self.bound or self.is_proven():
                continue
            known = self.plan_cost[0]
            grown = self._grow(aim, allowed if leaves is None else self.parameters.hub_nodes, leaves)
            if leaves is not None and self.plan_cost[0] < known:
                self._refit(leaves)
            if grown < 0:
                break
            allowed = min(self.parameters.growth * max(nodes // 6, grown), most)

    def bound_root(self) -> None:
        """Raise the root's bound, and make a first plan where that comes to none."""
        self._grow(np.inf, 1)
        if not np.isfinite(self.plan_cost[0]) and np.isfinite(self.bound):
            find_first_plan(self.data, self.relaxed.mean_chosen, self.spare_plan, self.spare_cost)

    def _search_hubs(self) -> None:
        """Open, close and swap single hubs of the best plan while it pays."""
        if not np.isfinite(self.plan_cost[0]):
            return
        at, banned = np.full(2, -1), banned_hubs(self.data)
        trials = max(self.parameters.tried // len(self.plan) ** 2, 1)
        while not self.stop.is_due and not search_hubs(self.data, banned, self.plan, self.plan_cost, at, trials):
            pass

    def _refit(self, leaves: FixedHubs) -> None:
        """Fit the sites better into the hubs of the best plan, where lanes are many and a hub holds many sites."""
        opened = np.union1d(self.plan, np.flatnonzero(self.data.state > 0))
        many = self.data.cost.size > self.parameters.refitted
        if many and not self.is_done() and len(self.plan) >= leaves.parameters.solved_sites * len(opened):
            more = leaves.parameters.refit_patience
            leaves.fit(self.decide_hubs(opened), self.plan, self.plan_cost, patience=more)

    def decide_hubs(self, opened: Ints) -> Node:
        """Return the root with these hubs open and all others closed."""
        make_root(self.data, self.stack, self.bounds, self.price)
        node, is_open = slice_node(self.stack, 0), np.isin(np.arange(len(self.data.largest)), opened)
        node.state[:] = np.where(is_open, 1, -1)
        node.banned[~is_open] = 1
        return node

    def is_proven(self) -> bool:
        """Return whether the bound proves the gap."""
        return bool(self.bound >= self._limit(np.inf))

    def is_done(self) -> bool:
        """Return whether the gap is proven, or time is up."""
        return self.is_proven() or self.stop.is_due

    def _limit(self, aim: float) -> float:
        """Return the cost that a plan must stay within to be worth finding."""
        return float(worth_finding(self.plan_cost[0], self.margin, aim))

    def narrowed(self) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Return the lanes (H, S) and the states of hubs (H,) that a plan cheaper than the best may have."""
        make_root(self.data, self.stack, self.bounds, self.price)
        root, hubs = slice_node(self.stack, 0), len(self.data.largest)
        limit, spare = self._limit(np.inf), np.zeros((2, hubs))
        for _ in range(self.parameters.narrowings):
            if not fix_by_reduced_cost(self.data, root, self.relaxed, limit, spare[0], spare[1]):
                break
        return root.banned == 0, root.state.copy()

    def _grow(self, aim: float, nodes: int, leaves: FixedHubs | None = None) -> int:
        """Search for plans below the aim from the root on and keep what that proves.

        With `leaves`, nodes where every hub is decided go to them. Gives the nodes it took, -1 when it came to no end.
        """
        make_root(self.data, self.stack, self.bounds, self.price)
        size, done, asked, undecided = 1, 0, 0, np.inf
        most = 1 if leaves is not None else max(self.parameters.looked // self.data.cost.size, 1)
        while size > 0 and done < nodes and asked < self.parameters.leaves and (done == 0 or not self.stop.is_due):
            stride = min(most, nodes - done)
            size, grown, settled = branch(
                self.data,
                self.stack,
                self.bounds,
                size,
                self.relaxed,
                self.plan,
                self.plan_cost,
                aim,
                self.margin,
                stride,
                leaves is None,
            )
            done += grown
            if settled and leaves is not None:
                size, asked = size - 1, asked + 1
                stack = Node(*(part[size:] for part in self.stack))
                known = leaves.settle(stack, self.bounds[size:], aim, self.margin, self.plan, self.plan_cost)
                undecided = min(undecided, known)
            elif grown == 0 and size > 0:  # the stack is full
                break
        lowest = min(float(self.bounds[:size].min(initial=np.inf)), undecided, self._proven_when_empty(aim))
        self.bound = max(self.bound, lowest)
        if done == 1 and size > 0:
            self.price = self.stack.price[0].copy()
        return done if size == 0 and np.isinf(undecided) else -1

    def _proven_when_empty(self, aim: float) -> float:
        """Return the bound that holds when no node is left: what was cut off costs more than the limit."""
        best = float(self.plan_cost[0])
        limit = self._limit(aim)
        reaches = limit >= best - self.grain and self.grain > 0  # a cheaper plan would cost a whole grain less
        return best if np.isfinite(best) and reaches else limit
