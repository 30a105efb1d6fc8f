"""`plan.xlsx`: the tables of a plan for Excel, a sheet each, with a first sheet of key figures."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import xlsxwriter

from hubspoke.commodity import say
from hubspoke.derived import derive_tables
from hubspoke.objective import GAP_BASES, UNITS
from hubspoke.plan import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from hubspoke.plan import Plan

WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
"""Date that stands in every file, so that the same plan gives the same bytes."""

OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
"""Texts stay texts: a name that begins with = is no formula, one with :// no link."""

FORMATS = (("_jpy", "#,##0"), ("_jpy_per_t", "#,##0"), ("_t", "#,##0.0"), ("_km", "#,##0.0"), ("_kg", "#,##0"))
"""Number formats by the end of a column's name."""

SHARES = ("share", "utilisation")
WIDEST, NARROWEST = 40, 8
MEASURED_ROWS = 200
"""Rows by which the width of a column is judged."""


def write_workbook(plan: Plan, file: Path) -> None:
    """Write the workbook of a plan, replacing the file."""
    with _new_book(file, plan.title) as book:
        styles = _Styles(book)
        _write_figures(book.add_worksheet("plan"), plan, styles)
        for name in TABLES:
            _write_table(book.add_worksheet(name), getattr(plan, name), styles)
        for name, table in derive_tables(plan).items():
            _write_table(book.add_worksheet(name), table, styles)


def write_tables(tables: Mapping[str, pd.DataFrame], file: Path, *, title: str) -> None:
    """Write a workbook with a sheet for each table, replacing the file."""
    with _new_book(file, title) as book:
        styles = _Styles(book)
        for name, table in tables.items():
            _write_table(book.add_worksheet(name), table, styles)


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
        self.by_end = {end: book.add_format({"num_format": form}) for end, form in FORMATS}

    def of(self, column: str) -> Any:
        """Give the format of a column by the unit in its name."""
        if column in SHARES:
            return self.share
        return next((style for end, style in self.by_end.items() if column.endswith(end)), None)


def _write_figures(sheet: Any, plan: Plan, styles: _Styles) -> None:
    synthetic = int((plan.assignments["origin"] == "synthetic").sum())
    rows: list[tuple[str, Any, str]] = [
        ("title", plan.title, ""),
        ("year", plan.year, ""),
        ("policy", plan.policy, ""),
        ("status", str(plan.status), ""),
        ("objective", plan.objective, ""),
        ("objective value", plan.objective_value, UNITS[plan.objective]),
        ("bound", plan.bound_value, UNITS[plan.objective]),
        ("gap", plan.gap, GAP_BASES[plan.objective]),
        ("cost", plan.cost_jpy, "JPY/yr"),
        ("sales of metals", plan.sales_jpy, "JPY/yr"),
        (say("packs", plan.settings, "en"), plan.mass_t, "t/yr"),
        (say("packs left at their sites", plan.settings, "en"), plan.unserved_t, "t/yr"),
        (
            say("cost per kg of packs", plan.settings, "en"),
            plan.cost_jpy / plan.mass_t / 1000 if plan.mass_t else 0.0,
            "JPY/kg",
        ),
        ("sites", plan.sites_served, ""),
        ("of these synthetic", synthetic, "rows: placed by statistics, no real businesses"),
        *((f"option: {name}", str(value), "") for name, value in sorted(plan.options.items())),
        *((f"input: {name}", value, "SHA-256") for name, value in sorted(plan.hashes.items())),
    ]
    for at, (name, value, unit) in enumerate(rows):
        sheet.write_string(at, 0, name, styles.bold)
        _write_cell(sheet, at, 1, value, styles.by_end["_jpy"] if unit in ("JPY/yr", "kg/yr") else None)
        sheet.write_string(at, 2, unit)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 2, 44)


def _write_table(sheet: Any, table: pd.DataFrame, styles: _Styles) -> None:
    sheet.freeze_panes(1, 1)
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, name, styles.head)
        values = table[name].tolist()
        sheet.set_column(column, column, _measure(name, values), styles.of(name))
        for row, value in enumerate(values, start=1):
            _write_cell(sheet, row, column, value, styles.of(name))
    if len(table):
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)


def _write_cell(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    if isinstance(value, str):
        if value:
            sheet.write_string(row, column, value, style)
    elif np.isfinite(value):
        sheet.write_number(row, column, value, style)


def _measure(name: str, values: Sequence[Any]) -> float:
    """Give the width of a column in letters, of its longest word or text."""
    texts = [value for value in values[:MEASURED_ROWS] if isinstance(value, str)]
    longest = max([len(part) for part in name.split("_")] + [len(text.encode()) * 0.8 for text in texts] + [0])
    number = 0 if texts else 13
    return float(min(max(longest + 2, number, NARROWEST), WIDEST))
