"""Branch on the technologies of refineries where most profit is planned with copies of them.

Each node of the search is a task with some copies shut. Where its best plan builds two copies of one refinery, one node
for each copy follows; a plan without such a pair is one of the network, at what its mixed black mass really earns.
"""

from __future__ import annotations

import heapq
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hubspoke.base.status import Status, is_proven
from hubspoke.base.stop import Stop
from hubspoke.engine.optimize import optimize
from hubspoke.engine.problem.problem import FORCED_CLOSED, FORCED_OPEN, FREE
from hubspoke.engine.solution.construct import no_solution

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hubspoke.base.arrays import Ints
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.planning.formulation.copies import RefineryCopies
    from hubspoke.planning.request import Request

MIXED_JPY = 0.5
"""Cost of mixing, yen per year, up to which a plan counts as one whose black mass is not mixed."""


class _Node(NamedTuple):
    bound: float
    number: int
    state: Ints


def optimize_copies(
    copies: RefineryCopies, forced: Iterable[int], n_refineries: int, request: Request, gap: float
) -> Solution:
    """Solve a task of most profit whose refineries stand once for each technology.

    Parameters
    ----------
    copies : RefineryCopies
    forced : iterable of int
        Refineries that must be open.
    n_refineries : int
    request : Request
        For solver, seed, limits and parameters.
    gap : float
        Relative gap to prove.

    Returns
    -------
    Solution
        In terms of the network's refineries and grades, with a bound on every plan; as `optimize` returns it.
    """
    search = _Search(copies, request, gap)
    start = [copies.problem.refinery_state]
    for plant in forced:
        start = [state for one in start for state in search.choose(one, plant)]
    return search.run(start, n_refineries)


class _Search:
    """A best-first search over which copies may open."""

    def __init__(self, copies: RefineryCopies, request: Request, gap: float) -> None:
        self.copies, self.request, self.gap = copies, request, gap
        self.stop = (request.stop or Stop()).within(request.time_limit)
        self.best: Solution | None = None
        self.closed_bound = np.inf
        self.number = count()

    def choose(self, state: Ints, plant: int) -> list[Ints]:
        """Return the states in which one copy of a refinery must be open and the others shut."""
        made, rivals = [], self.copies.copies_of(plant)
        for copy in rivals.tolist():
            if state[copy] != FORCED_CLOSED:
                chosen = state.copy()
                chosen[rivals] = FORCED_CLOSED
                chosen[copy] = FORCED_OPEN
                made.append(chosen)
        return made

    def branch(self, state: Ints, plant: int) -> list[Ints]:
        """Return the states in which at most one copy of a refinery may open, one state for each copy."""
        return [np.where((one == FORCED_OPEN) & (state != FORCED_OPEN), FREE, one) for one in self.choose(state, plant)]

    def run(self, start: list[Ints], n_refineries: int) -> Solution:
        """Search from the given states, and return the best plan with the bound that is proven."""
        nodes = [_Node(-np.inf, next(self.number), state) for state in start]
        heapq.heapify(nodes)
        while nodes and not self._proves(nodes[0].bound):
            node = heapq.heappop(nodes)
            answer = self._solve(self.copies.problem.derive(refinery_state=node.state))
            if answer.status is Status.INFEASIBLE:
                continue
            bound = max(answer.bound, node.bound)
            twice = self.copies.with_two_copies(answer) if answer.has_plan else np.empty(0, np.int64)
            if len(twice) and not self.stop.is_due:
                for state in self.branch(node.state, int(twice[0])):
                    heapq.heappush(nodes, _Node(bound, next(self.number), state))
                continue
            self.closed_bound = min(self.closed_bound, bound)
            if answer.has_plan and not len(twice):
                self._keep(answer)
            if self.stop.is_due:
                break
        return self._finish(nodes, n_refineries)

    def _proves(self, bound: float) -> bool:
        return self.best is not None and is_proven(self.best.objective, min(bound, self.closed_bound), self.gap)

    def _solve(self, problem: Problem) -> Solution:
        request = self.request
        return optimize(
            problem,
            gap=self.gap,
            solver=request.solver,
            seed=request.seed,
            stop=self.stop,
            parameters=request.parameters,
        )

    def _keep(self, answer: Solution) -> None:
        """Keep the plan of a node at what it earns, or a better one whose hubs do not mix what they send."""
        self._take(answer)
        if self.copies.mixing_cost(answer) > MIXED_JPY:
            state = np.where(answer.refinery_size >= 0, FREE, FORCED_CLOSED)
            state = np.where(self.copies.problem.refinery_state == FORCED_OPEN, FORCED_OPEN, state)
            apart = self._solve(self.copies.unmixed(answer).derive(refinery_state=state))
            if apart.has_plan and not len(self.copies.with_two_copies(apart)):
                self._take(apart)

    def _take(self, answer: Solution) -> None:
        true = replace(answer, objective=answer.objective + self.copies.mixing_cost(answer))
        if self.best is None or true.objective < self.best.objective:
            self.best = true

    def _finish(self, nodes: list[_Node], n_refineries: int) -> Solution:
        bound = min((node.bound for node in nodes), default=np.inf)
        bound = min(bound, self.closed_bound)
        if self.best is None:
            status = Status.INFEASIBLE if bound == np.inf else Status.UNKNOWN
            return self.copies.join(no_solution(self.copies.problem, status, bound), n_refineries)
        bound = min(bound, self.best.objective)
        status = Status.OPTIMAL if is_proven(self.best.objective, bound, self.gap) else Status.FEASIBLE
        return self.copies.join(replace(self.best, bound=bound, status=status), n_refineries)
