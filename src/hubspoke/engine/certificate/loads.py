"""What whole sites of whole tonnes cost at hubs that are all decided: the room that stays empty in all is known.

Room less what there is to serve is E, however sites are assigned. So no hub leaves more than E empty, and all together
leave exactly E: the best load of every hub, by what it leaves empty, and the best division of E among the hubs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.engine.problem.problem import Problem

    Floats = NDArray[np.float64]

MOST_WORK = 3e7
"""Table entries up to which loads are counted."""


def bound_by_loads(problem: Problem, site_price: Floats) -> float:
    """Return what every plan costs at least by loads; minus infinity where the problem is of another kind.

    Parameters
    ----------
    problem : Problem
    site_price : float array, shape (S,)
    """
    none = float("-inf")
    opened = np.flatnonzero(problem.hub_state > 0)
    usable = (problem.hub_state >= 0) & problem.hubs.exists.any(axis=1)
    must = bool(problem.single_sourcing and not problem.n_refineries and not np.isfinite(problem.skip_cost).any())
    if not must or usable.sum() > len(opened) or (problem.hubs.exists[opened].sum(axis=1) != 1).any():
        return none
    size = problem.hubs.exists[opened].argmax(axis=1)
    room, mass = problem.hubs.capacity[opened, size], problem.mass
    whole = bool((room == np.round(room)).all() and (mass == np.round(mass)).all() and (mass > 0).all())
    if not whole or len(mass) * float(room.sum()) > MOST_WORK:
        return none
    empty = round(float(room.sum() - mass.sum()))
    if empty < 0:
        return float("inf")
    weights = mass.astype(int)
    best = np.full(empty + 1, -np.inf)
    best[0] = 0.0
    for h, space, k in zip(opened.tolist(), room.astype(int).tolist(), size.tolist(), strict=True):
        gain = site_price - problem.collection_cost[:, h] - mass * problem.hubs.variable[h, k]
        best = _join(best, _earn_by_load(gain, weights, space)[::-1][: empty + 1], empty)
    fixed = float(problem.hubs.fixed[opened, size].sum())
    return float(site_price.sum()) + fixed - float(best[empty])


def _earn_by_load(gain: Floats, weights: NDArray[np.int64], room: int) -> Floats:
    """Return the most that sites of exactly so many tonnes earn together, for 0 to `room` tonnes."""
    table = np.full(room + 1, -np.inf)
    table[0] = 0.0
    for value, tonnes in zip(gain.tolist(), weights.tolist(), strict=True):
        if tonnes <= room and np.isfinite(value):
            table[tonnes:] = np.maximum(table[tonnes:], table[: room + 1 - tonnes] + value)
    return table


def _join(best: Floats, earned: Floats, empty: int) -> Floats:
    """Return the most that hubs earn with exactly so much empty in all, once one more is among them."""
    joined = np.full(empty + 1, -np.inf)
    for left, value in enumerate(earned.tolist()):
        if np.isfinite(value):
            joined[left:] = np.maximum(joined[left:], best[: empty + 1 - left] + value)
    return joined
