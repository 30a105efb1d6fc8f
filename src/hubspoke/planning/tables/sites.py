"""The table of assignments: which site delivers how much to which hub, how and at what cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.planning.tables.columns import add_terms, measured, pick, ratio

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.costs.costs import Costs
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.inputs.network import Network
    from hubspoke.lanes.lanes import Lanes
    from hubspoke.planning.tables.columns import Columns
    from hubspoke.settings.rules import Rules

OF_SITES = {f"site_{name}": name for name in ("id", "name", "name_ja")} | {
    name: name for name in ("region", "prefecture", "lat", "lon", "place_precision", "kind", "origin")
}
"""Columns that repeat those of sites."""
LEFT_OUT = 1e-9
"""A site counts as left out where hubs leave more than this share of it."""


def tabulate_assignments(network: Network, lanes: Lanes, costs: Costs, rules: Rules, solution: Solution) -> Columns:
    """List every site with each hub it delivers to; what no hub takes has a row of its own, without hub and mass."""
    site, hub, share = with_left_out(solution, len(network.sites))
    served, to = hub >= 0, np.maximum(hub, 0)
    part, left = np.where(served, share, 0.0), np.where(served, 0.0, share)
    tonnes = costs.supply_t[site] * part[:, None]

    def of_lane(values: NDArray[Any]) -> NDArray[Any]:
        return np.where(served, values[site, to], 0)

    table = pick(network.sites, site, OF_SITES)
    table["hub_id"] = np.where(served, network.hubs["id"].to_numpy()[to], "")
    table["share"], table["mass_t"] = share, tonnes.sum(axis=1)
    for index, name in enumerate(network.classes):
        table[f"{name}_t"] = tonnes[:, index]
    table["unserved_t"] = costs.mass_t[site] * left
    table["distance_km"] = measured(of_lane(lanes.distance_km))
    table["ferry_km"] = measured(of_lane(lanes.ferry_km))
    table["hours"] = measured(of_lane(lanes.hours))
    table["trips_per_yr"] = measured(of_lane(lanes.trips_per_yr) * part)
    truck = np.where(served, lanes.truck[site, to], -1)  # -1: no truck, the last entry
    table["truck"] = np.array([*network.settings.trucks, ""], object)[truck]
    terms = {name: np.where(served, values, 0.0) * share for name, values in costs.collection_terms(site, to).items()}
    terms["shortfall"] = costs.mass_t[site] * left * (rules.shortfall_jpy_per_t or 0.0)
    add_terms(table, terms)
    table["cost_jpy_per_t"] = ratio(table["cost_jpy"], table["mass_t"])
    table["byproduct_sales_jpy"] = costs.byproduct_sales_jpy_per_yr[site] * part
    table["metal_sales_jpy"] = costs.metal_sales_jpy_per_yr[site] * part
    table["sales_forgone_jpy"] = costs.sales_jpy_per_yr[site] * left
    table["co2_kg"] = measured(of_lane(lanes.co2_kg_per_yr) * part)
    return table


def with_left_out(solution: Solution, sites: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return site, hub and share of every row: deliveries, and with hub -1 the share of a site that no hub takes."""
    left = 1 - np.bincount(solution.site, solution.share, sites)
    out = np.flatnonzero(left > LEFT_OUT)
    site = np.concatenate([solution.site, out])
    hub = np.concatenate([solution.hub, np.full(len(out), -1)])
    share = np.concatenate([solution.share, left[out]])
    order = np.lexsort((hub, site))
    return site[order], hub[order], share[order]
