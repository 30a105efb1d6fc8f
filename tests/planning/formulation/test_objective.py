"""Objectives: what is reported is what was minimised; profit, CO2, carbon price and sites left out."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hubspoke as hs
from builders import write_folder
from hubspoke.audit.audit import audit_plan
from hubspoke.base.errors import AuditError, InputError, UsageError
from hubspoke.costs.costs import build_costs
from hubspoke.engine.optimize import optimize
from hubspoke.lanes.lanes import build_lanes
from hubspoke.outputs.runs.audit import audit_run
from hubspoke.outputs.runs.folder import write_run
from hubspoke.planning.formulation.formulate import formulate
from hubspoke.planning.formulation.objective import reported_value
from hubspoke.settings.load import change_settings
from hubspoke.settings.rules import resolve_policy
from trials import examples

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.inputs.network import Network
    from hubspoke.lanes.lanes import Lanes


BETWEEN = 800_000
"""Yen per tonne left out at which Kanto is served and Chubu, with fewer tonnes, is not."""


@pytest.fixture(scope="module")
def stage(tiny_network: Network) -> tuple[Network, Lanes]:
    return tiny_network, build_lanes(tiny_network, 2040)


def network_at(folder: Path, **changes: object) -> Network:
    return hs.read(write_folder(folder), changes={key.replace("__", "."): value for key, value in changes.items()})


@pytest.mark.heavy
def test_least_co2_emits_no_more_than_least_cost_and_costs_no_less(tiny_network: Network) -> None:
    network = tiny_network
    cheap, clean = (hs.solve(network, policy="open", objective=name, gap=0) for name in ("cost", "co2"))
    assert clean.objective_value == pytest.approx(clean.co2_kg, abs=1)
    assert clean.co2_kg <= cheap.co2_kg + 1
    assert clean.cost_jpy >= cheap.cost_jpy - 1
    assert clean.bound_value == pytest.approx(clean.objective_value)
    assert not (clean.hubs["state"] == "idle").any()
    assert "no plan emits less" in clean.summary()
    assert audit_plan(clean, network).passed


@pytest.mark.heavy
def test_carbon_price_is_a_cost_and_moves_the_plan_towards_less_co2(tmp_path: Path) -> None:
    price = 1e7
    network = network_at(tmp_path / "a")
    plain = hs.solve(network, policy="open", gap=0)
    priced = hs.solve(network_at(tmp_path / "b", carbon__price_jpy_per_t=price), policy="open", gap=0)
    terms = priced.costs[priced.costs["term"].str.endswith("_carbon")]
    assert terms["cost_jpy"].sum() == pytest.approx(priced.co2_kg / 1000 * price, rel=1e-6)
    assert priced.co2_kg <= plain.co2_kg
    assert priced.objective_value <= plain.objective_value + plain.co2_kg / 1000 * price + 1
    assert plain.costs.loc[plain.costs["term"].str.endswith("_carbon"), "cost_jpy"].eq(0).all()


def most_profit(network: Network, *, sold: bool = True) -> float:
    """Try every set of served sites, with one hub and one refinery of each size in each region.

    Unless metals are `sold`, it is the least cost, below zero, of what is served and what is left.
    """
    rules = resolve_policy(network.settings.policy.model_copy(update={"objective": "profit"}))
    lanes = build_lanes(network, 2040)
    costs = build_costs(network, lanes, 2040)
    gain = costs.sales_jpy_per_yr * sold + costs.mass_t * (rules.shortfall_jpy_per_t or 0)
    collection, transfer = costs.collection_jpy_per_yr(), costs.transfer_jpy_per_t()
    total = -costs.mass_t.sum() * (rules.shortfall_jpy_per_t or 0)
    for region in network.regions:
        sites, hubs, refineries = (
            np.flatnonzero(table["region"] == region) for table in (network.sites, network.hubs, network.refineries)
        )
        best = 0.0
        for chosen in product([False, True], repeat=len(sites)):
            served = sites[list(chosen)]
            black_mass = (costs.supply_t[served] @ costs.yields[0]).sum(axis=0)
            for hub, refinery in product(hubs, refineries):
                fixed = 0.0
                for steps, plant, load in (
                    (costs.hub_steps, hub, costs.mass_t[served].sum()),
                    (costs.refinery_steps, refinery, black_mass.sum()),
                ):
                    yearly = steps.fixed[plant] + steps.variable[plant] * load
                    fixed += np.where(steps.capacity[plant] >= load, yearly, np.inf).min()
                moved = collection[served, hub].sum() + (black_mass * transfer[hub, refinery]).sum()
                best = max(best, float(gain[served].sum() - moved - fixed))
        total += float(best)
    return float(total)


@pytest.mark.usefixtures("no_charts")
@pytest.mark.parametrize("factor", [1, *(pytest.param(factor, marks=pytest.mark.heavy) for factor in (4, 20))])
def test_most_profit_equals_brute_force(request: pytest.FixtureRequest, tmp_path: Path, factor: float) -> None:
    """At low prices nobody is served, at high ones all: the profit is the best of every choice, and never below 0."""
    rate = 150 * factor
    network = network_at(tmp_path / "in", market__jpy_per_usd=rate)
    plan = hs.solve(network, objective="profit", gap=0)
    assert plan.objective_value == pytest.approx(most_profit(network), abs=1)
    assert plan.objective_value >= 0
    assert plan.objective_value == pytest.approx(plan.sales_jpy - plan.cost_jpy, abs=1)
    supply = build_costs(network, build_lanes(network, 2040), 2040).mass_t.sum()
    assert plan.mass_t + plan.unserved_t == pytest.approx(supply)
    assert audit_plan(plan, network).passed
    if not plan.unserved_t:  # else the report is read below
        request.getfixturevalue("bare_runs")
    write_run(plan, tmp_path / "out", maps=False)
    assert audit_run(tmp_path / "out", network=network).passed
    again = hs.load(tmp_path / "out")
    assert (again.objective, again.objective_value, again.bound_value) == (
        "profit",
        plan.objective_value,
        plan.bound_value,
    )
    if plan.unserved_t:
        page = (tmp_path / "out" / "report.html").read_text()
        assert "stay where they are" in page
        assert "packs stay at" in plan.summary()


@pytest.mark.heavy
def test_shortfall_is_priced_as_a_cost_term(tiny_network: Network, tmp_path: Path) -> None:
    """A low price leaves everything, a high one nothing; between them the objective is the cost with its term."""
    prices = (0, BETWEEN, 1e9)
    networks = [network_at(tmp_path / f"{price:.0f}", policy__shortfall_jpy_per_t=price) for price in prices]
    plans = [hs.solve(network, gap=0) for network in networks]
    nobody, some, everyone = plans
    assert 0 < some.unserved_t < some.mass_t
    assert (nobody.mass_t, nobody.objective_value) == (0, 0)
    assert everyone.unserved_t == 0
    for network, plan, price in zip(networks, plans, prices, strict=True):
        assert plan.objective_value == pytest.approx(-most_profit(network, sold=False), abs=1)
        paid = plan.costs.loc[plan.costs["term"] == "shortfall", "cost_jpy"].sum()
        assert paid == pytest.approx(plan.unserved_t * price)
        assert plan.objective_value == pytest.approx(plan.costs["cost_jpy"].sum(), abs=1)
    assert some.objective_value <= BETWEEN * (some.mass_t + some.unserved_t) + 1
    must = hs.solve(tiny_network, gap=0)
    assert everyone.objective_value == pytest.approx(must.objective_value)


@pytest.mark.heavy
@settings(deadline=None, derandomize=True, max_examples=examples(6))
@given(st.floats(0.01, 30), st.sampled_from([None, 0.0, 1e4, 1e6]), st.sampled_from(["regional", "open"]))
def test_profit_is_never_below_what_serving_nobody_costs(
    stage: tuple[Network, Lanes], factor: float, price: float | None, policy: hs.PolicyName
) -> None:
    """Whatever metals are worth, leaving everything where it is stays a plan: its cost is the priced shortfall."""
    network, lanes = stage
    rate = float(network.settings.market.jpy_per_usd) * factor
    priced = replace(network, settings=change_settings(network.settings, {"market.jpy_per_usd": rate}))
    changes = {"name": policy, "objective": "profit", "shortfall_jpy_per_t": price}
    rules = resolve_policy(priced.settings.policy.model_copy(update=changes))
    costs = build_costs(priced, lanes, 2040)
    answer = optimize(formulate(priced, lanes, costs, rules).problem, gap=0)
    nobody = -costs.mass_t.sum() * (price or 0.0)
    profit, bound = (reported_value(value, costs, rules) for value in (answer.objective, answer.bound))
    assert profit >= nobody - 1
    assert bound >= profit - 1
    assert profit <= costs.sales_jpy_per_yr.sum()


@pytest.mark.heavy
@pytest.mark.parametrize("seed", [0, 2, 5, *(pytest.param(seed, marks=pytest.mark.long) for seed in (1, 3, 4))])
def test_cuts_agree_with_the_full_model_where_sites_may_be_left_out(tmp_path: Path, seed: int) -> None:
    """The search by cuts never claims a bound above what the full model finds, nor a plan below its bound."""
    from hubspoke.engine.benders.branch_and_cut import solve_by_branch_and_cut  # noqa: PLC0415
    from hubspoke.engine.presolve.merge import merge_grades  # noqa: PLC0415

    network = network_at(tmp_path / "in", market__jpy_per_usd=150.0 * (1 + 2 * seed))
    rules = resolve_policy(network.settings.policy.model_copy(update={"objective": "profit"}))
    lanes = build_lanes(network, 2040)
    costs = build_costs(network, lanes, 2040)
    problem = merge_grades(formulate(network, lanes, costs, rules).problem)
    exact = optimize(problem, gap=0, solver="highs")
    cut = solve_by_branch_and_cut(problem, gap=1e-6)
    assert cut.bound <= exact.objective * (1 + 1e-9)
    assert cut.objective >= exact.objective * (1 - 1e-6)
    assert reported_value(exact.objective, costs, rules) >= -1e-3


@pytest.mark.heavy
def test_a_false_objective_fails_the_audit(tmp_path: Path) -> None:
    network = network_at(tmp_path / "in")
    plan = hs.solve(network, objective="co2")
    with pytest.raises(AuditError, match="objective"):
        audit_plan(replace(plan, objective_value=plan.objective_value + 2), network)
    with pytest.raises(AuditError, match="the objective is 'cost'"):
        audit_plan(replace(plan, objective="cost"), network)


@pytest.mark.heavy
def test_bad_objectives_are_refused(tmp_path: Path) -> None:
    network = network_at(tmp_path / "in")
    with pytest.raises(UsageError, match="cost, profit, co2"):
        hs.solve(network, objective="gain")  # type: ignore[call-overload]
    with pytest.raises(InputError, match="yen cannot be weighed"):
        hs.read(tmp_path / "in", changes={"policy.objective": "co2", "policy.shortfall_jpy_per_t": 1})
    priced = hs.read(tmp_path / "in", changes={"policy.shortfall_jpy_per_t": 1})
    with pytest.raises(UsageError, match="leave it out"):
        hs.solve(priced, objective="co2")


@pytest.mark.heavy
def test_plans_of_other_objectives_are_told_apart_and_their_costs_compared(tmp_path: Path) -> None:
    network = network_at(tmp_path / "in")
    names = ["cheap", "clean", "some"]
    part = hs.read(tmp_path / "in", changes={"policy.shortfall_jpy_per_t": BETWEEN})
    plans = [hs.solve(network), hs.solve(network, objective="co2"), hs.solve(part, gap=0)]
    compared = hs.compare(*plans, names=names)
    assert compared.totals["objective"].tolist() == ["cost", "co2", "cost"]
    assert compared.totals["cost_change_jpy"].tolist() == pytest.approx(
        [plan.cost_jpy - plans[0].cost_jpy for plan in plans]
    )
    told = compared.summary()
    assert "clean was made for least CO2, cheap for least cost" in told
    assert "some was made for" not in told
    left = plans[2].assignments.loc[plans[2].assignments["hub_id"] == "", "site_id"]
    assert 0 < len(left) < len(network.sites)
    changed = compared.sites[compared.sites["change"] == "left_out"]
    assert (changed["plan"] == "some").all()
    assert changed["site_id"].tolist() == sorted(left)
    assert f"{len(left)} sites that cheap serves are left out of some." in told
    back = hs.compare(plans[2], plans[0], names=["some", "cheap"])
    assert back.sites.loc[back.sites["change"] == "taken_up", "site_id"].tolist() == sorted(left)
    assert (back.sites.loc[back.sites["change"] == "moved", "moved_t"] > 0).all()


@pytest.mark.heavy
def test_reasons_and_alternatives_are_not_told_where_they_are_not_known(tmp_path: Path) -> None:
    """What another choice would cost is known for plans of least cost that serve all, and told for no others."""
    network = network_at(tmp_path / "in", policy__shortfall_jpy_per_t=BETWEEN)
    plan = hs.solve(network, gap=0)
    assert (plan.assignments["runner_up_hub_id"] == "").all()
    assert plan.assignments["runner_up_more_jpy"].isna().all()
    assert plan.hubs["opening_more_jpy"].isna().all()
    with pytest.raises(UsageError, match="may leave packs at their sites"):
        hs.explain(plan)
    with pytest.raises(UsageError, match="objective co2"):
        hs.explain(hs.solve(network_at(tmp_path / "b"), objective="co2"), "hk1")
    told = plan.assignments.copy()
    told.loc[0, "runner_up_hub_id"] = "hk1"
    with pytest.raises(AuditError, match="runner_up_hub_id"):
        audit_plan(replace(plan, assignments=told), network)


@pytest.mark.heavy
def test_false_left_out_sites_fail_the_audit(tmp_path: Path) -> None:
    network = network_at(tmp_path / "in", policy__shortfall_jpy_per_t=BETWEEN)
    plan = hs.solve(network, gap=0)
    rows = plan.assignments
    row = rows.index[rows["hub_id"] == ""][0]
    for column, error in (
        ("shortfall_jpy", "shortfall"),
        ("sales_forgone_jpy", "sales_forgone"),
        ("unserved_t", "unserved_t"),
    ):
        false = rows.copy()
        false.loc[row, column] += 10
        with pytest.raises(AuditError, match=error):
            audit_plan(replace(plan, assignments=false), network)
    with pytest.raises(AuditError, match="left out"):
        audit_plan(replace(plan, settings=network_at(tmp_path / "must").settings), network)
