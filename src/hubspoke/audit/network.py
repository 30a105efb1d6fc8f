"""Checks of a plan against the network it was made for: names, tonnes, sizes, lanes and every cost term."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

import numpy as np

from hubspoke.audit.alternatives import check_alternatives
from hubspoke.audit.case import MEASURED, TONNES, YEN, compare_numbers, compare_texts, find_sizes
from hubspoke.audit.table import is_among
from hubspoke.plan.columns import given_columns
from hubspoke.settings.technologies import split_technologies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from hubspoke.audit.case import Case
    from hubspoke.audit.table import Table
    from hubspoke.base.arrays import Ints
    from hubspoke.costs.costs import Costs
    from hubspoke.inputs.network import Network
    from hubspoke.settings.plants import Technology


FLOAT32 = 1e-5
"""Relative error allowed in what lanes keep to seven digits."""


def _inputs(case: Case) -> tuple[Network, Costs, tuple[Ints, Ints], tuple[Ints, Ints, Ints]]:
    """Return network, costs, and the rows of assignments and flows."""
    lanes = (case.site, case.hub)
    flows = (case.flow_hub, case.flow_refinery, case.flow_grade)
    return (
        cast("Network", case.network),
        cast("Costs", case.costs),
        cast("tuple[Ints, Ints]", lanes),
        cast("tuple[Ints, Ints, Ints]", flows),
    )


def _landings(case: Case) -> tuple[Ints, Ints]:
    """Return the rows of sources abroad and ports."""
    return cast("Ints", case.source), cast("Ints", case.port)


def check_known_ids(case: Case) -> Iterator[str]:
    """Check that the plan speaks of the sites, plants and grades of the network, and of all of them."""
    _, _, lanes, flows = _inputs(case)
    landings, known = _landings(case), case.known
    for what, rows, names in (
        ("site", lanes[0], case.lanes["site_id"]),
        ("site", cast("Ints", case.left_site), case.left_out["site_id"]),
        ("hub", lanes[1], case.lanes["hub_id"]),
        ("hub", flows[0], case.flows["hub_id"]),
        ("refinery", flows[1], case.flows["refinery_id"]),
        ("grade", flows[2], case.flows["grade"]),
        ("source abroad", landings[0], case.imports["source_id"]),
        ("port", landings[1], case.imports["port_id"]),
    ):
        for name in sorted(set(names[rows < 0])):
            yield f"the network has no {what} {name!r}"
    for name in sorted(set(known["sites"]["id"].tolist()) - set(case.assignments["site_id"].tolist())):
        yield f"site {name} is missing"
    for name in sorted(set(known["overseas"]["id"].tolist()) - set(case.imports["source_id"].tolist())):
        yield f"source abroad {name} is missing"
    for what, table, listed in (
        ("hub", case.hubs, known["hubs"]),
        ("refinery", case.refineries, known["refineries"]),
    ):
        if table["id"].tolist() != listed["id"].tolist():
            wrong = sorted(set(table["id"].tolist()) ^ set(listed["id"].tolist()))
            yield f"the table lists other plants than the network, or in another order: {what} {', '.join(wrong[:5])}"


def check_descriptions(case: Case) -> Iterator[str]:
    """Check that names, places and regions are those of the network."""
    _, _, lanes, (origin, _, _) = _inputs(case)
    flows, given = case.flows, case.known
    from_kind = np.where(origin < len(given["hubs"]), "hub", "port")
    yield from compare_texts("from_kind", flows["hub_id"], flows["from_kind"], from_kind)
    for table, rows in ((case.lanes, lanes[0]), (case.left_out, cast("Ints", case.left_site))):
        yield from _compare_given("assignments", table, "sites", given["sites"], rows)
    for kind, plants in (("hubs", case.hubs), ("refineries", case.refineries)):
        known = given[kind]
        yield from _compare_given(kind, plants, kind, known)
        built = (plants["size_t"] > 0).tolist()
        columns = (column.tolist() for column in (plants["id"], plants["technology"], known["technology"]))
        for name, used, cell, stands in zip(*columns, built, strict=True):
            if used not in (split_technologies(cell) if stands else (cell,)):
                yield f"technology of {name} is {used!r}, expected {' or '.join(split_technologies(cell))}"


def check_imports(case: Case) -> Iterator[str]:
    """Check that what lands is what the sources abroad give, with their names, places, sea lanes and every term."""
    _, costs, _, _ = _inputs(case)
    source, port = _landings(case)
    table, abroad = case.imports, case.known["overseas"]
    yield from _compare_given("imports", table, "overseas", abroad, source)
    yield from _compare_given("imports", table, "ports", case.known["ports"], port)
    share, names = table.floats("share"), table["source_id"]
    landed = abroad.floats("black_mass_t")[source] * share
    yield from compare_numbers("mass_t", names, table["mass_t"], landed, within=TONNES)
    kg = costs.overseas.co2_kg_per_t[source, port] * landed
    yield from compare_numbers("co2_kg", names, table["co2_kg"], kg, within=MEASURED)
    km = costs.overseas.distance_km[source, port]
    yield from compare_numbers("distance_km", names, table["distance_km"], km, within=MEASURED)
    for name, values in costs.import_terms(source, port).items():
        yield from _compare_term(table, name, values * share)


def check_supply(case: Case) -> Iterator[str]:
    """Check that masses are the network's supply, class by class."""
    network, _, lanes, _ = _inputs(case)
    table, supply = case.lanes, network.supply_t(case.plan.year)
    left = supply.sum(axis=1)[cast("Ints", case.left_site)] * case.left_out.floats("share")
    yield from compare_numbers("unserved_t", case.left_out["site_id"], case.left_out["unserved_t"], left, within=TONNES)
    for index, name in enumerate(network.classes):
        wanted = supply[lanes[0], index] * table.floats("share")
        yield from compare_numbers(f"{name}_t", table["site_id"], table[f"{name}_t"], wanted, within=TONNES)


def check_sizes(case: Case) -> Iterator[str]:
    """Check that capacities are sizes that the plants can take."""
    network, costs, _, _ = _inputs(case)
    given = set(network.given_sizes["plant_id"].tolist())
    settings = network.settings
    technologies: tuple[Mapping[str, Technology], ...] = (settings.hub_technologies, settings.takers)
    basis = np.where(network.furnaces, 1.0, costs.refining_scale)  # limits are stated for that many tonnes of one
    at_hubs, at_refineries = costs.hub_technology, costs.refinery_technology
    for plants, known, steps, technology, chosen, stated in (
        (case.hubs, case.known["hubs"], costs.hub_steps, technologies[0], at_hubs, 1.0),
        (
            case.refineries,
            case.known["refineries"],
            costs.refinery_steps,
            technologies[1],
            at_refineries,
            basis,
        ),
    ):
        names, size_t, load = plants["id"], plants.floats("size_t"), plants.floats("load_t")
        every = list(technology.values())
        largest = [float(every[at].largest_t_per_yr or np.inf) for at in chosen.tolist()]
        limit = np.minimum(known.floats("max_t"), np.array(largest, np.float64)) / stated
        size = find_sizes(plants, steps, chosen)
        for at in np.flatnonzero((size_t != 0) & (size < 0)).tolist():
            yield f"{names[at]} has no size of {size_t[at]:,.6g} t"
        own = ~is_among(names, given)
        for at in np.flatnonzero(own & (load > limit * (1 + 1e-9) + 2 * TONNES)).tolist():
            yield f"{names[at]} may take {limit[at]:,.6g} t and takes {load[at]:,.6g} t"
        room = np.where(size >= 0, steps.capacity[np.arange(len(size)), np.maximum(size, 0)], 0.0)
        for at in np.flatnonzero((size >= 0) & (load > room * (1 + 1e-9) + 2 * TONNES)).tolist():
            yield f"{names[at]} takes {load[at]:,.6g} t, more than the {room[at]:,.6g} t of its size"
        available = float(settings.sizes.availability)
        stands = is_among(known["technology"], settings.furnaces)
        wanted = np.where(own & ~stands, load / available, room)
        yield from compare_numbers("capacity_t", names, plants["capacity_t"], wanted, within=TONNES)
        standing = known.floats("existing_t") / stated
        kept = plants["technology"] == known["existing_technology"]
        added = np.where(stands, 0.0, np.maximum(wanted - np.where(kept, standing, 0.0), 0.0))
        yield from compare_numbers("added_t", names, plants["added_t"], added, within=TONNES)


def check_lanes(case: Case) -> Iterator[str]:
    """Check that distances, hours, trips, trucks and CO2 are those of the lanes."""
    network, costs, (site, hub), (flow_hub, refinery, _) = _inputs(case)
    lanes, table, flows = costs.lanes, case.lanes, case.flows
    for at in np.flatnonzero(~lanes.reachable[site, hub]).tolist():
        yield f"there is no lane from {table['site_id'][at]} to {table['hub_id'][at]}"
    for at in np.flatnonzero(~lanes.transfer_reachable[flow_hub, refinery]).tolist():
        yield f"there is no lane from {flows['hub_id'][at]} to {flows['refinery_id'][at]}"
    share, tonnes = table.floats("share"), flows.floats("mass_t")
    trucks = np.array([*network.settings.trucks, ""], object)[lanes.truck[site, hub]]
    yield from compare_texts("truck", table["site_id"], table["truck"], trucks)
    wanted = (
        (table, "distance_km", lanes.distance_km[site, hub]),
        (table, "ferry_km", lanes.ferry_km[site, hub]),
        (table, "hours", lanes.hours[site, hub]),
        (table, "trips_per_yr", lanes.trips_per_yr[site, hub] * share),
        (table, "co2_kg", lanes.co2_kg_per_yr[site, hub] * share),
        (flows, "distance_km", lanes.transfer_distance_km[flow_hub, refinery]),
        (flows, "ferry_km", lanes.transfer_ferry_km[flow_hub, refinery]),
        (flows, "hours", lanes.transfer_hours[flow_hub, refinery]),
        (flows, "co2_kg", lanes.transfer_co2_kg_per_t[flow_hub, refinery] * tonnes),
        (case.hubs, "co2_kg", case.hubs["load_t"] * costs.hub_co2_kg_per_t),
        (case.refineries, "co2_kg", case.refineries["load_t"] * costs.refinery_co2_kg_per_t),
    )
    for told, column, values in wanted:
        yield from compare_numbers(column, told.key, told[column], values, within=MEASURED, relative=FLOAT32)


def check_cost_terms(case: Case) -> Iterator[str]:
    """Check that every cost term, and what scrap sells for, is what computing it again gives, pair by pair."""
    _, costs, lanes, flows = _inputs(case)
    share, tonnes = case.lanes.floats("share"), case.flows.floats("mass_t")
    for name, values in costs.collection_terms(*lanes).items():
        yield from _compare_term(case.lanes, name, values * share)
    sales = {"byproduct_sales": costs.byproduct_sales_jpy_per_yr, "metal_sales": costs.metal_sales_jpy_per_yr}
    for name, values in sales.items():
        yield from _compare_term(case.lanes, name, values[lanes[0]] * share)
    left, part = cast("Ints", case.left_site), case.left_out.floats("share")
    yield from _compare_term(case.left_out, "sales_forgone", costs.sales_jpy_per_yr[left] * part)
    penalty = costs.mass_t[left] * part * (case.rules.shortfall_jpy_per_t or 0.0)
    yield from _compare_term(case.left_out, "shortfall", penalty)
    for name in costs.collection_terms(*lanes):
        yield from _compare_term(case.left_out, name, np.zeros(len(left)))
    for name, values in costs.transfer_terms(*flows).items():
        yield from _compare_term(case.flows, name, values * tonnes)
    refinery_size = find_sizes(case.refineries, costs.refinery_steps, costs.refinery_technology)
    shares = costs.shares_ground(refinery_size >= 0)
    for plants, size, terms_of in (
        (
            case.hubs,
            find_sizes(case.hubs, costs.hub_steps, costs.hub_technology),
            partial(costs.hub_step_terms, shares=shares),
        ),
        (case.refineries, refinery_size, costs.refinery_step_terms),
    ):
        built = size >= 0
        terms = terms_of(np.arange(len(size)), np.maximum(size, 0), plants.floats("load_t"))
        for name, values in terms.items():
            yield from _compare_term(plants, name, np.where(built, values, 0.0))


def _compare_given(
    name: str, table: Table, source: str, known: Table, rows: Ints | slice = slice(None)
) -> Iterator[str]:
    """Compare what a table of a plan repeats of a table of the input with the rows it has it from."""
    for column, given in given_columns(name, source):
        if column.kind == "text":
            yield from compare_texts(column.name, table.key, table[column.name], known[given][rows])
        else:
            told, stated = table.floats(column.name), known.floats(given)[rows]
            empty = np.isnan(told) & np.isnan(stated)  # a limit that is not set
            told, stated = (np.where(empty, 0.0, values) for values in (told, stated))
            yield from compare_numbers(column.name, table.key, told, stated, within=0.0)


def _compare_term(table: Table, name: str, wanted: NDArray[np.float64]) -> Iterator[str]:
    column = f"{name}_jpy"
    yield from compare_numbers(column, table.key, table[column], wanted, within=YEN)


NETWORK_CHECKS: dict[str, Callable[[Case], Iterable[str]]] = {
    "known-ids": check_known_ids,
    "descriptions": check_descriptions,
    "supply": check_supply,
    "landings": check_imports,
    "sizes": check_sizes,
    "lanes": check_lanes,
    "cost-terms": check_cost_terms,
    "alternatives": check_alternatives,
}
"""By the name they are reported under."""
