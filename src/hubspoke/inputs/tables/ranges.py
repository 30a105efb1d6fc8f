"""The range in which a number of a table makes sense, by the unit in the name of its column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.inputs.tables.findings import find_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.errors import Finding
    from hubspoke.inputs.files.raw_table import RawTable

LEAST = 1e-6
"""Smaller numbers than this one, a gram of tonnes, are 0 or a mistake in every column."""
MOST = (
    (r"opens_from|retires", 2200),
    (r"km", 2e4),
    (r"distance_km", 5e4),
    (r".*_t", 1e9),  # the waste of all industries of Japan is 4e8
    (r".*_jpy_per_t", 1e9),
    (r".*_jpy_per_yr", 1e14),
    (r".*_kg_per_t", 1e6),
)
"""Largest number that makes sense, by the name of the column in full; the first that fits holds."""


def find_senseless(raw: RawTable, column: str, values: NDArray[np.float64], good: NDArray[np.bool_]) -> list[Finding]:
    """Report numbers that are too small or too large to be meant.

    Parameters
    ----------
    raw : RawTable
    column : str
    values : float array, shape (rows,)
    good : bool array, shape (rows,)
        Which of them are numbers.

    Returns
    -------
    list of Finding
    """
    most = next((limit for pattern, limit in MOST if re.fullmatch(pattern, column)), None)
    if most is None:
        return []
    size = np.abs(values)
    told = f"write a number up to {most:g}, in the unit of the column's name"
    if column == "distance_km":
        told += "; if these are metres, name the column distance_m"
    above = find_rows(
        raw, good & (size > most), column, lambda cell: (f"{cell} makes no sense there", told), kind="senseless"
    )
    tiny = good & (size > 0) & (size < LEAST)
    return [
        *above,
        *find_rows(raw, tiny, column, lambda cell: (f"{cell} is next to nothing", "write 0"), kind="senseless"),
    ]
