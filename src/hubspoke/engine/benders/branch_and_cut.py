"""Search by cuts: branch and bound over plants, with the cost of serving the sites bounded by cuts.

Every node is a part of all plans. Its relaxed choice of plants is answered by an exact assignment, and each answer is a
cut that holds for every plan; between the relaxed choice and a point of known cost cuts tell most (in-out separation).
Whole choices on the way, and local search around them, give plans. docs/engine.md gives the mathematics.
"""

from __future__ import annotations

import heapq
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.search_log import log_search
from hubspoke.base.status import Status
from hubspoke.engine.benders.branching import Node, dive, divide, is_whole, leave_out_choice, tighten_by_reduced_cost
from hubspoke.engine.benders.cuts import first_prices
from hubspoke.engine.benders.incumbent import Incumbent
from hubspoke.engine.benders.master import Master
from hubspoke.engine.benders.plan_search import PlanSearch
from hubspoke.engine.benders.refinery_branching import refinery_boxes, shifted_cuts
from hubspoke.engine.benders.separation import InOutSeparation
from hubspoke.engine.benders.subproblem import Subproblem
from hubspoke.engine.certificate.carry import with_prices
from hubspoke.engine.parameters import DEFAULTS, EngineParameters
from hubspoke.engine.solution.construct import no_solution, with_proof
from hubspoke.engine.solution.evaluate import rounding_of

if TYPE_CHECKING:
    from hubspoke.base.stop import Stop
    from hubspoke.engine.benders.cuts import CutGenerator
    from hubspoke.engine.benders.evaluation import Evaluation
    from hubspoke.engine.benders.master import RelaxedChoice
    from hubspoke.engine.parameters import BranchAndCutParameters
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution


def solve_by_branch_and_cut(
    problem: Problem,
    *,
    gap: float,
    stop: Stop | None = None,
    seed: int = 0,
    known: Solution | None = None,
    nodes: int | None = None,
    parameters: EngineParameters = DEFAULTS,
) -> Solution:
    """Solve a problem by cuts.

    Parameters
    ----------
    problem : Problem
    gap : float
        Relative gap at which to stop.
    stop : Stop, optional
        When to end; never by default.
    seed : int
        Of what perturbed local search draws at random.
    known : Solution, optional
        A plan to start from.
    nodes : int, optional
        Most nodes that are divided.
    parameters : EngineParameters
    """
    return BranchAndCut(Subproblem(problem, stop, parameters), gap, seed, known, nodes).solve()


class BranchAndCut:
    """The state of one search."""

    def __init__(
        self,
        subproblem: Subproblem,
        gap: float,
        seed: int = 0,
        known: Solution | None = None,
        nodes: int | None = None,
    ) -> None:
        """Start with one cut, at first prices."""
        self.subproblem = subproblem
        self.problem: Problem = subproblem.problem
        self.gap = gap
        self.stop: Stop = subproblem.stop
        self.parameters: BranchAndCutParameters = subproblem.parameters.branch_and_cut
        self.most_nodes: float = np.inf if nodes is None else nodes
        self.cutter: CutGenerator = self.subproblem.cutter
        first = first_prices(self.cutter)
        scale = max(float(np.abs(first[0]).sum()), float(self.cutter.assignment.dearest.max(initial=0.0)))
        self.master: Master = Master(self.cutter, max(scale / 1e5, 1e-9), subproblem.parameters.master)
        self.master.add(self.cutter.cut(*first))
        self.incumbent: Incumbent = Incumbent(self.subproblem, self.master, gap, known)
        self.plans: PlanSearch = PlanSearch(self.subproblem, self.master, self.incumbent, seed)
        self.separation: InOutSeparation = InOutSeparation(self.subproblem, self.master, self.plans)
        self.ruled_out: float = np.inf
        """No plan outside the open nodes costs less."""
        self.order: count[int] = count()
        self.open: list[tuple[float, int, Node]] = []
        self.at: Node | None = None
        self.seen: int = 0
        self.between_dives: int = self.parameters.close_dives
        self.next_dive: int = self.between_dives
        self.settled: int = 0

    @property
    def bound(self) -> float:
        """No plan costs less."""
        waiting = self.open[0][0] if self.open else np.inf
        return min(waiting, np.inf if self.at is None else self.at.bound, self.ruled_out, self.incumbent.plan.objective)

    def solve(self) -> Solution:
        """Work on the node with the lowest bound until the gap is proven."""
        self._begin()
        for box in refinery_boxes(self.cutter, self.master):
            found = self.master.relax(box)
            self._put(Node(box, -np.inf if found is None else found.bound))
        while self.open and not self.incumbent.is_proven(self.bound) and not self.stop.is_due:
            if self.open[0][0] >= self.ruled_out or self.seen >= self.most_nodes:
                break  # nothing that is still open can raise the bound
            self.at = heapq.heappop(self.open)[2]
            self._work(self.at)
            if self.seen:
                self.plans.walk()
            self.at = None
            plan, figures = self.incumbent.plan, (self.seen, len(self.open), len(self.master.cuts))
            hubs = int((plan.hub_size >= 0).sum()) if plan.has_plan else 0
            log_search(plan.objective, self.bound, hubs, "%d nodes, %d open, %d cuts", *figures)
        self.plans.refit(self.bound)
        plan = self.incumbent.plan
        if not plan.has_plan:
            none = Status.INFEASIBLE if np.isposinf(self.bound) else Status.UNKNOWN
            return self._certify(no_solution(self.problem, none, self.bound))
        rounding = rounding_of(self.problem, plan)
        return self._certify(
            with_proof(plan, objective=plan.objective, bound=self.bound, gap=self.gap, rounding=rounding)
        )

    def _certify(self, answer: Solution) -> Solution:
        """Add the prices whose bound is the best over all plans: cuts mixed as the relaxed master weighs them."""
        weight = self.master.weigh_cuts(self.master.whole(), roughly=self.stop.is_due)
        used = np.flatnonzero(weight).tolist()
        if not used:
            return answer
        cuts, hubs_and_grades = self.master.cuts, self.problem.transfer_cost.shape[::2]
        site = sum((weight[j] * cuts[j].site_price for j in used), np.zeros(self.problem.n_sites))
        gate = sum((weight[j] * cuts[j].gate_price for j in used), np.zeros(hubs_and_grades))
        ground = sum((weight[j] * cuts[j].ground_price for j in used), np.zeros(self.problem.n_hubs))
        return with_prices(answer, self.problem, site, gate, ground)

    def _begin(self) -> None:
        """Find a first plan, however short the time."""
        whole = self.master.whole()
        relaxed = self.master.relax(whole)
        value = None if relaxed is None or not np.isfinite(relaxed.cost) else dive(self.master, whole, relaxed)
        if value is not None:
            self.plans.start(value)
            if not self.incumbent.plan.has_plan:
                self.plans.widen(value)

    def _put(self, node: Node) -> None:
        """Keep a node for later, unless it holds no plan worth having."""
        if node.bound >= self.incumbent.limit or np.isposinf(node.bound):
            self.ruled_out = min(self.ruled_out, node.bound)
        else:
            heapq.heappush(self.open, (node.bound, next(self.order), node))

    def _work(self, node: Node) -> None:
        """Bound a node, look for plans in it, and divide it; leave it for later once another one is the lowest."""
        node.visits += 1
        history: list[float] = []
        while True:
            relaxed = self.master.relax(node.box)
            if relaxed is None:  # the solver came to no answer: the node's bound stands as it is
                self._close(node)
                return
            node.bound = max(node.bound, relaxed.bound)
            another = bool(self.open) and node.bound > self.open[0][0] + self.gap / 8 * abs(node.bound)
            if node.bound >= self.incumbent.limit or not np.isfinite(relaxed.cost) or another or self.stop.is_due:
                self._put(node)
                return
            self._fix(node, relaxed)
            history.append(relaxed.bound)
            if is_whole(relaxed.value):
                if not self._settle(node, relaxed):
                    return
            elif self._told_enough(node, history) or not self.separation.cut(node, relaxed):
                break
            if len(history) == 2 and node.visits == 1 and node.depth == 0:
                self._dive(node, relaxed)
        self._divide(node, relaxed)

    def _divide(self, node: Node, relaxed: RelaxedChoice) -> None:
        """Put the parts of a node in its place, where time allows it."""
        self.seen += 1
        if node.depth == 0 or self.seen % self.parameters.dives == 0:
            self._dive(node, relaxed)
        if self.seen >= self.next_dive:
            self._dive_below(node, relaxed)
        if self.stop.is_due:
            self._put(node)
            return
        parts, ruled_out = divide(self.master, node, relaxed, self.incumbent.limit, parameters=self.parameters)
        self.ruled_out = min(self.ruled_out, ruled_out)
        for part in parts:
            self._put(part)

    def _fix(self, node: Node, relaxed: RelaxedChoice) -> None:
        """Take out of a node what its reduced costs rule out."""
        if self.incumbent.plan.has_plan:
            tighter = tighten_by_reduced_cost(node.box, relaxed, self.incumbent.limit)
            if (tighter.high < node.box.high).any() or (tighter.low > node.box.low).any():
                node.box, self.ruled_out = tighter, min(self.ruled_out, self.incumbent.limit)

    def _told_enough(self, node: Node, history: list[float]) -> bool:
        """Return whether more cuts at a node would tell less than dividing it."""
        most = self.parameters.root_rounds if node.depth == 0 else self.parameters.rounds
        if len(history) > most:
            return True
        window = self.parameters.window if node.depth == 0 else 1
        if len(history) <= window or not np.isfinite(self.incumbent.limit):
            return False
        return history[-1] - history[-1 - window] < self.parameters.telling * (self.incumbent.limit - history[-1])

    def _settle(self, node: Node, relaxed: RelaxedChoice) -> bool:
        """Answer a whole choice; return whether its cut tells anything new."""
        point = self.plans.answer(relaxed.value)
        if point is None:
            self._put(node) if self.stop.is_due else self._close(node)
            return False
        told = relaxed.cost + 1e-8 * max(abs(relaxed.cost), self.master.unit)
        if point.cut.at(point.hub, point.refinery) > told:
            return True
        if not point.exact:
            exact = self.subproblem.evaluate_exactly(point)
            if exact is None:
                self._close(node)
                return False
            self.master.add(exact.cut)
            if exact.cut.at(point.hub, point.refinery) > told:
                return True
            point = exact
        if not point.balanced and (balanced := self.subproblem.balance(point)) is not None:
            self.master.add(balanced.cut)
            if balanced.cut.at(point.hub, point.refinery) > told:
                return True
            point = balanced
        self._leave_choice(node, relaxed, point)
        return False

    def _leave_choice(self, node: Node, relaxed: RelaxedChoice, point: Evaluation) -> None:
        """Settle a whole choice for whole sites, and put the other choices of its node in the node's place.

        Where that cannot be done the node is closed at what the choice costs with divided sites.
        """
        bound = None
        if self.problem.single_sourcing and self.settled < self.parameters.settled:
            bound = self.plans.settle_whole(point)
            self.settled += 1
        if bound is None or bound <= node.bound:
            self._close(node)
            return
        others = leave_out_choice(
            self.master, node, relaxed.value, self.incumbent.limit, stop=self.stop, parameters=self.parameters
        )
        if others is None:
            self._close(node)
            return
        self.ruled_out = min(self.ruled_out, bound, others[1])
        for part in others[0]:
            self._put(part)

    def _close(self, node: Node) -> None:
        """End a node that cuts cannot take further."""
        self.ruled_out = min(self.ruled_out, node.bound)

    def _dive_below(self, node: Node, relaxed: RelaxedChoice) -> None:
        """Look for a better plan near a relaxed choice; ever more rarely, as long as there is none."""
        known = self.incumbent.plan.objective
        self._dive(node, relaxed, self.incumbent.limit)
        often, seldom = self.parameters.close_dives, self.parameters.dives
        found = self.incumbent.plan.objective < known
        self.between_dives = often if found else min(2 * self.between_dives, seldom)
        self.next_dive = self.seen + self.between_dives

    def _dive(self, node: Node, relaxed: RelaxedChoice, limit: float = np.inf) -> None:
        """Look for a plan near a relaxed choice, below a limit where one is given."""
        value = dive(self.master, node.box, relaxed, limit)
        if value is None:
            return
        point = self.plans.answer(value)
        if point is not None and node.depth == 0:
            for cut in shifted_cuts(self.cutter, point, self.subproblem.parameters.subproblem):
                self.master.add(cut)
                if self.stop.is_due:
                    break
