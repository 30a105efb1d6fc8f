"""Access: the straight legs by which sites and plants join the road graph, kept off the open sea."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod
from scipy.spatial import cKDTree

from hubspoke.roads import Legs

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from hubspoke.roads import RoadTable

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

EARTH = Geod(ellps="WGS84")
TESTED_FROM_KM = 8.0  # shorter legs are believed: outlines are too coarse for them
SEA_TOLERANCE_KM = 3.0
SEA_TOLERANCE_SHARE = 0.15
COAST_TOLERANCE_DEG = 0.03  # how far off the outlines a city may lie and still be on the land they draw
NEAREST_TRIED = 6


@dataclass(frozen=True, eq=False)
class Land:
    """The outlines as an index of simple polygons."""

    parts: shapely.STRtree

    def sea_share(self, lon: Floats, lat: Floats, to_lon: Floats, to_lat: Floats) -> Floats:
        """Give the share of straight lines that lies off the outlines, shape (lines,)."""
        lines = shapely.linestrings(np.stack([np.stack([lon, lat], -1), np.stack([to_lon, to_lat], -1)], axis=1))
        share = np.ones(len(lines))
        within, _ = self.parts.query(lines, predicate="covered_by")
        share[within] = 0.0
        rest = np.flatnonzero(share)
        hit, part = self.parts.query(lines[rest], predicate="intersects")
        pieces = shapely.length(shapely.intersection(lines[rest[hit]], self.parts.geometries[part]))
        full = np.maximum(shapely.length(lines[rest]), 1e-12)
        dry = np.bincount(hit, weights=pieces, minlength=len(rest)) / full
        share[rest] = np.clip(1.0 - dry, 0.0, 1.0)
        return share

    def holds(self, lon: Floats, lat: Floats) -> Bools:
        """Say which points lie on the outlines or close to them, shape (points,)."""
        held = np.zeros(len(lon), np.bool_)
        near, _ = self.parts.query(shapely.points(lon, lat), predicate="dwithin", distance=COAST_TOLERANCE_DEG)
        held[near] = True
        return held


def read_land(outlines: gpd.GeoDataFrame) -> Land:
    """Index the outlines of the prefectures or, where there are none, of the regions."""
    finest = "prefecture" if (outlines["kind"] == "prefecture").any() else "region"
    shapes = outlines.geometry[outlines["kind"] == finest].to_numpy()
    polygons = shapely.get_parts(shapely.make_valid(shapes)) if len(shapes) else np.array([], dtype=object)
    return Land(shapely.STRtree(polygons))


@dataclass(frozen=True, eq=False)
class Points:
    """Sites or plants with the legs by which they join the road graph; n points.

    Attributes
    ----------
    lat, lon : float arrays, shape (n,)
    legs : Legs
    """

    lat: Floats
    lon: Floats
    legs: Legs

    @property
    def city(self) -> Ints:
        """City that each point belongs to, shape (n,)."""
        city: Ints = self.legs.node[:, 0]
        return city

    def part(self, rows: slice) -> Points:
        """Give some of the points."""
        legs = Legs(self.legs.node[rows], self.legs.road_km[rows], self.legs.sea_km[rows])
        return Points(self.lat[rows], self.lon[rows], legs)


def straight_km(lat: Floats, lon: Floats, to_lat: Floats, to_lon: Floats) -> Floats:
    """Give geodesic km on the WGS84 ellipsoid."""
    metres = EARTH.inv(lon, lat, to_lon, to_lat)[2]
    return np.asarray(metres, np.float64) / 1000.0


def stays_on_land(land: Land, lat: Floats, lon: Floats, to_lat: Floats, to_lon: Floats, km: Floats) -> Bools:
    """Say which straight legs keep to the land, but for bays and coarse outlines; short legs are believed.

    At most 3 km or 15 % of a leg, whichever is more, may lie off the outlines.
    """
    return _sea_km(land, lat, lon, to_lat, to_lon, km) <= 0


def _sea_km(land: Land, lat: Floats, lon: Floats, to_lat: Floats, to_lon: Floats, km: Floats) -> Floats:
    """Give the km of legs that count as open sea: 0 within the tolerance."""
    sea = np.zeros(len(km))
    long = np.flatnonzero(km > TESTED_FROM_KM)
    sea[long] = km[long] * land.sea_share(lon[long], lat[long], to_lon[long], to_lat[long])
    return np.where(sea > np.maximum(SEA_TOLERANCE_KM, SEA_TOLERANCE_SHARE * km), sea, 0.0)


def join_roads(roads: RoadTable, land: Land, lat: Floats, lon: Floats, *, detour_factor: float) -> Points:
    """Join points to the road graph: a leg to their own city and to that city's neighbours over land.

    A point's own city is the nearest of its six nearest cities to which a straight leg stays on land. Where there
    is none (an island without a city), the leg to the nearest city counts its part off the land as a ferry. Cities
    that the outlines do not draw are not tested.
    """
    if not len(lat) or not roads.codes:
        return Points(lat, lon, _no_legs(len(lat), len(roads.codes)))
    drawn = land.holds(roads.lon, roads.lat) if len(land.parts) else np.zeros(len(roads.codes), np.bool_)
    city, km, sea = _own_city(roads, land, drawn, lat, lon)
    rows, cities, far_km = _further_legs(roads, land, drawn, city, lat, lon)
    rows, cities = np.concatenate([np.arange(len(lat)), rows]), np.concatenate([city, cities])
    road = detour_factor * np.concatenate([km - sea, far_km])
    order = np.argsort(rows, kind="stable")
    rows, cities, road = rows[order], cities[order], road[order]
    starts = np.searchsorted(rows, np.arange(len(lat)))
    column = np.arange(len(rows)) - starts[rows]
    legs = _no_legs(len(lat), len(roads.codes), width=int(column.max()) + 1)
    legs.node[rows, column] = cities
    legs.road_km[rows, column] = road
    legs.sea_km[:, 0] = sea
    return Points(lat, lon, legs)


def _no_legs(points: int, cities: int, *, width: int = 1) -> Legs:
    return Legs(np.full((points, width), cities, np.int64), np.zeros((points, width)), np.zeros((points, width)))


def _own_city(roads: RoadTable, land: Land, drawn: Bools, lat: Floats, lon: Floats) -> tuple[Ints, Floats, Floats]:
    """Give each point's own city, the straight km to it and how much of that is open sea."""
    tried = min(NEAREST_TRIED, len(roads.codes))
    near = _nearest(roads, lat, lon, tried)
    city = near[:, 0].copy()
    km = straight_km(lat, lon, roads.lat[city], roads.lon[city])
    sea = np.where(drawn[city], _sea_km(land, lat, lon, roads.lat[city], roads.lon[city], km), 0.0)
    wet = np.flatnonzero(sea > 0)
    for turn in range(1, tried):
        other = near[wet, turn]
        other_km = straight_km(lat[wet], lon[wet], roads.lat[other], roads.lon[other])
        dry = _sea_km(land, lat[wet], lon[wet], roads.lat[other], roads.lon[other], other_km) <= 0
        dry &= drawn[other]
        city[wet[dry]], km[wet[dry]], sea[wet[dry]] = other[dry], other_km[dry], 0.0
        wet = wet[~dry]
    return city, km, sea


def _nearest(roads: RoadTable, lat: Floats, lon: Floats, count: int) -> Ints:
    """Give the nearest cities of each point, shape (points, count); equal distances by city index."""
    distance, near = cKDTree(_on_sphere(roads.lat, roads.lon)).query(_on_sphere(lat, lon), k=count)
    distance, near = np.reshape(distance, (-1, count)), np.reshape(near, (-1, count))
    order = np.lexsort((near, np.round(distance, 12)), axis=1)
    return np.take_along_axis(near, order, axis=1).astype(np.int64)


def _on_sphere(lat: Floats, lon: Floats) -> Floats:
    phi, lam = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=-1)


def _further_legs(
    roads: RoadTable, land: Land, drawn: Bools, city: Ints, lat: Floats, lon: Floats
) -> tuple[Ints, Ints, Floats]:
    """Give point, city and straight km of the legs on land to the neighbours of each point's own city."""
    neighbours = roads.land_neighbours
    counts = np.array([len(near) for near in neighbours], np.int64)
    flat = np.array([one for near in neighbours for one in near], np.int64)
    rows = np.repeat(np.arange(len(city)), counts[city])
    offset = np.arange(len(rows)) - np.repeat(np.cumsum(counts[city]) - counts[city], counts[city])
    cities = flat[(np.cumsum(counts) - counts)[city[rows]] + offset]
    here_lat, here_lon = lat[rows], lon[rows]
    km = straight_km(here_lat, here_lon, roads.lat[cities], roads.lon[cities])
    dry = ~drawn[cities] | stays_on_land(land, here_lat, here_lon, roads.lat[cities], roads.lon[cities], km)
    return rows[dry], cities[dry], km[dry]


def near_each_other(roads: RoadTable, sites: Points, plants: Points) -> Bools:
    """Say whose own cities are the same or neighbours over land, shape (sites, plants)."""
    cities = len(roads.codes)
    near = np.eye(cities + 1, dtype=np.bool_)
    near[cities, cities] = False
    for one, others in enumerate(roads.land_neighbours):
        near[one, others] = True
    close: Bools = near[np.ix_(sites.city, plants.city)]
    return close
