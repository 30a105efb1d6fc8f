"""Lanes to refineries abroad: by truck to a port at home, and on by ship; or as the planner gives them.

No road leads to a refinery or a port abroad. What a ship costs is given in `lanes`, from the port to the refinery, for
a tonne from quay to gate; what leaves a hub takes the port by which the whole way is cheapest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.inputs.tables.schema import FORBIDDEN
from hubspoke.lanes.access import join_roads
from hubspoke.lanes.pairs import NO_TRUCK, cheapest_pairs

if TYPE_CHECKING:
    from hubspoke.base.arrays import Bools, Ints
    from hubspoke.inputs.network import Network
    from hubspoke.lanes.access import Terrain
    from hubspoke.lanes.legs import Points
    from hubspoke.lanes.pairs import Block, Task


def lies_abroad(table: pd.DataFrame) -> Bools:
    """Return which rows of a table lie in another country, shape (n,).

    Parameters
    ----------
    table : DataFrame
        Refineries or ports, with their `country`.
    """
    return (table["country"] != "").to_numpy(np.bool_)


def leave_roads(network: Network, block: Block) -> None:
    """Make every lane from hubs and ports to refineries unreachable, in place, that begins or ends abroad.

    Parameters
    ----------
    network : Network
    block : Block
        Lanes of black mass as roads would have them, shape (H + N, R); what is given is laid over it later.
    """
    off = np.zeros(block.reachable.shape, np.bool_)
    off[:, lies_abroad(network.refineries)] = True
    off[len(network.hubs) :][lies_abroad(network.ports)] = True
    for values in (block.distance_km, block.ferry_km, block.hours, block.co2_kg):
        values[off] = 0.0
    block.jpy[off] = np.inf
    block.truck[off] = NO_TRUCK
    block.reachable[off] = False


def ship_abroad(network: Network, terrain: Terrain, hubs: Points, task: Task, block: Block) -> None:
    """Lay the ways by way of ports over the lanes to refineries abroad, in place.

    Parameters
    ----------
    network : Network
    terrain : Terrain
    hubs : Points
        The H hubs.
    task : Task
        A tonne of black mass from each hub and port.
    block : Block
        Lanes of black mass, with what is given laid over them, shape (H + N, R). A lane from a hub that is given stays.
    """
    abroad = np.flatnonzero(lies_abroad(network.refineries))
    if not len(abroad):
        return
    number = len(network.hubs)
    _sail(network, block, abroad)
    given = network.given_lanes
    shut = np.zeros(block.reachable.shape, np.bool_)
    shut[_find_pairs(network, given[given["status"] == FORBIDDEN])] = True
    home = np.flatnonzero(~lies_abroad(network.ports))
    quays = join_roads(terrain, network.ports[["lon", "lat"]].to_numpy(np.float64)[home])
    by_truck = cheapest_pairs(terrain, hubs, quays, task.part(np.arange(number)))
    for refinery in abroad.tolist():
        ways = by_truck.jpy + block.jpy[number + home, refinery][None, :]
        port = ways.argmin(axis=1) if len(home) else np.zeros(number, np.int64)
        rows = np.arange(number)
        free = ~block.reachable[:number, refinery] & ~shut[:number, refinery]
        found = np.flatnonzero(free & (np.isfinite(ways[rows, port]) if len(home) else False))
        quay = port[found]
        block.jpy[found, refinery] = ways[found, quay]
        for name in ("distance_km", "ferry_km", "hours", "co2_kg"):
            values, truck = getattr(block, name), getattr(by_truck, name)
            values[found, refinery] = truck[found, quay] + values[number + home[quay], refinery]
        block.truck[found, refinery] = by_truck.truck[found, quay]
        block.reachable[found, refinery] = True


def _sail(network: Network, block: Block, abroad: Ints) -> None:
    """Make what is given to refineries abroad a way by ship, in place: all of it at sea, at the speed of ferries.

    CO2 that is not given is none, as from sources abroad to ports.
    """
    speed = float(network.settings.ferries.speed_km_per_h)
    km = block.distance_km[:, abroad]
    block.ferry_km[:, abroad] = km
    block.hours[:, abroad] = km / speed
    block.truck[:, abroad] = NO_TRUCK
    given = network.given_lanes
    row, column = _find_pairs(network, given[given["co2_kg_per_t"].isna()])
    block.co2_kg[row, column] = 0.0


def _find_pairs(network: Network, given: pd.DataFrame) -> tuple[Ints, Ints]:
    """Return the rows and columns of some given lanes among those to refineries abroad."""
    row = pd.Index(network.origins["id"]).get_indexer(pd.Index(given["from_id"]))
    column = pd.Index(network.refineries["id"]).get_indexer(pd.Index(given["to_id"]))
    known = (row >= 0) & (column >= 0)
    known[known] = lies_abroad(network.refineries)[column[known]]
    return row[known].astype(np.int64), column[known].astype(np.int64)
