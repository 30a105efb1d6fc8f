"""A second year with less to take in than the first: what stands is charged by what it took in then.

A plant is as large as the most it has taken in so far, and the engine charges capital by what is taken in each year. In
a dip that is too little for nearly all that stands. So its capital is charged in the first year, by the load of that,
for every plant that is there in it and does not grow into the dip: whatever becomes of the plant, it owes no less. Who
does grow is charged by the load of each year, as everywhere else. So sizes stand in three blocks:

* plain ones: in the first year those that pay for the dip too, in the dip those that have paid;
* those of the first year that grow into the dip;
* those of the dip that have grown, or are new.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Bools, Floats
    from hubspoke.costs.sizes import PlantSteps

FIRST, DIP = 0, 1
"""Positions of the year before and of the dip: earlier than the first year no plant can stand idle."""
BLOCKS = 3
"""Blocks of sizes where there is a dip."""


@dataclass(frozen=True, eq=False)
class Dip:
    """Whether the second of T planned years is a dip, and what a yen in every year counts, shape (T,)."""

    exists: bool
    weights: Floats

    def blocks(self, year: int) -> list[bool]:
        """Return which blocks of sizes there are in a year."""
        return [True, year == FIRST, year == DIP] if self.exists else [True]

    def charge(self, slope: Floats) -> Floats:
        """Return the capital that is charged for each tonne of each size, yen per year, shape (T, N, blocks of J).

        Parameters
        ----------
        slope : float array, shape (T, N, J)
            Capital of each tonne in every year.
        """
        if not self.exists:
            return slope
        plain = slope.copy()
        plain[FIRST] += slope[DIP] * self.weights[DIP] / self.weights[FIRST]
        plain[DIP] = 0.0
        return np.concatenate([plain, slope, slope], axis=2)

    def resize(self, larger: Bools, year: int) -> Floats:
        """Return what growing costs into a year, shape (N, sizes, sizes): nothing, or it is forbidden.

        Parameters
        ----------
        larger : bool array, shape (N, J, J)
            Whether a plant may grow from a size to another.
        year : int
        """
        grows = np.where(larger, 0.0, np.inf)
        if not self.exists:
            return grows
        never = np.full(larger.shape, np.inf)
        if year == DIP:
            return np.block([[never, never, never], [never, never, grows], [never, never, never]])
        stays = np.where(larger | np.eye(larger.shape[1], dtype=bool), 0.0, np.inf)
        return np.block([[grows, never, never], [never, never, never], [stays, never, never]])


def find_dip(tonnes: Sequence[float], weights: Floats) -> Dip:
    """Return whether there is less in the second year than in the first.

    Parameters
    ----------
    tonnes : sequence of float, length T
        All that there is in each year.
    weights : float array, shape (T,)
    """
    return Dip(len(tonnes) > 1 and tonnes[DIP] < tonnes[FIRST] and weights[FIRST] > 0, weights)


def stack_slopes(steps: Sequence[PlantSteps]) -> Floats:
    """Return the capital of each tonne in every year, yen per year, shape (T, N, J).

    Parameters
    ----------
    steps : sequence of PlantSteps, length T
    """
    return np.stack([step.capital_per_t for step in steps])
