"""A divider between two plans under mouse, finger and keys: what lies on which side, and what is sent and printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hubspoke.outputs.maps.elements import fill_template
from hubspoke.outputs.maps.words import get_words
from map_browser import NARROW, NEEDS_BROWSER, open_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from map_browser import Visit

pytestmark = NEEDS_BROWSER

CLOSED = "hubspoke.data().frames[1].plants.findIndex((one, at) => one && hubspoke.isUsed(hubspoke.data().frames[0].plants[at] || {}) && !hubspoke.isUsed(one))"  # noqa: E501
STRIP = 26
"""Pixels on either side of the divider that its grip and names may cover."""


@pytest.fixture
def seen(browser: Browser, map_of_two_plans: Path) -> Iterator[Visit]:
    visit = open_page(browser, map_of_two_plans)
    yield visit
    visit.close()


def choose(page: Page, name: str) -> None:
    """Click the button of a plan, or of both."""
    page.locator(".plans span", has_text=name).click()


def line_of(page: Page) -> float:
    """Find where the divider stands, in pixels of the window."""
    box = page.get_by_role("slider").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2


def drag_to(page: Page, x: float) -> None:
    """Drag the divider by the mouse, in several steps."""
    page.mouse.move(line_of(page) + 3, 400)
    page.mouse.down()
    page.mouse.move(x + 3, 380, steps=4)
    page.mouse.up()


def closed_hub(page: Page) -> tuple[float, float]:
    """Find on the screen the hub that only the first plan has."""
    at = page.evaluate(f"map_plan.latLngToContainerPoint(hubspoke.data().plants[{CLOSED}].at)")
    return at["x"], at["y"]


def look(page: Page, left: float, right: float) -> bytes:
    """Take a picture of the map between two places, without the names of cities, which make room for both plans."""
    page.mouse.move(1300, 120)
    page.evaluate("map_plan.getPane('places').style.display = 'none'")
    return page.screenshot(clip={"x": left, "y": 110, "width": right - left, "height": 530})


def test_left_of_the_divider_is_the_first_plan_and_right_of_it_the_second(seen: Visit) -> None:
    page = seen.page
    choose(page, "Both")
    x, _ = closed_hub(page)
    for line in (x + 90, x - 60):
        choose(page, "Both")
        drag_to(page, line)
        assert line_of(page) == pytest.approx(line, abs=2)
        parts = ((400, line - STRIP), (line + STRIP, 1080))  # between panel and legend
        both = [look(page, *part) for part in parts]
        alone = []
        for name in ("regional", "open"):
            choose(page, name)
            alone.append([look(page, *part) for part in parts])
        assert both == [alone[0][0], alone[1][1]]
        assert alone[0][0] != alone[1][0]
        assert alone[0][1] != alone[1][1]


@pytest.mark.heavy
def test_what_is_pointed_at_and_clicked_is_of_the_plan_on_that_side(seen: Visit) -> None:
    page = seen.page
    choose(page, "Both")
    x, y = closed_hub(page)
    site = page.evaluate(f"hubspoke.data().frames[0].hub.indexOf({CLOSED})")
    side = f"document.elementFromPoint({x}, {y}).closest('.leaflet-pane').className"
    inert = "[...document.querySelectorAll('.pin')].filter((icon) => !icon.inert).map((icon) => icon.ariaLabel)"
    symbols, cards = [], []
    card = page.locator(".leaflet-popup-content")
    for line in (x + 90, x - 60):
        drag_to(page, line)
        page.evaluate(f"hubspoke.showSite(map_plan, {site})")  # its card, where the map is then
        page.evaluate("map_plan.closePopup(); hubspoke.home(map_plan)")
        card.wait_for(state="detached")  # it fades away
        symbols.append((page.evaluate(side), page.evaluate(inert)))
        page.mouse.click(*seen.pixel(site))
        cards.append(card.inner_text())
        page.evaluate("void map_plan.closePopup()")
        card.wait_for(state="detached")
    (first_pane, first_names), (second_pane, second_names) = symbols
    name = page.evaluate(f"hubspoke.data().plants[{CLOSED}].name")
    assert "first-markers" in first_pane
    assert "first-markers" not in second_pane
    assert any(name in one and "in use" in one for one in first_names)
    assert not any(name in one and "in use" in one for one in second_names)
    assert f"Delivers to: {name}" in cards[0]
    assert f"Delivers to: {name}" not in cards[1]


@pytest.mark.heavy
def test_keys_move_the_divider_and_the_address_holds_it(seen: Visit) -> None:
    page = seen.page
    choose(page, "Both")
    slider = page.get_by_role("slider", name="Divider: left of it regional 2040, right of it open 2040")
    slider.focus()
    before = line_of(page)
    page.keyboard.press("ArrowRight")
    assert line_of(page) == pytest.approx(before + 0.02 * 1366, abs=2)
    page.keyboard.press("Home")
    assert slider.get_attribute("aria-valuenow") == "0"
    for _ in range(3):
        page.keyboard.press("PageUp")
    assert slider.get_attribute("aria-valuetext") == "regional 2040 30 %, open 2040 70 %"
    assert page.get_by_label("Only what differs").is_disabled()
    assert "swipe=0.300" in page.url
    told = page.url
    page.goto("about:blank")
    page.goto(told)
    page.wait_for_selector("[data-ready]", state="attached")
    assert slider.get_attribute("aria-valuenow") == "30"
    for wrong in ("7", "x", "-1"):
        page.goto("about:blank")
        page.goto(told.replace("0.300", wrong))
        page.wait_for_selector("[data-ready]", state="attached")
        assert slider.is_hidden()


@pytest.mark.heavy
def test_paper_shows_the_second_plan_alone(seen: Visit) -> None:
    page = seen.page
    choose(page, "Both")
    shown = "[...document.querySelectorAll('.leaflet-first-drawing-pane, .leaflet-first-markers-pane, #divider')].filter((one) => one.checkVisibility()).length"  # noqa: E501
    cut = "map_plan.getPane('drawing').style.clipPath"
    assert page.evaluate(shown) > 0
    assert page.evaluate(cut) != ""
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(shown) == 0
    assert page.evaluate(cut) == ""
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(shown) > 0
    choose(page, "regional")
    assert page.evaluate(shown) == 0


@pytest.mark.heavy
def test_a_finger_drags_the_divider_and_not_the_map(browser: Browser, map_of_two_plans: Path) -> None:
    seen = open_page(browser, map_of_two_plans, NARROW)
    page = seen.page
    choose(page, "Both")
    centre = page.evaluate("map_plan.getCenter().lng")
    fingers = page.context.new_cdp_session(page)
    start = line_of(page)

    def touch(kind: str, *points: dict[str, Any]) -> None:
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": start, "y": 420})
    for step in (20, 40, 60):
        touch("touchMove", {"x": start + step, "y": 424})
    touch("touchEnd")
    fingers.detach()
    assert line_of(page) == pytest.approx(start + 60, abs=2)
    assert page.evaluate("map_plan.getCenter().lng") == centre
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    seen.close()


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_there_is_a_divider_between_two_plans_only(lang: str) -> None:
    words = get_words("ja" if lang == "ja" else "en")
    for names in (["A", "B"], ["A", "B", "C"]):
        told = fill_template("several/frames.html", mode="plans", names=names, words=words, states=[])
        assert ('role="slider"' in told) == (len(names) == 2)
        assert (words["swipe"] in told) == (len(names) == 2)
