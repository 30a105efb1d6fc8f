"""The road graph of trunk roads, bridges and ferries between cities, and the cheapest ways over it in yen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.inputs.network import Network
    from hubspoke.lanes.freight import Tariff
    from hubspoke.lanes.legs import Legs
    from hubspoke.settings.settings import Settings

KINDS = ("road", "expressway", "bridge", "ferry")
TOLLED = ("expressway", "bridge")


@dataclass(frozen=True, eq=False)
class RoadTable:
    """The road graph as arrays, N cities in order of their code and E edges in canonical order.

    Attributes
    ----------
    codes : tuple of str, length N
    place : float array, shape (N, 2)
        Longitude and latitude, degrees WGS84.
    start, end : int arrays, shape (E,)
        Cities joined, start < end; two cities may be joined by several edges.
    km : float array, shape (E,)
    kind : str array, shape (E,)
        One of `KINDS`.
    row : int array, shape (E,)
        Row of each edge in the network's table of roads.
    """

    codes: tuple[str, ...]
    place: Floats
    start: Ints
    end: Ints
    km: Floats
    kind: NDArray[np.str_]
    row: Ints

    @property
    def land_neighbours(self) -> list[list[int]]:
        """Cities next to each city over roads and expressways: what can be reached without a bridge or ferry."""
        found: list[set[int]] = [set() for _ in self.codes]
        on_land = np.isin(self.kind, ("road", "expressway"))
        for one, other in zip(self.start[on_land].tolist(), self.end[on_land].tolist(), strict=True):
            found[one].add(other)
            found[other].add(one)
        return [sorted(near) for near in found]


@dataclass(frozen=True, eq=False)
class Routes:
    """Cheapest ways between every city and every plant by truck class; arrays of shape (C, N + 1, plants).

    Row N stands for "no city", to which no way leads.

    Attributes
    ----------
    way_jpy : yen per trip without what is paid once per trip; infinite where there is no way
    road_km, sea_km, hours : along the way that is cheapest in yen, in one direction
    """

    way_jpy: Floats
    road_km: Floats
    sea_km: Floats
    hours: Floats


@dataclass(frozen=True, eq=False)
class Tree:
    """The cheapest ways of one truck class from every city to one plant.

    Attributes
    ----------
    next_node : int array, shape (N + 1,)
        Where the way goes on from each node: a city, N at the last city, which the plant joins by a leg of its own; -1
        at N itself and where no way leads.
    edge : int array, shape (N + 1,)
        Which edge of the road graph leads there; -1 where that is a leg.
    """

    next_node: Ints
    edge: Ints


def read_roads(network: Network) -> RoadTable:
    """Return the road graph of a network as arrays; the order of rows in its tables does not matter."""
    cities = network.cities.sort_values("city_code")
    index = {code: position for position, code in enumerate(cities["city_code"])}
    roads = network.roads
    ends = np.array([[index[code] for code in roads[column]] for column in ("from_code", "to_code")], np.int64)
    start, end = ends.reshape(2, -1).min(axis=0), ends.reshape(2, -1).max(axis=0)
    km = roads["km"].to_numpy(np.float64)
    kind = roads["kind"].to_numpy(dtype="U10")
    order = np.lexsort((kind, km, end, start))
    order = order[start[order] != end[order]]
    return RoadTable(
        codes=tuple(index),
        place=cities[["lon", "lat"]].to_numpy(np.float64),
        start=start[order],
        end=end[order],
        km=km[order],
        kind=kind[order],
        row=order,
    )


def cheapest_routes(roads: RoadTable, settings: Settings, tariff: Tariff, legs: Legs) -> Routes:
    """Find the cheapest ways between all cities and the plants that join the graph by `legs`.

    A truck pays its rate per km on roads, tolls besides on expressways and bridges, and the fare on ferries.
    No way leads through another plant.
    """
    found = [_routes_of_truck(roads, settings, tariff, legs, truck) for truck in range(tariff.trucks)]
    return Routes(*(np.stack(parts) for parts in zip(*found, strict=True)))


def _routes_of_truck(
    roads: RoadTable, settings: Settings, tariff: Tariff, legs: Legs, truck: int
) -> tuple[Floats, ...]:
    """Return `way_jpy`, `road_km`, `sea_km` and `hours` of one truck class, each of shape (N + 1, plants)."""
    cities, plants = len(roads.codes), len(legs.node)
    if plants == 0:
        return tuple(np.zeros((cities + 1, 0)) for _ in range(4))
    arcs = _arcs(roads, settings, tariff, legs, truck)
    size = cities + plants
    dist, previous = _search(arcs, cities, size)
    along = _sum_along(previous, arcs.keys(size), arcs.traits, size)
    way = np.vstack([dist[:, :cities].T, np.full((1, plants), np.inf)])
    none = np.zeros((1, plants))
    return (way, *(np.vstack([trait[:, :cities].T, none]) for trait in along))


def cheapest_tree(roads: RoadTable, settings: Settings, tariff: Tariff, legs: Legs, truck: int) -> Tree:
    """Return the ways that `cheapest_routes` finds for one truck class to one plant, as the links they take.

    Parameters
    ----------
    roads : RoadTable
    settings : Settings
    tariff : Tariff
    legs : Legs
        Those of one plant, arrays of shape (1, J).
    truck : int
        Truck class in the order of the settings.

    Returns
    -------
    Tree
    """
    cities = len(roads.codes)
    arcs = _arcs(roads, settings, tariff, legs, truck)
    previous = _search(arcs, cities, cities + 1)[1][0].astype(np.int64)
    known, size = previous >= 0, cities + 1
    arc = np.searchsorted(arcs.keys(size), previous[known] * size + np.flatnonzero(known))
    edge = np.full(size, -1)
    edge[known] = arcs.edge[arc]
    return Tree(np.where(known, previous, -1), edge)


@dataclass(frozen=True, eq=False)
class _Arcs:
    """All arcs, sorted by tail and head without repeats; `traits` are road km, sea km and hours, `edge` is -1 of legs.

    City edges run both ways; plants are nodes N, N+1, ... with arcs that only leave them.
    """

    tail: Ints
    head: Ints
    jpy: Floats
    traits: Floats
    edge: Ints

    def keys(self, size: int) -> Ints:
        """Return a number of each arc by which they are sorted, where there are `size` nodes."""
        return self.tail * size + self.head


def _search(arcs: _Arcs, cities: int, size: int) -> tuple[Floats, NDArray[np.int32]]:
    """Return the yen from every plant to every node, and the node before it, each of shape (plants, size)."""
    graph = csr_array((arcs.jpy, (arcs.tail, arcs.head)), shape=(size, size))
    dist, previous = dijkstra(graph, indices=np.arange(cities, size), return_predecessors=True)
    return dist, previous


def _arcs(roads: RoadTable, settings: Settings, tariff: Tariff, legs: Legs, truck: int) -> _Arcs:
    jpy, traits = _edges(roads, settings, tariff, truck)
    plant, column = np.nonzero(legs.node < len(roads.codes))
    leg_jpy = legs.way_jpy(tariff)[truck][plant, column]
    leg_traits = np.stack([legs.road_km, legs.sea_km, legs.hours(settings)])[:, plant, column]
    tail = np.concatenate([roads.start, roads.end, len(roads.codes) + plant])
    head = np.concatenate([roads.end, roads.start, legs.node[plant, column]])
    jpy = np.concatenate([jpy, jpy, leg_jpy])
    traits = np.concatenate([traits, traits, leg_traits], axis=1)
    order = np.lexsort((traits[0], jpy, head, tail))
    tail, head = tail[order], head[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    keep, edges = order[first], len(roads.start)
    edge = np.where(keep < 2 * edges, keep % max(edges, 1), -1)
    return _Arcs(tail[first], head[first], jpy[keep], traits[:, keep], edge)


def _edges(roads: RoadTable, settings: Settings, tariff: Tariff, truck: int) -> tuple[Floats, Floats]:
    """Return yen, shape (E,), and road km, sea km and hours, shape (3, E), of the edges between cities."""
    ferry, tolled = roads.kind == "ferry", np.isin(roads.kind, TOLLED)
    road_km, sea_km = np.where(ferry, 0.0, roads.km), np.where(ferry, roads.km, 0.0)
    jpy = tariff.way_jpy(road_km, sea_km, ferry, np.where(tolled, roads.km, 0.0))[truck]
    speed = np.where(tolled, float(settings.roads.expressway_km_per_h), float(settings.roads.road_km_per_h))
    speed = np.where(ferry, float(settings.ferries.speed_km_per_h), speed)
    hours = roads.km / speed + np.where(ferry, float(settings.ferries.boarding_h), 0.0)
    return jpy, np.stack([road_km, sea_km, hours])


def _sum_along(previous: NDArray[np.int32], keys: Ints, traits: Floats, size: int) -> Floats:
    """Sum arc traits from every source along its tree of predecessors, shape (traits, sources, size).

    Each round doubles the stretch already summed, so that a way of n arcs takes log2(n) rounds.
    """
    nodes = np.arange(size)
    inner = previous >= 0
    if not inner.any():
        return np.zeros((len(traits), *previous.shape))
    before = np.where(inner, previous, nodes)
    arc = np.searchsorted(keys, np.where(inner, before * size + nodes, keys[0]))
    total: Floats = np.where(inner, traits[:, arc], 0.0)
    while True:
        total = total + np.stack([np.take_along_axis(trait, before, axis=1) for trait in total])
        further = np.take_along_axis(before, before, axis=1)
        if np.array_equal(further, before):
            return total
        before = further
