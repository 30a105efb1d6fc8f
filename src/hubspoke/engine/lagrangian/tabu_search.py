"""Tabu search for the generalised assignment problem: fit whole sites into tight hubs, across the limits of room.

J. A. Díaz, E. Fernández, "A tabu search heuristic for the generalized assignment problem", European Journal of
Operational Research 132, 2001; tabu search itself: F. Glover, "Tabu search, part I", ORSA Journal on Computing 1, 1989.

Overfull hubs are allowed at a price per tonne, which rises while no plan fits and falls once one does, so that the
search goes back and forth across the border of what fits (strategic oscillation).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import copy_into, njit

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints

LOOKED = 8
"""Turns after which the price of room falls if any of them fitted, and rises if none did."""

CHANGE = 1.3
"""What it is multiplied or divided by."""

SHORTEST, MORE = 7, 9
"""Turns for which a site may not go back: at least so many, and up to so many more by turns."""


@njit(cache=True, nogil=True)
def tabu_search(cost: Floats, mass: Floats, capacity: Floats | Ints, price: float, hub: Ints, turns: int) -> float:
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
    # A billionth of room, since loads are kept up move by move and gather rounding.
    slack = 1e-9 * capacity
    best, fitted = np.inf, 0
    # Invariant: `load` and `total` are those of the present hubs `at`; site i may not go to hub k before until[i, k].
    for turn in range(turns):
        # What is searched for is least cost plus the price of all tonnes above capacity; only plans that fit are kept.
        over = 0.0
        for j in range(hubs):
            over += max(load[j] - capacity[j] - slack[j], 0.0)
        fits = over <= 0.0
        if fits and total < best - 1e-9 * abs(total):
            best = total
            copy_into(hub, at)
        # Strategic oscillation: dearer room drives the search back to what fits, cheaper room lets it leave again.
        fitted += 1 if fits else 0
        if turn % LOOKED == LOOKED - 1:
            if fitted > 0:
                price /= CHANGE
            elif fitted == 0:
                price *= CHANGE
            fitted = 0
        # The best move that is allowed, even if it loses: this is how the search gets out of local optima.
        least, one, other, to = np.inf, -1, -1, -1
        for i in range(sites):
            j = at[i]
            here = max(load[j] - capacity[j], 0.0)
            left = max(load[j] - mass[i] - capacity[j], 0.0) - here
            # Shift neighbourhood: `left` and `after` are what the move changes in tonnes overfull at the two hubs. A
            # tabu move is allowed where it leads to a better plan than any before (aspiration).
            for k in range(hubs):
                if k == j or not np.isfinite(cost[i, k]):
                    continue
                after = max(load[k] + mass[i] - capacity[k], 0.0) - max(load[k] - capacity[k], 0.0)
                change = cost[i, k] - cost[i, j]
                asked = change + price * (left + after)
                if asked < least and (until[i, k] <= turn or (total + change < best and over + left + after <= 0.0)):
                    least, one, other, to = asked, i, -1, k
            # Swap neighbourhood, every pair once.
            for q in range(i):
                k = at[q]
                if k == j or not np.isfinite(cost[i, k]) or not np.isfinite(cost[q, j]):
                    continue
                change = cost[i, k] - cost[i, j] + cost[q, j] - cost[q, k]
                # No swap can relieve more than all that is overfull: most pairs end here, before their loads are seen.
                if change >= least + price * over:
                    continue
                more = mass[q] - mass[i]  # what hub j takes in on balance
                shift = max(load[j] + more - capacity[j], 0.0) - here
                shift += max(load[k] - more - capacity[k], 0.0) - max(load[k] - capacity[k], 0.0)
                asked = change + price * shift
                free = until[i, k] <= turn and until[q, j] <= turn
                if asked < least and (free or (total + change < best and over + shift <= 0.0)):
                    least, one, other, to = asked, i, q, k
        # Every move is tabu: the turn passes, and with it part of the waiting.
        if one < 0:
            continue
        # The tenure varies by turns and not by chance, which breaks cycles as well and gives the same plan every time.
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
