"""The plan that a map makes anew is that of the solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import tiny_tables, write_folder
from map_browser import NEEDS_BROWSER
from shipped import japan_plan
from what_ifs import TOLERANCE, ask_kernel, ask_solver, list_what_ifs, load_kernel, prepare, solve_tiny

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from hubspoke.api.plan import Plan

pytestmark = NEEDS_BROWSER
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


def test_what_ifs_of_the_tiny_network_are_those_of_the_solver(kernel: Page, tiny_folder: Path) -> None:
    assert check_same(kernel, tiny_folder, solve_tiny(tiny_folder, "regional"), count=12, seed=1) >= 4


@pytest.mark.heavy
def test_shared_refineries_are_those_of_the_solver(kernel: Page, tiny_folder: Path) -> None:
    assert check_same(kernel, tiny_folder, solve_tiny(tiny_folder, "shared-refinery"), count=10, seed=7) >= 4


@pytest.mark.heavy
def test_where_refineries_are_full_the_best_plan_lies_between_the_bounds(kernel: Page, tmp_path: Path) -> None:
    """Hubs divide their black mass then, which sums do not always settle; what is called proven is."""
    tables = tiny_tables()
    for name, most in (("kanto/refineries", 300), ("chubu/refineries", 450)):
        tables[name] = [{**row, "max_t": most} for row in tables[name]]
    folder = write_folder(tmp_path / "full", tables)
    plan = solve_tiny(folder, "shared-refinery")
    assert (plan.flows.groupby("hub_id")["refinery_id"].nunique() > 1).any()
    assert check_bounds(kernel, folder, plan, count=24, seed=8)[0] >= 2


@pytest.mark.heavy
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


@pytest.mark.heavy
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
