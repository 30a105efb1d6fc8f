"""Give the tables of a plan their places: points, straight lines and areas, all in degrees WGS84."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from hubspoke.outputs.maps.catchments import draw_catchments
from hubspoke.plan.roads.loads import BLACK_MASS, PACKS, tabulate_road_loads

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData

LAYER_KINDS = {
    "lanes": "LineString",
    "flows": "LineString",
    "road_loads": "LineString",
    "catchments": "MultiPolygon",
}
"""Geometry of the layers that are not points."""
DEGREES = "EPSG:4326"
PLACE = ["lon", "lat"]
LANE = [
    *("site_id", "hub_id", "region", "share", "mass_t", "distance_km", "ferry_km", "hours", "trips_per_yr", "truck"),
    *("cost_jpy", "cost_jpy_per_t", "co2_kg"),
]
"""Columns of the assignments that belong to the lane; all others belong to the site."""
WAY = ("distance_km", "ferry_km", "hours")
"""Columns of flows that grades of black mass on one way have in common."""


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
        Degrees WGS84, by name: `sites`, `hubs` and `refineries` (points, one for each row of the table), `lanes` (lines
        from site to hub), `flows` (lines from hub or port to refinery, grades summed), `on_ground` (points: what is
        moved between places at one point, which no line can show), `road_loads` (lines from city to city, one for
        each link, direction, material and plant) and `catchments` (areas).
    """
    lanes, near = _along_lanes(plan)
    flows, within = _along_flows(plan)
    return {
        "sites": _at_points(plan.assignments),
        "hubs": _at_points(plan.hubs),
        "refineries": _at_points(plan.refineries),
        "lanes": lanes,
        "flows": flows,
        "on_ground": _on_ground(near, within),
        "road_loads": _along_links(tabulate_road_loads(plan) if road_loads is None else road_loads),
        "catchments": draw_catchments(plan) if catchments is None else catchments,
    }


def _at_points(table: pd.DataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(table["lon"], table["lat"]), crs=DEGREES)


def _draw_lines(table: pd.DataFrame, starts: np.ndarray, ends: np.ndarray) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return the rows whose ends lie apart as lines, and the others, whose line would be invalid, as points."""
    apart = (starts != ends).any(axis=1)
    pairs = np.stack([starts[apart], ends[apart]], axis=1)
    lines = shapely.linestrings(pairs) if apart.any() else []
    points = shapely.points(starts[~apart]) if not apart.all() else []
    return (
        gpd.GeoDataFrame(table[apart].reset_index(drop=True), geometry=lines, crs=DEGREES),
        gpd.GeoDataFrame(table[~apart].reset_index(drop=True), geometry=points, crs=DEGREES),
    )


def _find(places: pd.DataFrame, ids: pd.Series) -> np.ndarray:
    """Return longitude and latitude of places by id, shape (rows, 2)."""
    return places.set_index("id").loc[ids, PLACE].to_numpy(np.float64).reshape(-1, 2)


def _along_lanes(plan: PlanData) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return every delivery of packs: as a line from site to hub, or as a point."""
    served = plan.assignments[plan.assignments["hub_id"] != ""]
    lanes = served[[column for column in LANE if column in served]]
    return _draw_lines(lanes, served[PLACE].to_numpy(np.float64), _find(plan.hubs, served["hub_id"]))


def _along_flows(plan: PlanData) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return black mass from hub or port to refinery, grades summed: as a line, or as a point."""
    ports = plan.imports.rename(columns={"lat": "_", "lon": "__"})
    ports = ports.rename(columns={"port_id": "id", "port_lat": "lat", "port_lon": "lon"}).drop_duplicates("id")
    starts = pd.concat([plan.hubs[["id", *PLACE]], ports[["id", *PLACE]]])
    flows = _sum_grades(plan.flows)
    return _draw_lines(flows, _find(starts, flows["hub_id"]), _find(plan.refineries, flows["refinery_id"]))


def _sum_grades(flows: pd.DataFrame) -> pd.DataFrame:
    """Return flows with all grades of one way in one row; `grade` lists them."""
    ways = ["hub_id", "from_kind", "refinery_id"]
    how = {
        column: "first" if column in WAY else "sum" if flows[column].dtype.kind in "if" else "; ".join
        for column in flows.columns
        if column not in ways
    }
    if flows.empty:
        return flows
    return flows.groupby(ways, sort=False, as_index=False).agg(how)[flows.columns.tolist()]


def _on_ground(lanes: gpd.GeoDataFrame, flows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return what is moved between two places at one point."""
    columns = ["material", "from_id", "to_id", "mass_t", "cost_jpy", "co2_kg", "geometry"]
    packs = lanes.rename(columns={"site_id": "from_id", "hub_id": "to_id"}).assign(material=PACKS)
    black_mass = flows.rename(columns={"hub_id": "from_id", "refinery_id": "to_id"}).assign(material=BLACK_MASS)
    parts = [part[columns] for part in (packs, black_mass) if len(part)]
    if not parts:
        return gpd.GeoDataFrame(packs[columns], crs=DEGREES)
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=DEGREES)


def _along_links(road_loads: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return what loads links of the road graph, with a straight line from city to city."""
    links = road_loads[(road_loads["from_code"] != "") & (road_loads["to_code"] != "")].reset_index(drop=True)
    ends = links[["from_lon", "from_lat", "to_lon", "to_lat"]].to_numpy(float).reshape(-1, 2, 2)
    return gpd.GeoDataFrame(links, geometry=shapely.linestrings(ends) if len(links) else [], crs=DEGREES)
