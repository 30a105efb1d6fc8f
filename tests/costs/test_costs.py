"""Costs: every term by name, and their sums."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from builders import tiny_tables, write_folder
from hubspoke.costs.cost_lines import yearly_cost
from hubspoke.costs.costs import Costs, build_costs, scrap_jpy_per_t, sum_rates
from hubspoke.costs.rates import HUB_RATES, hub_rates_of, plant_co2_kg_per_t, refinery_rates_of
from hubspoke.costs.terms import CO2_TERMS, TERMS
from hubspoke.inputs.read import read
from hubspoke.lanes.lanes import build_lanes
from hubspoke.settings.load import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hubspoke.inputs.network import Network

YEAR = 2040


@cache
def japan() -> Network:
    return replace(read(), sites=read().sites[::40].reset_index(drop=True))


@cache
def japan_costs() -> Costs:
    return build_costs(japan(), build_lanes(japan(), YEAR), YEAR)


def abroad_terms() -> dict[str, Any]:
    network = read(changes={"sources.overseas": True}).only(("shikoku",))
    return build_costs(network, build_lanes(network, YEAR), YEAR).import_terms(0, 0)


def names(terms: Iterable[str], echelon: str) -> None:
    """Check that the terms of an echelon are those registered, in that order."""
    assert list(terms) == [term.name for term in (*TERMS, *CO2_TERMS) if term.name in set(terms)]
    assert set(terms) <= {term.name for term in (*TERMS, *CO2_TERMS) if term.echelon == echelon}


@pytest.mark.heavy
def test_collection_terms_add_up() -> None:
    """The array the optimiser sees is the sum of the named terms, for every site and hub."""
    costs = japan_costs()
    site, hub = np.indices(costs.lanes.freight_jpy_per_yr.shape)
    terms = costs.collection_terms(site, hub)
    assert sum(terms.values()) == pytest.approx(costs.collection_jpy_per_yr(), rel=1e-12, abs=1e-6)
    names(terms, "collection")


@pytest.mark.heavy
def test_transfer_terms_add_up() -> None:
    """So is the price of a tonne of black mass, for every hub, refinery and grade."""
    costs = japan_costs()
    full = costs.transfer_jpy_per_t()
    assert full.shape == (len(japan().hubs), len(japan().refineries), len(japan().settings.grades))
    hub, refinery, grade = np.indices(full.shape)
    terms = costs.transfer_terms(hub, refinery, grade)
    assert sum(terms.values()) == pytest.approx(full, rel=1e-12)
    names(terms, "transfer")


@pytest.mark.heavy
def test_step_terms_add_up() -> None:
    """The fixed cost of each size is the sum of its named terms."""
    costs = japan_costs()
    for echelon, steps, give in (
        ("hub", costs.hub_steps, costs.hub_step_terms),
        ("refinery", costs.refinery_steps, costs.refinery_step_terms),
    ):
        plant, size = np.nonzero(steps.capacity > 0)
        terms = give(plant, size)
        assert sum(terms.values()) == pytest.approx(steps.fixed[plant, size], rel=1e-12)
        names(terms, echelon)


@pytest.mark.heavy
def test_every_term_is_registered_once() -> None:
    """Names are unique, both languages are there, and the registry names all that the methods give."""
    costs = japan_costs()
    given = [costs.collection_terms(0, 0), costs.hub_step_terms(0, 0)]
    given += [abroad_terms(), costs.transfer_terms(0, 0), costs.refinery_step_terms(0, 0)]
    beside = ("shortfall", "furnace_fee")  # of a site left out; where furnaces may take black mass
    assert [name for terms in given for name in terms] == [term.name for term in TERMS if term.name not in beside]
    assert len({term.name for term in (*TERMS, *CO2_TERMS)}) == len(TERMS) + len(CO2_TERMS)
    assert all(term.label_en and term.label_ja for term in (*TERMS, *CO2_TERMS))


@pytest.mark.heavy
def test_costs_are_never_negative() -> None:
    """No term is negative: sales are told beside the cost."""
    costs = japan_costs()
    site, hub = np.indices(costs.lanes.freight_jpy_per_yr.shape)
    for name, values in costs.collection_terms(site, hub).items():
        assert (values >= 0).all(), name


def test_scrap_by_hand() -> None:
    """A tonne of NMC packs gives 100 kg copper, 150 kg aluminium and 50 kg iron: 143,000 yen."""
    index = list(japan().settings.classes).index("nmc")
    assert scrap_jpy_per_t(japan().settings)[index] == pytest.approx(143_000)


def test_yields_go_to_the_grade_of_the_class() -> None:
    """Each class gives its black mass in one grade, the same at every hub."""
    settings = japan().settings
    yields = japan_costs().yields
    assert yields.shape == (len(japan().hubs), len(settings.classes), len(settings.grades))
    for row, pack in enumerate(settings.classes.values()):
        grade = list(settings.grades).index(pack.grade)
        wanted = pack.yields_t_per_t["convention"]["black_mass"]
        assert (yields[:, row, grade] == wanted).all()
        assert yields[:, row].sum() == pytest.approx(len(japan().hubs) * wanted)


@pytest.mark.heavy
def test_refining_meets_its_published_cost() -> None:
    """A new refinery of 20,000 t/yr, full, costs about 272,000 yen per t of black mass: 136 yen per kg of packs."""
    plants = japan().refineries.iloc[:1].assign(max_t=20_000.0, technology="hydro", existing_t=0.0)
    full = load_settings(None, {"sizes.availability": 1, "sizes.refinery_t_per_yr": [5_000, 20_000, 80_000]})
    lone = replace(japan(), refineries=plants, settings=full)
    costs = build_costs(lone, build_lanes(lone, YEAR), YEAR)
    steps = costs.refinery_steps
    assert steps.capacity.max() == 20_000
    yearly = (steps.fixed + steps.variable * 20_000)[steps.capacity == 20_000].min()
    per_t = yearly / 20_000 + sum_rates(costs.refinery_rates_jpy_per_t)[0]
    assert per_t == pytest.approx(272_000, rel=0.005)


def all_terms(costs: Costs) -> dict[str, np.ndarray]:
    """Give every term and CO2 term for all pairs and sizes."""
    site, hub = np.indices(costs.lanes.freight_jpy_per_yr.shape)
    at, refinery = np.indices(costs.lanes.transfer_jpy_per_t.shape)
    plant, size = np.nonzero(costs.hub_steps.capacity > 0)
    other, step = np.nonzero(costs.refinery_steps.capacity > 0)
    return {
        **costs.collection_terms(site, hub),
        **costs.hub_step_terms(plant, size),
        **costs.transfer_terms(at, refinery),
        **costs.refinery_step_terms(other, step),
        **costs.collection_co2_terms(site, hub),
        **costs.transfer_co2_terms(at, refinery),
        "byproduct_sales": costs.byproduct_sales_jpy_per_yr,
        "metal_sales": costs.metal_sales_jpy_per_yr,
    }


CARBON_TERMS = {"collection_carbon", "hub_carbon", "transfer_carbon", "refinery_carbon"}
MOVED = {
    "energy.power_jpy_per_kwh": {"hub_power", "refinery_power"},
    "energy.heat_jpy_per_kwh": {"hub_heat", "refinery_heat"},
    "carbon.power_kg_per_kwh": {"hub_processing_co2", "refining_co2"},
    "carbon.heat_kg_per_kwh": {"hub_processing_co2", "refining_co2"},
    "carbon.price_jpy_per_t": CARBON_TERMS,
    "finance.wage_jpy_per_yr": {"hub_labour", "hub_overhead", "hub_disassembly", "refinery_labour"},
    "finance.discount_rate_per_yr": {"hub_capital", "refinery_capital"},
    "collection.packaging_jpy_per_t": {"packaging"},
    "collection.removal_jpy_per_t": {"removal"},
    "classes.nmc.disassembly_h": {"hub_disassembly"},
    "hub_technologies.kiln.disassembly_share": {"hub_disassembly"},
    "hub_technologies.kiln.overhead_share": {"hub_overhead"},
    "hub_technologies.kiln.contingency_share": {"hub_capital", "hub_maintenance", "hub_overhead"},
    "byproducts.copper.price_jpy_per_t": {"byproduct_sales"},
    "price_levels.current.usd_per_t.nickel": {"metal_sales"},
    "market.jpy_per_usd": {"metal_sales"},
    "hub_technologies.roasting.power_mwh_per_t": {"hub_power", "hub_processing_co2"},
    "hub_technologies.roasting.hf_treatment_jpy_per_t": {"hub_hf_treatment"},
    "hub_technologies.kiln.other_jpy_per_t": {"hub_other"},
    "hub_technologies.kiln.capital_jpy": {"hub_capital", "hub_maintenance", "hub_overhead"},
    "refinery_technologies.hydro.reagents_jpy_per_t": {"refinery_reagents"},
    "refinery_technologies.hydro.effluent_jpy_per_t": {"refinery_effluent"},
    "refinery_technologies.hydro.direct_co2_kg_per_t": {"refining_co2"},
}


@pytest.fixture(scope="module")
def kiln_network(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """Read the tiny network with a kiln in it."""
    tables = tiny_tables()
    tables["kanto/hubs"][0] |= {"technology": "kiln", "kind": "cement_works"}
    return read(write_folder(tmp_path_factory.mktemp("kiln"), tables))


@pytest.fixture(scope="module")
def kiln_terms(kiln_network: Network) -> dict[str, np.ndarray]:
    """Build all terms of what that network costs."""
    return all_terms(build_costs(kiln_network, build_lanes(kiln_network, YEAR), YEAR))


@pytest.mark.parametrize("key", MOVED)
def test_raising_one_price_moves_only_the_terms_it_should(
    kiln_network: Network, kiln_terms: dict[str, np.ndarray], key: str
) -> None:
    """A dearer input makes its own terms dearer and leaves every other one, to the last digit."""
    value = kiln_network.settings.model_dump()
    for part in key.split("."):
        value = value[part]
    old = float(value["value"])
    dearer = replace(kiln_network, settings=load_settings(None, {key: old * 1.5 or 3000.0}))
    after = all_terms(build_costs(dearer, build_lanes(dearer, YEAR), YEAR))
    moved = {name for name in kiln_terms if not np.array_equal(kiln_terms[name], after[name])}
    assert moved == MOVED[key]
    for name in moved:
        assert (after[name] >= kiln_terms[name]).all(), name


def test_cost_per_tonne_keeps_its_known_sums() -> None:
    """Energy, treatment and the rest add up to 35, 18 and 25 yen per kg of packs, and 101 per kg of black mass.

    Packs that are opened cost more, see `test_disassembly`.
    """
    settings = japan().settings
    sums = {
        name: sum(hub_rates_of(plant, settings.energy, 0.0).values())
        for name, plant in settings.hub_technologies.items()
    }
    assert sums == pytest.approx({"roasting": 35_000, "kiln": 18_000, "mechanical": 25_000})
    hydro = settings.refinery_technologies["hydro"]
    assert sum(refinery_rates_of(hydro, settings.energy).values()) == pytest.approx(101_000)
    kg = {name: plant_co2_kg_per_t(plant, settings.carbon) for name, plant in settings.hub_technologies.items()}
    assert kg == pytest.approx({"roasting": 536, "kiln": 386, "mechanical": 75.25})
    assert plant_co2_kg_per_t(hydro, settings.carbon) == pytest.approx(2_000)


def test_full_cost_by_scale_is_that_of_the_source() -> None:
    """The cost function gives the table it was published with, in yen per kg of packs.

    That is without allowance on capital, overhead and the opening of packs.
    """
    table = {
        "roasting": {1_000: 252, 2_000: 194, 5_000: 141, 10_000: 114, 30_000: 85},
        "kiln": {1_000: 140, 2_000: 102, 5_000: 70, 10_000: 54, 30_000: 39},
        "mechanical": {1_000: 181, 2_000: 135, 5_000: 96, 10_000: 77, 30_000: 57},
    }
    settings = japan().settings
    for name, told in table.items():
        plant = settings.hub_technologies[name].model_copy(update={"contingency_share": 0.0})
        capacity = np.array(list(told), float)
        fixed = np.sum(yearly_cost(plant, settings.finance, capacity), axis=0)
        per_kg = (fixed / capacity + sum(hub_rates_of(plant, settings.energy, 0.0).values())) / 1000
        assert per_kg == pytest.approx(list(told.values()), abs=0.6)


@pytest.mark.heavy
def test_doubled_supply_doubles_what_goes_by_the_tonne() -> None:
    """Packaging, processing and scrap double with the packs; freight at most doubles."""
    columns = [f"{name}_{YEAR}_t" for name in japan().classes]
    sites = japan().sites.copy()
    sites[columns] *= 2
    more = replace(japan(), sites=sites)
    doubled, costs = build_costs(more, build_lanes(more, YEAR), YEAR), japan_costs()
    site, hub = np.indices(costs.lanes.freight_jpy_per_yr.shape)
    before, after = costs.collection_terms(site, hub), doubled.collection_terms(site, hub)
    for name in ("packaging", "removal", *HUB_RATES):
        assert after[name] == pytest.approx(2 * before[name]), name
    assert (after["collection_freight"] <= 2 * before["collection_freight"] + 1e-6).all()


def test_given_sizes_speak_for_the_whole_plant(tiny: Path) -> None:
    """A hub with its own sizes has no cost curve and no variable cost of its technology beside them."""
    network = read(tiny)
    hub = network.hubs["id"].iloc[0]
    own = pd.DataFrame(
        {
            "plant_id": [hub],
            "capacity_t": [900.0],
            "fixed_jpy_per_yr": [5e7],
            "variable_jpy_per_t": [12_000.0],
            "technology": "",
        }
    )
    network = replace(network, given_sizes=own)
    costs = build_costs(network, build_lanes(network, YEAR), YEAR)
    rate = sum_rates(costs.hub_rates_jpy_per_t)
    assert rate[0] == 0
    assert (rate[1:] > 0).all()
    terms = {name: float(values) for name, values in costs.hub_step_terms(0, 0, 100.0).items()}
    assert terms["hub_given"] == 5e7
    assert terms["hub_given_variable"] == 1.2e6
    assert sum(terms.values()) == 5.12e7


def test_co2_terms() -> None:
    """CO2 is transport from the lanes and processing by the tonne."""
    costs = japan_costs()
    collection, transfer = costs.collection_co2_terms(0, 1), costs.transfer_co2_terms(1, 2)
    assert float(collection["collection_transport_co2"]) == costs.lanes.co2_kg_per_yr[0, 1]
    assert collection["hub_processing_co2"] == pytest.approx(costs.mass_t[0] * costs.hub_co2_kg_per_t[1])
    assert float(transfer["refining_co2"]) == costs.refinery_co2_kg_per_t[2]
    names(collection, "collection")
    names(transfer, "transfer")


def test_unreachable_lanes_stay_infinite(tiny: Path) -> None:
    """Where there is no lane, the sum is infinite, whatever the other terms."""
    network = read(tiny)
    network = replace(network, roads=network.roads[:0])
    costs = build_costs(network, build_lanes(network, YEAR), YEAR)
    assert np.isinf(costs.collection_jpy_per_yr()[~costs.lanes.reachable]).all()
    assert np.isfinite(costs.collection_jpy_per_yr()[costs.lanes.reachable]).all()
    assert not costs.lanes.reachable.all()
