"""Branch and bound over whole sites at single hubs: small, tight problems of one echelon, solved to the end.

A node is bounded by prices of sites (`ascent`), narrowed by what the bound rules out (`fixing`), and divided: by the
number of open hubs, by a hub open or closed, or by a site at its likeliest hub or not. Depth first, the likelier branch
first.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.ascent import raise_bound
from hubspoke.certify import with_prices
from hubspoke.compiled import njit
from hubspoke.draft import cost_plan, search_hubs
from hubspoke.finish import finish, nothing
from hubspoke.fixing import close_hub, fix_by_bound, place_single_lanes
from hubspoke.node import Data, Node, Relaxed
from hubspoke.problem import NO_LIMIT
from hubspoke.status import Status
from hubspoke.stop import current_stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hubspoke.problem import Problem
    from hubspoke.solution import Solution

    Floats = NDArray[np.float64]

ROOT_ROUNDS, NODE_ROUNDS = 500, 100
"""Prices tried at the root and at every other node."""

ROOT_STEP, NODE_STEP = 1.0, 0.5
ROOT_PATIENCE, NODE_PATIENCE = 20, 8

ROOT_DRAFTS, NODE_DRAFTS = 10, 50
"""Prices between two tries to make a plan."""

AIMS = (0.3, 0.6, 0.8, 0.9)
"""Aims before the best plan itself, as shares of the way from the first bound to it: a low aim is soon decided."""

REACHES = (0.005, 0.02, 0.08, 0.3)
"""The same where there is no plan yet, as shares of the first bound above it."""

GROWTH = 20
"""Nodes allowed for the next aim, as a multiple of what the last one took."""

NARROWINGS = 3
"""Rounds of ruling out lanes and hubs at the root."""

STRIDE = 50
"""Nodes between two looks at the clock."""

DEPTH = 6
"""Places on the stack, per site."""

SHALLOW = 0.05
"""A hub that the relaxed answers open less often than this, or more often than the rest, is not in doubt."""


def suits_tree(problem: Problem) -> bool:
    """Say whether a problem is of the kind: whole sites that must be served, one echelon, hubs in any number.

    A hub that earns by standing opens with no site, which trees do not know.
    """
    counts = problem.hub_counts
    free = (counts.fewest <= 0).all() and counts.fewest_in_total <= 0
    free = free and (counts.most >= problem.n_hubs).all() and counts.most_in_total >= min(problem.n_hubs, NO_LIMIT)
    must = not np.isfinite(problem.skip_cost).any()
    return bool(
        problem.single_sourcing
        and problem.n_refineries == 0
        and free
        and must
        and problem.n_sites > 0
        and problem.n_hubs > 0
        and not problem.has_floors
        and not (problem.hubs.fixed < 0).any()
    )


def solve_by_tree(problem: Problem, *, gap: float, deadline: float | None, nodes: int) -> tuple[Solution, Problem]:
    """Solve a problem that `suits_tree`; give the answer, and the problem without what no better plan can hold.

    Parameters
    ----------
    problem : Problem
    gap : float
    deadline : float, optional
        `time.perf_counter()` at which to stop.
    nodes : int
        Nodes allowed for the first aim, and more for later ones if it needs few; the answer then has the bound proven
        so far.
    """
    data = _read(problem)
    tree = _Tree(data, _grain(problem), gap)
    stop = current_stop()

    def is_due() -> bool:
        due = deadline is not None and time.perf_counter() >= deadline
        return due or (stop is not None and stop.is_due)

    def certify(answer: Solution) -> Solution:
        return with_prices(answer, problem, tree.price, np.zeros(problem.n_hubs))

    tree.search(nodes, is_due)
    if not np.isfinite(tree.plan_cost[0]):
        if np.isposinf(tree.bound):
            return nothing(problem, Status.INFEASIBLE, np.inf), problem
        return certify(nothing(problem, Status.UNKNOWN, tree.bound)), problem
    site = np.arange(problem.n_sites)
    size = _smallest_sizes(problem, tree.plan)
    plan = finish(
        problem, site, tree.plan.copy(), np.ones(len(site)), size, np.empty(0, np.int64), bound=tree.bound, gap=gap
    )
    answer = certify(nothing(problem, Status.UNKNOWN, tree.bound) if plan is None else plan)
    return answer, _without(problem, *tree.narrowed())


def _without(problem: Problem, lanes: NDArray[np.bool_], state: NDArray[np.int64]) -> Problem:
    """Leave out the other lanes and hubs."""
    cost = np.where(lanes.T, problem.collection_cost, np.inf)
    return replace(problem, collection_cost=cost, hub_state=state)


@dataclass(eq=False)
class _Tree:
    """The stack of open nodes and the best plan."""

    data: Data
    grain: float
    gap: float

    def __post_init__(self) -> None:
        hubs, sites = self.data.cost.shape
        deep = DEPTH * sites + hubs + 5
        self.stack = Node(
            np.zeros((deep, hubs, sites), np.uint8),
            np.ones((deep, sites), np.uint8),
            np.full((deep, sites), -1),
            np.zeros((deep, hubs)),
            np.zeros((deep, hubs)),
            np.zeros((deep, hubs), np.int64),
            np.zeros((deep, 2), np.int64),
            np.zeros((deep, sites)),
        )
        self.bounds = np.full(deep, -np.inf)
        self.relaxed = Relaxed(
            np.zeros(hubs),
            np.zeros(hubs),
            np.zeros((hubs, sites), np.uint8),
            np.zeros(hubs, np.uint8),
            np.zeros((hubs, sites)),
            np.zeros(hubs),
        )
        self.plan, self.plan_cost = np.zeros(sites, np.int64), np.full(1, np.inf)
        self.bound = -np.inf
        self.price = _first_prices(self.data)

    def search(self, nodes: int, is_due: Callable[[], bool]) -> None:
        """Raise the root's bound, then aim higher and higher until the best plan is reached."""
        self._grow(np.inf, 1, is_due)
        if self._is_proven() or is_due():
            return
        search_hubs(self.data, _banned(self.data), self.plan, self.plan_cost)
        first, allowed = self.bound, nodes
        for share, reach in zip((*AIMS, 1.0), (*REACHES, np.inf), strict=True):
            goal = self.plan_cost[0]
            aim = first + share * (goal - first) if np.isfinite(goal) else first + reach * abs(first)
            if aim <= self.bound or self._is_proven():
                continue
            grown = self._grow(aim, allowed, is_due)
            if grown < 0:
                search_hubs(self.data, _banned(self.data), self.plan, self.plan_cost)
                break
            allowed = GROWTH * max(nodes // 6, grown)

    def _is_proven(self) -> bool:
        return bool(self.bound >= self._limit(np.inf))

    def _limit(self, aim: float) -> float:
        """Give the cost that a plan must stay within to be worth finding."""
        best = float(self.plan_cost[0])
        if not np.isfinite(best):
            return aim
        margin = max(self.grain - 1e-9 * abs(best) - 1e-9, self.gap * abs(best) * (1 - 1e-9))
        return min(aim, best - margin)

    def narrowed(self) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Give the lanes (H, S) and the states of hubs (H,) that a plan cheaper than the best may have."""
        _plant(self.data, self.stack, self.bounds, self.price)
        root, hubs = _view(self.stack, 0), len(self.data.largest)
        limit, spare = self._limit(np.inf), np.zeros((2, hubs))
        for _ in range(NARROWINGS):
            if not fix_by_bound(self.data, root, self.relaxed, limit, spare[0], spare[1]):
                break
        return root.banned == 0, root.state.copy()

    def _grow(self, aim: float, nodes: int, is_due: Callable[[], bool]) -> int:
        """Search for plans below the aim from the root on and keep what that proves.

        Gives the nodes it took, -1 when it came to no end.
        """
        _plant(self.data, self.stack, self.bounds, self.price)
        size, done = 1, 0
        margin = np.array([self.grain, self.gap])
        while size > 0 and done < nodes and (done == 0 or not is_due()):
            stride = min(STRIDE, nodes - done)
            size, grown = _grow(
                self.data, self.stack, self.bounds, size, self.relaxed, self.plan, self.plan_cost, aim, margin, stride
            )
            done += grown
            if grown == 0 and size > 0:  # the stack is full
                break
        lowest = min(float(self.bounds[:size].min(initial=np.inf)), self._proven_when_empty(aim))
        self.bound = max(self.bound, lowest)
        if done == 1 and size > 0:
            self.price = self.stack.price[0].copy()
        return done if size == 0 else -1

    def _proven_when_empty(self, aim: float) -> float:
        """Give the bound that holds when no node is left: what was cut off costs more than the limit."""
        best = float(self.plan_cost[0])
        limit = self._limit(aim)
        reaches = limit >= best - self.grain and self.grain > 0  # a cheaper plan would cost a whole grain less
        return best if np.isfinite(best) and reaches else limit


def _read(problem: Problem) -> Data:
    """Lay the problem out by hub; costs and masses as the kernels want them."""
    closed = (problem.hub_state < 0) | ~problem.hubs.exists.any(axis=1)
    state = np.where(closed, -1, problem.hub_state).astype(np.int64)
    cost = np.ascontiguousarray(problem.collection_cost.T, dtype=float)
    largest = np.where(problem.hubs.exists, problem.hubs.capacity, 0.0).max(axis=1, initial=0.0)
    steps = problem.hubs
    return Data(
        cost,
        problem.mass,
        steps.variable.astype(float),
        steps.capacity.astype(float),
        np.where(steps.exists, steps.fixed, 0.0),
        steps.exists,
        largest,
        float(problem.mass.sum()),
        state,
    )


def _grain(problem: Problem) -> float:
    """Give the step in which costs of plans can differ: 1 where all costs are whole numbers, else 0."""
    lanes = problem.collection_cost[np.isfinite(problem.collection_cost)]
    steps = problem.hubs
    used = [lanes, steps.fixed[steps.exists], np.multiply.outer(problem.mass, steps.variable[steps.exists])]
    whole = all((values == np.round(values)).all() and (np.abs(values) < 1e12).all() for values in used)
    return 1.0 if whole else 0.0


def _banned(data: Data) -> NDArray[np.uint8]:
    banned: NDArray[np.uint8] = (~np.isfinite(data.cost) | (data.state < 0)[:, None]).astype(np.uint8)
    return banned


def _first_prices(data: Data) -> Floats:
    """Guess what serving a site costs: its cheapest hub, with a fair part of what that hub costs."""
    usable = data.exists & (data.capacity > 0) & (data.state >= 0)[:, None]
    unit = np.where(usable, data.fixed / np.where(usable, data.capacity, 1.0) + data.rate, np.inf).min(axis=1)
    with np.errstate(invalid="ignore"):
        price: Floats = np.where(np.isfinite(unit)[:, None], data.cost + unit[:, None] * data.mass, np.inf).min(axis=0)
    return np.where(np.isfinite(price), price, 0.0)


def _smallest_sizes(problem: Problem, hub: NDArray[np.int64]) -> NDArray[np.int64]:
    """Open what is used, and what must be, at any size; `finish` takes the cheapest that holds the load."""
    is_open = problem.hub_state > 0
    is_open[hub] = True
    return np.where(is_open, problem.hubs.exists.argmax(axis=1), -1).astype(np.int64)


@njit(cache=True, nogil=True)
def _plant(data: Any, stack: Any, bounds: Any, price: Any) -> None:
    """Put the root on the stack: nothing decided but what the problem forces."""
    hubs, sites = data.cost.shape
    stack.free[0, :], stack.hub[0, :] = 1, -1
    stack.load[0, :], stack.spent[0, :] = 0.0, 0.0
    stack.count[0, 0], stack.count[0, 1] = 0, hubs
    stack.price[0, :] = price
    bounds[0] = -np.inf
    for h in range(hubs):
        stack.state[0, h] = data.state[h]
        for i in range(sites):
            stack.banned[0, h, i] = 0 if np.isfinite(data.cost[h, i]) and data.state[h] >= 0 else 1


@njit(cache=True, nogil=True)
def _view(stack: Any, at: Any) -> Any:
    """Give one node of the stack."""
    return Node(
        stack.banned[at],
        stack.free[at],
        stack.hub[at],
        stack.load[at],
        stack.spent[at],
        stack.state[at],
        stack.count[at],
        stack.price[at],
    )


@njit(cache=True, nogil=True)
def _copy(stack: Any, bounds: Any, at: Any, to: Any) -> None:
    stack.banned[to] = stack.banned[at]
    stack.free[to] = stack.free[at]
    stack.hub[to] = stack.hub[at]
    stack.load[to] = stack.load[at]
    stack.spent[to] = stack.spent[at]
    stack.state[to] = stack.state[at]
    stack.count[to] = stack.count[at]
    stack.price[to] = stack.price[at]
    bounds[to] = bounds[at]


@njit(cache=True, nogil=True)
def _grow(
    data: Any,
    stack: Any,
    bounds: Any,
    size: Any,
    relaxed: Any,
    plan: Any,
    plan_cost: Any,
    aim: Any,
    margin: Any,
    most: Any,
) -> Any:
    """Work on up to `most` nodes from the top of the stack; give the size of the stack and the nodes worked on."""
    hubs = len(data.largest)
    if_closed, if_open = np.empty(hubs), np.empty(hubs)
    done = 0
    while size > 0 and done < most and size + 1 < len(bounds):
        top = size - 1
        done += 1
        node = _view(stack, top)
        limit = _worth_finding(plan_cost[0], margin, aim)
        is_root = bounds[top] == -np.inf
        if bounds[top] > limit or not place_single_lanes(data, node):
            size -= 1
            continue
        rounds, step, patience, drafts = NODE_ROUNDS, NODE_STEP, NODE_PATIENCE, NODE_DRAFTS
        if is_root:
            rounds, step, patience, drafts = ROOT_ROUNDS, ROOT_STEP, ROOT_PATIENCE, ROOT_DRAFTS
        bound = raise_bound(data, node, relaxed, plan, plan_cost, limit, rounds, step, patience, drafts)
        bounds[top] = max(bounds[top], bound)
        limit = _worth_finding(plan_cost[0], margin, aim)
        if bounds[top] > limit or not fix_by_bound(data, node, relaxed, limit, if_closed, if_open):
            size -= 1
            continue
        if not place_single_lanes(data, node):
            size -= 1
            continue
        if node.free.sum() == 0:
            cost = cost_plan(data, node.hub)
            if cost < plan_cost[0]:
                plan[:] = node.hub
                plan_cost[0] = cost
            size -= 1
            continue
        _copy(stack, bounds, top, size)
        _divide(data, node, _view(stack, size), relaxed, bounds[top], if_closed, if_open)
        size += 1
    return size, done


@njit(cache=True, nogil=True)
def _worth_finding(best: Any, margin: Any, aim: Any) -> Any:
    """Give the cost above which a plan is not worth finding: the aim, or what improves on the best plan at all."""
    if not np.isfinite(best):
        return aim
    least = max(margin[0] - 1e-9 * abs(best) - 1e-9, margin[1] * abs(best) * (1.0 - 1e-9))
    return min(aim, best - least)


@njit(cache=True, nogil=True)
def _divide(data: Any, node: Any, first: Any, relaxed: Any, bound: Any, if_closed: Any, if_open: Any) -> None:
    """Divide a node in two: `first`, its copy, becomes the likelier half, `node` the other."""
    number = relaxed.mean_chosen.sum()
    whole = int(np.floor(number))
    if 0.1 < number - whole < 0.9 and node.count[0] <= whole < node.count[1]:
        few, many = (first, node) if number - whole < 0.5 else (node, first)
        few.count[1], many.count[0] = whole, whole + 1
        return
    at, best = -1, -1.0
    for h in range(len(node.state)):
        doubt = 0.5 - abs(relaxed.mean_chosen[h] - 0.5)
        if node.state[h] == 0 and doubt > SHALLOW:
            score = (min(if_closed[h], if_open[h]) - bound + 1e-3 * abs(bound)) * doubt
            if score > best:
                at, best = h, score
    if at >= 0:
        opened, closed = (first, node) if relaxed.mean_chosen[at] >= 0.5 else (node, first)
        opened.state[at] = 1
        close_hub(closed, at)
        return
    site, hub = _site_in_doubt(data, node, relaxed)
    first.banned[:, site] = 1
    first.banned[hub, site] = 0
    node.banned[hub, site] = 1


@njit(cache=True, nogil=True)
def _site_in_doubt(data: Any, node: Any, relaxed: Any) -> Any:
    """Give the heaviest site that the relaxed answers divide most, and its likeliest hub."""
    site, hub, best = -1, -1, -1.0
    for i in range(len(node.free)):
        if not node.free[i]:
            continue
        likeliest, share = -1, -1.0
        for h in range(len(node.state)):
            if not node.banned[h, i] and relaxed.mean_pick[h, i] > share:
                likeliest, share = h, relaxed.mean_pick[h, i]
        score = (data.mass[i] + 1e-9 * data.tonnes) * (1.05 - min(share, 1.0))
        if score > best:
            site, hub, best = i, likeliest, score
    return site, hub
