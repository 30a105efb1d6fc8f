"""Settle a node of the tree where every hub is decided: a generalised assignment problem, often a tight one.

The sites are divided among the open hubs at least cost. That gives prices far better than those of the nodes above, and
a first guess for whole sites. What the bound at these prices leaves is settled by sets of sites, else by a few nodes
that divide sites, else by a solver.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status
from hubspoke.engine.assignment.assignment import Assignment, Sinks
from hubspoke.engine.lagrangian.bound import bound_at
from hubspoke.engine.lagrangian.branching import branch, slice_node
from hubspoke.engine.lagrangian.column_enumeration import solve_by_columns
from hubspoke.engine.lagrangian.leaf_by_loads import LeafByLoads, lay_out_leaf
from hubspoke.engine.lagrangian.nodes import Node, worth_finding
from hubspoke.engine.lagrangian.primal_heuristic import cost_plan
from hubspoke.engine.lagrangian.reduced_cost_fixing import fix_by_reduced_cost, place_single_lanes
from hubspoke.engine.lagrangian.subgradient import improve_bound
from hubspoke.engine.lagrangian.tabu_search import tabu_search
from hubspoke.engine.milp.solve import solve_directly
from hubspoke.engine.parameters import DEFAULTS, EngineParameters

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.assignment.assignment import Assigned
    from hubspoke.engine.lagrangian.nodes import Data, Relaxed
    from hubspoke.engine.parameters import FullModel
    from hubspoke.engine.parameters_of_whole_sites import FixedHubsParameters
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution


SLACK = 1e-9
"""Share of the limit by which the solver may exceed it, so that a plan of exactly that cost is found."""


class FixedHubs:
    """Settles choices of hubs of one problem."""

    def __init__(
        self,
        problem: Problem,
        data: Data,
        relaxed: Relaxed,
        *,
        gap: float,
        stop: Stop,
        solver_nodes: int,
        parameters: EngineParameters = DEFAULTS,
    ) -> None:
        """Take the problem, as it is and as the tree reads it; a solver leaves a choice open after so many nodes."""
        self.problem = problem
        self.data = data
        self.relaxed = relaxed
        self.gap = gap
        self.stop = stop
        self.solver_nodes = solver_nodes
        self.parameters: FixedHubsParameters = parameters.fixed_hubs
        self.full_model: FullModel = parameters.full_model
        self.refitted: int = parameters.branch_and_bound.refitted
        self.assignment: Assignment = Assignment.of(problem, parameters.assignment)

    def beside(self, relaxed: Relaxed) -> FixedHubs:
        """Return one that settles choices in another thread, and remembers nothing of what this one has seen."""
        other = copy(self)
        other.relaxed, other.assignment = relaxed, self.assignment.beside()
        return other

    def settle(  # noqa: PLR0917 - as the compiled loops of the tree take it
        self, stack: Node, bounds: Floats, aim: float, margin: Floats, plan: Ints, plan_cost: Floats
    ) -> float:
        """Look for the cheapest plan of a leaf that is worth finding; return the bound of what stays open, or infinity.

        Parameters
        ----------
        stack : Node
            Its first place holds the leaf; the others are free. All are changed.
        bounds : (n,)
            The first is the bound of the leaf.
        aim : float
        margin : (2,)
            What a further plan must save, as in `worth_finding`.
        plan : int (S,)
            Hub of every site in the best plan; changed when a better one is found.
        plan_cost : float (1,)
            Its cost, changed with it.
        """
        if self.stop.is_due and np.isfinite(plan_cost[0]):
            return float(bounds[0])  # of those settled side by side, the last ones on few threads
        node = slice_node(stack, 0)
        leaf = lay_out_leaf(self.data, node) if self.parameters.cells else None
        divided = self._divide(node)
        if leaf is None and divided is not None:
            self._fit_longer(*divided, plan, plan_cost)
        limit = worth_finding(plan_cost[0], margin, aim)
        given = self.parameters
        effort = (given.rounds, given.step, given.patience, given.plan_every)
        raised = improve_bound(self.data, node, self.relaxed, plan, plan_cost, limit, *effort)
        limit, bound = worth_finding(plan_cost[0], margin, aim), max(float(bounds[0]), raised)
        if bound > limit or self._narrow(node, limit, plan, plan_cost):
            return np.inf
        if leaf is not None:
            search = LeafByLoads(self.data, leaf, node, margin, self.stop)
            return self._settle_by_loads(search, node, bound, aim, divided, plan, plan_cost)
        if solve_by_columns(self.data, node, self.relaxed, limit, margin, self.parameters.columns, plan, plan_cost):
            return np.inf
        left = Node(*(part.copy() for part in node))
        bounds[0] = bound
        size, *_ = branch(self.data, stack, bounds, 1, self.relaxed, plan, plan_cost, aim, margin, given.nodes, True)
        if size == 0:
            return np.inf
        return self._ask_solver(left, aim, margin, max(bound, float(bounds[:size].min())), plan, plan_cost)

    def _settle_by_loads(  # noqa: PLR0917 - as above
        self,
        search: LeafByLoads,
        node: Node,
        bound: float,
        aim: float,
        divided: tuple[Assigned, Sinks] | None,
        plan: Ints,
        plan_cost: Floats,
    ) -> float:
        """Search a leaf by the loads of its hubs; let a solver look at what is left where many sites go to a hub."""
        if self.stop.is_due:
            return bound
        given, opened = self.parameters, search.leaf.opened
        limit = worth_finding(plan_cost[0], search.margin, aim)
        if search.start(limit, plan, plan_cost) and divided is not None:
            self._fit_longer(*divided, plan, plan_cost)
        bound = max(bound, search.settle(aim, given.cells * self.solver_nodes, plan, plan_cost))
        if np.isinf(bound) or self.stop.is_due or len(node.free) < given.solved_sites * len(opened):
            return bound
        search.narrow(node, worth_finding(plan_cost[0], search.margin, aim), plan, plan_cost)
        return self._ask_solver(node, aim, search.margin, bound, plan, plan_cost)

    def fit(self, node: Node, plan: Ints, plan_cost: Floats, *, patience: int = 1) -> None:
        """Divide the sites among the open hubs of a leaf, fit them whole, and keep the plan if it is the best.

        Parameters
        ----------
        node : Node
            A leaf; its prices are changed.
        plan : int (S,)
            Hub of every site in the best plan; changed when a better one is found.
        plan_cost : float (1,)
            Its cost, changed with it.
        patience : int
            What the usual turns of tabu search are multiplied by.
        """
        divided = self._divide(node)
        if divided is not None:
            self._fit(*divided, plan, plan_cost, patience=patience)

    def _fit_longer(self, assigned: Assigned, sinks: Sinks, plan: Ints, plan_cost: Floats) -> None:
        """Fit the divided sites whole; with more patience where that gives the best plan, of many sites to a hub."""
        known = plan_cost[0]
        self._fit(assigned, sinks, plan, plan_cost)
        many = self.data.cost.size > self.refitted and len(plan) >= self.parameters.solved_sites * len(sinks.hub)
        if plan_cost[0] < known and many and not self.stop.is_due:
            self._fit(assigned, sinks, plan, plan_cost, patience=self.parameters.refit_patience)

    def _ask_solver(  # noqa: PLR0917
        self, node: Node, aim: float, margin: Floats, bound: float, plan: Ints, plan_cost: Floats
    ) -> float:
        """Let a solver look at what is left of a leaf; return the bound of what stays open, or infinity."""
        limit = worth_finding(plan_cost[0], margin, aim)
        answer = self._solve(node, limit)
        if answer.has_plan:
            hub = np.empty(len(plan), np.int64)
            hub[answer.site] = answer.hub
            self._keep(hub, plan, plan_cost)
        if answer.status is Status.OPTIMAL or answer.bound >= limit:
            return np.inf  # it holds nothing cheaper than this plan, or nothing within the limit
        return float(max(answer.bound, bound))

    def _narrow(self, node: Node, limit: float, plan: Ints, plan_cost: Floats) -> bool:
        """Rule out lanes by the bound; return whether that settles the leaf."""
        spare = np.zeros((2, self.problem.n_hubs))
        if not fix_by_reduced_cost(self.data, node, self.relaxed, limit, spare[0], spare[1]):
            return True
        if not place_single_lanes(self.data, node):
            return True
        if node.free.any():
            return False
        self._keep(node.hub, plan, plan_cost)
        return True

    def _divide(self, node: Node) -> tuple[Assigned, Sinks] | None:
        """Divide the sites among the open hubs, each at its largest size: for better prices, and for a plan."""
        steps = self.problem.hubs
        largest = np.where(steps.exists, steps.capacity, -np.inf).argmax(axis=1)
        part = np.zeros(steps.capacity.shape)
        part[np.arange(len(largest)), largest] = node.state > 0
        sinks = Sinks.of(steps, part)
        lanes = np.where(node.banned.T == 0, self.problem.collection_cost, np.inf)
        decided = np.flatnonzero(node.free == 0)
        lanes[decided] = np.inf
        lanes[decided, node.hub[decided]] = self.problem.collection_cost[decided, node.hub[decided]]
        assigned = self.assignment.solve(sinks, lanes[:, sinks.hub])
        if assigned is None:
            return None
        prices = [node.price.copy(), assigned.site_price]
        bounds = [bound_at(self.data, node, price, self.relaxed) for price in prices]
        node.price[:] = prices[int(np.argmax(bounds))]
        return assigned, sinks

    def _fit(self, assigned: Assigned, sinks: Sinks, plan: Ints, plan_cost: Floats, *, patience: int = 1) -> None:
        """Fit the divided sites whole, in so many times the usual turns."""
        mass = self.problem.mass
        cost = np.ascontiguousarray(self.problem.collection_cost[:, sinks.hub] + np.outer(mass, sinks.rate))
        sink = assigned.share.argmax(axis=1)
        if not np.isfinite(cost[np.arange(len(sink)), sink]).all():
            return
        tonne = abs(assigned.cost) / max(float(mass.sum()), 1e-300)
        price = max(float(assigned.room_price.max(initial=0.0)), tonne) or 1.0
        turns = patience * int(min(self.parameters.turns, max(self.parameters.pairs // len(mass) ** 2, 1)))
        if np.isfinite(tabu_search(cost, mass, sinks.room, price, sink, turns)):
            self._keep(sinks.hub[sink], plan, plan_cost)

    def _keep(self, hub: Ints, plan: Ints, plan_cost: Floats) -> None:
        """Keep a plan if it is the best."""
        cost = cost_plan(self.data, hub)
        if cost < plan_cost[0]:
            plan[:], plan_cost[0] = hub, cost

    def _solve(self, node: Node, limit: float) -> Solution:
        """Let a solver look at what is left of a leaf, cut off at the limit."""
        few, most = int(node.count[0]), int(node.count[1])
        counts = replace(self.problem.hub_counts, fewest_in_total=few, most_in_total=most)
        rest = keep_lanes(self.problem, node.banned == 0, node.state.copy()).derive(hub_counts=counts)
        return solve_directly(
            rest,
            gap=self.gap,
            stop=self.stop,
            cutoff=limit + SLACK * abs(limit),
            nodes=self.solver_nodes,
            parameters=self.full_model,
        )


def keep_lanes(problem: Problem, lanes: NDArray[np.bool_], state: Ints) -> Problem:
    """Return the problem with no other lanes (H, S) and with the hubs in a state (H,)."""
    cost = np.where(lanes.T, problem.collection_cost, np.inf)
    return problem.derive(collection_cost=cost, hub_state=state)
