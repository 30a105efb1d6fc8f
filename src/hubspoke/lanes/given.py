"""Lay the planner's own lanes over the computed ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.inputs.tables.schema import FORBIDDEN
from hubspoke.lanes.freight import truck_values
from hubspoke.lanes.pairs import NO_TRUCK

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.inputs.network import Network
    from hubspoke.lanes.pairs import Block, Task
    from hubspoke.settings.settings import Settings


def lay_given(
    network: Network,
    tables: tuple[pd.DataFrame, pd.DataFrame],
    task: Task,
    block: Block,
    *,
    above: Floats | None = None,
) -> None:
    """Lay the planner's own lanes over computed ones, in place: distance first, then cost and CO2 per tonne.

    Parameters
    ----------
    network : Network
        Its `given_lanes` are laid.
    tables : (DataFrame, DataFrame)
        The n places where lanes start and the m where they end, with their `id`.
    task : Task
        What is moved.
    block : Block
        The computed lanes, shape (n, m); changed in place.
    above : float array, shape (n,), optional
        What the surcharge factor of each start exceeds the usual one by. It is paid over the distance laid, computed or
        given; a cost that is given includes it.
    """
    given = network.given_lanes
    row = pd.Index(tables[0]["id"]).get_indexer(pd.Index(given["from_id"]))
    column = pd.Index(tables[1]["id"]).get_indexer(pd.Index(given["to_id"]))
    known = (row >= 0) & (column >= 0)
    columns = ("distance_km", "cost_jpy_per_t", "co2_kg_per_t")
    km, jpy, co2 = (given[name].to_numpy(np.float64)[known] for name in columns)
    row, column = row[known].astype(np.int64), column[known].astype(np.int64)
    shut = (given["status"] == FORBIDDEN).to_numpy(bool)[known]
    told = ~np.isnan(km)
    _lay_distance(task, block, (row[told], column[told]), km[told], float(network.settings.roads.road_km_per_h))
    if above is not None:
        _add_surcharges(network.settings, task, block, above)
    pairs = row[~np.isnan(jpy)], column[~np.isnan(jpy)]
    block.jpy[pairs] = jpy[~np.isnan(jpy)] * task.tonnes[pairs[0]]
    block.reachable[pairs] = True
    told = ~np.isnan(co2) & block.reachable[row, column]
    block.co2_kg[row[told], column[told]] = co2[told] * task.tonnes[row[told]]
    _forbid(block, row[shut], column[shut])


def _forbid(block: Block, row: Ints, column: Ints) -> None:
    """Make lanes unreachable, in place, whatever else is stated for them."""
    for values in (block.distance_km, block.ferry_km, block.hours, block.co2_kg):
        values[row, column] = 0.0
    block.jpy[row, column] = np.inf
    block.truck[row, column] = NO_TRUCK
    block.reachable[row, column] = False


def _add_surcharges(settings: Settings, task: Task, block: Block, above: Floats) -> None:
    """Add what packs pay above the usual surcharge to their freight, in place; way and truck stay as they are."""
    row, column = np.nonzero(block.reachable & (above != 0)[:, None])
    truck = block.truck[row, column].astype(np.int64)
    once = truck_values(settings, lambda truck: truck.fixed_jpy_per_trip)[truck]
    per_km = truck_values(settings, lambda truck: truck.distance_jpy_per_km)[truck]
    road_km = (block.distance_km[row, column] - block.ferry_km[row, column]).astype(np.float64)
    more = above[row] * task.trips[row, truck] * (once + per_km * road_km)
    block.jpy[row, column] += float(settings.roads.freight_factor) * more


def _lay_distance(task: Task, block: Block, pairs: tuple[Ints, Ints], km: Floats, km_per_h: float) -> None:
    """Stretch computed lanes to the given km; where none was computed, take an ordinary road of that length."""
    stretched = block.distance_km[pairs] > 0
    _stretch(task, block, (pairs[0][stretched], pairs[1][stretched]), km[stretched])
    row, column, km = pairs[0][~stretched], pairs[1][~stretched], km[~stretched]
    jpy = task.trips[row].T * (task.tariff.once_jpy[:, None] + task.tariff.way_jpy(km))
    truck = np.argmin(jpy, axis=0)
    block.jpy[row, column] = jpy[truck, np.arange(len(row))]
    block.truck[row, column] = truck
    block.distance_km[row, column] = km
    block.ferry_km[row, column] = 0.0
    block.hours[row, column] = km / km_per_h
    block.co2_kg[row, column] = task.tonnes[row] * km * task.co2_kg_per_t_km[row, truck]
    block.reachable[row, column] = True


def _stretch(task: Task, block: Block, pairs: tuple[Ints, Ints], km: Floats) -> None:
    """Stretch lanes to the given km: what is paid on the way, time and CO2 in proportion; the truck stays the same."""
    ratio = km / block.distance_km[pairs]
    truck = block.truck[pairs]
    once = task.trips[pairs[0], truck] * task.tariff.once_jpy[truck]
    block.jpy[pairs] = once + (block.jpy[pairs] - once) * ratio
    for values in (block.distance_km, block.ferry_km, block.hours, block.co2_kg):
        values[pairs] = values[pairs] * ratio
