"""Pairs: the cheapest truck and way between every point and every plant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.access import near_each_other, stays_on_land, straight_km
from hubspoke.roads import cheapest_routes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.access import Land, Points
    from hubspoke.freight import Tariff
    from hubspoke.roads import RoadTable, Routes
    from hubspoke.settings import Settings

    Floats = NDArray[np.float64]
    Floats32 = NDArray[np.float32]
    Ints = NDArray[np.int64]

CHUNK_PAIRS = 200_000  # pairs worked on at once: about 60 MB with four truck classes
NO_TRUCK = -1


@dataclass(frozen=True, eq=False)
class Task:
    """What to move between n points and m plants, and what it costs and emits by truck class.

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
    reachable: NDArray[np.bool_]

    @classmethod
    def empty(cls, points: int, plants: int) -> Block:
        """Give a block in which nothing is reachable."""
        shape = (points, plants)
        numbers = [np.zeros(shape, np.float32) for _ in range(4)]
        truck = np.full(shape, NO_TRUCK, np.int8)
        return cls(*numbers, truck, np.full(shape, np.inf), np.zeros(shape, np.bool_))


def cheapest_pairs(
    roads: RoadTable, land: Land, settings: Settings, points: Points, plants: Points, task: Task
) -> Block:
    """Choose for every pair the cheapest way of each truck class, then the cheapest class; ties take the first."""
    block = Block.empty(len(points.lat), len(plants.lat))
    if not block.jpy.size:
        return block
    routes = cheapest_routes(roads, settings, task.tariff, plants.legs)
    rows = max(1, CHUNK_PAIRS // len(plants.lat))
    for start in range(0, len(points.lat), rows):
        _fill(block, slice(start, start + rows), roads, land, settings, points, plants, task, routes)
    return block


def _fill(
    block: Block,
    rows: slice,
    roads: RoadTable,
    land: Land,
    settings: Settings,
    points: Points,
    plants: Points,
    task: Task,
    routes: Routes,
) -> None:
    """Fill some rows of the block."""
    part = points.part(rows)
    way_jpy, via = _best_leg(task.tariff, part, routes)
    direct_km = _go_direct(roads, land, settings, part, plants, task.tariff, way_jpy, via)
    reachable = np.isfinite(way_jpy[0])
    total = task.tariff.once_jpy[:, None, None] + np.where(reachable, way_jpy, 0.0)
    total *= task.trips[rows].T[:, :, None]
    truck = np.argmin(total, axis=0)
    via_chosen = np.take_along_axis(via, truck[None], axis=0)[0]
    road, sea, hours = _traits(settings, part, routes, truck, via_chosen, direct_km)
    fuel = np.take_along_axis(task.co2_kg_per_t_km[rows], truck, axis=1)
    co2 = task.tonnes[rows, None] * (road * fuel + sea * float(settings.ferries.co2_kg_per_t_km))
    block.distance_km[rows] = np.where(reachable, road + sea, 0.0)
    block.ferry_km[rows] = np.where(reachable, sea, 0.0)
    block.hours[rows] = np.where(reachable, hours, 0.0)
    block.co2_kg[rows] = np.where(reachable, co2, 0.0)
    block.truck[rows] = np.where(reachable, truck, NO_TRUCK)
    block.jpy[rows] = np.where(reachable, np.take_along_axis(total, truck[None], axis=0)[0], np.inf)
    block.reachable[rows] = reachable


def _best_leg(tariff: Tariff, part: Points, routes: Routes) -> tuple[Floats, NDArray[np.int8]]:
    """Give the yen of the cheapest way and the leg it leaves by, both of shape (C, points, plants)."""
    leg_jpy = part.legs.way_jpy(tariff)
    shape = (tariff.trucks, len(part.lat), routes.way_jpy.shape[2])
    best, via = np.full(shape, np.inf), np.zeros(shape, np.int8)
    for leg in range(part.legs.node.shape[1]):
        used = np.flatnonzero(part.legs.node[:, leg] < routes.way_jpy.shape[1] - 1)
        if not len(used):
            continue
        for truck in range(tariff.trucks):
            offer = routes.way_jpy[truck, part.legs.node[used, leg]] + leg_jpy[truck, used, leg, None]
            cheaper = offer < best[truck, used]
            best[truck, used] = np.where(cheaper, offer, best[truck, used])
            via[truck, used] = np.where(cheaper, np.int8(leg), via[truck, used])
    return best, via


def _go_direct(
    roads: RoadTable,
    land: Land,
    settings: Settings,
    part: Points,
    plants: Points,
    tariff: Tariff,
    way_jpy: Floats,
    via: NDArray[np.int8],
) -> Floats:
    """Let straight ways compete between neighbours, in place; give their road km, shape (points, plants)."""
    direct_km = np.zeros(way_jpy.shape[1:])
    row, column = np.nonzero(near_each_other(roads, part, plants))
    km = straight_km(part.lat[row], part.lon[row], plants.lat[column], plants.lon[column])
    road_km = km * float(settings.roads.access_detour_factor)
    jpy = tariff.way_jpy(road_km)
    wins = (jpy < way_jpy[:, row, column]).any(axis=0)
    row, column, km, road_km, jpy = row[wins], column[wins], km[wins], road_km[wins], jpy[:, wins]
    dry = stays_on_land(land, part.lat[row], part.lon[row], plants.lat[column], plants.lon[column], km)
    row, column, road_km, jpy = row[dry], column[dry], road_km[dry], jpy[:, dry]
    cheaper = jpy < way_jpy[:, row, column]
    via[:, row, column] = np.where(cheaper, part.legs.node.shape[1], via[:, row, column])
    way_jpy[:, row, column] = np.where(cheaper, jpy, way_jpy[:, row, column])
    direct_km[row, column] = road_km
    return direct_km


def _traits(
    settings: Settings, part: Points, routes: Routes, truck: Ints, via: NDArray[np.int8], direct_km: Floats
) -> tuple[Floats, Floats, Floats]:
    """Give road km, sea km and hours of the chosen ways, each of shape (points, plants)."""
    legs = part.legs
    nowhere = np.full((len(part.lat), 1), routes.way_jpy.shape[1] - 1)
    node = np.take_along_axis(np.hstack([legs.node, nowhere]), via.astype(np.int64), axis=1)
    where = (truck, node, np.arange(node.shape[1])[None, :])
    straight = np.where(via == legs.node.shape[1], direct_km, 0.0)

    def leg(values: Floats) -> Floats:
        return np.take_along_axis(np.hstack([values, np.zeros((len(values), 1))]), via.astype(np.int64), axis=1)

    road = routes.road_km[where] + leg(legs.road_km) + straight
    sea = routes.sea_km[where] + leg(legs.sea_km)
    hours = routes.hours[where] + leg(legs.hours(settings)) + straight / float(settings.roads.access_km_per_h)
    return road, sea, hours
