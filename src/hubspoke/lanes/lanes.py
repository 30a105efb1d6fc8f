"""Compute distance, time, freight and CO2 of every lane from site to hub, and from hub or port to refinery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.lanes.abroad import leave_roads, ship_abroad
from hubspoke.lanes.access import join_roads, read_terrain
from hubspoke.lanes.freight import read_tariff, surcharges_above_usual, truck_co2_kg_per_t_km, truck_values
from hubspoke.lanes.given import lay_given
from hubspoke.lanes.ordered import forbid_others
from hubspoke.lanes.pairs import NO_TRUCK, Block, Task, cheapest_pairs
from hubspoke.lanes.trips import count_trips

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Floats32
    from hubspoke.inputs.network import Network
    from hubspoke.settings.settings import Settings


@dataclass(frozen=True, eq=False)
class Lanes:
    """Every lane: S sites x H hubs, and H hubs and N ports x R refineries, in the order of the network's tables.

    Money is float64; everything else float32, good to seven digits. An unreachable pair has infinite freight,
    truck -1 and 0 elsewhere.

    Attributes
    ----------
    distance_km : float32 array, shape (S, H)
        Road and sea km, one way, along the way that is cheapest in yen.
    ferry_km : float32 array, shape (S, H)
        The part of it on ferries.
    hours : float32 array, shape (S, H)
        Driving, sailing and boarding, one way.
    trips_per_yr : float32 array, shape (S, H)
    truck : int8 array, shape (S, H)
        Truck class in the order of `settings.trucks`; -1 where none is known.
    freight_jpy_per_yr : float64 array, shape (S, H)
        Freight of all packs of the site.
    co2_kg_per_yr : float32 array, shape (S, H)
    reachable : bool array, shape (S, H)
    transfer_distance_km, transfer_ferry_km, transfer_hours : float32 arrays, shape (H + N, R)
    transfer_truck : int8 array, shape (H + N, R)
    transfer_jpy_per_t : float64 array, shape (H + N, R)
        Freight per tonne of black mass in full loads; 0 where hub and refinery stand on one ground.
    transfer_co2_kg_per_t : float32 array, shape (H + N, R)
    transfer_reachable : bool array, shape (H + N, R)
    """

    distance_km: Floats32
    ferry_km: Floats32
    hours: Floats32
    trips_per_yr: Floats32
    truck: NDArray[np.int8]
    freight_jpy_per_yr: Floats
    co2_kg_per_yr: Floats32
    reachable: NDArray[np.bool_]
    transfer_distance_km: Floats32
    transfer_ferry_km: Floats32
    transfer_hours: Floats32
    transfer_truck: NDArray[np.int8]
    transfer_jpy_per_t: Floats
    transfer_co2_kg_per_t: Floats32
    transfer_reachable: NDArray[np.bool_]


def build_lanes(network: Network, year: int) -> Lanes:
    """Compute all lanes, and lay those that the planner gives over them.

    Parameters
    ----------
    network : Network
    year : int
        Year of the supply, by which trucks are chosen and trips counted.

    Returns
    -------
    Lanes
    """
    settings = network.settings
    terrain = read_terrain(network)
    starts = network.origins
    tables = (network.sites, network.hubs, network.refineries, starts)
    sites, hubs, refineries, origins = (
        join_roads(terrain, table[["lon", "lat"]].to_numpy(np.float64)) for table in tables
    )
    packs = collection_task(settings, network.supply_t(year), network.sites["stock_max_t"].to_numpy(np.float64))
    black_mass = transfer_task(settings, len(starts))
    collection = cheapest_pairs(terrain, sites, hubs, packs)
    transfer = cheapest_pairs(terrain, origins, refineries, black_mass)
    _merge_grounds(network, transfer)
    leave_roads(network, transfer)
    above = surcharges_above_usual(settings, network.supply_t(year))
    lay_given(network, (network.sites, network.hubs), packs, collection, above=above)
    lay_given(network, (starts, network.refineries), black_mass, transfer)
    ship_abroad(network, terrain, hubs, black_mass, transfer)
    forbid_others(settings.orders, (network.sites, network.hubs), collection)
    forbid_others(settings.orders, (starts, network.refineries), transfer)
    return _name(packs, collection, transfer)


def collection_task(settings: Settings, supply_t: Floats, stock_max_t: Floats) -> Task:
    """Return the task of moving packs from sites, with the usual surcharge.

    Parameters
    ----------
    settings : Settings
    supply_t : float array, shape (S, P)
        Tonnes of packs per year by class.
    stock_max_t : float array, shape (S,)
        Tonnes that each site may have in stock; infinite where there is no limit.

    Returns
    -------
    Task
    """
    mass_t = supply_t.sum(axis=1)
    trips = count_trips(settings, supply_t, stock_max_t)
    load_t = np.divide(mass_t[:, None], trips, out=np.zeros_like(trips), where=trips > 0)
    tariff = read_tariff(settings, surcharge_factor=float(settings.collection.surcharge_factor))
    return Task(tariff, trips, mass_t, truck_co2_kg_per_t_km(settings, load_t))


def transfer_task(settings: Settings, origins: int) -> Task:
    """Return the task of moving a tonne of black mass from each hub or port, in full loads and without surcharge.

    Parameters
    ----------
    settings : Settings
    origins : int
        Number of hubs and ports.

    Returns
    -------
    Task
    """
    load_t = truck_values(settings, lambda truck: truck.payload_black_mass_t)
    shape = (origins, len(load_t))
    fuel = np.broadcast_to(truck_co2_kg_per_t_km(settings, load_t), shape)
    return Task(read_tariff(settings), np.broadcast_to(1.0 / load_t, shape), np.ones(origins), fuel)


def _name(packs: Task, collection: Block, transfer: Block) -> Lanes:
    trips = np.take_along_axis(packs.trips, np.maximum(collection.truck, 0).astype(np.int64), axis=1)
    return Lanes(
        distance_km=collection.distance_km,
        ferry_km=collection.ferry_km,
        hours=collection.hours,
        trips_per_yr=np.where(collection.truck == NO_TRUCK, 0.0, trips).astype(np.float32),
        truck=collection.truck,
        freight_jpy_per_yr=collection.jpy,
        co2_kg_per_yr=collection.co2_kg,
        reachable=collection.reachable,
        transfer_distance_km=transfer.distance_km,
        transfer_ferry_km=transfer.ferry_km,
        transfer_hours=transfer.hours,
        transfer_truck=transfer.truck,
        transfer_jpy_per_t=transfer.jpy,
        transfer_co2_kg_per_t=transfer.co2_kg,
        transfer_reachable=transfer.reachable,
    )


def share_one_ground(origins: pd.Series, refineries: pd.Series) -> NDArray[np.bool_]:
    """Return which origins of black mass and refineries stand on one ground.

    Parameters
    ----------
    origins, refineries : Series of str, length n, R
        Ground of each, as `Network` names it; an empty name is shared with none.

    Returns
    -------
    bool array, shape (n, R)
    """
    here, there = origins.to_numpy(object), refineries.to_numpy(object)
    return np.asarray((here[:, None] == there[None, :]) & (here != "")[:, None])


def _merge_grounds(network: Network, transfer: Block) -> None:
    """Make transfers within one ground free, in place."""
    same = share_one_ground(network.origins["ground"], network.refineries["ground"])
    for values in (transfer.distance_km, transfer.ferry_km, transfer.hours, transfer.co2_kg, transfer.jpy):
        values[same] = 0.0
    transfer.truck[same] = NO_TRUCK
    transfer.reachable[same] = True
