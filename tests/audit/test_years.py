"""The recount of a plan over several years finds what is falsified in any of its tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import hubspoke as hs
from hubspoke.audit.years import recount_years
from hubspoke.settings.load import change_settings
from years_plan import YEARS, growing_network, years_plan

if TYPE_CHECKING:
    from hubspoke.plan.years import YearsData


def failed(plan: YearsData) -> set[str]:
    networks = {year: one.network for year, one in plan.plans.items()}
    return {check.name for check in recount_years(plan, networks).failed}


def test_a_plan_passes_its_audit() -> None:
    assert failed(years_plan()) == set()
    without = recount_years(years_plan(), dict.fromkeys(YEARS))
    assert without.passed
    assert without.skipped == ("limits", "capital")


@pytest.mark.parametrize(
    ("table", "column", "row", "value", "check"),
    [
        ("factors", "weight", 1, 4.0, "factors"),
        ("factors", "discount_factor", 2, 0.5, "factors"),
        ("factors", "capital_recovery_per_yr", 0, 0.1, "factors"),
        ("factors", "paid_of_investment", 1, 0.7, "factors"),
        ("factors", "last_year", 2, 2041, "factors"),
        ("schedule", "stage", 1, "idle", "stages"),
        ("schedule", "stage", 0, "closed", "stages"),
        ("schedule", "step", 1, "", "stages"),
        ("schedule", "stands_t", 2, 2000.0, "stages"),
        ("schedule", "load_t", 4, 4000.0, "stages"),
        ("schedule", "capital_jpy", 5, 1.0e8, "capital"),
        ("schedule", "invested_jpy", 4, 1.0e8, "capital"),
        ("schedule", "unused_jpy", 5, 0.0, "by-year"),
        ("by_year", "cost_jpy", 2, 2.0e9, "by-year"),
        ("by_year", "hubs", 0, 3, "by-year"),
        ("by_year", "once_jpy", 1, 5.0e6, "by-year"),
        ("by_year", "present_jpy", 0, 5.0e9, "present-value"),
    ],
)
def test_what_is_falsified_is_found(table: str, column: str, row: int, value: object, check: str) -> None:
    """One number or word of a table is changed; the check that guards it says so."""
    plan = years_plan()
    changed = getattr(plan, table).copy()
    assert changed.loc[row, column] != value
    changed.loc[row, column] = value
    assert check in failed(replace(plan, **{table: changed}))


def test_the_whole_is_held_against_its_figures() -> None:
    plan = years_plan()
    assert failed(replace(plan, objective_value=plan.objective_value * 0.99)) >= {"present-value"}
    assert failed(replace(plan, gap=plan.gap + 0.01)) == {"present-value"}


@pytest.mark.heavy
def test_plants_keep_to_permits_and_lead_times() -> None:
    """A plant that is open before its permit, after it retires or sooner than it can be built is found."""
    plan = years_plan()
    network = plan.plans[2030].network
    assert network is not None
    for column, year in (("opens_from", 2033.0), ("retires", 2038.0)):
        hubs = network.hubs.assign(**{column: [year] * len(network.hubs)})
        known = {at: network.replace(hubs=hubs) for at in YEARS}
        found = {check.name: check.detail for check in recount_years(plan, known).failed}
        assert found.keys() == {"limits"}
        assert f"{year:.0f}" in found["limits"]
    late = replace(plan, settings=change_settings(plan.settings, {"years.decided_from": 2029}))
    assert failed(late) == {"limits"}


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"years.budget_jpy": {"2035": 1.0}}, "budgets"),
        ({"years.budget_in_total_jpy": 1.0}, "budgets"),
        ({"years.hubs_opened_most": 0}, "openings"),
        ({"years.sites_keep_hub": True}, "switching"),
        ({"years.switch_jpy": 1e6}, "switching"),
    ],
)
def test_rules_that_the_plan_does_not_keep_are_found(changes: dict[str, object], check: str) -> None:
    """The plan is held against rules that it was not made for, where it invests, opens late, and moves a site."""
    plan = years_plan()
    schedule = plan.schedule.copy()
    schedule.loc[(schedule["id"] == "hk2") & (schedule["year"] == 2030), "stage"] = "absent"
    last = plan.plans[2040]
    sites = last.assignments.copy()
    sites.loc[sites["site_id"] == "c1", "hub_id"] = "hk2"
    moved = replace(plan, schedule=schedule, plans={**plan.plans, 2040: replace(last, assignments=sites)})
    assert check not in failed(moved)
    assert check in failed(replace(moved, settings=change_settings(plan.settings, changes)))


def test_rules_that_are_kept_pass() -> None:
    generous = {"years.budget_in_total_jpy": 1e15, "years.hubs_opened_most": 0, "years.least_share": {"2030": 1.0},
                "years.sites_keep_hub": True, "years.stays_collected": True}  # fmt: skip
    plan = years_plan()
    assert failed(replace(plan, settings=change_settings(plan.settings, generous))) == set()


def test_tonnes_that_are_left_are_found() -> None:
    """A least share of all tonnes, and sites that are collected again and again, are recounted from the tables."""
    plan = years_plan()
    by_year = plan.by_year.assign(unserved_t=plan.by_year["packs_t"])
    asked = change_settings(plan.settings, {"years.least_share": {"2035": 0.6}})
    found = {check.name: check.detail for check in recount_years(replace(plan, by_year=by_year, settings=asked),
             dict.fromkeys(YEARS)).failed}  # fmt: skip
    assert "2035" in found["coverage"]
    assert "2030" not in found["coverage"]
    kept = change_settings(plan.settings, {"years.stays_collected": True})
    last = plan.plans[2040]
    fewer = replace(last, assignments=last.assignments.iloc[1:])
    assert "coverage" in failed(replace(plan, settings=kept, plans={**plan.plans, 2040: fewer}))


@pytest.mark.heavy
def test_profit_is_recounted() -> None:
    plan = hs.solve(growing_network(), policy="open", objective="profit", years=(2030, 2035), gap=0.05)
    assert failed(plan) == set()
    assert failed(replace(plan, objective_value=plan.objective_value * 1.001)) == {"present-value"}
    assert failed(replace(plan, bound_value=plan.bound_value + 1e9)) == {"present-value"}
