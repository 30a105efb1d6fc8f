"""The schema of plan tables: files have its columns and no others, are read by its kinds, and the page shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from tools.list_columns import PAGE, describe_columns

from hubspoke.inputs.tables.schema import SCHEMAS
from hubspoke.outputs.exports.csv_table import read_csv_table, write_csv_table
from hubspoke.outputs.exports.derived import DERIVED, derive_tables
from hubspoke.outputs.exports.workbook_words import name_column
from hubspoke.outputs.runs.folder import write_run
from hubspoke.plan.columns import CLASS, COLUMNS, EVERY, ORES, arrange, find_column, given_columns
from hubspoke.plan.plan import TABLES
from small_plan import mixed_plan

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan

TELLING = ["001", "1e3", "NaN", "", "=1", "'=1", "-5", "true", "名"]
"""Texts that a reader could take for something else."""
UNITS = {
    "_subsidy_jpy": "JPY",
    "_subsidy_cap_jpy": "JPY",
    "_jpy": "JPY/yr",
    "_jpy_per_t": "JPY/t",
    "_co2_t": "t/yr",
    "_t": "t/yr",
    "_t_km": "t km/yr",
    "_km": "km",
    "_kg": "kg/yr",
    "_per_yr": "1/yr",
}
"""Units of columns by the longest end of their names."""


@pytest.fixture(scope="module", params=["plain", "furnaces and imports"])
def plan(request: pytest.FixtureRequest, tiny_plan: Plan) -> Plan:
    return tiny_plan if request.param == "plain" else mixed_plan()


def test_the_schema_has_the_tables_of_a_plan_and_those_derived_from_it() -> None:
    assert tuple(COLUMNS) == (*TABLES, *DERIVED)


@pytest.mark.heavy
@pytest.mark.usefixtures("tables_alone")
def test_files_have_the_columns_of_the_schema_in_its_order(plan: Plan, tmp_path: Path) -> None:
    out = write_run(plan, tmp_path / "out", maps=False)
    for table, columns in COLUMNS.items():
        wanted = []
        for column in columns:
            if not column.only or (plan.furnaces.any() and column.only != ORES):
                wanted += [column.name.replace(CLASS, key) for key in plan.settings.classes if CLASS in column.name]
                wanted += [column.name] * (CLASS not in column.name)
        head = (out / f"{table}.csv").read_text(encoding="utf-8").split("\n", 1)[0]
        assert head.split(",") == wanted, table


def test_the_plans_tried_have_rows_in_every_table(plan: Plan) -> None:
    empty = [name for name in TABLES if getattr(plan, name).empty]
    assert empty == ([] if plan.furnaces.any() else ["imports"])


def test_values_are_of_the_kind_of_their_columns(plan: Plan) -> None:
    for table, frame in {**{name: getattr(plan, name) for name in TABLES}, **derive_tables(plan)}.items():
        for name in frame:
            column = find_column(table, name)
            assert column is not None
            kinds = {"text": "OU", "whole": "i", "number": "f"}[column.kind]
            assert frame[name].dtype.kind in kinds or frame.empty, (table, name)


@pytest.mark.parametrize("table", COLUMNS)
def test_texts_that_look_like_numbers_stay_texts(table: str, tmp_path: Path) -> None:
    rows = len(TELLING)
    values = {"text": TELLING, "whole": range(rows), "number": [1e3, *[0.1] * (rows - 1)]}
    frame = pd.DataFrame({column.name: pd.Series(values[column.kind]) for column in COLUMNS[table]})
    write_csv_table(frame, tmp_path / "table.csv")
    again = read_csv_table(tmp_path / "table.csv", table)
    for column in COLUMNS[table]:
        assert again[column.name].tolist() == frame[column.name].tolist(), column.name
        assert (again[column.name].dtype.kind in "OU") == (column.kind == "text")


def test_numbers_without_a_point_are_read_by_their_kind(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text("region,sites,mass_t\n013,5,6\n,7,\n", encoding="utf-8")
    read = read_csv_table(tmp_path / "regions.csv", "regions")
    assert read["region"].tolist() == ["013", ""]
    assert [read[name].dtype.name for name in ("sites", "mass_t")] == ["int64", "float64"]


@pytest.mark.parametrize("text", ["region,colour\nkanto,red\n", "region,sites\nkanto,many\n", "region,sites\nkanto,\n"])
def test_a_column_that_no_plan_has_and_a_value_of_another_kind_are_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"regions\.csv, column (colour|sites)"):
        read_csv_table(tmp_path / "regions.csv", "regions")


def test_a_table_with_other_columns_than_the_schema_is_an_error_at_once() -> None:
    names = [column.name for column in COLUMNS["metals"] if not column.only]
    table = pd.DataFrame(columns=names[::-1])
    assert arrange("metals", table).columns.tolist() == names
    assert arrange("metals", table.assign(alloyed_t=0.0)).columns.tolist() == [*names, "alloyed_t"]
    with pytest.raises(ValueError, match=r"table metals: columns are not in plan/columns\.py: colour, weight"):
        arrange("metals", table.assign(weight=0, colour=""))
    with pytest.raises(ValueError, match="table metals: columns are missing: grade, metal"):
        arrange("metals", table.drop(columns=["metal", "grade"]))
    with pytest.raises(ValueError, match="table metals: columns are there twice: grade"):
        arrange("metals", pd.concat([table, table[["grade"]]], axis=1))


def test_a_class_of_packs_may_not_take_the_name_of_another_column() -> None:
    table = pd.DataFrame(columns=[c.name for c in COLUMNS["assignments"] if CLASS not in c.name])
    with pytest.raises(ValueError, match="twice: unserved_t"):
        arrange("assignments", table, ["unserved"])


def test_a_name_has_one_word_and_one_kind_in_all_tables() -> None:
    """Workbooks look a head up by its name alone."""
    for kind in ("ja", "kind", "unit"):
        by_name: dict[str, set[str]] = {}
        for columns in COLUMNS.values():
            for column in columns:
                by_name.setdefault(column.name, set()).add(getattr(column, kind))
        assert {name: found for name, found in by_name.items() if len(found) > 1} == {}


def test_every_column_is_described_and_those_of_the_workbook_have_its_word() -> None:
    for columns in COLUMNS.values():
        assert len({column.name for column in columns}) == len(columns)
        for column in columns:
            assert column.en
            if CLASS not in column.name:
                assert name_column(column.name, None, "ja") == f"{column.ja}\n{column.name}"


def test_units_are_those_in_the_names() -> None:
    for columns in COLUMNS.values():
        for column in columns:
            end = next((end for end in sorted(UNITS, key=len, reverse=True) if f"_{column.name}".endswith(end)), "")
            if column.kind == "number" and end:
                assert column.unit == UNITS[end], column.name
            elif column.kind != "number":
                assert not column.unit


def test_what_repeats_the_input_names_a_column_of_the_input() -> None:
    for table, columns in COLUMNS.items():
        for column in columns:
            if column.given:
                source, _, name = column.given.partition(".")
                assert name in SCHEMAS[source].names
                assert (column, name) in given_columns(table, source)
    repeated = [name for _, name in given_columns("imports", "overseas")]
    assert repeated == ["name", "name_ja", "country", "lat", "lon", "class"]


def test_the_page_of_columns_is_that_of_the_schema() -> None:
    assert PAGE.read_text(encoding="utf-8") == describe_columns(), "run python tools/list_columns.py"
    named = set(re.findall(r"^## `(.+)\.csv`$", describe_columns(), re.MULTILINE))
    assert named == set(EVERY)
