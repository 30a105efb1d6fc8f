"""Branching of the Lagrangian branch and bound: work on the node on top of the stack, and divide it.

A node is bounded, narrowed by what the bound rules out, and divided: by the number of open hubs, by a hub open or
closed, or by a site at its likeliest hub or not. Depth first, the likelier half first. The stack is one `Node` of
arrays with the place on it in front.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hubspoke.base.compiled import njit
from hubspoke.engine.lagrangian.nodes import Node, worth_finding
from hubspoke.engine.lagrangian.primal_heuristic import cost_plan
from hubspoke.engine.lagrangian.reduced_cost_fixing import close_hub, fix_by_reduced_cost, place_single_lanes
from hubspoke.engine.lagrangian.subgradient import improve_bound

ROOT_ROUNDS, NODE_ROUNDS = 500, 100
"""Prices tried at the root and at every other node."""

ROOT_STEP, NODE_STEP = 1.0, 0.5
ROOT_PATIENCE, NODE_PATIENCE = 20, 8

ROOT_DRAFTS, NODE_DRAFTS = 10, 50
"""Prices between two tries to make a plan."""

SHALLOW = 0.05
"""A hub that the relaxed answers open less often than this, or more often than the rest, is not in doubt."""


@njit(cache=True, nogil=True)
def make_root(data: Any, stack: Any, bounds: Any, price: Any) -> None:
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
def slice_node(stack: Any, at: Any) -> Any:
    """Return one node of the stack."""
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
def branch(
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
    to_sites: Any,
) -> Any:
    """Work on up to `most` nodes from the top of the stack.

    Returns the size of the stack, the nodes worked on, and whether it ended at a node on top with every hub decided:
    unless `to_sites`, such a node is left to others.
    """
    hubs = len(data.largest)
    if_closed, if_open = np.empty(hubs), np.empty(hubs)
    done = 0
    # Depth first: the node on top is bounded, narrowed, and either dropped or replaced by two. Room for a copy on the
    # stack must be left.
    while size > 0 and done < most and size + 1 < len(bounds):
        top = size - 1
        done += 1
        node = slice_node(stack, top)
        # The limit falls whenever a better plan is found, so it is asked anew at every node.
        limit = worth_finding(plan_cost[0], margin, aim)
        is_root = bounds[top] == -np.inf
        if bounds[top] > limit or not place_single_lanes(data, node):
            size -= 1
            continue
        # The prices of a node start from those of its parent, so that a few steps suffice below the root.
        rounds, step, patience, drafts = NODE_ROUNDS, NODE_STEP, NODE_PATIENCE, NODE_DRAFTS
        if is_root:
            rounds, step, patience, drafts = ROOT_ROUNDS, ROOT_STEP, ROOT_PATIENCE, ROOT_DRAFTS
        bound = improve_bound(data, node, relaxed, plan, plan_cost, limit, rounds, step, patience, drafts)
        bounds[top] = max(bounds[top], bound)
        limit = worth_finding(plan_cost[0], margin, aim)
        if bounds[top] > limit or not fix_by_reduced_cost(data, node, relaxed, limit, if_closed, if_open):
            size -= 1
            continue
        if not place_single_lanes(data, node):
            size -= 1
            continue
        # Every site is decided: the node is a plan.
        if node.free.sum() == 0:
            cost = cost_plan(data, node.hub)
            if cost < plan_cost[0]:
                plan[:] = node.hub
                plan_cost[0] = cost
            size -= 1
            continue
        # Divide: the copy on top is the likelier half and is worked on first.
        _copy(stack, bounds, top, size)
        other = slice_node(stack, size)
        if not _divide_hubs(node, other, relaxed, bounds[top], if_closed, if_open, to_sites):
            if not to_sites:
                return size, done, True
            _divide_site(data, node, other, relaxed)
        size += 1
    return size, done, False


@njit(cache=True, nogil=True)
def _divide_hubs(node: Any, first: Any, relaxed: Any, bound: Any, if_closed: Any, if_open: Any, to_sites: Any) -> Any:
    """Divide a node by its hubs: `first`, its copy, becomes the likelier half, `node` the other.

    False, and nothing divided, where no hub is in doubt if `to_sites`, else where every hub is decided.
    """
    number = relaxed.mean_chosen.sum()
    # First by the number of open hubs, where it is far from whole: that decides much at once.
    whole = int(np.floor(number))
    if 0.1 < number - whole < 0.9 and node.count[0] <= whole < node.count[1]:
        few, many = (first, node) if number - whole < 0.5 else (node, first)
        few.count[1], many.count[0] = whole, whole + 1
        return True
    at, best = -1, -1.0
    for h in range(len(node.state)):
        # Then by the hub whose both states raise the bound most, weighted by how undecided it is.
        doubt = 0.5 - abs(relaxed.mean_chosen[h] - 0.5)
        if node.state[h] == 0 and doubt > SHALLOW:
            score = (min(if_closed[h], if_open[h]) - bound + 1e-3 * abs(bound)) * doubt
            if score > best:
                at, best = h, score
    # Without a hub in doubt, but where all must be decided: the one whose worse state costs most.
    if at < 0 and not to_sites:
        best = -np.inf
        for h in range(len(node.state)):
            if node.state[h] == 0:
                score = max(if_closed[h], if_open[h])
                if score > best:
                    at, best = h, score
    if at >= 0:
        opened, closed = (first, node) if relaxed.mean_chosen[at] >= 0.5 else (node, first)
        opened.state[at] = 1
        close_hub(closed, at)
    return at >= 0


@njit(cache=True, nogil=True)
def _divide_site(data: Any, node: Any, first: Any, relaxed: Any) -> None:
    """Divide a node by a site: at its likeliest hub in `first`, elsewhere in `node`."""
    site, hub = _site_in_doubt(data, node, relaxed)
    first.banned[:, site] = 1
    first.banned[hub, site] = 0
    node.banned[hub, site] = 1


@njit(cache=True, nogil=True)
def _site_in_doubt(data: Any, node: Any, relaxed: Any) -> Any:
    """Return the heaviest site that the relaxed answers divide most, and its likeliest hub."""
    site, hub, best = -1, -1, -1.0
    for i in range(len(node.free)):
        if not node.free[i]:
            continue
        likeliest, share = -1, -1.0
        for h in range(len(node.state)):
            if not node.banned[h, i] and relaxed.mean_pick[h, i] > share:
                likeliest, share = h, relaxed.mean_pick[h, i]
        # Heavy sites far from one hub decide most; those without mass come last, but do come.
        score = (data.mass[i] + 1e-9 * data.tonnes) * (1.05 - min(share, 1.0))
        if score > best:
            site, hub, best = i, likeliest, score
    return site, hub
