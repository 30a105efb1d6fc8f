"""What is asked of a map by its cards, sliders and address, and what the page says and shows then."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import hubspoke as hs
from hubspoke.cli import app as cli
from hubspoke.words.numbers import format_yen
from map_browser import AXE, NEEDS_BROWSER, open_page
from what_ifs import TOLERANCE, open_card, place_of, used_hub

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from hubspoke.api.plan import Plan
    from map_browser import Visit

pytestmark = NEEDS_BROWSER


def check_lines(page: Page) -> None:
    """Check that all packs join the roads where they did, and those of a new hub go to it city by city."""
    before, now = page.evaluate("hubspoke.data().frames.map(({ roads }) => roads)")
    lanes = page.evaluate("hubspoke.frame().lanes")
    first = page.evaluate("hubspoke.data().frames[0].lanes.hub")
    assert now["entry"] == before["entry"]
    moved = [at for at, hub in enumerate(lanes["hub"]) if hub != first[at] and now["entry"][at] >= 0]
    sums: dict[tuple[int, int], float] = {}
    for at in moved:
        key = (now["entry"][at], lanes["hub"][at])
        sums[key] = sums.get(key, 0.0) + lanes["t"][at]
    ends = zip(*(now["ends"][name] for name in ("city", "plant", "t")), strict=True)
    assert {(city, plant): t for city, plant, t in ends if (city, plant) in sums} == pytest.approx(sums)
    assert len(sums) > 0


def check_rings(page: Page) -> None:
    """Check that no name is covered by the ring of a plant that opens."""
    boxes = """(selector) => [...document.querySelectorAll(selector)].filter((one) => one.style.visibility !== "hidden")
      .map((one) => one.getBoundingClientRect()).map(({ left, top, right, bottom }) => [left, top, right, bottom])"""
    rings = page.evaluate(boxes, '.plant > svg circle[r="15"][fill="none"]')
    names = page.evaluate(boxes, ".plant > .name")
    assert len(rings) > 0
    for left, top, right, bottom in rings:
        for name in names:
            assert right <= name[0] + 1 or name[2] <= left + 1 or bottom <= name[1] + 1 or name[3] <= top + 1


def test_a_plant_is_closed_in_its_card_and_the_way_back_is_one_click(
    seen: Visit, plan: Plan, tiny_folder: Path
) -> None:
    page, hub = seen.page, used_hub(plan, "kanto")
    there = hs.solve(hs.read(tiny_folder), policy="regional", closed=[hub])
    before = page.evaluate("[...hubspoke.frame().hub]")
    open_card(page, place_of(page, hub))
    page.get_by_role("button", name="What if it is closed?").first.click()
    page.locator("#what-if-bar").wait_for()
    assert page.evaluate("hubspoke.whatIf.answer().to") == pytest.approx(there.cost_jpy - plan.cost_jpy, abs=0.01)
    assert page.locator("#what-if-why").inner_text() == "no plan costs less"
    assigned = there.assignments.drop_duplicates("site_id").set_index("site_id")["hub_id"]
    shown = page.evaluate(
        """() => {
          const { sites, plants } = hubspoke.data();
          return Object.fromEntries(hubspoke.frame().hub.map((hub, site) => [sites.id[site], plants[hub].id]));
        }"""
    )
    assert shown == assigned.to_dict()
    assert page.evaluate(f"hubspoke.change({place_of(page, hub)})") == "closed"
    check_lines(page)
    check_rings(page)
    assert f"--close {hub}" in str(page.locator("#what-if-command").text_content())
    page.locator("#what-if-bar .wi-back").click()
    assert page.locator("#what-if-bar").is_hidden()
    assert page.evaluate("[...hubspoke.frame().hub]") == before
    assert "close=" not in page.evaluate("location.hash")


@pytest.mark.heavy
def test_the_headline_tells_the_new_cost_and_the_command_is_not_covered(
    seen: Visit, plan: Plan, tiny_folder: Path
) -> None:
    page, hub = seen.page, used_hub(plan, "kanto")
    there = hs.solve(hs.read(tiny_folder), policy="regional", closed=[hub])
    before = page.locator(".headline strong").first.inner_text()
    page.evaluate(f"hubspoke.whatIf.toggle('closed', {place_of(page, hub)})")
    page.evaluate("document.querySelector('#panel > details').open = true")
    shown = page.locator(".headline").inner_text()
    assert shown.startswith(format_yen(there.cost_jpy, "en", plan.settings))
    assert f"(was {before})" in shown
    page.locator("#what-if-command").scroll_into_view_if_needed()
    covered = page.evaluate(
        """() => {
          const box = document.getElementById("what-if-command").getBoundingClientRect();
          const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return !document.getElementById("what-if-command").contains(at);
        }"""
    )
    assert not covered
    panel, bar = (page.locator(name).bounding_box() for name in ("#panel", "#what-if-bar"))
    assert panel is not None
    assert bar is not None
    assert panel["y"] + panel["height"] <= bar["y"] or panel["x"] + panel["width"] <= bar["x"]
    page.evaluate("hubspoke.whatIf.forget()")
    assert page.locator(".headline strong").first.inner_text() == before
    assert "was" not in page.locator(".headline").inner_text()


@pytest.mark.heavy
def test_how_firm_a_choice_is_follows_what_is_asked(seen: Visit, plan: Plan, tiny_folder: Path) -> None:
    page, hub = seen.page, used_hub(plan, "chubu")
    there = hs.solve(hs.read(tiny_folder), policy="regional", closed=[hub])
    page.evaluate(f"hubspoke.whatIf.toggle('closed', {place_of(page, hub)})")
    rows = [(table, row) for table in (there.hubs, there.refineries) for row in table.to_dict("records")]
    for _, row in rows:
        if row["state"] != "open":
            continue
        cell = page.locator(f"#what-if-table [data-rates='{place_of(page, row['id'])}'] .chip")
        cell.wait_for(state="attached")
        assert row["firmness"] in str(cell.get_attribute("class")).split()
    page.evaluate("hubspoke.whatIf.forget()")


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not there; .ci/run fetches it, HUBSPOKE_AXE names a copy")
def test_the_accessibility_checker_finds_nothing_while_something_is_asked(seen: Visit, plan: Plan) -> None:
    page = seen.page
    page.evaluate(f"hubspoke.whatIf.toggle('closed', {place_of(page, used_hub(plan, 'kanto'))})")
    page.evaluate("for (const fold of document.querySelectorAll('#panel > details, #what-if')) fold.open = true;")
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    rules = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']"
    found: dict[str, Any] = page.evaluate(f"axe.run(document, {{ runOnly: {rules} }})")
    page.evaluate("hubspoke.whatIf.forget()")
    assert [(fault["id"], node["target"]) for fault in found["violations"] for node in fault["nodes"]] == []


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_a_price_moves_by_its_slider_and_the_command_makes_the_same_plan(
    browser: Browser, file: Path, tiny_folder: Path, tmp_path: Path
) -> None:
    visit = open_page(browser, file)
    page = visit.page
    page.locator("#what-if > summary").click()
    slider = page.locator("[data-price=freight]")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("hubspoke.whatIf.asked.factors.freight === 1.15")
    page.evaluate("hubspoke.whatIf.move('power', 0.5)")
    cost = page.evaluate("hubspoke.whatIf.answer().cost")
    words = shlex.split(page.locator("#what-if-command").text_content())
    visit.close()
    assert words[:3] == ["hubspoke", "solve", str(tiny_folder)]
    assert words[-2:] == ["-o", "what-if"]
    assert "roads.freight_factor=1.15" in words
    assert not {"--out", "my plan", "--lang=en", "-q"} & set(words)
    made = CliRunner().invoke(cli.app, [*words[1:-1], str(tmp_path / "out"), "--no-maps", "--json"])
    assert made.exit_code == 0, made.output
    assert json.loads(made.stdout)["cost_jpy"] == pytest.approx(cost, rel=TOLERANCE)


def test_what_is_asked_stands_in_the_address(browser: Browser, file: Path, plan: Plan) -> None:
    visit = open_page(browser, file)
    page, hub = visit.page, used_hub(plan, "kanto")
    page.evaluate(f"hubspoke.whatIf.toggle('closed', {place_of(page, hub)})")
    page.evaluate("hubspoke.whatIf.move('hub', 1.5)")
    address, cost = page.evaluate("[location.href, hubspoke.whatIf.answer().cost]")
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("[data-ready]", state="attached")
    assert page.evaluate("hubspoke.whatIf.answer().cost") == cost
    assert page.locator("#what-if-asked button").all_inner_texts()[-1].startswith("Hubs, per tonne +50 %")
    page.goto("about:blank")
    page.goto(address.split("#")[0] + "#close=nobody&open=%3Cb%3E&x-freight=9&x-hub=NaN")
    page.wait_for_selector("[data-ready]", state="attached")
    assert page.evaluate("hubspoke.whatIf.isAsked()") is False
    visit.close()


@pytest.mark.heavy
def test_what_the_address_asks_in_vain_is_told(browser: Browser, file: Path, plan: Plan) -> None:
    hubs = [str(hub) for hub in plan.hubs["id"][plan.hubs["state"] == "not_chosen"]][:2]
    visit = open_page(browser, file)
    page, refused = visit.page, visit.page.locator("#what-if-refused")
    for asked, vain, taken in (
        (f"close={','.join(hubs)}", "", hubs),
        (f"close={hubs[0]}&open={hubs[0]},nobody", f"open={hubs[0]}, open=nobody", hubs[:1]),
        ("x-freight=50&x-wind=2", "x-freight=50, x-wind=2", []),
        ("close=nobody&open=%3Cb%3E", "close=nobody, open=<b>", []),
    ):
        page.goto("about:blank")
        page.goto(f"{file.as_uri()}#{asked}")
        page.wait_for_selector("[data-ready]", state="attached")
        names = page.evaluate("[...hubspoke.whatIf.asked.closed].map((at) => hubspoke.data().plants[at].id)")
        assert names == taken
        assert page.locator("#what-if-bar").is_visible()
        assert refused.is_visible() == bool(vain)
        assert refused.inner_text().endswith(vain)
    page.locator("#what-if-bar .wi-back").click()
    assert page.locator("#what-if-bar").is_hidden()
    visit.close()


@pytest.mark.heavy
def test_nothing_of_the_plan_before_stays_lit(browser: Browser, file: Path, plan: Plan) -> None:
    visit = open_page(browser, file)
    page, hub = visit.page, place_of(visit.page, used_hub(plan, "kanto"))
    lit = """() => {
      const canvas = map_plan.getPane("spotlight").querySelector("canvas");
      const { width, height } = canvas;
      const blank = Object.assign(document.createElement("canvas"), { width, height });
      return canvas.toDataURL() !== blank.toDataURL();
    }"""
    open_card(page, hub)
    assert page.evaluate(lit)
    page.evaluate(f"hubspoke.whatIf.toggle('closed', {hub})")
    assert not page.evaluate(lit)
    visit.close()


@pytest.mark.heavy
def test_where_no_plan_is_left_the_page_says_so(browser: Browser, file: Path, plan: Plan) -> None:
    visit = open_page(browser, file)
    page = visit.page
    for hub in plan.hubs.loc[plan.hubs["region"] == "chubu", "id"]:
        page.evaluate(f"hubspoke.whatIf.toggle('closed', {place_of(page, str(hub))})")
    assert page.locator("#what-if-cost").inner_text() == "No plan"
    assert "Chubu" in page.locator("#what-if-why").inner_text()
    assert page.evaluate("hubspoke.state.frame") == 0
    visit.close()
