"""Find the cheapest truck and way between every point and every plant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.geodesy import geodesic_km
from hubspoke.lanes.access import near_each_other
from hubspoke.lanes.distance import open_sea_km
from hubspoke.lanes.roads import cheapest_routes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Bools, Floats, Floats32, Ints
    from hubspoke.lanes.access import Terrain
    from hubspoke.lanes.freight import Tariff
    from hubspoke.lanes.legs import Points
    from hubspoke.lanes.roads import Routes


CHUNK_PAIRS = 200_000  # pairs worked on at once: about 60 MB with four truck classes
NO_TRUCK = -1


@dataclass(frozen=True, eq=False)
class Task:
    """What to move from n points, and what that costs and emits by truck class.

    Attributes
    ----------
    tariff : Tariff
    trips : float array, shape (n, C)
        Trips that are paid, per year or per tonne.
    tonnes : float array, shape (n,)
        Tonnes moved by those trips.
    co2_kg_per_t_km : float array, shape (n, C)
        Emission of the truck on the road.
    """

    tariff: Tariff
    trips: Floats
    tonnes: Floats
    co2_kg_per_t_km: Floats

    def part(self, rows: Ints) -> Task:
        """Return the task of some of the points."""
        return Task(self.tariff, self.trips[rows], self.tonnes[rows], self.co2_kg_per_t_km[rows])


@dataclass(frozen=True, eq=False)
class Chosen:
    """Truck and way of n points to m plants, as `cheapest_pairs` chooses them; arrays of shape (n, m).

    Attributes
    ----------
    truck : int array
    via : int array
        Leg of the point by which the way leaves; J where it leads straight to the plant.
    direct_km : float array
        Road km of the straight way, where there is one.
    reachable : bool array
    """

    truck: Ints
    via: Ints
    direct_km: Floats
    reachable: Bools


@dataclass(frozen=True, eq=False)
class Block:
    """Lanes between n points and m plants; arrays of shape (n, m), filled while they are built.

    Attributes
    ----------
    distance_km, ferry_km, hours, co2_kg : float32 arrays
    truck : int8 array
    jpy : float64 array
    reachable : bool array
    """

    distance_km: Floats32
    ferry_km: Floats32
    hours: Floats32
    co2_kg: Floats32
    truck: NDArray[np.int8]
    jpy: Floats
    reachable: Bools

    @classmethod
    def empty(cls, points: int, plants: int) -> Block:
        """Return a block in which no plant is reachable."""
        shape = (points, plants)
        return cls(
            distance_km=np.zeros(shape, np.float32),
            ferry_km=np.zeros(shape, np.float32),
            hours=np.zeros(shape, np.float32),
            co2_kg=np.zeros(shape, np.float32),
            truck=np.full(shape, NO_TRUCK, np.int8),
            jpy=np.full(shape, np.inf),
            reachable=np.zeros(shape, np.bool_),
        )


def cheapest_pairs(terrain: Terrain, points: Points, plants: Points, task: Task) -> Block:
    """Choose the cheapest way of each truck class for every pair, and then the cheapest class; ties take the first.

    Parameters
    ----------
    terrain : Terrain
    points, plants : Points
        The n starts and m ends of the lanes.
    task : Task
        What is moved from each of the points.

    Returns
    -------
    Block
        Arrays of shape (n, m).
    """
    block = Block.empty(len(points.place), len(plants.place))
    if not block.jpy.size:
        return block
    routes = cheapest_routes(terrain.roads, terrain.settings, task.tariff, plants.legs)
    search = _Search(terrain, plants, task, routes, near_each_other(terrain.roads)[:, plants.city])
    rows = max(1, CHUNK_PAIRS // len(plants.place))
    for start in range(0, len(points.place), rows):
        search.fill(block, points, slice(start, start + rows))
    return block


def choose_ways(terrain: Terrain, points: Points, plants: Points, task: Task) -> Chosen:
    """Return by which truck and leg the lanes of `cheapest_pairs` leave.

    Parameters
    ----------
    terrain : Terrain
    points, plants : Points
        The n starts and m ends of the lanes; all n x m pairs are worked on at once.
    task : Task
        What is moved from each of the points.

    Returns
    -------
    Chosen
    """
    routes = cheapest_routes(terrain.roads, terrain.settings, task.tariff, plants.legs)
    search = _Search(terrain, plants, task, routes, near_each_other(terrain.roads)[:, plants.city])
    return search.choose(points, task.trips)[0]


@dataclass(frozen=True, eq=False)
class _Ways:
    """Cheapest ways of each truck class; `via` is the leg they leave by, J where they lead straight to the plant."""

    jpy: Floats
    via: NDArray[np.int16]
    direct_km: Floats


@dataclass(frozen=True, eq=False)
class _Search:
    """What all chunks of points share; `near` (N + 1, plants): whether points of a city may go straight to a plant."""

    terrain: Terrain
    plants: Points
    task: Task
    routes: Routes
    near: Bools

    def fill(self, block: Block, points: Points, rows: slice) -> None:
        """Fill some rows of the block."""
        part, task = points.part(rows), self.task
        chosen, total = self.choose(part, task.trips[rows])
        truck, reachable = chosen.truck, chosen.reachable
        road, sea, hours = self._traits(part, chosen)
        fuel = np.take_along_axis(task.co2_kg_per_t_km[rows], truck, axis=1)
        sea_fuel = float(self.terrain.settings.ferries.co2_kg_per_t_km)
        block.distance_km[rows] = np.where(reachable, road + sea, 0.0)
        block.ferry_km[rows] = np.where(reachable, sea, 0.0)
        block.hours[rows] = np.where(reachable, hours, 0.0)
        block.co2_kg[rows] = np.where(reachable, task.tonnes[rows, None] * (road * fuel + sea * sea_fuel), 0.0)
        block.truck[rows] = np.where(reachable, truck, NO_TRUCK)
        block.jpy[rows] = np.where(reachable, np.take_along_axis(total, truck[None], axis=0)[0], np.inf)
        block.reachable[rows] = reachable

    def choose(self, part: Points, trips: Floats) -> tuple[Chosen, Floats]:
        """Return truck and way of some points to all plants, and yen by truck class, shape (C, points, plants)."""
        ways = self._ways(part)
        reachable = np.isfinite(ways.jpy[0])
        total = self.task.tariff.once_jpy[:, None, None] + np.where(reachable, ways.jpy, 0.0)
        total *= trips.T[:, :, None]
        truck = np.argmin(total, axis=0)
        via = np.take_along_axis(ways.via, truck[None], axis=0)[0].astype(np.int64)
        return Chosen(truck, via, ways.direct_km, reachable), total

    def _ways(self, part: Points) -> _Ways:
        """Find the cheapest ways of each truck class from some points to all plants."""
        legs, routes = part.legs, self.routes
        leg_jpy = legs.way_jpy(self.task.tariff)
        shape = (self.task.tariff.trucks, len(part.place), len(self.plants.place))
        jpy, via = np.full(shape, np.inf), np.zeros(shape, np.int16)
        for leg in range(legs.node.shape[1]):
            used = np.flatnonzero(legs.node[:, leg] < self.terrain.cities)
            for truck in range(self.task.tariff.trucks):
                offer = routes.way_jpy[truck, legs.node[used, leg]] + leg_jpy[truck, used, leg, None]
                cheaper = offer < jpy[truck, used]
                jpy[truck, used] = np.where(cheaper, offer, jpy[truck, used])
                via[truck, used] = np.where(cheaper, np.int16(leg), via[truck, used])
        ways = _Ways(jpy, via, np.zeros(shape[1:]))
        self._go_straight(part, ways)
        return ways

    def _go_straight(self, part: Points, ways: _Ways) -> None:
        """Let straight ways over land compete between points of the same or neighbouring cities, in place."""
        if not self.terrain.cities:
            self._go_over_the_globe(part, ways)
            return
        row, column = np.nonzero(self.near[part.city])
        km = geodesic_km(part.place[row], self.plants.place[column])
        wins = (self._straight_jpy(km) < ways.jpy[:, row, column]).any(axis=0)
        row, column, km = row[wins], column[wins], km[wins]
        dry = open_sea_km(self.terrain.land, part.place[row], self.plants.place[column], km) == 0
        island = self.terrain.island
        dry |= (island[part.city[row]] == 0) | (island[self.plants.city[column]] == 0)
        row, column, km = row[dry], column[dry], km[dry]
        jpy = self._straight_jpy(km)
        cheaper = jpy < ways.jpy[:, row, column]
        ways.via[:, row, column] = np.where(cheaper, part.legs.node.shape[1], ways.via[:, row, column])
        ways.jpy[:, row, column] = np.where(cheaper, jpy, ways.jpy[:, row, column])
        ways.direct_km[row, column] = km * self.terrain.detour_factor

    def _go_over_the_globe(self, part: Points, ways: _Ways) -> None:
        """Let every way be a straight one, in place, where there is no road graph."""
        shape = ways.direct_km.shape
        row, column = (index.ravel() for index in np.indices(shape))
        km = geodesic_km(part.place[row], self.plants.place[column])
        ways.jpy[:] = self._straight_jpy(km).reshape(ways.jpy.shape)
        ways.via[:] = part.legs.node.shape[1]
        ways.direct_km[:] = (km * self.terrain.detour_factor).reshape(shape)

    def _straight_jpy(self, km: Floats) -> Floats:
        return self.task.tariff.way_jpy(km * self.terrain.detour_factor)

    def _traits(self, part: Points, ways: Chosen) -> tuple[Floats, Floats, Floats]:
        """Return road km, sea km and hours of the chosen ways, each of shape (points, plants)."""
        settings, legs, via = self.terrain.settings, part.legs, ways.via
        straight = np.where(via == legs.node.shape[1], ways.direct_km, 0.0)

        def leg(values: Floats | Ints, otherwise: int = 0) -> Any:
            padded = np.hstack([values, np.full((len(values), 1), otherwise, values.dtype)])
            return np.take_along_axis(padded, via, axis=1)

        taken = (ways.truck, leg(legs.node, self.terrain.cities), np.arange(via.shape[1])[None, :])
        road = self.routes.road_km[taken] + leg(legs.road_km) + straight
        sea = self.routes.sea_km[taken] + leg(legs.sea_km)
        hours = self.routes.hours[taken] + leg(legs.hours(settings))
        return road, sea, hours + straight / self.terrain.straight_km_per_h
