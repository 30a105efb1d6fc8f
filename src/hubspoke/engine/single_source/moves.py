"""Ejection chains, shifts and exchanges of whole sites: overfull hubs back within capacity, then cheaper.

A chain moves one site from hub to hub, each making room for the one before (F. Glover, Discrete Applied Mathematics
65, 1996).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hubspoke.base.compiled import njit

PASSES = 20
"""Most passes over pairs of sites."""


@njit(cache=True, nogil=True)
def restore_capacity(cost: Any, mass: Any, capacity: Any, price: Any, hub: Any, load: Any, limit: Any) -> Any:
    """Relieve overfull hubs, the fullest first, each by the cheapest chain of single sites to a hub with room.

    Parameters
    ----------
    cost : (S, n)
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
    # An ejection chain moves one site from hub to hub, each making room for the one before. Chains are shortest paths
    # over hubs, with the edge from j to k the site of j that suits k best; `final` edges end where there is room.
    relief = 1.0
    for _ in range(limit):
        source, need = -1, 0.0
        for j in range(hubs):
            if load[j] - capacity[j] > need + 1e-9 * capacity[j]:
                source, need = j, load[j] - capacity[j]
        if source < 0:
            return True
        most = 2.0 * need  # heavier sites would only carry the trouble on
        # With `relief` below 1 a lighter site may go: several chains then relieve the hub.
        need *= relief
        edge[:], final[:] = np.inf, np.inf
        for i in range(sites):
            j = hub[i]
            if j < 0 or mass[i] < need:
                continue
            here = cost[i, j] + price[j] * mass[i]
            for k in range(hubs):
                # Judge a move by cost and priced room, and a little by how much it overshoots the need.
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
        # Bellman and Ford: paths of ever more hubs, until none gets shorter. Gains on the way count as zero, so that
        # no
        # cycle of negative length can arise.
        for _round in range(hubs):
            changed = False
            for j in range(hubs):
                for k in range(hubs):
                    if max(edge[j, k], 0.0) + distance[k] < distance[j] - 1e-9 * abs(distance[k]) - 1e-9:
                        distance[j], following[j], ends[j] = max(edge[j, k], 0.0) + distance[k], k, False
                        changed = True
            if not changed:
                break
        if not np.isfinite(distance[source]):
            # No chain from here: accept smaller steps, and give up where even a thousandth of the need finds none.
            relief *= 0.5
            if relief < 1e-3:
                return False
            continue
        relief = min(1.0, 2.0 * relief)
        # Walk the path and move its sites; the loads of the hubs in between change by the difference only.
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
def settle_back(cost: Any, mass: Any, capacity: Any, hub: Any, load: Any) -> None:
    """Move single sites to a cheaper hub with room while it pays."""
    sites, hubs = cost.shape
    # Single moves gain most in the first pass; five bound the work where ties shift to and fro.
    for _ in range(5):
        moved = 0
        for i in range(sites):
            at = hub[i]
            if at < 0:
                continue
            # A gain below rounding is none, or two hubs of equal cost would exchange a site for ever.
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
def exchange_sites(cost: Any, mass: Any, capacity: Any, among: Any, hub: Any, load: Any) -> None:
    """Swap each site with the partner that gains most, again and again.

    Parameters
    ----------
    cost : (S, n)
    mass : (S,)
    capacity : (n,)
    among : int (m,)
        Sites that are tried, each with each.
    hub : int (S,)
        Position of each site's hub, or -1; changed.
    load : (n,)
        Changed with it.
    """
    for _ in range(PASSES):
        moved = 0
        for i in among:
            j = hub[i]
            if j < 0:
                continue
            # The best partner of each site, not the first: few swaps then do what many would.
            best, partner = -1e-9 * abs(cost[i, j]), -1
            for q in among:
                k = hub[q]
                if k < 0 or k == j:
                    continue
                # What both sites pay at each other's hub, less what they pay now; both hubs must still hold the load.
                change = cost[i, k] - cost[i, j] + cost[q, j] - cost[q, k]
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
