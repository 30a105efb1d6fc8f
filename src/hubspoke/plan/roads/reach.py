"""Measure what any place would pay, and how long it would drive, to the gate of the plan's own hubs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.lanes.access import join_roads, read_terrain
from hubspoke.lanes.lanes import collection_task
from hubspoke.lanes.pairs import Task, cheapest_pairs
from hubspoke.plan.states import is_open
from hubspoke.settings.rules import resolve_policy

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.plan.plan import PlanData


@dataclass(frozen=True, eq=False)
class Reach:
    """Which hub each of n places would deliver to, and at what freight.

    Attributes
    ----------
    hub : int array, shape (n,)
        Row of the hubs of the plan; -1 for a place that none may be reached from.
    jpy_per_t, hours : float arrays, shape (n,)
        Freight, yen per tonne of packs, and hours on the road and at sea, one way; NaN where there is no hub.
    site_t : float
        Tonnes per year of the site that is thought to stand at every place.
    """

    hub: Ints
    jpy_per_t: Floats
    hours: Floats
    site_t: float


def measure_reach(
    plan: PlanData, places: Floats, regions: np.ndarray, *, supply_t: Floats | None = None
) -> Reach | None:
    """Measure what a site at each place would pay to the gate of the open hub where that is least.

    Roads, ferries, trucks and trips are those of the lanes of the plan. A hub counts whether it has room or not; lanes
    and distances that the planner gives are of sites, and count for none. Between the places nothing is said.

    Parameters
    ----------
    plan : PlanData
    places : float array, shape (n, 2)
        Longitude and latitude, degrees.
    regions : str array, shape (n,)
        Region of each place: while packs cross no border, only its hubs count.
    supply_t : float array, shape (P,), optional
        Tonnes per year of each class at every place; those of a site of median tonnes with the mix of all sites when
        left out. What may be in stock is the usual.

    Returns
    -------
    Reach or None
        None where the tables that were planned are not at hand, no hub is open, or nothing is collected.
    """
    network = plan.network
    hubs = np.flatnonzero(is_open(plan.hubs).to_numpy(np.bool_))
    if network is None or not len(hubs):
        return None
    supply = _take_usual(network.supply_t(plan.year)) if supply_t is None else np.asarray(supply_t, np.float64)
    if not supply.sum() > 0:
        return None
    terrain, rules = read_terrain(network), resolve_policy(plan.settings.policy)
    starts = join_roads(terrain, places)
    ends = join_roads(terrain, plan.hubs[["lon", "lat"]].to_numpy(np.float64)[hubs])
    stock_t = float(network.settings.collection.stock_max_t) or np.inf  # 0 stands for any amount
    one = collection_task(network.settings, supply[None, :], np.array([stock_t]))
    alike = [np.broadcast_to(part, (len(places), *part.shape[1:])) for part in (one.trips, one.co2_kg_per_t_km)]
    task = Task(one.tariff, alike[0], np.broadcast_to(one.tonnes, len(places)), alike[1])
    block = cheapest_pairs(terrain, starts, ends, task)
    allowed = block.reachable.copy()
    if not rules.packs_cross_borders:
        allowed &= regions[:, None] == plan.hubs["region"].to_numpy(object)[hubs][None, :]
    if rules.longest_haul_km is not None:
        allowed &= block.distance_km <= rules.longest_haul_km
    jpy = np.where(allowed, block.jpy, np.inf)
    best = jpy.argmin(axis=1)
    reached, rows = allowed.any(axis=1), np.arange(len(places))
    return Reach(
        hub=np.where(reached, hubs[best], -1),
        jpy_per_t=np.where(reached, jpy[rows, best] / supply.sum(), np.nan),
        hours=np.where(reached, block.hours[rows, best], np.nan).astype(np.float64),
        site_t=float(supply.sum()),
    )


def _take_usual(supply_t: Floats) -> Floats:
    """Return t per year by class of a site of median tonnes with the mix of all sites, of those that send anything."""
    mass_t = supply_t.sum(axis=1)
    if not (mass_t > 0).any():
        return np.zeros(supply_t.shape[1])
    usual: Floats = supply_t.sum(axis=0) / mass_t.sum() * np.median(mass_t[mass_t > 0])
    return usual
