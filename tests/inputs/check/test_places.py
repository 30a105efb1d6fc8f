"""Outlines, places and lanes as others draw them are read right or found, never a fault after solving."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from builders import flat_tables, write_csv, write_folder
from hubspoke.inputs.check.check import check
from hubspoke.inputs.read import read
from hubspoke.lanes.lanes import build_lanes

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.base.errors import Finding

Ring = list[list[float]]

SQUARE: Ring = [[138.5, 34.5], [141, 34.5], [141, 37], [138.5, 37], [138.5, 34.5]]
ISLAND: Ring = [[138.0, 33.0], [138.2, 33.0], [138.2, 33.2], [138.0, 33.0]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the flat tables."""
    return write_folder(tmp_path / "kanto", flat_tables())


def draw(folder: Path, *rings: Ring, region: str = "kanto") -> Path:
    """Write a feature of one region for each ring."""
    features = [
        {
            "type": "Feature",
            "properties": {"kind": "region", "id": region, "name_en": region.title()},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for ring in rings
    ]
    (folder / "boundaries.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return folder


def find(folder: Path, kind: str) -> list[Finding]:
    """Return the findings of a kind."""
    return [found for found in check(folder) if found.kind == kind]


def test_features_of_one_region_are_one_region(folder: Path) -> None:
    draw(folder, SQUARE, ISLAND, [[x + 0.5, y] for x, y in ISLAND])
    (found,) = find(folder, "drawn-in-parts")
    assert "kanto (3)" in found.problem
    outlines = read(folder).outlines
    assert outlines["id"].tolist() == ["kanto"]
    assert outlines.geometry.iloc[0].area == pytest.approx(2.5 * 2.5 + 2 * 0.5 * 0.2 * 0.2, rel=1e-6)


@pytest.mark.parametrize("wrong", [[139.0, float("nan")], [float("inf"), 35.0]])
def test_an_outline_with_a_point_nowhere_is_refused(wrong: list[float], folder: Path) -> None:
    draw(folder, [SQUARE[0], wrong, *SQUARE[1:]])
    assert [found.fatal for found in find(folder, "no-polygon")] == [True]


def test_heights_of_an_outline_are_left_out(folder: Path) -> None:
    draw(folder, [[*point, 12.5] for point in SQUARE])
    assert not read(folder).outlines.geometry.has_z.any()


def test_an_outline_that_crosses_itself_keeps_its_area_only(folder: Path) -> None:
    draw(folder, [[138, 34], [141, 37], [141, 34], [138, 37], [138, 34]])
    assert set(read(folder).outlines.geometry.geom_type) <= {"Polygon", "MultiPolygon"}


def test_a_place_far_from_its_region_is_told_with_the_region_it_lies_in(folder: Path) -> None:
    rows = flat_tables()["refineries"]
    rows[0] = {**rows[0], "lat": 35.0, "lon": 135.7}
    write_csv(folder / "refineries.csv", rows)
    (found,) = find(folder, "other-region")
    assert (found.file, found.row, found.fatal) == ("refineries.csv", 2, False)
    assert "in the outline of kinki" in found.problem


def test_a_place_off_the_coast_is_not_far(folder: Path) -> None:
    write_csv(folder / "hubs.csv", [{**flat_tables()["hubs"][0], "lat": 34.75, "lon": 139.4}])
    assert not find(folder, "other-region")


def test_lanes_in_metres_or_of_no_length_are_told(folder: Path) -> None:
    rows = [
        {"from_id": f"k{number}", "to_id": "hk1", "distance_km": km} for number, km in ((1, 21300), (2, 0), (3, 60))
    ]
    write_csv(folder / "lanes.csv", rows)
    told = [(found.row, found.kind, found.fatal) for found in check(folder)]
    assert told == [(2, "long-lane", False), (3, "short-lane", False)]


def test_lanes_in_a_column_of_metres_are_read_as_kilometres(folder: Path) -> None:
    (folder / "lanes.csv").write_text("from_id,to_id,距離(m)\nk1,hk1,26500\n")
    assert read(folder).given_lanes["distance_km"].tolist() == [26.5]


@pytest.mark.parametrize("word", ["forbidden", "不可", "Forbidden"])
def test_a_forbidden_lane_is_not_used_whatever_else_it_states(word: str, folder: Path) -> None:
    lane = {"from_id": "k1", "to_id": "hk1", "distance_km": 30, "cost_jpy_per_t": 1, "status": word}
    write_csv(folder / "lanes.csv", [lane, {**lane, "from_id": "hk1", "to_id": "rk1"}])
    network = read(folder)
    lanes = build_lanes(network, 2040)
    assert not lanes.reachable[0, 0]
    assert not lanes.transfer_reachable[0, 0]
    assert not np.isfinite(lanes.freight_jpy_per_yr[0, 0])
    assert lanes.reachable.sum() == lanes.reachable.size - 1


def test_a_word_for_no_way_is_told_how_to_forbid_a_lane(folder: Path) -> None:
    write_csv(folder / "lanes.csv", [{"from_id": "k1", "to_id": "hk1", "distance_km": "inf"}])
    (found,) = find(folder, "not-a-number")
    assert "status forbidden" in found.cure
    assert "leave the cell empty" not in found.cure
