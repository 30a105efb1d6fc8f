"""Islands far off stand in a frame of their own, so that all else is larger, on maps and in pictures."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from hubspoke.outputs.maps.cut import extract_plan
from hubspoke.outputs.maps.draw import draw_map
from hubspoke.outputs.maps.view import bound_view, find_inset
from hubspoke.outputs.report.drawing.land import Frame, place_names
from map_browser import CHROMIUM, open_page
from map_plans import japan_plan

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from hubspoke.plan.plan import PlanData

OKINAWA = 29.0
"""Latitude south of which only Okinawa and Amami lie."""


@pytest.fixture(scope="module")
def plan() -> PlanData:
    """Plan Japan with a few sites a region, those of Okinawa among them, and no plant in use down there."""
    plan = japan_plan()
    south = plan.assignments["lat"] < OKINAWA
    assert south.any()
    few = ~south & (plan.assignments.groupby("region").cumcount() >= 20)
    kept = plan.assignments[~few]
    share = 0.02 * kept.loc[kept["lat"] >= OKINAWA, "mass_t"].sum() / kept.loc[kept["lat"] < OKINAWA, "mass_t"].sum()
    mass_t = kept["mass_t"].where(kept["lat"] >= OKINAWA, kept["mass_t"] * share)
    return replace(plan, assignments=kept.assign(mass_t=mass_t).reset_index(drop=True))


def test_islands_with_few_tonnes_stand_apart_with_a_plant_on_them_or_without(plan: PlanData) -> None:
    cuts = [extract_plan(plan, plan.outlines.iloc[:0], None)]
    inset = find_inset(cuts, None)
    assert inset is not None
    assert inset[1][0] < OKINAWA
    assert bound_view(cuts, None, inset)[0][0] > OKINAWA
    assert bound_view(cuts, None)[0][0] < OKINAWA
    hub = plan.hubs.index[plan.hubs["state"] == "open"][0]
    there = plan.hubs.assign(lat=plan.hubs["lat"].where(plan.hubs.index != hub, inset[0][0] + 0.2))
    there = there.assign(lon=there["lon"].where(there.index != hub, inset[0][1] + 0.2))
    with_hub = [extract_plan(replace(plan, hubs=there), plan.outlines.iloc[:0], None)]
    assert find_inset(with_hub, None) == inset
    assert bound_view(with_hub, None, inset)[0][0] > OKINAWA
    heavy = plan.assignments["mass_t"].where(plan.assignments["lat"] >= OKINAWA, 1e6)
    full = replace(plan, assignments=plan.assignments.assign(mass_t=heavy))
    assert find_inset([extract_plan(full, plan.outlines.iloc[:0], None)], None) is None
    none = replace(plan, assignments=plan.assignments.iloc[:0])
    assert find_inset([extract_plan(none, plan.outlines.iloc[:0], None)], None) is None
    assert find_inset(cuts, "hokkaido") is None


def test_a_picture_puts_islands_into_its_corner_and_names_beside_it() -> None:
    frame = Frame([[31.0, 129.0], [45.0, 146.0]], inset=[[24.0, 123.0], [28.0, 130.0]])
    assert frame.box is not None
    (x, y), (far_x, far_y) = frame.place(np.array([[127.0, 26.0], [140.0, 40.0]]))
    assert frame.box[0] < x < frame.box[2]
    assert frame.box[1] < y < frame.box[3]
    assert not (frame.box[0] < far_x < frame.box[2] and frame.box[1] < far_y < frame.box[3])
    told = "".join(place_names([(frame.box[2] + 20, 60.0, "a name of some length")], frame))
    left = re.search(r'x="([0-9.]+)"', told)
    assert left is not None
    assert float(left[1]) >= frame.box[2]


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
def test_a_click_on_the_inset_leads_to_the_islands_and_the_rest_is_larger_without_them(
    browser: Browser, plan: PlanData, tmp_path: Path
) -> None:
    draw_map(plan).save(tmp_path / "map.html")
    seen = open_page(browser, tmp_path / "map.html")
    page = seen.page
    gained = page.evaluate(
        """() => {
          const { bounds, inset } = hubspoke.data();
          const all = L.latLngBounds(bounds).extend(inset);
          return map_plan.getBoundsZoom(bounds) - map_plan.getBoundsZoom(all);
        }"""
    )
    assert gained >= 0.35  # larger by 1.27
    painted = page.evaluate(
        """() => {
          const canvas = document.querySelector(".inset canvas");
          const copy = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
          Object.assign(copy.canvas, { width: canvas.width, height: canvas.height });
          copy.drawImage(canvas, 0, 0);
          const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
          return data.filter((part, at) => at % 4 === 3 && part).length;
        }"""
    )
    assert painted > 300
    islands = "map_plan.getBounds().contains(hubspoke.data().inset)"
    assert not page.evaluate(islands)
    box = page.locator(".inset").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert page.evaluate(islands)
    assert page.locator(".inset").is_hidden()
    seen.close()
