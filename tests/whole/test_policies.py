"""Policies: what each preset promises, against brute force, and how plans answer to changed inputs."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import hubspoke as hs
from builders import tiny_tables, write_csv, write_folder
from hubspoke.audit.audit import audit_plan
from hubspoke.costs.costs import build_costs
from hubspoke.lanes.lanes import build_lanes
from hubspoke.settings.load import change_settings
from hubspoke.settings.rules import policy_names, resolve_policy
from shipped import japan, japan_plan

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan
    from hubspoke.costs.costs import Costs
    from hubspoke.inputs.network import Network

THREE = ("kinki", "chugoku", "shikoku")


def chosen(plan: Plan) -> tuple[list[str], list[str], list[str]]:
    hubs, refineries = (table.loc[table["capacity_t"] > 0, "id"].tolist() for table in (plan.hubs, plan.refineries))
    return hubs, refineries, plan.assignments["hub_id"].tolist()


def cheapest_pair(network: Network, costs: Costs, region: str) -> float:
    """Try every hub, refinery, technology and size of a region by plain sums."""
    sites = (network.sites["region"] == region).to_numpy()
    hubs = np.flatnonzero((network.hubs["region"] == region) & (network.hubs["status"] != "closed"))
    refineries = np.flatnonzero((network.refineries["region"] == region) & (network.refineries["status"] != "closed"))
    collection, transfer = costs.collection_jpy_per_yr(), costs.transfer_jpy_per_t()
    mass = costs.supply_t[sites].sum()
    beyond = [
        np.where(steps.technology >= 0, rate[steps.technology] - rate[first][:, None], 0.0)
        for steps, at, first in (
            (costs.hub_steps, costs.at_hubs, costs.hub_technology),
            (costs.refinery_steps, costs.at_refineries, costs.refinery_technology),
        )
        for rate in (np.sum(list(at.rates_jpy_per_t.values()), axis=0),)
    ]
    best = np.inf
    for hub, refinery in product(hubs.tolist(), refineries.tolist()):
        black_mass = (costs.supply_t[sites] @ costs.yields[hub]).sum(axis=0)
        moved = collection[sites, hub].sum() + (black_mass * transfer[hub, refinery]).sum()
        saved = costs.hub_shared_jpy_per_yr[hub] if costs.beside[hub, refinery] else 0.0
        for steps, extra, plant, load, less in (
            (costs.hub_steps, beyond[0], hub, mass, saved),
            (costs.refinery_steps, beyond[1], refinery, black_mass.sum(), 0.0),
        ):
            yearly = steps.fixed[plant] + (steps.variable[plant] + extra[plant]) * load - less
            moved += np.where(steps.capacity[plant] >= load, yearly, np.inf).min()
        best = min(best, float(moved))
    return best


def test_regional_opens_one_hub_and_one_refinery_in_each_region() -> None:
    plan = japan_plan()
    for plants in (plan.hubs, plan.refineries):
        open_here = plants[plants["state"] == "open"].groupby("region").size()
        assert open_here.to_dict() == dict.fromkeys(japan().regions, 1)
        assert not (plants["state"] == "idle").any()
    assert plan.assignments["site_id"].tolist() == japan().sites["id"].tolist()
    assert plan.status is hs.Status.OPTIMAL
    assert plan.gap <= 1e-6
    assert audit_plan(plan, japan()).passed


def test_regional_equals_brute_force() -> None:
    network = japan()
    costs = build_costs(network, build_lanes(network, 2040), 2040)
    found = japan_plan().regions.set_index("region")["cost_jpy"]
    for region in network.regions:
        assert found[region] == pytest.approx(cheapest_pair(network, costs, region), rel=1e-9)


@pytest.mark.parametrize("level", ["peak", "current", "lowest"])
def test_by_published_contents_the_metals_of_the_plan_are_worth_what_was_published(level: str) -> None:
    """Within 2 %: the plan has 184,041 t of packs, the published totals are those of 181,700 t."""
    row = hs.revalue(japan_plan(), {"materials.contents": "mizuho"}).market(level).iloc[0]
    published = float(japan_plan().settings.reference.market_jpy[level])
    assert row["market_jpy"] == pytest.approx(published, rel=0.02)


@pytest.mark.heavy
def test_a_looser_policy_never_costs_more() -> None:
    regional, shared = (japan_plan(policy, THREE) for policy in ("regional", "shared-refinery"))
    assert shared.objective_jpy <= regional.objective_jpy * (1 + 1e-3)
    assert shared.bound_value <= shared.objective_jpy
    assert audit_plan(shared, japan()).passed
    assert shared.hubs[shared.hubs["state"] == "open"].groupby("region").size().tolist() == [1, 1, 1]


@pytest.mark.heavy
@pytest.mark.parametrize("regions", [THREE, pytest.param((), marks=pytest.mark.long)])
def test_more_freedom_costs_no_more(regions: tuple[str, ...]) -> None:
    """Open costs no more than shared-refinery, that no more than regional, and no bound lies above a freer plan."""
    regional, shared = (japan_plan(policy, regions) for policy in ("regional", "shared-refinery"))
    free = hs.solve(japan(), policy="open", gap=1e-2, regions=regions)
    assert free.status == "optimal"
    assert free.gap <= 1e-2
    assert free.objective_jpy <= shared.objective_jpy <= regional.objective_jpy
    assert free.bound_value <= free.objective_jpy


@pytest.mark.heavy
def test_open_on_one_region_is_at_most_regional() -> None:
    regional, free = (japan_plan(policy, ("shikoku",)) for policy in ("regional", "open"))
    assert free.objective_jpy <= regional.objective_jpy * (1 + 1e-3)
    assert free.gap <= 1e-3
    assert audit_plan(free, japan()).passed


def test_the_presets_have_the_rules_they_are_named_for(tiny_network: Network) -> None:
    policy = tiny_network.settings.policy
    rules = {name: resolve_policy(policy.model_copy(update={"name": name})) for name in policy_names()}
    assert rules["regional"].hubs_per_region == rules["regional"].refineries_per_region == (1, 1)
    assert not rules["regional"].packs_cross_borders
    assert not rules["regional"].black_mass_crosses_borders
    assert rules["shared-refinery"].hubs_per_region == (1, 1)
    assert rules["shared-refinery"].black_mass_crosses_borders
    assert not rules["shared-refinery"].packs_cross_borders
    assert rules["open"].packs_cross_borders
    assert rules["open"].hubs_per_region == (0, None)


def test_the_planners_own_limits_replace_those_of_the_preset(tiny: Path) -> None:
    plan = hs.solve(hs.read(tiny, changes={"policy.hubs_per_region": [2, 2]}))
    assert plan.regions["hubs"].tolist() == [2, 2]


def scale_yen(node: Any, factor: float) -> Any:
    """Multiply every amount of yen of the settings."""
    if isinstance(node, dict):
        if "value" in node and "unit" in node:
            return {**node, "value": node["value"] * factor} if "JPY" in node["unit"] else node
        return {key: scale_yen(value, factor) for key, value in node.items()}
    return node


@pytest.mark.heavy
@pytest.mark.usefixtures("closing_unknown")
@pytest.mark.parametrize("policy", ["regional", "open"])
def test_scaling_all_costs_scales_the_objective_and_keeps_the_choice(
    tiny_network: Network, policy: hs.PolicyName
) -> None:
    network = tiny_network
    dump = network.settings.model_dump(mode="json", exclude_none=True)
    dearer = replace(network, settings=hs.Settings.model_validate(scale_yen(dump, 3.0)))
    plan, scaled = (hs.solve(each, policy=policy) for each in (network, dearer))
    assert scaled.objective_jpy == pytest.approx(3 * plan.objective_jpy)
    assert chosen(scaled) == chosen(plan)


@pytest.mark.heavy
@pytest.mark.usefixtures("closing_unknown")
@pytest.mark.parametrize("policy", ["regional", "shared-refinery", "open"])
def test_a_dominated_hub_changes_nothing(tiny: Path, tiny_network: Network, policy: hs.PolicyName) -> None:
    before = hs.solve(tiny_network, policy=policy)
    tables = tiny_tables()
    twin = {**tables["kanto/hubs"][1], "id": "hk3", "max_t": ""}
    write_csv(tiny / "kanto" / "hubs.csv", [*tables["kanto/hubs"], twin])
    dear = {"plant_id": "hk3", "capacity_t": 3000, "fixed_jpy_per_yr": 1e11, "variable_jpy_per_t": 1e6}
    write_csv(tiny / "sizes.csv", [dear])
    after = hs.solve(hs.read(tiny), policy=policy)
    assert after.objective_jpy == pytest.approx(before.objective_jpy, rel=1e-12)
    assert chosen(after) == chosen(before)


@pytest.mark.heavy
def test_the_order_of_rows_changes_nothing(tiny_plan: Plan, tmp_path: Path) -> None:
    plan = tiny_plan
    backwards = {name: rows[::-1] for name, rows in tiny_tables().items()}
    other = hs.solve(hs.read(write_folder(tmp_path / "backwards", backwards)))
    assert other.objective_jpy == plan.objective_jpy
    for table in ("hubs", "refineries", "assignments", "flows", "costs", "regions"):
        assert getattr(other, table).equals(getattr(plan, table))


@pytest.mark.heavy
def test_more_candidates_never_cost_more() -> None:
    plan = japan_plan("regional", THREE)
    for plant in (*chosen(plan)[0][:2], *chosen(plan)[1][:2]):
        fewer = hs.solve(japan(), regions=THREE, closed=[plant])
        assert fewer.objective_jpy >= plan.objective_jpy
        assert plant not in {*chosen(fewer)[0], *chosen(fewer)[1]}


@pytest.mark.heavy
@pytest.mark.usefixtures("closing_unknown")
@pytest.mark.parametrize(
    ("column", "values", "others"),
    [
        ("max_t", (7_000.0, 9_000.0, 40_000.0), {"existing_t": 3_000.0, "sunk_share": 0.5}),
        ("sunk_share", (0.0, 0.4, 1.0), {"existing_t": 3_000.0}),
        ("existing_t", (0.0, 500.0, 5_000.0, 90_000.0), {"sunk_share": 0.7}),
    ],
)
def test_more_room_and_more_that_stands_never_cost_more(
    column: str, values: tuple[float, ...], others: dict[str, float]
) -> None:
    """A larger limit, a larger plant that stands and a larger share of it that is sunk never raise the least cost."""
    shikoku = japan().only(("shikoku",))
    least = []
    for value in values:
        hubs, refineries = (table.assign(**others, **{column: value}) for table in (shikoku.hubs, shikoku.refineries))
        least.append(hs.solve(replace(shikoku, hubs=hubs, refineries=refineries), gap=0).objective_jpy)
    assert all(after <= before + 1 for before, after in pairwise(least)), least
    assert least[-1] < least[0] or column == "max_t"  # these may lie above what the region needs


@pytest.mark.heavy
@pytest.mark.usefixtures("closing_unknown")
@pytest.mark.parametrize("standing_t", [0.0, 3_000.0])
def test_a_finer_list_of_sizes_never_costs_more(standing_t: float) -> None:
    """Each line stays where it touches the curve, so that further sizes only add to the choice."""
    shikoku, least = japan().only(("shikoku",)), []
    hubs, refineries = (table.assign(existing_t=standing_t) for table in (shikoku.hubs, shikoku.refineries))
    coarse = (1_000, 16_000, 250_000)
    for sizes in (coarse, (*coarse, 4_000, 63_000), (*coarse, 4_000, 63_000, 2_000, 5_500, 8_000, 11_000, 31_500)):
        changes = dict.fromkeys(("sizes.hub_t_per_yr", "sizes.refinery_t_per_yr"), sorted(sizes))
        settings = change_settings(shikoku.settings, changes)
        finer = replace(shikoku, hubs=hubs, refineries=refineries, settings=settings)
        least.append(hs.solve(finer, gap=0).objective_jpy)
    assert all(after <= before + 1 for before, after in pairwise(least)), least
    assert least[-1] < least[0]


def test_forcing_another_plant_open_costs_at_least_as_much(tiny_network: Network, tiny_plan: Plan) -> None:
    network, plan = tiny_network, tiny_plan
    other = next(plant for plant in network.hubs["id"] if plant not in chosen(plan)[0])
    forced = hs.solve(network, opened=[other])
    assert other in chosen(forced)[0]
    assert forced.objective_jpy >= plan.objective_jpy


@pytest.mark.heavy
def test_sizes_given_by_the_planner_are_costed_and_audited(tiny: Path) -> None:
    own = {"plant_id": "hk1", "capacity_t": 2000, "fixed_jpy_per_yr": 1e6, "variable_jpy_per_t": 10}
    write_csv(tiny / "sizes.csv", [own])
    network = hs.read(tiny)
    plan = hs.solve(network)
    row = plan.hubs.set_index("id").loc["hk1"]
    assert row["state"] == "open"
    assert row["hub_given_jpy"] == 1e6
    assert row["hub_given_variable_jpy"] == pytest.approx(10 * row["load_t"])
    assert audit_plan(plan, network).passed


def test_lanes_given_by_the_planner_are_costed_and_audited(tiny: Path) -> None:
    write_csv(
        tiny / "lanes.csv",
        [{"from_id": "k1", "to_id": "hk2", "distance_km": 5, "cost_jpy_per_t": 1, "co2_kg_per_t": 2}],
    )
    network = hs.read(tiny)
    plan = hs.solve(network, closed=["hk1"])
    row = plan.assignments.set_index("site_id").loc["k1"]
    assert row["collection_freight_jpy"] == pytest.approx(row["mass_t"])
    assert row["distance_km"] == 5
    assert audit_plan(plan, network).passed


@pytest.mark.heavy
def test_the_fastest_scenario_of_sales_finds_room_where_most_packs_are() -> None:
    """Kanto's one hub takes the packs of fast sales, 1.4 times the usual ones, though it once held 60,000 t at most."""
    plan = hs.solve(hs.read(changes={"supply.scenario": "fast"}), regions=["kanto"])
    assert plan.mass_t == pytest.approx(70_375, abs=1)
    assert plan.gap <= 1e-6
    assert (plan.hubs["state"] == "open").sum() == 1
    assert plan.hubs["load_t"].max() == pytest.approx(plan.mass_t)


@pytest.mark.heavy
def test_black_mass_from_abroad_is_planned_to_the_end_and_told_apart() -> None:
    """Closed borders let regions share what lands; a region's cost per tonne is of its packs, not of what is bought."""
    regions = ["chugoku", "shikoku"]
    network = hs.read(changes={"sources.overseas": True})
    plan, home = (hs.solve(one, regions=regions) for one in (network, japan()))
    assert plan.gap <= 1e-6
    assert plan.imports["mass_t"].sum() == pytest.approx(15_000)
    bought = plan.imports[["import_purchase_jpy", "sea_freight_jpy", "sea_carbon_jpy"]].to_numpy().sum()
    told = (plan.regions["cost_jpy_per_t"] * plan.regions["mass_t"]).sum()
    assert told == pytest.approx(plan.cost_jpy - bought)
    assert "15,000 t/yr of black mass" in plan.summary()
    assert "海外" in plan.summary(lang="ja")
    assert "abroad" not in home.summary()
    assert plan.cost_jpy > home.cost_jpy + bought  # refining it costs something, too
    assert audit_plan(plan, network).passed
