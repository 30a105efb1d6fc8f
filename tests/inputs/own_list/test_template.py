"""The template workbook is read as it stands, and filled in it is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

import hubspoke as hs
from hubspoke.base.errors import UsageError
from hubspoke.inputs.check.check import check
from hubspoke.inputs.files.near_names import INSTRUCTIONS
from hubspoke.inputs.own_list.template import head_of, write_template
from hubspoke.inputs.own_list.template_words import HEADS, SHEETS, UNITS
from hubspoke.inputs.tables.dictionary import headings_of
from hubspoke.settings.load import load_settings

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.words.language import Lang

ROWS = {
    "sites": (
        {"id": "S1", "prefecture": "愛媛県", "city": "松山市", "mass_t": 1200},
        {"id": "S2", "prefecture": "Kagawa", "city": "高松市", "mass_t": 800},
        {"id": "S3", "lat": 33.56, "lon": 133.53, "region": "四国", "mass_t": 400.5},
    ),
    "hubs": ({"id": "H1", "name": "西条", "prefecture": "愛媛県", "city": "西条市", "max_t": 9000},),
    "refineries": ({"id": "R1", "prefecture": "愛媛県", "lat": 33.96, "lon": 133.28},),
}


def fill(file: Path, rows: dict[str, tuple[dict[str, object], ...]]) -> None:
    """Write rows below the heads of a template, as a planner would."""
    book = openpyxl.load_workbook(file)
    for table, places in rows.items():
        for number, cells in enumerate(places, start=3):
            for column, cell in cells.items():
                book[table].cell(number, list(HEADS[table]).index(column) + 1, cell)
    book.save(file)


def word(lang: Lang, english: str, japanese: str) -> str:
    """Return the word of a language."""
    return japanese if lang == "ja" else english


@pytest.mark.heavy
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_template_with_three_sites_is_planned(tmp_path: Path, lang: Lang) -> None:
    file = write_template(tmp_path / "記入.xlsx", lang)
    lanes = ({"from_id": "S3", "to_id": "H1", "distance_km": 120, "status": word(lang, "yes", "可")},)
    state = {"status": word(lang, "candidate", "候補"), "technology": word(lang, "roasting", "焙焼")}
    fill(file, {**ROWS, "hubs": ({**ROWS["hubs"][0], **state},), "lanes": lanes})
    findings = check(file)
    assert [finding for finding in findings if finding.fatal] == []
    kinds = {finding.kind for finding in findings}
    assert not kinds & {"unit-row", "unread-sheet", "understood-columns", "unknown-column", "late-header"}
    assert {"region-by-prefecture", "imprecise"} <= kinds
    network = hs.read(file)
    assert network.regions == ("shikoku",)
    assert network.hubs[["technology", "max_t"]].to_numpy().tolist() == [["roasting", 9000.0]]
    plan = hs.solve(network)
    assert plan.hubs["id"].tolist() == ["H1"]
    assert plan.assignments["mass_t"].sum() == pytest.approx(2400.5)


def test_an_empty_template_lacks_rows_and_nothing_else(tmp_path: Path) -> None:
    findings = check(write_template(tmp_path / "t.xlsx"))
    assert {(finding.file, finding.kind) for finding in findings} == {
        (f"t.xlsx, sheet {table}", "empty-table") for table in SHEETS[:3]
    }


def test_heads_mean_their_columns_with_and_without_units() -> None:
    settings = load_settings()
    for table, heads in HEADS.items():
        headings = headings_of(table, settings)
        for column in heads:
            meaning = headings.find(head_of(table, column))
            assert meaning is not None, (table, column)
            if column in ("address", "note") and column not in headings.names:
                continue
            assert (meaning.column, meaning.exact) == (column, True), (table, column)
            for unit in UNITS.get(column, ()):
                read = headings.find(f"{head_of(table, column)}({unit})")
                assert read is not None
                assert (read.column, read.factor) == (column, 1.0), (table, column, unit)


def test_lines_of_a_head_that_differ_are_not_joined() -> None:
    headings = headings_of("hubs", load_settings())
    assert headings.find("lat\n経度") is None
    assert headings.find("max_t\nsomething else") is None
    kilograms = headings.find("max_t\n最大処理能力(kg)")
    assert kilograms is not None
    assert (kilograms.column, kilograms.factor, kilograms.exact) == ("max_t", 1e-3, False)


@pytest.mark.heavy
def test_another_unit_below_the_heads_is_told(tmp_path: Path) -> None:
    file = write_template(tmp_path / "t.xlsx")
    fill(file, ROWS)
    book = openpyxl.load_workbook(file)
    book["sites"].cell(2, list(HEADS["sites"]).index("mass_t") + 1, "kg")
    book.save(file)
    assert "unit-row" in {finding.kind for finding in check(file)}
    assert hs.read(file).sites[["nmc_2040_t", "lfp_2040_t", "hev_2040_t"]].to_numpy().sum() <= 2.5


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_lists_offer_what_is_read(tmp_path: Path, lang: Lang) -> None:
    book = openpyxl.load_workbook(write_template(tmp_path / "t.xlsx", lang))
    assert book.sheetnames == [word(lang, *INSTRUCTIONS), *SHEETS]
    told = " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value)
    assert word(lang, "hubspoke check t.xlsx", "--lang ja") in told
    offered = {
        (name, head): rule.formula1.strip('"').split(",")
        for name in SHEETS
        for rule in book[name].data_validations.dataValidation
        if rule.type == "list"
        for head in [str(book[name].cell(1, next(iter(rule.sqref.ranges)).min_col).value).split("\n")[0]]
    }
    assert offered["hubs", "status"] == word(lang, "open,candidate,closed", "稼働中,候補,閉鎖").split(",")
    assert word(lang, "shikoku", "四国") in offered["sites", "region"]
    assert offered["lanes", "status"] == word(lang, "yes,no", "可,不可").split(",")
    rows = tuple(
        {"id": f"H{number}", "lat": 33.9, "lon": 133.1 + number / 10, "region": "shikoku", "technology": name}
        for number, name in enumerate(offered["hubs", "technology"])
    )
    fill(tmp_path / "t.xlsx", {**ROWS, "hubs": rows})
    kinds = {finding.kind for finding in check(tmp_path / "t.xlsx") if finding.fatal}
    assert kinds <= {"misplaced-technology"}, kinds


def test_a_template_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_text("mine", encoding="utf-8")
    for name in ("t.xlsx", "t.csv"):
        with pytest.raises(UsageError):
            write_template(tmp_path / name)
    assert (tmp_path / "t.xlsx").read_text(encoding="utf-8") == "mine"
    first, second = (write_template(tmp_path / name) for name in ("a.xlsx", "b.xlsx"))
    assert first.stat().st_size == second.stat().st_size


def test_regions_of_a_plain_workbook_are_those_of_the_prefectures(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    rows = {
        "sites": ("事業所名,都道府県,処理量(t)", "甲,愛媛県,20", "乙,大分県,30"),
        "hubs": ("id,都道府県", "H1,香川県", "H2,福岡県"),
        "refineries": ("id,都道府県", "R1,愛媛県", "R2,大分県"),
    }
    for table, lines in rows.items():
        sheet = book.create_sheet(table)
        for line in lines:
            sheet.append([int(cell) if cell.isdigit() else cell for cell in line.split(",")])
    sheet = book["sites"]
    sheet["A1"] = "id"
    book.save(tmp_path / "list.xlsx")
    assert hs.read(tmp_path / "list.xlsx").regions == ("shikoku", "kyushu")
    book["hubs"]["B3"] = "nowhere"  # a place without a region: all of it stays one region, as before
    book["hubs"]["C1"], book["hubs"]["D1"] = "lat", "lon"
    for row, spot in ((2, (33.9, 133.2)), (3, (33.6, 131.2))):
        book["hubs"][f"C{row}"], book["hubs"][f"D{row}"] = spot
    book.save(tmp_path / "list.xlsx")
    assert hs.read(tmp_path / "list.xlsx").regions == ("list",)
