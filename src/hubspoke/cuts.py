"""Benders cuts: from one choice of plants, a lower bound on the cost of every choice.

With prices of sites and of black mass from the assignment at some choice of plants, the cost of ANY plan is at least

    sum of site prices + sum over chosen hub sizes of their value + sum over chosen refinery sizes of their value,

where a hub size is worth its fixed cost plus the cheapest fractional knapsack of its lanes at these prices, and a
refinery size its fixed cost plus the cheapest fractional knapsack of the flows it could draw. At the choice itself the
bound is exact. See docs/engine.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.assignment import Assigned, Assignment, Sinks
from hubspoke.coarse import CoarseAssignment
from hubspoke.follow import Follower, follow_whole
from hubspoke.gate import send
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
    """Cost of any plan >= constant + sum(hub * chosen hub sizes) + sum(refinery * chosen refinery sizes).

    It follows from `site_price` (S,) and `gate_price` (H, B), kept in single precision: any prices will do.
    """

    constant: float
    hub: Floats
    refinery: Floats
    site_price: NDArray[np.float32]
    gate_price: NDArray[np.float32]

    def at(self, hub: Floats, refinery: Floats) -> float:
        """Evaluate the bound at a choice of sizes, whole or in parts."""
        ours = np.where(hub > 0, self.hub, 0.0) * hub
        theirs = np.where(refinery > 0, self.refinery, 0.0) * refinery
        return float(self.constant + ours.sum() + theirs.sum())


NO_CUT = Cut(-np.inf, np.zeros((0, 0)), np.zeros((0, 0)), np.zeros(0, np.float32), np.zeros((0, 0), np.float32))
"""Stands where a cut is still to be made: of several pricings only the dearest gets one."""


def chosen_sizes(part: Floats) -> Ints:
    """Give the size of each plant that is open as a whole, -1 where none is, from parts of shape (plants, sizes)."""
    return np.where(part.max(axis=1, initial=0.0) > 0.5, part.argmax(axis=1), -1).astype(np.int64)


@dataclass(frozen=True, eq=False)
class Point:
    """A choice of sizes, whole or in parts, its cost when the sites follow, and the cut that it gives.

    `worth` (H, B) is the cost of a tonne of each grade of black mass at each hub. Where a point is not `exact`, cost
    and shares are those of groups of sites.
    """

    hub: Floats
    refinery: Floats
    cost: float
    assigned: Assigned
    sinks: Sinks
    worth: Floats
    cut: Cut
    exact: bool = True


class Cutter:
    """Makes cuts for one problem; points are left unfinished after `deadline`, by `time.perf_counter()`."""

    def __init__(self, problem: Problem, deadline: float | None = None) -> None:
        """Lay out the lanes by hub."""
        self.problem, self.deadline = problem, deadline
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
        self.lane_out = np.ascontiguousarray(self.assignment.grade_out[site, hub].T)
        self.lane_hub = hub
        shape = (problem.n_hubs, problem.n_grades)
        self.largest_out = largest_output(problem) if problem.n_refineries else np.zeros(shape)
        self.all_out = float(np.where(reach, self.assignment.out, 0.0).max(axis=1, initial=0.0).sum())
        must = ~np.isfinite(problem.skip_cost)
        least = np.where(reach, self.assignment.out, np.inf).min(axis=1, initial=np.inf)
        self.least_out = float(least[must & np.isfinite(least)].sum())
        self._gate: dict[bytes, Floats] = {}
        self.follows = problem.n_refineries > 0 and int(reach.sum()) <= FOLLOWED
        self.room_price = np.zeros(problem.n_refineries)
        """What a tonne of room was last worth at each refinery."""

    @cached_property
    def follower(self) -> Follower:
        """The linear program of sites and flows, written when first asked."""
        return Follower(self.assignment)

    def worth(self, refinery: Floats, gate: Floats | None = None) -> Floats:
        """Give the cost of a tonne of each grade at each hub, shape (H, B): its cheapest open refinery.

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

    @cached_property
    def coarse(self) -> CoarseAssignment | None:
        """Groups of sites, where there are too many lanes to follow every choice site by site."""
        return CoarseAssignment(self.problem) if len(self.lane_site) > COARSE else None

    def point(self, hub: Floats, refinery: Floats, *, exactly: bool = False, limit: float = np.inf) -> Point | None:
        """Let the sites follow a choice of sizes, and make its cut.

        Where last prices of refinery room prove at once that a whole choice costs `limit` or more, the answer is that
        proof: its cost is a lower bound.

        Parameters
        ----------
        hub : (H, K)
            Part to which each hub size is open.
        refinery : (R, L)
            Part to which each refinery size is open.
        exactly : bool
            Site by site, however many there are; else cost and shares may be those of groups of sites.
        limit : float
        """
        whole = bool(((refinery <= CLOSED) | (refinery >= 1 - CLOSED)).all())
        if self.follows and not whole:
            return self._followed_point(hub, refinery)
        if self.follows and np.isfinite(limit) and self.room_price.any():
            proof = self._priced_point(self.assignment, hub, refinery, self.room_price)
            if proof is not None and proof.cost >= limit:
                return replace(proof, cut=self.cut(proof.assigned.site_price, proof.worth))
        coarse = None if exactly else self.coarse
        found = self._priced(self.assignment if coarse is None else coarse.assignment, hub, refinery)
        if found is None:
            return self._followed_point(hub, refinery) if self.follows else None
        if coarse is not None:
            lanes = self.assignment.lane_cost(found.worth, found.sinks.hub)
            found = replace(found, assigned=coarse.expand(found.assigned, found.sinks, lanes), exact=False)
        return replace(found, cut=self.cut(found.assigned.site_price, found.worth))

    def _priced(self, assignment: Assignment, hub: Floats, refinery: Floats) -> Point | None:
        """Answer with refinery room priced, the dearest of a few answers; without a cut.

        Where one linear program can share the room exactly, None says that it should.
        """
        one = (refinery > CLOSED).any(axis=1).sum() == 1
        if one and not self.follows and np.isfinite(self.problem.skip_cost).any():
            return self._priced_one(assignment, hub, refinery)
        gate = self._gate.get(refinery.tobytes(), np.zeros(self.problem.n_refineries))
        best: Point | None = None
        best_gate = gate
        for attempt in range(PRICINGS if self.problem.n_refineries else 1):
            found = self._priced_point(assignment, hub, refinery, gate)
            if found is None:
                break
            if best is None or found.cost > best.cost:
                best, best_gate = found, gate
            sent = self.sent(found, assignment)
            slope = self._shortage(sent, refinery, gate)
            if not np.any(slope):
                break
            if self.follows:
                return None
            flows = send(self.problem, refinery, sent)
            step = PRICE_STEP * abs(best.cost) / max(float((slope**2).sum()), 1e-12) / (1 + attempt)
            # what room is worth to these loads, or where they find none, a step towards it
            asked = flows.price if np.isfinite(flows.cost) else np.maximum(gate + step * slope, 0.0)
            if (asked == gate).all():
                break
            gate = asked
        self._gate[refinery.tobytes()] = best_gate
        return best

    def _priced_one(self, assignment: Assignment, hub: Floats, refinery: Floats) -> Point | None:
        """Price the room of the only open refinery by halving: at a higher price more sites are left out."""
        low = np.zeros(self.problem.n_refineries)
        best = self._priced_point(assignment, hub, refinery, low)
        if best is None or not np.any(self._shortage(self.sent(best, assignment), refinery, low)):
            return best
        at = int((refinery > CLOSED).any(axis=1).argmax())
        finite = np.isfinite(self.problem.skip_cost) & (self.assignment.out.max(axis=1, initial=0.0) > 0)
        if not finite.any():
            return best
        least, most = 0.0, float((self.problem.skip_cost[finite] / self.assignment.out.max(axis=1)[finite]).max())
        for _ in range(HALVINGS):
            gate = low.copy()
            gate[at] = (least + most) / 2
            found = self._priced_point(assignment, hub, refinery, gate)
            if found is None:
                return best
            best = found if found.cost > best.cost else best
            slope = self._shortage(self.sent(found, assignment), refinery, gate)[at]
            if slope == 0:
                break
            least, most = (gate[at], most) if slope > 0 else (least, gate[at])
        return best

    def _priced_point(self, assignment: Assignment, hub: Floats, refinery: Floats, gate: Floats) -> Point | None:
        """Answer with every tonne of black mass at its hub's cheapest refinery, room priced as given; without a cut."""
        problem = self.problem
        worth = self.worth(refinery, gate)
        part = np.where((hub > CLOSED) & self.hub_sizes & assignment.usable(worth)[:, None], hub, 0.0)
        sinks = Sinks.of(problem.hubs, part)
        assigned = assignment.solve(sinks, assignment.lane_cost(worth, sinks.hub))
        if assigned is None:
            return None
        chosen = refinery > CLOSED
        room = (problem.refineries.capacity * refinery).sum(axis=1, where=chosen)
        cost = assigned.cost + self._opening(part, refinery) - float((gate * room).sum())
        return Point(hub, refinery, cost, assigned, sinks, worth, NO_CUT)

    def _followed_point(self, hub: Floats, refinery: Floats) -> Point | None:
        """Answer with all flows at once, refinery room shared as is cheapest."""
        part = np.where((hub > CLOSED) & self.hub_sizes, hub, 0.0)
        chosen = np.where((refinery > CLOSED) & self.refinery_sizes, refinery, 0.0)
        if all(bool(((values <= CLOSED) | (values >= 1 - CLOSED)).all()) for values in (part, chosen)):
            found = follow_whole(self.assignment, part, chosen, self.deadline)
        else:
            found = self.follower.solve(part, chosen, deadline=self.deadline)
        if found is None:
            return None
        self._learn_room_price(chosen, found.gate)
        cost = found.cost + self._opening(part, chosen)
        cut = self.cut(found.assigned.site_price, found.worth)
        return Point(hub, refinery, cost, found.assigned, found.sinks, found.worth, cut)

    def _learn_room_price(self, refinery: Floats, gate: Floats) -> None:
        """Remember what room was worth at the refineries that are open."""
        is_open = (refinery > 0).any(axis=1)
        rate = np.where(refinery > 0, self.problem.refineries.variable, np.inf).min(axis=1, initial=np.inf)
        self.room_price[is_open] = np.maximum(gate[is_open] - rate[is_open], 0.0)

    def _opening(self, hub: Floats, refinery: Floats) -> float:
        """Give the fixed cost of parts of plants."""
        cost = 0.0
        for part, steps in ((hub, self.problem.hubs), (refinery, self.problem.refineries)):
            chosen = part > CLOSED
            cost += float((steps.fixed[chosen] * part[chosen]).sum())
        return cost

    def _shortage(self, sent: Floats, refinery: Floats, gate: Floats) -> Floats:
        """Give tonnes that want into each open refinery beyond its room; 0 where price and room agree."""
        problem = self.problem
        if not problem.n_refineries:
            return np.zeros(0)
        is_open = refinery > CLOSED
        room = (problem.refineries.capacity * refinery).sum(axis=1, where=is_open)
        rate = np.where(is_open, problem.refineries.variable, np.inf).min(axis=1)
        target = (problem.transfer_cost + (rate + gate)[None, :, None]).argmin(axis=1)
        flow = np.bincount(target.ravel(), sent.ravel(), problem.n_refineries)
        slope = np.where(is_open.any(axis=1), flow - room, 0.0)
        small = 1e-9 * max(self.all_out, 1e-12)
        return np.where((slope > small) | ((gate > 0) & (np.abs(slope) > small)), slope, 0.0)

    def sent(self, point: Point, assignment: Assignment | None = None) -> Floats:
        """Give the tonnes of each grade that leave each hub at a point, maybe one of groups of sites, shape (H, B)."""
        grade_out = (self.assignment if assignment is None else assignment).grade_out
        hub, share = point.sinks.hub, point.assigned.share
        total = np.zeros((self.problem.n_hubs, self.problem.n_grades))
        for grade in range(total.shape[1]):
            np.add.at(total[:, grade], hub, (share * grade_out[:, hub, grade]).sum(axis=0))
        return total

    def cut(self, site_price: Floats, worth: Floats) -> Cut:
        """Make the cut that follows from prices of sites (S,) and of black mass at the hubs (H, B)."""
        problem = self.problem
        price = np.minimum(site_price, problem.skip_cost)
        asked = np.where(np.isfinite(worth), worth, self._dearest_gate())
        value = np.empty(problem.hubs.fixed.shape)
        cost, out, gate = self.lane_cost, np.zeros(0), np.zeros(problem.n_hubs)
        if problem.n_grades == 1:
            out, gate = self.lane_out[0], np.ascontiguousarray(asked[:, 0])
        else:
            out = np.zeros(len(cost))
            for grade, sent in enumerate(self.lane_out):
                cost = cost + sent * asked[self.lane_hub, grade]
        value_hubs(
            self.pointer, self.lane_site, cost, out, self.assignment.mass,
            price, gate, problem.hubs.capacity, problem.hubs.fixed, self.rate, self.hub_sizes, value,
        )  # fmt: skip
        refinery = self._value_refineries(asked)
        return Cut(float(price.sum()), value, refinery, price.astype(np.float32), asked.astype(np.float32))

    def _dearest_gate(self) -> float:
        lanes = self.problem.transfer_cost[np.isfinite(self.problem.transfer_cost)]
        return float(lanes.max(initial=0.0) + np.abs(self.problem.refineries.variable).max(initial=0.0))

    def _value_refineries(self, worth: Floats) -> Floats:
        """Value every refinery size: fixed cost, less what the flows it could draw save at most."""
        steps, lanes = self.problem.refineries, self.problem.transfer_cost
        value = np.full(steps.fixed.shape, np.inf)
        if not self.problem.n_refineries:
            return value
        saving = (worth[:, None, :] - lanes).transpose(1, 0, 2).reshape(self.problem.n_refineries, -1)
        order = np.argsort(-saving, axis=1, kind="stable")
        saving = np.take_along_axis(saving, order, axis=1)
        most = self.largest_out.ravel()[order]
        before = np.cumsum(most, axis=1) - most
        for size in range(steps.fixed.shape[1]):
            gain = np.maximum(saving - steps.variable[:, size, None], 0.0)
            room = np.minimum(steps.capacity[:, size, None], self.all_out)
            drawn = np.clip(room - before, 0.0, most)
            value[:, size] = steps.fixed[:, size] - (gain * drawn).sum(axis=1)
        return np.where(self.refinery_sizes, value, np.inf)


FOLLOWED = 100_000
"""Most lanes for which sites and flows are answered by one linear program where refineries share their room."""

COARSE = 100_000
"""Lanes from which choices are followed by groups of sites."""

PRICINGS = 3
"""Most rounds of pricing refinery room at one point, where there are too many lanes for that."""

HALVINGS = 10
"""Most rounds of halving the price of the room of a single refinery."""

PRICE_STEP = 2e-3
"""First step of a refinery price, in terms of the cost of the plan."""
