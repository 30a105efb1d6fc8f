"""The equal profit method: of all divisions that no coalition leaves, one by which relative savings are most alike.

Frisk, Göthe-Lundgren, Jörnsten and Rönnqvist (2010), for companies that share the transport of their wood.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog

from hubspoke.analysis.decisions.collaboration.nucleolus import find_least_core

if TYPE_CHECKING:
    from hubspoke.analysis.decisions.collaboration.game import Game
    from hubspoke.base.arrays import Floats


def find_equal_profit(game: Game) -> Floats | None:
    """Return the division by which the largest difference of two members' relative savings is least, shape (N,).

    Where the core is empty every coalition is asked as much more as it takes (the least core). Of several such
    divisions one comes back. None where a member has no cost alone to save of.

    Parameters
    ----------
    game : Game
    """
    members, alone, parts = game.members, game.alone, game.parts
    if not np.isfinite(alone).all() or not (alone > 0).all():
        return None
    unit = float(alone.max())
    asked = max(-find_least_core(game), 0.0)
    rows = [np.append(inside.astype(float), 0.0) for inside in game.inside[parts]]
    limits = [(cost + asked * (1 + 1e-9)) / unit for cost in game.cost[parts].tolist()]
    for one, other in permutations(range(members), 2):
        row = np.zeros(members + 1)
        row[one], row[other], row[-1] = unit / alone[one], -unit / alone[other], -1.0
        rows.append(row)
        limits.append(0.0)
    answer = linprog(
        c=[*np.zeros(members), 1.0],
        A_ub=np.array(rows) if rows else None,
        b_ub=limits or None,
        A_eq=[[*np.ones(members), 0.0]],
        b_eq=[game.together / unit],
        bounds=[(None, None)] * members + [(0.0, None)],
        method="highs",
    )
    return np.asarray(answer.x[:members] * unit) if answer.status == 0 else None
