"""A game of costs: what every coalition of members would pay by itself.

Coalitions are numbered by their members: member i is in coalition k where bit i of k is set, so that 0 is nobody and
the last one everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Bools, Floats, Ints


@dataclass(frozen=True, eq=False)
class Game:
    """What every coalition of N members costs.

    Attributes
    ----------
    cost : float array, shape (2**N,)
        Of the plan that was found, 0 for nobody, infinite where a coalition has none.
    bound : float array, shape (2**N,)
        No plan of the coalition costs less.
    """

    cost: Floats
    bound: Floats

    @classmethod
    def of(cls, cost: Floats) -> Game:
        """Return the game in which every cost is proven.

        Parameters
        ----------
        cost : float array, shape (2**N,)
        """
        return cls(cost, cost)

    @property
    def members(self) -> int:
        """Number of members."""
        return len(self.cost).bit_length() - 1

    @cached_property
    def inside(self) -> Bools:
        """Who is in each coalition, shape (2**N, N)."""
        return list_coalitions(self.members)

    @property
    def alone(self) -> Floats:
        """What each member costs by itself, shape (N,)."""
        return np.asarray(self.cost[1 << np.arange(self.members)])

    @property
    def together(self) -> float:
        """What all cost together."""
        return float(self.cost[-1])

    @property
    def parts(self) -> Ints:
        """Coalitions that have a plan of their own, but for nobody and everybody."""
        inner = np.arange(1, len(self.cost) - 1)
        return inner[np.isfinite(self.cost[inner])]


def list_coalitions(members: int) -> Bools:
    """Return who is in each coalition, shape (2**N, N).

    Parameters
    ----------
    members : int

    Examples
    --------
    >>> list_coalitions(2).astype(int).tolist()
    [[0, 0], [1, 0], [0, 1], [1, 1]]
    """
    return np.asarray((np.arange(1 << members)[:, None] >> np.arange(members)) & 1, bool)
