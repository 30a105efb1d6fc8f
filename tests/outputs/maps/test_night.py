"""The map by night and in forced colours: land, lines and cards stay legible, and paper stays white."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pytest
from matplotlib.image import imread

from hubspoke.outputs.maps.colour_vision import measure_contrast, measure_luminance
from hubspoke.outputs.maps.colours import DARK_LAND, LAND
from map_browser import NEEDS_BROWSER, open_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from map_browser import Visit

pytestmark = NEEDS_BROWSER

LAND_STYLES = """() => {
  const land = Object.values(map_plan._layers).filter((one) => one instanceof L.Path && one.options.pane === "land");
  return [...new Set(land.map((one) => one.options.fillColor))];
}"""
COLOURS = """(name) => {
  const two = (part) => Math.round(part).toString(16).padStart(2, "0");
  const hex = (text) => "#" + text.match(/[0-9.]+/g).slice(0, 3).map(two).join("");
  return [...document.querySelectorAll(name)].map((one) => {
    const { color, backgroundColor } = getComputedStyle(one);
    return [hex(color), hex(backgroundColor)];
  });
}"""
"""Hexadecimal colour and background of elements."""
GROUND = """() => {
  const canvas = document.querySelector(".leaflet-land-pane canvas");
  const copy = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  copy.canvas.width = canvas.width;
  copy.canvas.height = canvas.height;
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Map();
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] < 255) continue;
    const key = "#" + [0, 1, 2].map((part) => data[at + part].toString(16).padStart(2, "0")).join("");
    seen.set(key, (seen.get(key) || 0) + 1);
  }
  return [...seen].sort((a, b) => b[1] - a[1])[0][0];
}"""
"""The colour that most of the land is painted in."""


@pytest.fixture
def seen(browser: Browser, map_of_japan: Path) -> Iterator[Visit]:
    visit = open_page(browser, map_of_japan)
    yield visit
    visit.page.emulate_media(color_scheme="null", forced_colors="null")
    visit.close()


def test_by_night_land_and_cards_are_dark_and_words_stand_out(seen: Visit) -> None:
    page = seen.page
    assert page.evaluate(GROUND) == LAND
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("body.night")
    assert page.evaluate(GROUND) == DARK_LAND
    card, told = (
        page.evaluate(COLOURS, "#panel")[0][1],
        page.evaluate(COLOURS, "#panel h1, #panel .policy, #legend .note"),
    )
    assert measure_luminance(card) < 0.05
    assert min(measure_contrast(ink, card) for ink, _ in told) >= 4.5
    assert min(measure_contrast(ink, DARK_LAND) for ink, _ in page.evaluate(COLOURS, ".plant .name")) >= 4.5
    assert (
        min(measure_contrast(*pair) for pair in page.evaluate(COLOURS, ".chip, .leaflet-bar a:not(.leaflet-disabled)"))
        >= 4.5
    )


@pytest.mark.heavy
def test_paper_is_white_by_night(seen: Visit) -> None:
    page = seen.page
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("body.night")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(LAND_STYLES) == [LAND]
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(LAND_STYLES) == [DARK_LAND]


@pytest.mark.heavy
def test_forced_colours_leave_bars_and_the_picture_of_the_map(seen: Visit) -> None:
    page = seen.page
    bars = page.evaluate(COLOURS, ".stack i, .swatch, .stages i")
    assert bars
    page.emulate_media(forced_colors="active")
    assert page.evaluate(COLOURS, ".stack i, .swatch, .stages i") == bars
    names = page.evaluate(COLOURS, ".plant .name")
    assert min(measure_contrast(ink, LAND) for ink, _ in names) >= 4.5
    rims = "[...document.querySelectorAll('.chip, #panel, #legend')].map((one) => getComputedStyle(one).borderTopWidth)"
    assert set(page.evaluate(rims)) == {"1px"}


@pytest.mark.heavy
def test_charts_are_dark_by_night(browser: Browser, tiny_run: Path) -> None:
    """In a report and beside a map, those too that know no colours of the night."""
    for page, fold, chart in (
        ("report.html", "", "figure > div:not(.night)"),
        ("map.html", "#metal-flow", ".scroll > div"),
    ):
        visit = open_page(browser, tiny_run / page, ready="body")
        visit.page.emulate_media(color_scheme="dark")
        if fold:
            visit.page.evaluate(f"document.querySelector('{fold}').open = true")
        picture = imread(BytesIO(visit.page.locator(f"{fold} {chart}").first.screenshot()))[..., :3]
        assert np.median(picture) < 0.35
        assert picture.max() > 0.6
        visit.page.emulate_media(color_scheme="null")
        visit.close()
