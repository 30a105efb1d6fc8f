"""Set partitioning by exact cover: of the sets of sites that each hub may still take, choose one for each hub.

At the node's prices the bound is a sum over hubs, each with the set that pays most. A plan within the limit can give
no hub a set that is dearer than that by more than the limit leaves, so the sets that matter can be listed, and a plan
is one set for each hub that together hold every site once (E. Balas, M. W. Padberg, "Set partitioning: a survey", SIAM
Review 18, 1976). The search goes depth first by the hub with the fewest sets left, as D. E. Knuth's Algorithm X chooses
its columns ("Dancing links", Millennial Perspectives in Computer Science, 2000); at every place, sets are dropped by
dominance and by reduced cost, and the prices of sites move along subgradients (see `subgradient.py`) to drop more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import copy_into, njit
from hubspoke.engine.lagrangian.nodes import worth_finding
from hubspoke.engine.lagrangian.primal_heuristic import cost_plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.lagrangian.nodes import Data, Node

MOST_WORK = 100_000_000
"""Sets looked at in fitting them together, some tenths of a second; with more the node is not settled."""
FEW = 50
"""Sets left up to which it is cheaper to try them than to move prices."""
TURNS, FEW_TURNS = 20, 3
"""Times that prices move at a place of the search, and at one with few sets."""
STEP = 0.7
"""Share of B. T. Polyak's step towards the limit by which prices move."""
BITS = 63
"""Sites in a word of a set's mask: the sign bit stays clear, so that shifts to the right bring in zeros."""


@njit(cache=True, nogil=True)
def cover_exactly(
    data: Data,
    node: Node,
    opened: Ints,
    sites: Ints,
    masks: Ints,
    excess: Floats,
    first: Ints,
    floor: float,
    limit: float,
    margin: Floats,
    plan: Ints,
    plan_cost: Floats,
) -> bool:
    """Search for the cheapest exact cover, depth first.

    Each place of the search has sets still `alive`, what they `cost` at its prices, and the sum of these prices in
    `base`. It is divided by the sets of the hub with the fewest.

    Parameters
    ----------
    data, node : Data, Node
    opened, sites : int (n,), (F,)
        Hubs that are open, and sites that are free.
    masks : int (sets, words)
        Sites of each set, as bits, `BITS` to a word.
    excess : (sets,)
        What each set costs above the value of its hub.
    first : int (n + 1,)
        Where the sets of each open hub begin.
    floor, limit : float
        Bound of the node, and cost that a plan must stay within.
    margin : (2,)
        What a further plan must save against the best one, as in `worth_finding`.
    plan : int (S,)
        Hub of every site in the best plan; changed when a better one is found.
    plan_cost : float (1,)
        Its cost, changed with it.

    Returns
    -------
    bool
        Whether the search came to its end: no plan of the node is worth finding any more.
    """
    hubs, words, total = len(opened), masks.shape[1], first[len(opened)]
    slack = limit - floor
    every = np.zeros(words, np.int64)
    for f in range(len(sites)):
        every[f // BITS] |= np.int64(1) << (f % BITS)
    # One row for each depth, so that coming back needs no undoing: `alive` are the sets that overlap none of those
    # taken above, `cost` their reduced costs at the prices of this depth. Each place decides a hub, so depth <= hubs.
    alive, cost = np.empty((hubs + 1, total), np.int32), np.empty((hubs + 1, total))
    counts, base = np.zeros((hubs + 1, hubs), np.int64), np.zeros(hubs + 1)
    at, chosen, best = np.zeros(hubs + 1, np.int64), np.zeros(hubs + 1, np.int64), np.zeros(hubs, np.int64)
    for slot in range(total):
        alive[0, slot] = slot
    copy_into(cost[0], excess[:total])
    for n in range(hubs):
        counts[0, n] = first[n + 1] - first[n]
    work = np.zeros(1, np.int64)
    depth, down = 0, True
    # Invariant: at every depth passed, the chosen hub has its set number at[depth], and all covers with an earlier set
    # there are done with; `down` tells a new place from one to which the search has come back.
    while depth >= 0:
        if work[0] > MOST_WORK:
            return False
        if down:
            # Bound the place. Its cheapest sets may be a cover as they are: then they are the cheapest cover.
            ends, base[depth] = _narrow(
                alive[depth], cost[depth], counts[depth], first, masks, every, base[depth], slack, best, work
            )
            if ends > 0:
                hub = node.hub.copy()
                for n in range(hubs):
                    for f in range(len(sites)):
                        if masks[best[n], f // BITS] >> (f % BITS) & 1:
                            hub[sites[f]] = opened[n]
                # The plan is costed anew, so that nothing of the search enters its cost.
                total_cost = cost_plan(data, hub)
                if not np.isfinite(total_cost):  # it fits but for rounding
                    return False
                if total_cost < plan_cost[0]:
                    copy_into(plan, hub)
                    plan_cost[0] = total_cost
                    slack = min(slack, worth_finding(total_cost, margin, np.inf) - floor)
            if ends != 0:
                depth, down = depth - 1, False
                continue
            # Divide by the hub with the fewest sets, for the narrowest tree. There is one with two sets at least: with
            # one for each hub, either they are a cover or `_narrow` has dropped one.
            fewest, h = 1 << 60, -1
            for n in range(hubs):
                if 1 < counts[depth, n] < fewest:
                    fewest, h = counts[depth, n], n
            chosen[depth], at[depth] = h, 0
            begin, end = first[h], first[h] + counts[depth, h]
            # Cheap sets first: a plan found early lowers the slack of all that follow.
            order = np.argsort(cost[depth, begin:end], kind="mergesort")
            copy_into(alive[depth, begin:end], alive[depth, begin:end][order])
            copy_into(cost[depth, begin:end], cost[depth, begin:end][order])
        else:
            # Back from below: the next set of the chosen hub, or further up when none is left.
            h = chosen[depth]
            at[depth] += 1
            if at[depth] == counts[depth, h]:
                depth -= 1
                continue
        # Take the set, one place down: of other hubs, the sets without a site in common stay alive.
        slot = first[h] + at[depth]
        mask = alive[depth, slot]
        base[depth + 1] = base[depth]
        for n in range(hubs):
            to = first[n]
            for s in range(first[n], first[n] + counts[depth, n]):
                fits = True
                for w in range(words):
                    fits = fits and masks[alive[depth, s], w] & masks[mask, w] == 0
                if fits and n != h:
                    alive[depth + 1, to], cost[depth + 1, to] = alive[depth, s], cost[depth, s]
                    to += 1
            counts[depth + 1, n] = to - first[n]
            work[0] += counts[depth, n]
        alive[depth + 1, first[h]], cost[depth + 1, first[h]] = mask, cost[depth, slot]
        counts[depth + 1, h] = 1
        depth, down = depth + 1, True
    return True


@njit(cache=True, nogil=True)
def _narrow(
    alive: NDArray[np.int32],
    cost: Floats,
    counts: Ints,
    first: Ints,
    masks: Ints,
    every: Ints,
    base: float,
    slack: float,
    best: Ints,
    work: Ints,
) -> tuple[int, float]:
    """Drop sets that no cover within the slack holds, and move prices of sites along subgradients to drop more.

    A site that only one hub's sets hold is in its set; one that all sets of a hub hold is in no other's.

    Returns
    -------
    (int, float)
        0 where covers may be left, 1 where the cheapest is `best`, -1 where there is none; and the sum of prices.
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
    # Invariant: what a cover costs above the bound is `base` plus the costs of its sets, whatever the prices: what the
    # price of a site takes off every set with the site, it adds to `base`. Sets of covers within the slack stay alive.
    while True:
        # Lagrangian bound of the place: every hub takes its cheapest set, though sites may be missing or held twice.
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
        if total > slack:
            return -1, base
        # Sites that no hub's sets hold end the place; those that one hub's alone hold must be in its set.
        for w in range(words):
            once, twice = np.int64(0), np.int64(0)
            for n in range(hubs):
                twice |= once & union[n, w]
                once |= union[n, w]
            if once != every[w]:
                return -1, base
            for n in range(hubs):
                union[n, w] &= ~twice  # only this hub can hold these
        changed = False
        for n in range(hubs):
            # Sites that every set of some other hub holds are taken, whichever set that will be.
            for w in range(words):
                taken[w] = 0
                for g in range(hubs):
                    if g != n:
                        taken[w] |= common[g, w]
            # Reduced cost: with this set and the cheapest of all others, the bound must stay within the slack.
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
        # Few sets: another pass of dropping costs less than moving prices.
        if changed and size < FEW:
            continue
        # Subgradient at the cheapest sets: 1 less the number of them that hold the site.
        number, length = 0, 0.0
        for w in range(words):
            for f in range(BITS):
                if every[w] >> f & 1:
                    held = 0
                    for n in range(hubs):
                        held += masks[best[n], w] >> f & 1
                    if held != 1:
                        slope[number], which[number] = 1.0 - held, w * BITS + f
                        length += slope[number] ** 2
                        number += 1
        # Every site held once: the relaxed answer is a cover, and so the cheapest of the place.
        if number == 0:
            return 1, base
        if turn >= TURNS or (size < FEW and turn >= FEW_TURNS):
            if changed:
                continue
            return 0, base
        turn += 1
        # Polyak's step towards the slack, at which the place would end; 1e-12 keeps it above 0 at the slack itself.
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
