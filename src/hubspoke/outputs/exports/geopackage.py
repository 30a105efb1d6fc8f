"""Write `plan.gpkg`: sites, plants, flows, roads and catchments as layers for QGIS and other mapping programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from hubspoke.outputs.exports.qgis_styles import STYLES, style_layers
from hubspoke.outputs.maps.catchments import draw_catchments
from hubspoke.plan.roads.loads import tabulate_road_loads

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.plan.plan import PlanData

WRITTEN = "2000-01-01T00:00:00.000Z"
"""Date written into every file instead of the present, so that the same plan gives the same bytes."""

LAYER_KINDS = {"flows": "LineString", "road_loads": "LineString", "catchments": "MultiPolygon"}
"""Geometry of the layers that are not points."""

DEGREES = "EPSG:4326"


def plan_layers(
    plan: PlanData, catchments: gpd.GeoDataFrame | None = None, road_loads: pd.DataFrame | None = None
) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers of a plan.

    Parameters
    ----------
    plan : PlanData
    catchments : GeoDataFrame, optional
        What `draw_catchments` returns for the plan, to save drawing them again.
    road_loads : DataFrame, optional
        What `tabulate_road_loads` returns for the plan, to save following its roads again.

    Returns
    -------
    dict of str to GeoDataFrame
        Degrees WGS84, by name: `sites`, `hubs` and `refineries` (points, one for each row of the table), `flows` (lines
        from hub or port to refinery), `road_loads` (lines from city to city, one for each link, direction, material and
        plant) and `catchments` (areas).
    """
    return {
        "sites": _at_points(plan.assignments),
        "hubs": _at_points(plan.hubs),
        "refineries": _at_points(plan.refineries),
        "flows": _along_lines(plan),
        "road_loads": _along_links(tabulate_road_loads(plan) if road_loads is None else road_loads),
        "catchments": draw_catchments(plan) if catchments is None else catchments,
    }


def write_geopackage(
    plan: PlanData,
    file: Path,
    *,
    catchments: gpd.GeoDataFrame | None = None,
    road_loads: pd.DataFrame | None = None,
) -> None:
    """Write the layers of a plan, and the styles in which QGIS opens them.

    Parameters
    ----------
    plan : PlanData
    file : Path
        Replaced where it is there.
    catchments : GeoDataFrame, optional
        What `draw_catchments` returns for the plan, to save drawing them again.
    road_loads : DataFrame, optional
        What `tabulate_road_loads` returns for the plan, to save following its roads again.
    """
    file.unlink(missing_ok=True)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": WRITTEN})
    try:
        layers = plan_layers(plan, catchments, road_loads)
        for name, layer in layers.items():
            kind = LAYER_KINDS.get(name, "Point")
            pyogrio.write_dataframe(layer, file, layer=name, driver="GPKG", geometry_type=kind)
        links_t = layers["road_loads"]["mass_t"]
        heaviest_t = float(links_t.max()) if len(links_t) else 0.0
        styles = style_layers(plan, layers["catchments"], WRITTEN, heaviest_link_t=heaviest_t)
        pyogrio.write_dataframe(styles, file, layer=STYLES, driver="GPKG")
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _at_points(table: pd.DataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(table["lon"], table["lat"]), crs=DEGREES)


def _along_lines(plan: PlanData) -> gpd.GeoDataFrame:
    """Return the flows with a straight line from the hub or port to the refinery."""
    ends = []
    ports = plan.imports.rename(columns={"lat": "_", "lon": "__"})
    ports = ports.rename(columns={"port_id": "id", "port_lat": "lat", "port_lon": "lon"}).drop_duplicates("id")
    starts = pd.concat([plan.hubs[["id", "lon", "lat"]], ports[["id", "lon", "lat"]]])
    for places, column in ((starts, "hub_id"), (plan.refineries, "refinery_id")):
        ends.append(places.set_index("id").loc[plan.flows[column], ["lon", "lat"]].to_numpy(float))
    lines = shapely.linestrings(np.stack(ends, axis=1)) if len(plan.flows) else []
    return gpd.GeoDataFrame(plan.flows, geometry=lines, crs=DEGREES)


def _along_links(road_loads: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return what loads links of the road graph, with a straight line from city to city."""
    links = road_loads[(road_loads["from_code"] != "") & (road_loads["to_code"] != "")].reset_index(drop=True)
    ends = links[["from_lon", "from_lat", "to_lon", "to_lat"]].to_numpy(float).reshape(-1, 2, 2)
    return gpd.GeoDataFrame(links, geometry=shapely.linestrings(ends) if len(links) else [], crs=DEGREES)
