"""Subgradient ascent on the Lagrangian dual of a node: sites left out gain in price, sites taken twice lose.

The method of M. Held, P. Wolfe and H. P. Crowder (Mathematical Programming 6, 1974), with B. T. Polyak's step towards
a level and deflected directions; see `improve_bound`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hubspoke.base.compiled import njit
from hubspoke.engine.lagrangian.bound import bound_at
from hubspoke.engine.lagrangian.primal_heuristic import construct_plan

TURN_BACK = 1.5
"""How strongly a direction is turned away from the last one where the two oppose each other."""

SHRINK = 0.5
"""What the hoped-for rise is multiplied by when the bound has stalled."""

ENOUGH = 0.1
"""Share of the hoped-for rise that counts as progress."""

SMALLEST = 1e-5
"""Rise, as a share of the bound, below which nothing more is hoped for."""

MEMORY = 0.1
"""Weight of the latest answer in the averages by which the tree branches."""


@njit(cache=True, nogil=True)
def improve_bound(
    data: Any,
    node: Any,
    relaxed: Any,
    plan: Any,
    plan_cost: Any,
    limit: Any,
    rounds: Any,
    step: Any,
    patience: Any,
    drafts: Any,
) -> Any:
    """Raise the bound of a node, making plans on the way.

    B. T. Polyak's step (1969) towards a level above the best bound; the level comes nearer when the bound stalls (J.-L.
    Goffin, K. Kiwiel, Mathematical Programming 85, 1999). Directions are turned as in P. M. Camerini, L. Fratta,
    F. Maffioli, Mathematical Programming Study 3, 1975.

    Parameters
    ----------
    data, node, relaxed : Data, Node, Relaxed
        `node.price` holds the first prices and is given the best ones.
    plan : int (S,)
        Hub of every site in the best plan; changed when a better one is found.
    plan_cost : float (1,)
        Its cost, changed with it.
    limit : float
        A bound above this ends the work: the node holds no plan wanted.
    rounds, patience : int
        Most prices tried, and tries without progress before the level comes nearer.
    step : float
        First level, as a share of the way to the limit.
    drafts : int
        Prices between two tries to make a plan of the relaxed answer.

    Returns
    -------
    float
        The best bound; infinite when the node holds no plan.
    """
    hubs, sites = data.cost.shape
    price, direction, slope = node.price.copy(), np.zeros(sites), np.empty(sites)
    relaxed.mean_pick[:, :], relaxed.mean_chosen[:] = 0.0, 0.0
    best, stalled, weight, rise = -np.inf, 0, 1.0, 0.0
    # Invariant: `best` is the bound at `node.price`; `price` is where the ascent stands and may be worse.
    for turn in range(rounds):
        bound = bound_at(data, node, price, relaxed)
        if not np.isfinite(bound):
            return np.inf
        if turn == 0:
            # The level aimed at is `best + rise`. It begins a share of the way to the limit, or at a guess without
            # one.
            target = min(limit, plan_cost[0])
            way = target - bound if np.isfinite(target) else 0.05 * abs(bound) + 1.0
            rise = step * max(way, 1e-3 * abs(bound))
        # Progress is a tenth of the hoped-for rise; less of it counts as standing still.
        stalled = 0 if bound > best + ENOUGH * rise else stalled + 1
        if bound > best:
            best = bound
            node.price[:] = price
        if best > min(limit, plan_cost[0]):
            return best
        if turn % drafts == 0:
            construct_plan(data, node, relaxed, plan, plan_cost)
        # Subgradient of the dual: 1 less the hubs that take the site. Left out it gains in price, taken twice it
        # loses.
        against, old = 0.0, 0.0
        for i in range(sites):
            slope[i] = 1.0 if node.free[i] else 0.0
            for h in range(hubs):
                if relaxed.chosen[h] and relaxed.pick[h, i]:
                    slope[i] -= 1.0
            against -= slope[i] * direction[i]
            old += direction[i] ** 2
        # Deflected direction (Camerini, Fratta, Maffioli): where the last direction opposes this one, keep part of
        # it.
        kept = TURN_BACK * against / old if against > 0.0 else 0.0
        length = 0.0
        for i in range(sites):
            direction[i] = slope[i] + kept * direction[i]
            length += direction[i] ** 2
        # Running means of the relaxed answers approach a fractional primal solution, by which the tree branches.
        for h in range(hubs):
            relaxed.mean_chosen[h] += weight * (relaxed.chosen[h] - relaxed.mean_chosen[h])
            for i in range(sites):
                taken = relaxed.pick[h, i] if relaxed.chosen[h] else 0
                relaxed.mean_pick[h, i] += weight * (taken - relaxed.mean_pick[h, i])
        weight = MEMORY
        # No site is left out or taken twice: the relaxed answer is a plan, and the bound cannot rise.
        if length < 1e-12:
            break
        if stalled >= patience:
            # The level was too high: halve the hope and start again from the best prices.
            rise *= SHRINK
            stalled = 0
            price[:] = node.price
            direction[:] = 0.0
            if rise < SMALLEST * abs(best):
                break
        else:
            # Polyak's step towards the level, along the direction.
            price += (best + rise - bound) / length * direction
    return best
