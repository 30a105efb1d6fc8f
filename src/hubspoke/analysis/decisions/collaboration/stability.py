"""Whether a division keeps everybody in: which coalition would pay less by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.analysis.decisions.collaboration.game import Game
    from hubspoke.base.arrays import Floats

SAME = 1e-9
"""Share of the cost of all up to which two amounts are the same."""
STAYS, LEAVES, UNKNOWN = "stays", "leaves", "unknown"


@dataclass(frozen=True)
class Stability:
    """Whether a division keeps everybody in.

    Attributes
    ----------
    outcome : {"stays", "leaves", "unknown"}
        `unknown` where only a plan that costs less than those found, by what is proven, could make a coalition leave.
    coalition : int
        That which gains most by leaving, or least by staying; 0 where none has a plan.
    gains : float
        What it would pay less by itself; below 0 where it pays less by staying.
    """

    outcome: str
    coalition: int
    gains: float


def judge_division(game: Game, share: Floats) -> Stability:
    """Return whether a coalition would leave a division.

    Parameters
    ----------
    game : Game
    share : float array, shape (N,)
        What each member pays.
    """
    parts = game.parts
    if not len(parts):
        return Stability(STAYS, 0, -np.inf)
    pays = game.inside[parts] @ share
    gains = pays - game.cost[parts]
    worst = int(np.argmax(gains))
    slack = SAME * max(abs(game.together), 1e-12)
    outcome = STAYS if (pays <= game.bound[parts] + slack).all() else UNKNOWN
    if gains[worst] > slack:
        outcome = LEAVES
    return Stability(outcome, int(parts[worst]), float(gains[worst]))
