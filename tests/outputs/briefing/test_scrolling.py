"""A briefing in a real browser: steps by scrolling, keys and address, and a page for each on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

import hubspoke as hs
from hubspoke.outputs.briefing.page import write_briefing
from map_browser import AXE, NARROW, NEEDS_BROWSER, WIDE, open_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from map_browser import Visit

pytestmark = NEEDS_BROWSER
SHOWN = """() => [...document.querySelectorAll("#map [data-layer]:not(.off)")].map((layer) => layer.dataset.layer)"""


@pytest.fixture(scope="module")
def file(tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("briefing") / "briefing.html"
    path.write_text(write_briefing(hs.solve(hs.read(tiny_folder), policy="regional")), encoding="utf-8")
    return path


@pytest.fixture
def seen(browser: Browser, file: Path) -> Iterator[Visit]:
    visit = open_page(browser, file)
    yield visit
    visit.close()


def wait_for_step(page: Page, number: int) -> None:
    page.wait_for_function(f"document.querySelector('#steps [aria-current]').textContent === '{number}'")


def test_the_map_follows_what_is_read_and_so_does_the_address(seen: Visit) -> None:
    page = seen.page
    for number in (3, 5, 7, 1):
        page.evaluate(f"document.getElementById('{number}').scrollIntoView({{ behavior: 'instant' }})")
        wait_for_step(page, number)
        wanted = page.locator(f"[id='{number}']").get_attribute("data-layers")
        assert set(page.evaluate(SHOWN)) == set(str(wanted).split())
        assert page.evaluate("location.hash") == f"#{number}"
        assert page.locator("#map-title").text_content() == page.locator(f"#title-{number}").text_content()


@pytest.mark.heavy
def test_keys_and_numbers_lead_from_step_to_step(seen: Visit) -> None:
    page = seen.page
    page.emulate_media(reduced_motion="reduce")
    page.reload()
    page.wait_for_selector("[data-ready]", state="attached")
    for key, number in (("ArrowRight", 2), ("ArrowRight", 3), ("ArrowLeft", 2), ("6", 6), ("Home", 1), ("End", 7)):
        page.keyboard.press(key)
        wait_for_step(page, number)
        assert page.evaluate("document.activeElement.id") == str(number)
    page.locator("#steps a").nth(3).click()
    wait_for_step(page, 4)
    page.emulate_media(reduced_motion="no-preference")


@pytest.mark.heavy
def test_an_address_leads_to_its_step(browser: Browser, file: Path) -> None:
    visit = open_page(browser, file)
    visit.page.goto("about:blank")
    visit.page.goto(f"{file.as_uri()}#5")
    wait_for_step(visit.page, 5)
    assert visit.page.evaluate("document.getElementById('5').getBoundingClientRect().top") == pytest.approx(0, abs=2)
    visit.close()


@pytest.mark.heavy
def test_each_step_is_a_page_on_paper_with_its_map(seen: Visit) -> None:
    page = seen.page
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == page.locator(".step").count() == 7
    page.emulate_media(media="print")
    assert page.locator("#map").is_hidden()
    for number in range(7):
        assert page.locator(".step > .chart").nth(number).is_visible()
    page.emulate_media(media="screen")


def test_a_phone_shows_the_map_in_every_step_and_nothing_wider_than_itself(browser: Browser, file: Path) -> None:
    visit = open_page(browser, file, NARROW)
    page = visit.page
    assert page.locator(".step > .chart").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    assert page.locator("#steps a").first.bounding_box()["height"] >= 40  # type: ignore[index]
    visit.close()


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not there; .ci/run fetches it, HUBSPOKE_AXE names a copy")
@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_accessibility_checker_finds_nothing(
    browser: Browser, file: Path, size: tuple[int, int], scheme: Any
) -> None:
    visit = open_page(browser, file, size)
    page = visit.page
    page.emulate_media(color_scheme=scheme)
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })"
    )
    told = [(fault["id"], node["target"]) for fault in found["violations"] for node in fault["nodes"]]
    page.emulate_media(color_scheme="light")
    visit.close()
    assert told == []
    assert len(found["passes"]) > 8
