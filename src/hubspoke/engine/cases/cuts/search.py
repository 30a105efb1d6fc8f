"""Branch and Benders cut over cases: every case's cuts over one master of plant paths, and a tree over its boxes.

The relaxed choice of a box is answered case by case, and each answer is a cut for all plans. Boxes are divided by which
refineries are ever there, then by what is open when, then by sizes. Whole choices come from rounding relaxed ones and
from moves of whole paths around them; plans are made of the best.
"""

from __future__ import annotations

import heapq
import logging
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.search_log import log_search
from hubspoke.base.status import Status
from hubspoke.engine.benders.cuts import first_prices
from hubspoke.engine.benders.subproblem import Subproblem
from hubspoke.engine.cases.cuts.answers import Answers
from hubspoke.engine.cases.cuts.branching import Divider, Node
from hubspoke.engine.cases.cuts.covers import Covers
from hubspoke.engine.cases.cuts.dive import dive
from hubspoke.engine.cases.cuts.fixing import dear_columns
from hubspoke.engine.cases.cuts.master import PathMaster
from hubspoke.engine.cases.cuts.path_moves import PathMoves
from hubspoke.engine.cases.cuts.separation import Separation
from hubspoke.engine.cases.expanded import weigh
from hubspoke.engine.cases.full import with_bound
from hubspoke.engine.cases.hub_dues import pay_with_sizes
from hubspoke.engine.cases.known import NOTHING
from hubspoke.engine.cases.solution import CasesSolution
from hubspoke.engine.cases.take_or_pay import PartedCutter, divide_cases
from hubspoke.engine.presolve.merge import merge_captive_sites, merge_grades

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.base.stop import Stop
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.cuts.choice import Choice
    from hubspoke.engine.cases.known import Known
    from hubspoke.engine.parameters import EngineParameters
    from hubspoke.engine.parameters_of_cases import CasesParameters

log: logging.Logger = logging.getLogger("hubspoke")


class CutSearch:
    """The state of one search over all cases."""

    def __init__(  # noqa: PLR0917 - a search has these parts
        self,
        cases: Cases,
        gap: float,
        stop: Stop,
        seed: int,
        parameters: EngineParameters,
        known: Known = NOTHING,
    ) -> None:
        """Start with one cut for each case, at first prices, and those that known prices give."""
        self.cases = cases
        self.gap = gap
        self.stop = stop
        self.parameters = parameters
        self.knobs: CasesParameters = parameters.cases
        merged = [
            merge_grades(merge_captive_sites(weigh(problem, float(weight))).problem)
            for problem, weight in zip(cases.problems, cases.own_weights, strict=True)
        ]
        paid = [
            pay_with_sizes(problem, cases.hub_take_or_pay, case, float(cases.own_weights[case]))
            for case, problem in enumerate(merged)
        ]
        parts = divide_cases([problem for problem, _ in paid], cases.own_weights, cases.take_or_pay)
        cutters = [
            PartedCutter(part, parameters.assignment, first) for part, (_, first) in zip(parts, paid, strict=True)
        ]
        subproblems = [Subproblem(cutter.problem, stop, parameters, cutter) for cutter in cutters]
        first = [first_prices(subproblem.cutter) for subproblem in subproblems]
        unit = max(sum(float(np.abs(price).sum()) for price, _ in first) / 1e5, 1e-9)
        self.master: PathMaster = PathMaster(cases, cutters, unit, parameters.master)
        for case, prices in enumerate(first):
            self.master.add(case, subproblems[case].cutter.cut(*prices))
        for case, others in enumerate(known.prices):
            for one in others:
                self.master.add(case, subproblems[case].cutter.cut(*(values.astype(float) for values in one)))
        self.answers: Answers = Answers(
            cases, subproblems, self.master, gap=gap, stop=stop, seed=seed, parameters=parameters
        )
        self.answers.known = known
        self.separation: Separation = Separation(self.answers)
        self.divider: Divider = Divider(self.master, self.knobs.tried_divisions)
        self.moves: PathMoves = PathMoves(self.answers)
        self.covers: Covers = Covers(self.master, self.moves.needs, self.knobs)
        self.ruled_out: float = np.inf
        """No plan outside the open nodes costs less."""
        self.order: count[int] = count()
        self.open: list[tuple[float, int, Node]] = []
        self.at: Node | None = None
        self.seen: int = 0

    @property
    def bound(self) -> float:
        """No plan costs less."""
        waiting = self.open[0][0] if self.open else np.inf
        return min(waiting, np.inf if self.at is None else self.at.bound, self.ruled_out, self.answers.objective)

    def solve(self) -> CasesSolution:
        """Work on the node with the lowest bound until the gap is proven, nothing is open, or time is up."""
        self._begin()
        self._put(Node({}, -np.inf))
        while self.open and not self.answers.is_proven(self.bound) and not self.stop.is_due:
            if self.open[0][0] >= self.ruled_out:
                break  # nothing that is still open can raise the bound
            self.at = heapq.heappop(self.open)[2]
            self._work(self.at)
            self.at = None
            best, cuts = self.answers.best, sum(pool.count for pool in self.master.pool)
            hubs = 0 if best is None or best.hubs is None else int((best.hubs.open_size >= 0).any(axis=0).sum())
            figures = (self.seen, len(self.open), cuts)
            log_search(self.answers.objective, self.bound, hubs, "%d nodes, %d open, %d cuts, of cases", *figures)
        best = self.answers.best
        if best is None or best.hubs is None or best.refineries is None:
            bound = min(self.bound, self.answers.known.cutoff)
            none = Status.INFEASIBLE if np.isposinf(bound) else Status.UNKNOWN
            return CasesSolution(none, np.inf, bound, prices=self.master.prices())
        found = with_bound(self.cases, best.cases, best.hubs, best.refineries, bound=self.bound, gap=self.gap)
        return replace(found, prices=self.master.prices())

    def _begin(self) -> None:
        """Answer a first whole choice, from which relaxed ones are approached."""
        relaxed = self.master.relax({})
        if relaxed is not None and np.isfinite(relaxed.bound):
            value = dive(self.divider, {}, relaxed, self.stop)
            if value is not None:
                self.answers.answer(value)

    def _put(self, node: Node) -> None:
        """Keep a node for later, unless it holds no plan worth having."""
        if node.bound >= self.answers.limit or np.isposinf(node.bound):
            self.ruled_out = min(self.ruled_out, node.bound)
        else:
            heapq.heappush(self.open, (node.bound, next(self.order), node))

    def _work(self, node: Node) -> None:
        """Bound a node, look for plans in it, and divide it; leave it for later once another one is the lowest."""
        node.visits += 1
        history: list[float] = []
        while True:
            relaxed = self._relax(node)
            if relaxed is None:  # the solver came to no answer: the node's bound stands as it is
                self.ruled_out = min(self.ruled_out, node.bound)
                return
            node.bound = max(node.bound, relaxed.bound)
            another = bool(self.open) and node.bound > self.open[0][0] + self.gap / 8 * abs(node.bound)
            if node.bound >= self.answers.limit or np.isposinf(relaxed.bound) or another or self.stop.is_due:
                self._put(node)
                return
            self._fix(node, relaxed)
            history.append(relaxed.bound)
            if self.divider.is_whole(relaxed.value):
                if not self._settle(node, relaxed):
                    return
            elif self._told_enough(node, history) or not self.separation.cut(relaxed):
                if node.depth or not self._betters(node, relaxed):
                    break
                history.clear()  # a better plan asks for more of the root, and closes more there
            if node.depth == 0 and len(history) in self.knobs.early_dives and self.answers.best is None:
                self._look_near(node, relaxed)
        self._divide(node, relaxed)

    def _relax(self, node: Node) -> Choice | None:
        """Solve a node with sizes in parts, all cuts and the covers that are looked for holding."""
        relaxed = self.master.relax(node.box)
        for _ in range(self.knobs.cover_rounds):
            if relaxed is None or np.isposinf(relaxed.bound) or not self.covers.add(relaxed):
                break
            relaxed = self.master.relax(node.box)
        return relaxed

    def _divide(self, node: Node, relaxed: Choice) -> None:
        """Put the parts of a node in its place, where time allows it."""
        self.seen += 1
        if self.answers.best is None or (node.depth and self.seen % self.knobs.dives == 0):
            self._look_near(node, relaxed)
        if self.stop.is_due:
            self._put(node)
            return
        parts, ruled_out = self.divider.divide(node, relaxed, self.answers.limit)
        self.ruled_out = min(self.ruled_out, ruled_out)
        for part in parts:
            self._put(part)

    def _fix(self, node: Node, relaxed: Choice) -> None:
        """Close sizes and steps for good that the root rules out."""
        if node.depth or not np.isfinite(self.answers.limit) or self.master.idles_in_cases:
            return
        closed = dear_columns(self.moves, relaxed, self.answers.limit)
        if len(closed):
            self.master.close(closed)
            log.info("cases: %d columns of %d left", (self.master.high > 0).sum(), self.master.width)
            self.ruled_out = min(self.ruled_out, self.answers.limit)

    def _told_enough(self, node: Node, history: list[float]) -> bool:
        """Return whether more cuts at a node would tell less than dividing it."""
        if len(history) > (self.knobs.rounds if node.depth == 0 else self.knobs.node_rounds):
            return True
        window, telling = (1, self.knobs.telling) if node.depth else (self.knobs.window, self.knobs.root_telling)
        goal = self.answers.limit
        if len(history) <= window or not np.isfinite(goal):
            return False
        room = min(goal - history[-1], self.knobs.far * abs(history[-1]))
        return history[-1] - history[-1 - window] < telling * room

    def _betters(self, node: Node, relaxed: Choice) -> bool:
        """Look for a plan near a relaxed choice; return whether it is better than the best by what tells."""
        before = self.answers.objective
        self._look_near(node, relaxed)
        after = self.answers.objective
        return np.isfinite(after) and after < before - self.gap / 20 * abs(after)

    def _look_near(self, node: Node, relaxed: Choice) -> None:
        """Look for a plan near a relaxed choice: round it, move paths, and make a plan of what is found."""
        value = self._dive(node, relaxed)
        if value is None:
            return
        value, cost = self.moves.improve(value, self.knobs.moves)
        log.info("cases: a choice of %.8g near a relaxed one of %.8g", cost, relaxed.bound)
        least = min(self.answers.objective, self.answers.known.cutoff)
        if cost < least * (1 - self.gap / 20 * np.sign(least)):
            self.answers.complete(value, self.bound)

    def _dive(self, node: Node, relaxed: Choice) -> Floats | None:
        """Round a relaxed choice, anew after each whole one that leaves sites unserved: its cuts tell of that."""
        value: Floats | None = None
        for _ in range(self.knobs.tried_dives):
            value = dive(self.divider, node.box, relaxed, self.stop)
            told = None if value is None else self.answers.answer(value)
            if told is None or told.cost is None:
                return None
            if np.isfinite(told.cost) or value is None:
                break
            self.covers.part_short(value, told.unserved)
            again = self.master.relax(node.box)
            if again is None or np.isposinf(again.bound):
                break
            relaxed = again
        return value

    def _settle(self, node: Node, relaxed: Choice) -> bool:
        """Answer a whole choice; return whether its cuts tell anything new, or it is ruled out for want of a plan."""
        value = relaxed.value.copy()
        value[: self.master.first_cost] = np.round(value[: self.master.first_cost])
        told = self.answers.answer(value, self.master.costs(relaxed.value), exactly=True)
        if told.cost is None:
            self._put(node)
            return False
        if told.cost < self.answers.objective or (np.isposinf(told.cost) and not told.new):
            known = self.answers.best
            if self.answers.complete(value, self.bound) and self.answers.best is known:
                return True  # the choice is forbidden: there is no plan at it
        if not told.new:
            self.ruled_out = min(self.ruled_out, node.bound)
        return told.new
