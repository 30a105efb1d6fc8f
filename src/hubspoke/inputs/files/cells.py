"""Cells of typed files as the text that a planner would type."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Any

MISSING = ("NaT", "<NA>")
ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|[A-Z/0]+[!?])|Err:\d{3}")
FORMULA = "\ue000"
"""Private sign before the formula of a workbook that has no stored result; texts that begin with `=` are texts."""
MARKS = ("#", "E", FORMULA)
TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
LONGEST_WHOLE = 1e15


def as_text(cell: Any) -> str:
    """Return a cell of a typed file as a planner would type it: whole numbers without a decimal point.

    Parameters
    ----------
    cell : any
        A number, a text, a date, or None, NaN or another mark of nothing.

    Returns
    -------
    str
        Empty where there is nothing.
    """
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < LONGEST_WHOLE:
        return str(int(cell))
    text = str(cell)
    return "" if text in MISSING and not isinstance(cell, str) else text


def tidy(cell: str) -> str:
    """Return a cell without blanks around it, in composed Unicode form; `="007"` is the text 007.

    Examples
    --------
    >>> tidy(' ="007" '), tidy(" 東京　")
    ('007', '東京')
    """
    text = unicodedata.normalize("NFC", cell).strip()
    match = TEXT_FORMULA.fullmatch(text) if text.startswith("=") else None
    return match[1].replace('""', '"') if match else text


def is_unstored(cell: str) -> bool:
    """Return whether a cell is no plain value: an error of a spreadsheet, or a formula without a stored result.

    Parameters
    ----------
    cell : str

    Returns
    -------
    bool

    Examples
    --------
    >>> is_unstored("#N/A"), is_unstored(FORMULA + "=A1+1"), is_unstored("#3 yard")
    (True, True, False)
    """
    return cell[:1] in MARKS and (cell.startswith(FORMULA) or ERROR.fullmatch(cell) is not None)
