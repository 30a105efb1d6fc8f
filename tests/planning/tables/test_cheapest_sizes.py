"""A plan of least CO2 builds plants no dearer than their loads ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import hubspoke as hs

if TYPE_CHECKING:
    from hubspoke.inputs.network import Network


def test_least_co2_costs_what_the_same_plants_cost_at_least(tiny_network: Network) -> None:
    clean = hs.solve(tiny_network, objective="co2")
    plants = [*clean.hubs.loc[clean.hubs["state"] == "open", "id"]]
    plants += clean.refineries.loc[clean.refineries["state"] == "open", "id"].tolist()
    cheap = hs.solve(tiny_network, opened=plants)
    assert clean.cost_jpy == pytest.approx(cheap.cost_jpy)
    assert clean.objective_value <= cheap.co2_kg * (1 + 1e-9)
