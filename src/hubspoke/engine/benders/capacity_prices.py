"""Answers with a price on the room of refineries: sites then need not know of each other's black mass.

At given prices every tonne goes to its hub's cheapest refinery and the sites follow alone. The answer costs no more
than any plan of the choice, and as much as the cheapest where price and room agree: none is asked for more than it has,
and what has a price is full. Where one linear program cannot hold sites and flows, prices are sought in a few rounds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.assignment.refinery_flows import cost_flows
from hubspoke.engine.benders.evaluation import NO_CUT, Evaluation, opening_cost, sent
from hubspoke.engine.problem.choice import CLOSED

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.base.stop import Stop
    from hubspoke.engine.assignment.assignment import Assignment
    from hubspoke.engine.assignment.price_memory import PriceMemory
    from hubspoke.engine.benders.cuts import CutGenerator
    from hubspoke.engine.parameters import SubproblemParameters
    from hubspoke.engine.problem.problem import Problem


class CapacityPrices:
    """Answers choices of plants, in parts or whole, at prices of refinery room; points are without a cut."""

    def __init__(self, cutter: CutGenerator, stop: Stop, parameters: SubproblemParameters) -> None:
        """Start from the prices that the assignment remembers; once `stop` is due the first answer is the only one."""
        self.cutter = cutter
        self.problem: Problem = cutter.problem
        self.stop = stop
        self.parameters = parameters
        self.memory: PriceMemory = cutter.assignment.memory

    def search(self, assignment: Assignment, hub: Floats, refinery: Floats) -> Evaluation | None:
        """Return the dearest of a few answers, each at prices learnt from the last."""
        one = (refinery > CLOSED).any(axis=1).sum() == 1
        if one and np.isfinite(self.problem.skip_cost).any():
            return self._halve(assignment, hub, refinery)
        gate = self.memory.recall_refineries(refinery)
        best: Evaluation | None = None
        best_gate, balanced = gate, False
        for attempt in range(self.parameters.pricings):
            found = self.at(assignment, hub, refinery, gate)
            if found is None:
                break
            if best is None or found.cost > best.cost:
                best, best_gate = found, gate
            slope = self.shortage(assignment, found, gate)
            balanced = not np.any(slope)
            if balanced or self.stop.is_due:
                break
            flows = cost_flows(self.problem, refinery, sent(assignment, found))
            step = self.parameters.price_step * abs(best.cost) / max(float((slope**2).sum()), 1e-12) / (1 + attempt)
            # what room is worth to these loads, or where they find none, a step towards it
            asked = flows.price if np.isfinite(flows.cost) else np.maximum(gate + step * slope, 0.0)
            if (asked == gate).all():
                break
            gate = asked
        self.memory.remember_refineries(refinery, best_gate)
        return None if best is None else replace(best, balanced=balanced)

    def at(self, assignment: Assignment, hub: Floats, refinery: Floats, gate: Floats) -> Evaluation | None:
        """Answer with every tonne of black mass at its hub's cheapest refinery, a tonne of room at `gate` (R,)."""
        worth = self.cutter.worth(refinery, gate)
        part = np.where((hub > CLOSED) & self.cutter.hub_sizes & assignment.usable(worth)[:, None], hub, 0.0)
        sinks = assignment.sinks(part)
        assigned = assignment.solve(sinks, assignment.lane_cost(worth, sinks.hub))
        if assigned is None:
            return None
        room = (self.problem.refineries.capacity * refinery).sum(axis=1, where=refinery > CLOSED)
        cost = assigned.cost + opening_cost(self.problem, part, refinery) - float((gate * room).sum())
        return Evaluation(hub, refinery, cost, assigned, sinks, worth, NO_CUT)

    def shortage(self, assignment: Assignment, point: Evaluation, gate: Floats) -> Floats:
        """Return tonnes that want into each open refinery beyond its room; 0 where price and room agree."""
        problem, refinery = self.problem, point.refinery
        if not problem.n_refineries:
            return np.zeros(0)
        is_open = refinery > CLOSED
        room = (problem.refineries.capacity * refinery).sum(axis=1, where=is_open)
        rate = np.where(is_open, problem.refineries.variable, np.inf).min(axis=1)
        target = (problem.transfer_cost + (rate + gate)[None, :, None]).argmin(axis=1)
        flow = np.bincount(target.ravel(), sent(assignment, point).ravel(), problem.n_refineries)
        slope = np.where(is_open.any(axis=1), flow - room, 0.0)
        small = 1e-9 * max(self.cutter.all_out, 1e-12)
        return np.where((slope > small) | ((gate > 0) & (np.abs(slope) > small)), slope, 0.0)

    def _halve(self, assignment: Assignment, hub: Floats, refinery: Floats) -> Evaluation | None:
        """Price the room of the only open refinery by halving: at a higher price more sites are left out."""
        low = np.zeros(self.problem.n_refineries)
        best = self.at(assignment, hub, refinery, low)
        if best is None or not np.any(self.shortage(assignment, best, low)):
            return best
        plant = int((refinery > CLOSED).any(axis=1).argmax())
        out = self.cutter.assignment.out.max(axis=1, initial=0.0)
        finite = np.isfinite(self.problem.skip_cost) & (out > 0)
        if not finite.any():
            return replace(best, balanced=False)
        least, most = 0.0, float((self.problem.skip_cost[finite] / out[finite]).max())
        for _ in range(self.parameters.halvings):
            gate = low.copy()
            gate[plant] = (least + most) / 2
            found = self.at(assignment, hub, refinery, gate)
            if found is None:
                break
            best = found if found.cost > best.cost else best
            slope = self.shortage(assignment, found, gate)[plant]
            if slope == 0:
                return best
            if self.stop.is_due:
                break
            least, most = (gate[plant], most) if slope > 0 else (least, gate[plant])
        return replace(best, balanced=False)
