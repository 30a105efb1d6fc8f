"""Draw the catchments of hubs: the land around the sites that deliver to each of them, clipped to the coast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from hubspoke.outputs.land.land import find_outlines

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData


SAME_PLACE = 6
"""Decimals of a degree to which sites are at one place, a tenth of a metre: Voronoi cells need points apart."""


def draw_catchments(plan: PlanData) -> gpd.GeoDataFrame:
    """Draw the catchment of every hub that sites deliver to.

    Each piece of land goes to its nearest site, and with it to the hub that takes most of that site. Nearest means by
    Voronoi cells, with degrees of longitude shortened as at the middle latitude. Where no pack leaves its region, only
    sites of the same region count. Regions without sites belong to no catchment; sites
    of regions that are not drawn share the prefectures in which they lie.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    GeoDataFrame
        `hub_id`, `sites` (how many deliver), `mass_t` (t of packs per year) and `geometry` (degrees WGS84), one row for
        each hub, by id.
    """
    columns = ["hub_id", "sites", "mass_t", "geometry"]
    served = plan.assignments[plan.assignments["hub_id"] != ""]
    if served.empty:
        return gpd.GeoDataFrame({name: [] for name in columns}, geometry="geometry", crs=plan.outlines.crs)
    spot = served[["lat", "lon"]].round(SAME_PLACE)
    one = served.assign(lat=spot["lat"], lon=spot["lon"]).sort_values(["lat", "lon", "mass_t"])
    places = one.drop_duplicates(["lat", "lon"], keep="last")
    parts = [_share_out(near, land) for near, land in _list_lands(plan, served, places)]
    shapes = pd.concat(parts).groupby(level=0).agg(lambda part: shapely.union_all(list(part)))
    totals = served.groupby("hub_id").agg(sites=("site_id", "nunique"), mass_t=("mass_t", "sum")).loc[shapes.index]
    return gpd.GeoDataFrame(
        {"hub_id": totals.index.to_numpy(), "sites": totals["sites"].to_numpy(), "mass_t": totals["mass_t"].to_numpy()},
        geometry=[shapely.MultiPolygon(_polygons(shape)) for shape in shapes],
        crs=plan.outlines.crs,
    )


def _list_lands(
    plan: PlanData, served: pd.DataFrame, places: pd.DataFrame
) -> list[tuple[pd.DataFrame, shapely.Geometry]]:
    """List the land that is shared out, and the places among which it is: all in one, or region by region."""
    outlines = find_outlines(plan)
    areas = outlines[(outlines["kind"] == "region") & outlines["id"].isin(served["region"])]
    land = areas.groupby("id")["geometry"].agg(lambda part: shapely.union_all(list(part)))
    leaves = served["region"] != served["hub_id"].map(plan.hubs.set_index("id")["region"])
    if leaves.any():
        return [(places, shapely.union_all(list(land)))]
    lands = [(near, land[region]) for region, near in places.groupby("region") if region in land.index]
    others = places[~places["region"].isin(land.index)]
    if others.empty:
        return lands
    around = _find_prefectures(outlines, others).difference(shapely.union_all(list(land)))
    if around.is_empty:  # nothing is drawn where they lie
        return lands or [(places, around)]
    return [*lands, (others, around)]


def _find_prefectures(outlines: gpd.GeoDataFrame, places: pd.DataFrame) -> shapely.Geometry:
    """Return the prefectures in which places lie whose regions are not drawn."""
    areas = outlines.loc[outlines["kind"] == "prefecture", "geometry"].to_numpy()
    tree = shapely.STRtree(areas)
    held = tree.query(shapely.points(places["lon"], places["lat"]), predicate="intersects")[1]
    return shapely.union_all(areas[np.unique(held)])


def _share_out(places: pd.DataFrame, land: shapely.Geometry) -> pd.Series:
    """Share land out among places; return one shape for each hub, in degrees, by id."""
    squeeze = float(np.cos(np.radians(places["lat"].mean())))
    points = shapely.points(places["lon"] * squeeze, places["lat"])
    squeezed = shapely.transform(land, lambda at: at * [squeeze, 1.0])
    frame = shapely.box(*shapely.total_bounds(np.append(points, squeezed))).buffer(1.0)
    cells = pd.Series(_cells(points, frame), index=places["hub_id"].to_numpy())
    shapes = cells.groupby(level=0).agg(lambda part: shapely.coverage_union_all(list(part)))
    stretched = [shapely.transform(shape.intersection(frame), lambda at: at / [squeeze, 1.0]) for shape in shapes]
    return pd.Series([shape if land.is_empty else shape.intersection(land) for shape in stretched], index=shapes.index)


def _cells(points: np.ndarray, frame: shapely.Geometry) -> list[shapely.Geometry]:
    """Return the Voronoi cell of each point, in the order of the points; all of the frame for a single point."""
    if len(points) == 1:
        return [frame]
    made = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=frame))
    at, cell = shapely.STRtree(made).query(points, predicate="intersects")
    first = dict(zip(at.tolist()[::-1], cell.tolist()[::-1], strict=True))
    return [made[first[number]] for number in range(len(points))]


def _polygons(shape: shapely.Geometry) -> list[shapely.Polygon]:
    """Return the polygons of a shape, without the points and lines that clipping leaves."""
    return [part for part in shapely.get_parts(shape, return_index=False) if part.geom_type == "Polygon"]
