"""Maps in a real browser with the network off: what is drawn, what a click says, and that no name runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from hubspoke.outputs.maps.draw import draw_map
from map_browser import NARROW, NEEDS_BROWSER, WIDE, Visit, open_page
from map_plans import HOSTILE, japan_plan, keep_sites, rename

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from hubspoke.plan.plan import PlanData

pytestmark = NEEDS_BROWSER


@pytest.fixture(scope="module")
def plan() -> PlanData:
    return keep_sites(japan_plan(), 25)


def visit(browser: Browser, folder: Path, plan: PlanData, size: tuple[int, int] = WIDE, **options: Any) -> Visit:
    path = folder / "map.html"
    draw_map(plan, **options).save(path)
    return open_page(browser, path, size)


@pytest.fixture(scope="module")
def national(plan: PlanData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("national") / "map.html"
    draw_map(plan).save(path)
    return path


@pytest.fixture(scope="module")
def all_of_japan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("all") / "map.html"
    draw_map(japan_plan()).save(path)
    return path


@pytest.fixture
def wide(browser: Browser, national: Path) -> Iterator[Visit]:
    seen = open_page(browser, national)
    yield seen
    seen.close()
    assert len([url for url in seen.requests if url.startswith("file:")]) == 1


def test_everything_is_drawn(wide: Visit, plan: PlanData) -> None:
    assert wide.count("sites") == plan.assignments["site_id"].nunique() == 200
    assert wide.count("packs") == len(plan.assignments)
    assert wide.count("hubs") == (plan.hubs["state"] == "open").sum() == 8
    assert wide.count("refineries") == 8
    assert wide.count("candidates") == 0
    assert wide.count("catchments") == 8
    used = [plants[plants["state"] == "open"] for plants in (plan.hubs, plan.refineries)]
    hubs, refineries = ({*zip(plants["lat"], plants["lon"], strict=True)} for plants in used)
    shared = len(hubs & refineries)
    assert wide.page.locator(".plant > svg:not(.leader):visible").count() == 16 - shared
    assert wide.count("black_mass_flows") == plan.flows.loc[plan.flows["distance_km"] > 0, "hub_id"].nunique()


@pytest.mark.heavy
def test_the_canvas_holds_colours_of_the_hubs(wide: Visit) -> None:
    painted = wide.page.evaluate(
        """() => {
          const canvas = document.querySelector(".leaflet-drawing-pane canvas");
          const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          let count = 0;
          for (let at = 3; at < pixels.length; at += 4) if (pixels[at] > 150) count += 1;
          return count;
        }"""
    )
    assert painted > 1000


def test_layers_switch_and_the_legend_follows(wide: Visit, plan: PlanData) -> None:
    page = wide.page
    candidates = page.get_by_label("Candidates not chosen")
    candidates.check()
    assert wide.count("candidates") == len(plan.hubs) + len(plan.refineries) - 16
    assert page.locator("[data-layer=candidates]").is_visible()
    for label, kind, all_of_them in (
        ("Dismantling sites", "sites", 200),
        ("Catchments of the hubs", "catchments", 8),
        ("Battery packs to hub", "packs", 200),
        ("Hubs", "hubs", 8),
        ("Refineries", "refineries", 8),
    ):
        box = page.get_by_role("checkbox", name=re.compile(f"^{label}"))
        box.uncheck()
        assert wide.count(kind) == 0
        assert page.locator(f"[data-layer={kind}]:visible").count() == 0
        box.check()
        assert wide.count(kind) == all_of_them


def test_regions_are_switched_one_by_one(wide: Visit) -> None:
    wide.page.get_by_text("Show by region").click()
    wide.page.get_by_label("Kanto").uncheck()
    assert [wide.count(kind) for kind in ("sites", "packs", "hubs", "refineries", "catchments")] == [175, 175, 7, 7, 7]
    wide.page.get_by_label("Kanto").check()
    assert wide.count("sites") == 200


def test_a_click_on_a_site_tells_its_lane(browser: Browser, plan: PlanData, tmp_path: Path) -> None:
    seen = visit(browser, tmp_path, plan, region="kanto")
    data = seen.page.evaluate("hubspoke.data()")
    site = max(range(len(data["sites"]["name"])), key=lambda number: data["frames"][0]["t"][number])
    seen.page.mouse.click(*seen.pixel(site))
    text = seen.page.locator(".leaflet-popup-content").inner_text()
    for expected in (data["sites"]["name"][site], "Delivers to: Eco-System Chiba", "yen/kg", "km", "100 %"):
        assert expected in text
    seen.close()


def test_the_hub_list_leads_to_the_hub_by_keyboard(wide: Visit) -> None:
    button = wide.page.locator("[data-plant]").first
    button.focus()
    wide.page.keyboard.press("Enter")
    name = wide.page.evaluate(f"hubspoke.data().plants[{button.get_attribute('data-plant')}].name")
    assert button.locator("bdi").inner_text() in name
    popup = wide.page.locator(".leaflet-popup-content")
    assert popup.locator("h3").inner_text() == name
    assert "Capacity use" in popup.inner_text()


@pytest.mark.heavy
def test_controls_are_reached_by_keyboard(wide: Visit) -> None:
    reached = set()
    for _ in range(60):
        wide.page.keyboard.press("Tab")
        reached.add(
            wide.page.evaluate(
                "(document.activeElement.className || document.activeElement.tagName) + ' ' +"
                " (document.activeElement.getAttribute('aria-label') || '')"
            )
        )
    told = "\n".join(sorted(reached))
    for control in ("leaflet-control-zoom-in", "INPUT", "SUMMARY", "Whole map", "Hub: "):
        assert control in told


@pytest.mark.heavy
def test_names_in_use_do_not_cover_each_other(wide: Visit) -> None:
    boxes = wide.page.evaluate(
        """() => [...document.querySelectorAll(".plant > .name")]
          .filter((name) => name.style.visibility === "visible")
          .map((name) => { const b = name.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; })"""
    )
    assert len(boxes) >= 6
    for at, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:at]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] + 1 or other[3] <= top + 1


@pytest.mark.heavy
def test_home_shows_every_hub_again(wide: Visit) -> None:
    wide.page.get_by_label("Zoom in").click(click_count=3)
    wide.page.wait_for_function("!map_plan._animatingZoom")
    wide.page.get_by_label("Whole map").click()
    inside = wide.page.evaluate(
        "hubspoke.markers('hubs').every((hub) => map_plan.getBounds().contains(hub.getLatLng()))"
    )
    assert inside


@pytest.mark.heavy
@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_hostile_names_are_shown_and_never_run(
    browser: Browser, plan: PlanData, tmp_path: Path, size: tuple[int, int], lang: str
) -> None:
    hostile = rename(keep_sites(plan, 3), HOSTILE)
    seen = visit(browser, tmp_path, hostile, size, lang=lang, links={"kanto": "maps/kanto.html"})
    page = seen.page
    shown = "</script><script>window.ran=1</script><img src=x onerror=window.ran=1>"
    for opened in (
        "hubspoke.openCard(map_plan, [36, 138], { kind: 'site', site: 0, hub: 0 })",
        "hubspoke.openCard(map_plan, [36, 138], { kind: 'lane', lane: 0, hub: 0 })",
        "hubspoke.openCard(map_plan, [36, 138], { kind: 'flow', flow: hubspoke.frame().flows[0], hub: 0 })",
        "hubspoke.markers('hubs')[0].openTooltip().openPopup()",
        "hubspoke.markers('refineries')[0].openTooltip().openPopup()",
    ):
        page.evaluate(f"() => {{ {opened}; }}")
        assert shown in str(page.locator(".leaflet-popup-content").last.text_content())
    page.evaluate("hubspoke.openSearch()")
    page.locator("#search").fill("onerror=window.ran")
    assert shown in str(page.locator("#hits").text_content())
    assert shown in str(page.locator("h1").text_content())
    assert shown in str(page.locator(".decision").text_content())
    assert shown in str(page.locator(".plant .name").first.text_content())
    assert page.title().startswith("O'Neil")
    assert page.evaluate("window.ran") is None
    seen.close()


@pytest.mark.heavy
def test_on_a_telephone_the_cards_are_folded_and_open(browser: Browser, plan: PlanData, tmp_path: Path) -> None:
    seen = visit(browser, tmp_path, plan, NARROW, lang="ja", links={"kanto": "maps/kanto.html"})
    page = seen.page
    assert page.locator("#panel dl").is_hidden()
    assert page.locator("#legend [data-layer=sites]").is_hidden()
    assert page.get_by_text("億円").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    page.locator("#panel summary").first.click()
    assert page.get_by_role("link", name="関東").is_visible()
    page.locator("#panel summary").first.click()
    page.locator("#legend summary").first.click()
    box = page.locator("#legend").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= NARROW[0]
    page.get_by_label("選ばれなかった候補地").focus()
    page.keyboard.press("Space")
    assert seen.count("candidates") > 50
    seen.close()


@pytest.mark.heavy
def test_a_telephone_has_its_legend_as_a_sheet_and_on_its_side_its_head_in_one_line(
    browser: Browser, plan: PlanData, tmp_path: Path
) -> None:
    draw_map(plan, pages=["report.html", "briefing.html"]).save(tmp_path / "map.html")
    for size in (NARROW, (844, 390)):
        seen = open_page(browser, tmp_path / "map.html", size)
        page = seen.page
        head = page.locator("#panel").bounding_box()
        assert head is not None
        assert size == NARROW or head["height"] < 45
        hubs = page.evaluate("hubspoke.markers('hubs').map((m) => m.getElement().getBoundingClientRect().top)")
        assert min(hubs) >= head["y"] + head["height"]
        page.locator("#legend summary").first.click()
        sheet = page.locator("#legend").bounding_box()
        assert sheet is not None
        assert (sheet["x"], sheet["width"]) == (0, size[0])
        assert sheet["y"] + sheet["height"] == pytest.approx(size[1], abs=1)
        assert sheet["y"] > 0.35 * size[1]
        seen.close()
    assert page.eval_on_selector_all("#panel nav a", "links => links.map((link) => link.getAttribute('href'))") == [
        "report.html",
        "briefing.html",
    ]


@pytest.mark.heavy
def test_all_of_japan_opens_quickly(browser: Browser, all_of_japan: Path) -> None:
    seen = open_page(browser, all_of_japan)
    assert seen.count("sites") > 3000
    loaded = seen.page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive")
    assert loaded < 5000
    seen.close()


@pytest.mark.heavy
def test_a_small_move_draws_nothing_and_lanes_are_drawn_together(browser: Browser, all_of_japan: Path) -> None:
    seen = open_page(browser, all_of_japan)
    drawn = seen.page.evaluate(
        """async () => {
          const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          const kind = CanvasRenderingContext2D.prototype;
          const { stroke } = kind;
          let count = 0;
          kind.stroke = function (...words) { count += 1; return stroke.apply(this, words); };
          const counts = [];
          for (const way of [40, -80, 900]) {
            map_plan.panBy([way, 0], { animate: false });
            await frame();
            counts.push(count);
            count = 0;
          }
          return counts;
        }"""
    )
    outlines = 47 + 8
    assert drawn[0] <= outlines
    assert drawn[1] <= outlines
    assert 0 < drawn[2] - outlines < seen.count("packs") / 3
    seen.close()


@pytest.mark.heavy
def test_links_lead_there_and_back(browser: Browser, plan: PlanData, tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    draw_map(plan, region="kanto", links={"": "../map.html"}).save(tmp_path / "maps" / "kanto.html")
    seen = visit(browser, tmp_path, plan, links={"kanto": "maps/kanto.html"})
    seen.page.get_by_role("link", name="Kanto").click()
    seen.page.wait_for_selector("[data-ready]", state="attached")
    assert seen.count("sites") == 25
    seen.page.get_by_role("link", name="Map of Japan").click()
    seen.page.wait_for_selector("[data-ready]", state="attached")
    assert seen.count("sites") == 200
    seen.page.get_by_role("link", name="Kanto").click()
    seen.page.wait_for_selector("[data-ready]", state="attached")
    hub = seen.page.evaluate("hubspoke.data().plants[hubspoke.frame().hub[0]]")
    seen.page.locator(".decision [data-plant]").first.click()
    seen.page.get_by_role("link", name="What if …? On the map of the whole plan").first.click()
    seen.page.wait_for_selector("[data-ready]", state="attached")
    assert seen.count("sites") == 200
    assert hub["name"] in seen.page.locator(".leaflet-popup-content").inner_text()
    seen.close()
