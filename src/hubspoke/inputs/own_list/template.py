"""Write a template workbook to be filled in, which is read as it stands."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from hubspoke.base.atomic_write import replaced_file
from hubspoke.base.errors import UsageError
from hubspoke.inputs.files.load import load_outlines
from hubspoke.inputs.files.near_names import INSTRUCTIONS
from hubspoke.inputs.own_list.template_words import (
    COLUMN,
    EXAMPLE,
    HEADS,
    HINTS,
    LINES,
    MEANING,
    NEEDED,
    SHEETS,
    STATUS_LISTS,
    TECHNOLOGY_LISTS,
    UNITS,
)
from hubspoke.inputs.tables.schema import SCHEMAS
from hubspoke.settings.load import load_settings
from hubspoke.words.language import LANGUAGES, check_language

if TYPE_CHECKING:
    from hubspoke.words.language import Lang

WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
"""Date in the file instead of the present, so that the same template has the same bytes."""
LAST_ROW = 5000
"""Lists to choose from reach down to this row."""
WIDTH = 15
DEGREES = {"lat": 90, "lon": 180}


def write_template(file: str | Path, lang: str = "en") -> Path:
    """Write a workbook with a sheet for each table, lists to choose from, and instructions.

    Parameters
    ----------
    file : str or Path
        A new file whose name ends in `.xlsx`.
    lang : {"en", "ja"}
        Language of the instructions and lists; heads are in both.

    Returns
    -------
    Path
        The file, absolute.

    Raises
    ------
    UsageError
        It is there already, has another ending, or cannot be written.
    """
    known = check_language(lang)
    target = Path(file).absolute()
    if target.suffix.lower() != ".xlsx":
        raise UsageError(f"{file} is no name of a workbook; let it end in .xlsx")
    if target.exists():
        raise UsageError(f"{file} is there already; name a new file")
    with replaced_file(target) as made, xlsxwriter.Workbook(str(made)) as book:
        book.set_properties({"title": "hubspoke", "created": WRITTEN})
        _write_instructions(book, target.name, known)
        for table in SHEETS:
            _write_sheet(book, table, known)
    return target


def head_of(table: str, column: str) -> str:
    """Return the head of a column: its name, and the Japanese title below in the same cell.

    Parameters
    ----------
    table, column : str

    Returns
    -------
    str
    """
    return f"{column}\n{HEADS[table][column]}"


def _write_sheet(book: Any, table: str, lang: Lang) -> None:
    place = LANGUAGES.index(lang)
    sheet = book.add_worksheet(table)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE7EE", "border": 1})
    unit = book.add_format({"italic": True, "font_color": "#555555", "bottom": 1})
    text = book.add_format({"num_format": "@"})
    required = {column.name for column in SCHEMAS[table].columns if column.required} | {"mass_t"}
    has_units = any(column in UNITS for column in HEADS[table])
    sheet.set_row(0, 32)
    for number, column in enumerate(HEADS[table]):
        sheet.set_column(number, number, WIDTH, None if column in UNITS else text)
        sheet.write_string(0, number, head_of(table, column), head)
        words = UNITS[column][place] if column in UNITS else NEEDED[place] if column in required else ""
        if has_units and words:
            sheet.write_string(1, number, words, unit)
        if hint := HINTS.get(f"{table}.{column}", HINTS.get(column)):
            sheet.write_comment(0, number, hint[place], {"x_scale": 2})
        if rule := _rule_of(table, column, lang):
            sheet.data_validation(2 if has_units else 1, number, LAST_ROW, number, rule)
    sheet.freeze_panes(2 if has_units else 1, 1)


def _rule_of(table: str, column: str, lang: Lang) -> dict[str, Any] | None:
    """Return what a spreadsheet shall accept in a column; None for everything."""
    place = LANGUAGES.index(lang)
    if column == "region":  # one of the planner's own may be written, too
        return {"validate": "list", "source": _regions(lang), "error_type": "information"}
    if column == "technology":
        return {"validate": "list", "source": _technologies(table, lang), "error_type": "information"}
    if column == "status":
        return {"validate": "list", "source": list(STATUS_LISTS["lanes" if table == "lanes" else "plants"][place])}
    if column in DEGREES:
        limit = DEGREES[column]
        return {"validate": "decimal", "criteria": "between", "minimum": -limit, "maximum": limit}
    if column in UNITS:
        return {"validate": "decimal", "criteria": ">=", "value": 0}
    return None


def _regions(lang: Lang) -> list[str]:
    """Return the regions that are drawn, as they are called in a language."""
    outlines = load_outlines(None, {}, [])
    regions = outlines[outlines["kind"] == "region"]
    return [str(name) for name in regions["name_ja" if lang == "ja" else "id"]]


def _technologies(table: str, lang: Lang) -> list[str]:
    settings = load_settings()
    known = settings.hub_technologies if table == "hubs" else settings.refinery_technologies
    words = dict(zip(*TECHNOLOGY_LISTS[table], strict=True)) if lang == "ja" else {}
    return [words.get(name, name) for name in known]


def _write_instructions(book: Any, name: str, lang: Lang) -> None:
    place = LANGUAGES.index(lang)
    sheet = book.add_worksheet(INSTRUCTIONS[place])
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 11, WIDTH)
    row = 0
    for line in LINES:
        sheet.write_string(row, 0, line[place].format(name=name), bold if row == 0 else None)
        row += 1
    for table, cells in EXAMPLE.items():
        sheet.write_string(row, 0, table, bold)
        for number, (column, cell) in enumerate(zip(HEADS[table], cells, strict=True), start=1):
            sheet.write_string(row, number, column, bold)
            sheet.write_string(row + 1, number, cell if isinstance(cell, str) else cell[place])
        row += 2
    row += 1
    sheet.write_string(row, 0, COLUMN[place], bold)
    sheet.write_string(row, 1, MEANING[place], bold)
    for key, words in HINTS.items():
        row += 1
        table, _, column = key.rpartition(".")
        title = next(heads[column] for name_of, heads in HEADS.items() if column in heads and table in ("", name_of))
        sheet.write_string(row, 0, f"{key} ({title})", wrap)
        sheet.write_string(row, 1, words[place])
