"""Lagrangian heuristic: make plans of relaxed answers, then improve them by shifts and swaps of sites.

Every site gets one hub with room, greedily: in order of mass, or of regret (S. Martello, P. Toth, "An algorithm for the
generalized assignment problem", Operational Research '81, 1981; "Knapsack Problems", 1990, chapter 7). Hubs are opened,
closed and exchanged one by one, after the add, drop and swap moves of facility location (A. A. Kuehn, M. J. Hamburger,
"A heuristic program for locating warehouses", Management Science 9, 1963).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import copy_into, njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.lagrangian.nodes import Data, Node, Relaxed

PASSES = 20
"""Most passes of shifts and swaps."""


@njit(cache=True, nogil=True)
def construct_plan(data: Data, node: Node, relaxed: Relaxed, plan: Ints, plan_cost: Floats) -> None:
    """Try two plans at the hubs that the relaxed answer opens; keep the better one if it beats `plan`.

    The first keeps the sites that the relaxed answer places; the second starts anew, with those that have most to lose.

    Parameters
    ----------
    data, node, relaxed : Data, Node, Relaxed
    plan : int (S,)
        Hub of every site in the best plan; changed when a better one is found.
    plan_cost : float (1,)
        Its cost, changed with it.
    """
    hubs, sites = data.cost.shape
    is_open = ((relaxed.chosen > 0) | (node.state > 0)).astype(np.uint8)
    for keep in (True, False):
        hub = node.hub.copy()
        if keep:
            # A site that several open hubs take keeps the one with the cheapest lane. The heavy sites go first among
            # those left over, as they are the hardest to fit.
            for h in range(hubs):
                if is_open[h]:
                    for i in range(sites):
                        if (
                            node.free[i]
                            and relaxed.pick[h, i]
                            and (hub[i] < 0 or data.cost[h, i] < data.cost[hub[i], i])
                        ):
                            hub[i] = h
            order = np.argsort(-data.mass, kind="mergesort")
        else:
            order = np.argsort(-_regret(data, node.banned, is_open), kind="mergesort")
        try_plan(data, node.banned, is_open, order, hub, plan, plan_cost)


@njit(cache=True, nogil=True)
def search_hubs(data: Data, banned: NDArray[np.uint8], plan: Ints, plan_cost: Floats, at: Ints, trials: int) -> bool:
    """Open, close and swap single hubs of the best plan while it pays, for up to so many trials.

    Parameters
    ----------
    data : Data
    banned : (H, S)
        Lanes that may not be used.
    plan : int (S,)
        Hub of every site in the best plan; changed when a better one is found.
    plan_cost : float (1,)
        Its cost, changed with it.
    at : int (2,)
        Hubs to be closed and opened next, -1 for none; a later call goes on from there. Begin with -1, -1.
    trials : int

    Returns
    -------
    bool
        Whether no such change pays any more.
    """
    hubs, done = len(data.largest), 0
    is_open = _opened(data, plan)
    # Invariant: since the plan last changed, no pair before `at` has paid. Once all pairs have been tried in vain, the
    # plan is locally optimal for add (-1, h), drop (h, -1) and swap (g, h).
    while at[0] < hubs:
        closing, opening = at[0], at[1]
        at[1] += 1
        if at[1] == hubs:
            at[0], at[1] = at[0] + 1, -1
        # Pairs that change nothing, or that a forced state forbids, cost no trial.
        if closing >= 0 and (not is_open[closing] or data.state[closing] > 0):
            continue
        if (opening >= 0 and (is_open[opening] or data.state[opening] < 0)) or opening == closing:
            continue
        trial = is_open.copy()
        if closing >= 0:
            trial[closing] = 0
        if opening >= 0:
            trial[opening] = 1
        # First improvement: the better plan is taken at once, and all pairs are to be tried again.
        if _try_hubs(data, banned, trial, plan, plan_cost):
            at[0], at[1] = -1, -1
            is_open = _opened(data, plan)
        done += 1
        if done == trials:
            return False
    return True


@njit(cache=True, nogil=True)
def _opened(data: Data, plan: Ints) -> NDArray[np.uint8]:
    """Mark the hubs that a plan uses and those that must be open, shape (H,)."""
    is_open = np.zeros(len(data.largest), np.uint8)
    is_open[plan] = 1
    is_open[data.state > 0] = 1
    return is_open


@njit(cache=True, nogil=True)
def _try_hubs(data: Data, banned: NDArray[np.uint8], is_open: NDArray[np.uint8], plan: Ints, plan_cost: Floats) -> bool:
    """Return whether these hubs give a better plan: with the present sites kept where they can be, else made anew."""
    # Without room for everything no placing can succeed, and most drops end here.
    if (data.largest * is_open).sum() < data.tonnes:
        return False
    order = np.argsort(-_regret(data, banned, is_open), kind="mergesort")
    kept = plan.copy()
    for i in range(len(kept)):
        if not is_open[kept[i]]:
            kept[i] = -1
    return try_plan(data, banned, is_open, order, kept, plan, plan_cost) or try_plan(
        data, banned, is_open, order, np.full(len(plan), -1), plan, plan_cost
    )


@njit(cache=True, nogil=True)
def try_plan(
    data: Data,
    banned: NDArray[np.uint8],
    is_open: NDArray[np.uint8],
    order: Ints,
    hub: Ints,
    plan: Ints,
    plan_cost: Floats,
) -> bool:
    """Place the sites without a hub, in order, improve, and keep the plan if it is cheaper; return whether it is.

    Parameters
    ----------
    data, banned, is_open, order : Data, (H, S), (H,), (S,)
    hub : (S,)
        -1 for sites without one; changed.
    plan, plan_cost : (S,), (1,)
        Changed when a cheaper plan is found.
    """
    hubs, sites = data.cost.shape
    room = data.largest.copy()
    for i in range(sites):
        if hub[i] >= 0:
            room[hub[i]] -= data.mass[i]
    # Sites picked by the knapsacks fill a hub up to its capacity and ROOM beyond: that much is rounding.
    for h in range(hubs):
        if room[h] < -1e-9 * data.largest[h]:
            return False
    for i in order:
        if hub[i] < 0 and not _place(data, banned, is_open, i, hub, room):
            return False
    _shift_and_swap(data, banned, is_open, hub, room)
    cost = cost_plan(data, hub)
    # A gain below a billionth is rounding; taken for one, it would have `search_hubs` begin again for nothing.
    if cost >= plan_cost[0] - 1e-9 * abs(cost):
        return False
    copy_into(plan, hub)
    plan_cost[0] = cost
    return True


@njit(cache=True, nogil=True)
def cost_plan(data: Data, hub: Ints) -> float:
    """Cost sites and the cheapest sizes that hold them; hubs that must be open are, and as many, idle or not.

    Parameters
    ----------
    data : Data
    hub : int (S,)
        Hub of every site.

    Returns
    -------
    float
        The cost; infinite when a lane is missing, a hub is too full at any size, or too many are open.
    """
    hubs = len(data.largest)
    load, used = np.zeros(hubs), data.state > 0
    total, number = 0.0, 0
    for i in range(len(hub)):
        load[hub[i]] += data.mass[i]
        used[hub[i]] = True
        total += data.cost[hub[i], i]
    # Sizes are chosen last, given the loads. 1e-12 allows for the order in which a load is summed and for nothing more:
    # plans must fit in earnest, while bounds may be generous (`ROOM`).
    for h in range(hubs):
        if used[h]:
            best = np.inf
            for k in range(data.capacity.shape[1]):
                if data.exists[h, k] and load[h] <= data.capacity[h, k] * (1.0 + 1e-12):
                    best = min(best, data.fixed[h, k] + data.rate[h, k] * load[h])
            total += best
            number += 1
    if number < data.fewest:
        for h in np.argsort(data.idle):
            if number < data.fewest and not used[h]:
                total += data.idle[h]
                number += 1
    return total if data.fewest <= number <= data.most else np.inf


@njit(cache=True, nogil=True)
def _regret(data: Data, banned: NDArray[np.uint8], is_open: NDArray[np.uint8]) -> Floats:
    """Return what each site loses by its second hub instead of its first, shape (S,); sites with one hub come first."""
    hubs, sites = data.cost.shape
    regret = np.empty(sites)
    for i in range(sites):
        # Invariant: the two cheapest lanes among the open hubs seen so far.
        first, second = np.inf, np.inf
        for h in range(hubs):
            if is_open[h] and not banned[h, i]:
                if data.cost[h, i] < first:
                    first, second = data.cost[h, i], first
                elif data.cost[h, i] < second:
                    second = data.cost[h, i]
        regret[i] = second - first if np.isfinite(second) else 1e300  # finite, above any real regret
    return regret


@njit(cache=True, nogil=True)
def _place(data: Data, banned: NDArray[np.uint8], is_open: NDArray[np.uint8], i: int, hub: Ints, room: Floats) -> bool:
    """Send site i to its cheapest hub with room, or move another one to make room; return whether a hub was found."""
    hubs, sites = data.cost.shape
    best, at = np.inf, -1
    for h in range(hubs):
        if is_open[h] and not banned[h, i] and data.cost[h, i] < best and room[h] >= data.mass[i]:
            best, at = data.cost[h, i], h
    # No hub has room: the shortest ejection chain, i into h and one site j of h on to g, at the least extra cost.
    if at < 0:
        moved, to = -1, -1
        for j in range(sites):
            h = hub[j]
            if h < 0 or banned[h, i] or room[h] + data.mass[j] < data.mass[i]:
                continue
            for g in range(hubs):
                if g != h and is_open[g] and not banned[g, j] and room[g] >= data.mass[j]:
                    change = data.cost[h, i] + data.cost[g, j] - data.cost[h, j]
                    if change < best:
                        best, at, moved, to = change, h, j, g
        if at < 0:
            return False
        room[at] += data.mass[moved]
        room[to] -= data.mass[moved]
        hub[moved] = to
    hub[i] = at
    room[at] -= data.mass[i]
    return True


@njit(cache=True, nogil=True)
def _shift_and_swap(data: Data, banned: NDArray[np.uint8], is_open: NDArray[np.uint8], hub: Ints, room: Floats) -> None:
    """Move single sites, then exchange pairs, while it pays: the shift and swap neighbourhoods, first improvement."""
    hubs, sites = data.cost.shape
    # Invariant: `room` is what `hub` leaves of the largest sizes. Only lanes are compared; sizes follow in `cost_plan`.
    for _ in range(PASSES):
        better = False
        # Shift. A gain must be more than 1e-9, else rounding could move a site to and fro.
        for i in range(sites):
            for h in range(hubs):
                at = hub[i]
                gain = data.cost[at, i] - data.cost[h, i]
                if gain > 1e-9 and is_open[h] and not banned[h, i] and room[h] >= data.mass[i]:
                    room[at] += data.mass[i]
                    room[h] -= data.mass[i]
                    hub[i] = h
                    better = True
        # Swap: it needs room for the difference of the two sites only, so it works where hubs are full.
        for i in range(sites):
            for j in range(i):
                a, b = hub[i], hub[j]
                if a == b or banned[b, i] or banned[a, j]:
                    continue
                gain = data.cost[a, i] + data.cost[b, j] - data.cost[b, i] - data.cost[a, j]
                more = data.mass[j] - data.mass[i]  # what hub a takes in on balance
                if gain > 1e-9 and room[a] >= more and room[b] >= -more:
                    room[a] -= more
                    room[b] += more
                    hub[i], hub[j] = b, a
                    better = True
        if not better:
            break
