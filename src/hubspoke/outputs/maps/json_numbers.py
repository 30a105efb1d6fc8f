"""Numbers as JSON holds them: rounded, whole where they are, and null where there is none."""

from __future__ import annotations

import math
from typing import Any

import numpy as np


def to_number(value: Any, decimals: int = 3) -> float | None:
    """Round to a plain number that JSON can hold; None where there is none."""
    number = float(value)
    if not math.isfinite(number):
        return None
    rounded = round(number, decimals)
    return int(rounded) if rounded == int(rounded) else rounded


def shorten(values: Any, decimals: int) -> list[float | None]:
    """Round every value of a column."""
    return [to_number(value, decimals) for value in np.asarray(values, dtype=np.float64).tolist()]


def to_whole(values: Any) -> list[float | None]:
    """Round every value of a column to a whole number."""
    return shorten(values, 0)
