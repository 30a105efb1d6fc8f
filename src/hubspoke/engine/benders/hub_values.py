"""Benders value functions of the hubs: at given prices, what every hub size costs when it is used as cheaply as can be.

The coefficients of a cut (J. F. Benders, Numerische Mathematik 4, 1962; A. M. Geoffrion, G. W. Graves, "Multicommodity
distribution system design by Benders decomposition", Management Science 20, 1974). Each is a fractional knapsack,
filled by G. B. Dantzig's rule (Operations Research 5, 1957). Lanes are ranked by bins, and only the bin with the
critical lane is sorted, after E. Balas and E. Zemel ("An algorithm for large zero-one knapsack problems", Operations
Research 28, 1980). Prices in, values out, in one pass over the lanes.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.compiled import njit
from hubspoke.base.threads import spread

if TYPE_CHECKING:
    from hubspoke.base.arrays import Bools, Floats, Ints

BINS = 128
"""Bins by which the lanes of a hub are ranked; only the bin in which a capacity ends is sorted."""

TINY = 1e-12
"""Least mass and least gain per tonne that are divided by: far below any real site, far above underflow."""

PARALLEL_LANES = 1_000_000
"""Lanes from which hubs are divided among threads; the values do not depend on it."""

CHUNKS = 16
"""Ranges of hubs into which they are divided."""

HUBS_AT_ONCE = 16
"""Hubs whose lanes are laid out in one pass over the sites, which is as many places as are well written to at once."""


@njit(cache=True, nogil=True)
def lay_out(
    lanes: Floats,
    grade_out: Floats,
    mass: Floats,
    rate: Floats,
    may_open: Bools,
    pointer: Ints,
    site: Ints,
    cost: Floats,
    out: Floats,
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
    # Invariant: the lanes of hub h written so far end at at[h], sites ascending. The table is read along its rows, but
    # for some hubs at a time: written to at once, the lanes of all hubs would not fit into the processor's cache.
    for first in range(0, hubs, HUBS_AT_ONCE):
        for i in range(sites):
            for h in range(first, min(first + HUBS_AT_ONCE, hubs)):
                if may_open[h] and np.isfinite(lanes[i, h]):
                    lane = at[h]
                    site[lane] = i
                    cost[lane] = lanes[i, h] + mass[i] * rate[h]
                    for grade in range(len(out)):
                        out[grade, lane] = grade_out[i, h, grade]
                    at[h] = lane + 1


def value_hubs(pointer: Ints, site: Ints, cost: Floats, out: Floats, mass: Floats, price: Floats, *by_hub: Any) -> None:
    """Value every hub size at given prices, on all threads of the search where there are many lanes.

    Parameters
    ----------
    pointer, site, cost, out, mass, price
        As in `value_range`, which does the work for a range of hubs.
    by_hub : arrays
        In its order: worth, capacity, fixed, rate, least, saved, allowed, value.
    """
    hubs = len(pointer) - 1
    chunks = CHUNKS if len(site) >= PARALLEL_LANES else 1
    ends = np.searchsorted(pointer, np.linspace(0, len(site), chunks + 1)[1:-1])
    edges = np.concatenate([[0], ends, [hubs]]).tolist()

    def run(ends: tuple[int, int]) -> None:
        first, last = ends
        part = slice(first, last)
        own = [values[part] for values in by_hub]
        value_range(pointer[first : last + 1], site, cost, out, mass, price, *own)

    pairs = [(first, last) for first, last in pairwise(edges) if first < last]
    spread(run, pairs or [(0, hubs)])


@njit(cache=True, nogil=True)
def value_range(
    pointer: Ints,
    site: Ints,
    cost: Floats,
    out: Floats,
    mass: Floats,
    price: Floats,
    worth: Floats,
    capacity: Floats,
    fixed: Floats,
    rate: Floats,
    least: Floats,
    saved: Floats,
    allowed: Bools,
    value: Floats,
) -> None:
    """Value every hub size at given prices: fixed cost plus the cheapest fractional knapsack of its lanes.

    Parameters
    ----------
    pointer : (H + 1,)
        Where the lanes of each hub begin.
    site, cost, out : (lanes,)
        Site of each lane, cost of the whole site there, and tonnes of black mass that the hub makes of it.
    mass, price : (S,)
        Tonnes of a site, and what serving it is worth.
    worth : (H,)
        Cost of a tonne of black mass at the hub's gate.
    capacity, fixed, rate, allowed : (H, K)
        Sizes, ascending; `rate` is cost per tonne on top of that of the lanes, 0 or more.
    least, saved : (H, K)
        The first tonnes of a size cost so much less each, `saved` no more than `rate`; 0 for none.
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
    # Every hub is valued by itself, so a range of them gives what all of them give, to the last bit.
    for h in range(hubs):
        needed = False
        for k in range(sizes):
            value[h, k] = np.inf
            needed = needed or allowed[h, k]
        if not needed:
            continue
        # A size's rate takes the same off the gain per tonne of every lane, so one ranking serves all sizes of a hub.
        first, last = pointer[h], pointer[h + 1]
        count, unit = rank(
            site[first:last], cost[first:last], out[first:last], mass, price, worth[h],
            gain, weight, ratio, place, bins,
        )  # fmt: skip
        for k in range(sizes):
            if allowed[h, k]:
                filled = fill(count, unit, gain, weight, ratio, place, bins, capacity[h, k], rate[h, k])
                if saved[h, k] > 0.0:
                    # Its first tonnes cost less, so the best lanes go there: they are filled at their own rate in place
                    # of that of the others.
                    first, own = least[h, k], rate[h, k] - saved[h, k]
                    filled += fill(count, unit, gain, weight, ratio, place, bins, first, own)
                    filled -= fill(count, unit, gain, weight, ratio, place, bins, first, rate[h, k])
                value[h, k] = fixed[h, k] + filled


@njit(cache=True, nogil=True)
def rank(
    site: Ints,
    cost: Floats,
    out: Floats,
    mass: Floats,
    price: Floats,
    worth: float,
    gain: Floats,
    weight: Floats,
    ratio: Floats,
    place: Ints,
    bins: Floats,
) -> tuple[int, float]:
    """Gather the lanes of a hub that pay, and sort them into bins by gain per tonne, best first.

    Parameters
    ----------
    site, cost, out : (lanes of the hub,)
    mass, price : (S,)
    worth : float
    gain, weight, ratio, place : (lanes,)
        Written for the lanes that pay: reduced cost (below 0), tonnes, reduced cost per tonne, and bin.
    bins : (BINS, 2)
        Written: reduced cost and tonnes of each bin.

    Returns
    -------
    (int, float)
        Number of lanes that pay, and what they gain per tonne on average.
    """
    count, total, tonnes = 0, 0.0, 0.0
    for lane in range(len(site)):
        i = site[lane]
        # Only a negative reduced cost pays: the other lanes are 0 in the best knapsack, whatever its size.
        reduced = cost[lane] + out[lane] * worth - price[i]
        if reduced < 0.0:
            gain[count], weight[count] = reduced, mass[i]
            total += reduced
            tonnes += mass[i]
            count += 1
    # Bins are scaled by the mean gain per tonne, so that lanes spread over them whatever the currency.
    unit = max(-total / max(tonnes, TINY), TINY)
    bins[:] = 0.0
    for q in range(count):
        ratio[q] = gain[q] / max(weight[q], TINY)
        place[q] = bin_of(ratio[q], unit)
        bins[place[q], 0] += gain[q]
        bins[place[q], 1] += weight[q]
    return count, unit


@njit(cache=True, nogil=True)
def bin_of(ratio: float, unit: float) -> int:
    """Return the bin of a negative ratio: 0 for the best, the last bin for those near zero."""
    # It never falls as the ratio rises, so bins are in order among themselves even before any is sorted.
    return min(int(BINS * unit / (unit - ratio)), BINS - 1)


@njit(cache=True, nogil=True)
def fill(
    count: int,
    unit: float,
    gain: Floats,
    weight: Floats,
    ratio: Floats,
    place: Ints,
    bins: Floats,
    capacity: float,
    rate: float,
) -> float:
    """Fill a capacity with the best lanes, the last one in part, and return their reduced cost, 0 or less.

    Parameters
    ----------
    count, unit, gain, weight, ratio, place, bins
        As `rank` leaves them.
    capacity, rate : float
        Tonnes, and cost per tonne, 0 or more.
    """
    # At the size's rate a lane pays only while its ratio is below -rate: all lanes of the bins before `last` do.
    limit = -rate
    last = BINS if rate <= 0.0 else bin_of(limit, unit)
    room, value, critical = capacity, 0.0, 0
    # Invariant: the bins before `critical` are in whole, and `room` is what they leave.
    while critical < last and bins[critical, 1] <= room:
        room -= bins[critical, 1]
        value += bins[critical, 0] + rate * bins[critical, 1]
        critical += 1
    if critical >= BINS:
        return value
    # The capacity or the gain ends somewhere in this bin: its lanes alone need their order.
    n = 0
    for q in range(count):
        if place[q] == critical:
            n += 1
    edge = np.empty(n, np.int64)
    n = 0
    for q in range(count):
        if place[q] == critical:
            edge[n] = q
            n += 1
    # Dantzig's rule: best ratio first, the critical lane in part. Stable, so that ties are taken in the same order.
    for j in np.argsort(ratio[edge], kind="mergesort"):
        q = edge[j]
        if ratio[q] >= limit and rate > 0.0:
            break
        part = 1.0 if weight[q] <= room else room / weight[q]
        value += part * (gain[q] + rate * weight[q])
        if part < 1.0:
            break
        room -= weight[q]
    return value
