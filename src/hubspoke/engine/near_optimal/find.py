"""Which other choices of plants cost nearly as little as the best one.

What shares nothing is searched part by part: a choice is within the limit where what its parts cost more than the best
adds up to no more. Such sums are counted without listing them all, and so are choices in which one refinery serves
groups that have one hub each; of those, only choices with more refineries are searched.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.stop import Stop
from hubspoke.engine.near_optimal.one_refinery import state_one_refinery
from hubspoke.engine.near_optimal.part import PartSearch, excess
from hubspoke.engine.near_optimal.sums import cheapest_sums, count_sums
from hubspoke.engine.parameters import DEFAULTS, EngineParameters
from hubspoke.engine.presolve.components import split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.engine.near_optimal.one_refinery import OneRefinery
    from hubspoke.engine.presolve.components import Component
    from hubspoke.engine.problem.problem import Problem


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
    one_refinery = state_one_refinery(problem)
    if one_refinery is not None and np.isfinite(one_refinery.totals).any():
        return _find_with_refineries(problem, one_refinery, within, most, gap, stop, parameters)
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


def _find_with_refineries(  # noqa: PLR0917 - what was asked
    problem: Problem,
    alone: OneRefinery,
    within: float,
    most: int,
    gap: float,
    stop: Stop,
    parameters: EngineParameters,
) -> NearOptimal | None:
    """Count the choices with one refinery by sums, and search those with two or more."""
    counts = problem.refinery_counts
    several = replace(counts, fewest_in_total=max(2, counts.fewest_in_total))
    search = PartSearch(problem.derive(refinery_counts=several), gap, stop, parameters)
    best = min(float(alone.totals.min()), np.inf if search.best is None else search.best.cost)
    if not np.isfinite(best):
        return None
    slack = within * abs(best)
    limit = best + slack
    counted = alone.count_within(limit, most)
    number, is_complete = counted.number, counted.is_exact and search.is_complete
    chosen, cost, in_all, in_none = counted.chosen, counted.cost, counted.in_all, counted.in_none
    if search.best is not None and search.best.bound <= limit:
        if search.best.cost <= limit:
            search.list_within(limit, most)
        surely = sum(one.cost <= limit for one in search.found)
        # one whose bound alone is within the limit may be another choice
        is_complete &= search.is_complete and surely == sum(one.bound <= limit for one in search.found) and surely > 0
        number += surely
        kept = [one for one in search.found if one.cost <= limit]
        chosen = np.concatenate([chosen, np.array([one.chosen for one in kept]).reshape(len(kept), chosen.shape[1])])
        cost = np.concatenate([cost, [one.cost for one in kept]])
        in_all, in_none = in_all & search.in_all, in_none & search.in_none
    elif search.best is None and not search.is_complete:
        in_all, in_none = np.zeros_like(in_all), np.zeros_like(in_none)
    order = np.argsort(cost, kind="stable")[:most]
    return NearOptimal(limit, best, number, is_complete, chosen[order], cost[order], in_all, in_none)


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
