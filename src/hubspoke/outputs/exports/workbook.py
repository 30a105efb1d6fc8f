"""Write `plan.xlsx`: a sheet of what is decided, one of key figures, and a sheet for each table of a plan."""

from __future__ import annotations

import math
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import xlsxwriter

from hubspoke.outputs.exports.derived import derive_tables
from hubspoke.outputs.exports.workbook_words import name_column, name_figure
from hubspoke.plan.decision.decision import tabulate_decisions
from hubspoke.plan.plan import TABLES
from hubspoke.settings.policy import GAP_BASES, UNITS
from hubspoke.words.language import check_language
from hubspoke.words.names import name_title
from hubspoke.words.text_table import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings

WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
"""Date written into every file instead of the present, so that the same plan gives the same bytes."""

OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
"""Keep texts as texts: a name that begins with = does not become a formula, nor one with :// a link."""

FORMATS = (
    ("jpy_per_kg", "#,##0.0"),
    ("jpy", "#,##0"),
    ("_jpy_per_t", "#,##0"),
    ("_t", "#,##0.0"),
    ("_km", "#,##0.0"),
    ("_kg", "#,##0"),
    ("hours", "0.0"),
    ("trips_per_yr", "#,##0.0"),
)
"""Number formats by the end of a column's name."""

FIGURES = {
    **dict.fromkeys(("JPY/yr", "kg/yr", "t/yr"), "#,##0"),
    **dict.fromkeys(GAP_BASES.values(), "0.0000 %"),
    "JPY/kg": "#,##0.0",
}
"""Number formats of the first sheet by unit."""

SHARES = ("share", "utilisation")
WIDEST, NARROWEST, NUMBER = 40, 8, 13
HEAD_POINTS = 62
"""Height of the row of heads: four lines, two for the Japanese word and two for the name of the column."""
MEASURED_ROWS = 200
"""Rows, from the first, whose texts decide the width of a column."""


def write_workbook(
    plan: PlanData, file: Path, *, lang: str = "en", derived: Mapping[str, pd.DataFrame] | None = None
) -> None:
    """Write the workbook of a plan.

    Sheets and columns bear the names of the tables in the run folder. In Japanese, the word for a column stands above
    its name.

    Parameters
    ----------
    plan : PlanData
    file : Path
        Replaced where it is there.
    lang : {"en", "ja"}
    derived : mapping of str to DataFrame, optional
        What `derive_tables` returns for the plan, to save computing it again.

    Raises
    ------
    UsageError
        An unknown language.
    AuditError
        The tables of the plan contradict each other.
    """
    check_language(lang)
    derived = derive_tables(plan) if derived is None else derived
    tables = {**{name: getattr(plan, name) for name in TABLES}, **derived}
    with _new_book(file, plan.title) as book:
        styles = _Styles(book)
        if len(decisions := tabulate_decisions(plan, check_language(lang))):
            heads = [name_column(str(column), plan.settings, lang) for column in decisions.columns]
            _write_table(book.add_worksheet("decision"), decisions, heads, styles)
        _write_figures(book.add_worksheet("plan"), plan, styles, lang)
        for name, table in tables.items():
            heads = [name_column(str(column), plan.settings, lang) for column in table.columns]
            _write_table(book.add_worksheet(name), table, heads, styles)


def write_tables(
    tables: Mapping[str, pd.DataFrame], file: Path, *, title: str, settings: Settings | None = None, lang: str = "en"
) -> None:
    """Write a workbook with a sheet for each table.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        By the name of the sheet.
    file : Path
        Replaced where it is there.
    title : str
        Title among the properties of the file.
    settings : Settings, optional
        Those that name the commodity and the classes of packs.
    lang : {"en", "ja"}
        In Japanese, the word for a column stands above its name.

    Raises
    ------
    UsageError
        An unknown language.
    """
    check_language(lang)
    with _new_book(file, title) as book:
        styles = _Styles(book)
        for name, table in tables.items():
            heads = [name_column(str(column), settings, lang) for column in table.columns]
            _write_table(book.add_worksheet(name), table, heads, styles)


@contextmanager
def _new_book(file: Path, title: str) -> Iterator[Any]:
    with xlsxwriter.Workbook(str(file), OPTIONS) as book:
        book.set_properties({"title": title, "created": WRITTEN.replace(tzinfo=None)})
        yield book


class _Styles:
    """The cell formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.bold = book.add_format({"bold": True})
        self.share = book.add_format({"num_format": "0.0 %"})
        self.figures = {unit: book.add_format({"num_format": form, "align": "left"}) for unit, form in FIGURES.items()}
        self.by_end = {end: book.add_format({"num_format": form}) for end, form in FORMATS}

    def of(self, column: str) -> Any:
        """Return the format for a column, by the unit at the end of its name; None for texts and plain numbers."""
        if column in SHARES:
            return self.share
        return next((style for end, style in self.by_end.items() if column.endswith(end)), None)


def _write_figures(sheet: Any, plan: PlanData, styles: _Styles, lang: str) -> None:
    """Write the sheet of key figures: name, value and unit in each row."""
    synthetic = int((plan.assignments["origin"] == "synthetic").sum())
    rows: list[tuple[str, Any, str]] = [
        ("title", name_title(plan.title, plan.settings, lang), ""),
        ("year", plan.year, ""),
        ("policy", plan.policy, ""),
        ("status", str(plan.status), ""),
        ("objective", plan.objective, ""),
        ("objective value", plan.objective_value, UNITS[plan.objective]),
        ("bound", plan.bound_value, UNITS[plan.objective]),
        ("gap", plan.gap, GAP_BASES[plan.objective]),
        ("cost", plan.cost_jpy, "JPY/yr"),
        ("sales of metals", plan.sales_jpy, "JPY/yr"),
        ("packs", plan.mass_t, "t/yr"),
        ("packs left at their sites", plan.unserved_t, "t/yr"),
        ("cost per kg of packs", plan.cost_jpy / plan.mass_t / 1000 if plan.mass_t else 0.0, "JPY/kg"),
        ("sites", plan.sites_served, ""),
        ("of these synthetic", synthetic, "rows, placed by statistics, no real businesses"),
        *((f"option: {name}", str(value), "") for name, value in sorted(plan.options.items())),
        *((f"input: {name}", value, "SHA-256") for name, value in sorted(plan.hashes.items())),
    ]
    for at, (name, value, unit) in enumerate(rows):
        sheet.write_string(at, 0, name_figure(name, plan.settings, lang), styles.bold)
        _write_cell(sheet, at, 1, value, styles.figures.get(unit))
        sheet.write_string(at, 2, name_figure(unit, plan.settings, lang))
    sheet.freeze_panes(0, 1)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 2, 44)


def _write_table(sheet: Any, table: pd.DataFrame, heads: Sequence[str], styles: _Styles) -> None:
    """Write a table below its heads, each column in the format of its unit."""
    sheet.freeze_panes(1, 1)
    sheet.set_row(0, HEAD_POINTS)
    for column, (name, head) in enumerate(zip(table.columns, heads, strict=True)):
        sheet.write_string(0, column, head, styles.head)
        values, style = table[name].tolist(), styles.of(name)
        sheet.set_column(column, column, _measure(head, values), style)
        numbers = table[name].dtype.kind in "biuf"
        write = sheet.write_number if numbers else sheet.write_string
        filled = np.isfinite(values) if numbers else np.array(values, dtype=bool)
        for row in np.flatnonzero(filled).tolist():
            write(row + 1, column, values[row], style)
    if len(table):
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)


def _write_cell(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    """Write a value; an empty text, an infinite number and NaN leave the cell empty."""
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
