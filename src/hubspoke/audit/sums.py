"""Checks of a plan that its own tables, settings and options decide."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.audit.case import MEASURED, TONNES, YEN, compare_numbers, compare_texts, sums_by
from hubspoke.base.status import Status
from hubspoke.costs.costs import TERMS
from hubspoke.costs.metals import metal_prices_jpy_per_t
from hubspoke.costs.rates import FURNACE_RATES
from hubspoke.engine.solution.solution import EXACT_GAP, relative_gap
from hubspoke.plan.metal_flows import tabulate_metals
from hubspoke.planning.formulation.objective import UNITS
from hubspoke.planning.tables.tabulate import FURNACE
from hubspoke.settings.materials import BLACK_MASS
from hubspoke.words.commodity import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hubspoke.audit.case import Case
    from hubspoke.plan.plan import Plan
    from hubspoke.settings.rules import Limits

UNIT = 1.0
"""Rounding allowed in the sum of a whole plan, yen or kg."""
BUILT = ("open", "idle")
STATES = (*BUILT, FURNACE, "not_chosen", "closed")


def check_sites_served(case: Case) -> Iterator[str]:
    """Check that every site is served once, or left out where the rules allow it."""
    table = case.plan.assignments
    total = table.groupby("site_id")["share"].sum()
    yield from compare_numbers("share", total.index, total, np.ones(len(total)), within=1e-9)
    for row in table[~((table["share"] > 0) & (table["share"] <= 1 + 1e-9))].itertuples():
        yield f"site {row.site_id} sends a share of {row.share} to {row.hub_id}"
    for row in table[table.duplicated(["site_id", "hub_id"])].itertuples():
        yield f"site {row.site_id} is listed twice with {row.hub_id}"
    for row in case.left_out.itertuples():
        if not case.rules.may_leave_out:
            yield f"site {row.site_id} is left out, and every site must be served"
    for table, columns in (
        (case.left_out, ("mass_t", "byproduct_sales_jpy", "metal_sales_jpy", "co2_kg")),
        (case.lanes, ("unserved_t", "shortfall_jpy", "sales_forgone_jpy")),
    ):
        for column in columns:
            yield from compare_numbers(column, table["site_id"], table[column], np.zeros(len(table)), within=0.0)


def check_single_sourcing(case: Case) -> Iterator[str]:
    """Check that no site is divided where the rules forbid it."""
    hubs = case.lanes.groupby("site_id")["hub_id"].nunique()
    for site, count in hubs[hubs > 1].items() if case.rules.single_sourcing else ():
        yield f"site {site} delivers to {count} hubs"


def check_open_plants(case: Case) -> Iterator[str]:
    """Check that only open plants are used, and states say what capacity and load say."""
    plan = case.plan
    for kind, plants, used in (
        ("hub", plan.hubs, (case.lanes["hub_id"], plan.flows.loc[plan.flows["from_kind"] == "hub", "hub_id"])),
        ("refinery", plan.refineries, (plan.flows["refinery_id"],)),
    ):
        for name in plants.loc[plants["id"].duplicated(), "id"]:
            yield f"{kind} {name} is listed twice"
        at_work = set(plants.loc[plants["state"].isin((*BUILT, FURNACE)), "id"])  # idle: sites of no weight
        for name in sorted(set().union(*used) - at_work):
            yield f"{kind} {name} is used and not open"
        built, loaded = plants["capacity_t"] > 0, plants["load_t"] > 0
        state = plants["state"].to_numpy(object)
        idle_or_not = np.where(built, "idle", np.where(state == "closed", "closed", "not_chosen"))
        takes = np.where(plants["technology"].isin(plan.settings.furnaces), FURNACE, "open")
        yield from compare_texts(f"state of {kind}", plants["id"], state, np.where(loaded, takes, idle_or_not))


def check_loads(case: Case) -> Iterator[str]:
    """Check that loads, counts and utilisation of plants are the sums of what goes in and out."""
    plan = case.plan
    hubs, refineries, flows, lanes = plan.hubs, plan.refineries, plan.flows, plan.assignments
    from_hubs = flows[flows["from_kind"] == "hub"]
    classes = lanes[[f"{name}_t" for name in plan.settings.classes]].sum(axis=1)
    yield from compare_numbers("mass_t", lanes["site_id"], lanes["mass_t"], classes, within=TONNES)
    sums = (
        (hubs, "load_t", sums_by(lanes["hub_id"], lanes["mass_t"], hubs["id"])),
        (hubs, "black_mass_t", sums_by(flows["hub_id"], flows["mass_t"], hubs["id"])),
        (refineries, "load_t", sums_by(flows["refinery_id"], flows["mass_t"], refineries["id"])),
        (hubs, "sites", hubs["id"].map(lanes.groupby("hub_id")["site_id"].nunique()).fillna(0)),
        (refineries, "hubs", refineries["id"].map(from_hubs.groupby("refinery_id")["hub_id"].nunique()).fillna(0)),
    )
    for plants, column, wanted in sums:
        yield from compare_numbers(column, plants["id"], plants[column], wanted, within=TONNES)
    for plants in (hubs, refineries):
        used = (plants["load_t"] / plants["capacity_t"].where(plants["capacity_t"] > 0)).fillna(0.0)
        yield from compare_numbers("utilisation", plants["id"], plants["utilisation"], used, within=1e-9)


def check_capacity(case: Case) -> Iterator[str]:
    """Check that no plant takes in more than its capacity."""
    for plants in (case.plan.hubs, case.plan.refineries):
        over = plants["load_t"] > plants["capacity_t"] * (1 + 1e-9) + 2 * TONNES
        for row in plants[over].itertuples():
            yield f"{row.id} takes in {row.load_t:,.6f} t, more than its {row.capacity_t:,.6f} t"


def check_black_mass(case: Case) -> Iterator[str]:
    """Check that the black mass that leaves a hub is what its packs give, grade by grade."""
    plan = case.plan
    for row in plan.flows[~(plan.flows["mass_t"] > 0)].itertuples():
        yield f"the flow from {row.hub_id} to {row.refinery_id} is {row.mass_t} t"
    for row in plan.flows[plan.flows.duplicated(["hub_id", "refinery_id", "grade"])].itertuples():
        yield f"the flow of {row.grade} from {row.hub_id} to {row.refinery_id} is listed twice"
    for grade in plan.settings.grades:
        made = pd.Series(0.0, plan.assignments.index)
        for name, pack in plan.settings.classes.items():
            if pack.grade == grade:
                outputs = pack.yields_t_per_t[plan.settings.materials.yields]
                made += plan.assignments[f"{name}_t"] * float(outputs.get(BLACK_MASS, 0.0))
        wanted = sums_by(plan.assignments["hub_id"], made, plan.hubs["id"])
        sent = plan.flows[plan.flows["grade"] == grade]
        found = sums_by(sent["hub_id"], sent["mass_t"], plan.hubs["id"])
        yield from compare_numbers(f"{grade} black mass", plan.hubs["id"], found, wanted, within=TONNES)


def check_imports(case: Case) -> Iterator[str]:
    """Check that all black mass from abroad lands, and leaves its port as it came."""
    imports, flows = case.plan.imports, case.plan.flows
    total = imports.groupby("source_id")["share"].sum()
    yield from compare_numbers("share", total.index, total, np.ones(len(total)), within=1e-9)
    for row in imports[~((imports["share"] > 0) & (imports["share"] <= 1 + 1e-9))].itertuples():
        yield f"{row.source_id} lands a share of {row.share} at {row.port_id}"
    for name in imports.loc[imports.duplicated(["source_id", "port_id"]), "source_id"]:
        yield f"{name} is listed twice with a port"
    known = {name: pack.grade for name, pack in case.plan.settings.classes.items()}
    yield from compare_texts("grade", imports["source_id"], imports["grade"], imports["class"].map(known))
    out = flows[flows["from_kind"] == "port"]
    landed = imports.groupby(["port_id", "grade"])["mass_t"].sum()
    sent = out.groupby(["hub_id", "grade"])["mass_t"].sum()
    keys = sorted(set(landed.index) | set(sent.index))
    found, wanted = ([float(sums.get(key, 0.0)) for key in keys] for sums in (sent, landed))
    yield from compare_numbers("black mass", [" ".join(key) for key in keys], found, wanted, within=TONNES)


def check_borders(case: Case) -> Iterator[str]:
    """Check that nothing crosses a border that the policy closes."""
    plan = case.plan
    hub_region = _homes(plan)
    if not case.rules.packs_cross_borders:
        abroad = case.lanes[case.lanes["region"] != case.lanes["hub_id"].map(hub_region)]
        for row in abroad.itertuples():
            yield f"site {row.site_id} of {row.region} delivers to {row.hub_id} in another region"
    if not case.rules.black_mass_crosses_borders:
        home = plan.flows["refinery_id"].map(plan.refineries.set_index("id")["region"])
        for row in plan.flows[plan.flows["hub_id"].map(hub_region) != home].itertuples():
            yield f"black mass of {row.hub_id} goes to {row.refinery_id} in another region"


def check_counts(case: Case) -> Iterator[str]:
    """Check that as many plants are open in each region, and in all, as the policy allows."""
    plan, rules = case.plan, case.rules
    with_sites = set(plan.assignments["region"])
    for kind, plants, each, total in (
        ("hubs", plan.hubs, rules.hubs_per_region, rules.hubs_in_total),
        ("refineries", plan.refineries, rules.refineries_per_region, rules.refineries_in_total),
    ):
        built = plants[plants["state"].isin(BUILT)]
        for region in sorted(with_sites | set(plants["region"])):
            limits = each if region in with_sites else (0, each[1])
            yield from _compare_count(f"{region}: open {kind}", int((built["region"] == region).sum()), limits)
        yield from _compare_count(f"open {kind} in total", len(built), total)


def _compare_count(what: str, count: int, limits: Limits) -> Iterator[str]:
    fewest, most = limits
    if count < fewest or (most is not None and count > most):
        yield f"{what}: {count}, allowed {fewest} to {'any' if most is None else most}"


def check_floors(case: Case) -> Iterator[str]:
    """Check that every open plant takes in as much as the policy asks for at least."""
    for plants, floor in (
        (case.plan.hubs, case.rules.hub_floor_t),
        (case.plan.refineries, case.rules.refinery_floor_t),
    ):
        low = plants["state"].isin(BUILT) & (plants["load_t"] < floor - TONNES)
        for row in plants[low].itertuples():
            yield f"{row.id} takes in {row.load_t:,.1f} t/yr, and must take {floor:,.1f} to be open"


def check_haul(case: Case) -> Iterator[str]:
    """Check that no site is farther from its hub than the policy allows."""
    limit = case.rules.longest_haul_km
    if limit is not None:
        table = case.lanes
        for row in table[~(table["distance_km"] <= limit + MEASURED)].itertuples():
            yield f"site {row.site_id} is {row.distance_km:,.1f} km from {row.hub_id}, allowed {limit:g}"


def check_forced(case: Case) -> Iterator[str]:
    """Check that plants that had to be open are, and closed ones are not."""
    opened, closed = set(case.plan.options.get("open", ())), set(case.plan.options.get("close", ()))
    for plants in (case.plan.hubs, case.plan.refineries):
        for row in plants.itertuples():
            built = row.state in BUILT
            if row.id in opened and not built:
                yield f"{row.id} had to be open and is {row.state}"
            if built and (row.id in closed or (row.status == "closed" and row.id not in opened)):
                yield f"{row.id} had to stay closed and is {row.state}"


def check_shared_ground(case: Case) -> Iterator[str]:
    """Check that a hub saves its shares of fixed cost where a refinery of its ground is built, and nothing else."""
    hubs, terms = case.plan.hubs, case.plan.settings.shared_ground
    refineries = case.plan.refineries
    grounds = set(refineries.loc[refineries["state"].isin(BUILT) & ~case.plan.furnaces, "ground"]) - {""}
    shares = hubs["ground"].isin(grounds) & hubs["state"].isin(BUILT)
    saved = (
        float(terms.capital_share) * hubs["hub_capital_jpy"]
        + float(terms.maintenance_share) * hubs["hub_maintenance_jpy"]
        + float(terms.labour_share) * hubs["hub_labour_jpy"]
    )
    yield from compare_numbers(
        "hub_shared_jpy", hubs["id"], hubs["hub_shared_jpy"], -saved.where(shares, 0.0), within=YEN
    )


def check_sums(case: Case) -> Iterator[str]:
    """Check that the cost of every row is the sum of its terms, and the costs table the sum of the rows."""
    plan = case.plan
    names = [term.name for term in TERMS if term.name not in FURNACE_RATES or plan.furnaces.any()]
    home = _homes(plan)
    flows = plan.flows.assign(region=plan.flows["hub_id"].map(home))
    tables = [plan.assignments, plan.hubs, plan.imports, flows, plan.refineries]
    total = dict.fromkeys(product(names, plan.regions["region"]), 0.0)
    for table in tables:
        columns = [name for name in names if f"{name}_jpy" in table]
        terms = table[[f"{name}_jpy" for name in columns]].sum(axis=1)
        yield from compare_numbers("cost_jpy", table.iloc[:, 0], table["cost_jpy"], terms, within=YEN)
        for name in columns:
            for region, cost in table.groupby("region")[f"{name}_jpy"].sum().items():
                total[name, str(region)] = total.get((name, str(region)), 0.0) + float(cost)
    rows = list(zip(plan.costs["term"], plan.costs["region"], strict=True))
    if len(set(rows)) != len(rows) or set(rows) != set(total):
        yield "costs.csv does not hold each term and region once"
        return
    recounted = [total[row] for row in rows]
    yield from compare_numbers(
        "cost", [" in ".join(row) for row in rows], plan.costs["cost_jpy"], recounted, within=1.0
    )
    for lang in ("en", "ja"):
        labels = {term.name: say(getattr(term, f"label_{lang}"), plan.settings, lang) for term in TERMS}
        yield from compare_texts(
            "label", plan.costs["term"], plan.costs[f"label_{lang}"], plan.costs["term"].map(labels)
        )
    per_t = (plan.assignments["cost_jpy"] / plan.assignments["mass_t"].where(plan.assignments["mass_t"] > 0)).fillna(
        0.0
    )
    yield from compare_numbers(
        "cost_jpy_per_t", plan.assignments["site_id"], plan.assignments["cost_jpy_per_t"], per_t, within=YEN
    )


def check_objective(case: Case) -> Iterator[str]:
    """Check that costs, sales or CO2 add up to the objective, to the yen or kg."""
    plan = case.plan
    if plan.objective != case.rules.objective:
        yield f"the objective is {plan.objective!r}, that of the policy {case.rules.objective!r}"
    if plan.objective == "co2":
        yield from compare_numbers("sum", ["CO2"], [plan.co2_kg], [plan.objective_value], within=UNIT)
        yield from compare_numbers("sum", ["regions"], [plan.regions["cost_jpy"].sum()], [plan.cost_jpy], within=UNIT)
        return
    sold = plan.sales_jpy if plan.objective == "profit" else 0.0
    for name, table in (("costs", plan.costs), ("regions", plan.regions)):
        cost = float(table["cost_jpy"].sum())
        made = sold - cost if plan.objective == "profit" else cost
        yield from compare_numbers("sum", [name], [made], [plan.objective_value], within=UNIT)


def check_bound(case: Case) -> Iterator[str]:
    """Check that the bound is no worse than the objective; gap and status follow from the two."""
    plan = case.plan
    least, bound = plan.objective_value, plan.bound_value
    if plan.objective == "profit":  # told as sales less cost; proven of cost and forgone sales together
        forgone = float(plan.assignments["sales_forgone_jpy"].sum() + _sales_lost(plan).sum())
        least, bound = plan.cost_jpy + forgone, plan.cost_jpy + forgone - (plan.bound_value - plan.objective_value)
    if not bound <= least + YEN:
        unit = UNITS[plan.objective]
        yield f"the bound of {plan.bound_value:,.2f} {unit} is worse than the objective of {plan.objective_value:,.2f}"
    gap = relative_gap(least, bound)
    if not (plan.gap == gap or abs(plan.gap - gap) <= EXACT_GAP):
        yield f"the gap is {plan.gap}, recounted {gap}"
    asked = max(float(plan.options["gap"]), EXACT_GAP)
    status = Status.OPTIMAL if gap <= asked else Status.FEASIBLE
    if plan.status is not status and abs(gap - asked) > EXACT_GAP * asked:  # at the very gap either word is right
        yield f"the status is {plan.status}, recounted {status}"


def check_regions(case: Case) -> Iterator[str]:
    """Check that the regions table holds the sums of the others."""
    plan = case.plan
    regions, lanes, flows = plan.regions, plan.assignments, plan.flows
    names, home = regions["region"], flows["hub_id"].map(_homes(plan))
    built = [plants[plants["state"].isin(BUILT)] for plants in (plan.hubs, plan.refineries)]
    sites = case.lanes.drop_duplicates("site_id")
    transport = sums_by(lanes["region"], lanes["co2_kg"], names) + sums_by(home, flows["co2_kg"], names)
    transport += sums_by(plan.imports["region"], plan.imports["co2_kg"], names)
    processing = sum(sums_by(table["region"], table["co2_kg"], names) for table in (plan.hubs, plan.refineries))
    mass = sums_by(lanes["region"], lanes["mass_t"], names)
    cost = sums_by(plan.costs["region"], plan.costs["cost_jpy"], names)
    sales = [sums_by(lanes["region"], lanes[f"{kind}_sales_jpy"], names) for kind in ("byproduct", "metal")]
    from_hubs = flows["from_kind"] == "hub"
    sales[1] = sales[1] - sums_by(home[from_hubs], _sales_lost(plan)[from_hubs], names)
    wanted = {
        "sites": sums_by(sites["region"], pd.Series(1.0, sites.index), names),
        "mass_t": mass,
        "hubs": sums_by(built[0]["region"], pd.Series(1.0, built[0].index), names),
        "refineries": sums_by(built[1]["region"], pd.Series(1.0, built[1].index), names),
        "cost_jpy": cost,
        "cost_jpy_per_t": np.divide(cost, mass, out=np.zeros_like(cost), where=mass > 0),
        "unserved_t": sums_by(lanes["region"], lanes["unserved_t"], names),
        "byproduct_sales_jpy": sales[0],
        "metal_sales_jpy": sales[1],
        "profit_jpy": sales[0] + sales[1] - cost,
        "transport_t_km": sums_by(lanes["region"], lanes["mass_t"] * lanes["distance_km"], names),
        "black_mass_t_km": sums_by(home, flows["mass_t"] * flows["distance_km"], names),
        "transport_co2_t": transport / 1000,
        "processing_co2_t": processing / 1000,
        "co2_t": (transport + processing) / 1000,
    }
    for column, values in wanted.items():
        yield from compare_numbers(column, names, regions[column], values, within=1e-4)
    drawn = plan.outlines[plan.outlines["kind"] == "region"].set_index("id")
    for column in ("name_en", "name_ja"):
        told = [drawn[column].get(name, name) for name in names]
        yield from compare_texts(column, names, regions[column], told)


def check_furnaces(case: Case) -> Iterator[str]:
    """Check that all is refined where it must be, and what black mass loses in electric furnaces."""
    plan = case.plan
    furnaces = plan.refineries.loc[plan.furnaces, "id"]
    if plan.settings.policy.refine_all:
        for name in furnaces:
            yield f"{name} is an electric furnace, and all black mass must be refined"
    if furnaces.empty:
        return
    flows, settings = plan.flows, plan.settings
    to_furnace = flows["refinery_id"].isin(furnaces)
    yield from compare_numbers(
        "sales_lost_jpy",
        flows["hub_id"],
        _sales_lost(plan)[~to_furnace],
        np.zeros(int((~to_furnace).sum())),
        within=0.0,
    )
    metals = tabulate_metals(plan).groupby(["hub_id", "refinery_id", "grade", "metal"])[["contained_t"]].sum()
    technology = dict(zip(plan.refineries["id"], plan.refineries["technology"], strict=True))
    prices = dict(zip(settings.metals, metal_prices_jpy_per_t(settings).tolist(), strict=True))
    for row in flows[to_furnace].to_dict("records"):
        furnace, wanted = settings.furnaces[technology[row["refinery_id"]]], 0.0
        for name, metal in settings.metals.items():
            held = float(metals["contained_t"].get((row["hub_id"], row["refinery_id"], row["grade"], name), 0.0))
            paid = float(furnace.alloyed_t_per_t.get(name, 0.0)) * float(furnace.alloy_price_share.get(name, 0.0))
            wanted += held * prices[name] * (float(metal.recovery_t_per_t) - paid)
        lane = [f"{row['hub_id']} to {row['refinery_id']}"]
        yield from compare_numbers("sales_lost_jpy", lane, [row["sales_lost_jpy"]], [wanted], within=YEN)


def _sales_lost(plan: Plan) -> pd.Series:
    """Give what the metals of each flow sell for less than after refining."""
    lost: pd.Series = plan.flows.get("sales_lost_jpy", pd.Series(0.0, plan.flows.index))
    return lost


def _homes(plan: Plan) -> pd.Series:
    """Give the region of every hub and port, by id."""
    ports = plan.imports.drop_duplicates("port_id").set_index("port_id")["region"]
    homes: pd.Series = pd.concat([plan.hubs.set_index("id")["region"], ports])
    return homes


TABLE_CHECKS: dict[str, Callable[[Case], Iterable[str]]] = {
    "sites-served": check_sites_served,
    "single-sourcing": check_single_sourcing,
    "open-plants": check_open_plants,
    "loads": check_loads,
    "capacity": check_capacity,
    "black-mass": check_black_mass,
    "imports": check_imports,
    "borders": check_borders,
    "counts": check_counts,
    "haul": check_haul,
    "least-throughput": check_floors,
    "forced": check_forced,
    "furnaces": check_furnaces,
    "shared-ground": check_shared_ground,
    "sums": check_sums,
    "objective": check_objective,
    "bound": check_bound,
    "regions": check_regions,
}
"""By the name they are reported under."""
