"""Sites to hubs at given plants: what it costs, and what one more tonne of each site would cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.assignment.price_memory import PriceMemory
from hubspoke.engine.assignment.transportation import site_prices, transport
from hubspoke.engine.parameters import DEFAULTS
from hubspoke.engine.presolve.components import extract

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.engine.parameters import AssignmentParameters
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.problem.steps import Steps


LIGHT = 1e-6
"""Share of the mean mass below which a site takes no room worth counting."""


@dataclass(frozen=True, eq=False)
class Sinks:
    """Hubs that are open, wholly or in part, each array of shape (n,).

    Attributes
    ----------
    hub : int array
        Sizes of a hub that cost the same per tonne are one sink.
    room : float array
        Tonnes, all open parts of its sizes together.
    rate : float array
        Cost per tonne that enters.
    least, saved : float arrays
        Of the first tonnes that enter, how many cost less, and by how much per tonne.
    part : float array
        Part to which the hub is open: the largest share that one site may have there.
    """

    hub: Ints
    room: Floats
    rate: Floats
    least: Floats
    saved: Floats
    part: Floats

    @classmethod
    def of(cls, steps: Steps, part: Floats, paid: Paid | None = None) -> Sinks:
        """Read the sinks from the parts to which sizes are open, shape (H, K), and what sizes have paid for."""
        hub, size = np.nonzero(part > 0)
        rate, open_part = steps.variable[hub, size], part[hub, size]
        none = np.zeros(len(hub))
        least, saved = (none, none) if paid is None else (paid.tonnes[hub, size], paid.rate[hub, size])
        keys, which = np.unique(np.column_stack([hub, rate, saved]), axis=0, return_inverse=True)
        which = which.ravel()

        def together(values: Floats) -> Floats:
            return np.bincount(which, values, len(keys)).astype(float)

        room, first = together(steps.capacity[hub, size] * open_part), together(least * open_part)
        whole = np.minimum(together(open_part), 1.0)
        return cls(keys[:, 0].astype(np.int64), room, keys[:, 1], first, keys[:, 2], whole)


@dataclass(frozen=True, eq=False)
class Paid:
    """Tonnes that sizes of hubs have paid for as part of their fixed cost, whether they come or not: see `TakeOrPay`.

    Attributes
    ----------
    tonnes : float array, shape (H, K)
        No more than the capacity, and 0 where the rate is 0.
    rate : float array, shape (H, K)
        By which each of them costs less than the others.
    """

    tonnes: Floats
    rate: Floats


@dataclass(frozen=True, eq=False)
class Assigned:
    """Sites divided among sinks at least cost.

    Attributes
    ----------
    cost : float
        Of lanes, processing by size, and sites left out; not of open plants.
    share : (S, n)
    left_out : (S,)
        Share of each site that found no hub worth its while, or no room.
    room_price : (n,)
        What a tonne of room is worth at each sink.
    site_price : (S,)
        What serving the site costs at the margin: the dual price.
    """

    cost: float
    share: Floats
    left_out: Floats
    room_price: Floats
    site_price: Floats


@dataclass(frozen=True, eq=False)
class Assignment:
    """The assignment problem of a network, prepared once and solved for many choices of plants.

    Attributes
    ----------
    problem : Problem
    mass : float array, shape (S,)
        Tonnes of each site.
    grade_out, out : float arrays, shape (S, H, B), (S, H)
        Tonnes of black mass that a whole site leaves at each hub, by grade and in all.
    sends : bool array, shape (H, B)
        Which grades a hub can send at all.
    heavy, light : int arrays
        Sites that take room, and those too small to count.
    dearest : float array, shape (S,)
        What the dearest lane of each site costs or, where costs are below zero, saves.
    leave : float array, shape (S,)
        Cost of leaving a site out: its own, or a penalty that no sensible plan pays.
    memory : PriceMemory
        What room was last worth: where the next solve starts.
    parameters : AssignmentParameters
    paid : Paid, optional
        What sizes of hubs have paid for.
    """

    problem: Problem
    mass: Floats
    grade_out: Floats
    out: Floats
    sends: Bools
    heavy: Ints
    light: Ints
    dearest: Floats
    leave: Floats
    memory: PriceMemory
    parameters: AssignmentParameters
    paid: Paid | None = None

    @classmethod
    def of(
        cls,
        problem: Problem,
        parameters: AssignmentParameters = DEFAULTS.assignment,
        *,
        memory: PriceMemory | None = None,
        paid: Paid | None = None,
    ) -> Assignment:
        """Prepare the arrays of a problem.

        Parameters
        ----------
        problem : Problem
        parameters : AssignmentParameters
        memory : PriceMemory, optional
            Prices to start from; none known when left out.
        paid : Paid, optional
        """
        mass = problem.mass
        grade_out = np.einsum("ip,hpb->ihb", problem.supply, problem.yields)
        out = grade_out[:, :, 0] if problem.n_grades == 1 else grade_out.sum(axis=2)
        heavy = np.flatnonzero(mass > LIGHT * max(float(mass.sum()) / max(len(mass), 1), 1e-300))
        lanes, reach = problem.collection_cost, np.isfinite(problem.collection_cost)
        least, most = (pick(lanes, axis=1, initial=0.0, where=reach) for pick in (np.min, np.max))
        dearest = np.maximum(most, -least)
        steps = problem.hubs
        usable = steps.exists & (steps.capacity > 0)
        unit = np.where(usable, np.abs(steps.fixed), 0.0) / np.where(usable, steps.capacity, 1.0)
        dear = 2 * dearest + 4 * mass * unit.max(initial=0.0) + 1e-6
        dear += 4 * mass * float(np.abs(steps.variable[usable]).max(initial=0.0))
        penalty = dear + 4 * out.max(axis=1, initial=0.0) * _dearest_tonne(problem)
        return cls(
            problem=problem,
            mass=mass,
            grade_out=grade_out,
            out=out,
            sends=np.asarray((problem.yields > 0).any(axis=1)),
            heavy=heavy,
            light=np.setdiff1d(np.arange(problem.n_sites), heavy),
            dearest=dearest,
            leave=np.where(np.isfinite(problem.skip_cost), problem.skip_cost, penalty),
            memory=PriceMemory() if memory is None else memory,
            parameters=parameters,
            paid=paid,
        )

    def beside(self) -> Assignment:
        """Return the same problem with a memory of its own, for another thread."""
        return replace(self, memory=PriceMemory())

    def among(self, hubs: Ints, refineries: Ints) -> Assignment:
        """Return the same sites with these plants alone; what it costs to leave a site out stays the same."""
        part = extract(self.problem, np.arange(self.problem.n_sites), hubs, refineries).problem
        return replace(
            self,
            problem=part,
            grade_out=self.grade_out[:, hubs],
            out=self.out[:, hubs],
            sends=self.sends[hubs],
            memory=PriceMemory(),
            paid=None if self.paid is None else Paid(self.paid.tonnes[hubs], self.paid.rate[hubs]),
        )

    def sinks(self, part: Floats) -> Sinks:
        """Read the sinks from the parts to which sizes of hubs are open, shape (H, K)."""
        return Sinks.of(self.problem.hubs, part, self.paid)

    def lane_cost(self, worth: Floats, hubs: Ints | None = None, sites: slice = slice(None)) -> Floats:
        """Return the cost of whole sites at hubs, black mass included, shape (S, hubs): all of them, or those named.

        `worth` (H, B) is the cost of a tonne of each grade at each hub; infinite where it has nowhere to go.
        """
        at = np.arange(self.problem.n_hubs) if hubs is None else hubs
        known = np.where(np.isfinite(worth), worth, 0.0)
        cost: Floats = self.problem.collection_cost[sites, at]
        for grade in range(worth.shape[1]):
            cost += self.grade_out[sites, at, grade] * known[None, at, grade]
        cost[:, ~self.usable(worth)[at]] = np.inf
        return cost

    def usable(self, worth: Floats) -> NDArray[np.bool_]:
        """Return which hubs are not closed and can send off every grade that leaves them, shape (H,)."""
        leads = (np.isfinite(worth) | ~self.sends).all(axis=1)
        return np.asarray(leads & (self.problem.hub_state >= 0))

    def solve(self, sinks: Sinks, lanes: Floats) -> Assigned | None:
        """Divide the sites among the sinks at least cost; sites without room are left out at a penalty.

        Parameters
        ----------
        sinks : Sinks
        lanes : (S, n)
            As `lane_cost` gives it for the sinks' hubs.
        """
        heavy = self.heavy
        cost = lanes + self.mass[:, None] * sinks.rate[None, :]
        holds = np.append(sinks.room, 2 * float(self.mass.sum()) + 1.0)
        most = np.append(sinks.part, 1.0)
        least, saved = np.append(sinks.least, 0.0), np.append(sinks.saved, 0.0)
        whole = np.ascontiguousarray(np.column_stack([cost, self.leave]))
        share, site_price = np.zeros(whole.shape), np.zeros(len(whole))
        price = np.append(self.memory.recall_hubs(sinks.hub, sinks.rate), 0.0)
        total = 0.0
        if len(heavy):
            part, worth = np.zeros((len(heavy), len(most))), np.zeros(len(heavy))
            lanes_in, weight = np.ascontiguousarray(whole[heavy]), self.mass[heavy]
            lanes_in[:, holds <= 0] = np.inf  # where nothing fits, no price of room says so
            limit = max(self.parameters.shifts, self.parameters.shifts_per_site * len(heavy))
            total = transport(lanes_in, weight, holds, least, saved, most, price, part, limit)
            if not np.isfinite(total):
                price[:] = 0.0
                total = transport(lanes_in, weight, holds, least, saved, most, price, part, limit)
            if not np.isfinite(total):
                return None
            site_prices(lanes_in, weight, most, price, part, worth)
            share[heavy], site_price[heavy] = part, worth
            self.memory.remember_hubs(sinks.hub, sinks.rate, price)
        if len(self.light):
            part, worth = _fill_in_order(whole[self.light], most)
            share[self.light], site_price[self.light] = part, worth
            total += float((part * np.where(part > 0, whole[self.light], 0.0)).sum())
        return Assigned(total, share[:, :-1], share[:, -1], price[:-1], site_price)


def _dearest_tonne(problem: Problem) -> float:
    """Return a cost per tonne of black mass that no sensible plan pays."""
    lanes = problem.transfer_cost[np.isfinite(problem.transfer_cost)]
    steps = problem.refineries
    usable = steps.exists & (steps.capacity > 0)
    unit = np.where(usable, np.abs(steps.fixed), 0.0) / np.where(usable, steps.capacity, 1.0)
    return float(np.abs(lanes).max(initial=0.0) + unit.max(initial=0.0) + np.abs(steps.variable).max(initial=0.0))


def _fill_in_order(cost: Floats, most: Floats) -> tuple[Floats, Floats]:
    """Divide sites that take no room: cheapest sinks first, each up to its share."""
    order = np.argsort(cost, axis=1, kind="stable")
    limit = most[order]
    before = np.cumsum(limit, axis=1) - limit
    taken = np.clip(1.0 - before, 0.0, limit)
    share = np.zeros(cost.shape)
    np.put_along_axis(share, order, taken, axis=1)
    at = np.minimum((before + limit < 1.0 - 1e-9).sum(axis=1), cost.shape[1] - 1)
    price = np.take_along_axis(cost, np.take_along_axis(order, at[:, None], axis=1), axis=1)[:, 0]
    return share, price
