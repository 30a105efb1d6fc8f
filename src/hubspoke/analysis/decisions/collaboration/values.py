"""Divisions of a cost by formula: Shapley's value, and in proportion."""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.analysis.decisions.collaboration.game import Game
    from hubspoke.base.arrays import Floats


def find_shapley(game: Game) -> Floats | None:
    """Return what each member adds to the cost of those before it, on average over all orders of joining, shape (N,).

    Shapley (1953). None where some coalition has no plan, so that what joining it adds is not known.

    Parameters
    ----------
    game : Game
    """
    if not np.isfinite(game.cost).all():
        return None
    members, inside = game.members, game.inside
    size = inside.sum(axis=1)
    weight = np.array([factorial(n) * factorial(members - n - 1) / factorial(members) for n in range(members)])
    share = np.zeros(members)
    for member in range(members):
        without = np.flatnonzero(~inside[:, member])
        added = game.cost[without | (1 << member)] - game.cost[without]
        share[member] = weight[size[without]] @ added
    return share


def divide_by(game: Game, measure: Floats) -> Floats | None:
    """Return the cost of all in proportion to a measure of each member, shape (N,).

    Parameters
    ----------
    game : Game
    measure : float array, shape (N,)
        None comes back where it is not known of a member, or 0 in all.
    """
    total = float(measure.sum())
    if not np.isfinite(measure).all() or not total > 0:
        return None
    return np.asarray(game.together * measure / total)
