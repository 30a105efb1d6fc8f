"""Count every choice of plants where each region has one hub and one refinery: the least cost, and what changes cost.

All sites of a region then go to its one hub, and all black mass of that to its one refinery. What a pair costs is a
plain sum, and the cheapest pairs of all regions are the cheapest plan: no search is needed, and none is trusted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from hubspoke.audit.case import TONNES, find_sizes
from hubspoke.lanes.borders import allowed_lanes
from hubspoke.lanes.destinations import admissible_grades

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

    from hubspoke.audit.case import Case
    from hubspoke.base.arrays import Floats
    from hubspoke.costs.costs import Costs
    from hubspoke.inputs.network import Network

ONE = (1, 1)
ANY = (0, None)
FULL = 1e-9
"""Share by which a plant may be filled beyond its capacity, as rounding of sums of tonnes."""


@dataclass(frozen=True, eq=False)
class Region:
    """What pairs of a hub and a refinery of one region cost; h hubs at K sizes, r refineries at L sizes.

    Attributes
    ----------
    hubs, refineries : int arrays, shape (h,), (r,)
        Rows of the network's tables.
    hub_jpy : float array, shape (h, K)
        Collection and hub, yen per year; infinite where it cannot be.
    onward_jpy : float array, shape (h, r, L)
        From the gate of a hub on.
    saved_jpy : float array, shape (h, K, r)
        What the two save on one ground.
    hub, hub_size, refinery, refinery_size : int
        Positions of what the plan has.
    """

    hubs: NDArray[np.int64]
    refineries: NDArray[np.int64]
    hub_jpy: Floats
    onward_jpy: Floats
    saved_jpy: Floats
    hub: int
    hub_size: int
    refinery: int
    refinery_size: int

    @property
    def pairs_jpy(self) -> Floats:
        """Return the least cost of each pair over all sizes, shape (h, r)."""
        cost: Floats = (self.hub_jpy[:, :, None] - self.saved_jpy).min(axis=1) + self.onward_jpy.min(axis=2)
        return cost

    @property
    def own_jpy(self) -> float:
        """Return what the plan's own pair costs at its sizes."""
        here = self.hub_jpy[self.hub, self.hub_size] - self.saved_jpy[self.hub, self.hub_size, self.refinery]
        return float(here + self.onward_jpy[self.hub, self.refinery, self.refinery_size])

    @property
    def with_other_hub_jpy(self) -> Floats:
        """Return the least cost with each hub in the place of the plan's own, and its refinery as it is, shape (h,)."""
        here = (self.hub_jpy - self.saved_jpy[:, :, self.refinery]).min(axis=1)
        cost: Floats = here + self.onward_jpy[:, self.refinery, self.refinery_size]
        return cost

    @property
    def with_other_refinery_jpy(self) -> Floats:
        """Return the least cost with each refinery in the place of the plan's own, and its hub as it is, shape (r,)."""
        here = self.hub_jpy[self.hub, self.hub_size] - self.saved_jpy[self.hub, self.hub_size]
        cost: Floats = here + self.onward_jpy[self.hub].min(axis=1)
        return cost

    @property
    def choices(self) -> int:
        """Return how many choices of two plants and their sizes there are."""
        return int(np.isfinite(self.hub_jpy).sum(axis=1) @ np.isfinite(self.onward_jpy).sum(axis=(1, 2)))


def count_choices(case: Case) -> list[Region] | None:
    """Return what the pairs of plants of each region cost; None where a plan may be anything else than such pairs.

    Parameters
    ----------
    case : Case
        With its network and costs.
    """
    if not _has_one_each(case):
        return None
    counting = _Counting(case)
    regions = [counting.count(region) for region in np.unique(counting.home["sites"][counting.costs.mass_t > 0])]
    return None if None in regions else cast("list[Region]", regions)


def _has_one_each(case: Case) -> bool:
    """Return whether each region has one hub and one refinery, and nothing else is ordered or comes from abroad."""
    rules, settings = case.rules, case.plan.settings
    closed = not rules.packs_cross_borders and not rules.black_mass_crosses_borders
    one = rules.hubs_per_region == ONE == rules.refineries_per_region
    free = rules.hubs_in_total == ANY == rules.refineries_in_total
    plain = settings.policy.refine_all and not settings.policy.least_recovery_t_per_t
    plain = plain and not settings.orders.deliver and not settings.orders.only
    return closed and one and free and plain and rules.knows_alternatives and not len(case.known["overseas"])


class _Counting:
    """A plan and what it is counted by, region by region."""

    def __init__(self, case: Case) -> None:
        self.network, self.costs = cast("Network", case.network), cast("Costs", case.costs)
        self.tables = {"hubs": case.hubs, "refineries": case.refineries}
        regions = {name: at for at, name in enumerate(self.network.regions)}
        self.home = {
            table: np.array([regions[name] for name in case.known[table]["region"].tolist()], np.int64)
            for table in ("sites", "hubs", "refineries")
        }
        self.allowed = allowed_lanes(self.costs.lanes, self.home["sites"], self.home["hubs"], case.rules)
        self.takes = admissible_grades(self.network.refineries, self.network.settings)
        self.opened, self.closed = (set(case.plan.options.get(key, ())) for key in ("open", "close"))
        steps = {"hubs": self.costs.hub_steps, "refineries": self.costs.refinery_steps}
        known = {"hubs": self.costs.hub_technology, "refineries": self.costs.refinery_technology}
        self.size = {name: find_sizes(self.tables[name], steps[name], known[name]) for name in steps}

    def count(self, region: int) -> Region | None:
        """Return what the pairs of a region cost; None where the plan has more or fewer than one of either there."""
        hubs, refineries = (self._choose(table, region) for table in ("hubs", "refineries"))
        own = [
            np.flatnonzero(self.size[name][rows] >= 0) for name, rows in (("hubs", hubs), ("refineries", refineries))
        ]
        if any(len(rows) != 1 for rows in own):
            return None
        hub, refinery = int(own[0][0]), int(own[1][0])
        sites = np.flatnonzero((self.home["sites"] == region) & (self.costs.mass_t > 0))
        at, to = hubs[:, None], refineries[None, :]
        saved: Floats = self.costs.beside[at, to][:, None, :] * self.costs.hub_shared_jpy_per_yr[hubs][:, :, None]
        return Region(
            hubs,
            refineries,
            self._sum_hubs(sites, hubs),
            self._sum_onward(sites, hubs, refineries),
            saved,
            hub,
            int(self.size["hubs"][hubs[hub]]),
            refinery,
            int(self.size["refineries"][refineries[refinery]]),
        )

    def _choose(self, table: str, region: int) -> NDArray[np.int64]:
        """Return the plants of a region that may be open: one alone, where that must be."""
        plants, here = self.tables[table], self.home[table] == region
        ids, status = plants["id"].tolist(), plants["status"].tolist()
        may = [
            name in self.opened or (state != "closed" and name not in self.closed)
            for name, state in zip(ids, status, strict=True)
        ]
        must = here & np.array([name in self.opened for name in ids], bool)
        return np.flatnonzero(must if must.any() else here & np.array(may, bool))

    def _sum_hubs(self, sites: NDArray[np.int64], hubs: NDArray[np.int64]) -> Floats:
        """Return collection and hub, yen per year, shape (h, K)."""
        costs, pairs = self.costs, np.ix_(sites, hubs)
        mass_t = float(costs.mass_t[sites].sum())
        lanes = costs.lanes.freight_jpy_per_yr[pairs].astype(np.float64)
        lanes += costs.carbon_jpy_per_kg * costs.lanes.co2_kg_per_yr[pairs].astype(np.float64)
        lanes = np.where(self.allowed[pairs], lanes, np.inf).sum(axis=0)
        lanes += (costs.packaging_jpy_per_yr + costs.removal_jpy_per_yr)[sites].sum()
        total = np.full((len(hubs), costs.hub_steps.capacity.shape[1]), np.inf)
        for size in range(total.shape[1]):
            of = costs.choose(np.maximum(costs.hub_steps.technology[:, size], 0), costs.refinery_technology)
            rate = _add_up(of.hub_rates_jpy_per_t) + of.carbon_jpy_per_kg * of.hub_co2_kg_per_t
            step = _add_up(costs.hub_step_terms(hubs, size, mass_t))
            fits = _fits(mass_t, costs.hub_steps.capacity[hubs, size])
            total[:, size] = np.where(fits, lanes + mass_t * rate[hubs] + step, np.inf)
        return total

    def _sum_onward(self, sites: NDArray[np.int64], hubs: NDArray[np.int64], refineries: NDArray[np.int64]) -> Floats:
        """Return what all black mass of a hub costs from its gate on, yen per year, shape (h, r, L)."""
        costs, at, to = self.costs, hubs[:, None], refineries[None, :]
        grades_t = np.einsum("p,hpb->hb", costs.supply_t[sites].sum(axis=0), costs.yields[hubs])
        made, refused = grades_t > 0, ~self.takes[refineries]
        goes = costs.lanes.transfer_reachable[at, to] & ~(made[:, None, :] & refused[None, :, :]).any(axis=2)
        tonnes = np.repeat(grades_t.sum(axis=1)[:, None], len(refineries), axis=1)
        total = np.full((*tonnes.shape, costs.refinery_steps.capacity.shape[1]), np.inf)
        for size in range(total.shape[2]):
            of = costs.choose(costs.hub_technology, np.maximum(costs.refinery_steps.technology[:, size], 0))
            per_t, step = _add_up(of.transfer_terms(at, to)), _add_up(costs.refinery_step_terms(to, size, tonnes))
            fits = _fits(tonnes, costs.refinery_steps.capacity[to, size]) & goes
            total[:, :, size] = np.where(fits, tonnes * np.where(goes, per_t, 0.0) + step, np.inf)
        return total


def _fits(tonnes: ArrayLike, capacity: Floats) -> NDArray[np.bool_]:
    fits: NDArray[np.bool_] = (np.asarray(tonnes) <= capacity * (1 + FULL) + TONNES) & (capacity > 0)
    return fits


def _add_up(terms: Mapping[str, Floats]) -> Floats:
    total: Floats = np.sum(list(terms.values()), axis=0)
    return total
