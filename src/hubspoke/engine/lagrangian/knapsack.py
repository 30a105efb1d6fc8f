"""The 0-1 knapsack of one hub, exactly, by depth-first branch and bound over ranked items.

The search of E. Horowitz and S. Sahni (Journal of the ACM 21, 1974) with the fractional bound of G. B. Dantzig
(Operations Research 5, 1957): which sites pay most in the room of a hub.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hubspoke.base.compiled import njit

PATIENCE = 500
"""Steps after which the search stops and the fractional bound stands in for the optimum."""


@njit(cache=True, nogil=True)
def fill_knapsack(count: Any, profit: Any, weight: Any, room: Any, taken: Any) -> Any:
    """Choose items of the largest profit that fit.

    Items are ranked by profit per weight; a branch is left when filling its room with the next items, the last one in
    part, cannot beat the best choice (E. Horowitz, S. Sahni, Journal of the ACM 21, 1974).

    Parameters
    ----------
    count : int
        Items; the arrays may be longer.
    profit, weight : (count,)
        Profits above 0, weights of 0 to `room`.
    room : float
    taken : (count,)
        Written: 1 for each item of the choice.

    Returns
    -------
    (float, float, float)
        Profit of the choice; a bound no choice exceeds, the same unless patience ended; profit per weight of the first
        item that does not fit (0 when all fit): the price of room in the fractional problem.
    """
    if count == 0:
        return 0.0, 0.0, 0.0
    # Rank by profit per weight, the order of Dantzig's bound; items without weight come first.
    ratio = np.empty(count)
    for j in range(count):
        ratio[j] = -profit[j] / max(weight[j], 1e-300)
    order = np.argsort(ratio, kind="mergesort")
    inside, best_inside = np.zeros(count, np.uint8), np.zeros(count, np.uint8)
    best, value, left = 0.0, 0.0, room
    relaxed, price = -1.0, 0.0
    j, steps = 0, 0
    # Invariant: items before j in the rank are decided (`inside`), `value` and `left` are theirs. Going down takes
    # the
    # next items as long as they fit; going up gives back the last one taken.
    while steps <= PATIENCE:
        reach, rest, k = value, left, j
        while k < count and weight[order[k]] <= rest:
            reach += profit[order[k]]
            rest -= weight[order[k]]
            k += 1
        # Dantzig's bound of the branch: the first item that does not fit, in part.
        limit = reach
        if k < count:
            limit += rest * profit[order[k]] / weight[order[k]]
        # The first descent is the fractional optimum of the whole; its break item prices the room.
        if relaxed < 0.0:
            relaxed = limit
            if k < count:
                price = profit[order[k]] / weight[order[k]]
        # A branch must beat the best by more than rounding, or ties would be searched to the end.
        if limit > best + 1e-9 * max(1.0, relaxed):
            inside[j:k] = 1
            value, left = reach, rest
            if value > best:
                best = value
                best_inside[:k], best_inside[k:] = inside[:k], 0
            if k + 1 < count:
                inside[k] = 0
                j = k + 1
                steps += 1
                continue
            j = k
        # Backtrack: drop the last item taken, and go on with the next one in the rank.
        i = j - 1
        while i >= 0 and inside[i] == 0:
            i -= 1
        if i < 0:
            break
        inside[i] = 0
        value -= profit[order[i]]
        left += weight[order[i]]
        j = i + 1
        steps += 1
    for k in range(count):
        taken[order[k]] = best_inside[k]
    return best, (best if steps <= PATIENCE else relaxed), price
