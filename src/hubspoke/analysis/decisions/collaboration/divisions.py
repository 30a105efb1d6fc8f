"""All divisions of a cost, each with whether it keeps everybody in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.analysis.decisions.collaboration.equal_profit import find_equal_profit
from hubspoke.analysis.decisions.collaboration.nucleolus import find_nucleolus
from hubspoke.analysis.decisions.collaboration.stability import judge_division
from hubspoke.analysis.decisions.collaboration.values import divide_by, find_shapley

if TYPE_CHECKING:
    from hubspoke.analysis.decisions.collaboration.game import Game
    from hubspoke.analysis.decisions.collaboration.stability import Stability
    from hubspoke.base.arrays import Floats

SHAPLEY, NUCLEOLUS, EQUAL_PROFIT, BY_COST, BY_TONNES = "shapley", "nucleolus", "equal_profit", "by_cost", "by_tonnes"
"""Ways to divide a cost."""


@dataclass(frozen=True, eq=False)
class Division:
    """One way to divide the cost of all.

    Attributes
    ----------
    method : {"shapley", "nucleolus", "equal_profit", "by_cost", "by_tonnes"}
    share : float array, shape (N,), or None
        What each member pays; None where the method has no answer.
    stability : Stability or None
    """

    method: str
    share: Floats | None
    stability: Stability | None


def divide_cost(game: Game, mass: Floats) -> tuple[Division, ...]:
    """Divide the cost of all in every way.

    Parameters
    ----------
    game : Game
    mass : float array, shape (N,)
        Tonnes of packs of each member.
    """
    shares = {
        SHAPLEY: find_shapley(game),
        NUCLEOLUS: find_nucleolus(game),
        EQUAL_PROFIT: find_equal_profit(game),
        BY_COST: divide_by(game, game.alone),
        BY_TONNES: divide_by(game, mass),
    }
    return tuple(
        Division(method, share, None if share is None else judge_division(game, share))
        for method, share in shares.items()
    )
