"""Read the sheets of a workbook as text; a cell without a plain stored value shows what it holds instead."""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from hubspoke.base.errors import Finding
from hubspoke.inputs.files.cells import FORMULA, as_text
from hubspoke.inputs.files.unreadable import missing_extra

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
LINK = re.compile(r"\{.*\}id")
OFFICE_XML = (".xlsx", ".xlsm")
"""Workbooks in which errors and formulas without a result are seen; the library reads both as empty cells."""
CELL = re.compile(r"([A-Z]+)(\d+)")


def open_workbook(path: Path, name: str) -> Any:
    """Open a workbook.

    Parameters
    ----------
    path : Path
    name : str
        Name of the file in findings.

    Returns
    -------
    CalamineWorkbook

    Raises
    ------
    UnreadableError
        The extra that reads workbooks is not installed.
    """
    try:
        from python_calamine import CalamineWorkbook  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise missing_extra(name, "excel") from error
    return CalamineWorkbook.from_path(str(path))


def list_sheets(path: Path, name: str) -> tuple[list[str], list[str]]:
    """Return the names of the visible sheets of a workbook, and of the hidden ones."""
    book = open_workbook(path, name)
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - an optional extra

    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    return visible, [sheet.name for sheet in sheets if sheet.name not in visible]


def read_cells(path: Path, name: str, sheet: str) -> tuple[list[list[str]], frozenset[tuple[int, int]]]:
    """Return the cells of a sheet as texts, and which of them have their text from a merged area.

    Parameters
    ----------
    path : Path
    name : str
        Name of the file in findings.
    sheet : str

    Returns
    -------
    cells : list of list of str
        An error shows as Excel writes it (`#N/A`), a formula without a stored result as its text behind `FORMULA`.
    merged : frozenset of (int, int)
        Row as a spreadsheet counts, and column from 0.
    """
    book = open_workbook(path, name).get_sheet_by_name(sheet)
    cells = [[as_text(cell) for cell in row] for row in book.to_python(skip_empty_area=False)]
    if path.suffix.lower() in OFFICE_XML:
        for row, column, text in _find_unstored(path, sheet):
            _put(cells, row - 1, column, text)
    merged: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in book.merged_cell_ranges or []:
        if top >= len(cells) or left >= len(cells[top]) or not cells[top][left].strip():
            continue
        for row in range(top, min(bottom, len(cells) - 1) + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left) and column < len(cells[row]):
                    cells[row][column] = cells[top][left]
                    merged.add((row + 1, column))
    return cells, frozenset(merged)


def _put(cells: list[list[str]], row: int, column: int, text: str) -> None:
    while len(cells) <= row:
        cells.append([])
    cells[row] += [""] * (column + 1 - len(cells[row]))
    cells[row][column] = text


def _find_unstored(path: Path, sheet: str) -> Iterator[tuple[int, int, str]]:
    """Yield row, column from 0 and text of each cell that holds an error, or a formula without a stored result."""
    with zipfile.ZipFile(path) as archive:
        part = _find_part(archive, sheet)
        if part is None:
            return
        text = archive.read(part)
    if b'"e"' not in text and b"'e'" not in text and b"<f" not in text and b":f" not in text:
        return
    for element in ET.fromstring(text).iter():  # noqa: S314 - entities are not expanded beyond the file's own
        if element.tag in (f"{MAIN}c", f"{STRICT}c") and (place := CELL.fullmatch(element.get("r", ""))):
            space = element.tag[:-1]
            stored, formula = element.findtext(f"{space}v") or "", element.find(f"{space}f")
            kind = element.get("t", "n")
            if kind == "e":
                yield int(place[2]), _column(place[1]), stored or "#VALUE!"
            elif formula is not None and not stored and kind != "str":
                yield int(place[2]), _column(place[1]), f"{FORMULA}={formula.text or '...'}"


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _find_part(archive: zipfile.ZipFile, sheet: str) -> str | None:
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for element in book.iter():
        if element.tag in (f"{MAIN}sheet", f"{STRICT}sheet") and element.get("name") == sheet:
            key = next((value for name, value in element.attrib.items() if LINK.fullmatch(name)), None)
            target = targets.get(key, "")
            return target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
    return None


def tell_unseen(name: str) -> Finding:
    """Return the warning for a workbook in which errors and formulas without a result read as empty cells."""
    problem = "in this kind of workbook a cell with an error (#N/A) or an uncalculated formula reads as empty"
    return Finding(name, 0, "", problem, "save it as .xlsx, so that such cells are found", fatal=False, kind="unseen")
