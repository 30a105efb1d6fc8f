"""The tables of costs by term and of regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from hubspoke.costs.terms import TERMS
from hubspoke.plan.columns import COSTS
from hubspoke.plan.states import count_built
from hubspoke.planning.tables.flows import origin_regions
from hubspoke.words.commodity import in_commodity_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.inputs.network import Network


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
                "label_en": in_commodity_words(term.label_en, network.settings, "en"),
                "label_ja": in_commodity_words(term.label_ja, network.settings, "ja"),
                "region": region,
                "cost_jpy": float(by_region.get(region, 0.0)),
            }
            for region in network.regions
        ]
    return pd.DataFrame(rows, columns=[column.name for column in COSTS])


def tabulate_regions(tables: Mapping[str, pd.DataFrame], network: Network) -> pd.DataFrame:
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
                "hubs": count_built(hubs[hubs["region"] == region]),
                "refineries": count_built(refineries[refineries["region"] == region]),
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
