"""Branch and bound over whole sites at given hubs, by loads: the generalised assignment problem in whole numbers.

Depth-first search with variable fixing, as in M. Posta, J. A. Ferland, P. Michelon, "An exact method with variable
fixing for solving the generalized assignment problem", Computational Optimization and Applications 52, 2012; prices by
subgradient steps as in `lagrangian/subgradient.py`. A node is bounded, narrowed by the bounds with each site forced
into each hub and kept out of it, and divided by the lane whose two halves the same bounds raise most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import copy_into, copy_rows, njit
from hubspoke.engine.lagrangian.loads.bound import Loads, Shared, bound_by_loads, force_sites, list_items, make_shared

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints

ROOT_ROUNDS, NODE_ROUNDS = 300, 30
"""Prices tried at the root and at every other node."""

ROOT_PATIENCE, NODE_PATIENCE = 15, 6
"""Prices without progress before the level comes nearer."""

TURN_BACK, ENOUGH, SHRINK = 1.5, 0.1, 0.5
"""Deflection, progress and lower levels, as in `lagrangian/subgradient.py`."""

SMALLEST = 1e-6
"""Rise, as a share of the bound, below which nothing more is hoped for."""

NARROWED = 0.9
"""Share of the lanes in doubt below which prices move again before the node is divided."""


@njit(cache=True, nogil=True)
def search_by_loads(
    loads: Loads,
    banned: NDArray[np.uint8],
    price: Floats,
    bounds: Floats,
    size: int,
    limit: float,
    step: float,
    most: int,
    hub: Ints,
) -> tuple[int, float, int]:
    """Search for the cheapest assignment within a limit, from the open nodes of a stack on.

    Parameters
    ----------
    loads : Loads
    banned : (deep, n, S)
        Lanes that are out, by node; changed.
    price : (deep, S)
        Prices of sites, by node; changed.
    bounds : (deep,)
        Bounds of nodes, minus infinity at the root; changed.
    size : int
        Number of open nodes.
    limit : float
        Cost that an assignment must stay within.
    step : float
        By how much a further one must be cheaper.
    most : int
        Cells of dynamic programming after which to stop.
    hub : int (S,)
        Written: the cheapest assignment found, if any.

    Returns
    -------
    (int, float, int)
        Number of open nodes, cost of the assignment (infinite where none was found), cells looked at.
    """
    hubs, sites = loads.cost.shape
    shared = make_shared(loads)
    if_in, if_out = np.empty((hubs, sites)), np.empty((hubs, sites))
    found, work = np.inf, 0
    # Invariant: an assignment within the limit is in exactly one open node, or has been found.
    while size > 0 and work < most and size + 1 < len(bounds):
        top = size - 1
        if bounds[top] > limit or not list_items(loads, banned[top], shared):
            size -= 1
            continue
        is_root = bounds[top] == -np.inf
        rounds, patience = (ROOT_ROUNDS, ROOT_PATIENCE) if is_root else (NODE_ROUNDS, NODE_PATIENCE)
        is_open, in_doubt = True, shared.listed.sum()
        while is_open:
            bound, whole, taken = _raise_prices(loads, shared, price[top], limit, rounds, patience)
            work += taken
            bounds[top] = max(bounds[top], bound)
            if whole and bound <= limit:
                _read(loads, banned[top], shared, hub)
                found = bound
                limit = bound - step
            if whole or bounds[top] > limit:
                is_open = False
                break
            bound_by_loads(loads, shared, price[top])
            force_sites(loads, shared, price[top], if_in, if_out)
            work += 4 * (shared.listed * shared.left).sum()
            _ban(shared, banned[top], if_in, if_out, limit)
            if not list_items(loads, banned[top], shared):
                is_open = False
                break
            before, in_doubt = in_doubt, shared.listed.sum()
            rounds, patience = NODE_ROUNDS, NODE_PATIENCE
            if in_doubt > NARROWED * before:
                break
        if not is_open:
            size -= 1
            continue
        if in_doubt == 0:  # every site has one lane, and all of them fit
            bound = shared.paid.sum()
            if bound <= limit:
                _read(loads, banned[top], shared, hub)
                found, limit = bound, bound - step
            size -= 1
            continue
        h, i = _choose_lane(shared, if_in, if_out, bounds[top], limit)
        # The half with the site in the hub goes on top: it decides more, and so comes to a plan sooner.
        copy_rows(banned[size], banned[top])
        copy_into(price[size], price[top])
        bounds[size] = bounds[top]
        inside, outside = size, top
        banned[inside, :, i] = 1
        banned[inside, h, i] = 0
        banned[outside, h, i] = 1
        bounds[inside], bounds[outside] = max(bounds[inside], if_in[h, i]), max(bounds[outside], if_out[h, i])
        size += 1
    return size, found, work


@njit(cache=True, nogil=True)
def _raise_prices(
    loads: Loads, shared: Shared, price: Floats, limit: float, rounds: int, patience: int
) -> tuple[float, bool, int]:
    """Raise the bound of a node by subgradient steps; `price` is given the best prices.

    Return the bound, whether its answer serves every site once, and the cells of dynamic programming.
    """
    hubs, sites = loads.cost.shape
    now, direction, slope, free = price.copy(), np.zeros(sites), np.empty(sites), np.zeros(sites, np.uint8)
    cells = int((shared.listed * (shared.left + 1)).sum())
    for h in range(hubs):
        for j in range(shared.listed[h]):
            free[shared.items[h, j]] = 1
    best, stalled, rise = -np.inf, 0, 0.0
    for turn in range(rounds):
        bound = bound_by_loads(loads, shared, now)
        if turn == 0:
            rise = max(limit - bound, 1e-3 * abs(bound))
        stalled = 0 if bound > best + ENOUGH * rise else stalled + 1
        if bound > best:
            best = bound
            copy_into(price, now)
        if best > limit:
            return best, False, cells * (turn + 1)
        against, old = 0.0, 0.0
        whole = True
        for i in range(sites):
            slope[i] = 1.0 if free[i] else 0.0
            for h in range(hubs):
                slope[i] -= shared.pick[h, i]
            whole = whole and slope[i] == 0.0
            against -= slope[i] * direction[i]
            old += direction[i] ** 2
        if whole:
            return bound, True, cells * (turn + 1)
        kept = TURN_BACK * against / old if against > 0.0 else 0.0
        length = 0.0
        for i in range(sites):
            direction[i] = slope[i] + kept * direction[i]
            length += direction[i] ** 2
        if stalled >= patience:
            rise *= SHRINK
            stalled = 0
            copy_into(now, price)
            direction[:] = 0.0
            if rise < SMALLEST * abs(best):
                break
        else:
            now += (best + rise - bound) / length * direction
    return best, False, cells * rounds


@njit(cache=True, nogil=True)
def _ban(shared: Shared, banned: NDArray[np.uint8], if_in: Floats, if_out: Floats, limit: float) -> None:
    """Ban lanes that only dearer assignments than the limit use, and all others of a site where they all need one."""
    hubs = len(shared.listed)
    for h in range(hubs):
        for j in range(shared.listed[h]):
            i = shared.items[h, j]
            if if_in[h, i] > limit:
                banned[h, i] = 1
            if if_out[h, i] > limit:
                for g in range(hubs):
                    if g != h:
                        banned[g, i] = 1


@njit(cache=True, nogil=True)
def _read(loads: Loads, banned: NDArray[np.uint8], shared: Shared, hub: Ints) -> None:
    """Read the hub of every site from an answer that serves each once."""
    hubs, sites = loads.cost.shape
    for i in range(sites):
        at = -1
        for h in range(hubs):
            if shared.pick[h, i]:
                hub[i] = h
                at = h
        if at < 0:
            for h in range(hubs):
                if not banned[h, i]:
                    hub[i] = h


@njit(cache=True, nogil=True)
def _choose_lane(shared: Shared, if_in: Floats, if_out: Floats, bound: float, limit: float) -> tuple[int, int]:
    """Choose the lane whose halves rise most, the two rises multiplied."""
    best, at, site = -1.0, -1, -1
    least = 1e-3 * (limit - bound) + 1e-9 * abs(bound)  # lets the other half decide where one does not rise
    for h in range(len(shared.listed)):
        for j in range(shared.listed[h]):
            i = shared.items[h, j]
            score = max(if_in[h, i] - bound, least) * max(if_out[h, i] - bound, least)
            if score > best:
                best, at, site = score, h, i
    return at, site
