"""Write the cells of numbers in the form and unit that the tables take."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.inputs.files.headings import unit_of

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBER = re.compile(r"([-+]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*([^\d.,\s][^,]*)?")
MINUS = str.maketrans("−‐‑–", "----")
DIGITS = 15
"""A double holds so many decimal digits for sure."""


@dataclass(frozen=True)
class Converted:
    """A cell as it is written, and whether its form was another one."""

    text: str
    changed: bool


def convert_cell(cell: str, factor: float, units: Mapping[str, float]) -> Converted:
    """Return a cell of numbers in half-width digits, without thousands separators and unit, in the column's unit.

    Parameters
    ----------
    cell : str
    factor : float
        From the unit of the title to that of the column.
    units : mapping of str to float
        Factors of the units that may stand in the cell, which then count instead.

    Returns
    -------
    Converted
        The cell as it is where it is no number for sure.

    Examples
    --------
    >>> units = {"t": 1.0, "kg": 0.001}
    >>> [convert_cell(cell, 1.0, units).text for cell in ("１，２００", "106t", "500 kg", "3,5", "約100")]
    ['1200', '106', '0.5', '3,5', '約100']
    """
    plain = unicodedata.normalize("NFKC", cell).strip().translate(MINUS)
    match = NUMBER.fullmatch(plain)
    if match is None:
        return Converted(_scale(plain, factor) if factor != 1 else cell, changed=False)
    sign, whole, decimals, unit = match.groups()
    if unit is not None:
        if unit_of(unit) not in units:
            return Converted(cell, changed=False)
        factor = units[unit_of(unit)]
    digits = f"{sign.replace('+', '')}{whole.replace(',', '')}{decimals or ''}"
    return Converted(_scale(digits, factor) if factor != 1 else digits, changed=digits != cell)


def _scale(text: str, factor: float) -> str:
    """Return a number times a factor; a text that is none stays as it is."""
    try:
        value = float(text)
    except ValueError:
        return text
    return f"{value * factor:.{DIGITS}g}" if math.isfinite(value) else text
