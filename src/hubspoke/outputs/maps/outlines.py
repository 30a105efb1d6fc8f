"""Write the land below a map: prefectures with thin borders, and stronger ones between regions."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from hubspoke.outputs.maps.colours import BORDER, COAST, ELSEWHERE, LAND
from hubspoke.outputs.maps.rings import write_polygons

if TYPE_CHECKING:
    import geopandas as gpd
    import shapely


def list_land(outlines: gpd.GeoDataFrame, region: str | None) -> list[dict[str, Any]]:
    """Write the land as layers without names, so that no text of a file stands in a script.

    Parameters
    ----------
    outlines : GeoDataFrame
        Prefectures and regions.
    region : str or None
        The region that is planned, with all others grey; None for all of them.

    Returns
    -------
    list of dict
        The lowest first; a layer that would be empty is left out. `pane`, `weight` of the line in pixels, colours
        `fill` (null for none) and `line`, and `shapes` as `write_polygons` writes them.
    """
    areas = outlines[outlines["kind"] == "region"]
    prefectures = outlines[outlines["kind"] == "prefecture"]
    layers = []
    if region is not None:
        others = areas[areas["id"] != region]
        layers.append(_layer(others, "land", fill=ELSEWHERE, line=COAST, weight=0.6))
        prefectures = prefectures[prefectures["region"] == region]
        areas = areas[areas["id"] == region]
    layers.append(_layer(prefectures, "land", fill=LAND, line=COAST, weight=0.6))
    layers.append(_layer(areas, "outlines", fill=None, line=BORDER, weight=1.3))
    return [layer for layer in layers if layer["shapes"]]


def _layer(table: gpd.GeoDataFrame, pane: str, *, fill: str | None, line: str, weight: float) -> dict[str, Any]:
    shapes = [polygons for polygons in map(_write, table.geometry) if polygons]
    return {"pane": pane, "fill": fill, "line": line, "weight": weight, "shapes": shapes}


@lru_cache(maxsize=256)
def _write(geometry: shapely.Geometry) -> list[list[list[int]]]:
    """Write a shape, kept because every map of a run draws the same ones."""
    return write_polygons(geometry)
