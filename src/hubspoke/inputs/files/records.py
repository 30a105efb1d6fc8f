"""A table as text, with the row numbers of a spreadsheet, and how its head is found among the first rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.base.errors import Finding
from hubspoke.inputs.files.headings import unit_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from hubspoke.inputs.files.headings import Headings

    Numbered = tuple[int, Sequence[str]]

MOST_ABOVE = 20
"""So many rows may stand above the header: titles, dates, remarks."""
NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+(?:e[-+]?\d+)?%?")
YEAR = re.compile(r"(?:fy)?20\d\d(?:年度?)?")
SURE = 4
"""So many known columns make the first row the header, without a look at the others."""
FEWEST = 2
"""So many known columns make a row a header where the first row is none."""


@dataclass(frozen=True)
class Records:
    """A table as text: its header, the rows that are not empty, and their numbers in a spreadsheet."""

    header: tuple[str, ...]
    records: list[Sequence[str]]
    rows: list[int]
    header_row: int = 1
    merged: frozenset[tuple[int, int]] = frozenset()
    """Row and column (from 0) of each cell that has its text from a merged area."""


def find_empty(name: str) -> Finding:
    """Return the finding for a file or sheet in which nothing is written."""
    cure = "write a header row and the data below it"
    return Finding(name, 0, "", "nothing is written there: it is empty", cure, kind="empty-file")


def count_known(cells: Sequence[str], headings: Headings) -> int:
    """Return how many different columns of a table the cells of a row name.

    Parameters
    ----------
    cells : sequence of str
    headings : Headings

    Returns
    -------
    int
    """
    meanings = (headings.find(cell) for cell in cells if cell.strip())
    return len({meaning.column for meaning in meanings if meaning is not None})


def split_records(
    numbered: Sequence[Numbered], name: str, headings: Headings, merged: Collection[tuple[int, int]] = ()
) -> tuple[Records, list[Finding]]:
    """Separate the header from the rows, fill up short rows, and tell what stands above the header or beside it.

    Parameters
    ----------
    numbered : sequence of (int, sequence of str)
        The rows that are not empty, at least one, with their numbers in a spreadsheet.
    name : str
        Name of the file in findings.
    headings : Headings
        By which the header is found.
    merged : collection of (int, int)
        Row and column (from 0) of each cell that has its text from a merged area.

    Returns
    -------
    records : Records
    findings : list of Finding
    """
    first, last = _find_head(numbered, headings)
    header, findings = _join_head(numbered, first, last, name, headings)
    header_row = numbered[last][0]
    findings += _tell_above(numbered, first, name)
    body = numbered[last + 1 :]
    if body and _is_unit_row(header, body[0][1], headings):
        header, plainly = _add_units(header, body[0][1], headings)
        if not plainly:
            problem = "a row of units, not of data; read as part of the header"
            cure = "write the unit behind each column's name, such as mass_t"
            findings.append(Finding(name, body[0][0], "", problem, cure, fatal=False, kind="unit-row"))
        body = body[1:]
    width = len(header)
    records: list[Sequence[str]] = []
    for row, record in body:
        if len(record) > width and any(map(str.strip, record[width:])):
            problem = f"{len(record)} fields where the header has {width}"
            cure = "put texts that hold a comma in quotation marks, or remove the extra fields"
            findings.append(Finding(name, row, "", problem, cure, kind="too-many-fields"))
        records.append([*record[:width], *[""] * (width - len(record))])
    kept = frozenset((row, column) for row, column in merged if row > header_row)
    return Records(tuple(header), records, [row for row, _ in body], header_row, kept), findings


def _find_head(numbered: Sequence[Numbered], headings: Headings) -> tuple[int, int]:
    """Return the first and the last row of the head, as places in `numbered`."""
    known = [count_known(numbered[0][1], headings)]
    if known[0] < SURE:
        known += [count_known(cells, headings) for _, cells in numbered[1 : MOST_ABOVE + 1]]
    best = max(range(len(known)), key=lambda place: (known[place], -place))
    if known[best] < FEWEST or known[best] <= known[0]:
        best = 0
    for first in (best, best - 1):  # a head of two rows: names below a word that is merged over them
        if first >= 0 and first + 1 < len(numbered) and _is_head(numbered[first + 1][1]):
            both = count_known(_combine(numbered[first][1], numbered[first + 1][1], headings), headings)
            if both > max(known[best], FEWEST - 1):
                return first, first + 1
    return best, best


def _is_head(cells: Sequence[str]) -> bool:
    """Return whether a row may be part of the head: it has texts, and no number that is not a year."""
    texts = [cell.strip().lower() for cell in cells if cell.strip()]
    return bool(texts) and not any(NUMBER.fullmatch(text) and not YEAR.fullmatch(text) for text in texts)


def _combine(upper: Sequence[str], lower: Sequence[str], headings: Headings) -> list[str]:
    width = max(len(upper), len(lower))
    above = [*upper, *[""] * (width - len(upper))]
    below = [*lower, *[""] * (width - len(lower))]
    titles: list[str] = []
    over = ""
    for high, low in zip(above, below, strict=True):
        over = high.strip() or (over if low.strip() else "")
        joined = f"{over} {low}".strip()
        choices = [low, joined] if low.strip() else [high]
        titles.append(next((title for title in choices if headings.find(title) is not None), joined or high))
    return titles


def _join_head(
    numbered: Sequence[Numbered], first: int, last: int, name: str, headings: Headings
) -> tuple[list[str], list[Finding]]:
    row, upper = numbered[last]
    if first == last:
        return list(upper), []
    titles = _combine(numbered[first][1], numbered[last][1], headings)
    problem = f"the header stands in rows {numbered[first][0]} and {row}; read together"
    finding = Finding(name, row, "", problem, "write it in one row", fatal=False, kind="head-of-two-rows")
    return titles, [finding]


def _is_unit_row(header: Sequence[str], cells: Sequence[str], headings: Headings) -> bool:
    """Return whether the row below a header states units: none of its cells is a number, one at least a known unit."""
    if not _is_head(cells):
        return False
    told = [
        unit_of(cell) in headings.units[meaning.column]
        for title, cell in zip(header, cells, strict=False)
        if cell.strip() and (meaning := headings.find(title)) is not None and meaning.column in headings.units
    ]
    return any(told)


def _add_units(header: Sequence[str], cells: Sequence[str], headings: Headings) -> tuple[list[str], bool]:
    """Return the titles with their units, and whether these are the units of columns that bear their own names."""
    titles, plainly = list(header), True
    for place, cell in enumerate(cells[: len(titles)]):
        meaning = headings.find(titles[place])
        if cell.strip() and meaning is not None and meaning.column in headings.units and not meaning.unit:
            titles[place] = f"{titles[place].strip()}({unit_of(cell)})"
            with_unit = headings.find(titles[place])
            plainly &= meaning.exact and with_unit is not None and with_unit.factor == 1
    return titles, plainly


def _tell_above(numbered: Sequence[Numbered], first: int, name: str) -> list[Finding]:
    row = numbered[first][0]
    if row == 1:
        return []
    if first == 0:
        problem, cure = f"the header stands in row {row}", "remove the empty rows above it"
    else:
        title = next(cell.strip() for cell in numbered[0][1] if cell.strip())
        above = "row 1 is" if row == 2 else f"rows 1 to {row - 1} are"
        problem = f"the header stands in row {row}; {above} not read ({title[:40]!r})"
        cure = "nothing, or remove what stands above the header"
    return [Finding(name, row, "", problem, cure, fatal=False, kind="late-header")]
