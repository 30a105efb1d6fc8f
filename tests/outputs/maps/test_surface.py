"""The surface says what a place pays to the gate of its hub, in numbers, in colour and under the mouse."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from hubspoke.outputs.maps.draw import draw_map
from hubspoke.outputs.maps.surface import CLASSES, list_surface
from hubspoke.plan.roads.reach import measure_reach
from map_browser import NEEDS_BROWSER, open_page
from map_plans import japan_plan as drawn_plan
from shipped import japan_plan

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from hubspoke.api.plan import Plan

REST = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return japan_plan("regional", ("shikoku",))


@pytest.fixture(scope="module")
def surface(plan: Plan) -> dict[str, Any]:
    listed = list_surface(plan, _list_hubs(plan), "shikoku")
    assert listed is not None
    return listed


def _list_hubs(plan: Plan) -> dict[str, Any]:
    return {"plants": [{"kind": "hub", "id": name} for name in plan.hubs["id"]]}


def _unfold(column: list[int], width: int) -> np.ndarray:
    cells: list[int] = []
    for value in column:
        cells += [-1] * -value if value < 0 else [value]
    cells += [-1] * (-len(cells) % width)
    return np.reshape(cells, (-1, width))


def test_squares_hold_what_their_middle_pays(plan: Plan, surface: dict[str, Any]) -> None:
    jpy, tenths = (_unfold(surface[name], surface["width"]) for name in ("jpy", "tenths"))
    row, column = np.nonzero(jpy >= 0)
    x, y = ((at + surface[side] + 0.5) / surface["squares"] / 256 for at, side in ((column, "left"), (row, "top")))
    lon, lat = x * 360 - 180, np.degrees(np.arctan(np.sinh((0.5 - y) * 2 * np.pi)))
    assert lon.min() > 131.9
    assert lon.max() < 135
    assert lat.min() > 32.6
    assert lat.max() < 34.6
    reach = measure_reach(plan, np.column_stack([lon, lat]), np.full(len(lon), "shikoku", object))
    assert reach is not None
    assert np.abs(jpy[row, column] - reach.jpy_per_t / 1e3).max() <= 0.5 + 1e-9
    assert np.abs(tenths[row, column] / 10 - reach.hours).max() <= 0.05 + 1e-9
    assert sum(count for count, _ in surface["hub"]) == len(row)
    assert {hub for _, hub in surface["hub"]} == set(reach.hub.tolist())


def test_classes_are_round_and_of_one_width(surface: dict[str, Any]) -> None:
    for breaks in surface["breaks"].values():
        assert 2 <= len(breaks) < CLASSES
        assert np.diff([0, *breaks]) == pytest.approx(breaks[0])
        assert float(f"{breaks[0]:.1g}") == breaks[0]


@pytest.mark.heavy
def test_there_is_no_surface_where_nothing_tells_what_lanes_cost(plan: Plan) -> None:
    hubs = _list_hubs(plan)
    assert list_surface(replace(plan, network=None), hubs, None) is None
    assert list_surface(replace(plan, outlines=plan.outlines.iloc[:0], hashes={}), hubs, None) is None
    assert list_surface(replace(plan, assignments=plan.assignments.iloc[:0]), hubs, None) is None
    assert 'name="surface"' not in draw_map(drawn_plan()).get_root().render()


@pytest.mark.heavy
@pytest.mark.browser
@NEEDS_BROWSER[1]
def test_the_surface_is_shown_told_under_the_mouse_and_by_keys_and_sent_by_its_address(
    browser: Browser, plan: Plan, tmp_path: Path
) -> None:
    file = tmp_path / "map.html"
    draw_map(plan, lang="ja").save(str(file))
    seen = open_page(browser, file)
    page = seen.page
    bare = page.evaluate(
        """() => {
          for (const [lat, lon] of [[33.75, 133.2], [33.6, 133.3], [33.7, 134.2], [33.3, 132.9], [33.85, 134.1]]) {
            const at = map_plan.latLngToContainerPoint([lat, lon]);
            const under = hubspoke.find(map_plan, map_plan.containerPointToLayerPoint(at), 6);
            if (under && under.kind === "area") return { x: at.x, y: at.y, lat, lon };
          }
          return null;
        }"""
    )
    assert bare is not None
    page.mouse.move(bare["x"] + 3, bare["y"])
    page.evaluate(REST)
    assert page.locator(".leaflet-tooltip").count() == 0
    assert page.evaluate("hubspoke.surface.tell(L.latLng(33.7, 133.2))") is None
    page.get_by_label("運賃（円/kg）").check()
    page.mouse.move(bare["x"], bare["y"])
    page.wait_for_selector(".leaflet-tooltip")
    told = page.evaluate(f"hubspoke.surface.tell(L.latLng({bare['lat']}, {bare['lon']}))")
    hub = page.evaluate(f"hubspoke.data().plants[{told['hub']}].name")
    text = page.locator(".leaflet-tooltip").inner_text()
    assert f"{told['jpy']} 円/kg" in text
    assert f"{told['hours']:.1f} 時間" in text
    assert hub in text
    assert page.locator("[data-scale] li").count() == len(page.evaluate("hubspoke.data().surface.breaks.jpy")) + 1
    colour = page.evaluate(
        """() => {
          const canvas = map_plan.getPane("surface").querySelector("canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const found = new Set();
          for (let n = 0; n < data.length; n += 404) if (data[n + 3] > 200) found.add(data.slice(n, n + 3).join());
          return found.size;
        }"""
    )
    assert colour >= 3
    assert "surface=jpy" in page.evaluate("location.hash")
    page.mouse.click(bare["x"], bare["y"])
    assert f"{told['jpy']} 円/kg" in page.locator(".leaflet-popup-content").inner_text()
    page.wait_for_function("!map_plan._panAnim || !map_plan._panAnim._inProgress")
    at = page.evaluate(f"map_plan.latLngToContainerPoint([{told['middle']['lat']}, {told['middle']['lng']}])")
    page.mouse.move(at["x"], at["y"] + 3)
    assert page.evaluate(f"document.elementFromPoint({at['x']}, {at['y'] + 3}) === map_plan.getContainer()")
    page.evaluate(REST)
    left = "[...document.querySelectorAll('.leaflet-tooltip')].filter((one) => one.style.opacity !== '0').length"
    assert page.evaluate(left) == 0  # the card says it; one that goes still fades
    entries = page.locator("[data-scale] li").all_inner_texts()
    assert [entry.endswith("円/kg") for entry in entries] == [False] * (len(entries) - 1) + [True]
    sent = page.url
    page.goto("about:blank")
    page.goto(sent)
    page.wait_for_selector("[data-ready]", state="attached")
    assert f"{told['jpy']} 円/kg" in page.locator(".leaflet-popup-content").inner_text()
    page.goto("about:blank")
    page.goto(sent.replace("surface=jpy", "surface=tenths"))
    page.wait_for_selector("[data-ready]", state="attached")
    assert page.get_by_label("片道の所要時間").is_checked()
    page.evaluate(f"void map_plan.setView([{bare['lat']}, {bare['lon']}], map_plan.getZoom(), {{ animate: false }})")
    page.evaluate("map_plan.getContainer().focus()")
    page.keyboard.press("Enter")
    assert f"{told['hours']:.1f} 時間" in page.locator(".leaflet-popup-content h3").last.inner_text()
    page.get_by_label("表示しない").check()
    assert page.evaluate("map_plan.getPane('surface').querySelector('canvas')") is None
    seen.close()
