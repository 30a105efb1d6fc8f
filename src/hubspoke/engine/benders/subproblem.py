"""Answers choices of plants: given the sizes that are open, wholly or in part, the sites follow at least cost.

Where one linear program can hold all sites and flows, refinery room is shared exactly (`joint_lp.py`), and last
prices of room may prove at once that a choice is too dear. Else room is priced (`capacity_prices.py`), and groups of
sites follow in place of single ones (`aggregation.py`).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.stop import Stop
from hubspoke.engine.assignment.aggregation import AggregatedAssignment
from hubspoke.engine.assignment.joint_lp import JointProgram, solve_open_plants
from hubspoke.engine.benders.capacity_prices import CapacityPrices
from hubspoke.engine.benders.cuts import CutGenerator
from hubspoke.engine.benders.evaluation import NO_CUT, Evaluation, opening_cost
from hubspoke.engine.parameters import DEFAULTS, EngineParameters
from hubspoke.engine.problem.choice import CLOSED, all_whole
from hubspoke.engine.problem.shared_ground import ground_price

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.engine.assignment.assignment import Assignment
    from hubspoke.engine.problem.problem import Problem


class Subproblem:
    """Answers choices for one problem; they are left unanswered once `stop` is due.

    Answers start from prices that earlier ones have found: those that `cutter.assignment.memory` and `gate_price` hold.
    """

    def __init__(
        self,
        problem: Problem,
        stop: Stop | None = None,
        parameters: EngineParameters = DEFAULTS,
        cutter: CutGenerator | None = None,
    ) -> None:
        """Prepare for any choice; the cutter is one of the same problem, made when left out."""
        self.problem = problem
        self.stop: Stop = Stop() if stop is None else stop
        self.parameters = parameters
        self.cutter: CutGenerator = CutGenerator(problem, parameters.assignment) if cutter is None else cutter
        self.follows: bool = (
            problem.n_refineries > 0 and len(self.cutter.lane_site) <= parameters.subproblem.joint_lanes
        )
        self._priced = CapacityPrices(self.cutter, self.stop, parameters.subproblem)
        self.gate_price: Floats = np.zeros(problem.n_refineries)
        """What a tonne of room was last worth at each refinery, where they share it exactly."""

    @cached_property
    def _follower(self) -> JointProgram:
        """The linear program of sites and flows, written when first asked."""
        return JointProgram(self.cutter.assignment)

    @cached_property
    def groups(self) -> AggregatedAssignment | None:
        """Groups of sites, where there are too many lanes to follow every choice site by site."""
        if len(self.cutter.lane_site) <= self.parameters.subproblem.aggregated_lanes:
            return None
        return AggregatedAssignment(self.problem, self.parameters.assignment, self.cutter.assignment.paid)

    def evaluate(
        self, hub: Floats, refinery: Floats, *, exactly: bool = False, limit: float = np.inf
    ) -> Evaluation | None:
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
        if self.follows and not all_whole(refinery):
            return self._follow(hub, refinery)
        if self.follows and np.isfinite(limit) and self.gate_price.any():
            proof = self._priced.at(self.cutter.assignment, hub, refinery, self.gate_price)
            if proof is not None and proof.cost >= limit:
                return self._with_cut(proof)
        coarse = None if exactly else self.groups
        assignment = self.cutter.assignment if coarse is None else coarse.assignment
        found = (self._roomy if self.follows else self._priced.search)(assignment, hub, refinery)
        if found is None:
            return self._follow(hub, refinery) if self.follows else None
        if coarse is not None:
            lanes = self.cutter.assignment.lane_cost(found.worth, found.sinks.hub)
            found = replace(found, assigned=coarse.expand(found.assigned, found.sinks, lanes), exact=False)
        return self._with_cut(found)

    def evaluate_exactly(self, point: Evaluation) -> Evaluation | None:
        """Answer the choice of a point site by site, from the prices of room that its groups of sites found."""
        memory, sinks = self.cutter.assignment.memory, point.sinks
        memory.remember_hubs(sinks.hub, sinks.rate, point.assigned.room_price)
        return self.evaluate(point.hub, point.refinery, exactly=True)

    def balance(self, point: Evaluation) -> Evaluation | None:
        """Answer the whole choice of a point with room shared exactly, by one linear program of its open plants.

        None where these have too many lanes for that, or time is up.
        """
        lanes = np.diff(self.cutter.pointer)[(point.hub > CLOSED).any(axis=1)].sum()
        few = lanes <= self.parameters.subproblem.joint_lanes
        return self._follow(point.hub, point.refinery) if few else None

    def _roomy(self, assignment: Assignment, hub: Floats, refinery: Floats) -> Evaluation | None:
        """Answer with no price on room; None where some refinery would need one."""
        free = np.zeros(self.problem.n_refineries)
        found = self._priced.at(assignment, hub, refinery, free)
        return None if found is None or np.any(self._priced.shortage(assignment, found, free)) else found

    def _follow(self, hub: Floats, refinery: Floats) -> Evaluation | None:
        """Answer with all flows at once, refinery room shared as is cheapest."""
        part = np.where((hub > CLOSED) & self.cutter.hub_sizes, hub, 0.0)
        chosen = np.where((refinery > CLOSED) & self.cutter.refinery_sizes, refinery, 0.0)
        if all_whole(part) and all_whole(chosen):
            found = solve_open_plants(self.cutter.assignment, part, chosen, self.stop)
        else:
            found = self._follower.solve(part, chosen, stop=self.stop)
        if found is None:
            return None
        self._learn_price(chosen, found.gate)
        cost = found.cost + opening_cost(self.problem, part, chosen)
        return self._with_cut(Evaluation(hub, refinery, cost, found.assigned, found.sinks, found.worth, NO_CUT))

    def _learn_price(self, refinery: Floats, gate: Floats) -> None:
        """Remember what room was worth at the refineries that are open."""
        is_open = (refinery > 0).any(axis=1)
        rate = np.where(refinery > 0, self.problem.refineries.variable, np.inf).min(axis=1, initial=np.inf)
        self.gate_price[is_open] = np.maximum(gate[is_open] - rate[is_open], 0.0)

    def _with_cut(self, point: Evaluation) -> Evaluation:
        ground = ground_price(self.problem, point.hub, point.refinery)
        return replace(point, cut=self.cutter.cut(point.assigned.site_price, point.worth, ground))
