"""What follows from a problem: most output of a hub, fewest plants, counts that cannot be met."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats
    from hubspoke.engine.problem.problem import Problem


ROOM_TOLERANCE = 1e-12
"""Share of its tonnes by which a plant may exceed its capacity: what sums of double numbers lose, and nothing more."""


def least_room(tonnes: Floats) -> Floats:
    """Return the least capacity that counts as room for tonnes.

    It is the one tolerance of room: plans keep it, bounds hold for all plans that do, and no row asks for more.

    Parameters
    ----------
    tonnes : float array
    """
    return tonnes * (1 - ROOM_TOLERANCE)


def largest_output(problem: Problem) -> NDArray[np.float64]:
    """Return the most of each grade that a hub can ever send out, shape (H, B).

    Parameters
    ----------
    problem : Problem
    """
    collected = np.zeros((problem.n_hubs, problem.supply.shape[1]))
    for first in range(0, problem.n_sites, SITES_AT_ONCE):
        sites = slice(first, first + SITES_AT_ONCE)
        collected += np.isfinite(problem.collection_cost[sites]).astype(float).T @ problem.supply[sites]
    by_supply = np.einsum("hp,hpb->hb", collected, problem.yields)
    largest_size = np.where(problem.hubs.exists, problem.hubs.capacity, 0.0).max(axis=1, initial=0.0)
    by_capacity = largest_size[:, None] * problem.yields.max(axis=1, initial=0.0)
    largest: NDArray[np.float64] = np.minimum(by_supply, by_capacity)
    return largest


def fewest_plants(largest: NDArray[np.float64], tonnes: float) -> int:
    """Count the plants needed to hold `tonnes` when the largest come first.

    Parameters
    ----------
    largest : float array, shape (plants,)
        Tonnes that each plant holds at its largest size.
    tonnes : float
        What must be held.
    """
    together = np.cumsum(np.sort(largest)[::-1])
    enough = int(np.searchsorted(together, tonnes * (1 - 1e-9))) + 1
    return min(enough, len(largest))


def counts_cannot_be_met(problem: Problem) -> bool:
    """Return whether some group must open more plants than it has.

    Parameters
    ----------
    problem : Problem
    """
    for counts, state, steps in (
        (problem.hub_counts, problem.hub_state, problem.hubs),
        (problem.refinery_counts, problem.refinery_state, problem.refineries),
    ):
        usable = (state >= 0) & steps.exists.any(axis=1)
        have = np.bincount(counts.group[usable], minlength=len(counts.fewest))
        forced = np.bincount(counts.group[state > 0], minlength=len(counts.fewest))
        if (have < counts.fewest).any() or (forced > counts.most).any() or (counts.fewest > counts.most).any():
            return True
        if int(usable.sum()) < counts.fewest_in_total or int((state > 0).sum()) > counts.most_in_total:
            return True
        if (~usable & (state > 0)).any():
            return True
    return False


SITES_AT_ONCE = 2_000
"""Sites whose lanes are looked at together where a copy of all lanes would only cost memory and time."""


def largest_group_output(problem: Problem) -> NDArray[np.float64]:
    """Return the most tonnes of each grade that can leave all hubs of a group together, shape (groups, B).

    Parameters
    ----------
    problem : Problem
    """
    groups = len(problem.hub_counts.fewest)
    most = np.zeros((groups, problem.n_grades))
    reach = np.isfinite(problem.collection_cost) & (problem.hub_state >= 0)
    for group in range(groups):
        inside = np.flatnonzero(problem.hub_counts.group == group)
        if len(inside):
            reached = problem.supply[reach[:, inside].any(axis=1)].sum(axis=0)
            most[group] = np.einsum("p,hpb->hpb", reached, problem.yields[inside]).max(axis=0).sum(axis=0)
    return most
