"""Write what roads carry as numbers for the browser: links, what each carries to which plant, where sites join."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.outputs.maps.json_numbers import shorten, to_whole

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.outputs.maps.cut import MapExtract
    from hubspoke.outputs.maps.frame import Index
    from hubspoke.plan.roads.loads import RoadLoads
    from hubspoke.words.language import Lang

KINDS = ("road", "expressway", "bridge", "ferry")
LEG = "leg"


def list_roads(cut: MapExtract, at: Index, roads: RoadLoads, lang: Lang) -> dict[str, Any] | None:
    """Gather what the roads carry to the plants of a map.

    Parameters
    ----------
    cut : MapExtract
    at : Index
    roads : RoadLoads
        Those of the whole plan.
    lang : {"en", "ja"}
        Language of the names of cities.

    Returns
    -------
    dict or None
        `cities` (name, degrees times 10,000), `links` (two cities, kind, km, route), `loads` (link, whether it is
        driven backwards, plant, t per year, loaded trucks a day, kg of CO2 per year) and `ends` (city, plant, t per
        year of the leg to the plant) as columns; `entry` by lane and `flows` by flow: the city where each joins the
        roads, -1 where it does not. None where nothing moves on a road.
    """
    lanes = cut.lanes[cut.lanes["hub_id"].isin(list(at.hubs))]
    plants = {("packs", key): number for key, number in at.hubs.items() if key in set(lanes["hub_id"])}
    taking = set(cut.flows["refinery_id"])
    plants |= {("black_mass", key): number for key, number in at.refineries.items() if key in taking}
    table = roads.table
    plant = np.array([plants.get(pair, -1) for pair in zip(table["material"], table["plant_id"], strict=True)], int)
    table = table.assign(plant=plant)[plant >= 0]
    links = table[table["kind"].isin(KINDS)]
    if links.empty:
        return None
    entry, flows = roads.sites[cut.plan.assignments.index.get_indexer(lanes.index)], _join_flows(cut, roads)
    ends = table[(table["kind"] == LEG) & (table["to_code"] == "")]
    places = _list_cities(table, lang)
    city = {code: number for number, code in enumerate(places)}
    known: dict[tuple[Any, ...], int] = {}
    number, back = [], []
    for start, end, kind, km, route in zip(
        links["from_code"], links["to_code"], links["kind"], links["distance_km"], links["route"], strict=True
    ):
        turned = city[start] > city[end]
        pair = (city[end], city[start]) if turned else (city[start], city[end])
        key = (*pair, KINDS.index(kind), round(float(km), 1), str(route))
        number.append(known.setdefault(key, len(known)))
        back.append(int(turned))
    of_packs = np.where(links["material"] == "packs", links["mass_t"], 0.0)
    packs_t = np.bincount(number, of_packs)
    return {
        "cities": {name: [place[at] for place in places.values()] for at, name in enumerate(("name", "lat", "lon"))},
        "links": {name: [key[at] for key in known] for at, name in enumerate(("a", "b", "kind", "km", "route"))},
        "loads": {
            "link": number,
            "back": back,
            "plant": links["plant"].tolist(),
            "t": shorten(links["mass_t"], 1),
            "trucks": shorten(links["trucks_per_day"], 2),
            "co2": to_whole(links["co2_kg"]),
        },
        "ends": {
            "city": [city[code] for code in ends["from_code"]],
            "plant": ends["plant"].tolist(),
            "t": shorten(ends["mass_t"], 1),
        },
        "largest_t": round(float(packs_t.max()), 1),
        "entry": [city.get(code, -1) for code in entry],
        "flows": [city.get(code, -1) for code in flows],
    }


def _join_flows(cut: MapExtract, roads: RoadLoads) -> list[str]:
    """Return where each flow joins the roads, in the order in which flows are listed for the browser."""
    codes = cut.flows.assign(code=roads.flows[cut.plan.flows.index.get_indexer(cut.flows.index)])
    grouped = codes.groupby(["hub_id", "refinery_id"], sort=True)
    return [str(rows["code"].iloc[0]) for _, rows in grouped if rows["mass_t"].sum() > 0]


def _list_cities(table: pd.DataFrame, lang: Lang) -> dict[str, tuple[str, int, int]]:
    """Return name, latitude and longitude (degrees times 10,000) of every city in the table, by code."""
    found: dict[str, tuple[str, int, int]] = {}
    for side in ("from", "to"):
        named = table[table[f"{side}_code"] != ""].drop_duplicates(f"{side}_code")
        other = named[f"{side}_name"]
        name = named[f"{side}_name_ja"].where(named[f"{side}_name_ja"] != "", other) if lang == "ja" else other
        lat, lon = (to_whole(named[f"{side}_{axis}"] * 1e4) for axis in ("lat", "lon"))
        found |= dict(zip(named[f"{side}_code"], zip(name, lat, lon, strict=True), strict=True))
    return dict(sorted(found.items()))
