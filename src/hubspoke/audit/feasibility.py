"""Whether a plan keeps its rules: service, capacity, balance, borders, counts, orders."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.audit.case import (
    MEASURED,
    TONNES,
    compare_numbers,
    compare_texts,
    count_by,
    homes_of,
    sums_by,
)
from hubspoke.audit.table import is_among, is_repeated, look_up, rows_where
from hubspoke.plan.states import BUILT, FURNACE
from hubspoke.settings.materials import BLACK_MASS
from hubspoke.settings.technologies import split_technologies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.audit.case import Case
    from hubspoke.audit.table import Table
    from hubspoke.settings.rules import Limits


def check_sites_served(case: Case) -> Iterator[str]:
    """Check that every site is served once, or left out where the rules allow it or it sends nothing."""
    table = case.assignments
    sites = table["site_id"][~is_repeated(table["site_id"])]
    total = sums_by(table["site_id"], table["share"], sites)
    yield from compare_numbers("share", sites, total, np.ones(len(total)), within=1e-9)
    for row in rows_where(table, ~((table["share"] > 0) & (table["share"] <= 1 + 1e-9))):
        yield f"site {row['site_id']} sends a share of {row['share']} to {row['hub_id']}"
    for row in rows_where(table, is_repeated(table["site_id"], table["hub_id"])):
        yield f"site {row['site_id']} is listed twice with {row['hub_id']}"
    missed = case.left_out["site_id"][case.left_out["unserved_t"] > 0]
    for site in () if case.rules.may_leave_out else missed:
        yield f"site {site} is left out, and every site must be served"
    for table, columns in (
        (case.left_out, ("mass_t", "byproduct_sales_jpy", "metal_sales_jpy", "co2_kg")),
        (case.lanes, ("unserved_t", "shortfall_jpy", "sales_forgone_jpy")),
    ):
        for column in columns:
            yield from compare_numbers(column, table["site_id"], table[column], np.zeros(len(table)), within=0.0)


def check_single_sourcing(case: Case) -> Iterator[str]:
    """Check that no site is divided where the rules forbid it."""
    if not case.rules.single_sourcing:
        return
    hubs: dict[str, set[str]] = defaultdict(set)
    for site, hub in zip(case.lanes["site_id"].tolist(), case.lanes["hub_id"].tolist(), strict=True):
        hubs[site].add(hub)
    for site in sorted(site for site, found in hubs.items() if len(found) > 1):
        yield f"site {site} delivers to {len(hubs[site])} hubs"


def check_recovery(case: Case) -> Iterator[str]:
    """Check that what takes black mass recovers as much of every metal as the policy asks for."""
    settings, used = case.plan.settings, case.refineries
    for plant in rows_where(used, is_among(used["state"], (*BUILT, FURNACE))):
        technology = settings.refinery_technologies.get(str(plant["technology"]))
        for metal, least in settings.policy.least_recovery_t_per_t.items():
            usual = settings.metals[metal].recovery_t_per_t
            share = 0.0 if technology is None else float(technology.recovery_t_per_t.get(metal, usual))
            if share < float(least):
                yield f"{plant['id']} recovers {100 * share:g} % of {metal}, and {100 * least:g} % are asked"


def check_open_plants(case: Case) -> Iterator[str]:
    """Check that only open plants are used, and states say what capacity and load say."""
    flows = case.flows
    for kind, plants, used in (
        ("hub", case.hubs, (case.lanes["hub_id"], flows["hub_id"][flows["from_kind"] == "hub"])),
        ("refinery", case.refineries, (flows["refinery_id"],)),
    ):
        for name in plants["id"][is_repeated(plants["id"])].tolist():
            yield f"{kind} {name} is listed twice"
        state = plants["state"]
        at_work = set(plants["id"][is_among(state, (*BUILT, FURNACE))].tolist())  # idle: sites of no weight
        for name in sorted(set().union(*(column.tolist() for column in used)) - at_work):
            yield f"{kind} {name} is used and not open"
        built, loaded = plants["size_t"] > 0, plants["load_t"] > 0
        idle_or_not = np.where(built, "idle", np.where(state == "closed", "closed", "not_chosen"))
        takes = np.where(is_among(plants["technology"], case.plan.settings.furnaces), FURNACE, "open")
        yield from compare_texts(f"state of {kind}", plants["id"], state, np.where(loaded, takes, idle_or_not))
        for row in rows_where(plants, ~built & (plants.floats("subsidy_jpy") != 0)):
            yield f"{row['id']} is not built and gets a subsidy of {row['subsidy_jpy']:,.0f} yen"


def check_loads(case: Case) -> Iterator[str]:
    """Check that loads, counts and utilisation of plants are the sums of what goes in and out."""
    hubs, refineries, flows, lanes = case.hubs, case.refineries, case.flows, case.assignments
    served = ~is_repeated(lanes["hub_id"], lanes["site_id"])
    supplied = ~is_repeated(flows["refinery_id"], flows["hub_id"]) & (flows["from_kind"] == "hub")
    classes = np.sum([lanes.floats(f"{name}_t") for name in case.plan.settings.classes], axis=0)
    yield from compare_numbers("mass_t", lanes["site_id"], lanes["mass_t"], classes, within=TONNES)
    sums = (
        (hubs, "load_t", sums_by(lanes["hub_id"], lanes["mass_t"], hubs["id"])),
        (hubs, "black_mass_t", sums_by(flows["hub_id"], flows["mass_t"], hubs["id"])),
        (refineries, "load_t", sums_by(flows["refinery_id"], flows["mass_t"], refineries["id"])),
        (hubs, "sites", count_by(lanes["hub_id"][served], hubs["id"])),
        (refineries, "hubs", count_by(flows["refinery_id"][supplied], refineries["id"])),
    )
    for plants, column, wanted in sums:
        yield from compare_numbers(column, plants["id"], plants[column], wanted, within=TONNES)
    for plants in (hubs, refineries):
        load, capacity = plants.floats("load_t"), plants.floats("capacity_t")
        used = np.divide(load, capacity, out=np.zeros_like(load), where=capacity > 0)
        yield from compare_numbers("utilisation", plants["id"], plants["utilisation"], used, within=1e-9)


def check_capacity(case: Case) -> Iterator[str]:
    """Check that no plant takes in more than its capacity."""
    for plants in (case.hubs, case.refineries):
        over = plants["load_t"] > plants["capacity_t"] * (1 + 1e-9) + 2 * TONNES
        for row in rows_where(plants, over):
            yield f"{row['id']} takes in {row['load_t']:,.6f} t, more than its {row['capacity_t']:,.6f} t"


def check_black_mass(case: Case) -> Iterator[str]:
    """Check that the black mass that leaves a hub is what its packs give, grade by grade."""
    settings, flows, hubs = case.plan.settings, case.flows, case.hubs["id"]
    for row in rows_where(flows, ~(flows["mass_t"] > 0)):
        yield f"the flow from {row['hub_id']} to {row['refinery_id']} is {row['mass_t']} t"
    for row in rows_where(flows, is_repeated(flows["hub_id"], flows["refinery_id"], flows["grade"])):
        yield f"the flow of {row['grade']} from {row['hub_id']} to {row['refinery_id']} is listed twice"
    for grade in settings.grades:
        made = np.zeros(len(case.assignments))
        for name, pack in settings.classes.items():
            if pack.grade == grade:
                outputs = pack.yields_t_per_t[settings.materials.yields]
                made += case.assignments.floats(f"{name}_t") * float(outputs.get(BLACK_MASS, 0.0))
        wanted = sums_by(case.assignments["hub_id"], made, hubs)
        sent = flows["grade"] == grade
        found = sums_by(flows["hub_id"][sent], flows["mass_t"][sent], hubs)
        yield from compare_numbers(f"{grade} black mass", hubs, found, wanted, within=TONNES)


def check_imports(case: Case) -> Iterator[str]:
    """Check that all black mass from abroad lands, and leaves its port as it came."""
    imports, flows = case.imports, case.flows
    sources = imports["source_id"][~is_repeated(imports["source_id"])]
    total = sums_by(imports["source_id"], imports["share"], sources)
    yield from compare_numbers("share", sources, total, np.ones(len(total)), within=1e-9)
    for row in rows_where(imports, ~((imports["share"] > 0) & (imports["share"] <= 1 + 1e-9))):
        yield f"{row['source_id']} lands a share of {row['share']} at {row['port_id']}"
    for name in imports["source_id"][is_repeated(imports["source_id"], imports["port_id"])].tolist():
        yield f"{name} is listed twice with a port"
    known = {name: pack.grade for name, pack in case.plan.settings.classes.items()}
    yield from compare_texts("grade", imports["source_id"], imports["grade"], look_up(imports["class"], known))
    out = flows.take(flows["from_kind"] == "port")
    landed, sent = _sum_grades(imports, "port_id"), _sum_grades(out, "hub_id")
    keys = sorted(set(landed) | set(sent))
    found, wanted = ([sums.get(key, 0.0) for key in keys] for sums in (sent, landed))
    yield from compare_numbers("black mass", [" ".join(key) for key in keys], found, wanted, within=TONNES)


def _sum_grades(table: Table, key: str) -> dict[tuple[str, str], float]:
    """Sum tonnes by port and grade."""
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for port, grade, mass_t in zip(*(table[name].tolist() for name in (key, "grade", "mass_t")), strict=True):
        sums[port, grade] += mass_t
    return sums


def check_borders(case: Case) -> Iterator[str]:
    """Check that nothing crosses a border that the policy closes."""
    hub_region, lanes, flows = homes_of(case), case.lanes, case.flows
    if not case.rules.packs_cross_borders:
        for row in rows_where(lanes, lanes["region"] != look_up(lanes["hub_id"], hub_region)):
            yield f"site {row['site_id']} of {row['region']} delivers to {row['hub_id']} in another region"
    if not case.rules.black_mass_crosses_borders:
        home = dict(zip(case.refineries["id"].tolist(), case.refineries["region"].tolist(), strict=True))
        goes_to = look_up(flows["refinery_id"], home)
        for row in rows_where(flows, look_up(flows["hub_id"], hub_region) != goes_to):
            yield f"black mass of {row['hub_id']} goes to {row['refinery_id']} in another region"


def check_destinations(case: Case) -> Iterator[str]:
    """Check that black mass goes only to refineries that take its grade, and to countries that it may go to."""
    policy, plants, flows = case.plan.settings.policy, case.refineries, case.flows
    takes, lies_in = (
        dict(zip(plants["id"].tolist(), plants[name].tolist(), strict=True)) for name in ("grades", "country")
    )
    for plant, grade in sorted(set(zip(flows["refinery_id"].tolist(), flows["grade"].tolist(), strict=True))):
        taken, country = takes.get(plant, ""), lies_in.get(plant, "")
        if taken and grade not in split_technologies(taken):
            yield f"{plant} takes {taken}, and gets {grade}"
        if country and country not in policy.refine_abroad.get(grade, ()):
            yield f"{grade} goes to {plant} in {country}, where it may not go"


def check_counts(case: Case) -> Iterator[str]:
    """Check that as many plants are open in each region, and in all, as the policy allows."""
    rules = case.rules
    sites = case.assignments
    sending = set(
        sites["region"][sites["mass_t"] + sites["unserved_t"] > 0].tolist()
    )  # others need no plant of their own
    for kind, plants, each, total in (
        ("hubs", case.hubs, rules.hubs_per_region, rules.hubs_in_total),
        ("refineries", case.refineries, rules.refineries_per_region, rules.refineries_in_total),
    ):
        built = plants["region"][is_among(plants["state"], BUILT)]
        for region in sorted(sending | set(plants["region"].tolist())):
            limits = each if region in sending else (0, each[1])
            count = int((built == region).sum())
            if _is_beyond(count, limits):
                yield f"{count} {kind} are open in {region}, allowed {_tell_limits(limits)}"
        if _is_beyond(len(built), total):
            yield f"{len(built)} {kind} are open in total, allowed {_tell_limits(total)}"


def _is_beyond(count: int, limits: Limits) -> bool:
    fewest, most = limits
    return count < fewest or (most is not None and count > most)


def _tell_limits(limits: Limits) -> str:
    fewest, most = limits
    return f"{fewest} or more" if most is None else f"from {fewest} to {most}"


def check_floors(case: Case) -> Iterator[str]:
    """Check that every open plant takes in as much as the policy asks for at least."""
    for plants, floor in (
        (case.hubs, case.rules.hub_floor_t),
        (case.refineries, case.rules.refinery_floor_t),
    ):
        least = floor * (1 - 1e-9) - 2 * TONNES  # as at capacities: a billionth is what solvers leave
        low = is_among(plants["state"], BUILT) & (plants["load_t"] < least)
        for row in rows_where(plants, low):
            yield f"{row['id']} takes in {row['load_t']:,.1f} t/yr, and must take {floor:,.1f} to be open"


def check_haul(case: Case) -> Iterator[str]:
    """Check that no site is farther from its hub than the policy allows."""
    limit = case.rules.longest_haul_km
    if limit is not None:
        table = case.lanes
        for row in rows_where(table, ~(table["distance_km"] <= limit + MEASURED)):
            yield f"site {row['site_id']} is {row['distance_km']:,.1f} km from {row['hub_id']}, allowed {limit:g}"


def check_forced(case: Case) -> Iterator[str]:
    """Check that plants that had to be open are, and closed ones are not."""
    opened, closed = set(case.plan.options.get("open", ())), set(case.plan.options.get("close", ()))
    for plants in (case.hubs, case.refineries):
        for name, state, status in zip(*(plants[column].tolist() for column in ("id", "state", "status")), strict=True):
            built = state in BUILT
            if name in opened and not built:
                yield f"{name} had to be open and is {state}"
            if built and (name in closed or (status == "closed" and name not in opened)):
                yield f"{name} had to stay closed and is {state}"
