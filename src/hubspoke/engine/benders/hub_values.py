"""Compiled inner loops of the bound: prices in, the cheapest use of every hub out, in one pass over the lanes."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np

from hubspoke.base.compiled import njit

BINS = 128
"""Bins by which the lanes of a hub are ranked; only the bin in which a capacity ends is sorted."""

TINY = 1e-12


PARALLEL_LANES = 1_000_000
"""Lanes from which hubs are divided among threads; the values do not depend on it."""


HUBS_AT_ONCE = 16
"""Hubs whose lanes are laid out in one pass over the sites, which is as many places as are well written to at once."""


@njit(cache=True, nogil=True)
def lay_out(
    lanes: Any,
    grade_out: Any,
    mass: Any,
    rate: Any,
    may_open: Any,
    pointer: Any,
    site: Any,
    cost: Any,
    out: Any,
) -> None:
    """Write the lanes of every hub one after the other, its sites in order.

    Parameters
    ----------
    lanes : (S, H)
        Cost of each whole site at each hub; infinite where there is no lane.
    grade_out : (S, H, B)
        Tonnes of each grade that the hub makes of the site.
    mass : (S,)
    rate, may_open : (H,)
        Cost per tonne that is added to a lane; hubs that may not open have no lanes.
    pointer : (H + 1,)
        Where the lanes of each hub begin.
    site, cost, out : (lanes,), (lanes,), (B, lanes)
        Written.
    """
    sites, hubs = lanes.shape
    at = pointer[:hubs].copy()
    for first in range(0, hubs, HUBS_AT_ONCE):
        for i in range(sites):
            for h in range(first, min(first + HUBS_AT_ONCE, hubs)):
                if may_open[h] and np.isfinite(lanes[i, h]):
                    e = at[h]
                    site[e] = i
                    cost[e] = lanes[i, h] + mass[i] * rate[h]
                    for b in range(len(out)):
                        out[b, e] = grade_out[i, h, b]
                    at[h] = e + 1


def value_hubs(
    pointer: Any,
    site: Any,
    cost: Any,
    out: Any,
    mass: Any,
    price: Any,
    worth: Any,
    capacity: Any,
    fixed: Any,
    rate: Any,
    allowed: Any,
    value: Any,
) -> None:
    """Value every hub size at given prices, on all cores where there are many lanes; see `value_range`."""
    hubs, threads = len(capacity), os.cpu_count() or 1
    chunks = 4 * threads if len(site) >= PARALLEL_LANES and threads > 1 else 1
    ends = np.searchsorted(pointer, np.linspace(0, len(site), chunks + 1)[1:-1])
    edges = np.concatenate([[0], ends, [hubs]]).tolist()

    def run(first: int, last: int) -> None:
        part = slice(first, last)
        value_range(
            pointer[first : last + 1], site, cost, out, mass, price,
            worth[part], capacity[part], fixed[part], rate[part], allowed[part], value[part],
        )  # fmt: skip

    pairs = [(first, last) for first, last in pairwise(edges) if first < last]
    if len(pairs) <= 1:
        run(0, hubs)
        return
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run, *zip(*pairs, strict=True)))


@njit(cache=True, nogil=True)
def value_range(
    pointer: Any,
    site: Any,
    cost: Any,
    out: Any,
    mass: Any,
    price: Any,
    worth: Any,
    capacity: Any,
    fixed: Any,
    rate: Any,
    allowed: Any,
    value: Any,
) -> None:
    """Value every hub size at given prices: fixed cost plus the cheapest fractional knapsack of its lanes.

    Parameters
    ----------
    pointer, site, cost, out
        Lanes by hub: those of hub h stand at pointer[h]..pointer[h + 1]; `out` is t of black mass.
    mass, price : (S,)
        Tonnes of a site, and what serving it is worth.
    worth : (H,)
        Cost of a tonne of black mass at the hub's gate.
    capacity, fixed, rate, allowed : (H, K)
        Sizes, ascending; `rate` is cost per tonne, 0 or more.
    value : (H, K)
        Written; infinite where not allowed.
    """
    hubs, sizes = capacity.shape
    longest = 1
    for h in range(hubs):
        longest = max(longest, pointer[h + 1] - pointer[h])
    gain, weight, ratio = np.empty(longest), np.empty(longest), np.empty(longest)
    place = np.empty(longest, np.int64)
    bins = np.empty((BINS, 2))
    for h in range(hubs):
        # A hub without an allowed size costs nothing to skip.
        needed = False
        for k in range(sizes):
            value[h, k] = np.inf
            needed = needed or allowed[h, k]
        if not needed:
            continue
        first, last = pointer[h], pointer[h + 1]
        # The lanes are ranked once and filled for every size: sizes differ only in capacity and rate.
        count, unit = rank(
            site[first:last], cost[first:last], out[first:last], mass, price, worth[h],
            gain, weight, ratio, place, bins,
        )  # fmt: skip
        for k in range(sizes):
            if allowed[h, k]:
                filled = fill(count, unit, gain, weight, ratio, place, bins, capacity[h, k], rate[h, k])
                value[h, k] = fixed[h, k] + filled


@njit(cache=True, nogil=True)
def rank(
    site: Any,
    cost: Any,
    out: Any,
    mass: Any,
    price: Any,
    worth: Any,
    gain: Any,
    weight: Any,
    ratio: Any,
    place: Any,
    bins: Any,
) -> Any:
    """Gather the lanes that pay, and sort them into bins by gain per tonne, best first."""
    count, total, tonnes = 0, 0.0, 0.0
    for e in range(len(site)):
        i = site[e]
        # Reduced cost of the lane at the dual prices; only lanes below zero enter the knapsack.
        reduced = cost[e] + out[e] * worth - price[i]
        if reduced < 0.0:
            gain[count], weight[count] = reduced, mass[i]
            total += reduced
            tonnes += mass[i]
            count += 1
    # Bins by gain per tonne on a scale around the mean: sorting a hub's lanes in full would take most of the time.
    unit = max(-total / max(tonnes, TINY), TINY)
    bins[:] = 0.0
    for q in range(count):
        ratio[q] = gain[q] / max(weight[q], TINY)
        place[q] = bin_of(ratio[q], unit)
        bins[place[q], 0] += gain[q]
        bins[place[q], 1] += weight[q]
    return count, unit


@njit(cache=True, nogil=True)
def bin_of(ratio: Any, unit: Any) -> Any:
    """Rank a negative ratio: bin 0 for the best, the last bin for those near zero."""
    return min(int(BINS * unit / (unit - ratio)), BINS - 1)


@njit(cache=True, nogil=True)
def fill(
    count: Any,
    unit: Any,
    gain: Any,
    weight: Any,
    ratio: Any,
    place: Any,
    bins: Any,
    capacity: Any,
    rate: Any,
) -> Any:
    """Fill a capacity with the best lanes, the last one in part; return what they gain."""
    limit = -rate
    last = BINS if rate <= 0.0 else bin_of(limit, unit)
    room, value, b = capacity, 0.0, 0
    # Whole bins first: in them no order matters, as all of their lanes are taken.
    while b < last and bins[b, 1] <= room:
        room -= bins[b, 1]
        value += bins[b, 0] + rate * bins[b, 1]
        b += 1
    if b >= BINS:
        return value
    # The break item of the fractional knapsack lies in this bin: only its lanes are sorted.
    n = 0
    for q in range(count):
        if place[q] == b:
            n += 1
    edge = np.empty(n, np.int64)
    n = 0
    for q in range(count):
        if place[q] == b:
            edge[n] = q
            n += 1
    for j in np.argsort(ratio[edge], kind="mergesort"):
        q = edge[j]
        # Beyond its rate a tonne costs more than it gains.
        if ratio[q] >= limit and rate > 0.0:
            break
        part = 1.0 if weight[q] <= room else room / weight[q]
        value += part * (gain[q] + rate * weight[q])
        if part < 1.0:
            break
        room -= weight[q]
    return value
