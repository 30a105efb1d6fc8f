"""Benders cuts: from one choice of plants, a lower bound on the cost of every choice.

With prices of sites and of black mass from the assignment at some choice of plants, the cost of ANY plan is at least

    sum of site prices + sum over chosen hub sizes of their value + sum over chosen refinery sizes of their value,

where a hub size is worth its fixed cost plus the cheapest fractional knapsack of its lanes at these prices, and a
refinery size its fixed cost plus the cheapest fractional knapsack of the flows it could draw; what plants on one ground
share is priced too (`shared_ground.py`). At the choice itself the bound is exact. See docs/engine.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.assignment.assignment import Assignment, Paid
from hubspoke.engine.benders.hub_values import lay_out, value_hubs
from hubspoke.engine.parameters import DEFAULTS
from hubspoke.engine.problem.choice import CLOSED
from hubspoke.engine.problem.fractional_knapsack import fill_in_order
from hubspoke.engine.problem.limits import SITES_AT_ONCE, largest_output
from hubspoke.engine.problem.shared_ground import share_value

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.engine.parameters import AssignmentParameters
    from hubspoke.engine.problem.problem import Problem

LEAST_YIELD = 1e-9
"""Black mass as a share of a site's tonnes below which no price of it is sought: the price would be beyond sense."""


@dataclass(frozen=True, eq=False)
class Cut:
    """Cost of any plan >= constant + sum(hub * chosen hub sizes) + sum(refinery * chosen refinery sizes).

    It follows from `site_price` (S,) and `gate_price` (H, B), kept in single precision, and `ground_price` (H,): any
    prices will do.
    """

    constant: float
    hub: Floats
    refinery: Floats
    site_price: NDArray[np.float32]
    gate_price: NDArray[np.float32]
    ground_price: Floats

    def at(self, hub: Floats, refinery: Floats) -> float:
        """Evaluate the bound at a choice of sizes, whole or in parts."""
        ours = np.where(hub > 0, self.hub, 0.0) * hub
        theirs = np.where(refinery > 0, self.refinery, 0.0) * refinery
        return float(self.constant + ours.sum() + theirs.sum())


class CutGenerator:
    """Makes cuts for one problem."""

    def __init__(
        self, problem: Problem, parameters: AssignmentParameters = DEFAULTS.assignment, paid: Paid | None = None
    ) -> None:
        """Lay out the lanes by hub; sizes of hubs may have paid for tonnes."""
        self.problem = problem
        self.assignment: Assignment = Assignment.of(problem, parameters, paid=paid)
        none = np.zeros(problem.hubs.fixed.shape)
        self.paid: Paid = Paid(none, none) if paid is None else paid
        usable = problem.hubs.exists & (problem.hub_state >= 0)[:, None]
        self.hub_sizes: Bools = usable
        self.refinery_sizes: Bools = problem.refineries.exists & (problem.refinery_state >= 0)[:, None]
        lowest = problem.hubs.variable - self.paid.rate
        least = np.where(usable, lowest, np.inf).min(axis=1, initial=np.inf)
        self.least_rate: Floats = np.where(np.isfinite(least), least, 0.0)
        self.rate: Floats = np.where(usable, problem.hubs.variable - self.least_rate[:, None], 0.0)
        may_open = problem.hub_state >= 0
        reach = np.isfinite(problem.collection_cost) & may_open[None, :]
        self.pointer: Ints = np.concatenate([[0], np.cumsum(reach.sum(axis=0))])
        lanes = int(self.pointer[-1])
        self.lane_site: Ints = np.empty(lanes, np.int64)
        self.lane_cost: Floats = np.empty(lanes)
        self.lane_out: Floats = np.empty((problem.n_grades, lanes))
        lay_out(
            problem.collection_cost, self.assignment.grade_out, self.assignment.mass, self.least_rate, may_open,
            self.pointer, self.lane_site, self.lane_cost, self.lane_out,
        )  # fmt: skip
        shape = (problem.n_hubs, problem.n_grades)
        self.largest_out: Floats = largest_output(problem) if problem.n_refineries else np.zeros(shape)
        self.all_out: float = float(self.assignment.out.max(axis=1, initial=0.0, where=reach).sum())
        must = ~np.isfinite(problem.skip_cost)
        least = self.assignment.out.min(axis=1, initial=np.inf, where=reach)
        self.least_out: float = float(least[must & np.isfinite(least)].sum())

    def worth(self, refinery: Floats, gate: Floats | None = None) -> Floats:
        """Return the cost of a tonne of each grade at each hub, shape (H, B): its cheapest open refinery.

        `gate` (R,) is what a tonne of refinery room is worth; none when left out.
        """
        if not self.problem.n_refineries:
            return np.zeros((self.problem.n_hubs, self.problem.n_grades))
        steps = self.problem.refineries
        is_open = refinery > CLOSED
        rate = np.where(is_open, steps.variable, np.inf).min(axis=1)
        asked = rate if gate is None else rate + gate
        chosen = is_open.any(axis=1)
        lanes = self.problem.transfer_cost[:, chosen] + asked[chosen][None, :, None]
        cheapest: Floats = lanes.min(axis=1, initial=np.inf)
        return cheapest

    def cut(self, site_price: Floats, worth: Floats, ground: Floats | None = None) -> Cut:
        """Make the cut that follows from prices.

        Parameters
        ----------
        site_price : (S,)
        worth : (H, B)
            Of black mass at the hubs.
        ground : (H,), optional
            Of a refinery beside each hub, for the fixed cost that they share; 0 when left out.
        """
        problem = self.problem
        price = np.minimum(site_price, problem.skip_cost)
        asked = np.where(np.isfinite(worth), worth, self._dearest_gate())
        if problem.n_refineries and not np.isfinite(worth).any():
            asked = np.maximum(asked, self._forbidding_gate(price)[:, None])
        value = np.empty(problem.hubs.fixed.shape)
        cost, out, gate = self.lane_cost, np.zeros(0), np.zeros(problem.n_hubs)
        if problem.n_grades == 1:
            out, gate = self.lane_out[0], np.ascontiguousarray(asked[:, 0])
        else:
            out = np.zeros(len(cost))
            for grade, sent in enumerate(self.lane_out):
                cost = cost + sent * np.repeat(asked[:, grade], np.diff(self.pointer))
        value_hubs(
            self.pointer, self.lane_site, cost, out, self.assignment.mass,
            price, gate, problem.hubs.capacity, problem.hubs.fixed, self.rate, self.paid.tonnes, self.paid.rate,
            self.hub_sizes, value,
        )  # fmt: skip
        refinery = self.value_refineries(asked)
        shared = np.zeros(problem.n_hubs) if ground is None else ground
        if problem.shares:
            of_hub, of_refinery = share_value(problem, shared)
            value, refinery = value - of_hub, refinery - of_refinery[:, None]
        return Cut(float(price.sum()), value, refinery, price.astype(np.float32), asked.astype(np.float32), shared)

    def _dearest_gate(self) -> float:
        lanes = self.problem.transfer_cost[np.isfinite(self.problem.transfer_cost)]
        return float(lanes.max(initial=0.0) + np.abs(self.problem.refineries.variable).max(initial=0.0))

    def _forbidding_gate(self, price: Floats) -> Floats:
        """Return the gate price at which no site that may be left out pays at a hub if it leaves black mass, (H,).

        With no refinery open none of them can be served; at this price the cut says so.
        """
        out = self.lane_out.sum(axis=0)
        counted = np.isfinite(self.problem.skip_cost)[self.lane_site]
        counted &= out > LEAST_YIELD * self.assignment.mass[self.lane_site]
        pays = (price[self.lane_site] - self.lane_cost)[counted] / out[counted]
        gate = np.zeros(self.problem.n_hubs)
        np.maximum.at(gate, np.repeat(np.arange(len(gate)), np.diff(self.pointer))[counted], pays)
        return gate

    def value_refineries(self, worth: Floats) -> Floats:
        """Value every refinery size: fixed cost, less what the flows it could draw save at most."""
        steps, lanes = self.problem.refineries, self.problem.transfer_cost
        value = np.full(steps.fixed.shape, np.inf)
        if not self.problem.n_refineries:
            return value
        saving, most = self.savings(worth, lanes)
        for size in range(steps.fixed.shape[1]):
            gain = np.maximum(saving - steps.variable[:, size, None], 0.0)
            room = np.minimum(steps.capacity[:, size, None], self.all_out)
            value[:, size] = steps.fixed[:, size] - (gain * fill_in_order(most, room)).sum(axis=1)
        return np.where(self.refinery_sizes, value, np.inf)

    def savings(self, worth: Floats, lanes: Floats) -> tuple[Floats, Floats]:
        """Return what each tonne of black mass saves at refineries before their own cost, most first, and its tonnes.

        Parameters
        ----------
        worth : float array, shape (H, B)
        lanes : float array, shape (H, N, B)
            Transfer costs to N refineries.

        Returns
        -------
        saving, most : float arrays, shape (N, H x B)
        """
        saving = (worth[:, None, :] - lanes).transpose(1, 0, 2).reshape(lanes.shape[1], -1)
        order = np.argsort(-saving, axis=1, kind="stable")
        return np.take_along_axis(saving, order, axis=1), self.largest_out.ravel()[order]


def first_prices(cutter: CutGenerator) -> tuple[Floats, Floats]:
    """Guess what serving each site (S,) and a tonne of each grade at each hub (H, B) cost.

    Parameters
    ----------
    cutter : CutGenerator
    """
    problem = cutter.problem
    hub = _unit_cost(problem.hubs.fixed, problem.hubs.capacity, cutter.hub_sizes)
    worth = np.zeros((problem.n_hubs, problem.n_grades))
    if problem.n_refineries:
        steps = problem.refineries
        gate = _unit_cost(steps.fixed, steps.capacity, cutter.refinery_sizes) + steps.variable.min(axis=1)
        worth = (problem.transfer_cost + gate[None, :, None]).min(axis=1, initial=np.inf)
    usable = np.isfinite(hub)
    least = np.empty(problem.n_sites)
    for first in range(0, problem.n_sites, SITES_AT_ONCE):
        sites = slice(first, first + SITES_AT_ONCE)
        lanes = cutter.assignment.lane_cost(worth, sites=sites)
        lanes += problem.mass[sites, None] * np.where(usable, hub, 0.0)[None, :]
        lanes[:, ~usable] = np.inf
        least[sites] = lanes.min(axis=1, initial=np.inf)
    return np.minimum(least, cutter.assignment.leave), worth


def _unit_cost(fixed: Floats, capacity: Floats, allowed: NDArray[np.bool_]) -> Floats:
    usable = allowed & (capacity > 0)
    unit = np.where(usable, fixed, np.inf) / np.where(usable, capacity, 1.0)
    lowest: Floats = unit.min(axis=1, initial=np.inf)
    return lowest
