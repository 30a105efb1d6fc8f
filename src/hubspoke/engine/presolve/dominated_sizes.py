"""Drop the sizes of plants that no cheapest plan needs: dominated ones, and those too small for what must enter.

With one hub a region and one refinery in all, what enters each is known before the search, and one size of each plant
is left. Plants on an echelon of many choices keep the sizes up to the first that holds all that could come, and its
capacity is lowered to that (coefficient tightening): the relaxation then pays for the whole plant, not for a share.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.problem.problem import FORCED_CLOSED, FORCED_OPEN
from hubspoke.engine.problem.steps import Steps

if TYPE_CHECKING:
    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.engine.problem.counts import Counts
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution

LENIENCE = 1e-9
"""Share of a tonnage by which rounding may make a size seem too small."""


@dataclass(frozen=True, eq=False)
class FewerSizes:
    """A problem with some sizes dropped.

    Attributes
    ----------
    problem : Problem
    hub_size, refinery_size : int arrays, shape (H, fewer sizes), (R, fewer sizes)
        Which size of the original each kept one is.
    """

    problem: Problem
    hub_size: Ints
    refinery_size: Ints

    def expand(self, solution: Solution) -> Solution:
        """Return the same plan in the sizes of the original."""
        return replace(
            solution,
            hub_size=_look_up(self.hub_size, solution.hub_size),
            refinery_size=_look_up(self.refinery_size, solution.refinery_size),
        )


def drop_dominated_sizes(problem: Problem) -> FewerSizes:
    """Drop sizes without which the optimum stays what it is.

    A size is dropped where another holds as much as could come to the plant, for no more; and where it is too small for
    what must come to whichever plant of its group is open, as there may be only one.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    FewerSizes
    """
    reach = np.isfinite(problem.collection_cost) & (problem.hub_state != FORCED_CLOSED)
    mass = problem.mass
    most_at_hubs = mass @ reach
    kept_hubs = _keep(
        problem.hubs,
        most_t=most_at_hubs,
        least_t=_least_at_hubs(problem, reach),
        forced=problem.hub_state == FORCED_OPEN,
        saving=problem.shared_saving,
    )
    least_t, most_t = _black_mass(problem, reach)
    kept_refineries = _keep(
        problem.refineries,
        most_t=most_t,
        least_t=least_t,
        forced=problem.refinery_state == FORCED_OPEN,
        saving=np.zeros_like(problem.refineries.fixed),
    )
    hub_size, refinery_size = _order(kept_hubs), _order(kept_refineries)
    fewer = problem.derive(
        hubs=_take(problem.hubs, kept_hubs, hub_size, most_at_hubs),
        refineries=_take(problem.refineries, kept_refineries, refinery_size, most_t),
        shared_saving=np.where(
            np.take_along_axis(kept_hubs, hub_size, axis=1),
            np.take_along_axis(problem.shared_saving, hub_size, axis=1),
            0.0,
        ),
    )
    return FewerSizes(fewer, hub_size, refinery_size)


def _least_at_hubs(problem: Problem, reach: Bools) -> Floats:
    """Return what must enter each hub if it is open, as its group may have no other, shape (H,).

    Those are the sites that must be served and have no lane out of the group.
    """
    least = np.zeros(problem.n_hubs)
    must = ~np.isfinite(problem.skip_cost)
    for group in _single(problem.hub_counts):
        inside = problem.hub_counts.group == group
        captive = must & ~reach[:, ~inside].any(axis=1)
        least[inside] = problem.mass[captive].sum()
    return least


def _black_mass(problem: Problem, reach: Bools) -> tuple[Floats, Floats]:
    """Return the least and the most that must and can enter each refinery if it is open, shape (R,) each.

    There is a least only where one refinery may be open in all: it gets everything.
    """
    made = np.einsum("sp,hp->sh", problem.supply, problem.yields.sum(axis=2))
    most = float(np.where(reach, made, 0.0).max(axis=1, initial=0.0).sum())
    fewest = np.where(reach, made, np.inf).min(axis=1, initial=np.inf)
    served = ~np.isfinite(problem.skip_cost) & np.isfinite(fewest)
    counts = problem.refinery_counts
    groups = np.unique(counts.group)
    alone = counts.most_in_total <= 1 or (len(groups) == 1 and counts.most[groups[0]] <= 1)
    least = float(fewest[served].sum()) if alone else 0.0
    return np.full(problem.n_refineries, least), np.full(problem.n_refineries, most)


def _single(counts: Counts) -> list[int]:
    """Return the groups that may have one open plant at most."""
    if counts.most_in_total <= 1 and len(np.unique(counts.group)) == 1:
        return [int(group) for group in np.unique(counts.group)]
    return [int(group) for group in np.flatnonzero(counts.most <= 1)]


def _keep(steps: Steps, *, most_t: Floats, least_t: Floats, forced: Bools, saving: Floats) -> Bools:
    """Return which sizes to keep, shape (plants, sizes)."""
    kept = steps.exists.copy()
    if not kept.size:
        return kept
    large_enough = kept & (steps.capacity >= (least_t * (1 - LENIENCE))[:, None])
    kept = np.where((forced & ~large_enough.any(axis=1))[:, None], kept, large_enough)
    used = np.minimum(steps.capacity, most_t[:, None])
    alone = np.where(steps.exists, steps.fixed - saving, np.inf)  # what it costs beside an open refinery
    sizes = steps.fixed.shape[1]
    for size in range(sizes):
        for other in range(sizes):
            if other == size:
                continue
            no_worse = (
                kept[:, other]
                & (used[:, other] >= used[:, size])
                & (steps.fixed[:, other] <= steps.fixed[:, size])
                & (alone[:, other] <= alone[:, size])
                & (steps.variable[:, other] <= steps.variable[:, size])
            )
            kept[:, size] &= ~no_worse
    return kept


def _order(kept: Bools) -> Ints:
    """Return the kept sizes of each plant in ascending order, and behind them any others, shape (plants, fewer)."""
    most = int(kept.sum(axis=1).max(initial=0))
    order: Ints = np.argsort(~kept, axis=1, kind="stable")[:, : max(most, min(1, kept.shape[1]))]
    return order


def _take(steps: Steps, kept: Bools, order: Ints, most_t: Floats) -> Steps:
    """Return the kept sizes, of no more capacity than could come to the plant."""
    there = np.take_along_axis(kept, order, axis=1)
    capacity, fixed, variable = (
        np.take_along_axis(values, order, axis=1) for values in (steps.capacity, steps.fixed, steps.variable)
    )
    capacity = np.minimum(capacity, (most_t * (1 + LENIENCE))[:, None])
    return Steps(np.where(there, capacity, 0.0), np.where(there, fixed, np.inf), np.where(there, variable, 0.0))


def _look_up(kept: Ints, size: Ints) -> Ints:
    """Return the original size of each plant, -1 where it is closed, shape (plants,)."""
    found: Ints = np.full(len(size), -1, np.int64)
    plants = np.flatnonzero(size >= 0)
    found[plants] = kept[plants, size[plants]]
    return found
