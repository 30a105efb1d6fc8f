"""Search by cuts: branch and bound over plants, with the cost of serving the sites bounded by cuts.

Every node is a part of all plans. Its relaxed choice of plants is answered by an exact assignment, and each answer is a
cut that holds for every plan; between the relaxed choice and a point of known cost cuts tell most (in-out separation).
Whole choices on the way, and local search around them, give plans. docs/engine.md gives the mathematics.
"""

from __future__ import annotations

import heapq
import logging
import time
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.branch import Core, Node, dive, divide, is_whole, tighten
from hubspoke.certify import with_prices
from hubspoke.complete import complete, serves_all
from hubspoke.cuts import Cutter
from hubspoke.finish import nothing, settle
from hubspoke.first_prices import first_prices
from hubspoke.improve import LocalSearch
from hubspoke.master import Master
from hubspoke.perturb import PerturbedSearch
from hubspoke.refineries import refinery_boxes, shifted_cuts
from hubspoke.solution import is_proven
from hubspoke.status import Status
from hubspoke.stop import current_stop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.cuts import Cut, Point
    from hubspoke.master import Choice
    from hubspoke.problem import Problem
    from hubspoke.solution import Solution

    Floats = NDArray[np.float64]

FIRST_ROUNDS = 100
"""Most rounds of cuts at a first node, while they tell enough."""

ROUNDS = 4
"""Most rounds of cuts at later nodes."""

WINDOW = 8
"""Rounds over which the gain of cuts is judged."""

TELLING = 0.03
"""Share of the open gap that so many rounds must close for more of them."""

DIVES = 10
"""Nodes from one dive for plans to the next."""

SLIGHT = 1e-3
"""Part of a size below which a point between two choices leaves it closed."""

ROUNDED = 60
"""Most choices whose sites are made whole at the end, to see which are the cheapest then."""

BLAMED = 0.5
"""Part of the open gap that whole sites must cost for refitting them."""

REFITTED = 12
"""Most choices into which whole sites are fitted patiently at the end."""

WALK = 1
"""Choices answered by perturbed local search for every cut."""

IDLE = 2000
"""Choices answered in vain, one after the other, after which it ends."""

NEAR = 0.005
"""Drafts within this share of the best plan are improved by local search."""

log = logging.getLogger("hubspoke")


def solve_by_cuts(
    problem: Problem, *, gap: float, deadline: float | None, seed: int = 0, known: Solution | None = None
) -> Solution:
    """Solve a problem by cuts.

    Parameters
    ----------
    problem : Problem
    gap : float
        Relative gap at which to stop.
    deadline : float, optional
        `time.perf_counter()` at which to stop.
    seed : int
        Of what perturbed local search draws at random.
    known : Solution, optional
        A plan to start from.
    """
    return _Run(problem, gap, deadline, seed, known).solve()


class _Run:
    """The state of one search."""

    def __init__(
        self, problem: Problem, gap: float, deadline: float | None, seed: int = 0, known: Solution | None = None
    ) -> None:
        self.problem, self.gap, self.deadline, self.seed = problem, gap, deadline, seed
        self.cutter = Cutter(problem, deadline)
        first = first_prices(self.cutter)
        lanes = problem.collection_cost[np.isfinite(problem.collection_cost)]
        scale = max(float(np.abs(first[0]).sum()), float(np.abs(lanes).max(initial=0.0)))  # first prices may all be 0
        self.master = Master(self.cutter, max(scale / 1e5, 1e-9))
        self.cuts: list[Cut] = []
        self._add(self.cutter.cut(*first))
        self.plan = nothing(problem, Status.UNKNOWN, -np.inf) if known is None else known
        self.best: Core | None = None
        self.best_point: Point | None = None
        self.walk: PerturbedSearch | None = None
        self.ruled_out = np.inf
        """No plan outside the open nodes costs less."""
        self.choices: dict[bytes, tuple[float, bytes, Floats]] = {}
        """Whole choices answered: cost with divided sites, and sizes."""
        self.order = count()
        self.open: list[tuple[float, int, Node]] = []
        self.at: Node | None = None
        self.seen = 0

    @property
    def bound(self) -> float:
        """No plan costs less."""
        waiting = self.open[0][0] if self.open else np.inf
        return min(waiting, np.inf if self.at is None else self.at.bound, self.ruled_out, self.plan.objective)

    @property
    def limit(self) -> float:
        """Parts whose bound is this or more need no further look."""
        best = self.plan.objective
        return best - self.gap * (1 - 1e-6) * abs(best) if self.plan.has_plan else np.inf

    def solve(self) -> Solution:
        """Work on the node with the lowest bound until the gap is proven."""
        self._begin()
        for box in refinery_boxes(self.cutter, self.master):
            found = self.master.relax(box)
            self._put(Node(box, -np.inf if found is None else found.bound))
        while self.open and not self._proven() and not self._out_of_time():
            if self.open[0][0] >= self.ruled_out:
                break  # nothing that is still open can raise the bound
            self.at = heapq.heappop(self.open)[2]
            self._work(self.at)
            self._walk()
            self.at = None
            log.info(
                "plan %.8g, bound %.8g, %d nodes, %d open, %d cuts",
                self.plan.objective, self.bound, self.seen, len(self.open), len(self.cuts),
            )  # fmt: skip
        self._refit()
        if not self.plan.has_plan:
            none = Status.INFEASIBLE if np.isposinf(self.bound) else Status.UNKNOWN
            return self._certify(nothing(self.problem, none, self.bound))
        return self._certify(settle(self.plan, objective=self.plan.objective, bound=self.bound, gap=self.gap))

    def _certify(self, answer: Solution) -> Solution:
        """Add the prices whose bound is the best over all plans: cuts mixed as the relaxed master weighs them."""
        weight = self.master.weigh_cuts(self.master.whole(), roughly=self._out_of_time())
        used = np.flatnonzero(weight).tolist()
        if not used:
            return answer
        site = sum((weight[j] * self.cuts[j].site_price for j in used), np.zeros(self.problem.n_sites))
        gate = sum((weight[j] * self.cuts[j].gate_price for j in used), np.zeros(self.problem.transfer_cost.shape[::2]))
        return with_prices(answer, self.problem, site, gate)

    def _refit(self) -> None:
        """Fit whole sites with more patience into the best choices, where they are all that keeps the gap open."""
        if not self.problem.single_sourcing:
            return
        rounded: list[tuple[float, int, Point]] = []
        for _, _, value in sorted(self.choices.values(), key=lambda kept: kept[:2])[:ROUNDED]:
            if self._proven() or self._out_of_time():
                return
            point = self.cutter.point(*self.master.unpack(value), exactly=True)
            open_gap = self.plan.objective - self.bound
            if point is not None and self.plan.objective - point.cost > BLAMED * open_gap:
                rounded.append((self._take_plan(point), len(rounded), point))
        for _, _, point in sorted(rounded, key=lambda kept: kept[:2])[:REFITTED]:
            if self._proven() or self._out_of_time():
                return
            self._take_plan(point, patiently=True)

    def _begin(self) -> None:
        """Find a first plan, however short the time."""
        whole = self.master.whole()
        relaxed = self.master.relax(whole)
        value = None if relaxed is None or not np.isfinite(relaxed.cost) else dive(self.master, whole, relaxed)
        point = None if value is None else self.cutter.point(*self.master.unpack(value))
        if point is not None:
            self._add(point.cut)
            self._take_plan(point)
            self._learn(point)

    def _put(self, node: Node) -> None:
        """Keep a node for later, unless it holds no plan worth having."""
        if node.bound >= self.limit or np.isposinf(node.bound):
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
            if node.bound >= self.limit or not np.isfinite(relaxed.cost) or another or self._out_of_time():
                self._put(node)
                return
            self._fix(node, relaxed)
            history.append(relaxed.bound)
            if is_whole(relaxed.value):
                if not self._settle(node, relaxed):
                    return
            elif self._told_enough(node, history) or not self._cut_between(node, relaxed):
                break
            if len(history) == 2 and node.visits == 1 and node.depth == 0:
                self._dive(node, relaxed)
        self.seen += 1
        if node.depth == 0 or self.seen % DIVES == 0:
            self._dive(node, relaxed)
        parts, ruled_out = divide(self.master, node, relaxed, self.limit)
        self.ruled_out = min(self.ruled_out, ruled_out)
        for part in parts:
            self._put(part)

    def _fix(self, node: Node, relaxed: Choice) -> None:
        """Take out of a node what its reduced costs rule out."""
        if self.plan.has_plan:
            tighter = tighten(node.box, relaxed, self.limit)
            if (tighter.high < node.box.high).any() or (tighter.low > node.box.low).any():
                node.box, self.ruled_out = tighter, min(self.ruled_out, self.limit)

    def _told_enough(self, node: Node, history: list[float]) -> bool:
        """Say whether more cuts at a node would tell less than dividing it."""
        most = FIRST_ROUNDS if node.depth == 0 else ROUNDS
        if len(history) > most:
            return True
        window = WINDOW if node.depth == 0 else 1
        if len(history) <= window or not np.isfinite(self.limit):
            return False
        return history[-1] - history[-1 - window] < TELLING * (self.limit - history[-1])

    def _settle(self, node: Node, relaxed: Choice) -> bool:
        """Answer a whole choice; say whether its cut tells anything new."""
        point = self._answer(relaxed.value)
        if point is None:
            self._put(node) if self._out_of_time() else self._close(node)
            return False
        told = relaxed.cost + 1e-8 * max(abs(relaxed.cost), self.master.unit)
        if point.cut.at(point.hub, point.refinery) > told:
            return True
        if not point.exact:
            exact = self.cutter.point(point.hub, point.refinery, exactly=True)
            if exact is not None:
                self._add(exact.cut)
                if exact.cut.at(point.hub, point.refinery) > told:
                    return True
        self._close(node)
        return False

    def _close(self, node: Node) -> None:
        """End a node that cuts cannot take further."""
        self.ruled_out = min(self.ruled_out, node.bound)

    def _dive(self, node: Node, relaxed: Choice) -> None:
        """Look for a plan near a relaxed choice."""
        value = dive(self.master, node.box, relaxed)
        if value is None:
            return
        point = self._answer(value)
        if point is not None and node.depth == 0:
            for cut in shifted_cuts(self.cutter, point):
                self._add(cut)

    def _answer(self, value: Floats) -> Point | None:
        """Answer a whole choice with its cut, improve it by local search, and keep the plan if it is the best."""
        point = self.cutter.point(*self.master.unpack(np.round(value)))
        if point is None:
            return None
        self._add(point.cut)
        first = point
        if self._is_near(point):
            search = LocalSearch(self.cutter, list(self.cuts))
            known = len(search.cuts)
            point = search.improve(point, self._out_of_time)
            for cut in search.cuts[known:]:
                self._add(cut)
        for each in (first, point):
            value = self.master.pack(each.hub, each.refinery)
            self.choices[value.tobytes()] = (each.cost, value.tobytes(), value)
        if point.cost < self.plan.objective:
            self._take_plan(point)
        self._learn(point)
        return first

    def _is_near(self, point: Point) -> bool:
        return not self.plan.has_plan or point.cost <= self.plan.objective + NEAR * abs(self.plan.objective)

    def _learn(self, point: Point) -> None:
        """Keep the cheapest point known."""
        if not serves_all(self.cutter, point):
            return
        if self.best is None or point.cost < self.best.cost:
            self.best = Core(self.master.place(point.hub, point.refinery), point.cost)
            self.best_point = point

    def _walk(self) -> None:
        """Look for better plans around the best one, for as many choices as the cuts so far allow.

        Only where a whole choice is answered far more cheaply than a cut between choices is made.
        """
        if self.best_point is None or not self.cutter.follows or not self.seen:
            return
        if self.walk is None:
            self.walk = PerturbedSearch(self.cutter, self.cuts, self.best_point, seed=self.seed)
        self.walk.meet(self.best_point)
        if self.walk.idle >= IDLE:
            return
        known = self.walk.best.cost
        point = self.walk.walk(WALK * (len(self.cuts) - self.walk.given) - self.walk.answered, self._out_of_time)
        if point.cost < known:
            self._add(point.cut)
            self._take_plan(point)
            self._learn(point)

    def _cut_between(self, node: Node, relaxed: Choice) -> bool:
        """Cut between the relaxed choice of a node and a point of known cost; say whether that told anything."""
        core = self._core(node, relaxed)
        if core is None:
            return False
        known, inside = node.holds(core.value), np.clip(core.value, node.box.low, node.box.high)
        for share in (0.5, 1.0):
            value = share * relaxed.value + (1 - share) * inside
            if not self.cutter.follows:  # refineries in parts would be answered as if they were open for nothing
                hubs = len(self.master.hub_keys)
                whole = relaxed.value if is_whole(relaxed.value[hubs:]) else inside
                value[hubs:] = np.round(whole[hubs:])
            point = self.cutter.point(*self.master.unpack(np.where(value > SLIGHT, value, 0.0)))
            if point is None:
                return False
            self._add(point.cut)
            if share < 1 and serves_all(self.cutter, point) and (not known or point.cost < core.cost):
                node.core = Core(value, point.cost)
            priced = self.master.pack(point.cut.hub, point.cut.refinery)
            at = priced @ relaxed.value[: self.master.size] + point.cut.constant
            if at > relaxed.cost + 1e-7 * max(abs(relaxed.cost), self.master.unit):
                return True
        return False

    def _core(self, node: Node, relaxed: Choice) -> Core | None:
        """Give the point from which a node's relaxed choice is approached: its own, the best plan, or a new one."""
        if node.core is not None and (self.cutter.follows or node.holds(node.core.value)):
            return node.core
        if self.best is None or not (self.cutter.follows or node.holds(self.best.value)):
            value = dive(self.master, node.box, relaxed)
            point = None if value is None else self._answer(value)
            if point is not None and not self.cutter.follows:
                node.core = Core(self.master.place(point.hub, point.refinery), point.cost)
                return node.core
        return self.best

    def _take_plan(self, point: Point, *, patiently: bool = False) -> float:
        """Complete a choice into a plan, keep it if it is the best, and give its cost: infinite if there is none."""
        if not point.exact:
            exact = self.cutter.point(point.hub, point.refinery, exactly=True)
            if exact is None:
                return np.inf
            self._add(exact.cut)
            point = exact
        plan = complete(
            self.cutter,
            point,
            bound=self.bound,
            gap=self.gap,
            seconds_left=self._seconds_left if patiently else None,
        )
        if plan is not None and plan.objective < self.plan.objective:
            self.plan = plan
        return np.inf if plan is None else plan.objective

    def _add(self, cut: Cut) -> None:
        self.cuts.append(cut)
        self.master.add(cut)

    def _proven(self) -> bool:
        return self.plan.has_plan and is_proven(self.plan.objective, self.bound, self.gap)

    def _out_of_time(self) -> bool:
        return self._seconds_left() <= 0

    def _seconds_left(self) -> float:
        stop = current_stop()
        if stop is not None and stop.is_due:
            return 0.0
        return np.inf if self.deadline is None else self.deadline - time.perf_counter()
