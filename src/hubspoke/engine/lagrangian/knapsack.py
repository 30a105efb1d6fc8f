"""The 0-1 knapsack by branch and bound: fill one hub, to the optimum, with the whole sites that pay most.

Depth-first search over items ranked by profit per weight (E. Horowitz, S. Sahni, "Computing partitions with
applications to the knapsack problem", Journal of the ACM 21, 1974; S. Martello, P. Toth, "Knapsack Problems", Wiley,
1990, chapter 2), with the bound of the fractional knapsack (G. B. Dantzig, "Discrete-variable extremum problems",
Operations Research 5, 1957).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats

PATIENCE = 500
"""Steps after which the search stops and the fractional bound stands in for the optimum."""


@njit(cache=True, nogil=True)
def fill_knapsack(
    count: int, profit: Floats, weight: Floats, room: float, taken: NDArray[np.uint8]
) -> tuple[float, float, float]:
    """Choose the items of largest total profit that fit.

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
        Profit of the choice; a bound that no choice exceeds by more than a billionth, the same unless patience ended;
        profit per weight of the first item that does not fit (0 when all fit): the price of room in the fractional
        problem.
    """
    if count == 0:
        return 0.0, 0.0, 0.0
    ratio = np.empty(count)
    for j in range(count):
        # 1e-300 ranks weightless items first without dividing by zero.
        ratio[j] = -profit[j] / max(weight[j], 1e-300)
    # A stable sort: equal ratios keep their order, so that compiled and plain runs choose alike.
    order = np.argsort(ratio, kind="mergesort")
    inside, best_inside = np.zeros(count, np.uint8), np.zeros(count, np.uint8)
    best, value, left = 0.0, 0.0, room
    relaxed, price = -1.0, 0.0
    j, steps = 0, 0
    # Invariant: the items ranked before j are decided, `value` is the profit and `left` the free room of those inside;
    # of all choices searched so far, none is better than `best` (but for the tolerance below).
    while steps <= PATIENCE:
        # Forward move: put in the next items as long as they fit, up to the critical one.
        reach, rest, critical = value, left, j
        while critical < count and weight[order[critical]] <= rest:
            reach += profit[order[critical]]
            rest -= weight[order[critical]]
            critical += 1
        # Dantzig's bound on this branch: the critical item goes in with the part that fits.
        limit = reach
        if critical < count:
            limit += rest * profit[order[critical]] / weight[order[critical]]
        if relaxed < 0.0:  # at the first move this is the fractional optimum, and its dual price of room
            relaxed = limit
            if critical < count:
                price = profit[order[critical]] / weight[order[critical]]
        # A branch must promise a billionth more than the best: less is rounding, and ties would be searched in vain.
        if limit > best + 1e-9 * max(1.0, relaxed):
            inside[j:critical] = 1
            value, left = reach, rest
            if value > best:
                best = value
                best_inside[:critical], best_inside[critical:] = inside[:critical], 0
            # The critical item stays out for lack of room; lighter ones after it may still fit.
            if critical + 1 < count:
                inside[critical] = 0
                j = critical + 1
                steps += 1
                continue
            j = critical
        # Backward move: the branch is bounded or complete, so the last item put in comes out.
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
