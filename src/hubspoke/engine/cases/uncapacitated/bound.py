"""A lower bound from prices: sites priced in every case, hubs and starts of collection decided apart.

Take any price u[t,j] of serving site j in case t, and any l[t] >= 0 for one site more in case t. Opening hub i in case
s is worth its cost less what it earns from s on, and a site starts where the rest of its prices is least. The sum of
both is below the cost of every plan: the rows "a site is served by hubs if it is collected" and "at least so many
sites" are priced out. `ascent.py` raises it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hubspoke.base.compiled import njit
from hubspoke.engine.cases.uncapacitated.slots import fill_slots

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints


class Data(NamedTuple):
    """What holds for every node, with T cases, H hubs and S sites.

    `cost` (T, H, S) is what serving a site costs more than leaving it out, infinite without a lane; `opening` (H, T)
    what opening a hub in a case costs to the end; `openings` (T,) how many are opened in each case, -1 where all are
    free; `least` (T,) how many sites must be served; `latest` (S,) the last case in which a site may start, T where it
    may never.
    """

    cost: Floats
    opening: Floats
    openings: Ints
    least: Floats
    latest: Ints


@njit(cache=True, nogil=True)
def bound_at(
    data: Data,
    fixed: Ints,
    allowed: NDArray[np.uint8],
    near: Floats,
    price: Floats,
    ask: Floats,
    slope: Floats,
    ask_slope: Floats,
    regret: Floats,
    chosen: Ints,
) -> float:
    """Bound the cost of all plans of a node from prices.

    Parameters
    ----------
    data : Data
    fixed : (H,)
        Case in which a hub is opened for certain, -1 where that is open, -2 where it is never opened.
    allowed : (H, T)
        Where a hub that is open to decision may open.
    near : (T, S)
        Cost of a site at the cheapest hub that is open for certain. Together these hubs serve a site once at most, so
        that only the cheapest of them earns, and any other hub no more than it saves on that; each for itself would
        bound as truly, and less.
    price : (T, S)
    ask : (T,)
        Price of one site more.
    slope : (T, S)
    ask_slope : (T,)
        Written: in which direction the bound rises.
    regret : (H, T)
        Written: by how much the bound rises at least if a hub opens then; infinite where it may not.
    chosen : (H,)
        Written: case in which the relaxed answer opens a hub, T for never.

    Returns
    -------
    float
        Infinite where the node holds no plan.
    """
    cases, hubs, sites = data.cost.shape
    worth = np.full((hubs, cases), np.inf)
    # Where a hub that is open for certain serves a site for less than its price, another earns what it saves on that.
    earned = np.minimum(price, near)
    total = 0.0
    left = data.openings.copy()
    free = np.empty(hubs, np.int64)
    count = 0
    for h in range(hubs):
        chosen[h] = cases
        if fixed[h] >= 0:
            total += data.opening[h, fixed[h]]
            chosen[h] = fixed[h]
            left[fixed[h]] -= 1
        if fixed[h] != -1:
            continue
        # What the hub earns from the last case back to the first that matters.
        rest = 0.0
        for back in range(cases):
            t = cases - 1 - back
            a, b, c, d = 0.0, 0.0, 0.0, 0.0
            lane, paid = data.cost[t, h], earned[t]
            # Four sums side by side: the processor adds them at once, and their order is the same in every run.
            for q in range(sites // 4):
                j = 4 * q
                a += min(0.0, lane[j] - paid[j])
                b += min(0.0, lane[j + 1] - paid[j + 1])
                c += min(0.0, lane[j + 2] - paid[j + 2])
                d += min(0.0, lane[j + 3] - paid[j + 3])
            for j in range(4 * (sites // 4), sites):
                a += min(0.0, lane[j] - paid[j])
            rest += (a + b) + (c + d)
            worth[h, t] = data.opening[h, t] + rest if allowed[h, t] else np.inf
        free[count] = h
        count += 1
    total += _choose_hubs(data, left, free[:count], worth, regret, chosen)
    if not np.isfinite(total):
        return np.inf
    for t in range(cases):
        total += ask[t] * data.least[t]
        ask_slope[t] = data.least[t]
    for j in range(sites):
        # Start where the prices that follow, less what a site more is worth, add up to the least.
        best, start, rest = 0.0, cases, 0.0
        if data.latest[j] < cases:
            best = np.inf
        for back in range(cases):
            t = cases - 1 - back
            rest += price[t, j] - ask[t]
            if t <= data.latest[j] and rest < best:
                best, start = rest, t
        total += best
        for t in range(cases):
            served = 1.0 if t >= start else 0.0
            ask_slope[t] -= served
            slope[t, j] = served
            if near[t, j] < price[t, j]:
                total += near[t, j] - price[t, j]
                slope[t, j] -= 1.0
    for h in range(hubs):
        if fixed[h] != -1:
            continue
        for t in range(chosen[h], cases):
            for j in range(sites):
                if data.cost[t, h, j] < price[t, j] <= near[t, j]:
                    slope[t, j] -= 1.0
    return total


@njit(cache=True, nogil=True)
def _choose_hubs(data: Data, left: Ints, free: Ints, worth: Floats, regret: Floats, chosen: Ints) -> float:
    """Decide the hubs of a node that are open to decision, at least cost; their regrets follow from dual prices."""
    cases, count = len(left), len(free)
    regret[:, :] = np.inf
    total = 0.0
    if data.openings[0] < 0:
        for at in range(count):
            h = free[at]
            best = 0.0
            for t in range(cases):
                if worth[h, t] < best:
                    best = worth[h, t]
                    chosen[h] = t
            total += best
            for t in range(cases):
                regret[h, t] = worth[h, t] - best
        return total
    slots = 0
    for t in range(cases):
        if left[t] < 0:
            return np.inf
        slots += left[t]
    if slots > count:
        return np.inf
    if slots == 0:
        return 0.0
    case_of = np.empty(slots, np.int64)
    at = 0
    for t in range(cases):
        for _ in range(left[t]):
            case_of[at] = t
            at += 1
    holder = np.empty(count, np.int64)
    row_price, column_price = np.empty(slots), np.empty(count)
    total = fill_slots(worth, case_of, free, holder, row_price, column_price)
    if not np.isfinite(total):
        return np.inf
    for at in range(count):
        if holder[at] >= 0:
            chosen[free[at]] = case_of[holder[at]]
        for slot in range(slots):
            t = case_of[slot]
            rise = worth[free[at], t] - row_price[slot] - column_price[at]
            if rise < regret[free[at], t]:
                regret[free[at], t] = max(rise, 0.0)
    return total
