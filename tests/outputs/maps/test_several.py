"""Several plans on one map, search, and reach for everyone, in a real browser with the network off."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from hubspoke.base.errors import UsageError
from hubspoke.outputs.maps.draw import draw_comparison, draw_map, draw_years
from map_browser import AXE, NARROW, NEEDS_BROWSER, WIDE, open_page
from map_plans import HOSTILE, close_hub_of_shikoku, japan_plan, keep_sites, make_dearer, rename

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from hubspoke.plan.plan import PlanData


pytestmark = NEEDS_BROWSER


def with_reasons(plan: PlanData) -> PlanData:
    """Add what other choices would cost, as plans tell it."""
    used = plan.hubs.loc[plan.hubs["state"] == "open", "id"].tolist()
    lanes = plan.assignments
    other = np.where(lanes["hub_id"] == used[0], used[1], used[0])
    more = {"opening_more_jpy": np.where(plan.hubs["state"] == "open", np.nan, 12.5e6), "opening_instead_of": used[0]}
    return replace(
        plan,
        assignments=lanes.assign(runner_up_hub_id=other, runner_up_more_jpy=lanes["mass_t"] * 4321.0),
        hubs=plan.hubs.assign(**more),
    )


def later(plan: PlanData, year: int, factor: float) -> PlanData:
    """Give the plan of another year, with more tonnes and dearer."""
    lanes = plan.assignments.assign(mass_t=plan.assignments["mass_t"] * factor)
    return replace(plan, year=year, assignments=lanes, regions=make_dearer(plan, factor))


@pytest.fixture(scope="module")
def plan() -> PlanData:
    return with_reasons(keep_sites(japan_plan(), 25))


@pytest.fixture(scope="module")
def national(plan: PlanData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("one") / "map.html"
    draw_map(plan, links={"kanto": "maps/kanto.html"}).save(path)
    return path


@pytest.fixture(scope="module")
def region(plan: PlanData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("region") / "map.html"
    draw_map(plan, region="kanto", lang="ja", links={"": "../map.html"}).save(path)
    return path


@pytest.fixture(scope="module")
def years(plan: PlanData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("years") / "years.html"
    draw_years([later(plan, 2040, 2.0), later(plan, 2030, 1.0)]).save(path)
    return path


def shown(page: Page, selector: str) -> str:
    return " ".join(page.locator(f"{selector}:visible").all_inner_texts())


PAINTED = """() => {
  const canvas = document.querySelector(".leaflet-drawing-pane canvas");
  const copy = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  Object.assign(copy.canvas, { width: canvas.width, height: canvas.height });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((part, at) => at % 4 === 3 && part > 0).length;
}"""
"""Number of pixels that anything is painted on."""


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_the_slider_moves_sites_flows_and_figures(
    browser: Browser,
    years: Path,
    size: tuple[int, int],
) -> None:
    seen = open_page(browser, years, size)
    page = seen.page
    before = shown(page, ".headline")
    tonnes = page.evaluate("hubspoke.frame().t[0]")
    slider = page.get_by_role("slider", name="Year")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "2040"
    assert "2040" in shown(page, ".area")
    assert shown(page, ".headline") != before
    assert page.evaluate("hubspoke.frame().t[0]") == pytest.approx(2 * tonnes, abs=0.02)
    assert seen.count("sites") == 200
    box = page.locator("#frames").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
    seen.close()


def test_the_switch_shows_the_other_plan_and_what_changed(browser: Browser, map_of_two_plans: Path) -> None:
    seen = open_page(browser, map_of_two_plans, WIDE)
    page = seen.page
    assert seen.count("hubs") == 8
    assert page.locator(".compare tbody tr").first.inner_text().split("\t")[-1] == "−10.0"
    page.get_by_role("radio", name="open").check(force=True)
    assert seen.count("hubs") == 8  # seven in use and the closed one, crossed out
    assert page.evaluate("hubspoke.markers('hubs').filter((m) => hubspoke.change(m.plant) === 'closed').length") == 1
    told = shown(page, ".changes")
    assert "25 sites" in told
    assert "Hubs closed: 1 (" in told
    assert "opened" not in told
    assert seen.count("packs") == 200
    everything = page.evaluate(PAINTED)
    page.get_by_label("Only what differs from regional").check()
    assert seen.count("packs") == seen.count("sites") == 25
    assert seen.count("catchments") == 0
    assert page.evaluate(PAINTED) < everything / 2
    changed = "hubspoke.markers('hubs').filter((m) => hubspoke.change(m.plant)).length"
    taking = page.evaluate("new Set(hubspoke.frame().hub.filter((hub, site) => hubspoke.isMoved(site))).size")
    assert seen.count("hubs") == page.evaluate(changed) + taking < 8
    seen.close()


@pytest.mark.heavy
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_search_finds_a_japanese_name_on_an_english_map(
    browser: Browser,
    national: Path,
    plan: PlanData,
    size: tuple[int, int],
) -> None:
    seen = open_page(browser, national, size)
    page = seen.page
    wanted = plan.assignments.iloc[30]
    page.evaluate("hubspoke.openSearch()")
    page.keyboard.type(str(wanted["site_name_ja"]))
    assert page.locator("#hits button").count() >= 1
    page.keyboard.press("Enter")
    popup = page.locator(".leaflet-popup-content")
    assert popup.locator("h3").inner_text() == wanted["site_name"]
    text = popup.inner_text()
    for expected in ("Delivers to", "km", "yen/kg", "Runner-up hub", "+4.32 yen/kg"):
        assert expected in text
    box = popup.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
    seen.close()


@pytest.mark.heavy
def test_a_candidate_tells_why_it_was_not_chosen(browser: Browser, national: Path) -> None:
    seen = open_page(browser, national, WIDE)
    page = seen.page
    page.get_by_label("Candidates not chosen").check()
    page.evaluate("void hubspoke.markers('candidates').find((m) => hubspoke.plant(m.plant).kind === 'hub').openPopup()")
    text = page.locator(".leaflet-popup-content").inner_text()
    for expected in ("Why it was not chosen", "Opened instead of", "+12.5 million yen a year", "upper estimate"):
        assert expected in text
    seen.close()


@pytest.mark.heavy
def test_pointing_at_a_hub_lights_its_catchment_and_fades_the_rest(
    browser: Browser,
    national: Path,
) -> None:
    seen = open_page(browser, national, WIDE)
    page = seen.page
    inked = """() => {
      const canvas = document.querySelector(".leaflet-spotlight-pane canvas");
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
      copy.drawImage(canvas, 0, 0);
      const pixels = copy.getImageData(0, 0, canvas.width, canvas.height).data;
      let count = 0;
      for (let at = 3; at < pixels.length; at += 4) if (pixels[at] > 0) count += 1;
      return count;
    }"""
    assert page.evaluate(inked) == 0
    page.locator(".decision button:visible").first.hover()
    assert page.locator(".leaflet-drawing-pane.dim").count() == 1
    assert page.evaluate(inked) > 500
    page.mouse.move(700, 700)
    page.locator(".leaflet-drawing-pane.dim").wait_for(state="detached")
    assert page.evaluate(inked) == 0
    seen.close()


@pytest.mark.heavy
def test_hostile_names_of_several_plans_never_run(browser: Browser, plan: PlanData, tmp_path: Path) -> None:
    hostile = rename(keep_sites(plan, 3), HOSTILE)
    path = tmp_path / "compare.html"
    draw_comparison([hostile, close_hub_of_shikoku(hostile)], names=[HOSTILE, f"2 {HOSTILE}"]).save(path)
    seen = open_page(browser, path, WIDE)
    seen.page.locator(".plans input").nth(1).check(force=True)
    text = "</script><script>window.ran=1</script><img src=x onerror=window.ran=1>"
    for selector in (".plans", ".compare", ".changes"):
        assert text in str(seen.page.locator(selector).last.text_content())
    assert seen.page.evaluate("window.ran") is None
    seen.close()


@pytest.mark.heavy
def test_on_paper_the_same_land_is_shown(browser: Browser, national: Path) -> None:
    seen = open_page(browser, national, WIDE)
    page = seen.page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    hubs = "hubspoke.markers('hubs').every((hub) => map_plan.getBounds().contains(hub.getLatLng()))"
    assert page.evaluate(hubs)
    assert page.evaluate("map_plan.getSize().x") == 720
    assert page.locator(".search").is_hidden()
    assert page.locator("#panel").is_visible()
    panel = page.locator("#panel").bounding_box()
    assert panel is not None
    assert panel["y"] + panel["height"] <= 730
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("map_plan.getSize().x") == WIDE[0]
    seen.close()


@pytest.mark.heavy
@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not there; .ci/run fetches it, HUBSPOKE_AXE names a copy")
@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("kind", ["national", "night", "region", "map_of_two_plans", "years"])
def test_the_accessibility_checker_finds_nothing(
    browser: Browser,
    request: pytest.FixtureRequest,
    kind: str,
    size: tuple[int, int],
) -> None:
    seen = open_page(browser, request.getfixturevalue("national" if kind == "night" else kind), size)
    page = seen.page
    page.emulate_media(color_scheme="dark" if kind == "night" else "light")
    page.evaluate("hubspoke.openSearch()")
    page.locator("#search").fill("o")
    page.evaluate("hubspoke.openCard(map_plan, [36, 138], { kind: 'site', site: 0, hub: 0 })")
    page.locator("#legend > details").evaluate("(card) => { card.open = true; }")
    page.wait_for_function(  # a popup fades in, and half faded its words have too little contrast
        "[...document.querySelectorAll('.leaflet-popup')].every((card) => getComputedStyle(card).opacity === '1')"
    )
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })"
    )
    told = [
        (fault["id"], node["target"], node["failureSummary"])
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
    page.emulate_media(color_scheme="null")
    assert told == []
    assert len(found["passes"]) > 15
    seen.close()


def test_plans_that_do_not_fit_together_are_refused(plan: PlanData) -> None:
    with pytest.raises(UsageError, match="two plans or more"):
        draw_comparison([plan])
    with pytest.raises(UsageError, match="as many names"):
        draw_comparison([plan, plan], names=["one"])
    with pytest.raises(UsageError, match="two plans are of 2040"):
        draw_years([plan, plan])


@pytest.mark.heavy
def test_a_plant_of_another_technology_is_what_differs_where_nothing_moves(
    browser: Browser, plan: PlanData, tmp_path: Path
) -> None:
    at = int(np.flatnonzero(plan.refineries["state"] == "open")[0])
    told = plan.refineries["technology"].astype(str).tolist()
    told[at] = "pyro_hydro" if told[at] == "hydro" else "hydro"
    other = replace(plan, policy="open", refineries=plan.refineries.assign(technology=told))
    draw_comparison([plan, other]).save(tmp_path / "map.html")
    seen = open_page(browser, tmp_path / "map.html", WIDE)
    page = seen.page
    page.get_by_role("radio", name="open").check(force=True)
    assert "Refineries of another technology: 1 (" in shown(page, ".changes")
    assert "+0" not in page.locator(".compare").inner_text()
    page.get_by_label("Only what differs from regional").check()
    assert (seen.count("hubs"), seen.count("refineries"), seen.count("sites")) == (0, 1, 0)
    legend = shown(page, "#legend")
    assert "Another technology or size than in the first plan" in legend
    for gone in ("Hub, existing plant", "Hub, new plant", "Opened against", "Closed against"):
        assert gone not in legend
    page.evaluate("void hubspoke.markers('refineries')[0].openPopup()")
    assert "In the first plan" in shown(page, ".leaflet-popup")
    seen.close()


@pytest.mark.heavy
def test_the_legend_says_of_lines_and_symbols_only_what_is_shown(
    browser: Browser, tiny_plan: PlanData, tmp_path: Path
) -> None:
    used = tiny_plan.hubs["state"] == "open"
    grown = replace(
        tiny_plan, hubs=tiny_plan.hubs.assign(capacity_t=tiny_plan.hubs["capacity_t"] * np.where(used, 2, 1))
    )
    draw_comparison([tiny_plan, grown], names=["as planned", "grown"]).save(tmp_path / "map.html")
    seen = open_page(browser, tmp_path / "map.html", WIDE)
    page = seen.page
    heads = page.locator(".compare thead th, .compare tr:has-text('by stage') td").all_inner_texts()
    assert (heads[2], heads[-1]) == ("Change, %", "Change")  # a column of two parts, each with its unit
    assert "Lines follow the roads" in shown(page, "#legend")
    page.get_by_role("radio", name="grown").check(force=True)
    assert f"Hubs enlarged: {used.sum()} (" in shown(page, ".changes")
    page.get_by_label("Only what differs from as planned").check()
    legend = shown(page, "#legend")
    assert "Lines join origin and destination" in legend
    assert "Lines follow the roads" not in legend
    assert "Refinery," not in legend
    assert seen.count("hubs") == used.sum()
    seen.close()
