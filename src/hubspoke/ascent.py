"""Raise the bound of a node along subgradients: sites left out gain in price, sites taken twice lose."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from hubspoke.draft import draft_plan
from hubspoke.node import bound_at

DEFLECTION = 0.5
"""Share of the last direction that is kept."""

SHRINK = 0.7
"""What the step is multiplied by when the bound has stalled."""

MEMORY = 0.1
"""Weight of the latest answer in the averages by which the tree branches."""

DRAFT_EVERY = 10
"""Prices between two tries to make a plan of the relaxed answer."""


@njit(cache=True, nogil=True)
def raise_bound(
    data: Any, node: Any, relaxed: Any, plan: Any, plan_cost: Any, limit: Any, rounds: Any, step: Any, patience: Any
) -> Any:
    """Raise the bound of a node, making plans on the way.

    B. T. Polyak's step (1969) towards the cost of the best plan; directions deflected as in P. M. Camerini, L. Fratta,
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
        Most prices tried, and tries without a better bound before the step shrinks.
    step : float
        First step, as a share of the way to the target.

    Returns
    -------
    float
        The best bound; infinite when the node holds no plan.
    """
    hubs, sites = data.cost.shape
    price, direction = node.price.copy(), np.zeros(sites)
    relaxed.mean_pick[:, :], relaxed.mean_chosen[:] = 0.0, 0.0
    best, stalled, weight = -np.inf, 0, 1.0
    for turn in range(rounds):
        bound = bound_at(data, node, price, relaxed)
        if not np.isfinite(bound):
            return np.inf
        stalled = 0 if bound > best + 1e-5 * abs(bound) else stalled + 1
        if bound > best:
            best = bound
            node.price[:] = price
        if best > min(limit, plan_cost[0]):
            return best
        if turn % DRAFT_EVERY == 0:
            draft_plan(data, node, relaxed, plan, plan_cost)
        target = min(limit, plan_cost[0])
        target = target if np.isfinite(target) else bound + 0.05 * abs(bound) + 1.0
        length = 0.0
        for i in range(sites):
            lacking = 1.0 if node.free[i] else 0.0
            for h in range(hubs):
                if relaxed.chosen[h] and relaxed.pick[h, i]:
                    lacking -= 1.0
            direction[i] = lacking + DEFLECTION * direction[i]
            length += direction[i] ** 2
        for h in range(hubs):
            relaxed.mean_chosen[h] += weight * (relaxed.chosen[h] - relaxed.mean_chosen[h])
            for i in range(sites):
                taken = relaxed.pick[h, i] if relaxed.chosen[h] else 0
                relaxed.mean_pick[h, i] += weight * (taken - relaxed.mean_pick[h, i])
        weight = MEMORY
        if length < 1e-12:
            break
        if stalled >= patience:
            step *= SHRINK
            stalled = 0
            price[:] = node.price
            direction[:] = 0.0
            if step < 1e-3:
                break
        else:
            price += step * max(target - bound, 1e-3 * abs(target)) / length * direction
    return best
