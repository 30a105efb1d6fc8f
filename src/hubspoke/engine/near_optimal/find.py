"""Which other choices of plants cost nearly as little as the best one.

What shares nothing is searched part by part: a choice is within the limit where what its parts cost more than the best
adds up to no more. Such sums are counted without listing them all.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.stop import Stop
from hubspoke.engine.near_optimal.part import PartSearch, excess
from hubspoke.engine.parameters import DEFAULTS, EngineParameters
from hubspoke.engine.presolve.components import split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.engine.presolve.components import Component
    from hubspoke.engine.problem.problem import Problem

EXACT_SUMS = 20_000_000
"""Sums of two parts up to which they are counted one by one."""
CELLS = 4_000
"""Parts of the limit by which they are counted beyond: each sum is rounded up, so that none is counted wrongly."""
ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class NearOptimal:
    """Choices of plants whose cost is within a limit, N plants: hubs first, then refineries.

    Attributes
    ----------
    limit : float
        Most that a choice may cost.
    best : float
        Cost of the cheapest one.
    number : int
        How many choices there are at least.
    is_complete : bool
        Whether there are no others.
    chosen : bool array, shape (choices, N)
        Which plants the cheapest that were found have, from cheap to dear.
    cost : float array, shape (choices,)
    in_all, in_none : bool array, shape (N,)
        Plants that every, or no, choice within the limit has, listed or not: proven.
    """

    limit: float
    best: float
    number: int
    is_complete: bool
    chosen: Bools
    cost: Floats
    in_all: Bools
    in_none: Bools


def find_near_optimal(
    problem: Problem,
    *,
    within: float,
    most: int = 100,
    gap: float = 1e-6,
    stop: Stop | None = None,
    parameters: EngineParameters = DEFAULTS,
) -> NearOptimal | None:
    """List the choices of plants that cost at most a share more than the cheapest one; None where there is no plan.

    Parameters
    ----------
    problem : Problem
    within : float
        Share of the least cost.
    most : int
        Choices that are listed at most, of the whole and of each part that shares nothing with the others.
    gap : float
        Relative gap to which each part is solved. Where a part may hold a choice within the limit, but none was found,
        there may be others than those counted.
    stop : Stop, optional
        Ends the search with what was found.
    parameters : EngineParameters
    """
    stop = Stop() if stop is None else stop
    components = split(problem)
    searches = [PartSearch(one.problem, gap, stop, parameters) for one in components]
    bests = [one.best for one in searches]
    if any(one is None for one in bests):
        return None
    best = sum(one.cost for one in bests if one is not None)
    slack = within * abs(best)
    for number, search in enumerate(searches):
        left = stop.seconds_left
        search.stop = stop if np.isinf(left) else stop.within(left / (len(searches) - number))
        search.list_within((0.0 if search.best is None else search.best.cost) + slack, most)
    more = [excess(one.found, one.found[0].cost) for one in searches]
    number, is_exact = count_sums([cost for cost, _ in more], slack)
    at_most = count_sums([np.sort(bound) for _, bound in more], slack)[0] if is_exact else -1
    picked, cost = cheapest_sums([cost for cost, _ in more], slack, most)
    return NearOptimal(
        limit=best + slack,
        best=sum(one.found[0].cost for one in searches),
        number=number,
        is_complete=is_exact and number == at_most and all(one.is_complete for one in searches),
        chosen=_spread(problem, components, [np.array([one.chosen for one in s.found]) for s in searches], picked),
        cost=cost + sum(one.found[0].cost for one in searches),
        in_all=_spread(problem, components, [one.in_all[None] for one in searches])[0],
        in_none=_spread(problem, components, [one.in_none[None] for one in searches])[0],
    )


def _spread(
    problem: Problem, components: Sequence[Component], rows: Sequence[Bools], picked: Ints | None = None
) -> Bools:
    """Put rows of parts together to rows of the whole; `picked` says which row of each part, shape (n, parts)."""
    picked = np.zeros((1, len(rows)), np.int64) if picked is None else picked
    whole = np.zeros((len(picked), problem.n_hubs + problem.n_refineries), bool)
    for at, (one, row) in enumerate(zip(components, rows, strict=True)):
        plants = np.concatenate([one.hubs, problem.n_hubs + one.refineries])
        whole[:, plants] = row[picked[:, at]]
    return whole


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


def most_different(found: NearOptimal, number: int) -> Ints:
    """Return which choices differ most from the cheapest and from each other, one after the other, shape (<= number,).

    Parameters
    ----------
    found : NearOptimal
    number : int
    """
    picked, away = [0], (found.chosen != found.chosen[0]).sum(axis=1)
    while len(picked) <= number and away.max(initial=0) > 0:
        picked.append(int(np.argmax(away)))
        away = np.minimum(away, (found.chosen != found.chosen[picked[-1]]).sum(axis=1))
    return np.array(picked[1:], np.int64)
