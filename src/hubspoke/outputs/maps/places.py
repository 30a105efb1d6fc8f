"""Names of places on the land below a map, which need no network: regions, prefectures, and cities by their size."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from hubspoke.base.shipped import shipped_data_folder

if TYPE_CHECKING:
    import geopandas as gpd

    from hubspoke.words.language import Lang

CITIES = "cities.csv"
REGION, PREFECTURE, CITY = 0, 1, 2


@cache
def _read_cities() -> pd.DataFrame:
    cities = pd.read_csv(
        shipped_data_folder() / CITIES, usecols=["name_en", "name_ja", "lat", "lon", "population_2020"]
    )
    return cities.sort_values("population_2020", ascending=False, kind="stable", ignore_index=True)


def list_places(outlines: gpd.GeoDataFrame, region: str | None, lang: Lang) -> dict[str, list[Any]]:
    """List the places that are named: the regions and prefectures of the outlines, and the shipped cities on them.

    Parameters
    ----------
    outlines : GeoDataFrame
        Prefectures and regions.
    region : str or None
        Only prefectures and cities of this region; None for all.
    lang : {"en", "ja"}

    Returns
    -------
    dict
        Columns `name`, `lat`, `lon` (degrees times 1,000), `kind` (0 region, 1 prefecture, 2 city) and `people`
        (thousands; 0 but for cities), cities last and the largest first.
    """
    column = "name_ja" if lang == "ja" else "name_en"
    areas = outlines[outlines["kind"].isin(["region", "prefecture"])]
    if region is not None:
        areas = areas[areas["region"].where(areas["kind"] == "prefecture", areas["id"]) == region]
    land = areas[areas["kind"] == "region"].geometry.to_numpy()
    rows: list[tuple[str, float, float, int, int]] = []
    for name, kind, shape in zip(areas[column].astype(str), areas["kind"], areas.geometry, strict=True):
        if shape.is_empty or not name:
            continue
        at = max(shapely.get_parts(shape), key=lambda part: float(part.area)).representative_point()
        rows.append((name, at.y, at.x, REGION if kind == "region" else PREFECTURE, 0))
    cities = _read_cities()
    points = shapely.points(cities["lon"], cities["lat"])
    near = sorted(set(shapely.STRtree(points).query(land, predicate="intersects")[1].tolist())) if len(land) else []
    for row in cities.iloc[near].to_dict("records"):
        people = round(float(row["population_2020"]) / 1000)
        rows.append((str(row[column]), float(row["lat"]), float(row["lon"]), CITY, people))
    names, lat, lon, kinds, people_k = map(list, zip(*rows, strict=True)) if rows else ([], [], [], [], [])
    return {
        "name": names,
        "lat": [round(1e3 * value) for value in lat],
        "lon": [round(1e3 * value) for value in lon],
        "kind": kinds,
        "people": people_k,
    }
