"""Findings of masked rows, with place and cure."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.errors import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.inputs.files.raw_table import RawTable

FILE, ROW = "_file", "_row"
LONGEST_SHOWN = 60
MOST_HINTS = 20
MOST_COMPARED = 5000


def find_rows(
    raw: RawTable,
    mask: NDArray[np.bool_],
    column: str,
    tell: Callable[[str], tuple[str, str]],
    *,
    kind: str,
    fatal: bool = True,
) -> list[Finding]:
    """Make a finding for each masked row; `tell` gives problem and cure for the cell's text."""
    cells = raw.columns.get(column, [""] * raw.length)
    findings = []
    for index in np.flatnonzero(mask).tolist():
        problem, cure = tell(cells[index])
        findings.append(Finding(raw.file, int(raw.rows[index]), column, problem, cure, fatal=fatal, kind=kind))
    return findings


def find_in_frame(
    frame: pd.DataFrame,
    mask: NDArray[np.bool_],
    column: str,
    tell: Callable[[dict[str, Any]], tuple[str, str]],
    *,
    kind: str,
    fatal: bool = True,
) -> list[Finding]:
    """Make a finding for each masked row of a typed table; `tell` gives problem and cure for the row."""
    findings: list[Finding] = []
    if not mask.any():
        return findings
    for row in frame.loc[mask].to_dict("records"):
        problem, cure = tell({str(key): value for key, value in row.items()})
        findings.append(Finding(row[FILE], int(row[ROW]), column, problem, cure, fatal=fatal, kind=kind))
    return findings


def among(cells: pd.Series[str], known: Collection[str]) -> NDArray[np.bool_]:
    """Say of each cell whether it is one of the known texts."""
    words = frozenset(known)
    return np.array([cell in words for cell in cells.tolist()], dtype=bool)


def show(cell: str) -> str:
    """Quote a cell for a message, cut where it is long."""
    return repr(cell if len(cell) <= LONGEST_SHOWN else cell[: LONGEST_SHOWN - 3] + "...")


def make_hints(known: Collection[str]) -> Callable[[str], str]:
    """Make a function that gives `; is 'x' meant?` for a wrong value, or nothing.

    Likeness is slow: only the first wrong values get a hint, and none does where too many are known.
    """
    told: dict[str, str] = {}
    choices = sorted(known) if len(known) <= MOST_COMPARED else []

    def hint(value: str) -> str:
        if value not in told and len(told) < MOST_HINTS:
            near = get_close_matches(value, choices, 1, 0.6)
            told[value] = f"; is {near[0]!r} meant?" if near else ""
        return told.get(value, "")

    return hint
