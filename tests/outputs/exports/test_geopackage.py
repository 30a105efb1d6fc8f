"""The GeoPackage: all layers with places, and the colours of the maps for QGIS."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest

import hubspoke as hs
from builders import write_folder
from hubspoke.outputs.exports.geopackage import write_geopackage
from hubspoke.outputs.exports.plan_layers import plan_layers

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan

LAYERS = {"sites", "hubs", "refineries", "lanes", "flows", "on_ground", "road_loads", "catchments"}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return hs.solve(hs.read(write_folder(tmp_path_factory.mktemp("network"))))


def read_styles(file: Path) -> dict[str, ET.Element]:
    """Read the styles as QGIS looks for them: by table and column of the shapes, the one to be used by itself."""
    table = pyogrio.read_dataframe(file, layer="layer_styles", read_geometry=False)
    assert set(table["f_geometry_column"]) == {"geom"}
    assert table["useAsDefault"].all()
    texts = zip(table["f_table_name"], table["styleQML"], strict=True)
    return {name: ET.fromstring(text) for name, text in texts}  # noqa: S314 - what was just written


def test_it_opens_with_all_layers(plan: Plan, tmp_path: Path) -> None:
    write_geopackage(plan, tmp_path / "plan.gpkg")
    kinds = dict(pyogrio.list_layers(tmp_path / "plan.gpkg").tolist())
    assert kinds.pop("layer_styles") is None
    assert set(kinds) == LAYERS
    layers = {name: gpd.read_file(tmp_path / "plan.gpkg", layer=name) for name in kinds}
    assert all(layer.crs == "EPSG:4326" for layer in layers.values())
    assert len(layers["sites"]) == len(plan.assignments)
    ground = layers["on_ground"].groupby("material")["mass_t"].sum()
    assert layers["flows"]["mass_t"].sum() + ground.get("black_mass", 0) == pytest.approx(plan.flows["mass_t"].sum())
    assert layers["lanes"]["mass_t"].sum() + ground.get("packs", 0) == pytest.approx(plan.mass_t)


@pytest.mark.heavy
def test_a_way_has_one_line_and_what_stays_on_a_ground_is_a_point(plan: Plan) -> None:
    hub, flows = plan.hubs.set_index("id").loc[plan.flows["hub_id"].iloc[0]], plan.flows.iloc[[0, 0]]
    flows = flows.assign(grade=["first", "second"])
    here = plan.refineries["id"] == flows["refinery_id"].iloc[0]
    place = {"lat": hub["lat"], "lon": hub["lon"]}
    together = replace(
        plan,
        flows=flows,
        refineries=plan.refineries.assign(**{key: plan.refineries[key].where(~here, at) for key, at in place.items()}),
    )
    for one, lines, points in ((replace(plan, flows=flows), 1, 0), (together, 0, 1)):
        layers = plan_layers(one)
        assert all(layer.geometry.is_valid.all() for layer in layers.values())
        on_ground = layers["on_ground"]
        on_ground = on_ground[on_ground["material"] == "black_mass"]
        assert (len(layers["flows"]), len(on_ground)) == (lines, points)
        moved = pd.concat([layers["flows"]["mass_t"], on_ground["mass_t"]])
        assert moved.tolist() == pytest.approx([flows["mass_t"].sum()])
        assert layers["flows"]["grade"].tolist() == ["first; second"] * lines


@pytest.mark.heavy
def test_every_column_has_an_alias_in_both_languages(plan: Plan, tmp_path: Path) -> None:
    write_geopackage(plan, tmp_path / "plan.gpkg")
    with closing(sqlite3.connect(tmp_path / "plan.gpkg")) as base:
        told = base.execute(
            "SELECT table_name, column_name, name, title, description FROM gpkg_data_columns"
        ).fetchall()
        known = base.execute("SELECT table_name FROM gpkg_extensions WHERE extension_name = 'gpkg_schema'").fetchall()
    assert ("gpkg_data_columns",) in known
    assert {layer for layer, *_ in told} == LAYERS
    named = {(layer, column): texts for layer, column, *texts in told}
    for layer in LAYERS:
        columns = pyogrio.read_info(tmp_path / "plan.gpkg", layer=layer)["fields"].tolist()
        assert {column for of, column in named if of == layer} == set(columns)
    alias, english, both = named["lanes", "distance_km"]
    assert (alias, english) == ("distance_km · 距離 [km]", "Distance of the lane, one way")
    assert both == f"{english}; 距離"
    assert [texts for texts in named.values() if not texts[1]] == []


@pytest.mark.heavy
def test_every_layer_has_the_colours_of_the_map(plan: Plan, tmp_path: Path) -> None:
    write_geopackage(plan, tmp_path / "plan.gpkg")
    styles = read_styles(tmp_path / "plan.gpkg")
    assert set(styles) == LAYERS
    page = str(plan.map().get_root().render())
    data = json.loads(page.split('id="hubspoke-data">')[1].split("</script>", maxsplit=1)[0])
    used = set(plan.hubs.loc[plan.hubs["state"] == "open", "id"])
    on_map = {one["id"]: one["colour"] for one in data["plants"] if one["id"] in used}
    assert len(on_map) == len(used) > 1
    for layer in ("sites", "catchments"):
        symbols = {symbol.get("name"): symbol for symbol in styles[layer].iter("symbol")}
        told = {}
        for category in styles[layer].iter("category"):
            colour = next(one for one in symbols[category.get("symbol")].iter("Option") if one.get("name") == "color")
            red, green, blue, _ = map(int, str(colour.get("value")).split(","))
            told[category.get("value")] = f"#{red:02X}{green:02X}{blue:02X}"
        assert {hub: told[hub] for hub in used} == on_map
    fill = next(one for one in styles["hubs"].iter("Option") if one.get("name") == "fillColor")
    expression = next(one for one in fill.iter("Option") if one.get("name") == "expression").get("value")
    assert all(f"WHEN \"id\" = '{hub}' THEN '{colour}'" in str(expression) for hub, colour in on_map.items())


@pytest.mark.heavy
def test_a_hostile_identifier_stays_a_text(plan: Plan, tmp_path: Path) -> None:
    used = plan.hubs.loc[plan.hubs["state"] == "open", "id"].iloc[0]
    name = "a' OR 1=1 \\ <b> & \" 日本"
    named = {"hub_id": {used: name}, "id": {used: name}}
    hostile = replace(
        plan,
        hubs=plan.hubs.replace({"id": named["id"]}),
        assignments=plan.assignments.replace({"hub_id": named["hub_id"]}),
        flows=plan.flows.replace({"hub_id": named["hub_id"]}),
    )
    write_geopackage(hostile, tmp_path / "plan.gpkg")
    styles = read_styles(tmp_path / "plan.gpkg")
    assert name in [category.get("value") for category in styles["sites"].iter("category")]
    expressions = [str(one.get("value")) for one in styles["hubs"].iter("Option") if one.get("name") == "expression"]
    assert any("'a'' OR 1=1 \\\\ <b> & \" 日本'" in text for text in expressions)


def test_a_plan_that_serves_nothing_has_styles_too(plan: Plan, tmp_path: Path) -> None:
    none = replace(plan, assignments=plan.assignments.iloc[:0], flows=plan.flows.iloc[:0])
    none = replace(none, hubs=none.hubs.assign(state="not_chosen"))
    write_geopackage(none, tmp_path / "plan.gpkg")
    assert set(read_styles(tmp_path / "plan.gpkg")) == LAYERS
