"""Follow what is moved to a plant along the links of the road graph: the ways, trucks and legs that lanes pay for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.lanes.pairs import choose_ways
from hubspoke.lanes.roads import cheapest_tree

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.lanes.access import Terrain
    from hubspoke.lanes.legs import Points
    from hubspoke.lanes.pairs import Task
    from hubspoke.lanes.roads import Tree

LEG, STRAIGHT = "leg", "straight"
"""Kinds of stretches off the road graph: between a place and the city where it joins, and all the way."""
NOWHERE = -1
"""Stands for the site or plant at the open end of a stretch off the graph, and for its edge."""
CARRIED = ["mass_t", "trips", "t_km", "ferry_t_km", "co2_kg"]


@dataclass(frozen=True, eq=False)
class Followed:
    """Lanes to one plant, followed.

    Attributes
    ----------
    stretches : DataFrame
        One row for each link and direction, and for each city where legs begin or end: `kind` (of an edge, `LEG` or
        `STRAIGHT`), `start` and `end` (cities), `edge`, and a year's `mass_t`, `trips`, `t_km`, `ferry_t_km`, `co2_kg`.
    entry : int array, shape (n,)
        City where each lane joins the roads; `NOWHERE` where it leads straight to the plant.
    """

    stretches: pd.DataFrame
    entry: Ints


def follow_lanes(terrain: Terrain, points: Points, plant: Points, task: Task, share: Floats) -> Followed:
    """Return what the lanes of some points to one plant load every link with.

    Way, truck and leg are those that `cheapest_pairs` chooses; links are those on its cheapest ways.

    Parameters
    ----------
    terrain : Terrain
    points : Points
        The n starts.
    plant : Points
        One plant, where all end.
    task : Task
        What trucks are chosen for, as where lanes are computed.
    share : float array, shape (n,)
        How much of what `task` moves is carried.

    Returns
    -------
    Followed

    Raises
    ------
    ValueError
        No way leads from one of the points to the plant.
    """
    chosen = choose_ways(terrain, points, plant, task)
    if not chosen.reachable.all():
        raise ValueError("no way leads from one of the points to the plant")
    truck, via, rows = chosen.truck[:, 0], chosen.via[:, 0], np.arange(len(points.place))
    straight = via == points.legs.node.shape[1]
    leg = np.where(straight, 0, via)
    entry = np.where(straight, NOWHERE, points.legs.node[rows, leg])
    fuel = task.co2_kg_per_t_km[rows, truck]
    first = pd.DataFrame({"kind": np.where(straight, STRAIGHT, LEG), "start": NOWHERE, "end": entry, "edge": NOWHERE})
    road_km = np.where(straight, chosen.direct_km[:, 0], points.legs.road_km[rows, leg])
    sea_km = np.where(straight, 0.0, points.legs.sea_km[rows, leg])
    mass_t = share * task.tonnes
    carried = np.stack([mass_t, share * task.trips[rows, truck], mass_t * fuel], axis=1)
    parts = [_load(terrain, first, carried, road_km, sea_km)]
    for one in np.unique(truck[~straight]).tolist():
        part = ~straight & (truck == one)
        tree = cheapest_tree(terrain.roads, terrain.settings, task.tariff, plant.legs, one)
        parts.append(_along(terrain, plant, tree, _gather(tree, entry[part], carried[part])))
    keys = ["kind", "start", "end", "edge"]
    return Followed(pd.concat(parts).groupby(keys, as_index=False)[CARRIED].sum(), entry)


def _gather(tree: Tree, entry: Ints, carried: Floats) -> Floats:
    """Return what passes each city on the way to the plant, shape (N + 1, 3), of what enters the roads at some."""
    passing = np.zeros((len(tree.next_node), carried.shape[1]))
    np.add.at(passing, entry, carried)
    for city in _farthest_first(tree, np.unique(entry)):
        passing[tree.next_node[city]] += passing[city]
    passing[-1] = 0.0
    return passing


def _farthest_first(tree: Tree, entry: Ints) -> list[int]:
    """Return every city on the ways from some cities, each before the one after it."""
    plant, links = len(tree.next_node) - 1, {len(tree.next_node) - 1: 0}
    after = tree.next_node.tolist()
    for city in entry.tolist():
        way, at = [], city
        while at not in links:
            way.append(at)
            at = after[at]
        for back, one in enumerate(reversed(way), start=1):
            links[one] = links[at] + back
    return sorted((city for city in links if city != plant), key=lambda city: (-links[city], city))


def _along(terrain: Terrain, plant: Points, tree: Tree, passing: Floats) -> pd.DataFrame:
    """Return the stretch that leads on from every city that something passes."""
    city, roads = np.flatnonzero(passing.any(axis=1)), terrain.roads
    last, edge = tree.next_node[city] == terrain.cities, tree.edge[city]
    onto = np.where(last, NOWHERE, tree.next_node[city])
    kind, km = np.full(len(city), LEG, dtype="U10"), np.zeros(len(city))
    kind[~last], km[~last] = roads.kind[edge[~last]], roads.km[edge[~last]]
    sea_km = np.where(kind == "ferry", km, 0.0)
    road_km = km - sea_km
    for at in np.flatnonzero(last).tolist():
        column = int(np.flatnonzero(plant.legs.node[0] == city[at])[0])
        road_km[at], sea_km[at] = plant.legs.road_km[0, column], plant.legs.sea_km[0, column]
    stretches = pd.DataFrame({"kind": kind, "start": city, "end": onto, "edge": np.where(last, NOWHERE, edge)})
    return _load(terrain, stretches, passing[city], road_km, sea_km)


def _load(terrain: Terrain, stretches: pd.DataFrame, carried: Floats, road_km: Floats, sea_km: Floats) -> pd.DataFrame:
    """Add what each stretch carries: of tonnes, trips and kg of CO2 per km of road, over its km."""
    mass_t, trips, road_kg = carried.T
    at_sea = float(terrain.settings.ferries.co2_kg_per_t_km)
    return stretches.assign(
        mass_t=mass_t,
        trips=trips,
        t_km=mass_t * (road_km + sea_km),
        ferry_t_km=mass_t * sea_km,
        co2_kg=road_kg * road_km + mass_t * at_sea * sea_km,
    )
