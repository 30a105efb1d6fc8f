"""Catchments: the land around the sites that deliver to a hub, clipped to the coast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

if TYPE_CHECKING:
    from hubspoke.maps.drawable import Drawable


def draw_catchments(plan: Drawable) -> gpd.GeoDataFrame:
    """Draw the catchment of every hub that sites deliver to.

    Each piece of land goes to its nearest site (Voronoi cells, with degrees of longitude shortened as at the middle
    latitude), and with it to the hub that takes most of that site.

    Returns
    -------
    GeoDataFrame
        `hub_id`, `sites`, `mass_t` and `geometry` in degrees, one row for each hub, by id.
    """
    columns = ["hub_id", "sites", "mass_t", "geometry"]
    served = plan.assignments[plan.assignments["hub_id"] != ""]
    if served.empty:
        return gpd.GeoDataFrame({name: [] for name in columns}, geometry="geometry", crs=plan.outlines.crs)
    places = served.sort_values(["lat", "lon", "mass_t"]).drop_duplicates(["lat", "lon"], keep="last")
    squeeze = float(np.cos(np.radians(places["lat"].mean())))
    points = shapely.points(places["lon"] * squeeze, places["lat"])
    land = shapely.union_all(plan.outlines.loc[plan.outlines["kind"] == "region", "geometry"].to_numpy())
    cells = _cells(points, shapely.transform(land, lambda at: at * [squeeze, 1.0]))
    shapes = gpd.GeoSeries(cells).groupby(places["hub_id"].to_numpy()).agg(lambda part: shapely.union_all(list(part)))
    totals = served.groupby("hub_id").agg(sites=("site_id", "nunique"), mass_t=("mass_t", "sum"))
    totals = totals.loc[shapes.index]
    clipped = [
        shapely.transform(shape, lambda at: at / [squeeze, 1.0]).intersection(land) if not land.is_empty else shape
        for shape in shapes
    ]
    return gpd.GeoDataFrame(
        {"hub_id": totals.index.to_numpy(), "sites": totals["sites"].to_numpy(), "mass_t": totals["mass_t"].to_numpy()},
        geometry=[shapely.MultiPolygon(_polygons(shape)) for shape in clipped],
        crs=plan.outlines.crs,
    )


def _cells(points: np.ndarray, land: shapely.Geometry) -> list[shapely.Geometry]:
    """Give the Voronoi cell of every point, in their order."""
    frame = shapely.box(*shapely.total_bounds(np.append(points, land))).buffer(1.0)
    if len(points) == 1:
        return [frame]
    made = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=frame))
    at, cell = shapely.STRtree(made).query(points, predicate="intersects")
    first = dict(zip(at.tolist()[::-1], cell.tolist()[::-1], strict=True))
    return [made[first[number]].intersection(frame) for number in range(len(points))]


def _polygons(shape: shapely.Geometry) -> list[shapely.Polygon]:
    return [part for part in shapely.get_parts(shape, return_index=False) if part.geom_type == "Polygon"]
