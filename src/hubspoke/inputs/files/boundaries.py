"""Read the outlines of prefectures and regions."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.errors import Finding

if TYPE_CHECKING:
    import geopandas as gpd

    from hubspoke.inputs.files.source import Source

COLUMNS = ("kind", "jis_code", "id", "name_en", "name_ja", "region")
KINDS = ("prefecture", "region")
WGS84 = "EPSG:4326"


def read_boundaries(source: Source, data: bytes) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Read the outlines of prefectures and regions from GeoJSON in degrees or a layer of a GeoPackage.

    Parameters
    ----------
    source : Source
        The file, and its layer if it is a GeoPackage.
    data : bytes
        The content of a GeoJSON file; a GeoPackage is read from its path instead.

    Returns
    -------
    outlines : GeoDataFrame
        Columns of text `kind, jis_code, id, name_en, name_ja, region`, and `geometry` in degrees WGS84.
    findings : list of Finding
        One for each feature that had to be left out, and a warning where no region is drawn.
    """
    import geopandas as gpd  # noqa: PLC0415 - heavy

    if source.path.suffix.lower() != ".gpkg":
        outlines, found = _read_geojson(source.name, data)
        return outlines.copy(), list(found)
    frame = gpd.read_file(source.path, layer=source.layer)
    features = json.loads(frame.to_crs(WGS84).to_json())["features"] if frame.crs else frame.__geo_interface__
    return _gather(source.name, features if isinstance(features, list) else features["features"], [])


@lru_cache(maxsize=1)  # whoever reads one folder after another reads the outlines that ship each time
def _read_geojson(name: str, data: bytes) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    return _gather(name, *_parse(name, data))


def _gather(name: str, features: list[Any], findings: list[Finding]) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    import geopandas as gpd  # noqa: PLC0415 - heavy

    rows: dict[str, list[Any]] = {name: [] for name in (*COLUMNS, "geometry")}
    for number, feature in enumerate(features, start=1):
        findings += _add_feature(rows, feature, name, number)
    findings += _join_parts(rows, name)
    if not findings and "region" not in rows["kind"]:
        cure = "give one feature with kind region and an id for each region"
        findings.append(Finding(name, 0, "kind", "no region is drawn", cure, fatal=False, kind="no-region"))
    geometry = gpd.GeoSeries(rows.pop("geometry"), crs=WGS84)
    frame = gpd.GeoDataFrame(rows, geometry=geometry, crs=WGS84)
    frame[list(COLUMNS)] = frame[list(COLUMNS)].astype(str)
    return frame, findings


def _parse(name: str, data: bytes) -> tuple[list[Any], list[Finding]]:
    cure = "export the outlines again as GeoJSON in UTF-8"
    try:
        parsed = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return [], [Finding(name, 0, "", "the text is not UTF-8", cure, kind="encoding")]
    except json.JSONDecodeError as error:
        return [], [Finding(name, error.lineno, "", f"not valid JSON: {error.msg}", cure, kind="json")]
    except RecursionError:
        return [], [Finding(name, 0, "", "not valid GeoJSON: nested too deeply", cure, kind="json")]
    features = parsed.get("features") if isinstance(parsed, dict) else None
    if not isinstance(features, list):
        return [], [Finding(name, 0, "", "not a GeoJSON FeatureCollection", cure, kind="json")]
    return features, []


def _add_feature(rows: dict[str, list[Any]], feature: Any, name: str, number: int) -> list[Finding]:
    place = f"feature {number}"
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        cure = "give each feature properties with kind, id, name_en, name_ja"
        return [Finding(name, 0, "properties", f"{place} has no properties", cure, kind="no-properties")]
    texts = {key: str(properties.get(key) or "") for key in COLUMNS}
    if texts["kind"] not in KINDS:
        problem, cure = f"{place}: kind is {texts['kind']!r}", f"write {' or '.join(KINDS)}"
        return [Finding(name, 0, "kind", problem, cure, kind="no-properties")]
    if texts["kind"] == "region" and not texts["id"]:
        return [Finding(name, 0, "id", f"{place}: a region without id", "give the region an id", kind="no-properties")]
    shape = _to_shape(feature)
    if shape is None:
        cure = "give each feature a polygon in degrees of longitude and latitude (WGS84)"
        return [Finding(name, 0, "geometry", f"{place} has no usable polygon", cure, kind="no-polygon")]
    for key, value in {**texts, "geometry": shape}.items():
        rows[key].append(value)
    return []


def _join_parts(rows: dict[str, list[Any]], name: str) -> list[Finding]:
    """Join, in place, the features that draw parts of one region or prefecture, and tell of it."""
    import shapely  # noqa: PLC0415 - heavy

    first: dict[tuple[str, str], int] = {}
    parts: dict[int, list[int]] = {}
    for place, kind in enumerate(rows["kind"]):
        key = next(
            (rows[column][place] for column in ("id", "jis_code", "name_en", "name_ja") if rows[column][place]), ""
        )
        start = first.setdefault((kind, key or f"feature {place}"), place)
        parts.setdefault(start, []).append(place)
    several = {start: places for start, places in parts.items() if len(places) > 1}
    if not several:
        return []
    for start, places in several.items():
        rows["geometry"][start] = shapely.union_all([rows["geometry"][place] for place in places])
    for column, cells in rows.items():
        rows[column] = [cells[place] for place in parts]
    names = [rows["id"][list(parts).index(start)] or rows["name_en"][list(parts).index(start)] for start in several]
    told = ", ".join(f"{shown} ({len(places)})" for shown, places in zip(names, several.values(), strict=True))
    problem = f"drawn in several features, which are taken together: {told}"
    return [Finding(name, 0, "id", problem, "nothing, if that is meant", fatal=False, kind="drawn-in-parts")]


def _to_shape(feature: dict[str, Any]) -> Any:
    import shapely  # noqa: PLC0415 - heavy
    from shapely.geometry import shape  # noqa: PLC0415 - heavy

    try:
        made = shapely.force_2d(shape(feature["geometry"]))
        if not np.isfinite(shapely.get_coordinates(made)).all():
            return None
        made = made if made.is_valid else shapely.make_valid(made)
        polygons = [part for part in _list_parts(made) if part.area > 0]
        west, south, east, north = made.bounds
    except Exception:  # noqa: BLE001 - shapely raises many kinds for damaged coordinates
        return None
    if not polygons or not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        return None
    if made.geom_type in {"Polygon", "MultiPolygon"}:
        return made  # as it was drawn, so that what is written again is the same
    return polygons[0] if len(polygons) == 1 else shapely.union_all(polygons)


def _list_parts(made: Any) -> list[Any]:
    """Return the polygons of a shape, without the points and lines that mending may leave."""
    if made.geom_type == "Polygon":
        return [made]
    return [part for piece in getattr(made, "geoms", ()) for part in _list_parts(piece)]


def name_regions(outlines: gpd.GeoDataFrame) -> dict[str, str]:
    """Return the id of each drawn region by its id and its names, in lower case.

    Parameters
    ----------
    outlines : GeoDataFrame
        With `kind`, `id`, `name_en` and `name_ja`.

    Returns
    -------
    dict of str to str
        A Japanese name stands with and without the word for region, as in 九州地方, and so do the parts of 九州・沖縄.
    """
    kinds, ids = outlines["kind"].tolist(), outlines["id"].tolist()
    names: dict[str, str] = {}
    for column in ("name_ja", "name_en", "id"):
        for kind, name, key in zip(kinds, outlines[column].tolist(), ids, strict=True):
            if name and kind == "region":
                names[name.lower()] = key
                if column == "name_ja":
                    names[name.removesuffix("地方")] = names[name.removesuffix("地方") + "地方"] = key
                    for part in filter(None, name.removesuffix("地方").split("・")):
                        names.setdefault(part, key)
                        names.setdefault(f"{part}地方", key)
    return names
