"""Packs that leave their region: the sums of the lanes, told where any do and only there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hubspoke.outputs.report.page import write_report
from hubspoke.plan.decision.crossings import count_full, sum_crossings
from hubspoke.plan.decision.decision import list_decisions
from hubspoke.plan.summary import summarise
from small_plan import small_plan

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData


def crossed() -> PlanData:
    """Let the first hub of the small plan take every pack."""
    plan = small_plan()
    used = plan.hubs.loc[plan.hubs["state"] == "open", "id"].iloc[0]
    hubs = plan.hubs.assign(load_t=plan.hubs["load_t"].where(plan.hubs["id"] != used, plan.mass_t))
    state = plan.hubs["state"].where(plan.hubs["id"] == used, "not_chosen")
    return replace(plan, assignments=plan.assignments.assign(hub_id=used), hubs=hubs.assign(state=state))


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_packs_that_stay_in_their_region_are_not_told_as_crossing() -> None:
    plan = small_plan()
    assert sum_crossings(plan, "en") is None
    assert 'id="crossings"' not in write_report(plan)


def test_sums_by_region_of_sites_and_of_hubs_are_those_of_the_lanes() -> None:
    plan = crossed()
    sums = sum_crossings(plan, "en")
    assert sums is not None
    assert sums.shape == (2, 1)
    by_region = plan.assignments.groupby("region")["mass_t"].sum()
    assert sorted(sums.iloc[:, 0]) == pytest.approx(sorted(by_region))
    (row,) = list_decisions(plan, "en")
    assert dict(row.origins) == pytest.approx(sums.iloc[:, 0].to_dict())


@pytest.mark.heavy
def test_a_region_is_not_shown_beside_plants_that_others_use() -> None:
    page = write_report(crossed())
    section = page[page.index('id="crossings"') :]
    assert "go to a hub of another region" in section
    table = page[page.index('<section id="regions">') :]
    head = table[: table.index("</thead>")]
    assert "Hubs" not in head
    assert "Cost" in head
    assert "from, to hubs in" in summarise(crossed())


def test_full_hubs_are_counted() -> None:
    plan = small_plan()
    full = plan.hubs.assign(utilisation=1.0)
    assert count_full(replace(plan, hubs=full)) == (2, 2)
    assert "2 of 2 hubs are full" in summarise(replace(crossed(), hubs=full))
