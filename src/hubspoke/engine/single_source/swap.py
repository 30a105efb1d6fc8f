"""Let pairs of whole sites change hubs while it pays and both still fit."""

from __future__ import annotations

from typing import Any

from hubspoke.base.compiled import njit

PASSES = 20
"""Most passes over pairs of sites."""


@njit(cache=True, nogil=True)
def swap(cost: Any, mass: Any, capacity: Any, among: Any, hub: Any, load: Any) -> None:
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
            best, partner = -1e-9 * abs(cost[i, j]), -1
            for q in among:
                k = hub[q]
                if k < 0 or k == j:
                    continue
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
