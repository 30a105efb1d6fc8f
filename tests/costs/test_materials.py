"""Materials: masses close for every class and set of yields, and damaged packs cost more to move."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

import hubspoke as hs
from hubspoke.costs.costs import build_costs
from hubspoke.costs.materials import black_mass_yields, byproduct_yields, losses_t_per_t, name_sold
from hubspoke.lanes.lanes import build_lanes
from hubspoke.settings.load import load_settings

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.inputs.network import Network

YEAR = 2040
LOST_BY_WEIGHING = {
    "hev": (0.06, 0.09),
    "nmc": (0.08, 0.11),
    "lfp": (0.08, 0.11),
    "scrap": (0.12, 0.17),
    "damaged": (0.08, 0.11),
    "nimh": (0.06, 0.11),
}
"""Electrolyte and moisture lost: published ranges for hybrid packs, EV packs and cells; NiMH as hybrids and EV."""


@pytest.mark.parametrize("chosen", ["convention", "physical"])
def test_masses_close(chosen: str) -> None:
    """Black mass, by-products and losses are what goes in, for every class; losses are those of drying and cleaning."""
    settings = load_settings(None, {"materials.yields": chosen})
    parts = (black_mass_yields(settings), byproduct_yields(settings), losses_t_per_t(settings)[:, None])
    total = np.hstack(parts).sum(axis=1)
    assert total == pytest.approx(np.ones(len(settings.classes)))
    for lost, (low, high) in zip(losses_t_per_t(settings), LOST_BY_WEIGHING.values(), strict=True):
        assert low - 1e-9 <= lost <= (high if chosen == "physical" else 0.15) + 1e-9


def test_both_yields_of_black_mass_are_offered_by_one_switch() -> None:
    """The convention of the source is the default, 0.50 for every class; by weighing EV packs give 0.34."""
    assert load_settings().materials.yields == "convention"
    assert (black_mass_yields(load_settings()).sum(axis=1) == 0.5).all()
    weighed = load_settings(None, {"materials.yields": "physical"})
    assert black_mass_yields(weighed).sum(axis=1).tolist() == [0.24, 0.34, 0.34, 0.54, 0.34, 0.4]


def test_only_what_sells_is_named_as_sold() -> None:
    settings = load_settings()
    assert name_sold(settings) == "copper, aluminium and iron"
    assert name_sold(settings, "ja") == "銅・アルミ・鉄"


def with_classes(network: Network, **tonnes: float) -> Network:
    sites = network.sites.iloc[:1].copy()
    for name in network.classes:
        sites[f"{name}_{YEAR}_t"] = tonnes.get(name, 0.0)
    return replace(network, sites=sites)


@pytest.mark.heavy
def test_damaged_packs_pay_the_higher_surcharge_and_dearer_boxes(tiny: Path) -> None:
    """The base rate of a site's trips is raised by the mean factor of what they carry: 1.2, 1.5, or between."""
    network = hs.read(tiny)
    freight, boxes = {}, {}
    for name, tonnes in {
        "sound": {"nmc": 60.0},
        "mixed": {"nmc": 40.0, "damaged": 20.0},
        "broken": {"damaged": 60.0},
    }.items():
        part = with_classes(network, **tonnes)
        lanes = build_lanes(part, YEAR)
        truck = part.settings.trucks[list(part.settings.trucks)[lanes.truck[0, 0]]]
        base = float(truck.fixed_jpy_per_trip) + float(truck.distance_jpy_per_km) * float(lanes.distance_km[0, 0])
        freight[name] = float(lanes.freight_jpy_per_yr[0, 0]), float(lanes.trips_per_yr[0, 0]) * base
        boxes[name] = float(build_costs(part, lanes, YEAR).packaging_jpy_per_yr[0])
    assert freight["broken"][0] - freight["sound"][0] == pytest.approx(0.3 * freight["sound"][1], rel=1e-6)
    assert freight["mixed"][0] - freight["sound"][0] == pytest.approx(0.1 * freight["sound"][1], rel=1e-6)
    assert boxes == pytest.approx({"sound": 240_000, "mixed": 960_000, "broken": 2_400_000})


@pytest.mark.heavy
def test_a_given_cost_of_a_lane_holds_for_damaged_packs_too(tiny: Path) -> None:
    network = with_classes(hs.read(tiny), damaged=60.0)
    row = {"from_id": network.sites["id"].iloc[0], "to_id": network.hubs["id"].iloc[0], "cost_jpy_per_t": 1000.0}
    given = hs.read(tiny).given_lanes.reindex(range(1)).assign(**row)
    lanes = build_lanes(replace(network, given_lanes=given), YEAR)
    assert lanes.freight_jpy_per_yr[0, 0] == pytest.approx(60_000)
