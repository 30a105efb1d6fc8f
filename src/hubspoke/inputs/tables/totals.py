"""Find the rows below the data that sum the others, so that nothing counts twice."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hubspoke.inputs.files.raw_table import RawTable

WORD = re.compile(
    r"[【\[(<]?\s*(?:(?:総|小|累)?\s*計|合\s*計|総\s*合\s*計|全\s*体|全国計|[^\s]{1,6}(?:合計|小計)|"
    r"(?:grand\s*|sub\s*-?)?totals?|sum)\s*[】\])>:]?",
    re.IGNORECASE,
)
NAMES = ("id", "name", "name_ja", "region", "prefecture", "city", "address")
OWN_NAMES = ("id", "name", "name_ja", "city", "address")
"""Columns that only a place of its own fills in."""
CLOSE = 1e-6
"""Relative difference up to which a number is the sum of others."""


def leave_out_totals(raw: RawTable, amounts: Sequence[str]) -> tuple[RawTable, list[Finding]]:
    """Return a table without the rows that are totals for sure, and warnings on these and on what resembles one.

    A row is a total for sure if a text of it is a word for a total, and it has no place or holds the sum of the rows
    above; or if it has neither name nor place and holds that sum.

    Parameters
    ----------
    raw : RawTable
    amounts : sequence of str
        Columns whose sums count.

    Returns
    -------
    table : RawTable
        The same object where no row is left out.
    findings : list of Finding
    """
    numbers = {name: _numbers(raw.columns[name]) for name in amounts if name in raw.columns}
    drop: list[int] = []
    findings = []
    empty = [""] * raw.length
    lat, lon = (raw.columns.get(axis, empty) for axis in ("lat", "lon"))
    for row in range(raw.length):
        texts = [raw.columns[name][row] for name in NAMES if name in raw.columns]
        word = next((text for text in texts if WORD.fullmatch(unicodedata.normalize("NFKC", text))), None)
        placed = bool(lat[row] and lon[row])
        last = row == raw.length - 1
        if word is None and not last:
            continue
        sums = _is_sum(numbers, row, drop)
        named = any(raw.columns[name][row] for name in OWN_NAMES if name in raw.columns)
        sure = (sums or not placed) if word is not None else (sums and not placed and not named)
        told = f"looks like a total ({word!r})" if word is not None else "holds the sum of the rows above"
        number = int(raw.rows[row])
        if sure:
            drop.append(row)
            cure = "nothing, or remove the row"
            findings.append(Finding(raw.file, number, "", f"{told}; not read", cure, fatal=False, kind="total-row"))
        elif word is not None or (sums and raw.length > 3):
            problem, cure = f"{told}, but has a place; read as a row of its own", "remove the row if it is a total"
            findings.append(Finding(raw.file, number, "", problem, cure, fatal=False, kind="total-row"))
    if not drop:
        return raw, findings
    kept = np.setdiff1d(np.arange(raw.length), drop)
    columns = {name: [cells[row] for row in kept] for name, cells in raw.columns.items()}
    return replace(raw, columns=columns, rows=raw.rows[kept]), findings


def _is_sum(numbers: dict[str, NDArray[np.float64]], row: int, drop: Sequence[int]) -> bool:
    """Return whether all numbers of a row are the sums of those above it, or since the last total."""
    since = drop[-1] + 1 if drop else 0
    left = set(drop)
    above = [place for place in range(row) if place not in left]
    if len(above) < 2 or not numbers:
        return False
    mine = np.array([column[row] for column in numbers.values()])
    stated = np.isfinite(mine)
    if not stated.any() or not (mine[stated] > 0).any():
        return False
    for rows in (above, [place for place in above if place >= since]):
        sums = np.array([np.nansum(column[rows]) for column in numbers.values()])
        if np.allclose(mine[stated], sums[stated], rtol=CLOSE, atol=CLOSE):
            return True
    return False


def _numbers(cells: Sequence[str]) -> NDArray[np.float64]:
    import pandas as pd  # noqa: PLC0415 - heavy

    texts = np.array([cell.replace(",", "") for cell in cells], object)
    return np.asarray(pd.to_numeric(texts, errors="coerce"), np.float64)
