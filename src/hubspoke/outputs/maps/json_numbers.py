"""Round numbers to what JSON needs to hold: integers where they are whole, and null where there is none."""

from __future__ import annotations

import math
from typing import Any

import numpy as np


def to_number(value: Any, decimals: int = 3) -> float | None:
    """Round a value for JSON.

    Parameters
    ----------
    value : number
    decimals : int
        Most decimals to keep.

    Returns
    -------
    int, float or None
        An int where the rounded number is whole; None for an infinite number or NaN.
    """
    number = float(value)
    if not math.isfinite(number):
        return None
    rounded = round(number, decimals)
    return int(rounded) if rounded == int(rounded) else rounded


def shorten(values: Any, decimals: int) -> list[float | None]:
    """Round every value of a column for JSON, as `to_number` does.

    Parameters
    ----------
    values : array of numbers, shape (n,)
    decimals : int
        Most decimals to keep.

    Returns
    -------
    list of int, float or None
    """
    return [to_number(value, decimals) for value in np.asarray(values, dtype=np.float64).tolist()]


def to_whole(values: Any) -> list[float | None]:
    """Round every value of a column to a whole number for JSON.

    Parameters
    ----------
    values : array of numbers, shape (n,)

    Returns
    -------
    list of int or None
    """
    return shorten(values, 0)
