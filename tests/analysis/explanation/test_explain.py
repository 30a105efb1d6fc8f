"""Reasons: what others would cost is what planning again costs."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import pytest
from typer.testing import CliRunner

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.analysis.explanation.explain import check_name
from hubspoke.analysis.explanation.plan import PlanReasons
from hubspoke.analysis.explanation.plant import PlantReasons
from hubspoke.analysis.explanation.site import SiteReasons
from hubspoke.analysis.explanation.words import WORDS
from hubspoke.base.errors import UsageError
from hubspoke.cli import app as cli
from hubspoke.costs.costs import build_costs
from hubspoke.lanes.lanes import build_lanes
from hubspoke.plan.firmness import format_closing
from hubspoke.words.text_table import text_width

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from hubspoke.api.plan import Plan
    from hubspoke.costs.sizes import PlantSteps

BOTH_HUBS = {"policy.hubs_per_region": [2, 2], "policy.refineries_per_region": [1, 1]}


@pytest.fixture(scope="module")
def network(tiny_network: hs.Network) -> hs.Network:
    return tiny_network


@pytest.fixture(scope="module")
def plan(tiny_plan: Plan) -> Plan:
    return tiny_plan


@pytest.fixture(scope="module")
def two_hubs(tmp_path_factory: pytest.TempPathFactory) -> tuple[hs.Network, Plan]:
    """Plan with two hubs in each region, of which one in Kanto has room for two of its three sites."""
    tables = tiny_tables()
    tables["kanto/hubs"][1]["max_t"] = 760
    network = hs.read(write_folder(tmp_path_factory.mktemp("two"), tables), changes=BOTH_HUBS)
    return network, hs.solve(network)


def site_of(reasons: object) -> SiteReasons:
    assert isinstance(reasons, SiteReasons)
    return reasons


def plant_of(reasons: object) -> PlantReasons:
    assert isinstance(reasons, PlantReasons)
    return reasons


def opened_hub(plan: Plan, region: str, state: str = "open") -> str:
    return str(plan.hubs.loc[(plan.hubs["state"] == state) & (plan.hubs["region"] == region), "id"].iloc[0])


def test_a_plant_is_told_with_names_and_what_its_cost_is_per_kg_of(plan: Plan) -> None:
    refinery = str(plan.refineries.loc[plan.refineries["state"] == "open", "id"].iloc[0])
    told = hs.explain(plan, refinery)
    text, japanese = told.summary("en"), told.summary("ja")
    assert "yen/kg of black mass" in text
    assert "ブラックマス1 kg当たり円" in japanese
    technology = str(plan.refineries.set_index("id").loc[refinery, "technology"])
    assert f", {technology}," not in text
    assert f"、{technology}、" not in japanese
    region = plan.regions.set_index("region").loc[plant_of(told).region]
    assert f" in {region['name_en']}, " in text
    assert "yen/kg of packs, with collection" in hs.explain(plan).summary()


def test_an_unknown_name_is_refused_before_the_input_is_read_and_lists_plants_first(plan: Plan) -> None:
    with pytest.raises(UsageError, match="has no site") as caught:
        check_name(plan, "qqqqqq")
    first = str(plan.hubs["id"].iloc[0])
    assert f"known: {first}, " in str(caught.value)
    check_name(plan, first)


@pytest.mark.heavy
def test_the_runner_up_costs_what_the_arrays_of_the_problem_say(two_hubs: tuple[hs.Network, Plan]) -> None:
    network, plan = two_hubs
    costs = build_costs(network, build_lanes(network, plan.year), plan.year)
    to = dict(zip(plan.flows["hub_id"], plan.flows["refinery_id"], strict=True))
    places = [{name: at for at, name in enumerate(table["id"])} for table in (network.hubs, network.refineries)]

    def cost_at(site: int, hub: str) -> float:
        at, refinery = places[0][hub], places[1][to[hub]]
        black_mass = costs.supply_t[site] @ costs.yields[at]
        moved = costs.collection_jpy_per_yr()[site, at] + black_mass @ costs.transfer_jpy_per_t()[at, refinery]
        larger = per_t(plan.hubs, costs.hub_steps, at) * costs.mass_t[site]
        return float(moved + larger + per_t(plan.refineries, costs.refinery_steps, refinery) * black_mass.sum())

    def per_t(plants: pd.DataFrame, steps: PlantSteps, at: int) -> float:
        """Return what a tonne more costs on the only line of the plant's size class."""
        (line,) = np.flatnonzero((steps.size[at] == plants["size_t"].iloc[at]) & (steps.capacity[at] > 0))
        return float(steps.variable[at, line])

    for site, hub in plan.assignments[["site_id", "hub_id"]].itertuples(index=False):
        runner_up = site_of(hs.explain(plan, site, network=network)).runner_up
        other = next(name for name in places[0] if name[1] == site[0] and name != hub)  # borders are closed
        at = network.sites["id"].tolist().index(site)
        assert runner_up is not None
        assert runner_up.hub_id == other
        assert runner_up.extra_jpy == pytest.approx(cost_at(at, other) - cost_at(at, hub))
        sizes = network.settings.sizes  # the hub may grow: to its limit, or to what the largest size takes
        limit = network.hubs.loc[network.hubs["id"] == other, "max_t"].iloc[0]
        load = plan.hubs.loc[plan.hubs["id"] == other, "load_t"].iloc[0]
        spare = min(limit, float(sizes.availability) * max(sizes.hub_t_per_yr)) - load
        assert runner_up.spare_t == pytest.approx(spare)
        assert runner_up.fits == (spare >= costs.mass_t[at])


@pytest.mark.heavy
def test_closing_a_hub_costs_what_the_plan_without_it_costs_more(network: hs.Network, plan: Plan) -> None:
    hub = opened_hub(plan, "kanto")
    change = plant_of(hs.explain(plan, hub, network=network)).change
    assert change is not None
    without = hs.solve(network, closed=[hub])
    assert change.extra_jpy == pytest.approx(without.objective_jpy - plan.objective_jpy)
    assert change.least_jpy is not None
    assert change.most_jpy is not None
    assert change.least_jpy <= (change.extra_jpy or 0) <= change.most_jpy
    assert change.moved_sites == 3
    assert opened_hub(plan, "kanto", "not_chosen") in change.opened


@pytest.mark.heavy
def test_opening_a_candidate_costs_what_the_plan_with_it_costs_more(network: hs.Network, plan: Plan) -> None:
    hub = opened_hub(plan, "kanto", "not_chosen")
    reasons = plant_of(hs.explain(plan, hub, network=network))
    assert reasons.change is not None
    assert reasons.change.trial == "open"
    with_it = hs.solve(network, opened=[hub])
    assert reasons.change.extra_jpy == pytest.approx(with_it.objective_jpy - plan.objective_jpy)
    assert (reasons.change.extra_jpy or 0) > 0
    assert "With it" in reasons.summary()


def test_what_cannot_be_closed_says_why(network: hs.Network, plan: Plan) -> None:
    change = plant_of(hs.explain(plan, "rc1", network=network)).change
    assert change is not None
    assert change.outcome == "infeasible"
    assert "chubu" in change.reason


@pytest.mark.heavy
def test_under_open_borders_all_is_planned_again(network: hs.Network) -> None:
    plan = hs.solve(network, policy="open")
    hub = plan.hubs.loc[plan.hubs["state"] == "open", "id"].iloc[0]
    change = plant_of(hs.explain(plan, hub, network=network)).change
    without = hs.solve(network, policy="open", closed=[hub])
    assert change is not None
    assert change.extra_jpy == pytest.approx(without.objective_jpy - plan.objective_jpy)


def test_costs_of_a_plant_sum_to_what_the_plan_says(plan: Plan) -> None:
    built = [
        *plan.hubs.loc[plan.hubs["state"] == "open", "id"],
        *plan.refineries.loc[plan.refineries["state"] == "open", "id"],
    ]
    total = sum(sum(plant_of(hs.explain(plan, name)).terms_jpy.values()) for name in built)
    assert total == pytest.approx(plan.objective_jpy)
    overview = hs.explain(plan)
    assert isinstance(overview, PlanReasons)
    assert sum(plant.cost_jpy_per_t * plant.load_t for plant in overview.plants) == pytest.approx(plan.objective_jpy)


def test_without_the_input_the_plan_still_speaks(plan: Plan) -> None:
    bare = replace(plan, network=None)
    site = site_of(hs.explain(bare, "k1"))
    assert site.alternatives is None
    assert sum(site.deliveries[0].terms_jpy.values()) == pytest.approx(site.deliveries[0].cost_jpy)
    assert "--input DIR" in site.summary()
    assert "--input DIR" in hs.explain(bare, "hk1").summary("ja")


@pytest.mark.heavy
def test_the_plan_itself_tells_the_same_runner_up(two_hubs: tuple[hs.Network, Plan]) -> None:
    network, plan = two_hubs
    for site in plan.assignments["site_id"]:
        reasons = site_of(hs.explain(plan, site, network=network))
        (way,) = reasons.deliveries
        cheapest = reasons.runner_up or min(reasons.alternatives or (), key=lambda other: other.extra_jpy)
        assert way.runner_up_hub_id == cheapest.hub_id
        assert way.runner_up_more_jpy == pytest.approx(cheapest.extra_jpy, abs=1)
        assert f"Runner-up: {way.runner_up_hub_id}" in hs.explain(replace(plan, network=None), site).summary()


@pytest.mark.heavy
def test_what_the_plan_says_of_opening_a_candidate_is_no_less_than_planning_again(
    network: hs.Network, plan: Plan
) -> None:
    reasons = plant_of(hs.explain(plan, opened_hub(plan, "kanto", "not_chosen"), network=network))
    assert reasons.change is not None
    assert reasons.opening_more_jpy is not None
    assert (reasons.change.extra_jpy or 0.0) <= reasons.opening_more_jpy + 1
    assert "costs at most" in hs.explain(replace(plan, network=None), reasons.plant_id).summary()


def test_another_input_is_refused(plan: Plan, tmp_path: Path) -> None:
    tables = tiny_tables()
    tables["kanto/sites"][0]["nmc_t"] = 401
    with pytest.raises(UsageError, match="not what was planned: sites changed"):
        hs.explain(plan, "k1", network=hs.read(write_folder(tmp_path, tables)))


def test_unknown_names_are_told_with_the_nearest(plan: Plan) -> None:
    with pytest.raises(UsageError, match="did you mean 'hk1'"):
        hs.explain(plan, "hkk1")


def test_every_word_is_there_in_both_languages() -> None:
    assert all(len(pair) == 2 for pair in WORDS.values())
    assert [key for key, (en, ja) in WORDS.items() if bool(en.strip()) != bool(ja.strip())] == []


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_the_command_needs_only_the_run_folder(tmp_path: Path) -> None:
    home, out = write_folder(tmp_path / "in"), str(tmp_path / "out")
    solve = ["solve", str(home), "-o", out, "--no-maps", "--set", "finance.discount_rate_per_yr=0.07"]
    assert CliRunner().invoke(cli.app, solve).exit_code == 0
    told = CliRunner().invoke(cli.app, ["explain", out, "k1", "--json"])
    assert told.exit_code == 0
    assert json.loads(told.stdout)["alternatives"]
    text = CliRunner().invoke(cli.app, ["explain", out, "rk1", "--lang", "ja"])
    assert text.exit_code == 0
    assert "製錬所" in text.stdout
    home.rename(tmp_path / "moved")
    assert json.loads(CliRunner().invoke(cli.app, ["explain", out, "k1", "--json"]).stdout) == json.loads(told.stdout)
    again = CliRunner().invoke(cli.app, ["explain", out, "k1", "--input", str(tmp_path / "moved"), "--json"])
    assert json.loads(again.stdout) == json.loads(told.stdout)


def test_the_plan_is_explained_by_how_firm_each_choice_is_first(plan: Plan) -> None:
    reasons = hs.explain(plan)
    assert isinstance(reasons, PlanReasons)
    rated = {
        row["id"]: row for table in (plan.hubs, plan.refineries) for row in table.to_dict("records") if row["firmness"]
    }
    assert {one.plant_id for one in reasons.firmness} == set(rated)
    assert len(rated) >= 2
    adds = [one.more_jpy for one in reasons.firmness if np.isfinite(one.more_jpy)]
    assert adds == sorted(adds)
    for one in reasons.firmness:
        assert one.firmness == rated[one.plant_id]["firmness"]
        assert len(one.opens) == len([name for name in rated[one.plant_id]["closing_opens"].split("; ") if name])
    lines = reasons.summary().splitlines()
    assert lines[2].startswith("how firm each choice is")
    assert reasons.firmness[0].plant_id in lines[5]
    assert "選択の確実さ" in reasons.summary("ja")
    json.dumps(reasons.to_dict(), allow_nan=True)
    unrated = replace(plan, hubs=plan.hubs.assign(firmness=""), refineries=plan.refineries.assign(firmness=""))
    assert "firm" not in hs.explain(unrated).summary().splitlines()[2]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_how_firm_choices_are_fits_a_narrow_terminal_with_numbers_and_identifiers_whole(
    plan: Plan, lang: Literal["en", "ja"]
) -> None:
    reasons = hs.explain(plan)
    assert isinstance(reasons, PlanReasons)
    long = "Tomakomai East industrial area and all that lies beside it 苫小牧東部地域"
    told = [
        replace(one, name=long, name_ja=long, opens=(long, long), opens_ja=(long,), more_least_jpy=0.0)
        for one in reasons.firmness
    ]
    lines = replace(reasons, firmness=tuple(told)).summary(lang).splitlines()
    lines = lines[3 : lines.index("", 3)]
    assert len(lines) == 1 + 2 * len(told)
    assert max(map(text_width, lines)) == 80
    for one, line, below in zip(told, lines[1::2], lines[2::2], strict=True):
        row = {"closing_more_low_jpy": 0.0, "closing_more_jpy": one.more_jpy}
        assert format_closing(row, lang, plan.settings) in line
        assert below.split()[0] == one.plant_id
