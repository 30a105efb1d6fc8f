"""What of the costs of scenarios is made least: their mean, the worst, the worst regret, or the mean of a tail.

All are one form: the largest weighted sum of costs less a baseline, over weights that add up to 1 and stay below caps.
Filled greedily from the dearest scenario it is a number, and in a linear program it is

    least over t of  t + sum over scenarios of cap x max(0, cost - baseline - t)

(Rockafellar and Uryasev 2000, where the caps are probabilities over the size of the tail).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from hubspoke.base.arrays import Floats

ROUNDING = 1e-12
"""Relative room for the rounding of sums."""
WHOLE = 1e-9
"""Distance from 1 at which weights add up to it."""


@dataclass(frozen=True, eq=False)
class Measure:
    """A measure of the costs of T scenarios.

    Attributes
    ----------
    cap : float array, shape (T,)
        Most weight that each scenario may have; together 1 or more.
    baseline : float array, shape (T,)
        What is taken off each cost.
    """

    cap: Floats
    baseline: Floats

    def __post_init__(self) -> None:
        """Check."""
        if self.cap.shape != self.baseline.shape or self.cap.ndim != 1:
            raise ValueError(f"cap has shape {self.cap.shape}, baseline {self.baseline.shape}")
        if not np.isfinite(self.cap).all() or (self.cap < 0).any() or self.cap.sum() < 1 - WHOLE:
            raise ValueError("caps must be finite, 0 or more, and add up to 1 at least")
        if not np.isfinite(self.baseline).all():
            raise ValueError("baseline must be finite")

    @classmethod
    def worst(cls, count: int) -> Measure:
        """Return the measure of the dearest of so many scenarios, however likely it is."""
        return cls(np.ones(count), np.zeros(count))

    @classmethod
    def regret(cls, least: ArrayLike) -> Measure:
        """Return the measure of the largest regret.

        Parameters
        ----------
        least : float array, shape (T,)
            What each scenario would cost with the plants that are best for it alone.
        """
        least = np.asarray(least, float)
        return cls(np.ones(len(least)), least)

    @classmethod
    def cvar(cls, probability: ArrayLike, alpha: float) -> Measure:
        """Return the mean cost of the dearest share 1 - alpha of all that may come.

        Parameters
        ----------
        probability : float array, shape (T,)
        alpha : float
            0 or more, below 1; 0 is the expected cost.
        """
        probability = np.asarray(probability, float)
        if not 0 <= alpha < 1:
            raise ValueError(f"alpha must be 0 or more and below 1, got {alpha}")
        if (probability < 0).any() or abs(probability.sum() - 1) > WHOLE:
            raise ValueError("probabilities must be 0 or more and add up to 1")
        cap = probability / probability.sum() / (1 - alpha)
        if alpha == 0:  # caps that add up to a little less than 1 would leave a linear program without a least level
            cap *= 1 + ROUNDING
        return cls(cap, np.zeros(len(probability)))

    def weights(self, cost: Floats) -> Floats:
        """Return the weights that are worst for some costs, shape (T,).

        Parameters
        ----------
        cost : float array, shape (T,)
        """
        found, left = np.zeros(len(self.cap)), 1.0
        for case in np.argsort(self.baseline - cost, kind="stable").tolist():
            found[case] = min(float(self.cap[case]), left)
            left -= found[case]
        return found

    def value(self, cost: Floats) -> float:
        """Return the measure of some costs; infinite where one is.

        Parameters
        ----------
        cost : float array, shape (T,)
        """
        if np.isposinf(cost).any():
            return np.inf
        weights = self.weights(cost)
        used = weights > 0
        return float(weights[used] @ (cost - self.baseline)[used])
