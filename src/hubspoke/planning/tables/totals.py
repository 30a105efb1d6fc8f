"""The tables of costs by term and of regions."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.sums import count_by_key, sum_by_key
from hubspoke.costs.terms import IMPORT_TERMS, TERMS
from hubspoke.plan.states import BUILT
from hubspoke.planning.tables.columns import where
from hubspoke.planning.tables.flows import origin_regions
from hubspoke.planning.tables.origins import share_by_origin
from hubspoke.words.commodity import in_commodity_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubspoke.base.arrays import Floats
    from hubspoke.inputs.network import Network
    from hubspoke.planning.tables.columns import Columns


def sum_costs(tables: Mapping[str, Columns], network: Network) -> Columns:
    """Sum every term by region, of the packs that arise there, and of what stands there.

    A site's costs belong to its region either way. What stands in a region are its plants, and the flows that its hubs
    or ports send.
    """
    columns = [f"{term.name}_jpy" for term in TERMS]
    shares = share_by_origin(tables, network.regions)
    frames = {**tables, "flows": _with_region(tables)}
    origin: list[dict[str, list[float]]] = []
    here: list[dict[str, list[float]]] = []
    for name in ("assignments", "hubs", "imports", "flows", "refineries"):
        paid = [column for column in columns if column in frames[name]]
        by_place = sum_by_key(frames[name], "region", paid, network.regions)
        by_origin = _divide(frames[name], paid, shares[name]) if name in shares else by_place
        origin.append(dict(zip(paid, by_origin.T.tolist(), strict=True)))
        here.append(dict(zip(paid, by_place.T.tolist(), strict=True)))
    rows: list[tuple[str, str, str, str, float, float]] = []
    for term, column in zip(TERMS, columns, strict=True):
        parts, places = ([found[column] for found in sums if column in found] for sums in (origin, here))
        if not parts:
            continue
        label_en, label_ja = (
            in_commodity_words(label, network.settings, lang)
            for lang, label in (("en", term.label_en), ("ja", term.label_ja))
        )
        rows += [
            (term.name, label_en, label_ja, region, fsum(costs), fsum(stands))
            for region, costs, stands in zip(
                network.regions, zip(*parts, strict=True), zip(*places, strict=True), strict=True
            )
        ]
    *texts, cost_jpy, here_jpy = zip(*rows, strict=True)
    names = ("term", "label_en", "label_ja", "region")
    told: Columns = {name: np.array(text, object) for name, text in zip(names, texts, strict=True)}
    return told | {"cost_jpy": np.array(cost_jpy), "here_jpy": np.array(here_jpy)}


def _divide(table: Columns, columns: Sequence[str], shares: Floats) -> Floats:
    """Return the sums of some columns by region, each row divided by its shares; a NaN counts as 0."""
    values = [np.nan_to_num(np.asarray(table[name], np.float64)) for name in columns]
    return np.stack([(yen[:, None] * shares).sum(axis=0) for yen in values], axis=1)


def _with_region(tables: Mapping[str, Columns]) -> Columns:
    """Return the flows with the region that they start from."""
    home = origin_regions(tables["hubs"], tables["imports"])
    return tables["flows"] | {"region": np.array([home[name] for name in tables["flows"]["hub_id"].tolist()], object)}


def tabulate_regions(tables: Mapping[str, Columns], network: Network) -> Columns:
    """Sum the plan by region: costs of the packs that arise there, and of what stands there.

    Tonnes, sales and tonne-km of packs are those of its sites; tonne-km of black mass and CO2 those of what stands
    there. Cost per tonne leaves out what black mass from abroad costs to buy and to land: no pack of the region causes
    it.
    """
    assignments, hubs, refineries = tables["assignments"], tables["hubs"], tables["refineries"]
    imports, flows, regions = tables["imports"], _with_region(tables), list(network.regions)

    def sum_by_region(table: Columns, *columns: str) -> dict[str, Floats]:
        return dict(zip(columns, sum_by_key(table, "region", columns, regions).T, strict=True))

    moved = assignments | {"t_km": assignments["mass_t"] * assignments["distance_km"]}
    sales = ("byproduct_sales_jpy", "metal_sales_jpy")
    mine = sum_by_region(moved, "mass_t", "unserved_t", *sales, "t_km", "co2_kg")
    sent = sum_by_region(flows | {"t_km": flows["mass_t"] * flows["distance_km"]}, "t_km", "co2_kg")
    if "sales_lost_jpy" in flows:  # of packs only, as all sales here
        of_hubs = where(flows, flows["from_kind"] == "hub", "region", "sales_lost_jpy")
        lost = sum_by_region(of_hubs, "sales_lost_jpy")["sales_lost_jpy"]
        mine[sales[1]] = mine[sales[1]] - lost
    transport_kg = mine["co2_kg"] + sum_by_region(imports, "co2_kg")["co2_kg"] + sent["co2_kg"]
    processing_kg = sum_by_region(hubs, "co2_kg")["co2_kg"] + sum_by_region(refineries, "co2_kg")["co2_kg"]
    costs = tables["costs"]
    cost, here = sum_by_region(costs, "cost_jpy", "here_jpy").values()
    landing = np.array([term in IMPORT_TERMS for term in costs["term"].tolist()], bool)
    of_packs = cost - sum_by_region(where(costs, landing, "region", "cost_jpy"), "cost_jpy")["cost_jpy"]
    names = {name: _names_of_regions(network, name) for name in ("name_en", "name_ja")}
    built = [
        [
            region
            for region, state in zip(plants["region"].tolist(), plants["state"].tolist(), strict=True)
            if state in BUILT
        ]
        for plants in (hubs, refineries)
    ]
    served = where(assignments, assignments["hub_id"] != "", "region", "site_id")
    return {
        "region": np.array(regions, object),
        "name_en": np.array([names["name_en"].get(region, region) for region in regions], object),
        "name_ja": np.array([names["name_ja"].get(region, region) for region in regions], object),
        "sites": np.array(count_by_key(served, "region", "site_id", regions), np.int64),
        "mass_t": mine["mass_t"],
        "unserved_t": mine["unserved_t"],
        "hubs": np.array([built[0].count(region) for region in regions], np.int64),
        "refineries": np.array([built[1].count(region) for region in regions], np.int64),
        "cost_jpy": cost,
        "here_jpy": here,
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


def _names_of_regions(network: Network, column: str) -> dict[str, str]:
    """Return what the outlines call each region."""
    rows = zip(*(network.outlines[name].tolist() for name in ("kind", "id", column)), strict=True)
    return {region: name for kind, region, name in rows if kind == "region"}
