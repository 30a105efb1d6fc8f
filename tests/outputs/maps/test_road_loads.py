"""What roads carry, on the map in a real browser: links are drawn, found under the pointer, and told."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.outputs.maps.colour_vision import measure_contrast
from hubspoke.outputs.maps.colours import DARK_LAND, LAND
from hubspoke.outputs.maps.draw import draw_comparison, draw_map
from map_browser import NEEDS_BROWSER, open_page

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from playwright.sync_api import Browser

    from hubspoke.api.plan import Plan

MIDDLE = """() => {
  const link = hubspoke.roadLinks().find(({ n }) => hubspoke.roads().links.route[n] === 'Tomei');
  const view = hubspoke.lens(map_plan);
  const { ax, ay, bx, by } = hubspoke.ends(view, link.from, link.to);
  const at = map_plan.layerPointToContainerPoint([ax + 0.4 * (bx - ax), ay + 0.4 * (by - ay)]);
  return [at.x, at.y];
}"""


PAINTED = """([x, y]) => {
  const canvas = document.querySelector(".leaflet-drawing-pane canvas");
  const box = canvas.getBoundingClientRect();
  const scale = canvas.width / box.width;
  const copy = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, -Math.round((x - box.x) * scale), -Math.round((y - box.y) * scale));
  const [red, green, blue] = copy.getImageData(0, 0, 1, 1).data;
  return "#" + [red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("");
}"""
"""The colour of the sheet at a place on the screen."""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """Plan the tiny network with one hub for all, so that packs run from Nagoya over Shizuoka to Tokyo."""
    folder = write_folder(tmp_path_factory.mktemp("roads") / "tiny", tiny_tables())
    return hs.solve(hs.read(folder), policy="open", opened=["hk1"], closed=["hk2", "hc1", "hc2"])


def frames(page: str) -> list[dict[str, Any]]:
    data = json.loads(page.split('id="hubspoke-data">')[1].split("</script>", maxsplit=1)[0])
    found: list[dict[str, Any]] = data["frames"]
    return found


@pytest.mark.heavy
def test_the_map_has_the_loads_of_the_plan(plan: Plan) -> None:
    (frame,) = frames(draw_map(plan).get_root().render())
    loads = plan.road_loads()
    links = loads[(loads["from_code"] != "") & (loads["to_code"] != "")]
    assert frame["roads"]["loads"]["t"] == [round(t, 1) for t in links["mass_t"]]
    assert len(frame["roads"]["entry"]) == len(frame["lanes"]["site"])
    assert len(frame["roads"]["flows"]) == len(frame["flows"])
    straight = frames(draw_map(replace(plan, network=None)).get_root().render())
    assert [one["roads"] for one in straight] == [None]


@pytest.mark.heavy
def test_a_region_has_the_loads_of_its_own_plants_and_a_comparison_those_of_each_plan(
    tiny_plan: Plan, plan: Plan
) -> None:
    """Where one hub stands for all, its region takes from the other; else each region keeps its packs."""
    loads = {
        region: [frames(draw_map(one, region=region).get_root().render())[0]["roads"] for one in (tiny_plan, plan)]
        for region in ("kanto", "chubu")
    }
    assert loads["chubu"][0] is None
    for region, at in (("kanto", 0), ("kanto", 1), ("chubu", 1)):
        assert sum(loads[region][at]["loads"]["t"]) > 0
    several = frames(draw_comparison([tiny_plan, plan]).get_root().render())
    assert [len(one["roads"]["entry"]) == len(one["lanes"]["site"]) for one in several] == [True, True]


@pytest.mark.browser
@pytest.mark.skipif(NEEDS_BROWSER[1].args[0], reason="no Chromium is installed")
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_click_on_a_link_tells_what_it_carries(browser: Browser, plan: Plan, tmp_path: Path, lang: str) -> None:
    draw_map(plan, lang=lang).save(tmp_path / "map.html")
    seen = open_page(browser, tmp_path / "map.html")
    seen.page.get_by_label({"en": "Dismantling sites", "ja": "解体拠点"}[lang]).uncheck()
    at = seen.page.evaluate(MIDDLE)
    seen.page.mouse.move(*at)
    loads = plan.road_loads()
    tomei = loads[(loads["route"] == "Tomei") & (loads["material"] == "packs")].iloc[0]
    tip = seen.page.locator(".leaflet-tooltip").inner_text()
    assert f"{tomei['mass_t']:,.0f} t" in tip
    seen.page.mouse.click(*at)
    told = seen.page.locator(".leaflet-popup-content").inner_text()
    words = {"en": ("Expressway", "Loaded trucks a day"), "ja": ("高速道路", "1日当たり台数（積載）")}[lang]
    for expected in (*words, "Tomei", "180 km", f"{tomei['mass_t']:,.0f} t", f"{tomei['co2_kg']:,.0f} kg"):
        assert expected in told
    seen.close()


@pytest.mark.heavy
@pytest.mark.browser
@pytest.mark.skipif(NEEDS_BROWSER[1].args[0], reason="no Chromium is installed")
def test_a_road_is_painted_in_a_colour_that_stands_out_by_day_and_by_night(
    browser: Browser, plan: Plan, tmp_path: Path
) -> None:
    draw_map(plan).save(tmp_path / "map.html")
    seen = open_page(browser, tmp_path / "map.html")
    for label in ("Dismantling sites", "Black mass to refinery, t/yr", "Catchments of the hubs"):
        seen.page.get_by_label(label).uncheck()
    for number, land in enumerate((LAND, DARK_LAND)):
        seen.page.emulate_media(color_scheme="dark" if number else "light")
        seen.page.wait_for_function(f"document.body.classList.contains('night') === Boolean({number})")
        painted = seen.page.evaluate(PAINTED, seen.page.evaluate(MIDDLE))
        lines = seen.page.evaluate("hubspoke.data().plants.filter((one) => one.lines).map((one) => one.lines)")
        assert painted.upper() in {pair[number].upper() for pair in lines}
        assert measure_contrast(painted, land) >= 3
    seen.page.emulate_media(color_scheme="null")
    seen.close()
