"""Files as other people and programs write them, kind by kind: read right, told, or refused by name and place."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, cast

import pandas as pd
import pytest

import hubspoke as hs
from builders import flat_tables, write_csv, write_folder
from hubspoke.inputs.check.check import check
from hubspoke.inputs.read import read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hubspoke.base.errors import Finding

HEAD = "id,name,lat,lon,mass_t"
SQUARE: list[tuple[float, float]] = [(139, 35), (141, 35), (141, 36.5), (139, 36.5), (139, 35)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the flat tables."""
    return write_folder(tmp_path / "kanto", flat_tables())


def faults(folder: Path) -> list[Finding]:
    return [found for found in check(folder) if found.fatal]


def write_book(tmp_path: Path, changes: Mapping[tuple[str, str], object]) -> Any:
    """Write a workbook in which the first cells of some columns hold something else."""
    pytest.importorskip("openpyxl")
    file = tmp_path / "kanto.xlsx"
    with pd.ExcelWriter(file) as book:
        for name, rows in flat_tables().items():
            frame = pd.DataFrame(rows).astype(object)
            for (table, column), value in changes.items():
                if table == name:
                    frame.loc[0, column] = cast("Any", value)
            frame.to_excel(book, sheet_name=name, index=False)
    return file


# 1: workbooks


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("hubs", "max_t", dt.date(2026, 5, 1)),
        ("hubs", "max_t", True),
        ("sites", "nmc_t", "1\u00a0200"),
    ],
)
def test_a_cell_of_another_kind_is_no_number(table: str, column: str, value: object, tmp_path: Path) -> None:
    (found,) = faults(write_book(tmp_path, {(table, column): value}))
    assert (found.row, found.column) == (2, column)
    assert "is not a number" in found.problem


def test_a_date_in_a_name_is_a_name(tmp_path: Path) -> None:
    file = write_book(tmp_path, {("sites", "name_ja"): dt.date(2026, 5, 1)})
    assert read(file).sites["name_ja"].tolist()[0].startswith("2026-05-01")


def test_the_sheet_that_is_shown_is_not_taken_for_a_table_that_is_hidden(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    file = write_book(tmp_path, {})
    book = openpyxl.load_workbook(file)
    book.copy_worksheet(book["sites"]).title = "sites (旧)"
    book["sites"].sheet_state = "veryHidden"
    book.save(file)
    assert "the table sites is missing" in [found.problem for found in faults(file)]
    told = " ".join(found.problem for found in check(file))
    assert "the sheet 'sites' is hidden and not read" in told
    assert "the sheet 'sites (旧)' is not that of a table" in told


# 2: text


def test_letters_of_vendors_come_back_from_cp932(folder: Path) -> None:
    (folder / "sites.csv").write_bytes(f"{HEAD}\ns1,㈱①髙橋～解体,35.6,139.7,50\n".encode("cp932"))
    assert read(folder).sites["name"].tolist() == ["㈱①髙橋～解体"]


def test_a_name_of_two_lines_is_one_row(folder: Path) -> None:
    (folder / "sites.csv").write_text(f'{HEAD}\ns1,"東京\nヤード",35.6,139.7,50\ns2,b,35.6,139.8,x\n', encoding="utf-8")
    (found,) = faults(folder)
    assert (found.row, found.column) == (3, "mass_t")  # as a spreadsheet counts


def test_half_width_letters_with_their_marks_are_told_beside_whole_ones(folder: Path) -> None:
    (folder / "sites.csv").write_text(f"{HEAD}\nｶﾞ1,a,35.6,139.7,50\nガ1,b,35.6,139.8,5\n", encoding="utf-8")
    assert any("'ガ1' looks like 'ｶﾞ1' in row 2" in found.problem for found in check(folder))


# 3: separators and heads


def test_decimal_commas_are_told_with_the_number_to_write(folder: Path) -> None:
    (folder / "sites.csv").write_text("id;lat;lon;mass_t\ns1;35,6;139,7;50\n", encoding="utf-8")
    assert [found.cure for found in faults(folder)] == [
        "write 35.6, with a decimal point",
        "write 139.7, with a decimal point",
    ]


@pytest.mark.parametrize("above", ["回収; 一覧; 2026\n\n", "# made by a program\n# a,b\n", "sites 2026\n\n"])
def test_the_row_of_the_header_is_told_whatever_stands_above(above: str, folder: Path) -> None:
    separator = ";" if ";" in above else ","
    text = above + f"{HEAD}\ns1,a,35.6,139.7,50\n".replace(",", separator)
    (folder / "sites.csv").write_text(text, encoding="utf-8")
    assert any("the header stands in row 3" in found.problem for found in check(folder))
    assert read(folder).supply_t(2040).sum() == pytest.approx(50)


def test_columns_apart_by_blanks_are_refused(folder: Path) -> None:
    (folder / "sites.csv").write_text(f"{HEAD}\ns1,a,35.6,139.7,50\n".replace(",", "  "), encoding="utf-8")
    assert {found.column for found in faults(folder)} >= {"id", "lat", "lon"}


# 4: what was written is used, refused or named


def test_a_table_in_capitals_is_read(folder: Path) -> None:
    (folder / "sites.csv").rename(folder / "Sites.CSV")
    assert not check(folder)


@pytest.mark.parametrize("name", ["hubs_v2.csv", "sites.csv.txt", "refineries - Copy.csv"])
def test_a_file_beside_a_table_is_named(name: str, folder: Path) -> None:
    (folder / name).write_text("id\n", encoding="utf-8")
    assert [found.file for found in check(folder)] == [name]


def test_sizes_and_orders_of_plants_that_are_none_are_refused(folder: Path) -> None:
    write_csv(
        folder / "sizes.csv", [{"plant_id": "gone", "capacity_t": 1, "fixed_jpy_per_yr": 1, "variable_jpy_per_t": 1}]
    )
    (folder / "own.toml").write_text('[orders]\nclose = ["gone"]\n', encoding="utf-8")
    assert [found.problem for found in faults(folder)] == ["there is no plant 'gone'"] * 2


# 5: messages


def forbid(folder: Path, site: str) -> Path:
    rows = [{"from_id": site, "to_id": hub["id"], "status": "forbidden"} for hub in flat_tables()["hubs"]]
    write_csv(folder / "lanes.csv", rows)
    return folder


def test_a_site_that_may_go_nowhere_is_told_what_forbids_it(folder: Path) -> None:
    with pytest.raises(hs.InfeasibleError, match=r"\(k1\) may go to no hub: lanes.csv forbids every one; allow a lane"):
        hs.solve(read(forbid(folder, "k1")))


def test_a_site_with_nothing_that_may_go_nowhere_stops_no_plan(folder: Path) -> None:
    rows = [dict(row) for row in flat_tables()["sites"]]
    rows[0].update(hev_t=0, nmc_t=0, lfp_t=0)
    write_csv(folder / "sites.csv", rows)
    assert hs.solve(read(forbid(folder, "k1"))).mass_t == pytest.approx(550)


def test_hubs_that_must_be_open_and_may_not_be_are_told_with_the_rule(folder: Path) -> None:
    with pytest.raises(hs.InfeasibleError, match=r"2 hubs must be open .* policy.hubs_per_region=\[1,2\]"):
        hs.solve(read(folder), opened=["hk1", "hk2"])


# 6: outlines


def draw(folder: Path, geometry: Mapping[str, object] | None) -> Path:
    told = {"kind": "region", "id": "kanto", "name_en": "Kanto"}
    feature = {"type": "Feature", "properties": told, "geometry": geometry}
    (folder / "boundaries.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return folder


def test_the_land_of_a_collection_counts_and_its_points_do_not(folder: Path) -> None:
    parts = [{"type": "Polygon", "coordinates": [SQUARE]}, {"type": "Point", "coordinates": [139.5, 35.5]}]
    assert not check(draw(folder, {"type": "GeometryCollection", "geometries": parts}))


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [[[y, x] for x, y in SQUARE]]},
        {"type": "Polygon", "coordinates": [[[x * 1e4, y * 1e4] for x, y in SQUARE]]},
        {"type": "LineString", "coordinates": SQUARE},
        None,
    ],
    ids=["latitude first", "metres", "line", "nothing"],
)
def test_an_outline_without_land_in_degrees_is_refused(geometry: Mapping[str, object] | None, folder: Path) -> None:
    (found,) = faults(draw(folder, geometry))
    assert "feature 1 has no usable polygon" in found.problem


def test_a_ring_that_is_not_closed_is_closed(folder: Path) -> None:
    assert not check(draw(folder, {"type": "Polygon", "coordinates": [SQUARE[:-1]]}))


# 7: warnings of libraries, which are errors in tests


def test_a_named_system_of_coordinates_warns_of_nothing(folder: Path) -> None:
    file = draw(folder, {"type": "Polygon", "coordinates": [SQUARE]}) / "boundaries.geojson"
    told = json.loads(file.read_text()) | {
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::6668"}}
    }
    file.write_text(json.dumps(told))
    assert not check(folder)


def test_columns_of_mixed_kinds_warn_of_nothing(tmp_path: Path) -> None:
    file = write_book(tmp_path, {("sites", "id"): 7, ("hubs", "id"): 8.5, ("sites", "name_ja"): None})
    assert not check(file)
    assert read(file).sites["id"].tolist()[0] == "7"


def test_frames_of_categories_and_missing_values_warn_of_nothing() -> None:
    frames = {name: pd.DataFrame(rows) for name, rows in flat_tables().items()}
    frames["hubs"]["technology"] = frames["hubs"]["technology"].astype("category")
    frames["hubs"]["max_t"] = pd.array([pd.NA, 700], dtype="Int64")
    sites, hubs, refineries = (frames[name] for name in ("sites", "hubs", "refineries"))
    assert hs.Network.from_frames(sites=sites, hubs=hubs, refineries=refineries).hubs["max_t"].tolist()[1] == 700
