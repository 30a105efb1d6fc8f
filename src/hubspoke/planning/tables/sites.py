"""The table of assignments: which site delivers how much to which hub, how and at what cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from hubspoke.planning.tables.columns import add_terms, measured, ratio

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.costs.costs import Costs
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.inputs.network import Network
    from hubspoke.lanes.lanes import Lanes
    from hubspoke.settings.rules import Rules

LEFT_OUT = 1e-9
"""A site counts as left out where hubs leave more than this share of it."""


def tabulate_assignments(
    network: Network, lanes: Lanes, costs: Costs, rules: Rules, solution: Solution
) -> pd.DataFrame:
    """List every site with each hub it delivers to; what no hub takes has a row of its own, without hub and mass."""
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
            "place_precision": table["place_precision"],
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
    frame["distance_km"] = measured(of_lane(lanes.distance_km))
    frame["ferry_km"] = measured(of_lane(lanes.ferry_km))
    frame["hours"] = measured(of_lane(lanes.hours))
    frame["trips_per_yr"] = measured(of_lane(lanes.trips_per_yr) * part)
    truck = np.where(served, lanes.truck[site, to], -1)  # -1: no truck, the last entry
    frame["truck"] = np.array([*network.settings.trucks, ""])[truck]
    terms = {name: np.where(served, values, 0.0) * share for name, values in costs.collection_terms(site, to).items()}
    terms["shortfall"] = costs.mass_t[site] * left * (rules.shortfall_jpy_per_t or 0.0)
    frame = add_terms(frame, terms)
    frame["cost_jpy_per_t"] = ratio(frame["cost_jpy"], frame["mass_t"])
    frame["byproduct_sales_jpy"] = costs.byproduct_sales_jpy_per_yr[site] * part
    frame["metal_sales_jpy"] = costs.metal_sales_jpy_per_yr[site] * part
    frame["sales_forgone_jpy"] = costs.sales_jpy_per_yr[site] * left
    frame["co2_kg"] = measured(of_lane(lanes.co2_kg_per_yr) * part)
    return frame


def with_left_out(solution: Solution, sites: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return site, hub and share of every row: deliveries, and with hub -1 the share of a site that no hub takes."""
    left = 1 - np.bincount(solution.site, solution.share, sites)
    out = np.flatnonzero(left > LEFT_OUT)
    site = np.concatenate([solution.site, out])
    hub = np.concatenate([solution.hub, np.full(len(out), -1)])
    share = np.concatenate([solution.share, left[out]])
    order = np.lexsort((hub, site))
    return site[order], hub[order], share[order]
