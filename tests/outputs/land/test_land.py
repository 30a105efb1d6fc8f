"""Pictures draw finer outlines of Japan than those that ship for planning, and name who made them."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from hubspoke.outputs.land.land import credit_land, find_outlines, read_shipped
from hubspoke.outputs.maps.colour_vision import measure_contrast
from hubspoke.outputs.maps.colours import DARK_LAND
from hubspoke.outputs.maps.draw import draw_map
from hubspoke.outputs.maps.rings import SCALE, write_polygons
from hubspoke.outputs.report.drawing.land import Frame, draw_land
from hubspoke.outputs.report.drawing.night import follow_night
from hubspoke.outputs.report.drawing.picture import draw_picture
from map_plans import japan_plan, keep_sites

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData

NEAR_DEG = 0.015
"""1.5 km, by which synthetic sites may lie off the finer coast: they were placed within the coarser one."""
SLIVER_DEG2 = 1e-6


@pytest.fixture(scope="module")
def plan() -> PlanData:
    """Plan Japan with the outlines that ship, as a plan knows them that was read from a folder."""
    mark = sha256(read_shipped()).hexdigest()
    return replace(keep_sites(japan_plan(), 25), hashes={"shipped/boundaries.geojson": mark})


@pytest.mark.heavy
def test_finer_outlines_are_whole_and_stand_for_the_same_places(plan: PlanData) -> None:
    fine = find_outlines(plan)
    assert fine["kind"].tolist() == plan.outlines["kind"].tolist()
    assert fine["name_en"].tolist() == plan.outlines["name_en"].tolist()
    shapes = fine[fine["kind"] == "prefecture"].geometry.to_numpy()
    assert len(shapes) == 47
    assert shapely.is_valid(fine.geometry.to_numpy()).all()
    assert shapely.coverage_is_valid(shapes)
    corners = shapely.get_num_coordinates(shapes).sum()
    assert (
        corners > 2 * shapely.get_num_coordinates(plan.outlines.geometry[plan.outlines["kind"] == "prefecture"]).sum()
    )
    for key, region in zip(fine["id"], fine.geometry, strict=True):
        parts = fine[(fine["kind"] == "prefecture") & (fine["region"] == key)].geometry.to_numpy()
        assert not key or region.symmetric_difference(shapely.union_all(parts)).area < SLIVER_DEG2
    was = plan.outlines.set_geometry(shapely.make_valid(plan.outlines.geometry.to_numpy()))
    common = shapely.intersection(shapes, was[was["kind"] == "prefecture"].geometry.to_numpy())
    assert np.median(shapely.area(common) / shapely.area(shapes)) > 0.95


def test_every_site_lies_on_the_finer_land_or_near_it(plan: PlanData) -> None:
    fine = find_outlines(plan)
    shapes = dict(zip(fine["name_en"][fine["kind"] == "prefecture"], fine.geometry, strict=False))
    for prefecture, rows in plan.assignments.groupby("prefecture"):
        away = shapely.distance(shapes[str(prefecture)], shapely.points(rows["lon"], rows["lat"]))
        assert away.max() < NEAR_DEG


@pytest.mark.heavy
def test_maps_and_pictures_name_who_made_the_land_and_own_outlines_are_left_alone(plan: PlanData) -> None:
    own = replace(plan, hashes={})
    assert find_outlines(own) is own.outlines
    assert credit_land(own, "en") == ""
    frame = Frame([[30.0, 128.0], [46.0, 146.0]])
    for lang, told in (("en", "Digital National Land Information"), ("ja", "国土数値情報")):
        assert told in credit_land(plan, lang)  # type: ignore[arg-type]
        assert told in draw_map(plan, region="shikoku", lang=lang).get_root().render()
        assert told in "".join(draw_land(plan, frame, lang))  # type: ignore[arg-type]
    assert "<text" not in "".join(draw_land(own, frame, "en"))


def test_hubs_in_pictures_have_the_colours_of_the_night_while_a_screen_is_dark(plan: PlanData) -> None:
    chart = draw_picture(plan, "plan", "en")
    assert chart is not None
    assert chart.follows_night
    hues = set(re.findall(r"var\(--hue-(\w{6}), #\1\)", chart.svg))
    assert len(hues) == 8
    told = dict(re.findall(r"--hue-(\w{6}):(#\w{6});", chart.svg))
    assert set(told) == hues
    assert all(measure_contrast(shade, DARK_LAND) >= 3 for shade in told.values())
    assert follow_night('<path fill="#111111"/>', []) == '<path fill="#111111"/>'


def test_rings_are_written_as_steps_that_lead_back_to_their_corners() -> None:
    hole = [(1.2, 1.2), (1.4, 1.2), (1.4, 1.4)]
    shape = shapely.Polygon([(1, 1), (2, 1), (2, 2.0004), (1.9999, 2.0004), (1, 2)], [hole])
    speck = shapely.Polygon([(5, 5), (5.0001, 5), (5, 5.0001)])
    assert write_polygons(shapely.MultiPolygon([speck])) == []
    (outer, inner), *rest = write_polygons(shapely.MultiPolygon([shape, speck]))
    assert rest == []
    back = np.cumsum(np.reshape(outer, (-1, 2)), axis=0)[:, ::-1] / SCALE
    assert {tuple(corner) for corner in back.tolist()} == {(1, 1), (2, 1), (2, 2), (1, 2)}
    assert len(inner) == 6
    assert write_polygons(shapely.Polygon()) == []
