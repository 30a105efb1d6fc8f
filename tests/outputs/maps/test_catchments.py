"""Catchments of hubs whose regions nobody draws lie where their sites do, not on the land of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shapely

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.outputs.maps.catchments import draw_catchments

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.usefixtures("closing_unknown")
def test_a_region_that_is_not_drawn_shares_the_prefectures_of_its_sites(tmp_path: Path) -> None:
    tables = {name.replace("chubu/", "own/"): rows for name, rows in tiny_tables().items()}
    plan = hs.solve(hs.read(write_folder(tmp_path / "in", tables)))
    drawn = draw_catchments(plan)
    shapes = dict(zip(drawn["hub_id"].tolist(), drawn.geometry.tolist(), strict=True))
    for hub, sites in plan.assignments.groupby("hub_id"):
        points = shapely.points(sites["lon"], sites["lat"])
        assert shapely.distance(shapes[str(hub)], points).max() < 0.05  # a site may lie on a simplified coast
    areas = plan.outlines[plan.outlines["kind"] == "region"].set_index("id").geometry
    (own,) = [shapes[name] for name in shapes if name.startswith("hc")]
    assert own.intersection(areas["kanto"]).area < 0.01 * own.area  # outlines of maps are finer than these
    around = shapely.union_all(areas[["chubu"]].to_numpy())
    assert own.difference(around.buffer(0.05)).area < 0.01 * own.area
    assert own.area < 0.6 * around.area
