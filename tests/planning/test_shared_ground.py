"""A hub and a refinery on one ground: what the hub saves, who keeps it, and that the settings decide it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import hubspoke as hs
from builders import tiny_tables, write_folder

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan

SHARES = ("capital", "maintenance", "labour")


def plan_with(folder: Path, settings: dict[str, float] | None = None, *, grounds: tuple[str, str] = ("g", "g")) -> Plan:
    """Plan the tiny network with one hub and one refinery of Kanto on the grounds named, and no others there."""
    tables = tiny_tables()
    for table, ground in zip(("kanto/hubs", "kanto/refineries"), grounds, strict=True):
        tables[table] = [{**row, "ground": ground} for row in tables[table][:1]]
    return hs.solve(hs.read(write_folder(folder, tables), changes=settings), regions=("kanto",))


def saved_jpy(plan: Plan) -> float:
    return float(plan.costs.set_index("term")["cost_jpy"].get("hub_shared", 0.0))


def test_a_hub_beside_a_refinery_saves_its_shares_of_fixed_cost(tmp_path: Path) -> None:
    """They are shares of what a plant of just its size class costs, by the cost curve and the annuity."""
    plan = plan_with(
        tmp_path, {f"shared_ground.{name}_share": share for name, share in zip(SHARES, (0.02, 0.1, 0.2), strict=True)}
    )
    hub, finance = plan.hubs.iloc[0], plan.settings.finance
    works = plan.settings.hub_technologies[str(hub["technology"])]
    scale = hub["size_t"] / float(works.reference_t_per_yr)
    capital = 1.15 * float(works.capital_jpy) * scale ** float(works.capital_exponent)
    assert float(works.contingency_share) == 0.15
    rate, years = float(finance.discount_rate_per_yr), float(finance.life_yr)
    annuity = rate * (1 + rate) ** years / ((1 + rate) ** years - 1)
    labour = float(works.labour_persons) * scale ** float(works.labour_exponent) * float(finance.wage_jpy_per_yr)
    wanted = 0.02 * annuity * capital + 0.1 * float(works.maintenance_share_per_yr) * capital + 0.2 * labour
    assert hub["hub_shared_jpy"] == pytest.approx(-wanted)
    assert saved_jpy(plan) == pytest.approx(-wanted)


@pytest.mark.parametrize("grounds", [("g", "other"), ("g", "")])
def test_a_hub_alone_on_its_ground_saves_nothing(tmp_path: Path, grounds: tuple[str, str]) -> None:
    assert saved_jpy(plan_with(tmp_path, grounds=grounds)) == 0


@pytest.mark.heavy
def test_without_shares_only_the_saving_is_missing(tmp_path: Path) -> None:
    none = dict.fromkeys([f"shared_ground.{name}_share" for name in SHARES], 0.0)
    shared, alone = plan_with(tmp_path / "one"), plan_with(tmp_path / "two", none)
    assert saved_jpy(shared) < 0
    assert saved_jpy(alone) == 0
    assert shared.objective_jpy - saved_jpy(shared) == pytest.approx(alone.objective_jpy)


@pytest.mark.heavy
@pytest.mark.parametrize("scheme", ["purchase", "tolling", "integrated", "joint-collection"])
def test_the_hub_or_its_company_keeps_the_saving(tmp_path: Path, scheme: str) -> None:
    plan = plan_with(tmp_path)
    lines = plan.income(scheme, "current")
    kept = lines[lines["item"] == "hub_shared"]
    assert set(kept["kind"]) == {"company" if scheme == "integrated" else "hub"}
    assert kept["jpy"].sum() == pytest.approx(-saved_jpy(plan))


@pytest.mark.heavy
def test_a_refinery_that_is_built_and_idle_shares_its_ground_and_is_paid_for(tmp_path: Path) -> None:
    """Its workshop, crews and office are there and paid in full, whether black mass comes or not."""
    tables = tiny_tables()
    tables["kanto/hubs"] = [{**tables["kanto/hubs"][0], "ground": "g"}]
    first, second = tables["kanto/refineries"]
    tables["kanto/refineries"] = [{**first, "ground": "g", "max_t": 600}, {**second, "ground": "h"}]
    folder = write_folder(tmp_path, tables)
    bound = {"orders.deliver": {"hk1": "rk2"}, "policy.refineries_per_region": [1, 2]}
    plan = hs.solve(hs.read(folder, changes=bound), regions=("kanto",), opened=("rk1",))
    idle = plan.refineries.set_index("id").loc["rk1"]
    assert (idle["state"], idle["load_t"]) == ("idle", 0)
    assert idle["cost_jpy"] > 0
    assert saved_jpy(plan) < 0
    without = hs.solve(hs.read(folder, changes=bound), regions=("kanto",))
    assert without.refineries.set_index("id").loc["rk1", "state"] == "not_chosen"
    assert without.cost_jpy < plan.cost_jpy
