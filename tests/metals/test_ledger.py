"""The metals ledger closes to the kilogram at every plant, and agrees with a recount by plain arithmetic."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubspoke.audit.ledger import check_ledger
from hubspoke.metals.ledger import STAGES, tabulate_ledger
from hubspoke.metals.sums import find_open_ends, sum_stages
from hubspoke.settings.load import change_settings
from redrawn_plan import redrawn
from small_plan import mixed_plan, small_plan
from trials import examples

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubspoke.api.plan import Plan


@pytest.mark.heavy
@given(st.data(), st.booleans())
@settings(max_examples=examples(10), deadline=None)
def test_metal_is_neither_lost_nor_found(draw: st.DataObject, by_site: bool) -> None:  # noqa: FBT001
    """Whatever is divided among refineries and furnaces, of several grades, from home and abroad, packs and scrap."""
    plan = redrawn(mixed_plan(), draw)
    ledger = tabulate_ledger(plan, by_site=by_site)
    assert find_open_ends(ledger).abs().max() < 1e-6
    assert list(check_ledger(plan, ledger)) == []
    assert (ledger["metal_kg"] > 0).all()


@pytest.mark.parametrize("plan", [small_plan, mixed_plan])
def test_what_is_refined_is_that_of_the_table_of_metals(plan: Callable[[], Plan]) -> None:
    made = plan()
    sums = sum_stages(tabulate_ledger(made), amount="counted_kg")
    metals = made.metals().groupby("metal")[["contained_t", "recovered_t"]].sum() * 1000
    assert sums.loc[metals.index, "black_mass"].to_numpy() == pytest.approx(metals["contained_t"].to_numpy())
    assert sums.loc[metals.index, "product"].to_numpy() == pytest.approx(metals["recovered_t"].to_numpy())
    assert sums["packs"].to_numpy() + sums["landed"].to_numpy() == pytest.approx(
        sums[["scrap", "unsorted", "product", "alloy", "residue"]].sum(axis=1).to_numpy()
    )


def test_lithium_stands_as_metal_and_as_carbonate_and_copper_by_what_is_sorted() -> None:
    plan = small_plan()
    plan = replace(plan, settings=change_settings(plan.settings, {"byproducts.copper.recovery_t_per_t": 0.8}))
    metal, counted = (sum_stages(plan.metals_ledger(), amount=amount) for amount in ("metal_kg", "counted_kg"))
    tonnes = {name: float(plan.assignments[f"{name}_t"].sum()) for name in plan.settings.classes}
    packs = sum(1000 * t * plan.settings.classes[name].metal_t_per_t.get("lithium", 0) for name, t in tonnes.items())
    assert counted.loc["lithium", "packs"] == pytest.approx(packs)
    assert metal.loc["lithium", "packs"] == pytest.approx(0.18787 * packs)
    made = plan.settings.classes
    scrap = sum(1000 * t * made[name].yields_t_per_t["convention"]["copper"] for name, t in tonnes.items())
    told = [float(metal[stage]["copper"]) for stage in ("packs", "scrap", "unsorted")]
    assert told == pytest.approx([scrap / 0.8, scrap, scrap * 0.25])


def test_sites_are_told_on_request_and_sum_to_their_regions() -> None:
    by_region, by_site = (small_plan().metals_ledger(by_site=told) for told in (False, True))
    assert set(by_site.loc[by_site["stage"] == "packs", "from_id"]) == set(small_plan().assignments["site_id"])
    for keys in (["region", "metal"], ["to_id", "metal", "material"]):
        sums = [one[one["stage"] == "packs"].groupby(keys)["metal_kg"].sum() for one in (by_region, by_site)]
        assert sums[0].to_numpy() == pytest.approx(sums[1].to_numpy())
    assert by_region["stage"].tolist() == sorted(by_region["stage"], key=STAGES.index)


def test_a_ledger_that_is_changed_is_found() -> None:
    plan = small_plan()
    ledger = plan.metals_ledger()
    assert list(check_ledger(plan, ledger)) == []
    off = ledger.assign(metal_kg=np.where(ledger.index == 0, ledger["metal_kg"] + 1, ledger["metal_kg"]))
    words = " / ".join(check_ledger(plan, off))
    assert "recounted" in words
    assert "more come in than go out" in words
    assert any("recounted" in word for word in check_ledger(plan, ledger.iloc[1:]))
    assert any("of one tonnage" in word for word in check_ledger(plan, ledger.assign(counted_kg=1.0)))
    assert any("the plan is of" in word for word in check_ledger(plan, ledger.assign(year=1999)))


def test_a_plan_without_packs_has_an_empty_ledger() -> None:
    plan = small_plan()
    empty = replace(plan, assignments=plan.assignments.iloc[:0], flows=plan.flows.iloc[:0])
    ledger = tabulate_ledger(empty)
    assert ledger.empty
    assert ledger.columns.tolist() == plan.metals_ledger().columns.tolist()
    assert sum_stages(ledger).empty
    assert list(check_ledger(empty, ledger)) == []
