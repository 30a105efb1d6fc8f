"""Places in the plane with the least sum of weighted distances to points: the multi-source Weber problem.

A proven optimum over the points themselves (the p-median problem) is a good start, as Hansen, Mladenovic and Taillard
(1998) found; from there places and points are allotted in turn (Cooper 1964), each place moved to the weighted median
of its points by the iteration of Weiszfeld in the form of Vardi and Zhang (2000), which may pass through a point. The
best places found from there and from starts near by are the candidates of the next p-median problem, which combines
them (heuristic concentration, Rosing and ReVelle 1997), until none is better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import UsageError
from hubspoke.engine.optimize import optimize
from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.problem import Problem

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints

CLOSE = 1e-11
"""Relative change of the cost below which an iteration ends."""

SHAKES = 30
"""Fewest starts drawn near the best places in each round; two for every place, if these are more."""

CONCENTRATED = 12
"""Best answers of a round whose places are the candidates of its p-median problem."""

STALE = 2
"""Rounds without gain after which the search ends."""

STEPS = 5_000
"""Most steps of one weighted median; it gains less than `CLOSE` a step long before."""


@dataclass(frozen=True, eq=False)
class Places:
    """Places in the plane and what is allotted to them.

    Attributes
    ----------
    xy : float array, shape (k, 2)
    nearest : int array, shape (n,)
        Place of each point.
    cost : float
        Sum of weight times distance.
    """

    xy: Floats
    nearest: Ints
    cost: float


def place_in_plane(
    points: Floats, weight: Floats, count: int, *, gap: float = 1e-3, rounds: int = 20, seed: int = 0
) -> Places:
    """Choose places anywhere in the plane such that the weighted distances to the nearest are least in sum.

    Parameters
    ----------
    points : float array, shape (n, 2)
    weight : float array, shape (n,)
        0 or more.
    count : int
        Number of places, from 1 to n.
    gap : float
        Relative gap of each p-median problem.
    rounds : int
        Most of them.
    seed : int
        Of the shaken starts.

    Returns
    -------
    Places
        A local optimum: no place is better elsewhere for its points, and no point has a nearer place.

    Raises
    ------
    UsageError
        The number of places does not fit that of the points, or a number is not finite or below zero.
    """
    if not (np.isfinite(points).all() and np.isfinite(weight).all() and (weight >= 0).all()):
        raise UsageError("points and weights must be finite, weights 0 or more")
    if not 1 <= count <= len(points):
        raise UsageError(f"{count} places for {len(points)} points: give a number from 1 to that of the points")
    sites, index = np.unique(points, axis=0, return_inverse=True)
    mass = np.bincount(index.reshape(-1), weight, len(sites)).astype(np.float64)
    count = min(count, len(sites))
    rng = np.random.default_rng(seed)
    best = _alternate(sites, mass, _choose(sites, mass, sites, count, gap))
    stale = 0
    for _ in range(rounds):
        tried = [best, *(_alternate(sites, mass, _shake(rng, sites, best.xy)) for _ in range(max(SHAKES, 2 * count)))]
        # Only places of good answers: places side by side by the hundred make a p-median problem long to prove.
        good = sorted(tried, key=lambda places: places.cost)[:CONCENTRATED]
        candidates = np.unique(np.vstack([places.xy for places in good]), axis=0)
        tried.append(_alternate(sites, mass, _choose(sites, mass, candidates, count, gap)))
        found = min(tried, key=lambda places: places.cost)
        stale = stale + 1 if found.cost >= best.cost * (1 - CLOSE) else 0
        if stale == STALE:
            break
        best = found
    return Places(best.xy, best.nearest[index.reshape(-1)], best.cost)


def weighted_median(points: Floats, weight: Floats) -> Floats:
    """Return the place with the least sum of weighted distances to some points, shape (2,).

    Parameters
    ----------
    points : float array, shape (n, 2)
    weight : float array, shape (n,)
        0 or more; where all are 0 the place is the mean.
    """
    if not weight.sum() > 0:
        return np.asarray(points.mean(axis=0), np.float64)
    points, weight = points[weight > 0], weight[weight > 0]
    at = np.average(points, axis=0, weights=weight)
    before = np.inf
    for _ in range(STEPS):
        apart = points - at
        distance = np.hypot(apart[:, 0], apart[:, 1])
        cost = float(weight @ distance)
        if cost >= before * (1 - CLOSE):
            break
        before = cost
        away = distance > 0
        pull = weight[away] / distance[away]
        step = (pull @ points[away]) / pull.sum() if away.any() else at
        # Standing on a point, what pulls away must be stronger than the point itself, and only the rest of it counts.
        held = float(weight[~away].sum())
        force = float(np.hypot(*(pull @ apart[away]))) if away.any() else 0.0
        share = min(1.0, held / force) if force > 0 else 1.0
        at = (1 - share) * step + share * at if held else step
    return _nearest_or(points, weight, at)


def _nearest_or(points: Floats, weight: Floats, at: Floats) -> Floats:
    """Return the point nearest to a place where it is no worse, to which the iteration only creeps."""
    near = points[int(np.argmin(((points - at) ** 2).sum(axis=1)))]
    costs = [float(weight @ np.hypot(*(points - place).T)) for place in (near, at)]
    return near.copy() if costs[0] <= costs[1] * (1 + CLOSE) else at


def _shake(rng: np.random.Generator, sites: Floats, places: Floats) -> Floats:
    """Return the places with a few of them put on sites drawn at random."""
    moved = places.copy()
    some = rng.choice(len(places), size=min(len(places), int(rng.integers(1, 4))), replace=False)
    moved[some] = sites[rng.choice(len(sites), size=len(some), replace=False)]
    return moved


def _choose(sites: Floats, mass: Floats, candidates: Floats, count: int, gap: float) -> Floats:
    """Return the best places among candidates, shape (k, 2)."""
    apart = sites[:, None, :] - candidates[None, :, :]
    cost = mass[:, None] * np.hypot(apart[:, :, 0], apart[:, :, 1])
    room = np.full(len(candidates), float(mass.sum()))
    problem = Problem.build(
        mass, cost, room, np.zeros(len(candidates)), hub_counts=Counts.between(count, count, len(candidates))
    )
    return candidates[optimize(problem, gap=gap).hub_size >= 0]


def _alternate(sites: Floats, mass: Floats, places: Floats) -> Places:
    """Move places to the medians of their points and points to the nearest place, until neither gains."""
    before = np.inf
    while True:
        apart = sites[:, None, :] - places[None, :, :]
        distance = np.hypot(apart[:, :, 0], apart[:, :, 1])
        nearest = distance.argmin(axis=1)
        cost = float(mass @ distance[np.arange(len(sites)), nearest])
        if cost >= before * (1 - CLOSE):
            return Places(places, nearest, cost)
        before = cost
        moved = [weighted_median(sites[nearest == at], mass[nearest == at]) if (nearest == at).any() else place
                 for at, place in enumerate(places)]  # fmt: skip
        places = np.array(moved)
