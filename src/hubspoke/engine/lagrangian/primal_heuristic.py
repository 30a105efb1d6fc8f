"""Primal heuristics: plans from relaxed answers, by regret and by local search.

Every site gets one hub with room, those with the largest regret first, as S. Martello and P. Toth assign jobs
(Knapsack Problems, 1990, chapter 7); then sites are shifted and swapped while it pays.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hubspoke.base.compiled import njit

PASSES = 20
"""Most passes of shifts and swaps."""


@njit(cache=True, nogil=True)
def construct_plan(data: Any, node: Any, relaxed: Any, plan: Any, plan_cost: Any) -> None:
    """Try two plans at the hubs that the relaxed answer opens; keep the better one if it beats `plan`.

    The first keeps the sites that the relaxed answer places; the second starts anew, with the sites that have most to
    lose.
    """
    hubs, sites = data.cost.shape
    is_open = np.zeros(hubs, np.uint8)
    for h in range(hubs):
        is_open[h] = 1 if relaxed.chosen[h] or node.state[h] > 0 else 0
    # Two constructions: from the relaxed answer, and greedy by regret (Martello and Toth).
    for keep in (True, False):
        hub = node.hub.copy()
        if keep:
            for h in range(hubs):
                if is_open[h]:
                    for i in range(sites):
                        if (
                            node.free[i]
                            and relaxed.pick[h, i]
                            and (hub[i] < 0 or data.cost[h, i] < data.cost[hub[i], i])
                        ):
                            # A site taken twice stays at the cheaper of its hubs.
                            hub[i] = h
            # The rest by falling mass: heavy sites find room only while there is some.
            order = np.argsort(-data.mass, kind="mergesort")
        else:
            order = np.argsort(-_regret(data, node.banned, is_open), kind="mergesort")
        try_plan(data, node.banned, is_open, order, hub, plan, plan_cost)


@njit(cache=True, nogil=True)
def search_hubs(data: Any, banned: Any, plan: Any, plan_cost: Any, at: Any, trials: Any) -> Any:
    """Open, close and swap single hubs of the best plan while it pays, for up to so many trials.

    `at` (2,) holds the hubs that are to be closed and opened next, -1 for none. True when no such change pays any more.
    """
    hubs, done = len(data.largest), 0
    is_open = _opened(data, plan)
    # All pairs (close one, open one), -1 standing for none; the place in the list survives between calls.
    while at[0] < hubs:
        closing, opening = at[0], at[1]
        at[1] += 1
        if at[1] == hubs:
            at[0], at[1] = at[0] + 1, -1
        if closing >= 0 and (not is_open[closing] or data.state[closing] > 0):
            continue
        if (opening >= 0 and (is_open[opening] or data.state[opening] < 0)) or opening == closing:
            continue
        trial = is_open.copy()
        if closing >= 0:
            trial[closing] = 0
        if opening >= 0:
            trial[opening] = 1
        if _try_hubs(data, banned, trial, plan, plan_cost):
            # A better plan changes what is open: begin the neighbourhood anew.
            at[0], at[1] = -1, -1
            is_open = _opened(data, plan)
        done += 1
        if done == trials:
            return False
    return True


@njit(cache=True, nogil=True)
def _opened(data: Any, plan: Any) -> Any:
    """Return which hubs a plan needs open, or must have open."""
    is_open = np.zeros(len(data.largest), np.uint8)
    is_open[plan] = 1
    for h in range(len(is_open)):
        if data.state[h] > 0:
            is_open[h] = 1
    return is_open


@njit(cache=True, nogil=True)
def _try_hubs(data: Any, banned: Any, is_open: Any, plan: Any, plan_cost: Any) -> Any:
    """Try hubs with the present sites kept where they can be, and anew; return whether a better plan came of it."""
    room = 0.0
    for h in range(len(is_open)):
        room += data.largest[h] if is_open[h] else 0.0
    # Too little room in all: no assignment can fit.
    if room < data.tonnes:
        return False
    order = np.argsort(-_regret(data, banned, is_open), kind="mergesort")
    # Keep who may stay, place the others by regret; where that fails, place all anew.
    kept = plan.copy()
    for i in range(len(kept)):
        if not is_open[kept[i]]:
            kept[i] = -1
    return try_plan(data, banned, is_open, order, kept, plan, plan_cost) or try_plan(
        data, banned, is_open, order, np.full(len(plan), -1), plan, plan_cost
    )


@njit(cache=True, nogil=True)
def try_plan(data: Any, banned: Any, is_open: Any, order: Any, hub: Any, plan: Any, plan_cost: Any) -> Any:
    """Place the sites without a hub, in order, improve, and keep the plan if it is cheaper; return whether it is."""
    hubs, sites = data.cost.shape
    room = data.largest.copy()
    for i in range(sites):
        if hub[i] >= 0:
            room[hub[i]] -= data.mass[i]
    for h in range(hubs):
        # What is kept must fit by itself, give or take rounding.
        if room[h] < -1e-9 * data.largest[h]:
            return False
    for i in order:
        if hub[i] < 0 and not _place(data, banned, is_open, i, hub, room):
            return False
    _shift_and_swap(data, banned, is_open, hub, room)
    cost = cost_plan(data, hub)
    # Only a gain above rounding replaces the plan, so that equal ones do not alternate.
    if cost >= plan_cost[0] - 1e-9 * abs(cost):
        return False
    plan[:] = hub
    plan_cost[0] = cost
    return True


@njit(cache=True, nogil=True)
def cost_plan(data: Any, hub: Any) -> Any:
    """Cost sites and the cheapest sizes that hold them; hubs that must be open are, idle or not."""
    hubs = len(data.largest)
    load, used = np.zeros(hubs), data.state > 0
    total = 0.0
    for i in range(len(hub)):
        load[hub[i]] += data.mass[i]
        used[hub[i]] = True
        total += data.cost[hub[i], i]
    for h in range(hubs):
        if used[h]:
            # Sizes are chosen last: the cheapest that holds the load.
            best = np.inf
            for k in range(data.capacity.shape[1]):
                if data.exists[h, k] and load[h] <= data.capacity[h, k] * (1.0 + 1e-12):
                    best = min(best, data.fixed[h, k] + data.rate[h, k] * load[h])
            total += best
    return total


@njit(cache=True, nogil=True)
def _regret(data: Any, banned: Any, is_open: Any) -> Any:
    """Return what each site loses by its second hub instead of its first; sites with one hub come first."""
    hubs, sites = data.cost.shape
    regret = np.empty(sites)
    for i in range(sites):
        first, second = np.inf, np.inf
        for h in range(hubs):
            if is_open[h] and not banned[h, i]:
                # Keep the two cheapest open hubs in one pass.
                if data.cost[h, i] < first:
                    first, second = data.cost[h, i], first
                elif data.cost[h, i] < second:
                    second = data.cost[h, i]
        regret[i] = second - first if np.isfinite(second) else 1e300
    return regret


@njit(cache=True, nogil=True)
def _place(data: Any, banned: Any, is_open: Any, i: Any, hub: Any, room: Any) -> Any:
    """Assign site i to its cheapest hub with room, or make room by moving one other site at least cost."""
    hubs, sites = data.cost.shape
    best, at = np.inf, -1
    for h in range(hubs):
        if is_open[h] and not banned[h, i] and data.cost[h, i] < best and room[h] >= data.mass[i]:
            best, at = data.cost[h, i], h
    # No hub has room: try to move one site out of each hub to make room, at least cost in all.
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
def _shift_and_swap(data: Any, banned: Any, is_open: Any, hub: Any, room: Any) -> None:
    """Move single sites, then exchange pairs, while it pays."""
    hubs, sites = data.cost.shape
    # Local search in two neighbourhoods: shift one site, exchange two. Gains only, so the passes end.
    for _ in range(PASSES):
        better = False
        for i in range(sites):
            for h in range(hubs):
                at = hub[i]
                gain = data.cost[at, i] - data.cost[h, i]
                if gain > 1e-9 and is_open[h] and not banned[h, i] and room[h] >= data.mass[i]:
                    room[at] += data.mass[i]
                    room[h] -= data.mass[i]
                    hub[i] = h
                    better = True
        for i in range(sites):
            for j in range(i):
                a, b = hub[i], hub[j]
                if a == b or banned[b, i] or banned[a, j]:
                    continue
                gain = data.cost[a, i] + data.cost[b, j] - data.cost[b, i] - data.cost[a, j]
                # An exchange changes loads by the difference of the masses.
                more = data.mass[j] - data.mass[i]  # what hub a takes in on balance
                if gain > 1e-9 and room[a] >= more and room[b] >= -more:
                    room[a] -= more
                    room[b] += more
                    hub[i], hub[j] = b, a
                    better = True
        if not better:
            break
