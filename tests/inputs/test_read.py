"""A folder in any form becomes the same network."""

from __future__ import annotations

import hashlib
import logging
import sys
import time
import warnings
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import Point, box

import hubspoke as hs
from builders import flat_tables, tiny_tables, write_csv, write_folder
from hubspoke.inputs.check.check import check
from hubspoke.inputs.read import shipped_data_folder
from hubspoke.inputs.starter import write_starter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from builders import Row
    from hubspoke.inputs.network import Network

Tables = dict[str, list["Row"]]
TABLES = ("sites", "hubs", "refineries", "roads", "cities", "given_lanes", "given_sizes")


def assert_same(network: Network, other: Network) -> None:
    """Compare every table of two networks."""
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(network, name), getattr(other, name))


def with_region(tables: Mapping[str, list[Row]], region: str) -> Tables:
    """Put a region column into the tables of one region."""
    return {
        name: [row | {"region": region} for row in rows] if name in ("sites", "hubs", "refineries") else rows
        for name, rows in tables.items()
    }


def write_workbook(path: Path, tables: Mapping[str, list[Row]]) -> None:
    """Write a sheet per table, and one that is no table."""
    with pd.ExcelWriter(path) as writer:
        for name, rows in tables.items():
            pd.DataFrame(rows).to_excel(writer, sheet_name=name, index=False)
        pd.DataFrame({"remark": ["free"]}).to_excel(writer, sheet_name="Notes", index=False)


def test_tables_are_sorted_typed_and_filled(tiny: Path) -> None:
    network = hs.read(tiny)
    assert network.sites["id"].tolist() == ["c1", "c2", "c3", "k1", "k2", "k3"]
    assert network.regions == ("kanto", "chubu")
    assert network.supply_t(2035)[0, :3].tolist() == [40, 300, 80]
    for name in TABLES:
        table = getattr(network, name)
        assert table.index.equals(pd.RangeIndex(len(table)))
        numbers = [column for column in table if pd.api.types.is_numeric_dtype(table[column])]
        assert all(table[column].dtype == np.float64 for column in numbers)
        assert table.drop(columns=numbers).map(lambda value: isinstance(value, str)).all(axis=None)
    assert {"lat", "lon", "max_t"} <= set(network.hubs.select_dtypes("float64"))


def test_columns_are_those_promised(tiny: Path) -> None:
    network = hs.read(tiny)
    plant = "id name name_ja operator region prefecture city lat lon place_precision technology max_t status"
    plant += " existing_t existing_technology sunk_share subsidy_share subsidy_cap_jpy opens_from retires ramp_up"
    plant += " ground kind"
    assert network.hubs.columns.tolist() == [*plant.split(), "source", "confidence", "note"]
    assert network.refineries.columns.tolist() == [*network.hubs.columns, "grades", "country"]
    assert network.sites.columns.tolist()[:9] == plant.split()[:9]
    assert network.sites.columns.tolist()[9:12] == ["hev_2030_t", "nmc_2030_t", "lfp_2030_t"]
    assert network.sites.columns.tolist()[-3:] == ["origin", "source", "confidence"]
    assert network.roads.columns.tolist() == ["from_code", "to_code", "km", "kind", "route"]
    assert network.cities.columns.tolist() == ["city_code", "name_en", "name_ja", "lat", "lon"]
    lanes = ["from_id", "to_id", "distance_km", "cost_jpy_per_t", "co2_kg_per_t", "status"]
    assert network.given_lanes.columns.tolist() == lanes
    told = ["plant_id", "capacity_t", "fixed_jpy_per_yr", "variable_jpy_per_t", "technology"]
    assert network.given_sizes.columns.tolist() == told


def test_order_of_rows_changes_nothing(tiny: Path, tmp_path: Path) -> None:
    turned = {name: rows[::-1] for name, rows in tiny_tables().items()}
    assert_same(hs.read(tiny), hs.read(write_folder(tmp_path / "turned", turned)))


def test_flat_folder_with_a_region_column_equals_region_folders(tiny: Path, tmp_path: Path) -> None:
    kanto, chubu = with_region(flat_tables("kanto"), "Kanto"), with_region(flat_tables("chubu"), "中部")
    flat = {name: rows if name in ("roads", "cities") else rows + chubu[name] for name, rows in kanto.items()}
    assert_same(hs.read(tiny), hs.read(write_folder(tmp_path / "flat", flat)))


def test_folder_of_one_region_takes_its_name(tmp_path: Path) -> None:
    network = hs.read(write_folder(tmp_path / "kanto", flat_tables()))
    assert network.regions == ("kanto",)
    assert_same(network, hs.read(write_folder(tmp_path / "other", with_region(flat_tables(), "kanto"))))


def test_region_column_in_some_tables_only_is_a_fault(tmp_path: Path) -> None:
    tables = with_region(flat_tables(), "kanto") | {"hubs": flat_tables()["hubs"]}
    (found,) = [found for found in check(write_folder(tmp_path / "flat", tables)) if found.fatal]
    assert (found.file, found.row, found.column) == ("hubs.csv", 1, "region")


@pytest.mark.heavy
@pytest.mark.parametrize("form", ["workbook", "workbook alone", "book per table", "GeoPackage", "Parquet"])
def test_other_formats_equal_csv(form: str, tmp_path: Path) -> None:
    tables = flat_tables()
    folder = place = tmp_path / "kanto"
    folder.mkdir()
    if form.startswith("workbook"):
        write_workbook(folder / "kanto.xlsx", tables)
        place = folder / "kanto.xlsx" if "alone" in form else folder
    for name, rows in tables.items():
        frame = pd.DataFrame(rows)
        if form == "book per table":
            frame.to_excel(folder / f"{name}.xlsx", index=False)
        elif form == "Parquet":
            frame.to_parquet(folder / f"{name}.parquet")
        elif form == "GeoPackage":
            points = gpd.points_from_xy(frame.pop("lon"), frame.pop("lat"), crs=4326) if "lat" in frame else None
            layer = gpd.GeoDataFrame(frame, geometry=points)
            (layer.to_crs(6677) if points is not None and name != "cities" else layer).to_file(
                folder / "net.gpkg", layer=name
            )
    network, expected = hs.read(place), hs.read(write_folder(tmp_path / "csv" / "kanto", tables))
    pd.testing.assert_frame_equal(network.sites, expected.sites, atol=1e-9)
    pd.testing.assert_frame_equal(network.hubs, expected.hubs, atol=1e-9)
    assert network.roads.equals(expected.roads)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_japanese_survives_every_encoding(encoding: str, tmp_path: Path) -> None:
    tables = flat_tables()
    tables["sites"][0]["name_ja"] = "髙島屋～①㈱表示ソ"
    folder = tmp_path / "kanto"
    for name, rows in tables.items():
        write_csv(folder / f"{name}.csv", rows, encoding=encoding)
    assert hs.read(folder).sites["name_ja"].tolist() == ["髙島屋～①㈱表示ソ", "横浜", "千葉"]


def test_hostile_names_are_kept_as_they_are(tmp_path: Path) -> None:
    names = ["<script>x</script>", "\"q\" 's' \\ `b` ${c}", "😀🚚", "\u202eשלום", "two\nlines", "=1+1", "a;b\tc"]
    tables = flat_tables()
    tables["sites"] = [
        {"id": f"s{number}", "name": name, "lat": 35.6, "lon": 139.7, "mass_t": 5} for number, name in enumerate(names)
    ]
    assert hs.read(write_folder(tmp_path / "kanto", tables)).sites["name"].tolist() == names


def test_shorthand_of_tonnes_is_spread_over_classes_and_years(tmp_path: Path) -> None:
    tables = flat_tables()
    lfp: Row = {"lfp_2030_t": 1, "lfp_2035_t": 2, "lfp_2040_t": 3}
    tables["sites"] = [{"id": "a", "lat": 35.6, "lon": 139.7, **lfp, "nmc_t": 7, "mass_t": 100}]
    network = hs.read(write_folder(tmp_path / "kanto", tables))
    share = float(network.settings.classes["hev"].default_share)
    assert [network.supply_t(year)[:, :3].tolist() for year in (2030, 2040)] == [
        [[100 * share, 7, 1]],
        [[100 * share, 7, 3]],
    ]


def test_planner_needs_only_id_position_and_tonnes(tmp_path: Path) -> None:
    tables = {
        "sites": [{"id": "s", "lat": 35.6, "lon": 139.7, "mass_t": 10}],
        "hubs": [{"id": "h", "lat": 35.5, "lon": 139.8}],
        "refineries": [{"id": "r", "lat": 35.50004, "lon": 139.8}, {"id": "q", "lat": 35.4, "lon": 140.0}],
    }
    network = hs.read(write_folder(tmp_path / "kanto", tables))
    hub = network.hubs.iloc[0]
    assert (hub["name"], hub["technology"], hub["max_t"], hub["status"]) == ("h", "roasting", np.inf, "candidate")
    assert network.refineries.set_index("id")["ground"].to_dict() == {"r": "h", "q": "q"}
    assert len(network.roads) > 500
    assert len(network.cities) > 290
    assert network.outlines.crs == "EPSG:4326"


def test_existing_table_overrules_the_status_column(tiny: Path) -> None:
    write_csv(tiny / "existing.csv", [{"plant_id": "hk1", "status": "open"}, {"plant_id": "hc2", "status": "closed"}])
    status = hs.read(tiny).hubs.set_index("id")["status"]
    assert status.to_dict() == {"hc1": "candidate", "hc2": "closed", "hk1": "open", "hk2": "candidate"}


def test_given_lanes_and_sizes_are_read(tiny: Path) -> None:
    write_csv(tiny / "lanes.csv", [{"from_id": "k1", "to_id": "hk1", "distance_km": 12, "co2_kg_per_t": ""}])
    step: Row = {"plant_id": "hk1", "capacity_t": 5000, "fixed_jpy_per_yr": 1e8, "variable_jpy_per_t": 0}
    write_csv(tiny / "sizes.csv", [step | {"capacity_t": 9000}, step])
    network = hs.read(tiny)
    assert network.given_lanes.loc[0, "distance_km"] == 12
    assert network.given_lanes[["cost_jpy_per_t", "co2_kg_per_t"]].isna().all(axis=None)
    assert network.given_sizes["capacity_t"].tolist() == [5000, 9000]


def test_settings_of_the_folder_and_changes_are_merged(tiny: Path) -> None:
    (tiny / "mine.toml").write_text("[policy]\nname = 'open'\nsourcing = 'split'\n")
    policy = hs.read(tiny, changes={"policy.sourcing": "single"}).settings.policy
    assert (policy.name, policy.sourcing) == ("open", "single")


def test_hashes_name_every_file_read(tiny: Path) -> None:
    hashes = hs.read(tiny).hashes
    own = {path.relative_to(tiny).as_posix(): path for path in tiny.rglob("*.csv")}
    assert set(hashes) == {*own, "shipped/japan.toml", "shipped/boundaries.geojson"}
    assert all(hashes[name] == hashlib.sha256(path.read_bytes()).hexdigest() for name, path in own.items())


def test_warnings_go_to_the_log(tiny: Path, caplog: pytest.LogCaptureFixture) -> None:
    write_csv(tiny / "chubu/hubs.csv", [row | {"phone": "052"} for row in tiny_tables()["chubu/hubs"]])
    with caplog.at_level(logging.WARNING, logger="hubspoke"):
        hs.read(tiny)
    assert [record.getMessage() for record in caplog.records] == [str(found) for found in check(tiny)]


@pytest.mark.parametrize(
    ("suffix", "module", "extra"), [("xlsx", "python_calamine", "excel"), ("parquet", "pyarrow.parquet", "parquet")]
)
def test_missing_library_is_a_finding_that_names_the_extra(
    suffix: str, module: str, extra: str, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tiny / f"lanes.{suffix}").write_bytes(b"")
    monkeypatch.setitem(sys.modules, module, None)
    (found,) = check(tiny)
    assert f"hubspoke[{extra}]" in found.cure


@pytest.mark.parametrize("given", ["lines", None])
def test_layer_without_points_or_coordinate_system_is_a_finding(given: str | None, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "kanto", flat_tables())
    (folder / "hubs.csv").unlink()
    shapes = [box(139.8, 35.5, 139.9, 35.6)] if given else [Point(139.8, 35.5)]
    layer = gpd.GeoDataFrame({"id": ["h1"]}, geometry=shapes, crs=4326 if given else None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that no coordinate system is given
        layer.to_file(folder / "net.gpkg", layer="hubs")
    found = next(found for found in check(folder) if found.fatal)
    assert (found.file, found.column) == ("net.gpkg, layer hubs", "geometry")


def test_shipped_data_read_fast_and_whole() -> None:
    hs.read()
    start = time.process_time()
    network = hs.read()
    assert time.process_time() - start < 1.5
    assert len(network.sites) > 3000
    assert network.regions[0] == "hokkaido"
    assert len(network.regions) == 8


def test_shipped_data_are_found_inside_an_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site" / "hubspoke"
    package.mkdir(parents=True)
    monkeypatch.setattr("hubspoke.base.shipped.__file__", str(package / "base" / "shipped.py"))
    with pytest.raises(hs.HubspokeError, match="install the package again"):
        shipped_data_folder()
    write_folder(package / "data" / "regions")
    (package / "data" / "regions" / "japan.toml").touch()
    assert shipped_data_folder() == (package / "data" / "regions").resolve()


@pytest.mark.heavy
def test_starter_folder_holds_what_ships_and_reads_alike(tmp_path: Path) -> None:
    folder = write_starter(tmp_path / "deep" / "mine")
    shipped = {path.relative_to(shipped_data_folder()) for path in shipped_data_folder().rglob("*") if path.is_file()}
    assert {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} - shipped == {
        (folder / "README.md").relative_to(folder)
    }
    assert "hubspoke check mine" in (folder / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in folder.parent.iterdir()] == ["mine"]
    assert check(folder) == ()
    assert_same(hs.read(folder), hs.read())


def test_starter_folder_fills_an_empty_folder_only(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    write_starter(tmp_path / "mine")
    with pytest.raises(hs.UsageError, match="not empty"):
        write_starter(tmp_path / "mine")
    (tmp_path / "file").write_text("x")
    with pytest.raises(hs.UsageError, match="not a folder"):
        write_starter(tmp_path / "file")
    with pytest.raises(hs.UsageError, match="name another folder"):
        write_starter(tmp_path / "file" / "below")


def test_starter_folder_is_whole_or_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hubspoke.inputs.starter.shutil.copyfile", fail)
    with pytest.raises(hs.UsageError, match=r"No space left.*free space"):
        write_starter(tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []
