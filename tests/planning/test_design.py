"""Plants of a plan that stand as they are: the same data give the same plan, other data other flows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import hubspoke as hs
from hubspoke.plan.states import is_built

if TYPE_CHECKING:
    from hubspoke.inputs.network import Network


def scaled(network: Network, factor: float) -> Network:
    """Return the network with other tonnes in 2040."""
    sites = network.sites.copy()
    columns = [f"{name}_2040_t" for name in network.classes]
    sites[columns] *= factor
    return network.replace(sites=sites)


@pytest.mark.heavy
@pytest.mark.parametrize("policy", ["regional", "open"])
def test_the_same_data_give_the_same_flows_and_cost(tiny_network: Network, policy: hs.PolicyName) -> None:
    plan = hs.solve(tiny_network, policy=policy)
    again = hs.solve(tiny_network, policy=policy, design=plan)
    assert again.cost_jpy == pytest.approx(plan.cost_jpy, rel=1e-6)
    assert again.hubs["load_t"].tolist() == pytest.approx(plan.hubs["load_t"].tolist())


@pytest.mark.heavy
def test_fewer_tonnes_pay_for_the_whole_plant(tiny_network: Network) -> None:
    plan = hs.solve(tiny_network)
    half = scaled(tiny_network, 0.5)
    fixed, free = hs.solve(half, design=plan), hs.solve(half)
    assert fixed.hubs.loc[is_built(fixed.hubs), "id"].tolist() == plan.hubs.loc[is_built(plan.hubs), "id"].tolist()
    built = plan.hubs[is_built(plan.hubs)]
    paid = built[["hub_capital_jpy", "hub_maintenance_jpy", "hub_labour_jpy", "hub_overhead_jpy", "hub_shared_jpy"]]
    assert fixed.hubs["hub_given_jpy"].sum() == pytest.approx(paid.to_numpy().sum())
    assert fixed.cost_jpy > free.cost_jpy
    assert fixed.mass_t == pytest.approx(plan.mass_t / 2)


@pytest.mark.heavy
def test_more_tonnes_than_the_plants_hold_are_told(tiny_network: Network) -> None:
    plan = hs.solve(tiny_network)
    more = scaled(tiny_network, 2.0)
    with pytest.raises(hs.InfeasibleError, match="take the design of a later year") as told:
        hs.solve(more, design=plan)
    assert "raise max_t" not in str(told.value)  # it would not help a plant that stands as it is


def test_orders_and_unknown_plants_are_refused(tiny_network: Network) -> None:
    plan = hs.solve(tiny_network)
    with pytest.raises(hs.UsageError, match="leave --open and --close out"):
        hs.solve(tiny_network, design=plan, opened=["hk1"])
    used = plan.hubs.loc[is_built(plan.hubs), "id"].iloc[0]
    less = tiny_network.replace(hubs=tiny_network.hubs[tiny_network.hubs["id"] != used])
    with pytest.raises(hs.UsageError, match=f"plants that the network lacks: {used}"):
        hs.solve(less, design=plan)


@pytest.mark.heavy
def test_plants_of_several_years_stand_as_in_that_year(tiny_network: Network) -> None:
    years = hs.solve(tiny_network, years=[2030, 2040])
    again = hs.solve(tiny_network, design=years, year=2040)
    assert again.cost_jpy == pytest.approx(years.by_year["cost_jpy"].iloc[-1], rel=1e-6)
    with pytest.raises(hs.UsageError, match="name a year"):
        hs.solve(tiny_network, design=years)
    with pytest.raises(hs.UsageError, match="its first year is 2030"):
        hs.solve(tiny_network, design=years, year=2020)
