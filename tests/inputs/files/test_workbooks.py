"""Nothing in a workbook is taken for an empty cell, a number or a row that it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from builders import flat_tables
from hubspoke.inputs.check.check import check
from hubspoke.inputs.read import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hubspoke.base.errors import Finding


def write_book(path: Path, change: Callable[[Any], object] = lambda _: None, *, leave_out: str = "") -> Path:
    """Write the flat tables as a workbook, changed as asked."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in flat_tables().items():
        if name in ("sites", "hubs", "refineries") and name != leave_out:
            sheet = book.create_sheet(name)
            sheet.append(list(rows[0]))
            for row in rows:
                sheet.append(list(row.values()))
    change(book)
    book.save(path)
    return path


def column(sheet: Any, name: str) -> str:
    """Return the letter of a column."""
    return next(str(cell.column_letter) for cell in sheet[1] if cell.value == name)


def told(findings: tuple[Finding, ...], kind: str) -> list[tuple[str, int, str]]:
    """Return the places of the findings of a kind."""
    return [(found.file, found.row, found.column) for found in findings if found.kind == kind]


def set_error(sheet: Any, place: str, error: str) -> None:
    """Set a cell to an error value."""
    sheet[place] = error
    sheet[place].data_type = "e"


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#NAME?", "#VALUE!"])
@pytest.mark.parametrize("name", ["max_t", "status", "lat", "name"])
def test_an_error_is_found_in_every_column_that_is_read(error: str, name: str, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["hubs"]
        if name not in [cell.value for cell in sheet[1]]:
            sheet.cell(1, sheet.max_column + 1, name)
        set_error(sheet, f"{column(sheet, name)}3", error)

    (found,) = (found for found in check(write_book(tmp_path / "a.xlsx", change)) if found.fatal)
    assert (found.file, found.row, found.column) == ("a.xlsx, sheet hubs", 3, name)
    assert error in found.problem


def test_a_formula_without_a_stored_result_is_found(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["refineries"]
        sheet[f"{column(sheet, 'max_t')}2"] = "=SUM(1000,500)"

    findings = check(write_book(tmp_path / "a.xlsx", change))
    assert told(findings, "unstored") == [("a.xlsx, sheet refineries", 2, "max_t")]
    assert "=SUM(1000,500)" in next(found.problem for found in findings if found.kind == "unstored")


def test_an_error_in_a_column_that_is_not_read_is_nobodys_matter(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["hubs"]["Z1"] = "phone"
        set_error(book["hubs"], "Z2", "#N/A")

    assert not [found for found in check(write_book(tmp_path / "a.xlsx", change)) if found.fatal]


def test_a_hidden_sheet_is_never_read_and_named(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["hubs"].sheet_state = "hidden"

    findings = check(write_book(tmp_path / "a.xlsx", change))
    assert "hubs" in next(found.problem for found in findings if found.kind == "hidden-sheet")
    assert any(found.file == "hubs.csv" and found.fatal for found in findings)


def test_of_several_sheets_the_one_with_the_columns_is_read_and_named(tmp_path: Path) -> None:
    folder = tmp_path / "kanto"
    folder.mkdir()

    def change(book: Any) -> None:
        book["sites"].title = "2040"
        book.create_sheet("説明", 0).append(["この表の使い方"])
        book.create_sheet("old").append(["id", "lat"])
        book["old"].sheet_state = "veryHidden"
        del book["hubs"], book["refineries"]

    write_book(folder / "sites.xlsx", change)
    write_book(folder / "rest.xlsx", leave_out="sites")
    findings = check(folder)
    (several,) = (found for found in findings if found.kind == "several-sheets")
    assert "2040 is read, 説明 not" in several.problem
    assert len(read(folder).sites) == len(flat_tables()["sites"])


def test_a_sheet_of_another_name_is_named(tmp_path: Path) -> None:
    findings = check(write_book(tmp_path / "a.xlsx", lambda book: book.create_sheet("sizes (2)").append(["plant_id"])))
    (found,) = (found for found in findings if found.kind == "misnamed")
    assert "'sizes (2)'" in found.problem
    assert "name it sizes" in found.cure


def test_titles_and_merged_heads_and_units_and_totals_are_told_and_read_right(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        rows = flat_tables()["sites"]
        del book["sites"]
        sheet = book.create_sheet("sites")
        sheet.append(["解体拠点一覧", None, "2026年4月"])
        sheet.append([])
        sheet.append(["id", "位置", None, "発生量", "備考"])
        sheet.append([None, "緯度", "経度", "2030", "2035", "2040"])
        sheet.append([None, "度", "度", "kg", "t", "t"])
        sheet.merge_cells("B3:C3")
        sheet["D3"], sheet["E3"] = "発生量", None
        sheet.merge_cells("D3:F3")
        for row in rows:
            sheet.append([row["id"], row["lat"], row["lon"], 5000, 6, 7])
        sheet.append(["合計", None, None, 5000 * len(rows), 6 * len(rows), 7 * len(rows)])

    path = write_book(tmp_path / "a.xlsx", change)
    findings = check(path)
    assert not [found for found in findings if found.fatal]
    kinds = {found.kind for found in findings}
    assert {"late-header", "head-of-two-rows", "unit-row", "total-row", "understood-columns"} <= kinds
    assert "row 3" in next(found.problem for found in findings if found.kind == "late-header")
    network = read(path)
    count = len(flat_tables()["sites"])
    assert [network.supply_t(year).sum() for year in (2030, 2035, 2040)] == pytest.approx(
        [5 * count, 6 * count, 7 * count]
    )


def test_a_number_in_a_merged_cell_is_refused_and_a_text_is_filled(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["hubs"]
        sheet.cell(1, 30, "operator")
        sheet.cell(2, 30, "甲社")
        sheet.merge_cells("AD2:AD3")
        limit = column(sheet, "max_t")
        sheet.merge_cells(f"{limit}2:{limit}3")

    findings = check(write_book(tmp_path / "a.xlsx", change))
    merged = [found for found in findings if found.kind == "merged"]
    assert {(found.column, found.row, found.fatal) for found in merged} == {("operator", 3, False), ("max_t", 3, True)}
