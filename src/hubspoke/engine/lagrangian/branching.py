"""Depth-first branch and bound over whole-site plans: work on the node on top of the stack, and divide it.

Branch and bound (A. H. Land, A. G. Doig, "An automatic method of solving discrete programming problems", Econometrica
28, 1960) with Lagrangian bounds, as K. Holmberg, M. Rönnqvist and D. Yuan use it for the same problem (European Journal
of Operational Research 113, 1999).

A node is bounded, narrowed by what the bound rules out, and divided: by the number of open hubs, by a hub open or
closed, or by a site at its likeliest hub or not. Depth first, the likelier half first. The stack is one `Node` of
arrays with the place on it in front.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import copy_into, copy_rows, njit
from hubspoke.engine.lagrangian.nodes import Node, worth_finding
from hubspoke.engine.lagrangian.primal_heuristic import cost_plan
from hubspoke.engine.lagrangian.reduced_cost_fixing import close_hub, fix_by_reduced_cost, place_single_lanes
from hubspoke.engine.lagrangian.subgradient import improve_bound

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.lagrangian.nodes import Data, Relaxed

ROOT_ROUNDS, NODE_ROUNDS = 500, 100
"""Prices tried at the root and at every other node."""

ROOT_STEP, NODE_STEP = 1.0, 0.5
"""First level of the ascent, as a share of the way to the limit."""

ROOT_PATIENCE, NODE_PATIENCE = 20, 8
"""Prices without progress before the level comes nearer."""

ROOT_DRAFTS, NODE_DRAFTS = 10, 50
"""Prices between two tries to make a plan."""

NO_DRAFTS = 1_000_000_000
"""No plans are made on the way, but for one at the first prices."""

SHALLOW = 0.05
"""A hub that the relaxed answers open less often than this, or more often than the rest, is not in doubt."""


@njit(cache=True, nogil=True)
def make_root(data: Data, stack: Node, bounds: Floats, price: Floats) -> None:
    """Put the root on the stack: nothing decided but what the problem forces.

    Parameters
    ----------
    data : Data
    stack : Node
        Its first place is written.
    bounds : (n,)
        Bounds of the nodes on the stack; the first is written.
    price : (S,)
        First prices of the sites.
    """
    hubs, sites = data.cost.shape
    stack.free[0, :], stack.hub[0, :] = 1, -1
    stack.load[0, :], stack.spent[0, :] = 0.0, 0.0
    stack.count[0, 0], stack.count[0, 1] = data.fewest, data.most
    copy_into(stack.price[0], price)
    bounds[0] = -np.inf  # by which `branch` knows the root
    for h in range(hubs):
        stack.state[0, h] = data.state[h]
        for i in range(sites):
            stack.banned[0, h, i] = 0 if np.isfinite(data.cost[h, i]) and data.state[h] >= 0 else 1


@njit(cache=True, nogil=True)
def slice_node(stack: Node, at: int) -> Node:
    """Return one node of the stack; its arrays are views, so that changing it changes the stack.

    Parameters
    ----------
    stack : Node
    at : int
        Its place.
    """
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


def raise_bound(
    data: Data,
    node: Node,
    relaxed: Relaxed,
    limit: float,
    rounds: int = ROOT_ROUNDS,
    step: float = ROOT_STEP,
    patience: int = ROOT_PATIENCE,
) -> float:
    """Raise the bound of a node for its own sake, no plan being kept; with the effort of the root by default.

    Parameters
    ----------
    data, node, relaxed : Data, Node, Relaxed
        The prices of the node are changed.
    limit, rounds, step, patience : float, int, float, int
        As in `improve_bound`.
    """
    no_plan, no_cost = np.zeros(len(node.price), np.int64), np.full(1, np.inf)
    return float(improve_bound(data, node, relaxed, no_plan, no_cost, limit, rounds, step, patience, NO_DRAFTS))


@njit(cache=True, nogil=True)
def _copy(stack: Node, bounds: Floats, at: int, to: int) -> None:
    """Copy a node of the stack, and its bound, to another place."""
    copy_rows(stack.banned[to], stack.banned[at])
    copy_into(stack.free[to], stack.free[at])
    copy_into(stack.hub[to], stack.hub[at])
    copy_into(stack.load[to], stack.load[at])
    copy_into(stack.spent[to], stack.spent[at])
    copy_into(stack.state[to], stack.state[at])
    copy_into(stack.count[to], stack.count[at])
    copy_into(stack.price[to], stack.price[at])
    bounds[to] = bounds[at]


@njit(cache=True, nogil=True)
def branch(
    data: Data,
    stack: Node,
    bounds: Floats,
    size: int,
    relaxed: Relaxed,
    plan: Ints,
    plan_cost: Floats,
    aim: float,
    margin: Floats,
    most: int,
    to_sites: bool,  # noqa: FBT001 - compiled functions are called by position
) -> tuple[int, int, bool]:
    """Work on up to `most` nodes from the top of the stack.

    Parameters
    ----------
    data : Data
    stack : Node
        Open nodes, the next one last; changed.
    bounds : (n,)
        Their bounds; changed.
    size : int
        Number of open nodes.
    relaxed : Relaxed
        Written.
    plan : int (S,)
        Hub of every site in the best plan; changed when a better one is found.
    plan_cost : float (1,)
        Its cost, changed with it.
    aim : float
        Cost that a plan must stay within.
    margin : (2,)
        What a further plan must save against the best one, as in `worth_finding`.
    most : int
    to_sites : bool
        Whether nodes are divided down to single sites, or left to others once every hub is decided.

    Returns
    -------
    (int, int, bool)
        Number of open nodes, of nodes worked on, and whether it ended at a node on top where every hub is decided.
    """
    hubs = len(data.largest)
    if_closed, if_open = np.empty(hubs), np.empty(hubs)
    done = 0
    # Invariant: a plan worth finding is in exactly one open node, or has been found; bounds[n] holds for node n.
    while size > 0 and done < most and size + 1 < len(bounds):
        top = size - 1
        done += 1
        node = slice_node(stack, top)
        limit = worth_finding(plan_cost[0], margin, aim)
        is_root = bounds[top] == -np.inf
        # A node may have been put on the stack before the best plan was found: its old bound may be enough by now.
        if bounds[top] > limit or not place_single_lanes(data, node):
            size -= 1
            continue
        rounds, step, patience, drafts = NODE_ROUNDS, NODE_STEP, NODE_PATIENCE, NODE_DRAFTS
        if is_root:
            rounds, step, patience, drafts = ROOT_ROUNDS, ROOT_STEP, ROOT_PATIENCE, ROOT_DRAFTS
        # Bound: the prices of the node above are a good start, so that a few steps suffice.
        bound = improve_bound(data, node, relaxed, plan, plan_cost, limit, rounds, step, patience, drafts)
        bounds[top] = max(bounds[top], bound)  # that of the node above holds as well
        # Fathom, with the limit as it is now: the ascent may have found a plan. Then narrow what is left.
        limit = worth_finding(plan_cost[0], margin, aim)
        if bounds[top] > limit or not fix_by_reduced_cost(data, node, relaxed, limit, if_closed, if_open):
            size -= 1
            continue
        if not place_single_lanes(data, node):
            size -= 1
            continue
        # Every site decided: the node is a single plan.
        if node.free.sum() == 0:
            cost = cost_plan(data, node.hub)
            if cost < plan_cost[0]:
                copy_into(plan, node.hub)
                plan_cost[0] = cost
            size -= 1
            continue
        # Divide: the likelier half goes on top, as plans found early lower the limit for all other nodes.
        _copy(stack, bounds, top, size)
        other = slice_node(stack, size)
        if not _divide_hubs(node, other, relaxed, bounds[top], if_closed, if_open, to_sites):
            if not to_sites:
                return size, done, True
            _divide_site(data, node, other, relaxed)
        size += 1
    return size, done, False


@njit(cache=True, nogil=True)
def _divide_hubs(
    node: Node,
    first: Node,
    relaxed: Relaxed,
    bound: float,
    if_closed: Floats,
    if_open: Floats,
    to_sites: bool,  # noqa: FBT001
) -> bool:
    """Divide a node by its hubs: `first`, its copy, becomes the likelier half, `node` the other.

    False, and nothing divided, where no hub is in doubt if `to_sites`, else where every hub is decided.
    """
    # By the number of open hubs: among hubs that are nearly alike, deciding one only moves its part to another, while
    # the number binds in both halves. Averages seldom become whole: within a tenth of a whole number it is decided.
    number = relaxed.mean_chosen.sum()
    whole = int(np.floor(number))
    if 0.1 < number - whole < 0.9 and node.count[0] <= whole < node.count[1]:
        few, many = (first, node) if number - whole < 0.5 else (node, first)
        few.count[1], many.count[0] = whole, whole + 1
        return True
    # By a hub: what the weaker half gains, as in strong branching, weighed by the doubt. The thousandth of the bound
    # lets the doubt decide where the gains are all near nothing.
    at, best = int(np.int64(-1)), -1.0
    for h in range(len(node.state)):
        doubt = 0.5 - abs(relaxed.mean_chosen[h] - 0.5)
        if node.state[h] == 0 and doubt > SHALLOW:
            score = (min(if_closed[h], if_open[h]) - bound + 1e-3 * abs(bound)) * doubt
            if score > best:
                at, best = h, score
    # Where all hubs are to be decided, those hardly in doubt follow, the dearest other state first: that half mostly
    # ends at once.
    if at < 0 and not to_sites:
        best = -np.inf
        for h in range(len(node.state)):
            if node.state[h] == 0:
                score = max(if_closed[h], if_open[h])
                if score > best:
                    at, best = h, score
    if at >= 0:
        if relaxed.mean_chosen[at] >= 0.5:
            first.state[at] = 1
            close_hub(node, at)
        else:
            node.state[at] = 1
            close_hub(first, at)
    return at >= 0


@njit(cache=True, nogil=True)
def _divide_site(data: Data, node: Node, first: Node, relaxed: Relaxed) -> None:
    """Divide a node by a site: at its likeliest hub in `first`, elsewhere in `node`."""
    site, hub = _site_in_doubt(data, node, relaxed)
    first.banned[:, site] = 1
    first.banned[hub, site] = 0
    node.banned[hub, site] = 1


@njit(cache=True, nogil=True)
def _site_in_doubt(data: Data, node: Node, relaxed: Relaxed) -> tuple[int, int]:
    """Return the heaviest site that the relaxed answers divide most, and its likeliest hub."""
    site, hub, best = -1, -1, -1.0
    for i in range(len(node.free)):
        if not node.free[i]:
            continue
        likeliest, share = -1, -1.0
        for h in range(len(node.state)):
            if not node.banned[h, i] and relaxed.mean_pick[h, i] > share:
                likeliest, share = h, relaxed.mean_pick[h, i]
        # Heavy sites decide the room. The 1e-9 and the 1.05 keep every score above 0, for weightless sites and for
        # sites that always go to the same hub: some site is chosen as long as one is free.
        score = (data.mass[i] + 1e-9 * data.tonnes) * (1.05 - min(share, 1.0))
        if score > best:
            site, hub, best = i, likeliest, score
    return site, hub
