"""Write sheets of a workbook: tables in the formats of their units, ready for a page A4 across."""

from __future__ import annotations

import math
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import xlsxwriter

from hubspoke.settings.policy import GAP_BASES
from hubspoke.words.text_table import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pandas as pd
    from xlsxwriter.format import Format

WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
"""Date written into every file instead of the present, so that the same plan gives the same bytes."""

OPTIONS: dict[str, bool | str] = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
"""Keep texts as texts: a name that begins with = does not become a formula, nor one with :// a link."""

FORMATS = (
    ("_per_kg", "#,##0.0"),
    ("jpy", "#,##0"),
    ("_jpy_per_t", "#,##0"),
    ("_t", "#,##0.0"),
    ("_km", "#,##0.0"),
    ("_kg", "#,##0"),
    ("hours", "0.0"),
    ("trips_per_yr", "#,##0.0"),
    ("discount_factor", "0.0000"),
    ("weight", "0.0000"),
)
"""Number formats by the end of a column's name."""

FIGURES = {
    **dict.fromkeys(("JPY/yr", "kg/yr", "t/yr"), "#,##0"),
    **dict.fromkeys(GAP_BASES.values(), "0.0000 %"),
    "JPY/kg": "#,##0.0",
}
"""Number formats of the first sheet by unit."""

SHARES = ("share", "utilisation", "capital_recovery_per_yr", "paid_of_investment")
"""Ends of the names of columns that hold shares."""
WIDEST, NARROWEST, NUMBER = 40, 8, 13
A4 = 9
"""Number of the size of paper among those of Excel."""
HEAD_POINTS = 62
"""Height of the row of heads: four lines, two for the Japanese word and two for the name of the column."""
NOISE = 1e-12
"""Share of the largest number of a column up to which another is rounding."""
MEASURED_ROWS = 200
"""Rows, from the first, whose texts decide the width of a column."""


@contextmanager
def new_book(file: Path, title: str) -> Iterator[Any]:
    """Open a workbook to be written; it is saved at the end of the block.

    Parameters
    ----------
    file : Path
        Replaced where it is there.
    title : str
        Title among the properties of the file.

    Yields
    ------
    xlsxwriter.Workbook
    """
    with xlsxwriter.Workbook(str(file), OPTIONS) as book:
        book.set_properties({"title": title, "created": WRITTEN.replace(tzinfo=None)})
        yield book


class Styles:
    """The cell formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self.head: Format = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.bold: Format = book.add_format({"bold": True})
        self.share: Format = book.add_format({"num_format": "0.0 %"})
        self.figures: dict[str, Format] = {
            unit: book.add_format({"num_format": form, "align": "left"}) for unit, form in FIGURES.items()
        }
        self.bold_money: Format = book.add_format({"num_format": "#,##0", "bold": True})
        self.by_end: dict[str, Format] = {end: book.add_format({"num_format": form}) for end, form in FORMATS}

    def of(self, column: str) -> Any:
        """Return the format for a column, by the unit at the end of its name; None for texts and plain numbers."""
        if column.endswith(SHARES):
            return self.share
        return next((style for end, style in self.by_end.items() if column.endswith(end)), None)


def write_table(sheet: Any, table: pd.DataFrame, heads: Sequence[str], styles: Styles) -> None:
    """Write a table below its heads, each column in the format of its unit.

    Parameters
    ----------
    sheet : xlsxwriter.Worksheet
        An empty one.
    table : DataFrame
    heads : sequence of str
        One for each column.
    styles : Styles
    """
    sheet.freeze_panes(1, 1)
    sheet.set_row(0, HEAD_POINTS)
    for column, (name, head) in enumerate(zip(table.columns, heads, strict=True)):
        sheet.write_string(0, column, head, styles.head)
        values, style = _without_noise(table[name]), styles.of(name)
        sheet.set_column(column, column, _measure(head, values), style)
        numbers = table[name].dtype.kind in "biuf"
        write = sheet.write_number if numbers else sheet.write_string
        filled = np.isfinite(values) if numbers else np.array(values, dtype=bool)
        for row in np.flatnonzero(filled).tolist():
            write(row + 1, column, values[row], style)
    if len(table):
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
    set_page(sheet)


def _without_noise(column: pd.Series) -> list[Any]:
    """Return the values of a column; numbers that are nothing beside the largest, or beside 1, are 0."""
    if column.dtype.kind != "f":
        return list(column.tolist())
    values = column.to_numpy(float)
    largest = max(1.0, float(np.max(np.abs(values), where=np.isfinite(values), initial=0.0)))
    return list(np.where(np.abs(values) <= NOISE * largest, 0.0, values).tolist())


def set_page(sheet: Any) -> None:
    """Lay a sheet out for paper: A4 across, all columns on the width of a page, heads on each, sheet and page below.

    Parameters
    ----------
    sheet : xlsxwriter.Worksheet
    """
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&R&P / &N")


def write_cell(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    """Write a value; an empty text, an infinite number and NaN leave the cell empty.

    Parameters
    ----------
    sheet : xlsxwriter.Worksheet
    row, column : int
        From 0.
    value : str or number
    style : xlsxwriter.Format or None
    """
    if isinstance(value, str):
        if value:
            sheet.write_string(row, column, value, style)
    elif math.isfinite(value):
        sheet.write_number(row, column, value, style)


def _measure(head: str, values: Sequence[Any]) -> float:
    """Return the width of a column, in letters.

    It is that of the longest text, and at least half of that of the longest line of the head, which may take two lines.
    """
    texts = [value for value in values[:MEASURED_ROWS] if isinstance(value, str)]
    lines = [text_width(line) / 2 for line in head.split("\n")]
    longest = max([*lines, *map(text_width, texts)])
    number = 0 if texts else NUMBER
    return float(min(max(longest + 2, number, NARROWEST), WIDEST))
