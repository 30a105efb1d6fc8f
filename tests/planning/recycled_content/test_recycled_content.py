"""Plans whose refineries together give enough recycled metal for the batteries that are bound."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.audit.audit import recount
from hubspoke.metals.demand import tabulate_shares
from hubspoke.metals.duties import tabulate_duties
from hubspoke.settings.load import change_settings

WAYS = ("hydro", "pyro_hydro")
DEAR = {"refinery_technologies.hydro.capital_jpy": "x3"}
DUTY = "eu_content_2036"


@cache
def folder(first: str = "", second: str = "") -> Path:
    """Write two regions whose refineries may recover lithium at a price, or a choice of technology for each region."""
    tables = tiny_tables()
    for region, named in (("kanto", first), ("chubu", second)):
        name = f"{region}/refineries"
        tables[name] = [{**row, "technology": named or ";".join(WAYS)} for row in tables[name]]
    return write_folder(Path(tempfile.mkdtemp()) / "in", tables)


def solve(share: float, *named: str, **changes: Any) -> hs.Plan:
    asked = {"policy.recycled_content": DUTY, "demand.bound_share": share} if share else {}
    network = hs.read(folder(*named), changes={**DEAR, **asked, **changes})
    return hs.solve(network, policy="regional", gap=1e-7)


@cache
def every_choice() -> list[tuple[float, float]]:
    """Return cost and lithium of the best plan for each choice of technologies."""
    plans = [solve(0, *named) for named in product(WAYS, repeat=2)]
    return [(plan.cost_jpy, float(tabulate_shares(plan)["recycled_t"]["lithium"])) for plan in plans]


@pytest.mark.heavy
@pytest.mark.parametrize("share", [0.007, *(pytest.param(share, marks=pytest.mark.heavy) for share in (0.003, 0.012))])
def test_the_plan_is_the_cheapest_of_all_choices_of_technologies_that_give_enough(share: float) -> None:
    plan = solve(share)
    asked = 0.12 * share * float(tabulate_shares(plan)["demand_t"]["lithium"])
    best = min(cost for cost, lithium in every_choice() if lithium >= asked * (1 - 1e-9))
    assert plan.cost_jpy == pytest.approx(best, rel=1e-7)
    assert plan.status is hs.Status.OPTIMAL
    duties = tabulate_duties(plan).query(f"duty == '{DUTY}' and kind == 'content'")
    assert set(duties["met"]) == {"met"}
    assert recount(plan, plan.network).passed
    assert best > min(cost for cost, _ in every_choice())


@pytest.mark.heavy
def test_a_mix_of_refineries_is_chosen_where_it_is_enough() -> None:
    """A least recovery of every refinery costs more: both would have to recover lithium."""
    plan = solve(0.003)
    used = plan.refineries.loc[plan.refineries["load_t"] > 0, "technology"]
    assert sorted(used) == ["hydro", "pyro_hydro"]
    every = solve(0, **{"policy.least_recovery_t_per_t.lithium": 0.5})
    assert plan.cost_jpy < every.cost_jpy


@pytest.mark.heavy
def test_what_is_met_anyway_changes_nothing() -> None:
    free, asked = solve(0), solve(1e-9, **{f"duties.{DUTY}.content_t_per_t.lithium": 0})
    assert asked.cost_jpy == free.cost_jpy


def test_too_little_metal_is_told_by_metal() -> None:
    with pytest.raises(hs.InfeasibleError, match=r"give too little .*lithium: 117 of 152 t/yr"):
        solve(0.02)


@pytest.mark.heavy
def test_the_audit_finds_a_plan_that_gives_too_little() -> None:
    plan = solve(0)
    asked = {"policy.recycled_content": DUTY, "demand.bound_share": 0.003}
    failed = {check.name: check.detail for check in recount(
        replace(plan, settings=change_settings(plan.settings, asked)), None).failed}  # fmt: skip
    assert "0.000 t of lithium are recycled, and 22.7" in failed["recycled-content"]


@pytest.mark.parametrize(
    ("policy", "years", "changes", "told"),
    [
        ("open", None, {}, "every region refines its own black mass"),
        ("shared-refinery", None, {}, "every region refines its own black mass"),
        ("regional", None, {"policy.objective": "co2"}, "at least cost"),
        ("regional", None, {"policy.shortfall_jpy_per_t": 1e6}, "every site served"),
        ("regional", (2030, 2040), {}, "of one year"),
        ("regional", None, {"policy.recycled_content": "eu_2030"}, "no duty 'eu_2030' asks for recycled content"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    policy: hs.PolicyName, years: tuple[int, ...] | None, changes: dict[str, Any], told: str
) -> None:
    def ask() -> None:
        network = hs.read(folder(), changes={"policy.recycled_content": DUTY, "demand.bound_share": 0.003, **changes})
        hs.solve(network, policy=policy, years=years) if years else hs.solve(network, policy=policy)

    with pytest.raises(hs.HubspokeError, match=told):
        ask()


def test_questions_that_take_other_plans_are_refused() -> None:
    network = hs.read(folder(), changes={"policy.recycled_content": DUTY, "demand.bound_share": 0.003})
    for ask in (
        lambda: hs.front(network, against="co2", policy="regional"),
        lambda: hs.conflict(network, policy="regional"),
        lambda: hs.collaborate(network, by="region", policy="regional"),
    ):
        with pytest.raises(hs.UsageError, match=r"policy\.recycled_content ties"):
            ask()
