"""The tables of costs by term and of regions."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.base.sums import count_by_key, sum_by_key
from hubspoke.costs.terms import IMPORT_TERMS, TERMS
from hubspoke.plan.columns import COSTS
from hubspoke.plan.states import BUILT
from hubspoke.planning.tables.flows import origin_regions
from hubspoke.words.commodity import in_commodity_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.base.arrays import Floats
    from hubspoke.inputs.network import Network


def sum_costs(tables: Mapping[str, pd.DataFrame], network: Network) -> pd.DataFrame:
    """Sum every term by region: a site's costs belong to its region, a flow's to its hub's or port's."""
    home = origin_regions(tables["hubs"], tables["imports"])
    flows = tables["flows"].assign(region=tables["flows"]["hub_id"].map(home))
    columns = [f"{term.name}_jpy" for term in TERMS]
    sums: list[dict[str, list[float]]] = []
    for frame in (tables["assignments"], tables["hubs"], tables["imports"], flows, tables["refineries"]):
        here = [column for column in columns if column in frame]
        sums.append(dict(zip(here, sum_by_key(frame, "region", here, network.regions).T.tolist(), strict=True)))
    rows = []
    for term, column in zip(TERMS, columns, strict=True):
        parts = [found[column] for found in sums if column in found]
        if not parts:
            continue
        label_en, label_ja = (
            in_commodity_words(label, network.settings, lang)
            for lang, label in (("en", term.label_en), ("ja", term.label_ja))
        )
        rows += [
            {"term": term.name, "label_en": label_en, "label_ja": label_ja, "region": region, "cost_jpy": fsum(costs)}
            for region, costs in zip(network.regions, zip(*parts, strict=True), strict=True)
        ]
    return pd.DataFrame(rows, columns=[column.name for column in COSTS])


def tabulate_regions(tables: Mapping[str, pd.DataFrame], network: Network) -> pd.DataFrame:
    """Sum the plan by region; tonnes, tonne-km and transport CO2 are those of the region's own sites and hubs.

    Cost per tonne leaves out what black mass from abroad costs to buy and to land, which no pack of the region causes.
    """
    assignments, hubs, refineries = tables["assignments"], tables["hubs"], tables["refineries"]
    outlines = network.outlines[network.outlines["kind"] == "region"].set_index("id")
    imports = tables["imports"]
    flows = tables["flows"].assign(region=tables["flows"]["hub_id"].map(origin_regions(hubs, imports)))
    regions = list(network.regions)

    def sum_by_region(table: pd.DataFrame, *columns: str) -> dict[str, Floats]:
        return dict(zip(columns, sum_by_key(table, "region", columns, regions).T, strict=True))

    moved = assignments.assign(t_km=assignments["mass_t"] * assignments["distance_km"])
    sales = ("byproduct_sales_jpy", "metal_sales_jpy")
    mine = sum_by_region(moved, "mass_t", "unserved_t", *sales, "t_km", "co2_kg")
    sent = sum_by_region(flows.assign(t_km=flows["mass_t"] * flows["distance_km"]), "t_km", "co2_kg")
    if "sales_lost_jpy" in flows:  # of packs only, as all sales here
        lost = sum_by_region(flows[flows["from_kind"] == "hub"], "sales_lost_jpy")["sales_lost_jpy"]
        mine[sales[1]] = mine[sales[1]] - lost
    transport_kg = mine["co2_kg"] + sum_by_region(imports, "co2_kg")["co2_kg"] + sent["co2_kg"]
    processing_kg = sum(sum_by_region(plants, "co2_kg")["co2_kg"] for plants in (hubs, refineries))
    costs = tables["costs"]
    cost = sum_by_region(costs, "cost_jpy")["cost_jpy"]
    of_packs = cost - sum_by_region(costs[costs["term"].isin(IMPORT_TERMS)], "cost_jpy")["cost_jpy"]
    names = {name: outlines[name].to_dict() for name in ("name_en", "name_ja")}
    built = [plants.loc[plants["state"].isin(BUILT), "region"].tolist() for plants in (hubs, refineries)]
    return pd.DataFrame(
        {
            "region": pd.Series(regions, dtype=str),
            "name_en": [names["name_en"].get(region, region) for region in regions],
            "name_ja": [names["name_ja"].get(region, region) for region in regions],
            "sites": count_by_key(assignments[assignments["hub_id"] != ""], "region", "site_id", regions),
            "mass_t": mine["mass_t"],
            "unserved_t": mine["unserved_t"],
            "hubs": [built[0].count(region) for region in regions],
            "refineries": [built[1].count(region) for region in regions],
            "cost_jpy": cost,
            "cost_jpy_per_t": np.divide(of_packs, mine["mass_t"], out=np.zeros_like(cost), where=mine["mass_t"] != 0),
            "byproduct_sales_jpy": mine[sales[0]],
            "metal_sales_jpy": mine[sales[1]],
            "profit_jpy": mine[sales[0]] + mine[sales[1]] - cost,
            "transport_t_km": mine["t_km"],
            "black_mass_t_km": sent["t_km"],
            "transport_co2_t": transport_kg / 1000,
            "processing_co2_t": processing_kg / 1000,
            "co2_t": (transport_kg + processing_kg) / 1000,
        }
    )
