"""Turn a solution into the tables of a plan: names, tonnes, kilometres and yen by term."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from hubspoke.costs.costs import TERMS
from hubspoke.costs.furnaces import lost_jpy_per_t
from hubspoke.plan.metal_flows import hold_metals
from hubspoke.planning.formulation.overseas import land
from hubspoke.words.commodity import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from hubspoke.costs.costs import Costs
    from hubspoke.engine.solution.alternatives import Alternatives
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.inputs.network import Network
    from hubspoke.lanes.lanes import Lanes
    from hubspoke.settings.rules import Rules

LEFT_OUT = 1e-9
"""Share of a site from which it counts as left out."""

FURNACE = "furnace"
"""State of an electric furnace that takes black mass, which is no open refinery."""

PLANT_COLUMNS = [
    "id",
    "name",
    "name_ja",
    "operator",
    "region",
    "prefecture",
    "lat",
    "lon",
    "technology",
    "status",
    "ground",
    "kind",
    "source",
    "confidence",
]


def tabulate(
    network: Network,
    lanes: Lanes,
    costs: Costs,
    rules: Rules,
    solution: Solution,
    *,
    closed: NDArray[np.bool_],
    shut: NDArray[np.bool_],
    ports: NDArray[np.int64],
) -> dict[str, pd.DataFrame]:
    """Give the tables of a plan by name.

    Parameters
    ----------
    network, lanes, costs, rules
        What the problem was made of.
    solution : Solution
        In the order of the network's tables.
    closed, shut : bool arrays, shape (hubs,), (refineries,)
        Plants that were not allowed to open.
    ports : int array, shape (sources abroad, refineries)
        The port by which black mass of the source goes to the refinery.
    """
    n_hubs, at_home = len(network.hubs), solution.site < len(network.sites)
    landed, onward = land(costs.overseas, ports, solution.flow[n_hubs:], len(network.ports))
    solution = replace(
        solution,
        site=solution.site[at_home],
        hub=solution.hub[at_home],
        share=solution.share[at_home],
        hub_size=solution.hub_size[:n_hubs],
        refinery_size=np.where(network.furnaces & ~solution.flow.any(axis=(0, 2)), -1, solution.refinery_size),
        flow=np.concatenate([solution.flow[:n_hubs], onward]),
    )
    assignments = tabulate_assignments(network, lanes, costs, rules, solution)
    flows = tabulate_flows(network, lanes, costs, solution)
    imports = tabulate_imports(network, costs, landed)
    if network.furnaces.any():
        flows = _add_sales_lost(network, flows, assignments, imports)
    hubs = _tabulate_hubs(network, costs, solution, closed=closed[:n_hubs], tables=(assignments, flows))
    refineries = _tabulate_refineries(network, costs, solution, shut, flows)
    tables = {"hubs": hubs, "refineries": refineries, "assignments": assignments, "flows": flows}
    tables["imports"] = imports
    tables["costs"] = sum_costs(tables, network)
    tables["regions"] = _tabulate_regions(tables, network)
    return tables


def tabulate_assignments(
    network: Network, lanes: Lanes, costs: Costs, rules: Rules, solution: Solution
) -> pd.DataFrame:
    """List every site with the hub it delivers to; what is left out has a row without hub and mass."""
    site, hub, share = with_left_out(solution, len(network.sites))
    served, to = hub >= 0, np.maximum(hub, 0)
    part, left = np.where(served, share, 0.0), np.where(served, 0.0, share)
    tonnes = costs.supply_t[site] * part[:, None]
    table = network.sites.iloc[site].reset_index(drop=True)

    def of_lane(values: NDArray[Any]) -> NDArray[Any]:
        return np.where(served, values[site, to], 0)

    frame = pd.DataFrame(
        {
            "site_id": table["id"],
            "site_name": table["name"],
            "site_name_ja": table["name_ja"],
            "region": table["region"],
            "prefecture": table["prefecture"],
            "lat": table["lat"],
            "lon": table["lon"],
            "kind": table["kind"],
            "origin": table["origin"],
            "hub_id": np.where(served, network.hubs["id"].to_numpy()[to], ""),
            "share": share,
            "mass_t": tonnes.sum(axis=1),
        }
    )
    for index, name in enumerate(network.classes):
        frame[f"{name}_t"] = tonnes[:, index]
    frame["unserved_t"] = costs.mass_t[site] * left
    frame["distance_km"] = _measured(of_lane(lanes.distance_km))
    frame["ferry_km"] = _measured(of_lane(lanes.ferry_km))
    frame["hours"] = _measured(of_lane(lanes.hours))
    frame["trips_per_yr"] = _measured(of_lane(lanes.trips_per_yr) * part)
    truck = np.where(served, lanes.truck[site, to], -1)  # -1: no truck, the last entry
    frame["truck"] = np.array([*network.settings.trucks, ""])[truck]
    terms = {name: np.where(served, values, 0.0) * share for name, values in costs.collection_terms(site, to).items()}
    terms["shortfall"] = costs.mass_t[site] * left * (rules.shortfall_jpy_per_t or 0.0)
    frame = _add_terms(frame, terms)
    frame["cost_jpy_per_t"] = _ratio(frame["cost_jpy"], frame["mass_t"])
    frame["byproduct_sales_jpy"] = costs.byproduct_sales_jpy_per_yr[site] * part
    frame["metal_sales_jpy"] = costs.metal_sales_jpy_per_yr[site] * part
    frame["sales_forgone_jpy"] = costs.sales_jpy_per_yr[site] * left
    frame["co2_kg"] = _measured(of_lane(lanes.co2_kg_per_yr) * part)
    return frame


def with_left_out(solution: Solution, sites: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Give site, hub and share of every row: deliveries, and with hub -1 the share of a site that no hub takes."""
    left = 1 - np.bincount(solution.site, solution.share, sites)
    out = np.flatnonzero(left > LEFT_OUT)
    site = np.concatenate([solution.site, out])
    hub = np.concatenate([solution.hub, np.full(len(out), -1)])
    share = np.concatenate([solution.share, left[out]])
    order = np.lexsort((hub, site))
    return site[order], hub[order], share[order]


def tabulate_flows(network: Network, lanes: Lanes, costs: Costs, solution: Solution) -> pd.DataFrame:
    """List every flow of black mass, from hubs and from ports."""
    hub, refinery, grade = np.nonzero(solution.flow > 0)
    tonnes = solution.flow[hub, refinery, grade]
    frame = pd.DataFrame(
        {
            "hub_id": network.origins["id"].to_numpy()[hub],
            "from_kind": np.where(hub < len(network.hubs), "hub", "port"),
            "refinery_id": network.refineries["id"].to_numpy()[refinery],
            "grade": np.array(list(network.settings.grades))[grade],
            "mass_t": tonnes,
            "distance_km": _measured(lanes.transfer_distance_km[hub, refinery]),
            "ferry_km": _measured(lanes.transfer_ferry_km[hub, refinery]),
            "hours": _measured(lanes.transfer_hours[hub, refinery]),
        }
    )
    terms = costs.transfer_terms(hub, refinery, grade)
    frame = _add_terms(frame, {name: values * tonnes for name, values in terms.items()})
    frame["co2_kg"] = _measured(lanes.transfer_co2_kg_per_t[hub, refinery] * tonnes)
    return frame


def _add_sales_lost(
    network: Network, flows: pd.DataFrame, assignments: pd.DataFrame, imports: pd.DataFrame
) -> pd.DataFrame:
    """Append what the metals of each flow sell for less than after refining: 0 but at electric furnaces."""
    technology = flows["refinery_id"].map(network.refineries.set_index("id")["technology"])
    per_t = lost_jpy_per_t(network.settings, technology)
    lost = (hold_metals(network.settings, assignments, imports, flows) * per_t).sum(axis=1)
    return flows.assign(sales_lost_jpy=lost)


def tabulate_alternatives(
    tables: Mapping[str, pd.DataFrame], network: Network, solution: Solution, others: Alternatives
) -> dict[str, pd.DataFrame]:
    """Give the tables of sites and plants with what other choices would cost; empty where none is known."""
    hubs = np.array([*network.hubs["id"], *[""] * (len(network.overseas) + 1)], object)  # none behind the hubs
    refineries = np.array([*network.refineries["id"], ""], object)
    own, at_home = slice(len(network.hubs)), solution.site < len(network.sites)
    runner_up = pd.DataFrame(
        {
            "site_id": network.sites["id"].to_numpy()[solution.site[at_home]],
            "hub_id": hubs[solution.hub[at_home]],
            "runner_up_hub_id": hubs[others.runner_up[at_home]],  # -1: none, the last entry
            "runner_up_more_jpy": np.round(others.runner_up_more[at_home], 0),
        }
    )
    lanes = tables["assignments"].merge(runner_up, on=["site_id", "hub_id"], how="left", validate="one_to_one")
    opening = ("opening_more_jpy", "opening_instead_of")
    return {
        "assignments": lanes.fillna({"runner_up_hub_id": ""}),
        "hubs": tables["hubs"].assign(
            **dict(zip(opening, (np.round(others.hub_more[own], 0), hubs[others.hub_instead[own]]), strict=True))
        ),
        "refineries": tables["refineries"].assign(
            **dict(zip(opening, (np.round(others.refinery_more, 0), refineries[others.refinery_instead]), strict=True))
        ),
    }


def tabulate_imports(network: Network, costs: Costs, landed: NDArray[np.float64]) -> pd.DataFrame:
    """List every source abroad with the port where its black mass lands, and what buying and shipping it cost."""
    source, port = np.nonzero(landed > 0)
    abroad, ports = network.overseas.iloc[source], network.ports.iloc[port]
    tonnes = landed[source, port]
    share = tonnes / costs.overseas.mass_t[source]
    grades = np.array(list(network.settings.grades), object)
    frame = pd.DataFrame(
        {
            "source_id": abroad["id"].to_numpy(),
            "source_name": abroad["name"].to_numpy(),
            "source_name_ja": abroad["name_ja"].to_numpy(),
            "country": abroad["country"].to_numpy(),
            "lat": abroad["lat"].to_numpy(np.float64),
            "lon": abroad["lon"].to_numpy(np.float64),
            "port_id": ports["id"].to_numpy(),
            "port_name": ports["name"].to_numpy(),
            "port_name_ja": ports["name_ja"].to_numpy(),
            "region": ports["region"].to_numpy(),
            "port_lat": ports["lat"].to_numpy(np.float64),
            "port_lon": ports["lon"].to_numpy(np.float64),
            "class": abroad["class"].to_numpy(),
            "grade": grades[costs.overseas.grade[source]],
            "share": share,
            "mass_t": tonnes,
            "distance_km": _measured(costs.overseas.distance_km[source, port]),
        }
    )
    texts = [name for name in frame if frame[name].dtype == object]
    frame = frame.astype(dict.fromkeys(texts, str))  # texts also where there are no rows to tell by
    frame = _add_terms(frame, {name: jpy * share for name, jpy in costs.import_terms(source, port).items()})
    frame["co2_kg"] = _measured(costs.overseas.co2_kg_per_t[source, port] * tonnes)
    return frame


def origin_regions(hubs: pd.DataFrame, imports: pd.DataFrame) -> pd.Series:
    """Give the region of every hub and port that black mass may set out from, by id."""
    ports = imports.drop_duplicates("port_id").set_index("port_id")["region"]
    homes: pd.Series = pd.concat([hubs.set_index("id")["region"], ports])
    return homes


def _tabulate_hubs(
    network: Network,
    costs: Costs,
    solution: Solution,
    *,
    closed: NDArray[np.bool_],
    tables: tuple[pd.DataFrame, pd.DataFrame],
) -> pd.DataFrame:
    assignments, flows = tables
    hubs = _plants(network.hubs)
    load = hubs["id"].map(assignments.groupby("hub_id")["mass_t"].sum()).fillna(0.0)
    hubs["state"] = _states(solution.hub_size, load.to_numpy(float), closed)
    hubs["capacity_t"] = _chosen(costs.hub_capacity, solution.hub_size)
    hubs["load_t"] = load
    hubs["utilisation"] = _ratio(hubs["load_t"], hubs["capacity_t"])
    hubs["black_mass_t"] = hubs["id"].map(flows.groupby("hub_id")["mass_t"].sum()).fillna(0.0)
    hubs["sites"] = hubs["id"].map(assignments.groupby("hub_id")["site_id"].nunique()).fillna(0).astype("int64")
    shares = costs.shares_ground(solution.refinery_size >= 0)[solution.hub_size >= 0]
    hubs = _add_step_terms(hubs, solution.hub_size, partial(costs.hub_step_terms, shares=shares))
    hubs["co2_kg"] = _measured(hubs["load_t"].to_numpy(float) * costs.hub_co2_kg_per_t)
    return hubs


def _tabulate_refineries(
    network: Network, costs: Costs, solution: Solution, shut: NDArray[np.bool_], flows: pd.DataFrame
) -> pd.DataFrame:
    refineries = _plants(network.refineries)
    load = refineries["id"].map(flows.groupby("refinery_id")["mass_t"].sum()).fillna(0.0)
    state = _states(solution.refinery_size, load.to_numpy(float), shut)
    refineries["state"] = np.where(network.furnaces & (state == "open"), FURNACE, state)
    refineries["capacity_t"] = _chosen(costs.refinery_capacity, solution.refinery_size)
    refineries["load_t"] = load
    refineries["utilisation"] = _ratio(refineries["load_t"], refineries["capacity_t"])
    from_hubs = flows[flows["from_kind"] == "hub"]
    counted = refineries["id"].map(from_hubs.groupby("refinery_id")["hub_id"].nunique())
    refineries["hubs"] = counted.fillna(0).astype("int64")
    refineries = _add_step_terms(refineries, solution.refinery_size, costs.refinery_step_terms)
    refineries["co2_kg"] = _measured(refineries["load_t"].to_numpy(float) * costs.refinery_co2_kg_per_t)
    return refineries


def _plants(table: pd.DataFrame) -> pd.DataFrame:
    return table[PLANT_COLUMNS].reset_index(drop=True).copy()


def _states(size: NDArray[np.int64], load: NDArray[np.float64], barred: NDArray[np.bool_]) -> NDArray[np.str_]:
    """Tell open, idle (open with nothing to do), not chosen and closed apart."""
    state = np.where(barred, "closed", "not_chosen")
    return np.where(size >= 0, np.where(load > 0, "open", "idle"), state)


def _chosen(by_size: NDArray[np.float64], size: NDArray[np.int64]) -> NDArray[np.float64]:
    value = np.zeros(len(size))
    plants = np.flatnonzero(size >= 0)
    value[plants] = by_size[plants, size[plants]]
    return value


def _add_terms(frame: pd.DataFrame, terms: Mapping[str, NDArray[np.float64]]) -> pd.DataFrame:
    """Append a column of yen for every term, and their sum."""
    for name, values in terms.items():
        frame[f"{name}_jpy"] = values
    frame["cost_jpy"] = frame[[f"{name}_jpy" for name in terms]].sum(axis=1) if terms else 0.0
    return frame


def _add_step_terms(
    frame: pd.DataFrame,
    size: NDArray[np.int64],
    terms_of: Callable[[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]], dict[str, NDArray[np.float64]]],
) -> pd.DataFrame:
    """Append the yearly cost of the chosen size by term; closed plants cost nothing."""
    plants = np.flatnonzero(size >= 0)
    terms = {}
    for name, values in terms_of(plants, size[plants], frame["load_t"].to_numpy(float)[plants]).items():
        terms[name] = np.zeros(len(frame))
        terms[name][plants] = values
    return _add_terms(frame, terms)


def _measured(values: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Round to three decimals what lanes know to seven digits only."""
    return np.asarray(np.round(values.astype(np.float64), 3), np.float64)


def _ratio(above: pd.Series, below: pd.Series) -> pd.Series:
    return (above / below.where(below > 0)).fillna(0.0)


def sum_costs(tables: Mapping[str, pd.DataFrame], network: Network) -> pd.DataFrame:
    """Sum every term by region: a site's costs belong to its region, a flow's to its hub's or port's."""
    home = origin_regions(tables["hubs"], tables["imports"])
    flows = tables["flows"].assign(region=tables["flows"]["hub_id"].map(home))
    frames = [tables["assignments"], tables["hubs"], tables["imports"], flows, tables["refineries"]]
    rows = []
    for term in TERMS:
        column = f"{term.name}_jpy"
        holders = [frame for frame in frames if column in frame]
        if not holders:
            continue
        by_region = pd.concat([frame.groupby("region")[column].sum() for frame in holders]).groupby(level=0).sum()
        rows += [
            {
                "term": term.name,
                "label_en": say(term.label_en, network.settings, "en"),
                "label_ja": say(term.label_ja, network.settings, "ja"),
                "region": region,
                "cost_jpy": float(by_region.get(region, 0.0)),
            }
            for region in network.regions
        ]
    return pd.DataFrame(rows, columns=["term", "label_en", "label_ja", "region", "cost_jpy"])


def _tabulate_regions(tables: Mapping[str, pd.DataFrame], network: Network) -> pd.DataFrame:
    """Sum the plan by region; tonnes, tonne-km and transport CO2 are those of the region's own sites and hubs."""
    assignments, hubs, refineries = tables["assignments"], tables["hubs"], tables["refineries"]
    outlines = network.outlines[network.outlines["kind"] == "region"].set_index("id")
    imports = tables["imports"]
    flows = tables["flows"].assign(region=tables["flows"]["hub_id"].map(origin_regions(hubs, imports)))
    rows = []
    for region in network.regions:
        mine = assignments[assignments["region"] == region]
        out = flows[flows["region"] == region]
        mass = float(mine["mass_t"].sum())
        byproducts, metals = (float(mine[name].sum()) for name in ("byproduct_sales_jpy", "metal_sales_jpy"))
        if "sales_lost_jpy" in out:  # of packs only, as all sales here
            metals -= float(out.loc[out["from_kind"] == "hub", "sales_lost_jpy"].sum())
        shipped_kg = imports.loc[imports["region"] == region, "co2_kg"].sum()
        transport_kg = float(mine["co2_kg"].sum() + shipped_kg + out["co2_kg"].sum())
        processing_kg = sum(
            float(plants.loc[plants["region"] == region, "co2_kg"].sum()) for plants in (hubs, refineries)
        )
        cost = float(tables["costs"].loc[tables["costs"]["region"] == region, "cost_jpy"].sum())
        rows.append(
            {
                "region": region,
                "name_en": outlines["name_en"].get(region, region),
                "name_ja": outlines["name_ja"].get(region, region),
                "sites": int(mine.loc[mine["hub_id"] != "", "site_id"].nunique()),
                "mass_t": mass,
                "unserved_t": float(mine["unserved_t"].sum()),
                "hubs": _count_open(hubs, region),
                "refineries": _count_open(refineries, region),
                "cost_jpy": cost,
                "cost_jpy_per_t": cost / mass if mass else 0.0,
                "byproduct_sales_jpy": byproducts,
                "metal_sales_jpy": metals,
                "profit_jpy": byproducts + metals - cost,
                "transport_t_km": float((mine["mass_t"] * mine["distance_km"]).sum()),
                "black_mass_t_km": float((out["mass_t"] * out["distance_km"]).sum()),
                "transport_co2_t": transport_kg / 1000,
                "processing_co2_t": processing_kg / 1000,
                "co2_t": (transport_kg + processing_kg) / 1000,
            }
        )
    return pd.DataFrame(rows)


def _count_open(plants: pd.DataFrame, region: str) -> int:
    return int(((plants["region"] == region) & plants["state"].isin(["open", "idle"])).sum())
