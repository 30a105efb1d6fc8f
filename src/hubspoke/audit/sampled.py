"""Checks of some lanes, plants and sites by plain formulas, apart from the code that computed the plan.

The other checks recount a plan with the classes that made it, `Lanes` and `Costs`: a wrong tariff or cost curve makes
the plan and that recount wrong alike. Here the same figures follow once more from the settings and the tables alone,
in plain arithmetic; no module that computes lanes or costs may be imported (a contract of the import linter).

What this finds: an error in the tariff of trucks and ferries, in the number of trips, in the surcharge of waste packs,
in the fuel formula, in the cost curve and the annuity of plants, in what a tonne costs and emits in them, in the hours
that packs are worked on, in the price of CO2, in the tonnes of a site, what its boxes and the removal of its packs cost
and what its metals sell for.

What it cannot find:

* Distances and hours are taken as the plan states them; whether a way is the cheapest, or exists, is not tested.
* The tables do not tell tolls and crossings. They are bounded by the hours, see `hubspoke.audit.ways`, and freight with
  them: to the yen where a lane keeps to local roads, to a few per cent where it may take an expressway. Of every part
  of the table the lane known best is checked, and one more whatever is known of it.
* Lanes and sizes that planners gave themselves, and transport within one ground, follow no formula. They are skipped,
  and the check tells how many.
* Black mass from abroad is not looked at, nor is the question whether another plan would be better.
* Data that are wrong stay wrong.
"""

from __future__ import annotations

import math
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.audit.check import Remark
from hubspoke.audit.cost_line import cost_line, subsidy_of
from hubspoke.audit.mix import basis_per_t, opening_jpy_per_t
from hubspoke.audit.table import Table, rows_where
from hubspoke.audit.ways import ROUNDED, SINGLE, find_ways, without_roads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pandas as pd

    from hubspoke.audit.ways import Way
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.freight import Truck
    from hubspoke.settings.settings import Settings

    Row = Mapping[Any, Any]

PARTS = 12
"""Parts that a table is divided into; each gives a row, or two."""
TRIED = 20
"""Rows of a part among which the lane known best is looked for."""
FULL = 1e-9
"""Share of a load that asks for no further trip: a truck filled to the gram is full."""
YEN, TONNES, RELATIVE = 0.01, 1e-6, 1e-9
"""Rounding allowed in amounts that are computed in double precision."""


def check_sampled_freight(plan: PlanData, network: Network) -> Iterator[str]:
    """Yield a sentence for every sampled lane whose trips, freight or CO2 do not follow from its length.

    Parameters
    ----------
    plan : PlanData
    network : Network
        What was planned: tonnes of the sites, and lanes that the planner gave.

    Yields
    ------
    str
        Faults, then a `Remark` on how many lanes were checked and skipped.
    """
    given, served, sent = set(_pairs(network.given_lanes, "from_id", "to_id")), _served(plan), Table.of(plan.flows)
    free = served.take(np.array([pair not in given for pair in _pairs(served, "site_id", "hub_id")], bool))
    settings = plan.settings if len(network.cities) else without_roads(plan.settings)
    deliveries = _choose_lanes(free, settings)
    supply = _read_supply(plan, network, {lane["site_id"] for lane in deliveries})
    stock_t = dict(_pairs(network.sites, "id", "stock_max_t"))
    for lane in deliveries:
        yield from _check_delivery(lane, supply[lane["site_id"]], float(stock_t[lane["site_id"]]), settings)
    pairs = _pairs(sent, "hub_id", "refinery_id")
    ground = {kind: dict(_pairs(table, "id", "ground")) for kind, table in _plants(plan).items()}
    beside = [bool(ground["hub"].get(hub)) and ground["hub"][hub] == ground["refinery"].get(to) for hub, to in pairs]
    abroad = {name for name, country in _pairs(plan.refineries, "id", "country") if country}
    own = [(pair in given or pair[1] in abroad) and not same for pair, same in zip(pairs, beside, strict=True)]
    moved = np.array([not (skipped or same) for skipped, same in zip(own, beside, strict=True)], bool)
    flows = _choose_lanes(sent.take(moved), settings)
    for flow in flows:
        yield from _check_flow(flow, settings)
    yield Remark(
        f"{len(deliveries):,} of {len(served):,} deliveries and {len(flows):,} of {len(pairs):,} flows; skipped "
        f"{len(served) - len(free) + sum(own):,} lanes that are given or by ship and {sum(beside):,} within one ground"
    )


def check_sampled_plants(plan: PlanData, network: Network) -> Iterator[str]:
    """Yield a sentence for every built plant whose cost or CO2 does not follow from its capacity and what it takes in.

    Parameters
    ----------
    plan : PlanData
    network : Network
        What was planned: sizes that the planner gave.

    Yields
    ------
    str
        Faults, then a `Remark` on how many plants were checked and skipped.
    """
    own, checked, skipped = set(network.given_sizes["plant_id"].tolist()), 0, 0
    opening, basis = opening_jpy_per_t(plan, network), basis_per_t(plan, network)
    for kind, table in _plants(plan).items():
        rows, key = (plan.assignments, "hub_id") if kind == "hub" else (plan.flows, "refinery_id")
        sums, plants = _sum_numbers(Table.of(rows), key), Table.of(table)
        for plant in rows_where(plants, plants["size_t"] > 0):
            if plant["id"] in own:
                skipped += 1
                continue
            checked += 1
            taken = sums.get(plant["id"], {})
            stated = basis if kind == "refinery" and plant["technology"] not in plan.settings.furnaces else 1.0
            yield from _check_plant(kind, plant, taken, plan.settings, opening=opening, basis=stated)
    yield Remark(f"{checked:,} plants that are built; skipped {skipped:,} whose sizes are given")


def _sum_numbers(rows: Table, key: str) -> dict[Any, dict[str, float]]:
    """Sum all columns of numbers by a key."""
    names = [name for name, column in rows.columns.items() if column.dtype.kind in "iuf"]
    place = {name: at for at, name in enumerate(dict.fromkeys(rows[key].tolist()))}
    at, sums = np.array([place[name] for name in rows[key].tolist()], np.int64), np.zeros((len(place), len(names)))
    np.add.at(sums, at, np.stack([rows.floats(name) for name in names], axis=1))
    return {name: dict(zip(names, sums[row].tolist(), strict=True)) for name, row in place.items()}


def check_sampled_tonnes(plan: PlanData, network: Network) -> Iterator[str]:
    """Yield a sentence for every sampled site whose tonnes, boxes or sales are not those of its packs.

    Parameters
    ----------
    plan : PlanData
    network : Network
        What was planned: tonnes of the sites by class and year.

    Yields
    ------
    str
        Faults, then a `Remark` on how many deliveries were checked.
    """
    settings = plan.settings
    served = _served(plan)
    rows = served.take(np.array([part[len(part) // 2] for part in _divide(len(served))], np.int64)).records()
    supply = _read_supply(plan, network, {row["site_id"] for row in rows})
    read_rates = {
        "packaging_jpy": _box_jpy,
        "removal_jpy": _removal_jpy,
        "byproduct_sales_jpy": _scrap_jpy,
        "metal_sales_jpy": _metal_jpy,
    }
    rates_of = {column: _per_class(settings, read) for column, read in read_rates.items()}
    for row in rows:
        tonnes = {name: mass_t * float(row["share"]) for name, mass_t in supply[row["site_id"]].items()}
        yield from _compare(row["site_id"], row, "mass_t", sum(tonnes.values()), TONNES)
        for name, mass_t in tonnes.items():
            yield from _compare(row["site_id"], row, f"{name}_t", mass_t, TONNES)
        for column, rates in rates_of.items():
            worth = sum(mass_t * rates[name] for name, mass_t in tonnes.items())
            yield from _compare(row["site_id"], row, column, worth, YEN)
    yield Remark(f"{len(rows):,} of {len(served):,} deliveries")


def _plants(plan: PlanData) -> dict[str, pd.DataFrame]:
    return {"hub": plan.hubs, "refinery": plan.refineries}


def _served(plan: PlanData) -> Table:
    """Return the assignments with a hub."""
    assignments = Table.of(plan.assignments)
    return assignments.take(assignments["hub_id"] != "")


def _pairs(table: pd.DataFrame | Table, first: str, second: str) -> list[tuple[Any, Any]]:
    """Return the values of two columns, row by row."""
    return list(zip(table[first].tolist(), table[second].tolist(), strict=True))


def _divide(rows: int) -> list[list[int]]:
    """Return positions of a few rows, evenly spread, of each part of a table."""
    parts = min(PARTS, rows)
    bounds = [rows * part // parts for part in range(parts + 1)] if parts else []
    return [list(range(start, end, -(-(end - start) // TRIED))) for start, end in pairwise(bounds)]


def _choose_lanes(lanes: Table, settings: Settings) -> list[Row]:
    """Return of every part of a table of lanes the row whose way is known best, and the one in the middle."""
    chosen: list[Row] = []
    parts = _divide(len(lanes))
    told = iter(lanes.take(np.array(list(chain(*parts)), np.int64)).records())
    for part in parts:
        rows = list(islice(told, len(part)))
        chosen.append(min(rows, key=lambda row: _doubt(_ways_of(row, settings))))
        if (middle := rows[len(rows) // 2]) is not chosen[-1]:
            chosen.append(middle)
    return chosen


def _doubt(ways: list[Way]) -> float:
    """Return how much of a way is not known: by how many of its km in a hundred toll roads and crossings may differ."""
    if not ways:
        return math.inf
    toll_km, crossings = [way.toll_km for way in ways], [way.crossings for way in ways]
    return (max(toll_km) - min(toll_km)) / max(ways[0].road_km, 1.0) + max(crossings) - min(crossings)


def _ways_of(lane: Row, settings: Settings) -> list[Way]:
    return find_ways(float(lane["distance_km"]), float(lane["ferry_km"]), float(lane["hours"]), settings)


def _read_supply(plan: PlanData, network: Network, sites: set[Any]) -> dict[Any, dict[str, float]]:
    """Return the tonnes of some sites by class in the year of the plan."""
    place = {site: at for at, site in enumerate(network.sites["id"].tolist()) if site in sites}
    columns = {name: network.sites[f"{name}_{plan.year}_t"].tolist() for name in plan.settings.classes}
    return {site: {name: float(values[at]) for name, values in columns.items()} for site, at in place.items()}


def _check_delivery(lane: Row, supply: Mapping[str, float], stock_t: float, settings: Settings) -> Iterator[str]:
    """Check trips, freight and CO2 of what a site delivers to a hub."""
    name = f"{lane['site_id']} to {lane['hub_id']}"
    truck, ways = settings.trucks.get(lane["truck"]), _ways_of(lane, settings)
    if truck is None or not ways:
        known = "its hours fit no way of its length" if truck else f"there is no truck {lane['truck']!r}"
        yield f"{name}: {known}"
        return
    mass_t, share = sum(supply.values()), float(lane["share"])
    trips, factor = _count_trips(supply, stock_t, truck, settings), _mean_surcharge(supply, settings)
    yield from _compare(name, lane, "trips_per_yr", trips * share, ROUNDED + SINGLE * trips)
    prices = [trips * share * _trip_jpy(truck, way, factor, settings) for way in ways]
    yield from _compare(name, lane, "collection_freight_jpy", (min(prices), max(prices)), YEN)
    fuel = _fuel_kg_per_t_km(truck, mass_t / trips if trips else 0.0, settings)
    kg = [mass_t * share * (way.road_km * fuel + way.sea_km * float(settings.ferries.co2_kg_per_t_km)) for way in ways]
    yield from _compare(name, lane, "co2_kg", (min(kg), max(kg)), ROUNDED + SINGLE * max(kg))
    yield from _compare_carbon(name, lane, "collection_carbon_jpy", settings)


def _check_flow(flow: Row, settings: Settings) -> Iterator[str]:
    """Check the freight of black mass, in full loads of the truck that is cheapest along its way."""
    name, ways = f"{flow['hub_id']} to {flow['refinery_id']}", _ways_of(flow, settings)
    if not ways:
        yield f"{name}: its hours fit no way of its length"
        return
    prices = [
        float(flow["mass_t"])
        * min(_trip_jpy(truck, way, 1.0, settings) / float(truck.payload_black_mass_t) for truck in trucks)
        for trucks in (settings.trucks.values(),)
        for way in ways
    ]
    yield from _compare(name, flow, "black_mass_freight_jpy", (min(prices), max(prices)), YEN)
    yield from _compare_carbon(name, flow, "transfer_carbon_jpy", settings)


def _count_trips(supply: Mapping[str, float], stock_t: float, truck: Truck, settings: Settings) -> float:
    """Return trips a year that fetch the packs of a site: as many as fill the truck, or more.

    More are the least number of pick-ups, and those that keep its stock; but never more than it has packs.
    """
    mass_t, packs = sum(supply.values()), 0.0
    if mass_t <= 0:
        return 0.0
    for name, tonnes in supply.items():
        if tonnes > 0:
            kg = settings.classes[name].pack_kg
            packs += 1000 * tonnes / float(kg) if kg else math.inf
    visits = max(float(settings.collection.pickups_min_per_yr), math.ceil(mass_t / stock_t - FULL))
    if packs < math.inf:
        visits = min(visits, max(math.ceil(packs - FULL), 1))
    return max(float(math.ceil(mass_t / float(truck.payload_packs_t) - FULL)), float(visits))


def _mean_surcharge(supply: Mapping[str, float], settings: Settings) -> float:
    """Return the factor on the base rate of a site's trips: the mean over its packs by mass."""
    usual, mass_t = settings.collection.surcharge_factor, sum(supply.values())
    own = {name: float(settings.classes[name].surcharge_factor or usual) for name in supply}
    return sum(supply[name] * own[name] for name in supply) / mass_t if mass_t > 0 else float(usual)


def _trip_jpy(truck: Truck, way: Way, factor: float, settings: Settings) -> float:
    """Return the price of a trip: the base rate times a factor, loading, tolls, and ferries by the truck's length."""
    ferries = settings.ferries
    base = float(truck.fixed_jpy_per_trip) + float(truck.distance_jpy_per_km) * way.road_km
    tolls = float(settings.roads.toll_legs) * float(truck.toll_jpy_per_km) * way.toll_km
    fare = float(ferries.fixed_jpy_per_crossing) * way.crossings + float(ferries.distance_jpy_per_km) * way.sea_km
    length = float(truck.length_m) / float(ferries.reference_length_m)
    tariff = factor * base + float(truck.loading_jpy_per_trip) + tolls + float(ferries.legs) * length * fare
    return float(settings.roads.freight_factor) * tariff


def _fuel_kg_per_t_km(truck: Truck, load_t: float, settings: Settings) -> float:
    """Return kg of CO2 per tonne-km by the improved tonne-kilometre method (METI notice 66 of 2006).

    The km that a truck drives empty come on top, at the fuel of the least load.
    """
    carbon, rated_t = settings.carbon, float(truck.payload_legal_t)
    least = float(carbon.load_share_min)

    def litres_per_t_km(loaded: float) -> float:
        weight = (1000 * rated_t) ** float(carbon.fuel_payload_exponent)
        return float(math.exp(carbon.fuel_intercept) * loaded ** float(carbon.fuel_load_exponent) * weight)

    litres = litres_per_t_km(min(max(load_t / rated_t, least), 1.0))
    empty = float(carbon.empty_return)
    if load_t > 0:
        litres += empty / (1 - empty) * litres_per_t_km(least) * least * rated_t / load_t
    return float(carbon.diesel_kg_per_l) * litres


def _check_plant(
    kind: str, plant: Row, taken: Mapping[Any, float], settings: Settings, *, opening: float, basis: float
) -> Iterator[str]:
    """Check what may enter a plant, its cost a year, and what a tonne costs and emits.

    `taken` sums what it gets, `opening` is what it costs to open the packs of a tonne, and `basis` are the tonnes that
    its sizes and costs are stated for, per tonne that enters.
    """
    technologies: Mapping[str, Any] = settings.hub_technologies if kind == "hub" else settings.takers
    technology = technologies.get(plant["technology"])
    if technology is None:
        yield f"{plant['id']}: there is no technology {plant['technology']!r}"
        return
    stands = plant["technology"] in settings.furnaces  # works that are there anyway: a fee, and nothing else
    mass_t = float(taken.get("mass_t", 0.0))
    yearly = dict.fromkeys(("capital", "maintenance", "labour", "overhead"), 0.0)
    built_t = basis * float(plant["load_t"]) / float(settings.sizes.availability)
    granted = 0.0 if stands else subsidy_of(plant, technology, built_t)
    yield from _compare(plant["id"], plant, "subsidy_jpy", granted, YEN)
    if not stands:
        available = float(settings.sizes.availability)
        yield from _compare(plant["id"], plant, "capacity_t", float(plant["load_t"]) / available, TONNES)
        tonnes = {name: basis * float(plant[name]) for name in ("size_t", "load_t")}
        line = cost_line({**plant, **tonnes}, technology, settings)
        told = float(plant[f"{kind}_capital_jpy"])
        yearly = line.paid
        if not line.is_exact and line.paid["capital"] - YEN <= told <= line.at_class["capital"] + YEN:
            yearly = line.paid | {"capital": told}
    for term, jpy in yearly.items():
        yield from _compare(plant["id"], plant, f"{kind}_{term}_jpy", jpy, YEN)
    heat_kwh, power_kwh = (0.0, 0.0) if stands else _energy_kwh_per_t(technology)
    for column, rate in _rates_jpy_per_t(kind, technology, heat_kwh, power_kwh, settings).items():
        if column in taken:
            yield from _compare(plant["id"], taken, column, basis * rate * mass_t, YEN)
    if kind == "hub" and taken:
        opened = float(technology.variable_factor) * float(technology.disassembly_share) * opening * mass_t
        yield from _compare(plant["id"], taken, "hub_disassembly_jpy", opened, YEN)
    carbon = settings.carbon
    kg_per_t = float(technology.direct_co2_kg_per_t)
    kg_per_t += heat_kwh * float(carbon.heat_kg_per_kwh) + power_kwh * float(carbon.power_kg_per_kwh)
    kg_per_t *= basis
    yield from _compare(plant["id"], plant, "co2_kg", kg_per_t * mass_t, ROUNDED)
    if taken:
        paid = kg_per_t * mass_t * float(carbon.price_jpy_per_t) / 1000
        yield from _compare(plant["id"], taken, f"{kind}_carbon_jpy", paid, YEN)


def _energy_kwh_per_t(technology: Any) -> tuple[float, float]:
    """Return the heat and the electricity that a tonne takes, kWh."""
    return 1000 * float(technology.heat_mwh_per_t), 1000 * float(technology.power_mwh_per_t)


def _rates_jpy_per_t(
    kind: str, technology: Any, heat_kwh: float, power_kwh: float, settings: Settings
) -> dict[str, float]:
    """Return what a tonne costs at a plant, by the column that holds it."""
    energy = settings.energy
    rates = {"heat": heat_kwh * float(energy.heat_jpy_per_kwh), "power": power_kwh * float(energy.power_jpy_per_kwh)}
    own = {"hub": ("hf_treatment", "other"), "refinery": ("reagents", "effluent")}[kind]
    rates |= {name: float(getattr(technology, f"{name}_jpy_per_t", 0.0)) for name in own}
    factor = float(getattr(technology, "variable_factor", 1.0))
    columns = {f"{kind}_{name}_jpy": factor * jpy for name, jpy in rates.items()}
    return columns | {"furnace_fee_jpy": float(getattr(technology, "fee_jpy_per_t", 0.0))}


def _per_class(settings: Settings, read: Callable[[Settings, Any], float]) -> dict[str, float]:
    return {name: read(settings, pack) for name, pack in settings.classes.items()}


def _box_jpy(settings: Settings, pack: Any) -> float:
    usual = settings.collection.packaging_jpy_per_t
    return float(usual if pack.packaging_jpy_per_t is None else pack.packaging_jpy_per_t)


def _removal_jpy(settings: Settings, pack: Any) -> float:
    usual = settings.collection.removal_jpy_per_t
    return float(usual if pack.removal_jpy_per_t is None else pack.removal_jpy_per_t)


def _scrap_jpy(settings: Settings, pack: Any) -> float:
    """Return what the by-products of a tonne of packs sell for."""
    outputs = pack.yields_t_per_t[settings.materials.yields]
    return sum(float(outputs.get(name, 0.0)) * float(one.price_jpy_per_t) for name, one in settings.byproducts.items())


def _metal_jpy(settings: Settings, pack: Any) -> float:
    """Return what the metals refined from a tonne of packs sell for, at the price level of the settings."""
    prices = settings.price_levels[settings.market.price_level].usd_per_t
    inside = pack.other_metal_t_per_t.get(settings.materials.contents, pack.metal_t_per_t)
    recovered = {
        key: float(inside.get(key, 0.0)) * float(metal.recovery_t_per_t) for key, metal in settings.metals.items()
    }
    return sum(tonnes * float(prices[key]) for key, tonnes in recovered.items()) * float(settings.market.jpy_per_usd)


def _compare(
    name: object, row: Row, column: str, wanted: float | tuple[float, float], rounding: float
) -> Iterator[str]:
    """Yield a sentence if the value of a column is not the wanted one, or not between two; NaN never is."""
    low, high = wanted if isinstance(wanted, tuple) else (wanted, wanted)
    found, slack = float(row[column]), rounding + RELATIVE * abs(high)
    if not low - slack <= found <= high + slack:
        told = f"{low:,.12g}" if low == high else f"from {low:,.12g} to {high:,.12g}"
        yield f"{column} of {name} is {found:,.12g}, by the plain formula {told}"


def _compare_carbon(name: str, lane: Row, column: str, settings: Settings) -> Iterator[str]:
    """Compare what is paid for the CO2 of a lane with what the lane emits, known to the gram."""
    jpy_per_kg = float(settings.carbon.price_jpy_per_t) / 1000
    kg = float(lane["co2_kg"])
    yield from _compare(name, lane, column, jpy_per_kg * kg, YEN + jpy_per_kg * (ROUNDED + SINGLE * kg))


SAMPLED_CHECKS = {
    "sampled-freight": check_sampled_freight,
    "sampled-plants": check_sampled_plants,
    "sampled-tonnes": check_sampled_tonnes,
}
