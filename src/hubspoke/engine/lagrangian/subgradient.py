"""Subgradient ascent on the Lagrangian dual: sites left out gain in price, sites taken twice lose.

M. Held, P. Wolfe, H. P. Crowder, "Validation of subgradient optimization", Mathematical Programming 6, 1974, with the
step of B. T. Polyak (USSR Computational Mathematics and Mathematical Physics 9, 1969) towards a level above the best
bound, which comes nearer when the bound stalls (J.-L. Goffin, K. C. Kiwiel, "Convergence of a simple subgradient level
method", Mathematical Programming 85, 1999). Directions are deflected as in P. M. Camerini, L. Fratta, F. Maffioli, "On
improving relaxation methods by modified gradient techniques", Mathematical Programming Study 3, 1975. The relaxed
answers are averaged as in the volume algorithm (F. Barahona, R. Anbil, Mathematical Programming 87, 2000).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import copy_into, njit
from hubspoke.engine.lagrangian.bound import bound_quickly
from hubspoke.engine.lagrangian.primal_heuristic import construct_plan

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.lagrangian.nodes import Data, Node, Relaxed

TURN_BACK = 1.5
"""How strongly a direction is turned away from the last one where the two oppose each other (Camerini et al.)."""

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
    data: Data,
    node: Node,
    relaxed: Relaxed,
    plan: Ints,
    plan_cost: Floats,
    limit: float,
    rounds: int,
    step: float,
    patience: int,
    drafts: int,
) -> float:
    """Raise the bound of a node by subgradient steps, making plans on the way.

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
    # Invariant: `best` is the highest bound so far and `node.price` the prices that prove it; `price` wanders.
    for turn in range(rounds):
        bound = bound_quickly(data, node, price, relaxed)
        if not np.isfinite(bound):
            return np.inf
        # The first level is part of the way to the goal, or, with no goal yet, a twentieth above the first bound; a
        # thousandth of the bound at least, lest a node that begins at its goal makes no step at all.
        if turn == 0:
            target = min(limit, plan_cost[0])
            way = target - bound if np.isfinite(target) else 0.05 * abs(bound) + 1.0
            rise = step * max(way, 1e-3 * abs(bound))
        stalled = 0 if bound > best + ENOUGH * rise else stalled + 1
        if bound > best:
            best = bound
            copy_into(node.price, price)
        # Fathomed: every plan of the node costs more than is wanted.
        if best > min(limit, plan_cost[0]):
            return best
        if turn % drafts == 0:
            construct_plan(data, node, relaxed, plan, plan_cost)
        # Subgradient of the dual function: 1 less the number of open hubs that take the site.
        against, old = 0.0, 0.0
        for i in range(sites):
            slope[i] = 1.0 if node.free[i] else 0.0
        for h in range(hubs):
            if relaxed.chosen[h]:
                for i in range(sites):
                    slope[i] -= relaxed.pick[h, i]
        for i in range(sites):
            against -= slope[i] * direction[i]
            old += direction[i] ** 2
        # Deflection: where the subgradient points back, some of the last direction is kept, which damps zigzagging.
        kept = TURN_BACK * against / old if against > 0.0 else 0.0
        length = 0.0
        for i in range(sites):
            direction[i] = slope[i] + kept * direction[i]
            length += direction[i] ** 2
        # Averages of relaxed answers approach a primal solution of the dual problem, and so show where to divide. The
        # first weight is 1, so that they start at the first answer.
        for h in range(hubs):
            relaxed.mean_chosen[h] += weight * (relaxed.chosen[h] - relaxed.mean_chosen[h])
            for i in range(sites):
                relaxed.mean_pick[h, i] *= 1.0 - weight
                if relaxed.chosen[h]:
                    relaxed.mean_pick[h, i] += weight * relaxed.pick[h, i]
        weight = MEMORY
        # Slopes are whole numbers, and deflection leaves at least half their length, so near 0 is a subgradient of 0:
        # every site is served once, and the bound cannot rise.
        if length < 1e-12:
            break
        if stalled >= patience:
            # The level was out of reach: hope for less, and start anew from the best prices.
            rise *= SHRINK
            stalled = 0
            copy_into(price, node.price)
            direction[:] = 0.0
            if rise < SMALLEST * abs(best):
                break
        else:
            # Polyak's step to the level `best + rise`.
            stride = (best + rise - bound) / length
            for i in range(sites):
                price[i] += stride * direction[i]
    return best
