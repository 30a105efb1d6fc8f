"""The tree over whole-site plans: its stack of open nodes, the best plan, and what the search proves.

The nodes on top of the stack are searched side by side, each by itself for some nodes, from the same best plan; what is
left of them goes back in their place, and the best of their plans counts from then on. How many there are at a time is
a parameter and not the number of threads, so that the answer does not depend on these. So are choices of hubs, as many
as gave no plan lately: each is settled the sooner the better the plan that it is cut off at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.threads import spread
from hubspoke.engine.lagrangian.branching import branch, make_root, raise_bound, slice_node
from hubspoke.engine.lagrangian.layout import banned_hubs, first_prices
from hubspoke.engine.lagrangian.nodes import Data, Node, Relaxed, make_relaxed, make_stack, worth_finding
from hubspoke.engine.lagrangian.plans.first_plan import find_first_plan
from hubspoke.engine.lagrangian.primal_heuristic import cost_plan, search_hubs
from hubspoke.engine.lagrangian.reduced_cost_fixing import fix_by_reduced_cost
from hubspoke.engine.lagrangian.subtree import Leaf, Subtree

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
        self.subtrees: list[Subtree] = []
        self.abreast: int = 1
        """Choices of hubs that are settled side by side: more while they give no plan, at which others could end."""
        self.relaxed: Relaxed = make_relaxed(hubs, sites)
        self.margin: Floats = np.array([self.grain, self.gap])
        self.plan: Ints = np.zeros(sites, np.int64)
        self.plan_cost: Floats = np.full(1, np.inf)
        self.spare_plan: Ints = self.plan.copy()
        self.spare_cost: Floats = self.plan_cost.copy()
        self.bound: float = -np.inf
        self.price: Floats = first_prices(self.data)
        self.kernel: Ints | None = None
        self.likely: Ints | None = None

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
        if self.data.cost.size <= self.parameters.dived:
            self._search_hubs()
        work = self.parameters.work if work is None else work
        most = max(nodes, work // self.data.cost.size)
        first, allowed, before, is_steady = self.bound, nodes, 0, False
        for share, reach in (*aims, (1.0, np.inf)):
            if is_steady and share < 1.0:
                continue  # the last aim takes little more than this one, which tells less
            goal = self.plan_cost[0]
            aim = first + share * (goal - first) if np.isfinite(goal) else first + reach * abs(first)
            if aim <= self.bound or self.is_proven():
                continue
            grown = self._grow(aim, allowed if leaves is None else self.parameters.hub_nodes, leaves)
            if grown < 0:
                break
            allowed = min(self.parameters.growth * max(nodes // 6, grown), most)
            is_steady = leaves is not None and self.parameters.many_nodes <= grown <= self.parameters.steady * before
            before = grown

    def bound_root(self) -> None:
        """Raise the root's bound, and make a first plan where that comes to none."""
        self._grow(np.inf, 1)
        if np.isfinite(self.bound) and not self.is_done() and self._raise_elsewhere():
            self._grow(np.inf, 1)
        if not np.isfinite(self.plan_cost[0]) and np.isfinite(self.bound):
            find_first_plan(self.data, self.relaxed.mean_chosen, self.spare_plan, self.spare_cost)

    def _raise_elsewhere(self) -> bool:
        """Raise the root's bound from first prices that are higher or lower; return whether that gains, and keep them.

        Where hubs are just able to hold everything, the bound hardly changes when a tonne is priced otherwise, while
        the prices of single sites are right for that one price of a tonne alone: the ascent ends where it began.
        """
        first, best = first_prices(self.data), self.bound
        for factors in self.parameters.other_prices:
            for factor in factors:
                if self.stop.is_due:
                    return best > self.bound
                make_root(self.data, self.stack, self.bounds, factor * first)
                root = slice_node(self.stack, 0)
                raised = raise_bound(self.data, root, self.relaxed, self._limit(np.inf))
                if not raised > best:
                    break
                best, self.price = raised, root.price.copy()
            if best > self.bound:
                return True
        return False

    def _search_hubs(self) -> None:
        """Open, close and swap single hubs of the best plan while it pays."""
        if not np.isfinite(self.plan_cost[0]):
            return
        at, banned = np.full(2, -1), banned_hubs(self.data)
        trials = max(self.parameters.tried // len(self.plan) ** 2, 1)
        while not self.stop.is_due and not search_hubs(self.data, banned, self.plan, self.plan_cost, at, trials):
            pass

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
        self.subtrees = [] if leaves is not None else self.subtrees
        waiting: list[Leaf] = []
        while size > 0 or waiting:
            if done >= nodes or asked >= self.parameters.leaves or (done > 0 and self.stop.is_due):
                break
            if leaves is not None and waiting and (size == 0 or len(waiting) >= self.abreast):
                batch = waiting[: min(self.abreast, self.parameters.leaves - asked)]
                waiting = waiting[len(batch) :]
                asked += len(batch)
                undecided = min(undecided, self._settle(batch, leaves, aim))
                continue
            before = size
            size, grown = self._work(size, nodes - done, aim, waiting, leaves)
            done += grown
            if grown == 0 and size == before:  # the stack is full
                break
        lowest = min(float(self.bounds[:size].min(initial=np.inf)), undecided, self._proven_when_empty(aim))
        lowest = min([lowest, *(leaf.bound for leaf in waiting)])
        self.bound = max(self.bound, lowest)
        if done == 1 and size > 0:
            self.price = self.stack.price[0].copy()
        return done if size == 0 and not waiting and np.isinf(undecided) else -1

    def _work(self, size: int, most: int, aim: float, waiting: list[Leaf], leaves: FixedHubs | None) -> tuple[int, int]:
        """Work on nodes on top of the stack, side by side where there are several; return how many are open, and were.

        With `leaves`, nodes whose hubs are all decided wait for these.
        """
        p = self.parameters
        abreast = min(size, p.subtrees, most)
        turn = max(min(p.turn // self.data.cost.size, p.longest_turn, most // abreast), 1)
        if size > 1 < p.subtrees and size + abreast * turn <= len(self.bounds):
            subtrees, top = self._subtrees(abreast, leaves), size - abreast
            for at, one in enumerate(subtrees):
                one.take(self.stack, self.bounds, top + at, self.plan, self.plan_cost)
            margin, to_sites = self.margin, leaves is None
            told = spread(lambda one: one.search(aim, margin, turn, to_sites=to_sites), subtrees)
            size = top
            for one, (left, _, is_decided) in zip(subtrees, told, strict=True):
                if is_decided:
                    waiting.insert(0, Leaf.of(one.stack, one.bounds, left - 1))
                size = one.give(self.stack, self.bounds, size, left - is_decided)
                self._take_plan(one)
            return size, sum(done for _, done, _ in told)
        turn = p.subtrees if p.subtrees > 1 else max(p.looked // self.data.cost.size, 1)
        size, grown, is_decided = branch(
            self.data, self.stack, self.bounds, size, self.relaxed, self.plan, self.plan_cost,
            aim, self.margin, min(turn, most), leaves is None,
        )  # fmt: skip
        if is_decided:
            waiting.insert(0, Leaf.of(self.stack, self.bounds, size - 1))
        return size - is_decided, grown

    def _settle(self, batch: list[Leaf], leaves: FixedHubs, aim: float) -> float:
        """Settle choices of hubs side by side; return the bound of what stays open of them, or infinity."""
        known = self.plan_cost[0]
        subtrees = self._subtrees(len(batch), leaves)
        for one, leaf in zip(subtrees, batch, strict=True):
            one.take(Node(*(part[None] for part in leaf.node)), np.array([leaf.bound]), 0, self.plan, self.plan_cost)
        told = spread(lambda one: one.settle(aim, self.margin), subtrees)
        for one in subtrees:
            self._take_plan(one)
        self.abreast = min(self.abreast + 1, self.parameters.settled_together) if self.plan_cost[0] == known else 1
        return min(told)

    def _subtrees(self, number: int, leaves: FixedHubs | None) -> list[Subtree]:
        """Return room for so many subtrees."""
        while len(self.subtrees) < number:
            self.subtrees.append(Subtree(self.data, self.parameters.longest_turn, leaves))
        return self.subtrees[:number]

    def _take_plan(self, one: Subtree) -> None:
        """Take the plan of a subtree if it is the best."""
        if one.plan_cost[0] < self.plan_cost[0]:
            self.plan[:], self.plan_cost[0] = one.plan, one.plan_cost[0]

    def _proven_when_empty(self, aim: float) -> float:
        """Return the bound that holds when no node is left: what was cut off costs more than the limit."""
        best = float(self.plan_cost[0])
        limit = self._limit(aim)
        reaches = limit >= best - self.grain and self.grain > 0  # a cheaper plan would cost a whole grain less
        return best if np.isfinite(best) and reaches else limit
