"""Write the life-cycle inventory of a plan in the sheet that Brightway's importers read (bw2io, Excel and CSV).

A sheet begins with `Database` and its name, and then has a block for each activity: its name and fields, `Exchanges`, a
row of column names, a row for each exchange, and an empty row.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from hubspoke.base.atomic_write import replaced_file
from hubspoke.base.errors import UsageError
from hubspoke.base.printable import escape_controls
from hubspoke.metals.inventory import KILOGRAM, list_activities

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData

    Cell = str | float
    Rows = list[list[Cell]]

COLUMNS = ("name", "amount", "unit", "location", "type", "reference product", "categories", "comment")
SUFFIXES = (".csv", ".xlsx")
SHEET = "inventory"
SEPARATOR = "::"
"""Between the parts of a tuple in one cell, which no text may hold."""
FORMULA = ("=", "+", "-", "@")
"""Beginnings of a name that a spreadsheet would compute."""


def write_inventory(plan: PlanData, file: str | Path) -> Path:
    """Write the life-cycle inventory of a plan as a file for Brightway's Excel or CSV importer.

    Parameters
    ----------
    plan : PlanData
    file : str or Path
        Its ending says the form: `.csv` or `.xlsx`; replaced where it is there. The same plan gives the same CSV.

    Returns
    -------
    Path
        The file, absolute.

    Raises
    ------
    UsageError
        Another ending, or a file that cannot be written.
    """
    target = Path(file).absolute()
    if target.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{file}: an inventory ends in {' or '.join(SUFFIXES)}")
    rows = list_rows(plan)
    with replaced_file(target) as made:
        if target.suffix.lower() == ".csv":
            with made.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream, lineterminator="\n").writerows(rows)
        else:
            _write_sheet(rows, made)
    return target


def list_rows(plan: PlanData) -> Rows:
    """Return the rows of the sheet.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    list of lists of str or float
    """
    rows: Rows = [
        ["Database", _text(f"hubspoke {plan.title} {plan.year}")],
        ["comment", "Planned flows of a model of one year. Link electricity, heat, freight and what is replaced."],
        [],
    ]
    for activity in list_activities(plan):
        name = _text(activity.name)
        fields: Rows = [
            ["Activity", name],
            ["reference product", name],
            ["production amount", activity.kg],
            ["unit", KILOGRAM],
            ["location", _text(activity.location)],
        ]
        if activity.comment:
            fields.append(["comment", _text(activity.comment)])
        rows += [*fields, ["Exchanges"], [*COLUMNS]]
        rows.append([name, activity.kg, KILOGRAM, _text(activity.location), "production", name, "", ""])
        for part in activity.exchanges:
            product = "" if part.kind == "biosphere" else _text(part.name)
            words = (_text(part.location), part.kind, product, part.categories, _text(part.comment))
            rows.append([_text(part.name), part.amount, part.unit, *words])
        rows.append([])
    return rows


def _text(text: str) -> str:
    """Return a text that no importer takes for a tuple, and no spreadsheet for a formula."""
    safe = escape_controls(text).replace(SEPARATOR, ":")
    return f"'{safe}" if safe.startswith(FORMULA) else safe


def _write_sheet(rows: Rows, file: Path) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(file), options) as book:
        sheet = book.add_worksheet(SHEET)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
