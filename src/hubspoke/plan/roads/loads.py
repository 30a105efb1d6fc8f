"""Tabulate what a plan loads every road and ferry with, by the plant where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.lanes.abroad import lies_abroad
from hubspoke.lanes.access import join_roads, read_terrain
from hubspoke.lanes.followed import NOWHERE, follow_lanes
from hubspoke.lanes.lanes import collection_task, share_one_ground, transfer_task
from hubspoke.plan.columns import ROAD_LOADS, arrange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.inputs.network import Network
    from hubspoke.lanes.access import Terrain
    from hubspoke.lanes.pairs import Task
    from hubspoke.lanes.roads import RoadTable
    from hubspoke.plan.plan import PlanData

PACKS, BLACK_MASS = "packs", "black_mass"
GIVEN, GROUND = "given", "ground"
"""Kinds of what follows no road of the graph: lanes that the planner gives, and transport within one ground."""
DAYS = 365.0
"""Days a year over which trucks are spread: that plants rest on some is not known."""


@dataclass(frozen=True, eq=False)
class RoadLoads:
    """What a plan loads every road with.

    Attributes
    ----------
    table : DataFrame
        Columns `ROAD_LOADS`; empty where the network that was planned is not at hand.
    sites, flows : str arrays
        Code of the city where each row of the assignments, and of the flows, joins the roads; empty where it does not.
    """

    table: pd.DataFrame
    sites: np.ndarray
    flows: np.ndarray


def tabulate_road_loads(plan: PlanData) -> pd.DataFrame:
    """Return what a plan loads every road and ferry with, by the plant where it goes.

    A row stands for a link of the road graph, in the direction of what is moved. Legs between places and the road, and
    what follows no road of the graph, have rows of their own, so that all rows together are the transport of the plan.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    DataFrame
        Columns `ROAD_LOADS`; empty where the plan knows no network.
    """
    return trace_roads(plan).table


def trace_roads(plan: PlanData) -> RoadLoads:
    """Return the same table, and where every site and flow joins the roads.

    Parameters
    ----------
    plan : PlanData
        With its network; without one nothing is traced.

    Returns
    -------
    RoadLoads
    """
    sites, flows = (np.full(len(rows), "", dtype=object) for rows in (plan.assignments, plan.flows))
    if plan.network is None:
        return RoadLoads(pd.DataFrame(columns=[column.name for column in ROAD_LOADS]), sites, flows)
    network, terrain = plan.network, read_terrain(plan.network)
    stock_t = network.sites["stock_max_t"].to_numpy(np.float64)
    assignments = plan.assignments.reset_index(drop=True)
    packs = _Move(
        material=PACKS,
        starts=network.sites,
        plants=network.hubs,
        rows=_name_ends(assignments[assignments["hub_id"] != ""], "site_id", "hub_id"),
        amount="share",
        task=collection_task(network.settings, network.supply_t(plan.year), stock_t),
    )
    black_mass = _Move(
        material=BLACK_MASS,
        starts=network.origins,
        plants=network.refineries,
        rows=_name_ends(plan.flows.reset_index(drop=True), "hub_id", "refinery_id"),
        amount="mass_t",
        task=transfer_task(network.settings, len(network.origins)),
    )
    parts = [*_follow(network, terrain, packs, sites), *_follow(network, terrain, black_mass, flows)]
    return RoadLoads(_write(network, terrain.roads, pd.concat(parts) if parts else None), sites, flows)


@dataclass(frozen=True, eq=False)
class _Move:
    """Deliveries of one material: `amount` is the column that says how much of the task each row moves."""

    material: str
    starts: pd.DataFrame
    plants: pd.DataFrame
    rows: pd.DataFrame
    amount: str
    task: Task


def _name_ends(rows: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    """Return deliveries with their ends as `start_id` and `end_id`; flows of black mass know no trips."""
    named = rows.rename(columns={start: "start_id", end: "end_id"})
    return named if "trips_per_yr" in named else named.assign(trips_per_yr=0.0)


def _follow(network: Network, terrain: Terrain, move: _Move, entries: np.ndarray) -> Iterator[pd.DataFrame]:
    """Yield the stretches to every plant that takes something; write into `entries` where rows join the roads."""
    rows = move.rows
    start = pd.Index(move.starts["id"]).get_indexer(pd.Index(rows["start_id"]))
    end = pd.Index(move.plants["id"]).get_indexer(pd.Index(rows["end_id"]))
    given = set(zip(network.given_lanes["from_id"], network.given_lanes["to_id"], strict=True))
    own = np.array([pair in given for pair in zip(rows["start_id"], rows["end_id"], strict=True)], np.bool_)
    if move.material == BLACK_MASS and len(rows):
        own |= lies_abroad(move.plants)[end]
    same = np.zeros(len(rows), np.bool_)
    if move.material == BLACK_MASS and len(rows):
        same = share_one_ground(move.starts["ground"], move.plants["ground"])[start, end] & ~own
    known, at = np.unique(start, return_inverse=True)
    points = join_roads(terrain, move.starts[["lon", "lat"]].to_numpy(np.float64)[known])
    plants = join_roads(terrain, move.plants[["lon", "lat"]].to_numpy(np.float64))
    codes = np.array([*terrain.roads.codes, ""], dtype=object)
    place = np.asarray(rows.index)
    for plant in np.unique(end).tolist():
        to = np.flatnonzero((end == plant) & ~own & ~same)
        parts = [_as_told(rows[(end == plant) & off], kind) for kind, off in ((GIVEN, own), (GROUND, same))]
        if len(to):
            share = rows[move.amount].to_numpy(np.float64)[to]
            task = move.task.part(start[to])
            found = follow_lanes(terrain, points.part(at[to]), plants.part(np.array([plant])), task, share)
            entries[place[to]] = codes[found.entry]
            parts.append(found.stretches)
        yield pd.concat(parts).assign(material=move.material, plant_id=move.plants["id"].iloc[plant], plant=plant)


def _as_told(rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return one stretch for all rows together, with km and CO2 as the plan has them; none without rows."""
    sums = {
        "mass_t": rows["mass_t"],
        "trips": rows["trips_per_yr"],
        "t_km": rows["mass_t"] * rows["distance_km"],
        "ferry_t_km": rows["mass_t"] * rows["ferry_km"],
        "co2_kg": rows["co2_kg"],
    }
    told = {"kind": kind, "start": NOWHERE, "end": NOWHERE, "edge": NOWHERE}
    return pd.DataFrame([told | {name: float(values.sum()) for name, values in sums.items()}][: len(rows)])


def _write(network: Network, roads: RoadTable, stretches: pd.DataFrame | None) -> pd.DataFrame:
    """Return the table of the plan: stretches with names, places and means."""
    if stretches is None:
        return pd.DataFrame(columns=[column.name for column in ROAD_LOADS])
    rows = stretches.assign(off=stretches["edge"] == NOWHERE, first=stretches["material"] == BLACK_MASS)
    rows = rows.sort_values(["first", "plant", "off", "kind", "start", "end"]).reset_index(drop=True)
    cities = network.cities.sort_values("city_code").reset_index(drop=True)
    table = rows[["material", "plant_id", "kind", "mass_t", "t_km", "co2_kg"]].copy()
    for side, column in (("from", "start"), ("to", "end")):
        named = cities.reindex(rows[column].to_numpy())
        for name, of_city in (("code", "city_code"), ("name", "name_en"), ("name_ja", "name_ja")):
            table[f"{side}_{name}"] = named[of_city].fillna("").to_numpy(object)
        for name in ("lat", "lon"):
            table[f"{side}_{name}"] = named[name].to_numpy(np.float64)
    route = np.array([*network.roads["route"].to_numpy(object)[roads.row], ""], dtype=object)
    table["route"] = route[rows["edge"].to_numpy()]  # the last where there is no edge, -1
    mass_t = rows["mass_t"].to_numpy(np.float64)
    for name, of_all in (("distance_km", "t_km"), ("ferry_km", "ferry_t_km")):
        table[name] = np.divide(rows[of_all], mass_t, out=np.zeros_like(mass_t), where=mass_t > 0)
    table["trips_per_yr"] = rows["trips"]
    table["trucks_per_day"] = rows["trips"] / DAYS
    return arrange("road_loads", table)
