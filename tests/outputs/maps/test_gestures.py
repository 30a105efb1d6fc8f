"""Maps under a real mouse, in a real browser: what pointing, a first click and the buttons do, and what paper shows."""

from __future__ import annotations

import re
import zlib
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from map_browser import NEEDS_BROWSER, open_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from map_browser import Visit

pytestmark = NEEDS_BROWSER

FOCUS = "hubspoke.state.focus"
SEEN_SITES = """() => {
  const box = map_plan.getBounds();
  const { lat, lon } = hubspoke.data().sites;
  return lat.filter((_, at) => box.contains([lat[at] / 1e4, lon[at] / 1e4])).length;
}"""


@pytest.fixture
def seen(browser: Browser, map_of_japan: Path) -> Iterator[Visit]:
    visit = open_page(browser, map_of_japan)
    yield visit
    visit.close()


def middle_of_hub(seen: Visit, number: int = 0) -> tuple[float, float, int]:
    """Find a hub's symbol on the screen, and its place in the data."""
    x, y, plant = seen.page.evaluate(
        f"""() => {{
          const marker = hubspoke.markers("hubs")[{number}];
          const box = marker.getElement().getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2, marker.plant];
        }}"""
    )
    return x, y, plant


def test_pointing_at_a_hub_lights_it_and_it_stays_lit_while_the_mouse_moves_on_it(seen: Visit) -> None:
    page = seen.page
    x, y, plant = middle_of_hub(seen)
    page.mouse.move(x - 200, y)
    for step in range(4):
        page.mouse.move(x - 3 + 2 * step, y + 1)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate(FOCUS) == {"hub": plant, "dim": True}
    assert page.locator(".leaflet-tooltip").first.is_visible()
    page.mouse.move(1300, 150)
    page.wait_for_function(f"{FOCUS} === null")


@pytest.mark.heavy
def test_the_first_click_shows_no_cross_and_the_first_key_does(seen: Visit) -> None:
    page = seen.page
    x, y, _ = middle_of_hub(seen)
    page.mouse.click(x + 40, y - 60)
    assert page.evaluate("document.activeElement === map_plan.getContainer()")
    assert page.locator(".cross").is_hidden()
    assert page.evaluate("getComputedStyle(map_plan.getContainer()).outlineStyle") == "none"
    page.keyboard.press("ArrowUp")
    assert page.locator(".cross").is_visible()


@pytest.mark.heavy
def test_the_button_zooms_to_what_is_planned_and_not_out_to_sea(seen: Visit) -> None:
    page = seen.page
    for _ in range(6):
        page.get_by_label("Zoom in").click()
        page.wait_for_function("!map_plan._animatingZoom")
    assert page.evaluate(SEEN_SITES) >= 1


@pytest.mark.heavy
def test_the_button_zooms_about_the_hub_that_is_looked_at(seen: Visit) -> None:
    page = seen.page
    x, y, plant = middle_of_hub(seen, 2)
    page.mouse.click(x, y)
    page.wait_for_function("!map_plan._panAnim?._inProgress")
    where = f"map_plan.latLngToContainerPoint(hubspoke.data().plants[{plant}].at)"
    before = page.evaluate(where)
    page.get_by_label("Zoom in").click()
    page.wait_for_function("!map_plan._animatingZoom")
    after = page.evaluate(where)
    assert (after["x"], after["y"]) == pytest.approx((before["x"], before["y"]), abs=2)


def find_pictures(pdf: bytes) -> list[Any]:
    """Return the pictures of a PDF that are as large as a map, shape (rows, columns, 3)."""
    found = []
    for head, body in re.findall(rb"(/Subtype\s*/Image[^>]*?>>)\s*stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        width, height = (int(re.search(rb"/%s (\d+)" % name, head)[1]) for name in (b"Width", b"Height"))  # type: ignore[index]
        if width > 1500 and b"/DeviceGray" not in head and b"/FlateDecode" in head:
            found.append(np.frombuffer(zlib.decompress(body), np.uint8).reshape(height, width, 3))
    return found


@pytest.mark.heavy
def test_a_printed_map_shows_land_sites_and_lanes(seen: Visit) -> None:
    page = seen.page
    pictures = find_pictures(page.pdf(prefer_css_page_size=True))
    bands = [[one[:, :, band] for band in range(3)] for one in pictures]  # an axis of three is slow to reduce
    coloured = [float((reduce(np.maximum, one) - reduce(np.minimum, one) > 12).mean()) for one in bands]
    assert len(pictures) >= 3  # land, borders, and what is drawn on them
    assert max(coloured) > 0.05
    assert page.locator("img.pictured, .pictured").count() == 0
    assert page.evaluate("document.body.classList.contains('printing')") is False


@pytest.mark.heavy
def test_on_paper_the_cards_stand_beside_the_map(seen: Visit) -> None:
    page = seen.page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    boxes = [page.locator(name).bounding_box() for name in ("#panel", "#legend", "main")]
    panel, legend, land = (box for box in boxes if box is not None)
    for card in (panel, legend):
        assert card["x"] + card["width"] <= land["x"]
        assert card["y"] + card["height"] <= land["y"] + land["height"] + 1
    assert page.locator("#legend input:visible, .leaflet-control-zoom:visible").count() == 0
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")


def test_a_view_is_sent_by_its_address(seen: Visit) -> None:
    page = seen.page
    assert page.evaluate("location.hash") == ""
    page.evaluate("void map_plan.setView([34.5, 135.5], 8, { animate: false })")
    page.evaluate("void hubspoke.markers('hubs')[1].openPopup()")
    page.wait_for_function("location.hash.includes('plant=')")
    page.wait_for_function("!map_plan._panAnim?._inProgress")
    told, title = page.url, page.locator(".leaflet-popup-content h3").first.inner_text()
    where = page.evaluate("[map_plan.getZoom(), map_plan.getCenter().lat]")
    page.goto("about:blank")
    page.goto(told)
    page.wait_for_selector("[data-ready]", state="attached")
    page.wait_for_function("!map_plan._panAnim?._inProgress")
    assert page.evaluate("[map_plan.getZoom(), map_plan.getCenter().lat]") == pytest.approx(where, abs=0.05)
    assert page.locator(".leaflet-popup-content h3").first.inner_text() == title


@pytest.mark.heavy
def test_an_address_that_makes_no_sense_shows_the_whole_map(map_of_japan: Path, seen: Visit) -> None:
    page = seen.page
    bounds = "map_plan.getBounds().toBBoxString()"
    whole = page.evaluate(bounds)
    for told in ("#z=x&at=1,2", "#plan=7&plant=nothing", "#%%%", "#at=NaN,NaN&z=9"):
        page.goto("about:blank")
        page.goto(map_of_japan.as_uri() + told)
        page.wait_for_selector("[data-ready]", state="attached")
        assert page.evaluate(bounds) == whole


@pytest.mark.heavy
def test_symbols_are_shared_on_one_ground_and_lead_to_where_they_stand(seen: Visit) -> None:
    page = seen.page
    shared = page.evaluate("hubspoke.markers('hubs').filter((marker) => marker.kinds.length === 2).length")
    grounds = page.evaluate(
        """() => {
          const used = hubspoke.data().plants.map((_, at) => hubspoke.plant(at)).filter((one) => one?.state === "open");
          const at = (kind) => used.filter((one) => one.kind === kind).map((one) => one.at.join());
          return at("hub").filter((place) => at("refinery").includes(place)).length;
        }"""
    )
    assert shared == grounds
    lost = page.evaluate(
        """() => [...hubspoke.markers("hubs"), ...hubspoke.markers("refineries")].filter((marker) => {
          const box = marker.getElement().getBoundingClientRect();
          const at = map_plan.latLngToContainerPoint(marker.getLatLng());
          const far = Math.hypot(box.x + box.width / 2 - at.x, box.y + box.height / 2 - at.y) > 9;
          return far && marker.getElement().querySelector(".leader").style.display === "none";
        }).length"""
    )
    assert lost == 0


@pytest.mark.heavy
def test_no_name_is_cut_and_none_goes_under_a_card(seen: Visit) -> None:
    boxes = seen.page.evaluate(
        """() => {
          const box = (node) => {
            const { left, top, right, bottom } = node.getBoundingClientRect();
            return [left, top, right, bottom];
          };
          const every = [...document.querySelectorAll(".plant > .name")];
          const names = every.filter((name) => name.style.visibility === "visible");
          const isCut = (part) => part.scrollWidth > part.clientWidth + 1;
          const cut = names.filter((name) => [...name.children].some(isCut)).length;
          return { names: names.map(box), cards: [...document.querySelectorAll(".card")].map(box), cut };
        }"""
    )
    assert len(boxes["names"]) >= 8
    assert boxes["cut"] == 0
    for left, top, right, bottom in boxes["names"]:
        for card in boxes["cards"]:
            assert right <= card[0] or card[2] <= left or bottom <= card[1] or card[3] <= top
