"""Sums of one number of each of several lists: how many there are up to a limit, and the smallest."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Floats, Ints

EXACT_SUMS = 20_000_000
"""Sums of two parts up to which they are counted one by one."""
CELLS = 4_000
"""Parts of the limit by which they are counted beyond: each sum is rounded up, so that none is counted wrongly."""
ROUNDING = 1e-12


def count_sums(more: Sequence[Floats], slack: float) -> tuple[int, bool]:
    """Count the ways to take one number of each list such that they add up to no more than a limit.

    Parameters
    ----------
    more : sequence of float arrays
        Each ascending, from about 0 on.
    slack : float

    Returns
    -------
    number : int
        At least.
    is_exact : bool
    """
    slack += ROUNDING * abs(slack)
    lists = sorted((one[one <= slack - sum(float(other[0]) for other in more) + one[0]] for one in more), key=len)
    sums = np.zeros(1)
    for at, one in enumerate(lists):
        if at == len(lists) - 1:
            return int(np.searchsorted(one, slack - sums, side="right").sum()), True
        if len(sums) * len(one) > EXACT_SUMS:
            return _count_roughly([sums, *lists[at:]], slack), False
        sums = (sums[:, None] + one[None, :]).ravel()
        sums = sums[sums <= slack]
    return 1, True


def _count_roughly(lists: Sequence[Floats], slack: float) -> int:
    """Count sums of numbers that are rounded up to cells: no more than there are."""
    counts = np.zeros(CELLS + 1)
    counts[0] = 1.0
    for one in lists:
        cells = np.ceil(np.maximum(one, 0.0) / slack * CELLS * (1 - ROUNDING)).astype(np.int64)
        own = np.bincount(cells[cells <= CELLS], minlength=CELLS + 1)
        counts = np.convolve(counts, own)[: CELLS + 1]
    return int(counts.sum() * (1 - 1e-9))


def cheapest_sums(more: Sequence[Floats], slack: float, most: int) -> tuple[Ints, Floats]:
    """Return which number of each list the smallest sums take, shape (n, lists), and the sums, up to a limit.

    Parameters
    ----------
    more : sequence of float arrays
        Each ascending, from 0 on.
    slack : float
    most : int
    """
    slack += ROUNDING * abs(slack)
    first = (0,) * len(more)
    # a sum is followed by those with a larger number in the list changed last, or in one behind it
    waiting = [(float(sum(one[0] for one in more)), first, 0)]
    picked: list[tuple[int, ...]] = []
    sums: list[float] = []
    while waiting and len(picked) < most:
        total, at, last = heapq.heappop(waiting)
        picked.append(at)
        sums.append(total)
        for changed in range(last, len(more)):
            place = at[changed] + 1
            if place < len(more[changed]):
                larger = total + float(more[changed][place] - more[changed][at[changed]])
                if larger <= slack:
                    heapq.heappush(waiting, (larger, (*at[:changed], place, *at[changed + 1 :]), changed))
    return np.array(picked, np.int64).reshape(-1, len(more)), np.array(sums)
