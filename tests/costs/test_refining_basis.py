"""Processing cost does not hang on the set of yields: refineries are stated for black mass of one of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

import hubspoke as hs
from hubspoke.base.errors import InputError
from hubspoke.costs.costs import build_costs, sum_rates
from hubspoke.costs.refining_basis import refining_scale
from hubspoke.lanes.lanes import build_lanes
from hubspoke.settings.load import change_settings, load_settings

if TYPE_CHECKING:
    from hubspoke.api.plan import Plan
    from hubspoke.inputs.network import Network
    from hubspoke.settings.settings import Settings

YEAR = 2040


@cache
def physical() -> Settings:
    return load_settings(None, {"materials.yields": "physical"})


def mix(**tonnes: float) -> np.ndarray:
    return np.array([tonnes.get(name, 0.0) for name in physical().classes])


def test_scale_by_hand() -> None:
    """A tonne of black mass of 0.34 t per t of EV packs stands for 0.50 / 0.34 t, of hybrid packs for 0.50 / 0.24."""
    assert refining_scale(physical(), mix(nmc=7)) == pytest.approx(0.5 / 0.34)
    assert refining_scale(physical(), mix(hev=7)) == pytest.approx(0.5 / 0.24)
    assert refining_scale(physical(), mix(nmc=3, hev=1)) == pytest.approx(2 / (3 * 0.34 + 0.24))
    assert refining_scale(load_settings(), mix(nmc=3, hev=1)) == 1
    assert refining_scale(physical(), mix()) == 1
    own = change_settings(physical(), {"materials.refining_basis": "physical"})
    assert refining_scale(own, mix(nmc=3, hev=1)) == 1


def test_a_plant_takes_the_same_packs_at_the_same_cost(tiny_network: Network) -> None:
    """Sizes, limits and rates are by the packs behind the black mass, whatever that weighs."""
    richer = replace(tiny_network, settings=change_settings(tiny_network.settings, {"materials.yields": "physical"}))
    lanes = build_lanes(tiny_network, YEAR)
    one, other = build_costs(tiny_network, lanes, YEAR), build_costs(richer, lanes, YEAR)
    scale = other.refining_scale
    assert scale > 1.3
    assert scale * other.refinery_capacity == pytest.approx(one.refinery_capacity)
    assert other.refinery_steps.fixed == pytest.approx(one.refinery_steps.fixed)
    assert other.refinery_steps.variable == pytest.approx(scale * one.refinery_steps.variable)
    rates = [sum_rates(costs.refinery_rates_jpy_per_t) for costs in (one, other)]
    assert rates[1] == pytest.approx(scale * rates[0])
    assert other.refinery_co2_kg_per_t == pytest.approx(scale * one.refinery_co2_kg_per_t)


def costs_of(plan: Plan) -> dict[str, float]:
    return {str(term): float(jpy) for term, jpy in plan.costs.groupby("term")["cost_jpy"].sum().items()}


@pytest.mark.heavy
def test_physical_yields_move_freight_of_black_mass_alone(tiny_network: Network, tiny_plan: Plan) -> None:
    """With what packs really give of black mass, a plan costs the same but for the trucks that carry it.

    The audit that every solve ends with recounts it by plain formulas.
    """
    settings = change_settings(tiny_network.settings, {"materials.yields": "physical"})
    plan = hs.solve(replace(tiny_network, settings=settings))
    before, after = costs_of(tiny_plan), costs_of(plan)
    assert plan.flows["mass_t"].sum() < 0.7 * tiny_plan.flows["mass_t"].sum()
    for term, jpy in before.items():
        if term != "black_mass_freight":
            assert after[term] == pytest.approx(jpy, rel=0.01, abs=1), term
    assert after["black_mass_freight"] <= before["black_mass_freight"]
    fees = [made.income("tolling", "current").query("item == 'tolling_fee'")["jpy"].max() for made in (tiny_plan, plan)]
    assert fees[1] == pytest.approx(fees[0], rel=0.01)


def test_given_sizes_are_of_the_basis_too(tiny_network: Network) -> None:
    """A refinery with sizes of its own takes the same packs under other yields, for the same yen."""
    import pandas as pd  # noqa: PLC0415 - for one table

    refinery = tiny_network.refineries["id"].iloc[0]
    sizes = pd.DataFrame(
        {
            "plant_id": [refinery] * 2,
            "capacity_t": [500.0, 900.0],
            "fixed_jpy_per_yr": [5e7, 8e7],
            "variable_jpy_per_t": [12_000.0, 15_000.0],
        }
    )
    network = replace(tiny_network, given_sizes=sizes)
    richer = replace(network, settings=change_settings(network.settings, {"materials.yields": "physical"}))
    lanes = build_lanes(network, YEAR)
    one, other = (build_costs(which, lanes, YEAR) for which in (network, richer))
    for step, tonnes in enumerate((400.0, 800.0)):
        told = [
            costs.refinery_step_terms(0, step, tonnes / scale)
            for costs, scale in ((one, 1.0), (other, other.refining_scale))
        ]
        assert {name: float(jpy) for name, jpy in told[1].items()} == pytest.approx(
            {name: float(jpy) for name, jpy in told[0].items()}
        )


def test_basis_must_be_stated_by_some_class() -> None:
    """A basis that no class knows is a slip, and refused with the way out."""
    with pytest.raises(InputError, match="refining_basis"):
        load_settings(None, {"materials.refining_basis": "conventoin"})
