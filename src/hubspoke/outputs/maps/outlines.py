"""Draw the land below a map: prefectures with thin borders, and stronger ones between regions."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import folium
import shapely
from folium.utilities import JsCode

from hubspoke.outputs.maps.colours import BORDER, COAST, ELSEWHERE, LAND

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

_DECIMALS = 3


def outline_layers(outlines: gpd.GeoDataFrame, region: str | None) -> list[folium.GeoJson]:
    """Draw the land as GeoJSON layers without names, so that no text of a file stands in a script.

    Parameters
    ----------
    outlines : GeoDataFrame
        Prefectures and regions.
    region : str or None
        The region that is planned, with all others grey; None for all of them.

    Returns
    -------
    list of folium.GeoJson
        The lowest first; a layer that would be empty is left out.
    """
    areas = outlines[outlines["kind"] == "region"]
    prefectures = outlines[outlines["kind"] == "prefecture"]
    layers = []
    if region is not None:
        others = areas[areas["id"] != region]
        style = {"fillColor": ELSEWHERE, "fillOpacity": 1, "color": COAST, "weight": 0.6}
        layers.append(_layer(others, "elsewhere", [style] * len(others), pane="land"))
        prefectures = prefectures[prefectures["region"] == region]
        areas = areas[areas["id"] == region]
    land = {"fillColor": LAND, "fillOpacity": 1, "color": COAST, "weight": 0.6}
    layers.append(_layer(prefectures, "prefectures", [land] * len(prefectures), pane="land"))
    border = {"fill": False, "color": BORDER, "weight": 1.3}
    layers.append(_layer(areas, "regions", [border] * len(areas), pane="outlines"))
    return [layer for layer in layers if layer.data["features"]]


def _layer(table: gpd.GeoDataFrame, name: str, styles: list[dict[str, Any]], *, pane: str) -> folium.GeoJson:
    features = [
        {"type": "Feature", "id": f"{name}-{number}", "properties": {}, "geometry": _round(geometry)}
        for number, geometry in enumerate(table.geometry)
    ]
    by_id = {feature["id"]: style for feature, style in zip(features, styles, strict=True)}
    layer = folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        style_function=lambda feature: by_id[feature["id"]],
        name=name,
        control=False,
        smooth_factor=0.7,
        pane=pane,
        renderer=JsCode(f"hubspoke.outlineRenderer('{pane}')"),
        interactive=False,
    )
    layer._id = name  # noqa: SLF001 - a fixed name, so that the same plan gives the same bytes
    return layer


@lru_cache(maxsize=256)
def _round(geometry: shapely.Geometry) -> dict[str, Any]:
    """Return a geometry as data with rounded degrees, kept because every map of a run draws the same ones."""

    def shorten(coordinates: NDArray[Any]) -> NDArray[Any]:
        return coordinates.round(_DECIMALS)

    shape: dict[str, Any] = shapely.geometry.mapping(shapely.transform(geometry, shorten))
    return shape
