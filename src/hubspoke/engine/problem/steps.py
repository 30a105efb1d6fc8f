"""Capacity, fixed cost and variable cost of plants, size by size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Steps:
    """Capacity steps of plants; a plant is open at one step or closed.

    Attributes
    ----------
    capacity : float array, shape (plants, sizes)
        Tonnes per year that may enter; unused trailing sizes hold 0 with an infinite fixed cost.
    fixed : float array, shape (plants, sizes)
        Yearly cost of being open at that size.
    variable : float array, shape (plants, sizes)
        Cost per tonne that enters.
    """

    capacity: NDArray[np.float64]
    fixed: NDArray[np.float64]
    variable: NDArray[np.float64]

    @property
    def exists(self) -> NDArray[np.bool_]:
        """Whether a size can be chosen at all, shape (plants, sizes)."""
        return np.isfinite(self.fixed)


def check_steps(name: str, steps: Steps) -> None:
    """Raise ValueError where the steps of `name` have odd shapes or values that make no sense."""
    if not steps.capacity.shape == steps.fixed.shape == steps.variable.shape:
        raise ValueError(f"{name}: capacity, fixed and variable must have one shape")
    if np.isnan(steps.capacity).any() or (steps.capacity < 0).any():
        raise ValueError(f"{name}: capacity must be 0 or more")
    if np.isnan(steps.fixed).any() or np.isneginf(steps.fixed).any() or not np.isfinite(steps.variable).all():
        raise ValueError(f"{name}: fixed and variable cost must be numbers")
