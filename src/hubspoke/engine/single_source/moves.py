"""Local search for the generalised assignment problem: ejection chains, shifts and swaps of whole sites.

Overfull hubs are brought back within capacity by ejection chains (M. Yagiura, T. Ibaraki, F. Glover, "An ejection chain
approach for the generalized assignment problem", INFORMS Journal on Computing 16, 2004): a site of one hub goes to the
next, which sends one of its own on. The cheapest chain is a shortest path over hubs, by the Bellman-Ford method (R. K.
Ahuja, T. L. Magnanti, J. B. Orlin, "Network Flows", Prentice Hall, 1993, chapter 5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import njit

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints

PASSES = 20
"""Most passes over pairs of sites."""


@njit(cache=True, nogil=True)
def restore_capacity(
    cost: Floats, mass: Floats, capacity: Floats, price: Floats, hub: Ints, load: Floats, limit: int
) -> bool:
    """Relieve overfull hubs, the fullest first, each by the cheapest chain of single sites to a hub with room.

    Parameters
    ----------
    cost : (S, n)
        Cost of every whole site at every hub; infinite where it may not go.
    mass : (S,)
    capacity, price : (n,)
        Tonnes, and what a tonne of room is worth: moves are judged by cost and room together.
    hub : int (S,)
        Position of each site's hub, or -1; changed.
    load : (n,)
        Changed with it.
    limit : int
        Most chains.

    Returns
    -------
    bool
        Whether all hubs are within capacity.
    """
    sites, hubs = cost.shape
    edge, through = np.empty((hubs, hubs)), np.empty((hubs, hubs), np.int64)
    final, last = np.empty((hubs, hubs)), np.empty((hubs, hubs), np.int64)
    distance, following, ends = np.empty(hubs), np.empty(hubs, np.int64), np.empty(hubs, np.bool_)
    relief = 1.0
    # Each turn moves one chain out of the fullest hub. A chain may leave a hub in its middle a little too full; that
    # one has its turn later.
    for _ in range(limit):
        source, need = -1, 0.0
        for j in range(hubs):
            # A billionth of the capacity is rounding of a load that moves have changed many times.
            if load[j] - capacity[j] > need + 1e-9 * capacity[j]:
                source, need = j, load[j] - capacity[j]
        if source < 0:
            return True
        most = 2.0 * need  # heavier sites would only carry the trouble on
        need *= relief
        # Cheapest site to move from j to k: `edge` where k then sends one on, `final` where k has room for it. Cost is
        # reduced cost, room priced; a tenth of the price of room on what a site weighs beyond the need keeps hubs from
        # being emptied more than they must be.
        edge[:], final[:] = np.inf, np.inf
        for i in range(sites):
            j = hub[i]
            if j < 0 or mass[i] < need:
                continue
            here = cost[i, j] + price[j] * mass[i]
            for k in range(hubs):
                asked = cost[i, k] + price[k] * mass[i] - here + 0.1 * (mass[i] - need) * max(price[j], price[k])
                if k != j and asked < edge[j, k] and mass[i] <= most:
                    edge[j, k], through[j, k] = asked, i
                if k != j and asked < final[j, k] and load[k] + mass[i] <= capacity[k]:
                    final[j, k], last[j, k] = asked, i
        for j in range(hubs):
            distance[j], following[j], ends[j] = np.inf, -1, False
            for k in range(hubs):
                if final[j, k] < distance[j]:
                    distance[j], following[j], ends[j] = final[j, k], k, True
        # Bellman-Ford: distance[j] is the cheapest chain known from j to a hub with room. Edges that gain count as 0,
        # and a path must be shorter by more than rounding: so no cycle pays, and `following` always leads to an end.
        for _round in range(hubs):
            changed = False
            for j in range(hubs):
                for k in range(hubs):
                    if max(edge[j, k], 0.0) + distance[k] < distance[j] - 1e-9 * abs(distance[k]) - 1e-9:
                        distance[j], following[j], ends[j] = max(edge[j, k], 0.0) + distance[k], k, False
                        changed = True
            if not changed:
                break
        # No chain of sites so heavy: lighter ones will do, which relieve the hub in several turns. Below a thousandth
        # of what is too much it is given up; after a success the demand rises again.
        if not np.isfinite(distance[source]):
            relief *= 0.5
            if relief < 1e-3:
                return False
            continue
        relief = min(1.0, 2.0 * relief)
        # Walk the chain; every site on it was at its hub before the chain began, so no site moves twice.
        j = source
        for _hop in range(hubs):
            k = following[j]
            i = last[j, k] if ends[j] else through[j, k]
            load[j] -= mass[i]
            load[k] += mass[i]
            hub[i] = k
            if ends[j]:
                break
            j = k
    return False


@njit(cache=True, nogil=True)
def settle_back(cost: Floats, mass: Floats, capacity: Floats, hub: Ints, load: Floats) -> None:
    """Move single sites to a cheaper hub with room while it pays: the shift neighbourhood.

    Parameters
    ----------
    cost : (S, n)
        As in `restore_capacity`.
    mass : (S,)
    capacity : (n,)
    hub : int (S,)
        Position of each site's hub, or -1; changed.
    load : (n,)
        Changed with it.
    """
    sites, hubs = cost.shape
    # A move frees room for others, so there are several passes, each site going to the best hub there is room at.
    for _ in range(5):
        moved = 0
        for i in range(sites):
            at = hub[i]
            if at < 0:
                continue
            # Gains of less than a billionth of the cost are rounding.
            best, to = cost[i, at] - 1e-9 * abs(cost[i, at]), -1
            for j in range(hubs):
                if cost[i, j] < best and load[j] + mass[i] <= capacity[j]:
                    best, to = cost[i, j], j
            if to >= 0:
                load[at] -= mass[i]
                load[to] += mass[i]
                hub[i] = to
                moved += 1
        if moved == 0:
            break


@njit(cache=True, nogil=True)
def exchange_sites(cost: Floats, mass: Floats, capacity: Floats, among: Ints, hub: Ints, load: Floats) -> None:
    """Swap each site with the partner that gains most, again and again: the swap neighbourhood.

    Parameters
    ----------
    cost : (S, n)
        As in `restore_capacity`.
    mass : (S,)
    capacity : (n,)
    among : int (m,)
        Sites that are tried, each with each.
    hub : int (S,)
        Position of each site's hub, or -1; changed.
    load : (n,)
        Changed with it.
    """
    # Unlike a shift, a swap needs room for the difference of two sites only, so it works where all hubs are full.
    # Invariant: no hub gets fuller than its capacity.
    for _ in range(PASSES):
        moved = 0
        for i in among:
            j = hub[i]
            if j < 0:
                continue
            # Best improvement for this site; the threshold is rounding again, so that no pair swaps to and fro.
            best, partner = -1e-9 * abs(cost[i, j]), -1
            for q in among:
                k = hub[q]
                if k < 0 or k == j:
                    continue
                change = cost[i, k] - cost[i, j] + cost[q, j] - cost[q, k]
                # Both hubs must hold what they have after the swap.
                if (
                    change < best
                    and load[j] - mass[i] + mass[q] <= capacity[j]
                    and load[k] - mass[q] + mass[i] <= capacity[k]
                ):
                    best, partner = change, q
            if partner >= 0:
                k = hub[partner]
                load[j] += mass[partner] - mass[i]
                load[k] += mass[i] - mass[partner]
                hub[i], hub[partner] = k, j
                moved += 1
        if moved == 0:
            break
