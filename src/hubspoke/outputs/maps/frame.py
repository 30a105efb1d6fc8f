"""Write one plan as numbers for the browser: sites, lanes, flows, catchments, and what becomes of the plants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import shapely

from hubspoke.outputs.maps.json_numbers import shorten, to_number, to_whole
from hubspoke.outputs.maps.rings import write_polygons
from hubspoke.plan.decision.decision import list_decisions
from hubspoke.plan.firmness import WORDS as FIRMNESS_WORDS
from hubspoke.plan.firmness import format_closing
from hubspoke.plan.proven import ASSUMED
from hubspoke.plan.states import BUILT
from hubspoke.settings.rules import resolve_policy
from hubspoke.settings.technologies import SEPARATOR
from hubspoke.words.language import speak
from hubspoke.words.names import name_technology

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    from hubspoke.outputs.maps.cut import MapExtract
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang

SIMPLIFY_DEG = 0.004
"""Tolerance by which catchments are simplified: less than 500 m, a fraction of a pixel on the map of Japan."""


class Index(NamedTuple):
    """Places of sites, hubs and refineries in the lists that the frames of all plans share.

    Attributes
    ----------
    sites, hubs, refineries : mapping of str to int
        Place by id; ports of entry stand among the hubs.
    """

    sites: Mapping[str, int]
    hubs: Mapping[str, int]
    refineries: Mapping[str, int]


def build_frame(cut: MapExtract, at: Index, lang: Lang) -> dict[str, Any]:
    """Gather what one plan does with the sites and plants that all plans share.

    Parameters
    ----------
    cut : MapExtract
    at : Index
    lang : {"en", "ja"}
        Language of the names of grades.

    Returns
    -------
    dict
        `year`; `t` by site (t per year, null for a site that the plan does not have); `hub` by site (-1 for none);
        `lanes` as columns; `flows` as records; `plants` by place (null for one that the plan does not have); `areas` as
        pairs of a hub and its polygons, as `write_polygons` writes them.
    """
    tonnes, hub = _sum_sites(cut.lanes, at)
    paid = {row.hub.id: round(row.per_kg, 1) for row in list_decisions(cut.plan, lang)}
    plants: list[dict[str, Any] | None] = [None] * (len(at.hubs) + len(at.refineries))
    for number, feeders, table in ((at.hubs, "sites", cut.hubs), (at.refineries, "hubs", cut.refineries)):
        for row in table.to_dict("records"):
            told = _describe(row, feeders, number, cut.plan.settings, lang)
            if number is at.hubs and str(row["id"]) in paid:
                told["per_kg"] = paid[str(row["id"])]
            plants[number[str(row["id"])]] = told
    return {
        "year": int(cut.plan.year),
        "closed": not resolve_policy(cut.plan.settings.policy).packs_cross_borders,
        "t": tonnes,
        "hub": hub,
        "lanes": _list_lanes(cut.lanes[_number_hubs(cut.lanes["hub_id"], at) >= 0], at),
        "flows": _list_flows(cut.flows, at, cut.plan, lang),
        "plants": plants,
        "areas": _list_areas(cut.catchments, at),
    }


def _sum_sites(lanes: pd.DataFrame, at: Index) -> tuple[list[float | None], list[int]]:
    """Return the t per year of each site, and the hub that takes most of them."""
    site = lanes["site_id"].astype(str).map(at.sites).to_numpy(np.int64)
    mass_t = lanes["mass_t"].to_numpy(np.float64)
    if "unserved_t" in lanes:  # packs that stay are drawn as large as packs that go
        mass_t = mass_t + lanes["unserved_t"].to_numpy(np.float64)
    tonnes = np.full(len(at.sites), np.nan)
    tonnes[site] = 0.0
    np.add.at(tonnes, site, mass_t)
    hub = np.full(len(at.sites), -1, np.int64)
    rising = np.argsort(mass_t, kind="stable")
    hub[site[rising]] = _number_hubs(lanes["hub_id"], at)[rising]
    return shorten(tonnes, 2), hub.tolist()


def _number_hubs(ids: pd.Series, at: Index) -> NDArray[np.int64]:
    """Return the places of hubs; -1 for those that are not drawn."""
    return np.asarray(ids.astype(str).map(at.hubs).fillna(-1), np.int64)


def _list_lanes(lanes: pd.DataFrame, at: Index) -> dict[str, Any]:
    trucks, truck = np.unique(lanes["truck"].astype(str).to_numpy(dtype=object), return_inverse=True)
    listed = {
        "site": lanes["site_id"].astype(str).map(at.sites).astype(int).tolist(),
        "hub": _number_hubs(lanes["hub_id"], at).tolist(),
        "t": shorten(lanes["mass_t"], 2),
        "share": shorten(lanes["share"] * 100, 1),
        "km": shorten(lanes["distance_km"], 1),
        "h": shorten(lanes["hours"], 1),
        "trips": shorten(lanes["trips_per_yr"], 1),
        "truck": truck.tolist(),
        "trucks": trucks.tolist(),
        "freight": to_whole(_per_t(lanes, "collection_freight_jpy")),
        "yen": to_whole(lanes["cost_jpy_per_t"]),
        "co2": to_whole(lanes["co2_kg"]),
    }
    if "runner_up_hub_id" in lanes:
        listed["next"] = _number_hubs(lanes["runner_up_hub_id"], at).tolist()
        listed["more"] = to_whole(_per_t(lanes, "runner_up_more_jpy"))
    return listed


def _describe(
    row: Mapping[Hashable, Any], feeders: str, number: Mapping[str, int], settings: Settings, lang: Lang
) -> dict[str, Any]:
    """Describe what a plan does with a plant, and what opening or closing it would add where the plan states it."""
    told: dict[str, Any] = {
        "state": str(row["state"]),
        "capacity": to_number(row["capacity_t"]),
        "load": to_number(row["load_t"]),
        "use": to_number(row["utilisation"]),
        "feeders": int(row[feeders]),
        "yen": to_number(row["cost_jpy"]),
    }
    if SEPARATOR in str(row.get("technologies", "")):  # chosen by the plan
        told["technology"] = name_technology(settings, str(row["technology"]), lang)
    if row["state"] in BUILT and row.get("added_t", np.inf) < row["capacity_t"]:
        told["stands"] = to_number(row["capacity_t"] - row["added_t"])
    if row.get("proven") == ASSUMED:
        told["proven"] = to_number(row["size_proven_t"])
    if "opening_more_jpy" in row and row["state"] == "not_chosen":
        told["more"] = to_number(row["opening_more_jpy"], 0)
        replaced = number.get(str(row.get("opening_instead_of", "")))
        if replaced is not None:
            told["instead"] = replaced
    if name := speak(FIRMNESS_WORDS, lang).get(str(row.get("firmness", ""))):  # ports have none
        names = map(number.get, str(row["closing_opens"]).split("; "))
        told["firmness"] = {
            "key": str(row["firmness"]),
            "name": name,
            "more": format_closing(row, lang, settings),
            "opens": [place for place in names if place is not None],
        }
    return told


def _list_flows(flows: pd.DataFrame, at: Index, plan: PlanData, lang: Lang) -> list[dict[str, Any]]:
    records = []
    for (hub, refinery), rows in flows.groupby(["hub_id", "refinery_id"], sort=True):
        grades = []
        for key, mass_t in zip(rows["grade"].astype(str), rows["mass_t"].tolist(), strict=True):
            grade = plan.settings.grades.get(key)
            grades.append([str(getattr(grade, f"name_{lang}", key)), round(float(mass_t), 1)])
        mass_t = float(rows["mass_t"].sum())
        if mass_t <= 0:
            continue
        freight = rows["black_mass_freight_jpy"].sum(skipna=False) if "black_mass_freight_jpy" in rows else np.nan
        records.append(
            {
                "from": at.hubs[str(hub)],
                "to": at.refineries[str(refinery)],
                "t": round(mass_t, 1),
                "km": to_number(rows["distance_km"].iloc[0]),
                "h": to_number(rows["hours"].iloc[0]),
                "freight": to_number(freight / mass_t, 0),
                "yen": to_number(rows["cost_jpy"].sum() / mass_t, 0),
                "co2": to_number(rows["co2_kg"].sum()),
                "grades": grades,
            }
        )
    return records


def _list_areas(catchments: gpd.GeoDataFrame, at: Index) -> list[list[Any]]:
    """List each catchment as hub and polygons, as `write_polygons` writes them."""
    areas = []
    for hub, shape in zip(catchments["hub_id"].astype(str), catchments.geometry, strict=True):
        if hub not in at.hubs:
            continue
        areas.append([at.hubs[hub], write_polygons(shapely.simplify(shape, SIMPLIFY_DEG))])
    return areas


def _per_t(table: pd.DataFrame, term: str) -> Any:
    """Divide a cost term by tonnes, row by row; NaN where the table has no such term, or no tonnes."""
    yen = table[term] if term in table else pd.Series(np.nan, index=table.index)
    return yen / table["mass_t"].where(table["mass_t"] > 0)
