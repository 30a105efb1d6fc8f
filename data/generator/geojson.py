"""Read and write GeoJSON with stable bytes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import MultiPolygon, Polygon

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DECIMALS = 4
"""Decimals of a coordinate in degrees: about 10 m."""


def write_features(path: Path, features: Iterable[tuple[dict[str, str], Polygon | MultiPolygon]]) -> None:
    """Write one FeatureCollection, a feature per line.

    Parameters
    ----------
    path
        File to write.
    features
        Pairs of properties and outline in degrees (longitude, latitude).
    """
    rows = ",\n".join(_feature(properties, outline) for properties, outline in features)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{rows}\n]}}\n', encoding="utf-8", newline="\n")


def read_features(path: Path) -> list[tuple[dict[str, str], MultiPolygon]]:
    """Read the features of a file that `write_features` wrote."""
    collection = json.loads(path.read_text(encoding="utf-8"))
    return [
        (feature["properties"], as_multi(shapely.from_geojson(json.dumps(feature["geometry"]))))
        for feature in collection["features"]
    ]


def as_multi(shape: Any) -> MultiPolygon:
    """Return the polygons of any shape as one MultiPolygon, lines and points dropped."""
    parts = shapely.get_parts(shapely.make_valid(shape), return_index=False)
    flat = [piece for part in parts for piece in shapely.get_parts(part)]
    return MultiPolygon([piece for piece in flat if isinstance(piece, Polygon) and not piece.is_empty])


def _feature(properties: dict[str, str], outline: Polygon | MultiPolygon) -> str:
    geometry: dict[str, Any] = {"type": "MultiPolygon", "coordinates": _coordinates(as_multi(outline))}
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))


def _coordinates(outline: MultiPolygon) -> list[list[list[list[float]]]]:
    parts = sorted(shapely.normalize(outline).geoms, key=lambda part: (-part.area, part.bounds))
    return [[_ring(ring) for ring in (part.exterior, *part.interiors)] for part in parts]


def _ring(ring: Any) -> list[list[float]]:
    return [[round(lon, DECIMALS), round(lat, DECIMALS)] for lon, lat in ring.coords]
