"""Choices of plants that the master makes, and the boxes that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats

SLIGHT = 1e-3
"""Part of a size below which it counts as closed."""

Box = dict[int, tuple[float, float]]
"""Limits of columns that differ from those of the master: a part of all plans."""


@dataclass(frozen=True, eq=False)
class Choice:
    """An answer of the master.

    Attributes
    ----------
    value : float array, shape (width,)
    bound : float
        No plan of the box costs less; infinite where there is none.
    reduced : float array, shape (width,)
        Reduced costs.
    price : float array, shape (width,)
        What the steps of a plant pay for being open at a size; below zero for what they earn.
    """

    value: Floats
    bound: float
    reduced: Floats
    price: Floats
