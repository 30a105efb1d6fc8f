"""What maps plan again: open borders within bounds, a region alone, shared refineries beside the page, and what not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import hubspoke as hs
from hubspoke.outputs.maps.draw import draw_map
from hubspoke.plan.decision.decision import list_decisions
from map_browser import NEEDS_BROWSER, open_page
from what_ifs import TOLERANCE, open_card, place_of, solve_tiny, used_hub

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from hubspoke.api.plan import Plan

pytestmark = NEEDS_BROWSER


@pytest.mark.heavy
def test_borders_open_give_bounds_that_hold(browser: Browser, tiny_folder: Path, tmp_path: Path) -> None:
    network = hs.read(tiny_folder)
    plan = hs.solve(network, policy="open")
    draw_map(plan).save(tmp_path / "open.html")
    visit = open_page(browser, tmp_path / "open.html")
    page = visit.page
    used = plan.hubs.loc[plan.hubs["state"] == "open", "id"].tolist()
    for changes, closed in (({"roads.freight_factor": 2.0}, []), ({"roads.freight_factor": 0.5}, []), ({}, used[:1])):
        page.evaluate("hubspoke.whatIf.forget()")
        for value in changes.values():
            page.evaluate(f"hubspoke.whatIf.move('freight', {value})")
        for hub in closed:
            page.evaluate(f"hubspoke.whatIf.toggle('closed', {place_of(page, hub)})")
        answer: dict[str, Any] = page.evaluate("hubspoke.whatIf.answer()")
        there = hs.solve(hs.read(tiny_folder, changes=changes), policy="open", closed=closed)
        more = there.cost_jpy - plan.cost_jpy
        assert answer["from"] <= more + 1
        assert answer["to"] is None or more <= answer["to"] + 1
        assert "settles it" in page.locator("#what-if-why").inner_text()
    visit.close()


@pytest.mark.heavy
def test_a_map_of_a_region_plans_it_again_by_itself(
    browser: Browser, plan: Plan, tiny_folder: Path, tmp_path: Path
) -> None:
    hub = used_hub(plan, "kanto")
    there = hs.solve(hs.read(tiny_folder), policy="regional", closed=[hub])
    draw_map(plan, region="kanto", links={"": "../map.html"}).save(tmp_path / "kanto.html")
    visit = open_page(browser, tmp_path / "kanto.html")
    page = visit.page
    region = page.evaluate("hubspoke.data().what_if.alone")
    assert {
        page.evaluate(f"hubspoke.data().plants[{one['plant']}].region")
        for one in page.evaluate("hubspoke.data().what_if.hubs")
    } == {region}
    open_card(page, place_of(page, hub))
    page.get_by_role("button", name="What if it is closed?").first.click()
    answer = page.evaluate("hubspoke.whatIf.answer()")
    assert answer["to"] == pytest.approx(there.cost_jpy - plan.cost_jpy, abs=0.01)
    costs = there.costs[there.costs["region"] == "kanto"]["cost_jpy"]
    assert answer["cost"] == pytest.approx(costs.sum(), rel=TOLERANCE)
    assert page.locator("#what-if-why").inner_text() == "no plan costs less"
    assert page.locator("#what-if-table tbody").count() == 1
    told = page.evaluate(
        """() => {
          const { plants } = hubspoke.data();
          const one = plants[hubspoke.frame().hub[0]];
          const changed = plants.map((_, at) => at).filter((at) => hubspoke.change(at));
          const before = plants[hubspoke.data().frames[0].hub[0]];
          return [one.lines, before.lines, changed.map((at) => plants[at].region)];
        }"""
    )
    assert told[0] == told[1]
    assert set(told[2]) == {region}
    assert f"--close {hub}" in str(page.locator("#what-if-command").text_content())
    far = used_hub(plan, "chubu")
    page.goto("about:blank")
    page.goto((tmp_path / "kanto.html").as_uri() + f"#close={far}")
    page.wait_for_selector("[data-ready]", state="attached")
    assert page.evaluate("hubspoke.whatIf.isAsked()") is False
    visit.close()


@pytest.mark.heavy
def test_where_regions_share_refineries_the_page_stays_alive_while_it_plans(
    browser: Browser, tiny_folder: Path, tmp_path: Path
) -> None:
    """The search runs beside the page's thread; what is asked meanwhile ends it, and the map of a region leads on."""
    plan = solve_tiny(tiny_folder, "shared-refinery")
    draw_map(plan).save(tmp_path / "map.html")
    draw_map(plan, region="kanto", links={"": "map.html"}).save(tmp_path / "kanto.html")
    visit = open_page(browser, tmp_path / "map.html")
    page, hubs = visit.page, [used_hub(plan, region) for region in ("kanto", "chubu")]
    page.evaluate("() => { hubspoke.kernel.solve = () => { throw new Error('in the thread of the page'); }; }")
    done = "!hubspoke.whatIf.isWorking()"
    told = page.evaluate(
        f"""() => {{
          const seen = [];
          for (const plant of [{place_of(page, hubs[0])}, {place_of(page, hubs[1])}]) {{
            hubspoke.whatIf.toggle("closed", plant);
            seen.push(hubspoke.whatIf.isWorking(), document.getElementById("what-if-cost").textContent);
          }}
          hubspoke.whatIf.toggle("closed", {place_of(page, hubs[0])});
          return seen;
        }}"""
    )
    assert told == [True, "Working it out …"] * 2
    page.wait_for_function(done)
    there = hs.solve(hs.read(tiny_folder), policy="shared-refinery", closed=hubs[1:])
    assert page.evaluate("hubspoke.whatIf.answer().to") == pytest.approx(there.cost_jpy - plan.cost_jpy, abs=0.01)
    page.locator("#what-if-table .chip").first.wait_for(state="attached")
    paid = [float(there.regions["cost_jpy"].iloc[at]) for at in page.evaluate("hubspoke.whatIf.told().regions")]
    assert page.evaluate("hubspoke.whatIf.answer().origins") == pytest.approx(paid, rel=1e-9)
    told = page.evaluate("hubspoke.frame().plants.filter((one) => one.per_kg).map((one) => one.per_kg)")
    assert sorted(told) == pytest.approx(sorted(row.per_kg for row in list_decisions(there, "en")), rel=1e-9)
    page.evaluate("hubspoke.whatIf.move('freight', 1.5); hubspoke.whatIf.forget();")
    assert page.evaluate("[hubspoke.whatIf.isWorking(), hubspoke.whatIf.answer()]") == [False, None]
    assert page.locator("#what-if-bar").is_hidden()
    page.goto((tmp_path / "kanto.html").as_uri())
    page.wait_for_selector("[data-ready]", state="attached")
    open_card(page, place_of(page, hubs[0]))
    link = page.locator(".leaflet-popup-content .ask a").first
    assert str(link.get_attribute("href")).startswith("map.html#")
    visit.close()


@pytest.mark.parametrize("key", ["objective", "network", "years", "grades"])
def test_what_the_page_cannot_plan_it_does_not_offer(browser: Browser, plan: Plan, tmp_path: Path, key: str) -> None:
    assert plan.network is not None
    refineries = plan.network.refineries
    choosy = refineries.assign(grades=refineries["grades"].where(refineries["id"] != "rk2", "nmc"))
    policy = plan.settings.policy.model_copy(update={"objective": "co2"})
    changed: dict[str, dict[str, Any]] = {
        "objective": {"settings": plan.settings.model_copy(update={"policy": policy})},
        "network": {"network": None},
        "years": {"options": {**plan.options, "years": [2030, 2040]}},
        "grades": {"network": replace(plan.network, refineries=choosy)},
    }
    draw_map(replace(plan, **changed[key])).save(tmp_path / "map.html")
    visit = open_page(browser, tmp_path / "map.html")
    page = visit.page
    assert page.evaluate("hubspoke.data().what_if.obstacle") == key
    assert page.locator("#what-if-note").text_content() == page.evaluate(f"hubspoke.words().wi_no_{key}")
    assert page.locator("#what-if-prices input").count() == 0
    open_card(page, place_of(page, used_hub(plan, "kanto")))
    assert page.locator(".leaflet-popup-content .ask").count() == 0
    visit.close()
