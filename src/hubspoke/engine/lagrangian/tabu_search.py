"""Tabu search with strategic oscillation for the generalised assignment problem: whole sites into tight hubs.

Overfull hubs are allowed at a price per tonne, which rises while no plan fits and falls while all do (J. A. Díaz,
E. Fernández, "A tabu search heuristic for the generalized assignment problem", European Journal of Operational
Research 132, 2001).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hubspoke.base.compiled import njit

LOOKED = 8
"""Turns after which the price of room falls if any of them fitted, and rises if none did."""

CHANGE = 1.3
"""What it is multiplied or divided by."""

SHORTEST, MORE = 7, 9
"""Turns for which a site may not go back: at least so many, and up to so many more by turns."""


@njit(cache=True, nogil=True)
def tabu_search(cost: Any, mass: Any, capacity: Any, price: Any, hub: Any, turns: Any) -> Any:
    """Look for cheap hubs of whole sites within the room there is.

    Parameters
    ----------
    cost : (S, n)
        Infinite where there is no lane.
    mass : (S,)
    capacity : (n,)
    price : float
        First price of a tonne above capacity.
    hub : int (S,)
        First hub of every site, which need not fit; written: the best ones that fit, if there are any.
    turns : int
        Moves made: a site to another hub, or two sites in exchange.

    Returns
    -------
    float
        Cost of the best; infinite where none was found.
    """
    sites, hubs = cost.shape
    at, until = hub.copy(), np.zeros((sites, hubs), np.int64)
    load, total = np.zeros(hubs), 0.0
    for i in range(sites):
        load[at[i]] += mass[i]
        total += cost[i, at[i]]
    # Loads exceed a capacity by rounding when sites move in and out.
    slack = 1e-9 * capacity
    best, fitted = np.inf, 0
    for turn in range(turns):
        # Objective of the search: cost plus the price of all tonnes above capacity. Only plans that fit are kept.
        over = 0.0
        for j in range(hubs):
            over += max(load[j] - capacity[j] - slack[j], 0.0)
        fits = over <= 0.0
        if fits and total < best - 1e-9 * abs(total):
            best = total
            hub[:] = at
        fitted += 1 if fits else 0
        # Strategic oscillation: a price that falls while plans fit leads out of the feasible side, one that rises
        # leads back.
        if turn % LOOKED == LOOKED - 1:
            if fitted > 0:
                price /= CHANGE
            elif fitted == 0:
                price *= CHANGE
            fitted = 0
        # The best move of both neighbourhoods, shifts and exchanges, even where it makes the plan worse.
        least, one, other, to = np.inf, -1, -1, -1
        for i in range(sites):
            j = at[i]
            here = max(load[j] - capacity[j], 0.0)
            left = max(load[j] - mass[i] - capacity[j], 0.0) - here
            for k in range(hubs):
                if k == j or not np.isfinite(cost[i, k]):
                    continue
                after = max(load[k] + mass[i] - capacity[k], 0.0) - max(load[k] - capacity[k], 0.0)
                change = cost[i, k] - cost[i, j]
                asked = change + price * (left + after)
                # Tabu, unless it leads to a fitting plan better than the best (aspiration).
                if asked < least and (until[i, k] <= turn or (total + change < best and over + left + after <= 0.0)):
                    least, one, other, to = asked, i, -1, k
            for q in range(i):
                k = at[q]
                if k == j or not np.isfinite(cost[i, k]) or not np.isfinite(cost[q, j]):
                    continue
                change = cost[i, k] - cost[i, j] + cost[q, j] - cost[q, k]
                # An exchange relieves at most all overload: without that much it cannot beat the best move.
                if change >= least + price * over:
                    continue
                more = mass[q] - mass[i]  # what hub j takes in on balance
                shift = max(load[j] + more - capacity[j], 0.0) - here
                shift += max(load[k] - more - capacity[k], 0.0) - max(load[k] - capacity[k], 0.0)
                asked = change + price * shift
                free = until[i, k] <= turn and until[q, j] <= turn
                if asked < least and (free or (total + change < best and over + shift <= 0.0)):
                    least, one, other, to = asked, i, q, k
        if one < 0:
            continue
        # The site may not return for a few turns; the tenure varies with the turn, so that cycles break.
        j, until_when = at[one], turn + SHORTEST + turn % MORE
        total += cost[one, to] - cost[one, j]
        load[j] -= mass[one]
        load[to] += mass[one]
        at[one], until[one, j] = to, until_when
        if other >= 0:
            total += cost[other, j] - cost[other, to]
            load[to] -= mass[other]
            load[j] += mass[other]
            at[other], until[other, to] = j, until_when
    return best
