"""The plan that a map makes anew is that of the solver, and the page says and shows it."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.cli import app as cli
from hubspoke.outputs.maps.draw import draw_map
from hubspoke.plan.decision.decision import list_decisions
from hubspoke.plan.decision.origins import sum_by_origin
from hubspoke.words.numbers import format_yen
from map_browser import AXE, NARROW, NEEDS_BROWSER, WIDE, open_page
from shipped import japan_plan
from what_ifs import ask_kernel, ask_solver, list_what_ifs, load_kernel, prepare

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from hubspoke.api.plan import Plan
    from map_browser import Visit

pytestmark = NEEDS_BROWSER
TOLERANCE = 1e-11
"""Relative: sums of some thousand numbers in another order."""
SHIKOKU = ("shikoku",)


@pytest.fixture(scope="module")
def kernel(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    load_kernel(page)
    yield page
    page.close()


def check_same(kernel: Page, folder: Path | None, plan: Plan, *, count: int, seed: int) -> int:
    """Check that map and solver agree on random changes; return on how many there is a plan."""
    asked, planned = prepare(plan), 0
    assert asked.told["obstacle"] == ""
    for number, what_if in enumerate(list_what_ifs(asked, count, seed)):
        here, there = ask_kernel(kernel, asked, what_if), ask_solver(folder, asked, what_if)
        assert (here is None) == (there is None), (number, what_if)
        if here is None or there is None:
            continue
        planned += 1
        cost, low, hubs = here
        assert cost == pytest.approx(there.cost_jpy, rel=TOLERANCE), (number, what_if)
        assert low == pytest.approx(cost, rel=TOLERANCE), (number, what_if)
        assert sorted(hubs) == sorted(there.hubs.loc[there.hubs["state"] == "open", "id"]), (number, what_if)
    return planned


def check_bounds(kernel: Page, folder: Path | None, plan: Plan, *, count: int, seed: int) -> tuple[int, int]:
    """Check that the map bounds the plan of the solver; return the changes with a plan, and those proven."""
    asked, planned, proven = prepare(plan), 0, 0
    for number, what_if in enumerate(list_what_ifs(asked, count, seed)):
        here, there = ask_kernel(kernel, asked, what_if), ask_solver(folder, asked, what_if)
        if there is None:
            continue
        assert here is not None, (number, what_if)
        cost, low, _ = here
        assert 0.5 * there.cost_jpy <= low <= there.cost_jpy * (1 + TOLERANCE), (number, what_if)
        assert cost == 0 or there.cost_jpy <= cost * (1 + TOLERANCE), (number, what_if)  # 0: no plan was found
        planned, proven = planned + 1, proven + (cost == pytest.approx(low, rel=1e-9))
    return planned, proven


def solve_tiny(folder: Path, policy: str) -> Plan:
    return hs.solve(hs.read(folder), policy=policy)


def test_what_ifs_of_the_tiny_network_are_those_of_the_solver(kernel: Page, tiny_folder: Path) -> None:
    assert check_same(kernel, tiny_folder, solve_tiny(tiny_folder, "regional"), count=12, seed=1) >= 4


def test_shared_refineries_are_those_of_the_solver(kernel: Page, tiny_folder: Path) -> None:
    assert check_same(kernel, tiny_folder, solve_tiny(tiny_folder, "shared-refinery"), count=10, seed=7) >= 4


def test_where_refineries_are_full_the_best_plan_lies_between_the_bounds(kernel: Page, tmp_path: Path) -> None:
    """Hubs divide their black mass then, which sums do not always settle; what is called proven is."""
    tables = tiny_tables()
    for name, most in (("kanto/refineries", 300), ("chubu/refineries", 450)):
        tables[name] = [{**row, "max_t": most} for row in tables[name]]
    folder = write_folder(tmp_path / "full", tables)
    plan = solve_tiny(folder, "shared-refinery")
    assert (plan.flows.groupby("hub_id")["refinery_id"].nunique() > 1).any()
    assert check_bounds(kernel, folder, plan, count=24, seed=8)[0] >= 2


def test_what_ifs_of_shikoku_are_those_of_the_solver(kernel: Page) -> None:
    assert check_same(kernel, None, japan_plan("regional", SHIKOKU), count=4, seed=2) >= 2


@pytest.mark.long
def test_many_what_ifs_are_those_of_the_solver(kernel: Page, tiny_folder: Path) -> None:
    planned = check_same(kernel, tiny_folder, solve_tiny(tiny_folder, "regional"), count=60, seed=3)
    planned += check_same(kernel, None, japan_plan("regional", SHIKOKU), count=60, seed=4)
    planned += check_same(kernel, None, japan_plan("regional"), count=80, seed=5)
    planned += check_same(kernel, tiny_folder, solve_tiny(tiny_folder, "shared-refinery"), count=40, seed=9)
    assert planned >= 150
    planned, proven = check_bounds(kernel, None, japan_plan("shared-refinery"), count=20, seed=10)
    assert 2 * proven > planned


def test_stated_lanes_given_sizes_and_a_price_of_co2_are_counted(kernel: Page, tmp_path: Path) -> None:
    """Freight that a lane states does not follow the price of freight, and sizes that are given have no rates."""
    tables = tiny_tables()
    site, hub = tables["kanto/sites"][0]["id"], tables["kanto/hubs"][0]["id"]
    tables["lanes"] = [{"from_id": site, "to_id": hub, "distance_km": 12, "cost_jpy_per_t": 40_000}]
    tables["sizes"] = [
        {"plant_id": hub, "capacity_t": 900_000, "fixed_jpy_per_yr": 9e7, "variable_jpy_per_t": 30_000},
        {"plant_id": hub, "capacity_t": 950_000, "fixed_jpy_per_yr": 8e7, "variable_jpy_per_t": 45_000},
    ]
    folder = write_folder(tmp_path / "own", tables)
    (folder / "settings.toml").write_text("[carbon]\nprice_jpy_per_t = 20000\n", encoding="utf-8")
    plan = solve_tiny(folder, "regional")
    assert float(plan.settings.carbon.price_jpy_per_t) == 20000
    assert check_same(kernel, folder, plan, count=8, seed=6) >= 3


@pytest.fixture(scope="module")
def plan(tiny_folder: Path) -> Plan:
    return solve_tiny(tiny_folder, "regional")


@pytest.fixture(scope="module")
def file(plan: Plan, tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("what_if") / "map.html"
    command = ["hubspoke", "solve", str(tiny_folder), "--out", "my plan", "--policy", "regional", "--lang=en", "-q"]
    draw_map(plan, command=command).save(path)
    return path


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def seen(browser: Browser, file: Path, request: pytest.FixtureRequest) -> Iterator[Visit]:
    visit = open_page(browser, file, request.param)
    yield visit
    visit.close()


def place_of(page: Page, plant: str) -> int:
    return int(page.evaluate(f"hubspoke.data().plants.findIndex((one) => one.id === {json.dumps(plant)})"))


def used_hub(plan: Plan, region: str) -> str:
    hubs = plan.hubs
    return str(hubs.loc[(hubs["state"] == "open") & (hubs["region"] == region), "id"].iloc[0])


def test_a_plant_is_closed_in_its_card_and_the_way_back_is_one_click(
    seen: Visit, plan: Plan, tiny_folder: Path
) -> None:
    page, hub = seen.page, used_hub(plan, "kanto")
    there = hs.solve(hs.read(tiny_folder), policy="regional", closed=[hub])
    before = page.evaluate("[...hubspoke.frame().hub]")
    page.evaluate(f"hubspoke.openPlant(map_plan, {place_of(page, hub)})")
    page.get_by_role("button", name="What if it is closed?").first.click()
    assert page.locator("#what-if-bar").is_visible()
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
    assert f"--close {hub}" in str(page.locator("#what-if-command").text_content())
    page.locator("#what-if-bar .wi-back").click()
    assert page.locator("#what-if-bar").is_hidden()
    assert page.evaluate("[...hubspoke.frame().hub]") == before
    assert "close=" not in page.evaluate("location.hash")


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


def test_nothing_of_the_plan_before_stays_lit(browser: Browser, file: Path, plan: Plan) -> None:
    visit = open_page(browser, file)
    page, hub = visit.page, place_of(visit.page, used_hub(plan, "kanto"))
    lit = """() => {
      const canvas = map_plan.getPane("spotlight").querySelector("canvas");
      const { width, height } = canvas;
      const blank = Object.assign(document.createElement("canvas"), { width, height });
      return canvas.toDataURL() !== blank.toDataURL();
    }"""
    page.evaluate(f"hubspoke.openPlant(map_plan, {hub})")
    assert page.evaluate(lit)
    page.evaluate(f"hubspoke.whatIf.toggle('closed', {hub})")
    assert not page.evaluate(lit)
    visit.close()


def test_where_no_plan_is_left_the_page_says_so(browser: Browser, file: Path, plan: Plan) -> None:
    visit = open_page(browser, file)
    page = visit.page
    for hub in plan.hubs.loc[plan.hubs["region"] == "chubu", "id"]:
        page.evaluate(f"hubspoke.whatIf.toggle('closed', {place_of(page, str(hub))})")
    assert page.locator("#what-if-cost").inner_text() == "No plan"
    assert "Chubu" in page.locator("#what-if-why").inner_text()
    assert page.evaluate("hubspoke.state.frame") == 0
    visit.close()


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
    page.evaluate(f"hubspoke.openPlant(map_plan, {place_of(page, hub)})")
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
    paid = sum_by_origin(there)
    assert page.evaluate("hubspoke.whatIf.answer().origins") == pytest.approx(
        [paid[there.regions["region"].iloc[at]] for at in page.evaluate("hubspoke.whatIf.told().regions")], rel=1e-9
    )
    told = page.evaluate("hubspoke.frame().plants.filter((one) => one.per_kg).map((one) => one.per_kg)")
    assert sorted(told) == pytest.approx(sorted(row.per_kg for row in list_decisions(there, "en")), rel=1e-9)
    page.evaluate("hubspoke.whatIf.move('freight', 1.5); hubspoke.whatIf.forget();")
    assert page.evaluate("[hubspoke.whatIf.isWorking(), hubspoke.whatIf.answer()]") == [False, None]
    assert page.locator("#what-if-bar").is_hidden()
    page.goto((tmp_path / "kanto.html").as_uri())
    page.wait_for_selector("[data-ready]", state="attached")
    page.evaluate(f"hubspoke.openPlant(map_plan, {place_of(page, hubs[0])})")
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
    page.evaluate(f"hubspoke.openPlant(map_plan, {place_of(page, used_hub(plan, 'kanto'))})")
    assert page.locator(".leaflet-popup-content .ask").count() == 0
    visit.close()
