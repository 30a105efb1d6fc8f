"""The plain formulas agree with every plan, and find what a recount by the same code cannot: wrong costs and lanes."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import hubspoke as hs
from hubspoke.audit.audit import recount
from hubspoke.audit.sampled import SAMPLED_CHECKS
from hubspoke.base.errors import AuditError
from shipped import japan, japan_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubspoke.api.plan import Plan
    from hubspoke.inputs.network import Network


@pytest.fixture(scope="module")
def network(tiny_network: Network) -> Network:
    return tiny_network


def faults(plan: Plan, network: Network) -> dict[str, str]:
    checks = {check.name: check for check in recount(plan, network).checks}
    return {name: checks[name].detail for name in SAMPLED_CHECKS if not checks[name].passed}


@pytest.mark.heavy
def test_the_plan_of_japan_agrees_and_every_built_plant_was_looked_at() -> None:
    checks = {check.name: check for check in recount(japan_plan(), japan()).checks}
    assert [name for name in SAMPLED_CHECKS if not checks[name].passed] == []
    assert checks["sampled-plants"].note.startswith("16 plants")


@pytest.mark.heavy
@pytest.mark.parametrize("policy", ["regional", "shared-refinery", "open"])
@pytest.mark.parametrize("objective", ["cost", "profit", "co2"])
def test_plans_of_every_policy_and_objective_agree(
    network: Network, policy: hs.PolicyName, objective: hs.ObjectiveName
) -> None:
    assert faults(hs.solve(network, policy=policy, objective=objective), network) == {}


def dearer_per_km(original: Callable[..., Any]) -> Callable[..., Any]:
    def read(*args: Any, **options: Any) -> Any:
        tariff = original(*args, **options)
        return dataclasses.replace(tariff, road_jpy_per_km=tariff.road_jpy_per_km * 1.03)

    return read


def dearer_capital(original: Callable[..., Any]) -> Callable[..., Any]:
    def cost(*args: Any) -> Any:
        capital, *others = original(*args)
        return (capital * 1.03, *others)

    return cost


def one_trip_more(original: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args: original(*args) + 1.0


def three_per_cent_more(original: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, **options: np.asarray(original(*args, **options)) * 1.03


def dearer_heat(original: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args: {name: jpy * 1.03 for name, jpy in original(*args).items()}


@pytest.mark.parametrize(
    ("place", "wrong", "found"),
    [
        ("hubspoke.lanes.lanes.read_tariff", dearer_per_km, "sampled-freight"),
        ("hubspoke.lanes.lanes.count_trips", one_trip_more, "sampled-freight"),
        ("hubspoke.lanes.lanes.truck_co2_kg_per_t_km", three_per_cent_more, "sampled-freight"),
        ("hubspoke.costs.cost_lines.yearly_cost", dearer_capital, "sampled-plants"),
        ("hubspoke.costs.costs.hub_rates_of", dearer_heat, "sampled-plants"),
        ("hubspoke.costs.costs.packaging_jpy_per_t", three_per_cent_more, "sampled-tonnes"),
        ("hubspoke.costs.costs.metal_sales_jpy_per_t", three_per_cent_more, "sampled-tonnes"),
    ],
)
def test_an_error_in_the_code_of_lanes_or_costs_is_found_by_the_audit_of_the_solve(
    network: Network, monkeypatch: pytest.MonkeyPatch, place: str, wrong: Callable[..., Any], found: str
) -> None:
    module, name = place.rsplit(".", 1)
    original = getattr(__import__(module, fromlist=[name]), name)
    monkeypatch.setattr(place, wrong(original))
    with pytest.raises(AuditError, match=found):
        hs.solve(network, policy="open")


def test_tonnes_of_another_year_are_found(network: Network, tiny_plan: Plan) -> None:
    plan = tiny_plan
    sites = network.sites.copy()
    columns = [name for name in map(str, sites) if name.endswith(f"_{plan.year}_t")]
    sites[columns] *= 1.5
    assert "sampled-tonnes" in faults(plan, dataclasses.replace(network, sites=sites))
