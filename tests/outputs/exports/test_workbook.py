"""Workbooks: Japanese words over the names that programs read, in every sheet, with the same figures beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter

import hubspoke as hs
from builders import write_folder
from hubspoke.outputs.exports.derived import derive_tables
from hubspoke.outputs.exports.sheet import Styles, new_book
from hubspoke.outputs.exports.workbook import write_tables, write_workbook
from hubspoke.outputs.exports.years_workbook import write_years_workbook
from hubspoke.outputs.runs.folder import write_run
from hubspoke.outputs.runs.rewrite import rewrite_report
from hubspoke.plan.plan import TABLES
from hubspoke.plan.years import YEARS_TABLES
from hubspoke.words.language import LANGUAGES
from years_plan import years_plan

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return hs.solve(hs.read(write_folder(tmp_path_factory.mktemp("network"))))


def is_japanese(text: str) -> bool:
    return any(ord(letter) > 0x3000 for letter in text)


@pytest.mark.heavy
def test_in_japanese_a_word_stands_over_every_name(plan: Plan, tmp_path: Path) -> None:
    write_workbook(plan, tmp_path / "plan.xlsx", lang="ja")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    tables = {**{name: getattr(plan, name) for name in TABLES}, **derive_tables(plan)}
    tables = {name: table for name, table in tables.items() if len(table)}
    assert book.sheetnames == ["decision", "costs_by_region", "plan", *tables, "dictionary", "fingerprints"]
    for name, table in tables.items():
        heads = [str(cell.value) for cell in book[name][1]]
        assert [head.split("\n")[-1] for head in heads] == table.columns.tolist()
        assert [head for head in heads if head != "ID\nid" and not is_japanese(head)] == []
        assert book[name].freeze_panes == "B2"
        assert all(cell.alignment.wrap_text for cell in book[name][1])
    named = {str(row[0].value) for row in book["plan"].iter_rows()}
    assert {"表題", "総費用", "証明済み下限", "拠点数"} <= named
    assert [name for name in named if not is_japanese(name)] == []


def test_it_opens_on_the_decision_with_a_chart_by_stage_and_ends_with_fingerprints(plan: Plan, tmp_path: Path) -> None:
    write_workbook(plan, tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    first, last = book.worksheets[0], book.worksheets[-1]
    assert first.title == "decision"
    (chart,) = first._charts
    named = [one.tx.strRef.f if one.tx.strRef else one.tx.v for one in chart.series]
    assert named == ["Collection", "Hub", "Black mass", "Refinery"]
    rows = len(plan.hubs[plan.hubs["state"] == "open"])
    heads = [str(cell.value) for cell in first[1]]
    columns = [get_column_letter(1 + heads.index(f"{stage}, yen/kg of packs")) for stage in named]
    assert [one.val.numRef.f for one in chart.series] == [f"decision!${at}$2:${at}${rows + 1}" for at in columns]
    assert dict(last.iter_rows(min_row=2, values_only=True)) == plan.hashes
    assert not [row for row in book["plan"].iter_rows(values_only=True) if "SHA-256" in row]
    for sheet in book:
        page = sheet.page_setup
        assert (page.orientation, int(page.paperSize), page.fitToWidth or 1, page.fitToHeight) == ("landscape", 9, 1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.heavy
def test_the_decision_speaks_to_people_and_counts_in_yen(plan: Plan, tmp_path: Path) -> None:
    for lang in LANGUAGES:
        write_workbook(plan, tmp_path / "plan.xlsx", lang=lang)
        sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["decision"]
        assert not [cell.value for cell in sheet[1] if "_" in str(cell.value) or "\n" in str(cell.value)]
        rows = pd.read_excel(tmp_path / "plan.xlsx", sheet_name="decision", engine="openpyxl")
        heads = rows.columns.astype(str).tolist()
        identifier, most = heads[1], next(head for head in heads if "at most" in head or "上限" in head)
        known = plan.hubs.set_index("id")["closing_more_jpy"].loc[rows[identifier]]
        assert known.notna().any()
        assert rows[most].tolist() == pytest.approx(known.tolist(), nan_ok=True)


def test_what_is_rounding_is_written_as_nothing(tmp_path: Path) -> None:
    table = pd.DataFrame({"share": [7.77e-16, 0.5], "cost_jpy": [-1e-6, 3e9], "small": [2e-9, float("nan")]})
    write_tables({"all": table}, tmp_path / "all.xlsx", title="all")
    rows = openpyxl.load_workbook(tmp_path / "all.xlsx")["all"].iter_rows(min_row=2, values_only=True)
    assert list(rows) == [(0, 0, 2e-9), (0.5, 3e9, None)]


@pytest.mark.heavy
def test_the_workbook_of_several_years_has_its_plants_first_and_its_columns_last(tmp_path: Path) -> None:
    plan = years_plan()
    for lang in LANGUAGES:
        write_years_workbook(plan, tmp_path / "plan.xlsx", lang=lang)
        book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
        assert book.sheetnames == ["decision", *YEARS_TABLES, "dictionary", "fingerprints"]
        marks = dict(book["fingerprints"].iter_rows(min_row=2, values_only=True))
        assert marks == {file: mark for one in plan.plans.values() for file, mark in one.hashes.items()}
        (chart,) = book["by_year"]._charts
        assert len(chart.series) == 3
        assert chart.anchor._from.row > len(plan.years)
        head, *rows = book["decision"].iter_rows(values_only=True)
        stands = plan.schedule[plan.schedule["stage"].isin(["open", "idle"]) | (plan.schedule["step"] != "")]
        assert sorted((row[0], row[4]) for row in rows) == sorted(zip(stands["year"], stands["id"], strict=True))
        at = next(n for n, one in enumerate(head) if one in {"Investment, yen", "投資額（円）"})
        assert sum(row[at] for row in rows) == pytest.approx(plan.schedule["invested_jpy"].sum())
        assert not [one for one in head if "_" in one]
        if lang == "ja":
            assert "中部拠点" in " ".join(str(row[3]) for row in rows)
        told = {(row[0], row[1]): row[2:] for row in book["dictionary"].iter_rows(min_row=2, values_only=True)}
        assert {one for sheet, one in told if sheet == "decision"} == set(head)
        assert [key for key, (_, en, ja) in told.items() if not en or not ja] == []


def test_shares_factors_and_costs_per_kg_have_formats_of_their_own(tmp_path: Path) -> None:
    with new_book(tmp_path / "book.xlsx", "t") as book:
        styles = Styles(book)
        formats = {
            name: styles.of(name).num_format
            for name in ("share", "idle_share", "paid_of_investment", "discount_factor", "cost_per_kg", "jpy_per_kg")
        }
    assert list(formats.values()) == ["0.0 %", "0.0 %", "0.0 %", "0.0000", "#,##0.0", "#,##0.0"]


@pytest.mark.heavy
def test_costs_by_region_add_up_in_both_directions(plan: Plan, tmp_path: Path) -> None:
    write_workbook(plan, tmp_path / "plan.xlsx")
    formulas, values = (
        openpyxl.load_workbook(tmp_path / "plan.xlsx", data_only=done)["costs_by_region"] for done in (False, True)
    )
    head, *rows, total = values.iter_rows(values_only=True)
    assert head[1:-1] == tuple(plan.regions["name_en"])
    assert total[-1] == pytest.approx(plan.cost_jpy)
    assert total[1:-1] == pytest.approx(tuple(plan.regions["cost_jpy"]))
    for at, row in enumerate(rows, start=2):
        assert row[-1] == pytest.approx(sum(row[1:-1]))
        assert formulas.cell(at, len(head)).value == f"=SUM(B{at}:{get_column_letter(len(head) - 1)}{at})"
    paid = plan.costs.groupby("label_en")["cost_jpy"].sum()
    assert {row[0]: row[-1] for row in rows} == pytest.approx(paid[paid != 0].to_dict())


@pytest.mark.heavy
def test_the_dictionary_tells_every_column_and_its_unit_in_both_languages(plan: Plan, tmp_path: Path) -> None:
    write_workbook(plan, tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    told = {(row[0], row[1]): row[2:] for row in book["dictionary"].iter_rows(min_row=2, values_only=True)}
    tables = [sheet for sheet in book if sheet.title not in {"costs_by_region", "plan", "dictionary", "fingerprints"}]
    assert set(told) == {(sheet.title, cell.value) for sheet in tables for cell in sheet[1]}
    assert told["assignments", "distance_km"] == ("km", "Distance of the lane, one way", "距離")
    assert told["decision", "Hub, yen/kg of packs"][0] == "JPY/kg"
    assert [key for key, (_, en, ja) in told.items() if not en or not ja] == []


@pytest.mark.heavy
def test_programs_read_a_japanese_workbook_by_the_last_line_of_its_heads(plan: Plan, tmp_path: Path) -> None:
    write_workbook(plan, tmp_path / "plan.xlsx", lang="ja")
    read = pd.read_excel(tmp_path / "plan.xlsx", sheet_name="regions", engine="openpyxl")
    read.columns = read.columns.str.split("\n").str[-1]
    assert read["cost_jpy"].sum() == pytest.approx(plan.objective_jpy)
    assert read["region"].tolist() == plan.regions["region"].tolist()


@pytest.mark.heavy
def test_every_number_with_a_unit_has_a_format_and_room(plan: Plan, tmp_path: Path) -> None:
    write_workbook(plan, tmp_path / "plan.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["hubs"]
    formats = {str(head.value): cell.number_format for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert formats["cost_jpy"] == "#,##0"
    assert formats["capacity_t"] == "#,##0.0"
    assert formats["utilisation"] == "0.0 %"
    assert all(column.width >= 8 for column in sheet.column_dimensions.values())


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_the_language_of_a_run_is_that_of_its_workbooks(plan: Plan, tmp_path: Path) -> None:
    out = write_run(plan, tmp_path / "out", lang="ja", maps=False)
    written = (out / "plan.xlsx").read_bytes()
    assert rewrite_report(out, form="xlsx", lang="ja").read_bytes() == written
    assert rewrite_report(out, form="xlsx").read_bytes() != written
    both = hs.compare(plan, plan, names=["a", "b"])
    both.save(tmp_path / "both", lang="ja")
    book = openpyxl.load_workbook(tmp_path / "both" / "compare.xlsx")
    heads = [str(cell.value) for sheet in book for cell in sheet[1]]
    assert "元の処理量\nbase_load_t" in heads
    assert [head for head in heads if not is_japanese(head)] == []
