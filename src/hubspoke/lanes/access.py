"""Join sites and plants to the road graph by straight legs that keep off the open sea."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from hubspoke.base.geodesy import geodesic_km, on_unit_sphere
from hubspoke.lanes.distance import open_sea_km
from hubspoke.lanes.land import Land, read_land
from hubspoke.lanes.legs import Legs, Points
from hubspoke.lanes.roads import RoadTable, read_roads

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.inputs.network import Network
    from hubspoke.settings.settings import Settings

NEAREST_TRIED = 6
WAY_ROUND = 2.0  # km added for each km of open sea when cities are compared


@dataclass(frozen=True, eq=False)
class Terrain:
    """What all lanes run over.

    Attributes
    ----------
    roads : RoadTable
        The road graph, N cities.
    land : Land
    island : int array, shape (N,)
        Island of each city; 0 where the outlines do not draw it, and legs to it are not tested for open sea.
    settings : Settings
    """

    roads: RoadTable
    land: Land
    island: NDArray[np.int32]
    settings: Settings

    @property
    def cities(self) -> int:
        """Number of cities, N, which is also the index that means "no city"."""
        return len(self.roads.codes)

    @property
    def detour_factor(self) -> float:
        """Road km per straight km on a leg, or on the whole way where there is no graph."""
        roads = self.settings.roads
        return float(roads.access_detour_factor if self.cities else roads.straight_detour_factor)

    @property
    def straight_km_per_h(self) -> float:
        """Speed on straight ways."""
        roads = self.settings.roads
        return float(roads.access_km_per_h if self.cities else roads.straight_km_per_h)


def read_terrain(network: Network) -> Terrain:
    """Return the road graph and the land of a network.

    Parameters
    ----------
    network : Network

    Returns
    -------
    Terrain
    """
    roads, land = read_roads(network), read_land(network.outlines)
    return Terrain(roads, land, land.island(roads.place), network.settings)


def join_roads(terrain: Terrain, place: Floats) -> Points:
    """Join places to the road graph: by a leg to their own city, and by legs to its neighbours over land.

    A place's own city is the nearest one, if the leg to it does not cross open sea. Where it does, the six nearest are
    compared: those that lie across open sea on another island come last, and of the others every km of open sea counts
    as two further km, for the way round. Only a leg to another island has its km of open sea counted as a ferry. Legs
    to neighbours are left out where they cross open sea. Legs to cities that the outlines do not draw are not tested.

    Parameters
    ----------
    terrain : Terrain
    place : float array, shape (n, 2)
        Longitude and latitude, degrees.

    Returns
    -------
    Points
        The places with their legs; without any legs where the graph has no cities.
    """
    if not len(place) or not terrain.cities:
        return Points(place, _no_legs(len(place), terrain.cities))
    city, km, sea = _own_city(terrain, place)
    rows, cities, far_km = _further_legs(terrain, city, place)
    rows, cities = np.concatenate([np.arange(len(place)), rows]), np.concatenate([city, cities])
    road = terrain.detour_factor * np.concatenate([km - sea, far_km])
    order = np.argsort(rows, kind="stable")
    rows, cities, road = rows[order], cities[order], road[order]
    column = np.arange(len(rows)) - np.searchsorted(rows, np.arange(len(place)))[rows]
    legs = _no_legs(len(place), terrain.cities, width=int(column.max()) + 1)
    legs.node[rows, column] = cities
    legs.road_km[rows, column] = road
    legs.sea_km[:, 0] = sea
    return Points(place, legs)


def _no_legs(points: int, cities: int, *, width: int = 1) -> Legs:
    return Legs(np.full((points, width), cities, np.int64), np.zeros((points, width)), np.zeros((points, width)))


def _own_city(terrain: Terrain, place: Floats) -> tuple[Ints, Floats, Floats]:
    """Return the own city of each place, the straight km to it, and how many of them are crossed by ferry."""
    near = _nearest(terrain.roads.place, place, min(NEAREST_TRIED, terrain.cities))
    city, ferry = near[:, 0].copy(), np.zeros(len(place))
    km, sea = _measure(terrain, place, city)
    wet = np.flatnonzero(sea > 0)
    tried = near[wet]
    every = np.repeat(place[wet], tried.shape[1], axis=0)
    tried_km, tried_sea = (part.reshape(tried.shape) for part in _measure(terrain, every, tried.ravel()))
    crossing = (tried_sea > 0) & (terrain.island[tried] != terrain.land.island(place[wet])[:, None])
    order = np.lexsort((tried_km + WAY_ROUND * tried_sea, crossing), axis=1)[:, :1]
    city[wet] = np.take_along_axis(tried, order, axis=1)[:, 0]
    km[wet] = np.take_along_axis(tried_km, order, axis=1)[:, 0]
    ferry[wet] = np.take_along_axis(np.where(crossing, tried_sea, 0.0), order, axis=1)[:, 0]
    return city, km, ferry


def _measure(terrain: Terrain, place: Floats, city: Ints) -> tuple[Floats, Floats]:
    """Return the straight km from each place to a city, and how many of them are open sea."""
    end = terrain.roads.place[city]
    km = geodesic_km(place, end)
    return km, np.where(terrain.island[city] > 0, open_sea_km(terrain.land, place, end, km), 0.0)


def _nearest(cities: Floats, place: Floats, count: int) -> Ints:
    """Return the nearest cities of each place, shape (places, count), and of equally near ones the first."""
    tree = cKDTree(on_unit_sphere(cities[:, 1], cities[:, 0]))
    distance, near = tree.query(on_unit_sphere(place[:, 1], place[:, 0]), k=count)
    distance, near = np.reshape(distance, (-1, count)), np.reshape(near, (-1, count))
    order = np.lexsort((near, np.round(distance, 12)), axis=1)
    return np.take_along_axis(near, order, axis=1).astype(np.int64)


def _further_legs(terrain: Terrain, city: Ints, place: Floats) -> tuple[Ints, Ints, Floats]:
    """Return place, city and straight km of every leg on land to a neighbour of a place's own city."""
    neighbours = terrain.roads.land_neighbours
    counts = np.array([len(near) for near in neighbours], np.int64)
    flat = np.array([one for near in neighbours for one in near], np.int64)
    used = counts[city]
    rows = np.repeat(np.arange(len(city)), used)
    offset = np.arange(len(rows)) - np.repeat(np.cumsum(used) - used, used)
    cities = flat[(np.cumsum(counts) - counts)[city[rows]] + offset]
    km, sea = _measure(terrain, place[rows], cities)
    return rows[sea == 0], cities[sea == 0], km[sea == 0]


def near_each_other(roads: RoadTable) -> Bools:
    """Return which cities are the same or neighbours over land, shape (N + 1, N + 1); N, "no city", is near none."""
    near = np.eye(len(roads.codes) + 1, dtype=np.bool_)
    near[-1, -1] = False
    for one, others in enumerate(roads.land_neighbours):
        near[one, others] = True
    return near
