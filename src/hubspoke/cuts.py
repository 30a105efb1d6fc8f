"""Benders cuts: from one choice of plants, a lower bound on the cost of every choice.

With prices of sites and of black mass from the assignment at some choice of plants, the cost of ANY plan is at least

    sum of site prices + sum over chosen hub sizes of their value + sum over chosen refinery sizes of their value,

where a hub size is worth its fixed cost plus the cheapest fractional knapsack of its lanes at these prices, and a
refinery size its fixed cost plus the cheapest fractional knapsack of the flows it could draw. At the choice itself the
bound is exact. See docs/engine.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.assignment import Assigned, Assignment, Sinks
from hubspoke.kernels import value_hubs
from hubspoke.model import largest_output

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.problem import Problem

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

CLOSED = 1e-6
"""Part of a size below which it counts as closed."""


@dataclass(frozen=True, eq=False)
class Cut:
    """Cost of any plan >= constant + sum(hub * chosen hub sizes) + sum(refinery * chosen refinery sizes)."""

    constant: float
    hub: Floats
    refinery: Floats

    def at(self, hub: Floats, refinery: Floats) -> float:
        """Evaluate the bound at a choice of sizes, whole or in parts."""
        ours = np.where(hub > 0, self.hub, 0.0) * hub
        theirs = np.where(refinery > 0, self.refinery, 0.0) * refinery
        return float(self.constant + ours.sum() + theirs.sum())


def chosen_sizes(part: Floats) -> Ints:
    """Give the size of each plant that is open as a whole, -1 where none is, from parts of shape (plants, sizes)."""
    return np.where(part.max(axis=1, initial=0.0) > 0.5, part.argmax(axis=1), -1).astype(np.int64)


@dataclass(frozen=True, eq=False)
class Point:
    """A choice of sizes, whole or in parts, its cost when the sites follow, and the cut that it gives."""

    hub: Floats
    refinery: Floats
    cost: float
    assigned: Assigned
    sinks: Sinks
    worth: Floats
    cut: Cut


class Cutter:
    """Makes cuts for one problem with one grade of black mass, or none."""

    def __init__(self, problem: Problem) -> None:
        """Lay out the lanes by hub."""
        self.problem = problem
        self.assignment = Assignment(problem)
        usable = problem.hubs.exists & (problem.hub_state >= 0)[:, None]
        self.hub_sizes = usable
        self.refinery_sizes = problem.refineries.exists & (problem.refinery_state >= 0)[:, None]
        least = np.where(usable, problem.hubs.variable, np.inf).min(axis=1, initial=np.inf)
        self.least_rate = np.where(np.isfinite(least), least, 0.0)
        self.rate = np.where(usable, problem.hubs.variable - self.least_rate[:, None], 0.0)
        reach = np.isfinite(problem.collection_cost) & (problem.hub_state >= 0)[None, :]
        hub, site = np.nonzero(reach.T)
        self.pointer = np.searchsorted(hub, np.arange(problem.n_hubs + 1))
        self.lane_site = np.ascontiguousarray(site)
        least_cost = problem.collection_cost[site, hub] + problem.mass[site] * self.least_rate[hub]
        self.lane_cost = np.ascontiguousarray(least_cost)
        self.lane_out = np.ascontiguousarray(self.assignment.out[site, hub])
        self.largest_out = largest_output(problem).sum(axis=1) if problem.n_refineries else np.zeros(problem.n_hubs)
        self.all_out = float(np.where(reach, self.assignment.out, 0.0).max(axis=1, initial=0.0).sum())
        must = ~np.isfinite(problem.skip_cost)
        least = np.where(reach, self.assignment.out, np.inf).min(axis=1, initial=np.inf)
        self.least_out = float(least[must & np.isfinite(least)].sum())
        self.transfer = problem.transfer_cost[:, :, 0] if problem.n_refineries else np.zeros((problem.n_hubs, 0))

    def worth(self, refinery: Floats, gate: Floats | None = None) -> Floats:
        """Give the cost of a tonne of black mass at each hub, shape (H,): its cheapest open refinery.

        `gate` (R,) is what a tonne of refinery room is worth; none when left out.
        """
        if not self.problem.n_refineries:
            return np.zeros(self.problem.n_hubs)
        steps = self.problem.refineries
        is_open = refinery > CLOSED
        rate = np.where(is_open, steps.variable, np.inf).min(axis=1)
        asked = rate if gate is None else rate + gate
        lanes = self.transfer[:, is_open.any(axis=1)] + asked[is_open.any(axis=1)][None, :]
        cheapest: Floats = lanes.min(axis=1, initial=np.inf)
        return cheapest

    def point(self, hub: Floats, refinery: Floats) -> Point | None:
        """Let the sites follow a choice of sizes, and make its cut.

        Parameters
        ----------
        hub : (H, K)
            Part to which each hub size is open.
        refinery : (R, L)
            Refinery sizes; more than zero counts as open, room is priced where it is short.
        """
        gate = np.zeros(self.problem.n_refineries)
        best: Point | None = None
        for attempt in range(1 if not self.problem.n_refineries else PRICINGS):
            found = self._priced_point(hub, refinery, gate)
            if found is None:
                return best
            if best is None or found.cost > best.cost:
                best = found
            slope = self._shortage(found, refinery, gate)
            if not np.any(slope):
                break
            step = PRICE_STEP * abs(best.cost) / max(float((slope**2).sum()), 1e-12) / (1 + attempt)
            gate = np.maximum(gate + step * slope, 0.0)
        return best

    def _priced_point(self, hub: Floats, refinery: Floats, gate: Floats) -> Point | None:
        problem = self.problem
        worth = self.worth(refinery, gate)
        part = np.where((hub > CLOSED) & self.hub_sizes & np.isfinite(worth)[:, None], hub, 0.0)
        sinks = Sinks.of(problem.hubs, part)
        assigned = self.assignment.solve(sinks, self.assignment.lane_cost(worth))
        if assigned is None:
            return None
        cost = assigned.cost + float((problem.hubs.fixed[part > 0] * part[part > 0]).sum())
        chosen = refinery > CLOSED
        cost += float((problem.refineries.fixed[chosen] * refinery[chosen]).sum())
        room = (problem.refineries.capacity * refinery).sum(axis=1, where=chosen)
        cost -= float((gate * room).sum())
        return Point(hub, refinery, cost, assigned, sinks, worth, self.cut(assigned.site_price, worth))

    def _shortage(self, point: Point, refinery: Floats, gate: Floats) -> Floats:
        """Give tonnes that want into each open refinery beyond its room; 0 where price and room agree."""
        problem = self.problem
        if not problem.n_refineries:
            return np.zeros(0)
        is_open = refinery > CLOSED
        room = (problem.refineries.capacity * refinery).sum(axis=1, where=is_open)
        rate = np.where(is_open, problem.refineries.variable, np.inf).min(axis=1)
        target = (self.transfer + (rate + gate)[None, :]).argmin(axis=1)
        flow = np.bincount(target, self.sent(point), problem.n_refineries)
        slope = np.where(is_open.any(axis=1), flow - room, 0.0)
        small = 1e-9 * max(self.all_out, 1e-12)
        return np.where((slope > small) | ((gate > 0) & (np.abs(slope) > small)), slope, 0.0)

    def sent(self, point: Point) -> Floats:
        """Give the tonnes of black mass that leave each hub at a point, shape (H,)."""
        hub, total = point.sinks.hub, np.zeros(self.problem.n_hubs)
        np.add.at(total, hub, (point.assigned.share * self.assignment.out[:, hub]).sum(axis=0))
        return total

    def cut(self, site_price: Floats, worth: Floats) -> Cut:
        """Make the cut that follows from prices of sites (S,) and of black mass at the hubs (H,)."""
        problem = self.problem
        price = np.minimum(site_price, problem.skip_cost)
        asked = np.where(np.isfinite(worth), worth, self._dearest_gate())
        value = np.empty(problem.hubs.fixed.shape)
        value_hubs(
            self.pointer, self.lane_site, self.lane_cost, self.lane_out, self.assignment.mass,
            price, asked, problem.hubs.capacity, problem.hubs.fixed, self.rate, self.hub_sizes, value,
        )  # fmt: skip
        return Cut(float(price.sum()), value, self._value_refineries(asked))

    def _dearest_gate(self) -> float:
        lanes = self.transfer[np.isfinite(self.transfer)]
        return float(lanes.max(initial=0.0) + np.abs(self.problem.refineries.variable).max(initial=0.0))

    def _value_refineries(self, worth: Floats) -> Floats:
        """Value every refinery size: fixed cost, less what the flows it could draw save at most."""
        steps = self.problem.refineries
        value = np.full(steps.fixed.shape, np.inf)
        for r, size in np.argwhere(self.refinery_sizes):
            saving = worth - self.transfer[:, r] - steps.variable[r, size]
            order = np.argsort(-saving, kind="stable")
            gain = np.where(np.isfinite(saving[order]), np.maximum(saving[order], 0.0), 0.0)
            before = np.cumsum(self.largest_out[order]) - self.largest_out[order]
            room = min(float(steps.capacity[r, size]), self.all_out)
            drawn = np.clip(room - before, 0.0, self.largest_out[order])
            value[r, size] = steps.fixed[r, size] - float((gain * drawn).sum())
        return value


PRICINGS = 10
"""Most rounds of pricing refinery room at one point."""

PRICE_STEP = 2e-3
"""First step of a refinery price, in terms of the cost of the plan."""
