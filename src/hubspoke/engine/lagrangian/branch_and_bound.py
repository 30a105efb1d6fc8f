"""Branch and bound over whole sites at single hubs: small, tight problems of one echelon, solved to the end.

Nodes are worked on and divided in `branching.py`: first down to single sites, which is quick where little is left
open; then, if that takes too many nodes, down to hubs only. Each choice of hubs is then a generalised assignment
problem, settled in `generalized_assignment.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status
from hubspoke.engine.certificate.carry import with_prices
from hubspoke.engine.lagrangian.branching import branch, make_root, slice_node
from hubspoke.engine.lagrangian.first_plan import find_first_plan
from hubspoke.engine.lagrangian.generalized_assignment import FixedHubs, keep_lanes
from hubspoke.engine.lagrangian.large_neighbourhood import search_neighbourhoods
from hubspoke.engine.lagrangian.layout import banned_hubs, first_prices, lay_out_problem, mass_grain, smallest_sizes
from hubspoke.engine.lagrangian.nodes import Data, Node, Relaxed, worth_finding
from hubspoke.engine.lagrangian.primal_heuristic import cost_plan, search_hubs
from hubspoke.engine.lagrangian.reduced_cost_fixing import fix_by_reduced_cost
from hubspoke.engine.parameters import DEFAULTS, EngineParameters
from hubspoke.engine.solution.construct import construct_solution, no_solution

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.parameters_of_whole_sites import BranchAndBoundParameters
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution

    Aims = tuple[tuple[float, float], ...]

MOST_NODES = 1_000_000_000
"""Nodes up to which allowances grow from one round to the next: more than any limit of time leaves room for."""


def solve_by_branch_and_bound(
    problem: Problem, *, gap: float, stop: Stop, nodes: int, parameters: EngineParameters = DEFAULTS
) -> tuple[Solution, Problem]:
    """Solve a problem that `suits_branch_and_bound`.

    Parameters
    ----------
    problem : Problem
    gap : float
    stop : Stop
        When to end.
    nodes : int
        Nodes allowed for the first aim, and more for later ones if it needs few; the answer then has the bound proven
        so far.
    parameters : EngineParameters

    Returns
    -------
    Solution
        The answer, with the bound proven so far.
    Problem
        The problem without what no better plan can hold.
    """
    data = lay_out_problem(problem)
    tree = BranchAndBound(data, mass_grain(problem), gap, stop, parameters.branch_and_bound)

    def certify(answer: Solution) -> Solution:
        return with_prices(answer, problem, tree.price, np.zeros(problem.n_hubs))

    large = data.cost.size > tree.parameters.exchanged
    if data.grain > 0 and not large and np.median(data.largest) < parameters.fixed_hubs.solved_sites * data.mass.mean():
        tree.search(min(nodes, tree.parameters.few_nodes), aims=tree.parameters.aims, work=tree.parameters.little_work)
    else:
        most = max(tree.parameters.first_work // data.cost.size, 1) if large else nodes
        tree.search(min(nodes, most), aims=tree.parameters.aims)
    tree.fall_back()
    _renew(problem, tree, parameters)
    for most, aims in zip(tree.parameters.solver_nodes, (tree.parameters.leaf_aims, ()), strict=True):
        if not tree.is_done():
            leaves = FixedHubs(
                problem, data, tree.relaxed, gap=gap, stop=stop, solver_nodes=most, parameters=parameters
            )
            tree.search(nodes, leaves, aims=aims)
    if not tree.is_done() and (large or data.grain > 0 or not _has_last_word(problem, tree, parameters)):
        _go_on(problem, tree, parameters)
    if not np.isfinite(tree.plan_cost[0]):
        if np.isposinf(tree.bound):
            return no_solution(problem, Status.INFEASIBLE, np.inf), problem
        return certify(no_solution(problem, Status.UNKNOWN, tree.bound)), problem
    site = np.arange(problem.n_sites)
    size = smallest_sizes(problem, tree.plan)
    plan = construct_solution(
        problem, site, tree.plan.copy(), np.ones(len(site)), size, np.empty(0, np.int64), bound=tree.bound, gap=gap
    )
    answer = certify(no_solution(problem, Status.UNKNOWN, tree.bound) if plan is None else plan)
    return answer, keep_lanes(problem, *tree.narrowed())


def _renew(problem: Problem, tree: BranchAndBound, parameters: EngineParameters) -> None:
    """Renew the best plan a neighbourhood at a time."""
    if not tree.is_done() and np.isfinite(tree.plan_cost[0]):
        solve = partial(_solve_neighbourhood, gap=tree.gap, stop=tree.stop, parameters=tree.parameters)
        tree.start_from(search_neighbourhoods(problem, tree.plan, solve, tree.stop, parameters.large_neighbourhood))


def _has_last_word(problem: Problem, tree: BranchAndBound, parameters: EngineParameters) -> bool:
    """Return whether what is left of the lanes goes to the full model."""
    lanes, _ = tree.narrowed()
    return bool((lanes & np.isfinite(problem.collection_cost.T)).sum() <= parameters.choice.fallback_lanes)


def _go_on(problem: Problem, tree: BranchAndBound, parameters: EngineParameters) -> None:
    """Use the time left: larger neighbourhoods, then choices of hubs with more nodes, and again until it is up."""
    most, turn = tree.parameters.solver_nodes[-1], 0
    while not tree.is_done() and tree.stop.time_limit is not None:
        turn += 1
        wider = replace(parameters.large_neighbourhood, most_hubs=parameters.large_neighbourhood.most_hubs + 4 * turn)
        tree.parameters = replace(
            tree.parameters,
            neighbourhood_nodes=min(2 * tree.parameters.neighbourhood_nodes, MOST_NODES),
            leaves=min(4 * tree.parameters.leaves, MOST_NODES),
        )
        _renew(problem, tree, replace(parameters, large_neighbourhood=wider))
        most = min(10 * most, MOST_NODES)
        if not tree.is_done():
            leaves = FixedHubs(
                problem, tree.data, tree.relaxed, gap=tree.gap, stop=tree.stop, solver_nodes=most, parameters=parameters
            )
            tree.search(1, leaves, aims=tree.parameters.leaf_aims)


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
        self.stack: Node = Node(
            np.zeros((deep, hubs, sites), np.uint8),
            np.ones((deep, sites), np.uint8),
            np.full((deep, sites), -1),
            np.zeros((deep, hubs)),
            np.zeros((deep, hubs)),
            np.zeros((deep, hubs), np.int64),
            np.zeros((deep, 2), np.int64),
            np.zeros((deep, sites)),
        )
        self.bounds: Floats = np.full(deep, -np.inf)
        self.relaxed: Relaxed = Relaxed(
            np.zeros(hubs),
            np.zeros(hubs),
            np.zeros((hubs, sites), np.uint8),
            np.zeros(hubs, np.uint8),
            np.zeros((hubs, sites)),
            np.zeros(hubs),
        )
        self.margin: Floats = np.array([self.grain, self.gap])
        self.plan: Ints = np.zeros(sites, np.int64)
        self.plan_cost: Floats = np.full(1, np.inf)
        self.spare_plan: Ints = self.plan.copy()
        self.spare_cost: Floats = self.plan_cost.copy()
        self.bound: float = -np.inf
        self.price: Floats = first_prices(self.data)

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
            self._grow(np.inf, 1)
            if not np.isfinite(self.plan_cost[0]) and np.isfinite(self.bound):
                find_first_plan(self.data, self.relaxed.mean_chosen, self.spare_plan, self.spare_cost)
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
            grown = self._grow(aim, allowed if leaves is None else self.parameters.hub_nodes, leaves)
            if grown < 0:
                break
            allowed = min(self.parameters.growth * max(nodes // 6, grown), most)

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


def _solve_neighbourhood(
    problem: Problem, hub: NDArray[np.int64], *, gap: float, stop: Stop, parameters: BranchAndBoundParameters
) -> NDArray[np.int64]:
    """Return hubs of whole sites (S,) that cost no more than the given ones, found in a few nodes."""
    tree = BranchAndBound(lay_out_problem(problem), mass_grain(problem), gap, stop, parameters)
    tree.start_from(hub)
    tree.search(parameters.neighbourhood_nodes, aims=parameters.aims, work=0)
    return tree.plan
