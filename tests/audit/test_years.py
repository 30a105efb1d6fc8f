"""The recount of a plan over several years finds what is falsified in any of its tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hubspoke.audit.years import recount_years
from hubspoke.settings.load import change_settings
from years_plan import YEARS, years_plan

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
