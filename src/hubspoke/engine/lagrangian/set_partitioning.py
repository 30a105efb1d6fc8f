"""Set partitioning of a node where every hub is decided: one listed set for each hub, every site once.

At the node's prices the bound is a sum over hubs, each with the set that pays most. A plan within the limit can give
no hub a set that is dearer than that by more than the limit leaves, so the sets that matter can be listed, and a plan
is one set for each hub that together hold every site once: an exact cover, searched depth first.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hubspoke.base.compiled import njit
from hubspoke.engine.lagrangian.nodes import worth_finding
from hubspoke.engine.lagrangian.primal_heuristic import cost_plan

MOST_WORK = 100_000_000
"""Sets looked at in fitting them together, some tenths of a second; with more the node is not settled."""
FEW = 50
"""Sets left up to which it is cheaper to try them than to move prices."""
TURNS, FEW_TURNS = 20, 3
"""Times that prices move at a place of the search, and at one with few sets."""
STEP = 0.7
"""Share of B. T. Polyak's step towards the limit by which prices move."""
BITS = 63
"""Sites in a word of a set's mask."""


@njit(cache=True, nogil=True)
def cover_exactly(
    data: Any,
    node: Any,
    opened: Any,
    sites: Any,
    masks: Any,
    excess: Any,
    first: Any,
    floor: Any,
    limit: Any,
    margin: Any,
    plan: Any,
    plan_cost: Any,
) -> Any:
    """Search for the cheapest exact cover, depth first; return whether the search came to its end.

    Each place of the search has sets still `alive`, what they `cost` at its prices, and the sum of these prices in
    `base`. It is divided by the sets of the hub with the fewest.
    """
    hubs, words, total = len(opened), masks.shape[1], first[len(opened)]
    slack = limit - floor
    every = np.zeros(words, np.int64)
    for f in range(len(sites)):
        every[f // BITS] |= np.int64(1) << (f % BITS)
    alive, cost = np.empty((hubs + 1, total), np.int32), np.empty((hubs + 1, total))
    counts, base = np.zeros((hubs + 1, hubs), np.int64), np.zeros(hubs + 1)
    at, chosen, best = np.zeros(hubs + 1, np.int64), np.zeros(hubs + 1, np.int64), np.zeros(hubs, np.int64)
    alive[0], cost[0], counts[0] = np.arange(total), excess[:total], first[1:] - first[:-1]
    # Invariant at a depth: `alive` holds the sets that do not overlap those chosen above it; their costs are reduced
    # costs at the prices of this depth, whose sum is in `base`.
    work = np.zeros(1, np.int64)
    depth, down = 0, True
    while depth >= 0:
        if work[0] > MOST_WORK:
            return False
        if down:
            ends, base[depth] = _narrow(
                alive[depth], cost[depth], counts[depth], first, masks, every, base[depth], slack, best, work
            )
            if ends > 0:
                hub = node.hub.copy()
                for n in range(hubs):
                    for f in range(len(sites)):
                        if masks[best[n], f // BITS] >> (f % BITS) & 1:
                            hub[sites[f]] = opened[n]
                total_cost = cost_plan(data, hub)
                if not np.isfinite(total_cost):  # it fits but for rounding
                    return False
                if total_cost < plan_cost[0]:
                    plan[:] = hub
                    plan_cost[0] = total_cost
                    slack = min(slack, worth_finding(total_cost, margin, np.inf) - floor)
            if ends != 0:
                depth, down = depth - 1, False
                continue
            # Branch on the hub with the fewest sets left, cheapest set first: the smallest tree (Knuth's rule for
            # exact covers).
            fewest, h = 1 << 60, -1
            for n in range(hubs):
                if 1 < counts[depth, n] < fewest:
                    fewest, h = counts[depth, n], n
            chosen[depth], at[depth] = h, 0
            begin, end = first[h], first[h] + counts[depth, h]
            # The cheapest set first finds good covers early, which tightens the slack.
            order = np.argsort(cost[depth, begin:end], kind="mergesort")
            alive[depth, begin:end] = alive[depth, begin:end][order]
            cost[depth, begin:end] = cost[depth, begin:end][order]
        else:
            h = chosen[depth]
            at[depth] += 1
            if at[depth] == counts[depth, h]:
                depth -= 1
                continue
        slot = first[h] + at[depth]
        mask = alive[depth, slot]
        base[depth + 1] = base[depth]
        for n in range(hubs):
            to = first[n]
            for s in range(first[n], first[n] + counts[depth, n]):
                # Keep the sets of the other hubs that share no site with the chosen one.
                fits = True
                for w in range(words):
                    fits = fits and masks[alive[depth, s], w] & masks[mask, w] == 0
                if fits and n != h:
                    alive[depth + 1, to], cost[depth + 1, to] = alive[depth, s], cost[depth, s]
                    to += 1
            counts[depth + 1, n] = to - first[n]
            work[0] += counts[depth, n]
        alive[depth + 1, first[h]], cost[depth + 1, first[h]] = mask, cost[depth, slot]
        # The chosen hub keeps its one set.
        counts[depth + 1, h] = 1
        depth, down = depth + 1, True
    return True


@njit(cache=True, nogil=True)
def _narrow(
    alive: Any,
    cost: Any,
    counts: Any,
    first: Any,
    masks: Any,
    every: Any,
    base: Any,
    slack: Any,
    best: Any,
    work: Any,
) -> Any:
    """Drop sets that no cover within the slack holds, and move prices of sites along subgradients to drop more.

    A site that only one hub's sets hold is in its set; one that all sets of a hub hold is in no other's. Gives 0 where
    covers may be left, 1 where the cheapest is `best`, -1 where there is none; and the sum of prices.
    """
    hubs, words = len(counts), len(every)
    union, common, taken = (
        np.empty((hubs, words), np.int64),
        np.empty((hubs, words), np.int64),
        np.empty(words, np.int64),
    )
    low = np.empty(hubs)
    slope, which = np.empty(words * BITS), np.empty(words * BITS, np.int64)
    turn = 0
    while True:
        # One pass: the cheapest set of each hub, and which sites some or all of its sets hold.
        total, size = base, 0
        for n in range(hubs):
            if counts[n] == 0:
                return -1, base
            low[n] = np.inf
            for w in range(words):
                union[n, w], common[n, w] = 0, every[w]
            for s in range(first[n], first[n] + counts[n]):
                if cost[s] < low[n]:
                    low[n], best[n] = cost[s], alive[s]
                for w in range(words):
                    union[n, w] |= masks[alive[s], w]
                    common[n, w] &= masks[alive[s], w]
            total += low[n]
            size += counts[n]
        work[0] += 2 * size
        # Sum of the cheapest sets is the Lagrangian bound of this place.
        if total > slack:
            return -1, base
        for w in range(words):
            once, twice = np.int64(0), np.int64(0)
            # Bits in `once` but not in `twice` are held by the sets of a single hub.
            for n in range(hubs):
                twice |= once & union[n, w]
                once |= union[n, w]
            if once != every[w]:
                return -1, base
            for n in range(hubs):
                union[n, w] &= ~twice  # only this hub can hold these
        changed = False
        for n in range(hubs):
            for w in range(words):
                taken[w] = 0
                for g in range(hubs):
                    if g != n:
                        taken[w] |= common[g, w]
            # Reduced-cost fixing: a set may exceed the cheapest of its hub by what the bound leaves.
            most, kept = slack - total + low[n], first[n]
            for s in range(first[n], first[n] + counts[n]):
                fits = cost[s] <= most
                for w in range(words):
                    mask = masks[alive[s], w]
                    fits = fits and mask & union[n, w] == union[n, w] and mask & taken[w] == 0
                if fits:
                    alive[kept], cost[kept] = alive[s], cost[s]
                    kept += 1
            if kept < first[n] + counts[n]:
                changed = True
                counts[n] = kept - first[n]
        work[0] += size
        # Few sets: propagation is cheaper than moving prices.
        if changed and size < FEW:
            continue
        number, length = 0, 0.0
        for w in range(words):
            for f in range(BITS):
                if every[w] >> f & 1:
                    held = 0
                    for n in range(hubs):
                        held += masks[best[n], w] >> f & 1
                    # Subgradient of the cover rows at the cheapest sets: sites held twice become dearer, those left
                    # out cheaper.
                    if held != 1:
                        slope[number], which[number] = 1.0 - held, w * BITS + f
                        length += slope[number] ** 2
                        number += 1
        if number == 0:
            return 1, base
        if turn >= TURNS or (size < FEW and turn >= FEW_TURNS):
            if changed:
                continue
            return 0, base
        turn += 1
        # Polyak's step towards the slack: enough to close the place, if that can be done.
        step = STEP * (slack - total + 1e-12) / length
        for j in range(number):
            slope[j] *= step
            base += slope[j]
        for n in range(hubs):
            for s in range(first[n], first[n] + counts[n]):
                for j in range(number):
                    if masks[alive[s], which[j] // BITS] >> (which[j] % BITS) & 1:
                        cost[s] -= slope[j]
        work[0] += size * number // 4
