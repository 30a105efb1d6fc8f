"""Make findings, with place and cure, of the rows of a table that break a rule."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.errors import Finding
from hubspoke.base.spelling import find_nearest

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
    """Make a finding for each masked row; `tell` returns problem and cure for the text of the cell in `column`."""
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
    """Make a finding for each masked row of a typed table.

    Parameters
    ----------
    frame : DataFrame
        With the columns `_file` and `_row`, from which the findings take their places.
    mask : bool array, shape (rows,)
        Rows that break the rule.
    column : str
        Column that the findings name.
    tell : callable
        Takes a row as a dict by column, and returns the problem and the cure.
    kind : str
        Short name of the rule.
    fatal : bool
        False for warnings.

    Returns
    -------
    list of Finding
        In the order of the rows.
    """
    findings: list[Finding] = []
    if not mask.any():
        return findings
    for row in frame.loc[mask].to_dict("records"):
        problem, cure = tell({str(key): value for key, value in row.items()})
        findings.append(Finding(row[FILE], int(row[ROW]), column, problem, cure, fatal=fatal, kind=kind))
    return findings


def find_repeats(frame: pd.DataFrame, keys: list[str], column: str) -> list[Finding]:
    """Make a finding for each row of a typed table whose keys stand in an earlier row.

    Parameters
    ----------
    frame : DataFrame
        With the columns `_file` and `_row`.
    keys : list of str
        Columns that no two rows may share; rows without the first of them do not count.
    column : str
        Column that the findings name.

    Returns
    -------
    list of Finding
    """
    repeated = (frame.duplicated(keys) & (frame[keys[0]] != "")).to_numpy()
    if not repeated.any():
        return []
    first = frame.drop_duplicates(keys).set_index(keys)[[FILE, ROW]]

    def tell(row: dict[str, Any]) -> tuple[str, str]:
        values = [row[key] for key in keys]
        earlier = first.loc[values[0] if len(values) == 1 else tuple(values)]
        shown = ", ".join(f"{value:g}" if isinstance(value, float) else repr(value) for value in values if value != "")
        return f"{shown} stands in row {earlier[ROW]} of {earlier[FILE]} too", "keep one of the two rows"

    return find_in_frame(frame, repeated, column, tell, kind="duplicate-row")


def among(cells: pd.Series[str], known: Collection[str]) -> NDArray[np.bool_]:
    """Return whether each cell is one of the known texts.

    Parameters
    ----------
    cells : Series of str, length n
    known : collection of str

    Returns
    -------
    bool array, shape (n,)
    """
    words = frozenset(known)
    return np.array([cell in words for cell in cells.tolist()], dtype=bool)


def show(cell: str) -> str:
    """Return a cell in quotation marks for a message, cut where it is long.

    Parameters
    ----------
    cell : str
    """
    return repr(cell if len(cell) <= LONGEST_SHOWN else cell[: LONGEST_SHOWN - 3] + "...")


def make_hints(known: Collection[str]) -> Callable[[str], str]:
    """Return a function that hints at the known text that a wrong one may mean.

    Comparing texts is slow. Only the first `MOST_HINTS` wrong texts get a hint, and none does where more than
    `MOST_COMPARED` are known.

    Parameters
    ----------
    known : collection of str
        Texts that could have been meant.

    Returns
    -------
    callable
        Takes a wrong text and returns `; is 'x' meant?`, to be put behind a cure; an empty text where there is no hint.
    """
    told: dict[str, str] = {}
    choices = sorted(known) if len(known) <= MOST_COMPARED else []

    def hint(value: str) -> str:
        if value not in told and len(told) < MOST_HINTS:
            same = next((choice for choice in choices if _one_form(choice) == _one_form(value)), None)
            near = find_nearest(value, choices) if same is None else None
            told[value] = f"; {same!r} is written in another form of the same letters" if same is not None else ""
            told[value] = told[value] if near is None else f"; is {near!r} meant?"
        return told.get(value, "")

    return hint


def _one_form(text: str) -> str:
    """Return a text in the form in which full and half width, upper and lower case are the same."""
    return unicodedata.normalize("NFKC", text).casefold()
