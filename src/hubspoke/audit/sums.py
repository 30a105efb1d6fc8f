"""Checks of a plan that its own tables, settings and options decide."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.audit.case import UNIT, YEN, compare_numbers, compare_texts, count_by, homes_of, sums_by
from hubspoke.audit.cost_line import cost_line
from hubspoke.audit.feasibility import (
    check_black_mass,
    check_borders,
    check_capacity,
    check_counts,
    check_destinations,
    check_floors,
    check_forced,
    check_haul,
    check_imports,
    check_loads,
    check_open_plants,
    check_recovery,
    check_single_sourcing,
    check_sites_served,
)
from hubspoke.audit.firmness import check_firmness
from hubspoke.audit.metals import check_content, check_furnaces, check_ores, find_furnaces, sales_lost
from hubspoke.audit.statement import check_statement
from hubspoke.audit.table import is_among, is_repeated, look_up
from hubspoke.base.status import EXACT_GAP, Status, relative_gap
from hubspoke.costs.rates import FURNACE_RATES
from hubspoke.costs.terms import IMPORT_TERMS, TERMS
from hubspoke.plan.states import BUILT
from hubspoke.settings.policy import UNITS
from hubspoke.words.commodity import in_commodity_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from hubspoke.audit.case import Case
    from hubspoke.audit.table import Table


def check_shared_ground(case: Case) -> Iterator[str]:
    """Check that a hub saves its shares of what its size class costs where its ground has a refinery, and no more."""
    hubs, refineries, terms = case.hubs, case.refineries, case.plan.settings.shared_ground
    built = is_among(refineries["state"], BUILT) & ~find_furnaces(case)
    grounds = set(refineries["ground"][built].tolist()) - {""}
    shares = is_among(hubs["ground"], grounds) & is_among(hubs["state"], BUILT)
    wanted = np.zeros(len(hubs))
    for at, hub in enumerate(hubs.records() if shares.any() else ()):
        technology = case.plan.settings.hub_technologies.get(str(hub["technology"]))
        stated = (
            sum(hub[f"hub_{name}_jpy"] for name in ("capital", "maintenance", "labour")) <= 0
        )  # by a table of sizes
        if not shares[at] or technology is None or hub["size_t"] <= 0 or stated:
            continue
        line = cost_line(hub, technology, case.plan.settings)
        saved = sum(float(getattr(terms, f"{name}_share")) * jpy for name, jpy in line.at_class.items())
        empty = cost_line(hub | {"load_t": 0.0}, technology, case.plan.settings)
        wanted[at] = -min(saved, sum(empty.paid[name] for name in line.at_class)) if line.is_exact else -saved
    yield from compare_numbers("hub_shared_jpy", hubs["id"], hubs["hub_shared_jpy"], wanted, within=YEN)


def check_sums(case: Case) -> Iterator[str]:
    """Check that the cost of every row is the sum of its terms, and the costs table the sum of the rows."""
    plan = case.plan
    names = [term.name for term in TERMS if term.name not in FURNACE_RATES or find_furnaces(case).any()]
    traced = _trace_origins(case)
    here = dict.fromkeys(product(names, case.regions["region"].tolist()), 0.0)
    paid = dict(here)
    for kind in ("assignments", "hubs", "imports", "flows", "refineries"):
        table = getattr(case, kind)
        columns = [name for name in names if f"{name}_jpy" in table]
        terms = np.sum([table.floats(f"{name}_jpy") for name in columns], axis=0)
        yield from compare_numbers("cost_jpy", table.key, table["cost_jpy"], terms, within=YEN)
        regions = (look_up(table["hub_id"], homes_of(case)) if kind == "flows" else table["region"]).tolist()
        alone = {region: {region: 1.0} for region in regions}
        for name in columns:
            costs = table[f"{name}_jpy"].tolist()
            stands = _divide_costs(alone, regions, costs)
            arose = _divide_costs(traced[kind], table.key.tolist(), costs) if kind in traced else stands
            for total, sums in ((here, stands), (paid, arose)):
                for region, jpy in sums.items():
                    total[name, region] = total.get((name, region), 0.0) + jpy
    told = case.costs_table
    rows = list(zip(told["term"].tolist(), told["region"].tolist(), strict=True))
    if len(set(rows)) != len(rows) or set(rows) != set(paid):
        yield "costs.csv does not hold each term and region once"
        return
    keys = [" in ".join(row) for row in rows]
    yield from compare_numbers("cost", keys, told["cost_jpy"], [paid[row] for row in rows], within=1.0)
    yield from compare_numbers("here_jpy", keys, told["here_jpy"], [here[row] for row in rows], within=1.0)
    for lang in ("en", "ja"):
        labels = {term.name: in_commodity_words(getattr(term, f"label_{lang}"), plan.settings, lang) for term in TERMS}
        yield from compare_texts("label", told["term"], told[f"label_{lang}"], look_up(told["term"], labels))
    lanes = case.assignments
    cost, mass = lanes.floats("cost_jpy"), lanes.floats("mass_t")
    per_t = np.divide(cost, mass, out=np.zeros_like(cost), where=mass > 0)
    yield from compare_numbers("cost_jpy_per_t", lanes["site_id"], lanes["cost_jpy_per_t"], per_t, within=YEN)


def _trace_origins(case: Case) -> dict[str, dict[str, dict[str, float]]]:
    """Return the share of each region in what plants and flows handle, by where the packs arose.

    By table and identifier, flows by the hub or port that sends. Black mass from abroad arises at its port; a plant
    that takes nothing belongs to its own region.
    """
    taken: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    refined: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for hub, region, mass_t in _rows(case.assignments, "hub_id", "region", "mass_t"):
        taken[hub][region] += mass_t
    sent = {name: _share(taken.get(name, {}), region) for name, region in homes_of(case).items()}
    for start, end, mass_t in _rows(case.flows, "hub_id", "refinery_id", "mass_t"):
        for region, share in sent.get(start, {}).items():
            refined[end][region] += share * mass_t
    ends = {name: _share(refined.get(name, {}), own) for name, own in _rows(case.refineries, "id", "region")}
    return {"hubs": sent, "flows": sent, "refineries": ends}


def _rows(table: Table, *columns: str) -> Iterable[tuple[Any, ...]]:
    return zip(*(table[name].tolist() for name in columns), strict=True)


def _share(tonnes: Mapping[str, float], own: str) -> dict[str, float]:
    total = sum(tonnes.values())
    return {region: mass_t / total for region, mass_t in tonnes.items()} if total > 0 else {own: 1.0}


def _divide_costs(shares: Mapping[str, Mapping[str, float]], names: list[Any], costs: list[float]) -> dict[str, float]:
    """Divide the cost of each plant or flow among the regions of what it handles, and sum by region."""
    sums: dict[str, float] = defaultdict(float)
    for name, cost in zip(names, costs, strict=True):
        for region, share in shares.get(name, {}).items():
            sums[region] += share * cost
    return sums


def check_objective(case: Case) -> Iterator[str]:
    """Check that costs, sales or CO2 add up to the objective, to the yen or kg."""
    plan = case.plan
    if plan.objective != case.rules.objective:
        yield f"the objective is {plan.objective!r}, that of the policy {case.rules.objective!r}"
    if plan.objective == "co2":
        yield from compare_numbers("sum", ["CO2"], [plan.co2_kg + plan.ore_co2_kg], [plan.objective_value], within=UNIT)
        yield from compare_numbers("sum", ["regions"], [case.regions["cost_jpy"].sum()], [plan.cost_jpy], within=UNIT)
        return
    sold = plan.sales_jpy if plan.objective == "profit" else 0.0
    for name, table in (("costs", case.costs_table), ("regions", case.regions)):
        cost = float(table["cost_jpy"].sum())
        made = sold - cost if plan.objective == "profit" else cost
        yield from compare_numbers("sum", [name], [made], [plan.objective_value], within=UNIT)


def check_bound(case: Case) -> Iterator[str]:
    """Check that the bound is no worse than the objective; gap and status follow from the two."""
    plan = case.plan
    least, bound = plan.objective_value, plan.bound_value
    if plan.objective == "profit":  # told as sales less cost; proven of cost and forgone sales together
        forgone = float(case.assignments["sales_forgone_jpy"].sum() + sales_lost(case).sum())
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


def check_proven(case: Case) -> Iterator[str]:
    """Check that plants larger than any of their technology that is proven are called assumed."""
    settings = case.plan.settings
    kinds = ((case.hubs, settings.hub_technologies), (case.refineries, settings.takers))
    for plants, known in kinds:
        used = [known.get(name) for name in plants["technology"].tolist()]
        largest = [np.nan if one is None else float(one.proven_t_per_yr or np.nan) for one in used]
        yield from compare_numbers(
            "size_proven_t",
            plants["id"],
            np.nan_to_num(plants.floats("size_proven_t"), nan=-1.0),
            np.nan_to_num(largest, nan=-1.0),
            within=0,
        )
        wanted = [
            "" if not (state in BUILT and size > 0) else "assumed" if capacity > size * (1 + 1e-9) else "proven"
            for state, size, capacity in zip(
                plants["state"].tolist(), largest, plants["capacity_t"].tolist(), strict=True
            )
        ]
        yield from compare_texts("proven", plants["id"], plants["proven"], wanted)


def check_regions(case: Case) -> Iterator[str]:
    """Check that the regions table holds the sums of the others."""
    plan = case.plan
    regions, lanes, flows, imports = case.regions, case.assignments, case.flows, case.imports
    names, home = regions["region"], look_up(flows["hub_id"], homes_of(case))
    built = [plants["region"][is_among(plants["state"], BUILT)] for plants in (case.hubs, case.refineries)]
    sites = case.lanes["region"][~is_repeated(case.lanes["site_id"])]
    transport = sums_by(lanes["region"], lanes["co2_kg"], names) + sums_by(home, flows["co2_kg"], names)
    transport += sums_by(imports["region"], imports["co2_kg"], names)
    processing = sum(sums_by(table["region"], table["co2_kg"], names) for table in (case.hubs, case.refineries))
    mass = sums_by(lanes["region"], lanes["mass_t"], names)
    cost, here = (
        sums_by(case.costs_table["region"], case.costs_table[f"{one}_jpy"], names) for one in ("cost", "here")
    )
    paid = sum(imports.floats(f"{term}_jpy") for term in IMPORT_TERMS if f"{term}_jpy" in imports)
    landed = sums_by(imports["region"], np.asarray(paid), names)
    sales = [sums_by(lanes["region"], lanes[f"{kind}_sales_jpy"], names) for kind in ("byproduct", "metal")]
    from_hubs = flows["from_kind"] == "hub"
    sales[1] = sales[1] - sums_by(home[from_hubs], sales_lost(case)[from_hubs], names)
    wanted = {
        "sites": count_by(sites, names),
        "mass_t": mass,
        "hubs": count_by(built[0], names),
        "refineries": count_by(built[1], names),
        "cost_jpy": cost,
        "here_jpy": here,
        "cost_jpy_per_t": np.divide(cost - landed, mass, out=np.zeros_like(cost), where=mass > 0),
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
    is_region = (plan.outlines["kind"] == "region").to_numpy(bool)
    for column in ("name_en", "name_ja"):
        drawn = dict(zip(plan.outlines["id"][is_region], plan.outlines[column][is_region], strict=True))
        yield from compare_texts(column, names, regions[column], [drawn.get(name, name) for name in names])


TABLE_CHECKS: dict[str, Callable[[Case], Iterable[str]]] = {
    "statement": check_statement,
    "sites-served": check_sites_served,
    "single-sourcing": check_single_sourcing,
    "open-plants": check_open_plants,
    "loads": check_loads,
    "capacity": check_capacity,
    "black-mass": check_black_mass,
    "imports": check_imports,
    "borders": check_borders,
    "destinations": check_destinations,
    "counts": check_counts,
    "haul": check_haul,
    "least-throughput": check_floors,
    "forced": check_forced,
    "furnaces": check_furnaces,
    "least-recovery": check_recovery,
    "recycled-content": check_content,
    "ores": check_ores,
    "shared-ground": check_shared_ground,
    "sums": check_sums,
    "objective": check_objective,
    "bound": check_bound,
    "regions": check_regions,
    "firmness": check_firmness,
    "proven": check_proven,
}
"""By the name they are reported under."""
