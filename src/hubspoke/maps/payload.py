"""A plan as compact data for the browser: columns of short numbers, plants as records, names in one language."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from hubspoke.maps.colours import UNSERVED, choose_ink, colour_hubs
from hubspoke.maps.figures import name_regions

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from numpy.typing import NDArray

    from hubspoke.maps.drawable import Drawable, Lang

MARGIN_DEG = 0.12
REMOTE_SHARE = 0.01
REMOTE_GAP_DEG = 1.0


def build_payload(plan: Drawable, words: Mapping[str, str], *, region: str | None, lang: Lang) -> dict[str, Any]:
    """Gather what the browser draws.

    Parameters
    ----------
    plan : Drawable
        The plan.
    words : mapping of str to str
        Words of the language.
    region : str or None
        Only the sites and plants of this region and what they exchange with others; None for all.
    lang : {"en", "ja"}
        Language of names.

    Returns
    -------
    dict
        `sites` and `lanes` as columns (degrees times 10,000; tonnes; km; yen), `plants` and `flows` as records.
    """
    hubs = plan.hubs.assign(colour=_colour(plan.hubs))
    lanes, hubs, refineries, flows = _cut(plan, hubs, region)
    place = _Places(plan, lang)
    plants = [_record(row, "hub", plan, place, lang) for row in hubs.to_dict("records")]
    plants += [_record(row, "refinery", plan, place, lang) for row in refineries.to_dict("records")]
    hub_at = {key: number for number, key in enumerate(hubs["id"])}
    refinery_at = {key: number + len(hubs) for number, key in enumerate(refineries["id"])}
    sites, lane_columns = _columns(lanes, hub_at, place, lang)
    return {
        "lang": lang,
        "words": dict(words),
        "unserved": UNSERVED,
        "bounds": _bound(lanes, hubs, refineries, region),
        "largest_t": _number(plan.assignments.groupby("site_id")["mass_t"].sum().max()) or 0,
        "sites": sites,
        "lanes": lane_columns,
        "plants": plants,
        "flows": _list_flows(flows, hub_at, refinery_at, plan, lang),
    }


def _colour(hubs: pd.DataFrame) -> list[str]:
    used = (hubs["state"] == "open").to_numpy()
    colours = np.full(len(hubs), "#777777", dtype=object)
    columns = [hubs.loc[used, name].to_numpy(dtype=np.float64) for name in ("lat", "lon", "load_t")]
    colours[used] = colour_hubs(*columns)
    return [str(colour) for colour in colours]


def _cut(
    plan: Drawable, hubs: pd.DataFrame, region: str | None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    lanes, refineries, flows = plan.assignments, plan.refineries, plan.flows
    if region is not None:
        own_hubs = set(hubs.loc[hubs["region"] == region, "id"])
        own_refineries = set(refineries.loc[refineries["region"] == region, "id"])
        lanes = lanes[(lanes["region"] == region) | lanes["hub_id"].isin(own_hubs)]
        flows = flows[flows["hub_id"].isin(own_hubs) | flows["refinery_id"].isin(own_refineries)]
        hubs = hubs[hubs["id"].isin(own_hubs | set(lanes["hub_id"]) | set(flows["hub_id"]))]
        refineries = refineries[refineries["id"].isin(own_refineries | set(flows["refinery_id"]))]
    return lanes, hubs, refineries, flows


class _Places:
    """Names of prefectures and regions in one language."""

    def __init__(self, plan: Drawable, lang: Lang) -> None:
        shown = plan.outlines[plan.outlines["kind"] == "prefecture"]
        column = "name_ja" if lang == "ja" else "name_en"
        self._prefectures = dict(zip(shown["name_en"].astype(str), shown[column].astype(str), strict=True))
        self._regions = name_regions(plan, lang)
        self._join = "" if lang == "ja" else ", "
        self._lang = lang

    def name(self, prefecture: Any, region: Any) -> str:
        known = self._prefectures.get(str(prefecture)) or str(prefecture)
        area = self._regions.get(str(region)) or str(region)
        if not known or known == area:
            return area
        return f"{known}（{area}）" if self._lang == "ja" else f"{known}, {area}"


def _columns(
    lanes: pd.DataFrame, hub_at: Mapping[str, int], place: _Places, lang: Lang
) -> tuple[dict[str, Any], dict[str, Any]]:
    codes, ids = pd.factorize(lanes["site_id"])
    mass_t = lanes["mass_t"].to_numpy(dtype=np.float64)
    hub = lanes["hub_id"].map(hub_at).fillna(-1).to_numpy(dtype=np.int64)
    ranked = np.lexsort((-mass_t, codes))
    main = ranked[np.unique(codes[ranked], return_index=True)[1]] if len(ids) else ranked
    first = lanes.iloc[main]
    names = _name(first, "site_name", lang)
    places = [place.name(*pair) for pair in zip(first["prefecture"], first["region"], strict=True)]
    known, index = np.unique(np.array(places, dtype=object).astype(str), return_inverse=True)
    sites = {
        "name": names,
        "lat": _whole(first["lat"] * 1e4),
        "lon": _whole(first["lon"] * 1e4),
        "t": _short(np.bincount(codes, mass_t, len(ids)), 2),
        "hub": hub[main].tolist(),
        "place": index.tolist(),
        "places": known.tolist(),
        "synthetic": (first["origin"] == "synthetic").astype(int).tolist(),
    }
    served = hub >= 0
    kept = lanes[served]
    trucks, truck = np.unique(kept["truck"].astype(str).to_numpy(dtype=object), return_inverse=True)
    return sites, {
        "site": codes[served].tolist(),
        "hub": hub[served].tolist(),
        "t": _short(kept["mass_t"], 2),
        "share": _short(kept["share"] * 100, 1),
        "km": _short(kept["distance_km"], 1),
        "h": _short(kept["hours"], 1),
        "trips": _short(kept["trips_per_yr"], 1),
        "truck": truck.tolist(),
        "trucks": trucks.tolist(),
        "freight": _whole(_per_t(kept, "collection_freight_jpy")),
        "yen": _whole(kept["cost_jpy_per_t"]),
        "co2": _whole(kept["co2_kg"]),
    }


def _record(row: Mapping[Hashable, Any], kind: str, plan: Drawable, place: _Places, lang: Lang) -> dict[str, Any]:
    known: Mapping[str, Any] = getattr(plan.settings, f"{kind}_technologies")
    technology = known.get(str(row["technology"]))
    colour = str(row.get("colour", "#222222"))
    return {
        "kind": kind,
        "name": str(row["name_ja"]) if lang == "ja" and row["name_ja"] else str(row["name"]),
        "operator": str(row["operator"]),
        "place": place.name(row["prefecture"], row["region"]),
        "technology": str(getattr(technology, f"name_{lang}", row["technology"])),
        "at": [round(float(row["lat"]), 4), round(float(row["lon"]), 4)],
        "state": str(row["state"]),
        "existing": row["status"] == "open",
        "capacity": _number(row["capacity_t"]),
        "load": _number(row["load_t"]),
        "use": _number(row["utilisation"]),
        "feeders": int(row["sites" if kind == "hub" else "hubs"]),
        "yen": _number(row["cost_jpy"]),
        "colour": colour,
        "ink": choose_ink(colour),
    }


def _list_flows(
    flows: pd.DataFrame,
    hub_at: Mapping[str, int],
    refinery_at: Mapping[str, int],
    plan: Drawable,
    lang: Lang,
) -> list[dict[str, Any]]:
    records = []
    for (hub, refinery), rows in flows.groupby(["hub_id", "refinery_id"], sort=True):
        grades = []
        for key, mass_t in zip(rows["grade"].astype(str), rows["mass_t"].tolist(), strict=True):
            grade = plan.settings.grades.get(key)
            grades.append([str(getattr(grade, f"name_{lang}", key)), round(float(mass_t), 1)])
        mass_t = float(rows["mass_t"].sum())
        if mass_t <= 0:
            continue
        records.append(
            {
                "from": hub_at[str(hub)],
                "to": refinery_at[str(refinery)],
                "t": round(mass_t, 1),
                "km": _number(rows["distance_km"].iloc[0]),
                "h": _number(rows["hours"].iloc[0]),
                "freight": _number(_per_t(rows, "black_mass_freight_jpy", whole=True), 0),
                "yen": _number(rows["cost_jpy"].sum() / mass_t, 0),
                "co2": _number(rows["co2_kg"].sum()),
                "grades": grades,
            }
        )
    return records


def _bound(lanes: pd.DataFrame, hubs: pd.DataFrame, refineries: pd.DataFrame, region: str | None) -> list[list[float]]:
    """Bound the sites and the plants in use, in degrees: south-west, north-east."""
    tables = [lanes, hubs[hubs["state"] == "open"], refineries[refineries["state"] == "open"]]
    if region is not None and any((table["region"] == region).any() for table in tables):
        tables = [table[table["region"] == region] for table in tables]
    if region is None and len(lanes):
        ends = {axis: _leave_remote(lanes[axis].to_numpy(dtype=np.float64)) for axis in ("lat", "lon")}
        tables = [pd.DataFrame(ends), *tables[1:]]
    points = pd.concat([table[["lat", "lon"]] for table in tables]).to_numpy(dtype=np.float64)
    if not len(points):
        return [[26.0, 127.0], [45.6, 146.0]]
    low, high = points.min(axis=0) - MARGIN_DEG, points.max(axis=0) + MARGIN_DEG
    return [low.round(3).tolist(), high.round(3).tolist()]


def _leave_remote(degrees: NDArray[np.float64]) -> tuple[float, float]:
    """Give the ends of the range without the few islets far off, which would shrink the first view of the country."""
    ordered = np.sort(degrees)
    few = int(len(ordered) * REMOTE_SHARE)
    apart = np.diff(ordered) > REMOTE_GAP_DEG
    start = np.flatnonzero(apart[:few])
    end = np.flatnonzero(apart[len(apart) - few :])
    first = start[-1] + 1 if len(start) else 0
    last = len(ordered) - 1 - (few - end[0]) if len(end) else len(ordered) - 1
    return float(ordered[first]), float(ordered[last])


def _name(table: pd.DataFrame, column: str, lang: Lang) -> list[str]:
    names = table[column].astype(str)
    if lang == "en":
        return names.tolist()
    japanese = table[f"{column}_ja"].fillna("").astype(str)
    return japanese.where(japanese != "", names).tolist()


def _per_t(table: pd.DataFrame, term: str, *, whole: bool = False) -> Any:
    """Divide a cost term by tonnes, row by row or as a whole; NaN where the table does not tell the term."""
    yen = table[term] if term in table else pd.Series(np.nan, index=table.index)
    if whole:
        return yen.sum(skipna=False) / table["mass_t"].sum()
    return yen / table["mass_t"].where(table["mass_t"] > 0)


def _short(values: Any, decimals: int) -> list[float | None]:
    return [_number(value, decimals) for value in np.asarray(values, dtype=np.float64).tolist()]


def _whole(values: Any) -> list[float | None]:
    return _short(values, 0)


def _number(value: Any, decimals: int = 3) -> float | None:
    """Round to a plain number that JSON can hold; None where there is none."""
    number = float(value)
    if not math.isfinite(number):
        return None
    rounded = round(number, decimals)
    return int(rounded) if rounded == int(rounded) else rounded
