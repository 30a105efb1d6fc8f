"""The 0-1 knapsack by branch and bound: fill one hub, to the optimum, with the whole sites that pay most.

The critical item of the fractional knapsack (G. B. Dantzig, "Discrete-variable extremum problems", Operations Research
5, 1957) is found by partial sorting, and only the core of items near its profit per weight is searched (E. Balas,
E. Zemel, "An algorithm for large zero-one knapsack problems", Operations Research 28, 1980; D. Pisinger, "A minimal
algorithm for the 0-1 knapsack problem", Operations Research 45, 1997): depth first, over ranked items, with Dantzig's
bound (E. Horowitz, S. Sahni, "Computing partitions with applications to the knapsack problem", Journal of the ACM 21,
1974; S. Martello, P. Toth, "Knapsack Problems", Wiley, 1990, chapter 2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import copy_into, njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints

PATIENCE = 500
"""Steps after which the search stops and the fractional bound stands in for the optimum."""

FEW_STEPS, MOST_CELLS = 100, 8_000
"""Steps after which dynamic programming over loads takes over, where it has no more cells: items times grains."""

FEW_ITEMS = 48
"""Items up to which all are sorted and searched: the core would cost more than it saves."""

WHOLE = 1e-6
"""Part of a grain by which room may fall short of a whole number by rounding."""

ROUNDING = 1e-9
"""Share of the fractional optimum by which a choice must be better to be looked for: less is rounding."""


@njit(cache=True, nogil=True)
def fill_knapsack(
    count: int, profit: Floats, weight: Floats, room: float, grain: float, taken: NDArray[np.uint8]
) -> tuple[float, float, float]:
    """Choose the items of largest total profit that fit.

    Parameters
    ----------
    count : int
        Items; the arrays may be longer.
    profit, weight : (count,)
        Profits above 0, weights of 0 to `room`.
    room : float
    grain : float
        What all weights are whole numbers of; 0 where nothing is known of it.
    taken : (count,)
        Written: 1 for each item of the choice.

    Returns
    -------
    (float, float, float)
        Profit of the choice; a bound that no choice exceeds by more than a billionth, the same unless patience ended;
        profit per weight of the first item that does not fit (0 when all fit): the price of room in the fractional
        problem.
    """
    few, many = int(np.int64(FEW_STEPS)), int(np.int64(PATIENCE))  # literals would have the search compiled twice
    order, ratio = np.arange(count), np.empty(count)
    for j in range(count):
        # 1e-300 ranks weightless items first without dividing by zero.
        ratio[j] = profit[j] / max(weight[j], 1e-300)
    if count <= FEW_ITEMS:
        order, critical, value, left = np.argsort(-ratio, kind="mergesort"), int(np.int64(0)), 0.0, room
        while critical < count and weight[order[critical]] <= left:
            value += profit[order[critical]]
            left -= weight[order[critical]]
            critical += 1
    else:
        critical, value, left = _find_critical(profit, weight, ratio, room, order)
    for n in range(count):
        taken[order[n]] = 1 if n < critical else 0
    if critical == count:
        return value, value, 0.0
    price = ratio[order[critical]]
    relaxed, best = value + left * price, value  # the fractional optimum, and the best choice so far
    slack = ROUNDING * max(1.0, relaxed)
    # What an item gains inside at the price of room: below 0 for those that the fractional choice leaves out.
    gain = profit[:count] - price * weight[:count]
    if count > FEW_ITEMS:
        best += _amend(profit, weight, left, order, critical, taken)
        size, value, left = _narrow(profit, weight, gain, relaxed - best + slack, order, count, 0.0, room)
        copy_into(order, order[:size][np.argsort(-ratio[order[:size]], kind="mergesort")])
    else:
        size, value, left = count, 0.0, room
    best, ended = _search_core(profit, weight, gain, order, size, value, left, best, slack, few, taken)
    if ended:
        return best, best, price
    # With the best choice so far the core is smaller: it is filled by loads, or searched anew.
    size, value, left = _narrow(profit, weight, gain, relaxed - best + slack, order, size, value, left)
    if grain > 0.0 and size * left <= MOST_CELLS * grain:
        best = _fill_by_load(profit, weight, gain, order, size, value, left, best, grain, taken)
        return best, best, price
    best, ended = _search_core(profit, weight, gain, order, size, value, left, best, slack, many, taken)
    return best, (best if ended else relaxed), price


@njit(cache=True, nogil=True)
def _narrow(
    profit: Floats, weight: Floats, gain: Floats, margin: float, order: Ints, size: int, value: float, left: float
) -> tuple[int, float, float]:
    """Put the core in front of `order`: of its first `size` items, those that may be otherwise than the fractional one.

    Forced in or out against the fractional choice, an item costs what it gains or loses at the price of room; if that
    is more than the margin, it stays as it is. Return the size of the core, and what the other items inside are worth
    and leave; `value` and `left` are that for those behind the first `size`.
    """
    kept = int(np.int64(0))  # a literal would have the search compiled twice
    for n in range(size):
        j = order[n]
        if abs(gain[j]) <= margin:
            order[n], order[kept] = order[kept], j
            kept += 1
        elif gain[j] > 0.0:
            value += profit[j]
            left -= weight[j]
    return kept, value, left


@njit(cache=True, nogil=True)
def _write(order: Ints, size: int, gain: Floats, inside: NDArray[np.uint8], taken: NDArray[np.uint8]) -> None:
    """Write a choice: items of the core as they are `inside`, the others as in the fractional choice."""
    for n in range(len(order)):
        taken[order[n]] = inside[n] if n < size else gain[order[n]] > 0.0


@njit(cache=True, nogil=True)
def _fill_by_load(
    profit: Floats,
    weight: Floats,
    gain: Floats,
    order: Ints,
    size: int,
    value: float,
    left: float,
    best: float,
    grain: float,
    taken: NDArray[np.uint8],
) -> float:
    """Fill what is left with items of the core, by dynamic programming; return the profit of the best choice.

    R. Bellman, "Dynamic Programming", Princeton 1957. `taken` is written where that beats the `best` one so far.
    """
    room = int(np.floor(left / grain + WHOLE))
    most = np.zeros((size + 1, room + 1))  # that the items before n are worth in so much room
    load = np.empty(size, np.int64)
    for n in range(size):
        load[n] = min(int(np.round(weight[order[n]] / grain)), room + 1)
        worth, shift = profit[order[n]], load[n]
        for a in range(shift):
            most[n + 1, a] = most[n, a]
        for a in range(shift, room + 1):
            with_item, without = most[n, a - shift] + worth, most[n, a]
            most[n + 1, a] = with_item if with_item > without else without  # noqa: FURB136 - `max` is no vector loop
    if value + most[size, room] <= best:
        return best
    inside, a = np.zeros(size, np.uint8), room
    for n in range(size - 1, -1, -1):
        if most[n + 1, a] > most[n, a]:
            inside[n] = 1
            a -= load[n]
    _write(order, size, gain, inside, taken)
    found: float = value + most[size, room]
    return found


@njit(cache=True, nogil=True)
def _find_critical(profit: Floats, weight: Floats, ratio: Floats, room: float, order: Ints) -> tuple[int, float, float]:
    """Put the items that the fractional choice takes whole first in `order`, and the critical one behind them.

    Return the place of the critical item, what the ones before it are worth, and the room they leave. Partial sorting,
    as in C. A. R. Hoare's "Algorithm 65: Find" (Communications of the ACM 4, 1961).
    """
    low, high, value, left = 0, len(order), 0.0, room
    # Invariant: items before `low` pay at least as much per weight as those up to `high`, fit, are worth `value` and
    # leave `left`; those up to `high` pay at least as much as the rest, and unless `high` is the end, they do not fit.
    while low < high:
        a, b, c = ratio[order[low]], ratio[order[(low + high) // 2]], ratio[order[high - 1]]
        pivot = max(min(a, b), min(max(a, b), c))  # the middle one of three
        above, at, below, more, worth = low, low, high, 0.0, 0.0
        while at < below:
            j = order[at]
            if ratio[j] > pivot:
                order[at], order[above] = order[above], j
                more += weight[j]
                worth += profit[j]
                above, at = above + 1, at + 1
            elif ratio[j] < pivot:
                below -= 1
                order[at], order[below] = order[below], j
            else:
                at += 1
        if more > left:
            high = above
            continue
        low, value, left = above, value + worth, left - more
        # Those that pay the pivot itself, one by one.
        while low < below:
            j = order[low]
            if weight[j] > left:
                return low, value, left
            low, value, left = low + 1, value + profit[j], left - weight[j]
    return low, value, left


@njit(cache=True, nogil=True)
def _amend(profit: Floats, weight: Floats, left: float, order: Ints, critical: int, taken: NDArray[np.uint8]) -> float:
    """Take one more item that still fits, or the critical one for one of the others, whichever gains most."""
    gain, one, other = 0.0, -1, -1
    for n in range(critical, len(order)):
        j = order[n]
        if weight[j] <= left and profit[j] > gain:
            gain, one = profit[j], j
    last = order[critical]
    for n in range(critical):
        j = order[n]
        if weight[last] - weight[j] <= left and profit[last] - profit[j] > gain:
            gain, one, other = profit[last] - profit[j], last, j
    if one >= 0:
        taken[one] = 1
    if other >= 0:
        taken[other] = 0
    return gain


@njit(cache=True, nogil=True)
def _search_core(
    profit: Floats,
    weight: Floats,
    gain: Floats,
    order: Ints,
    size: int,
    value: float,
    left: float,
    best: float,
    slack: float,
    patience: int,
    taken: NDArray[np.uint8],
) -> tuple[float, bool]:
    """Look for a better choice among the ranked items of the core, depth first; return its profit, and if it ended.

    `value` and `left` are what the other items inside are worth and leave. `taken` is written where there is a better
    choice than the `best` one so far.
    """
    core = order[:size]
    inside, best_inside = np.zeros(size, np.uint8), np.zeros(size, np.uint8)
    known = best
    j, steps = 0, 0
    # Invariant: the items ranked before j are decided, `value` is the profit and `left` the free room of those inside;
    # of all choices searched so far, none is better than `best` (but for the tolerance below).
    while steps <= patience:
        # Forward move: put in the next items as long as they fit, up to the critical one.
        reach, rest, critical = value, left, j
        while critical < size and weight[core[critical]] <= rest:
            reach += profit[core[critical]]
            rest -= weight[core[critical]]
            critical += 1
        # Dantzig's bound on this branch: the critical item goes in with the part that fits.
        limit = reach
        if critical < size:
            limit += rest * profit[core[critical]] / weight[core[critical]]
        # A branch must promise a billionth more than the best: less is rounding, and ties would be searched in vain.
        if limit > best + slack:
            inside[j:critical] = 1
            value, left = reach, rest
            if value > best:
                best = value
                best_inside[critical:] = 0
                copy_into(best_inside, inside[:critical])
            # The critical item stays out for lack of room; lighter ones after it may still fit.
            if critical + 1 < size:
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
        value -= profit[core[i]]
        left += weight[core[i]]
        j = i + 1
        steps += 1
    if best > known:
        _write(order, size, gain, best_inside, taken)
    return best, steps <= patience
