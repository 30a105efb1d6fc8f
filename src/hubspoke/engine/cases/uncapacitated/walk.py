"""Walk through everything that a node leaves open, opening by opening, from the first case to the last.

Prices stay those of the node, which makes a step a thousand times cheaper than raising a bound anew, and the bound gets
better of itself: in cases that are decided, sites follow the hubs that are there, and the prices of one site more are
raised at every step. For a walk up to case t, with `m` the cost at the cheapest open hub,

    cost  >=  openings so far  +  sum of l[t] n[t]
              +  sum over sites of the least over starts of: m - l in cases before t, min(m, u) - l from t on
              +  the cheapest assignment of hubs to the openings left,

where a hub earns in a case, and for a site, what it saves on the lesser of `m` and `u`. That is never more than what it
earns beside others, for the more hubs are open, the less another one adds. The walk ends at whole choices, whose bound
is their cost up to the prices of one site more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import copy_into, copy_rows, njit
from hubspoke.engine.cases.uncapacitated.site_prices import (
    left_after,
    left_to_sites,
    prices_of_sites,
    raise_for_sites,
)
from hubspoke.engine.cases.uncapacitated.slots import fill_slots
from hubspoke.engine.cases.uncapacitated.starts import cost_of_openings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.cases.uncapacitated.bound import Data


@njit(cache=True, nogil=True)
def walk(
    data: Data,
    fixed: Ints,
    allowed: NDArray[np.uint8],
    price: Floats,
    ask: Floats,
    cost: float,
    gap: float,
    constant: float,
    most: int,
    opens: Ints,
) -> tuple[float, int]:
    """Go through all choices of a node that may cost less than the best plan.

    Parameters
    ----------
    data, fixed, allowed : as in `bound_at`
        Openings are given in number.
    price, ask : (T, S), (T,)
        Prices of the node.
    cost : float
        That of the best plan so far.
    gap, constant : float
        A choice is wanted if its bound is below that cost by more than this share of cost and constant together.
    most : int
        Most steps.
    opens : (H,)
        Written if a better plan is found: case in which each hub opens, T for never.

    Returns
    -------
    float
        Cost of the best plan, here or before.
    int
        Steps taken; more than `most` where the walk was not ended, and nothing is proven.
    """
    cases, hubs, sites = data.cost.shape
    left = data.openings.copy()
    start_cost = 0.0
    for h in range(hubs):
        if fixed[h] >= 0:
            left[fixed[h]] -= 1
            start_cost += data.opening[h, fixed[h]]
    slots = 0
    for t in range(cases):
        if left[t] < 0:
            return cost, 0
        slots += left[t]
    case_of = np.empty(slots + 1, np.int64)
    at = 0
    for t in range(cases):
        for _ in range(left[t]):
            case_of[at] = t
            at += 1
    case_of[slots] = cases
    near = np.full((slots + 1, cases, sites), np.inf)
    for h in range(hubs):
        if fixed[h] >= 0:
            for t in range(fixed[h], cases):
                for j in range(sites):
                    near[0, t, j] = min(near[0, t, j], data.cost[t, h, j])
    served, waits = np.empty(sites), np.empty(sites)
    after, waits_after = np.empty(sites), np.empty(sites)
    """What sites cost if they are served before a case, or not yet; the same after it, of what prices leave."""
    paid = np.zeros(slots + 1)
    paid[0] = start_cost
    taken = np.full(slots, -1)
    is_open = np.zeros(hubs, np.uint8)
    options, promise = np.empty((slots, hubs), np.int64), np.empty((slots, hubs))
    number, place = np.zeros(slots, np.int64), np.zeros(slots, np.int64)
    gains, worth = np.empty((hubs, cases)), np.full((hubs, cases), np.inf)
    may = np.zeros((slots + 1, hubs, cases), np.uint8)
    """Where a hub may open, from a step on: it would cost too much elsewhere."""
    copy_rows(may[0], allowed)
    holder, row, column = np.empty(hubs, np.int64), np.empty(slots), np.empty(hubs)
    free = np.empty(hubs, np.int64)
    trial, start = np.empty(hubs, np.int64), np.empty(sites, np.int64)
    limit = cost - gap * (1 - 1e-6) * abs(cost + constant) if cost < np.inf else np.inf
    asked = np.empty((slots + 1, cases))
    for step in range(slots + 1):
        copy_into(asked[step], ask)
    """Prices of one site more that were good for the last step so deep."""
    done, steps, is_new = 0, 0, True
    while done >= 0:
        if is_new:
            is_new = False
            steps += 1
            if steps > most:
                return cost, steps
            now = case_of[done]
            if done == slots:
                if raise_for_sites(data, near[done], price, now, paid[done], asked[done], limit) < limit:
                    for h in range(hubs):
                        trial[h] = fixed[h] if fixed[h] >= 0 else cases
                    for k in range(slots):
                        trial[taken[k]] = case_of[k]
                    found = cost_of_openings(data, trial, asked[done], start)
                    if found < cost:
                        cost = found
                        copy_into(opens, trial)
                        limit = cost - gap * (1 - 1e-6) * abs(cost + constant)
                done -= 1
                if done >= 0:
                    is_open[taken[done]] = 0
                    place[done] += 1
                continue
            number[done] = 0
            place[done] = 0
            base = paid[done]
            earned = np.minimum(near[done], price)
            count = 0
            for h in range(hubs):
                if fixed[h] != -1 or is_open[h]:
                    continue
                first = now
                while first < cases and not may[done, h, first]:
                    worth[h, first] = np.inf
                    first += 1
                if first == cases:
                    continue
                rest = 0.0
                for back in range(cases - first):
                    t = cases - 1 - back
                    gains[h, t] = _gain(data.cost[t, h], earned[t])
                    rest += gains[h, t]
                    worth[h, t] = data.opening[h, t] + rest if may[done, h, t] else np.inf
                free[count] = h
                count += 1
            open_slots = slots - done
            if count >= open_slots:
                total = fill_slots(
                    worth, case_of[done:slots], free[:count], holder[:count], row[:open_slots], column[:count]
                )
                base = raise_for_sites(data, near[done], earned, now, base + total, asked[done], limit) - total
                if base + total < limit:
                    prices_of_sites(data, near[done], earned, now, asked[done], served, waits, after, waits_after)
                    last = -1
                    if done > 0 and case_of[done - 1] == now:
                        last = taken[done - 1]
                    ends = case_of[done + 1] != now
                    may[done + 1, :, :] = 0
                    for slot in range(open_slots):
                        t = case_of[done + slot]
                        for at in range(count):
                            if base + total + max(worth[free[at], t] - row[slot] - column[at], 0.0) < limit:
                                may[done + 1, free[at], t] = 1
                    for at in range(count):
                        h = free[at]
                        # Openings of one case are made in the order of hubs, so that no choice comes twice.
                        if h <= last or worth[h, now] == np.inf:
                            continue
                        least = base + total + max(worth[h, now] - row[0] - column[at], 0.0)
                        if least < limit and ends:
                            others = base - left_to_sites(served, waits)
                            others += total - row[0] - column[at] + worth[h, now] - gains[h, now]
                            exact = others + left_after(
                                near[done, now],
                                data.cost[now, h],
                                after,
                                waits_after,
                            )
                            least = max(least, exact)
                        if least < limit:
                            options[done, number[done]] = h
                            promise[done, number[done]] = least
                            number[done] += 1
                    _sort(options[done], promise[done], number[done])
        if place[done] >= number[done] or promise[done, place[done]] >= limit:
            done -= 1
            if done >= 0:
                is_open[taken[done]] = 0
                place[done] += 1
            continue
        h, now = options[done, place[done]], case_of[done]
        taken[done] = h
        is_open[h] = 1
        copy_rows(near[done + 1], near[done])
        for t in range(now, cases):
            for j in range(sites):
                near[done + 1, t, j] = min(near[done, t, j], data.cost[t, h, j])
        paid[done + 1] = paid[done] + data.opening[h, now]
        done += 1
        is_new = True
    return cost, steps


@njit(cache=True, nogil=True, fastmath={"reassoc", "nnan", "nsz"})
def _gain(lane: Floats, earned: Floats) -> float:
    """Return what a hub saves in a case."""
    total = 0.0
    for j in range(len(lane)):
        total += min(0.0, lane[j] - earned[j])
    return total


@njit(cache=True, nogil=True)
def _sort(options: Ints, promise: Floats, count: int) -> None:
    """Sort by promise."""
    for k in range(1, count):
        h, least = options[k], promise[k]
        at = k
        while at > 0 and promise[at - 1] > least:
            options[at] = options[at - 1]
            promise[at] = promise[at - 1]
            at -= 1
        options[at] = h
        promise[at] = least
