"""What sites and black mass do at a given choice of plants, exactly, where refineries share what they have of room.

One linear program serves every choice: a choice, whole or in parts, is a set of upper limits on its columns. The last
basis stays in place, so that the next choice, which is much like the last, takes few steps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import highspy
import numpy as np

from hubspoke.engine.assignment.assignment import Assigned, Paid
from hubspoke.engine.milp.highs import make_highs
from hubspoke.engine.problem.limits import largest_output

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.assignment.assignment import Assignment, Sinks
    from hubspoke.engine.problem.problem import Problem


NEGLIGIBLE = 1e-9
"""Share of a site that is the solver's rounding."""

LEAST_S = 0.05
"""Seconds that a program may take however late it is: most are answered in far less."""


@dataclass(frozen=True, eq=False)
class JointAnswer:
    """The cheapest answer to a choice.

    Attributes
    ----------
    cost : float
        Of lanes, flows, processing and sites left out; not of open plants.
    assigned : Assigned
    sinks : Sinks
    worth : (H, B)
        What a tonne of black mass costs at each hub, from the duals.
    gate : (R,)
        What a tonne costs at the gate of each open refinery: its rate, and what its room is worth.
    """

    cost: float
    assigned: Assigned
    sinks: Sinks
    worth: Floats
    gate: Floats


class JointProgram:
    """The linear program of sites, hubs and refineries; columns are lanes, loads by size, sites left out.

    What a size of a hub has paid for has a column of its own, cheaper than that of the other tonnes.
    """

    def __init__(self, assignment: Assignment) -> None:
        """Write the program once."""
        problem = assignment.problem
        self.problem: Problem = problem
        self.assignment = assignment
        none = np.zeros(problem.hubs.fixed.shape)
        self.paid: Paid = Paid(none, none) if assignment.paid is None else assignment.paid
        self.tonne: float = max(float(problem.mass.mean()) if problem.n_sites else 0.0, 1e-12)
        self.largest: Floats = largest_output(problem)
        reach = np.isfinite(problem.collection_cost) & (problem.hub_state >= 0)[None, :]
        self.site: Ints
        self.hub: Ints
        self.site, self.hub = np.nonzero(reach)
        leads = np.isfinite(problem.transfer_cost) & (problem.hub_state >= 0)[:, None, None]
        self.flow: tuple[Ints, ...] = np.nonzero(leads & (problem.refinery_state >= 0)[None, :, None])
        self.hub_size: tuple[Ints, ...] = np.nonzero(problem.hubs.exists & (problem.hub_state >= 0)[:, None])
        self.paid_size: tuple[Ints, ...] = np.nonzero(
            problem.hubs.exists & (problem.hub_state >= 0)[:, None] & (self.paid.tonnes > 0)
        )
        self.refinery_size: tuple[Ints, ...] = np.nonzero(
            problem.refineries.exists & (problem.refinery_state >= 0)[:, None]
        )
        lane = problem.collection_cost[self.site, self.hub]
        self.money: float = max(float(np.abs(lane).mean()) if len(lane) else 0.0, 1e-12)
        self.highs: highspy.Highs = self._write(assignment, lane)

    def _write(self, assignment: Assignment, lane: Floats) -> highspy.Highs:
        problem, (h, r, b) = self.problem, self.flow
        sites, hubs, grades = problem.n_sites, problem.n_hubs, problem.n_grades
        load, balance = sites, sites + hubs
        room = balance + hubs * grades
        rows = room + problem.n_refineries
        out = assignment.grade_out[self.site, self.hub] / self.tonne
        lanes = np.column_stack([self.site, load + self.hub, *(balance + self.hub * grades + g for g in range(grades))])
        weights = np.column_stack([np.ones(len(lane)), problem.mass[self.site] / self.tonne, out])
        blocks: list[tuple[Floats, Ints, Floats]] = [
            (lane, lanes, weights),
            (
                problem.hubs.variable[self.hub_size] * self.tonne,
                (load + self.hub_size[0])[:, None],
                np.full((len(self.hub_size[0]), 1), -1.0),
            ),
            (
                problem.transfer_cost[self.flow] * self.tonne,
                np.column_stack([balance + h * grades + b, room + r]),
                np.tile([-1.0, 1.0], (len(h), 1)),
            ),
            (
                problem.refineries.variable[self.refinery_size] * self.tonne,
                (room + self.refinery_size[0])[:, None],
                np.full((len(self.refinery_size[0]), 1), -1.0),
            ),
            (assignment.leave, np.arange(sites)[:, None], np.ones((sites, 1))),
            (
                (problem.hubs.variable - self.paid.rate)[self.paid_size] * self.tonne,
                (load + self.paid_size[0])[:, None],
                np.full((len(self.paid_size[0]), 1), -1.0),
            ),
        ]
        self.blocks: Ints = np.cumsum([0, *(len(cost) for cost, _, _ in blocks)])
        cost = np.concatenate([cost for cost, _, _ in blocks]) / self.money
        index = np.concatenate([row.ravel() for _, row, _ in blocks]).astype(np.int32)
        value = np.concatenate([weight.ravel() for _, _, weight in blocks])
        widths = np.concatenate([np.full(len(one), row.shape[1]) for one, row, _ in blocks])
        start = np.concatenate([[0], np.cumsum(widths)]).astype(np.int32)
        right = np.concatenate([np.ones(sites), np.zeros(rows - sites)])
        none, width = np.empty(0, np.int32), len(cost)
        highs = make_highs(presolve="off", primal_feasibility_tolerance=1e-9)
        highs.passModel(
            width, rows, len(index), 0, int(highspy.MatrixFormat.kColwise), int(highspy.HessianFormat.kTriangular),
            int(highspy.ObjSense.kMinimize), 0.0, cost, np.zeros(width), np.zeros(width), right, right,
            start, index, value, none, none, np.empty(0), np.zeros(width, np.int32),
        )  # fmt: skip
        return highs

    def solve(self, hub: Floats, refinery: Floats, *, stop: Stop | None = None) -> JointAnswer | None:
        """Answer a choice of parts of hub sizes (H, K) and refinery sizes (R, L); None when time is up first."""
        problem, highs = self.problem, self.highs
        width = int(self.blocks[-1])
        limit = self._limits(hub, refinery)
        highs.changeColsBounds(width, np.arange(width, dtype=np.int32), np.zeros(width), limit)
        if stop is not None and np.isfinite(left := stop.seconds_left):
            highs.setOptionValue("time_limit", highs.getRunTime() + max(left, LEAST_S))
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = highs.getSolution()
        value, dual = np.array(solution.col_value), np.array(solution.row_dual) * self.money
        sites, hubs, grades = problem.n_sites, problem.n_hubs, problem.n_grades
        room = sites + hubs + hubs * grades
        worth = -dual[sites + hubs : room].reshape(hubs, grades) / self.tonne
        gate = -dual[room:] / self.tonne
        is_open = np.asarray((hub > 0).any(axis=1))
        worth = np.where(is_open[:, None], worth, asked_at_closed(problem, gate, refinery))
        lanes, loads, _, _, left_out, first = (value[a:b] for a, b in zip(self.blocks, self.blocks[1:], strict=False))
        sinks = self.assignment.sinks(hub)
        assigned = Assigned(
            highs.getInfo().objective_function_value * self.money,
            self._shares(lanes, loads, first, sinks),
            np.where(left_out > NEGLIGIBLE, left_out, 0.0),
            np.maximum(dual[sites + sinks.hub] * -1.0 / self.tonne - sinks.rate, -sinks.saved),
            dual[:sites],
        )
        return JointAnswer(assigned.cost, assigned, sinks, worth, gate)

    def _limits(self, hub: Floats, refinery: Floats) -> Floats:
        """Write the upper limits of all columns."""
        problem, (h, r, b) = self.problem, self.flow
        open_part = np.minimum(hub.sum(axis=1), 1.0)
        capacity = problem.refineries.capacity
        flow = np.zeros(len(h))
        for size in range(refinery.shape[1]):
            most = np.where(refinery[r, size] > 0, capacity[r, size], 0.0)
            flow += refinery[r, size] * np.minimum(self.largest[h, b], most)
        paid = self.paid.tonnes
        hub_room = (problem.hubs.capacity - paid)[self.hub_size] * hub[self.hub_size]
        room = capacity[self.refinery_size] * refinery[self.refinery_size]
        return np.concatenate(
            [
                open_part[self.hub],
                hub_room / self.tonne,
                flow / self.tonne,
                room / self.tonne,
                np.ones(problem.n_sites),
                paid[self.paid_size] * hub[self.paid_size] / self.tonne,
            ]
        )

    def _shares(self, lanes: Floats, loads: Floats, first: Floats, sinks: Sinks) -> Floats:
        """Return the shares of every site at every sink, shape (S, n); sizes of a hub share its sites by load."""
        problem = self.problem
        whole = np.zeros((problem.n_sites, problem.n_hubs))
        whole[self.site, self.hub] = np.where(lanes > NEGLIGIBLE, lanes, 0.0)
        by_size = np.zeros(problem.hubs.fixed.shape)
        by_size[self.hub_size] = np.maximum(loads, 0.0)
        by_size[self.paid_size] += np.maximum(first, 0.0)
        rates, saved = problem.hubs.variable[sinks.hub], self.paid.rate[sinks.hub]
        mine = (rates == sinks.rate[:, None]) & (saved == sinks.saved[:, None])
        load = np.where(mine, by_size[sinks.hub], 0.0).sum(axis=1)
        total = by_size.sum(axis=1)[sinks.hub]
        first = np.concatenate([[True], sinks.hub[1:] != sinks.hub[:-1]]) if len(sinks.hub) else np.zeros(0, bool)
        part = np.where(total > 0, load / np.where(total > 0, total, 1.0), first)
        shares: Floats = whole[:, sinks.hub] * part[None, :]
        return shares


def solve_open_plants(assignment: Assignment, hub: Floats, refinery: Floats, stop: Stop | None) -> JointAnswer | None:
    """Answer one choice of whole plants by a program of these plants alone, which is far smaller.

    Parameters
    ----------
    assignment : Assignment
    hub : float array, shape (H, K)
        1 at the size each open hub has, 0 elsewhere.
    refinery : float array, shape (R, L)
        The same for refineries.
    stop : Stop, optional

    Returns
    -------
    JointAnswer or None
        None when time is up first.
    """
    problem = assignment.problem
    hubs, refineries = np.flatnonzero((hub > 0).any(axis=1)), np.flatnonzero((refinery > 0).any(axis=1))
    few = JointProgram(assignment.among(hubs, refineries))
    found = few.solve(hub[hubs], refinery[refineries], stop=stop)
    if found is None:
        return None
    gate = np.zeros(problem.n_refineries)
    gate[refineries] = found.gate
    worth = asked_at_closed(problem, gate, refinery)
    worth[hubs] = found.worth
    return replace(found, sinks=replace(found.sinks, hub=hubs[found.sinks.hub]), worth=worth, gate=gate)


def asked_at_closed(problem: Problem, gate: Floats, refinery: Floats) -> Floats:
    """Return what a tonne would cost at a closed hub: freight and gate of its cheapest open refinery, shape (H, B)."""
    is_open = np.asarray((refinery > 0).any(axis=1))
    lanes = problem.transfer_cost[:, is_open] + gate[is_open][None, :, None]
    asked: Floats = lanes.min(axis=1, initial=np.inf)
    return asked
