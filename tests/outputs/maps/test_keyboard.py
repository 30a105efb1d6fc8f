"""Maps without a mouse, in a real browser: sites, plants and lists by keyboard alone, and room for a finger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hubspoke.outputs.maps.draw import draw_map
from map_browser import NARROW, NEEDS_BROWSER, Visit, open_page
from map_plans import japan_plan, keep_sites

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from hubspoke.plan.plan import PlanData

pytestmark = NEEDS_BROWSER


@pytest.fixture(scope="module")
def plan() -> PlanData:
    return keep_sites(japan_plan(), 25)


@pytest.fixture(scope="module")
def file(plan: PlanData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keyboard") / "map.html"
    draw_map(plan, region="shikoku").save(path)
    return path


@pytest.fixture
def seen(browser: Browser, file: Path) -> Iterator[Visit]:
    visit = open_page(browser, file)
    yield visit
    visit.close()


@pytest.mark.heavy
def test_arrows_walk_through_the_hits_of_a_search_and_enter_opens_one(seen: Visit) -> None:
    page = seen.page
    page.locator("#search").focus()
    page.keyboard.type("shikoku")
    names = page.locator("#hits button strong").all_inner_texts()
    focused = "document.activeElement.querySelector('strong')?.textContent ?? document.activeElement.id"
    for key, expected in (
        ("ArrowDown", names[0]),
        ("ArrowDown", names[1]),
        ("End", names[-1]),
        ("ArrowDown", names[-1]),
        ("ArrowUp", names[-2]),
        ("Home", names[0]),
        ("ArrowUp", "search"),
        ("ArrowDown", names[0]),
    ):
        page.keyboard.press(key)
        assert page.evaluate(focused) == expected
    page.keyboard.press("Enter")
    assert page.locator(".leaflet-popup-content h3").inner_text() == names[0]
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == "search"


def test_a_site_is_reached_by_arrows_under_a_cross_that_shows_with_the_focus(seen: Visit) -> None:
    page = seen.page
    cross = page.locator(".cross")
    assert cross.is_hidden()
    page.locator("main.folium-map").focus()
    page.keyboard.press("ArrowUp")
    assert cross.is_visible()
    page.wait_for_function("!map_plan._panAnim?._inProgress")  # the map glides
    page.evaluate(
        """() => {
          const { sites } = hubspoke.data();
          map_plan.setView([sites.lat[3] / 1e4, sites.lon[3] / 1e4], 11, { animate: false });
        }"""
    )
    page.keyboard.press("Enter")
    told = page.locator(".leaflet-popup-content h3").inner_text()
    assert told == page.evaluate("hubspoke.data().sites.name[3]")
    assert page.locator(".leaflet-popup-pane").get_attribute("aria-live") == "polite"


@pytest.mark.heavy
def test_every_plant_in_use_is_reached_by_tab_and_opened_by_enter(seen: Visit) -> None:
    page = seen.page
    page.locator("main.folium-map").focus()
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        label = page.evaluate("document.activeElement.getAttribute('aria-label')")
        if label and label.endswith(", in use"):
            reached.add(label)
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline == "solid"
            page.keyboard.press("Enter")
            assert page.locator(".leaflet-popup-content h3").last.inner_text() in label
    used = page.evaluate("hubspoke.data().plants.map((_, n) => hubspoke.plant(n)).filter((p) => p?.state === 'open')")
    assert len(reached) == len(used) == 2


@pytest.mark.heavy
@pytest.mark.parametrize("zoom", [5.25, pytest.param(9, marks=pytest.mark.heavy)])
def test_symbols_in_use_are_24_pixels_apart(browser: Browser, plan: PlanData, tmp_path: Path, zoom: float) -> None:
    path = tmp_path / "map.html"
    draw_map(plan).save(path)
    visit = open_page(browser, path, NARROW)
    visit.page.evaluate(f"void map_plan.setView([35.5, 137], {zoom}, {{ animate: false }})")
    boxes = visit.page.evaluate(
        """() => [...new Set([...hubspoke.markers("hubs"), ...hubspoke.markers("refineries")])].map((marker) => {
          const { x, y, width, height } = marker.getElement().getBoundingClientRect();
          return [x, y, width, height];
        })"""
    )
    shared = visit.page.evaluate("hubspoke.markers('hubs').filter((marker) => marker.kinds.length === 2).length")
    assert len(boxes) == 16 - shared
    for at, (x, y, width, height) in enumerate(boxes):
        assert width == height == 24
        assert all(max(abs(x - other[0]), abs(y - other[1])) >= 23.8 for other in boxes[:at])
    visit.close()


@pytest.mark.heavy
def test_a_card_on_a_telephone_leaves_its_close_button_free(browser: Browser, file: Path) -> None:
    visit = open_page(browser, file, NARROW)
    page = visit.page
    page.evaluate("hubspoke.showSite(map_plan, 0)")
    page.locator(".leaflet-popup-close-button").click()  # waits in vain where something lies over the button
    page.locator(".leaflet-popup-content").wait_for(state="detached")
    visit.close()
