"""Turn a table of text into the typed columns of its schema, and gather every finding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.errors import Finding
from hubspoke.base.spelling import find_nearest
from hubspoke.inputs.files.cells import FORMULA, is_unstored
from hubspoke.inputs.files.headings import plain
from hubspoke.inputs.tables.findings import FILE, MOST_HINTS, ROW, find_rows, show
from hubspoke.inputs.tables.number_cure import number_cure
from hubspoke.inputs.tables.ranges import find_senseless

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from hubspoke.inputs.files.raw_table import RawTable
    from hubspoke.inputs.tables.schema import Column, Schema
    from hubspoke.settings.settings import Settings

ALIASES: dict[str, tuple[str, ...]] = {
    "lat": ("y", "latitude", "緯度"),
    "lon": ("x", "longitude", "経度"),
    "max_t": ("capacity", "max_tonnes", "最大処理能力", "処理能力"),
    "mass_t": ("tonnes", "年間処理量"),
}
"""Other names of columns, under which a misspelt one is recognised; `x` and `y` are too unsure to be read."""
COLUMN_LIKENESS = 0.7
"""Above the usual one, since short names resemble each other by chance: `lon` and `lot` have a likeness of 0.67."""
LIMITS = ("max_t", "existing_t")
"""Columns that mean no limit, or nothing, where they are left out; one that is nearly named so is never passed over."""
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
"""Signs that cannot be seen; an id must not hold any."""
TEXT_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""Signs that no text may hold; line breaks and tabs may stand in names."""


def conform(raw: RawTable, schema: Schema) -> tuple[dict[str, Any], list[Finding]]:
    """Return the columns of the schema, typed, with `_file` and `_row` beside them, and the findings.

    Cells that are missing or wrong become the column's default, so that later rules can still run.

    Parameters
    ----------
    raw : RawTable
    schema : Schema

    Returns
    -------
    columns : dict of str to (list of str, or array)
        Texts as lists.
    findings : list of Finding
    """
    findings = [*find_missing_columns(raw, schema), *find_unstored(raw, schema.names)]
    typed: dict[str, Any] = {}
    for column in schema.columns:
        cells, more = _type_column(raw, column)
        typed[column.name] = cells
        findings += more
    return {**typed, FILE: [raw.file] * raw.length, ROW: raw.rows}, findings


def find_missing_columns(raw: RawTable, schema: Schema) -> Iterable[Finding]:
    """Yield a finding for each required column that the file lacks, with the name that it may be misspelt as."""
    spare = [name for name in raw.columns if name not in (*schema.names, *schema.dropped)]
    for column in schema.columns:
        if column.required and column.name not in raw.columns:
            near = [name for name in spare if nearest_column(name, schema.names) == column.name]
            cure = f"rename the column {near[0]!r}" if near else f"add a column {column.name!r} to the header"
            problem = f"the column {column.name!r} is missing"
            yield Finding(raw.file, raw.header_row, column.name, problem, cure, kind="missing-column")


def find_unstored(raw: RawTable, names: Iterable[str]) -> list[Finding]:
    """Return a finding for each cell of the columns read that holds an error, or a formula without a stored result."""
    findings: list[Finding] = []
    for name in names:
        wrong = np.array([is_unstored(cell) for cell in raw.columns.get(name, ())], dtype=bool)
        if wrong.any():
            findings += find_rows(raw, wrong, name, _describe_unstored, kind="unstored")
    return findings


def _describe_unstored(cell: str) -> tuple[str, str]:
    if cell.startswith(FORMULA):
        problem = f"the formula {show(cell.removeprefix(FORMULA))} has no stored result"
        return problem, "open the workbook in Excel, save it there, and read it again; or write the value"
    return f"the cell holds the error {cell}", "correct the formula, or write the value"


def find_unknown_columns(raw: RawTable, schema: Schema, known: Sequence[str] = ()) -> Iterable[Finding]:
    """Yield a warning for each column that is not read, with the known one that may be meant."""
    expected = dict.fromkeys([*schema.names, *known])
    spare = [name for name in expected if name not in raw.columns]
    limits = [name for name in LIMITS if name in spare]
    unknown = [name for name in raw.columns if name not in expected and name not in schema.dropped]
    for at, name in enumerate(unknown):  # to compare names is slow, so that many get no hint
        near = nearest_column(name, spare if at < MOST_HINTS else limits)
        limit = near in LIMITS
        cure = "nothing, if it is only for your own use" if near is None else f"rename it {near!r} if that is meant"
        cure += "; else give it another name, since a limit would be lost" if limit else ""
        problem = f"the column {name!r} is not known and not read"
        yield Finding(raw.file, raw.header_row, name, problem, cure, fatal=limit, kind="unknown-column")


def find_unheld_titles(raws: Sequence[RawTable], settings: Settings) -> list[Finding]:
    """Return a warning for each title under `[columns]` of the settings that stands in no table.

    Parameters
    ----------
    raws : sequence of RawTable
        Every table read, with the titles of its columns.
    settings : Settings

    Returns
    -------
    list of Finding
    """
    if not any(raw.titles for raw in raws):  # data frames keep none
        return []
    held = {title for raw in raws for title in (*raw.titles.values(), *raw.spare)}
    known = {plain(title) for title in held}
    findings = []
    for title in settings.columns:
        if plain(title) not in known:
            near = find_nearest(title, sorted(held))
            cure = "correct the title, or remove the line" + ("" if near is None else f"; {near!r} is nearest")
            problem = f"no table has a column {title!r}, so that nothing is read as told"
            findings.append(Finding("settings", 0, f"columns.{title}", problem, cure, fatal=False, kind="unheld-title"))
    return findings


def nearest_column(name: str, expected: Iterable[str]) -> str | None:
    """Return the expected column whose name or alias is most like a given name; None where none is like enough."""
    words = {word: column for column in expected for word in (column, *ALIASES.get(column, ()))}
    near = find_nearest(name, words, likeness=COLUMN_LIKENESS)
    return None if near is None else words[near]


def _type_column(raw: RawTable, column: Column) -> tuple[Any, list[Finding]]:
    if column.kind == "number":
        return type_numbers(raw, column)
    cells = raw.columns.get(column.name)
    if cells is None:
        return [str(column.default)] * raw.length, []
    if column.kind == "id":
        return cells, find_bad_ids(raw, column.name)
    if column.choices:
        cells = [cell.lower() or str(column.default) for cell in cells]
        return cells, _find_bad_choices(raw, column, cells)
    return cells, _find_control(raw, column.name)


def type_numbers(raw: RawTable, column: Column) -> tuple[NDArray[np.float64], list[Finding]]:
    """Read a column of numbers; wrong and empty cells take the column's default."""
    cells = raw.columns.get(column.name)
    if cells is None or not cells:
        return np.full(raw.length, float(column.default)), []
    import pandas as pd  # noqa: PLC0415 - heavy

    values = np.array(pd.to_numeric(np.array(cells, object), errors="coerce"), np.float64)
    blank = np.array([not cell for cell in cells], dtype=bool)
    unstored = np.array([is_unstored(cell) for cell in cells], dtype=bool)
    wrong = ~np.isfinite(values) & ~blank & ~unstored
    tell = _describe_not_a_number if column.name in LIMITS else _describe_no_number
    tell = _describe_no_lane_number if raw.table == "lanes" else tell
    findings = find_rows(raw, wrong, column.name, tell, kind="not-a-number")
    if column.required:
        cure = "write a number" + (", 0 if there is none" if column.rule == "not_negative" else "")
        findings += find_rows(raw, blank, column.name, lambda _: ("the cell is empty", cure), kind="blank")
    good = ~wrong & ~blank & ~unstored
    values *= raw.factors.get(column.name, 1.0)
    findings += _find_out_of_bounds(raw, column, values, good)
    findings += find_senseless(raw, column.name, values, good)
    values[~good] = float(column.default)
    return values, findings


def _find_out_of_bounds(
    raw: RawTable, column: Column, values: NDArray[np.float64], good: NDArray[np.bool_]
) -> list[Finding]:
    if column.rule == "not_negative":
        return find_rows(raw, good & (values < 0), column.name, _describe_negative, kind="negative")
    if column.rule == "share":
        wrong = good & ~((values >= 0) & (values <= 1))
        return find_rows(raw, wrong, column.name, _describe_no_share, kind="not-a-share")
    if column.rule == "positive":
        wrong = good & (values <= 0)
        if column.required:
            return find_rows(raw, wrong, column.name, _describe_not_positive, kind="not-positive")
        describe = _describe_no_stock if column.name == "stock_max_t" else _describe_no_limit
        return find_rows(raw, wrong, column.name, describe, kind="not-positive")
    return []


def _describe_negative(cell: str) -> tuple[str, str]:
    return f"{cell} is negative", "write 0 or a positive number"


def _describe_no_share(cell: str) -> tuple[str, str]:
    return f"{cell} is no share", "write a number from 0 to 1, or leave it empty for that of the settings"


def _describe_not_positive(cell: str) -> tuple[str, str]:
    return f"{cell} is not above zero", "write a number above 0"


def _describe_no_limit(cell: str) -> tuple[str, str]:
    return (
        f"{cell} is not above zero",
        "write a number above 0; leave it empty for no limit; status closed shuts a plant",
    )


def _describe_no_stock(cell: str) -> tuple[str, str]:
    return (
        f"{cell} is not above zero: a site that may keep nothing in stock can send nothing",
        "write a number above 0, such as 1000000 for no limit, or leave it empty for collection.stock_max_t",
    )


def _describe_not_a_number(cell: str) -> tuple[str, str]:
    return f"{show(cell)} is not a number", number_cure(cell)


def _describe_no_number(cell: str) -> tuple[str, str]:
    return f"{show(cell)} is not a number", number_cure(cell, limit=False)


def _describe_no_lane_number(cell: str) -> tuple[str, str]:
    return (
        f"{show(cell)} is not a number",
        f"{number_cure(cell, limit=False)}; to forbid the lane write status forbidden",
    )


def find_bad_ids(raw: RawTable, name: str) -> list[Finding]:
    """Report ids that are empty or hold control characters."""
    cells = raw.columns[name]
    empty = np.array([not cell for cell in cells], dtype=bool)
    padded = np.array([cell in raw.padded.get(name, ()) for cell in cells], dtype=bool) & ~empty
    control = np.array([CONTROL.search(cell) is not None for cell in cells], dtype=bool)
    return [
        *find_rows(raw, empty, name, lambda _: ("the id is empty", "give every row an id"), kind="empty-id"),
        *find_rows(raw, control, name, _describe_control, kind="control-character"),
        *find_rows(raw, padded, name, _describe_padded, kind="blanks-around-id", fatal=False),
    ]


def _find_control(raw: RawTable, name: str) -> list[Finding]:
    """Return a finding for each text that holds a sign which no file and no screen can show."""
    if TEXT_CONTROL.search("\n".join(raw.columns[name])) is None:
        return []
    wrong = np.array([TEXT_CONTROL.search(cell) is not None for cell in raw.columns[name]], dtype=bool)
    return find_rows(raw, wrong, name, _describe_text_control, kind="control-character")


def _describe_text_control(cell: str) -> tuple[str, str]:
    return f"{show(cell)} holds a control character", "type the text again, with visible characters only"


def _describe_control(cell: str) -> tuple[str, str]:
    return f"{show(cell)} holds a control character or line break", "type the id again, with visible characters only"


def _describe_padded(cell: str) -> tuple[str, str]:
    return f"blanks around {show(cell)} are taken away", "remove them from the file"


def _find_bad_choices(raw: RawTable, column: Column, cells: Sequence[str]) -> list[Finding]:
    hinted: dict[str, str | None] = {}

    def tell(cell: str) -> tuple[str, str]:
        if cell not in hinted and len(hinted) < MOST_HINTS:  # to compare words is slow
            hinted[cell] = find_nearest(cell.lower(), column.choices)
        near = hinted.get(cell)
        cure = f"write one of {', '.join(column.choices)}" + ("" if near is None else f"; {near!r} is nearest")
        return f"{show(cell)} is not a known {column.name}", cure

    wrong = np.array([cell not in column.choices and not is_unstored(cell.upper()) for cell in cells], dtype=bool)
    return find_rows(raw, wrong, column.name, tell, kind=f"unknown-{column.name}")
