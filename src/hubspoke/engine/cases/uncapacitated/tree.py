"""Branch and bound over openings: a case, and which hub opens in it.

What a node near the limit leaves open is walked through at its prices (`walk.py`); others are divided by who opens in
the first case that is open to decision. How near that is, walks tell.

Nodes are worked on in batches of the lowest bounds, on as many threads as there are; what a batch finds counts from the
next one on, so that the answer does not depend on the threads.
"""

from __future__ import annotations

import heapq
import logging
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.threads import spread
from hubspoke.engine.cases.uncapacitated.ascent import raise_bound
from hubspoke.engine.cases.uncapacitated.starts import cost_of_openings, improve_openings
from hubspoke.engine.cases.uncapacitated.walk import walk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.cases.uncapacitated.bound import Data
    from hubspoke.engine.parameters_of_cases import OpeningTree

log: logging.Logger = logging.getLogger("hubspoke")


@dataclass(frozen=True, eq=False)
class Node:
    """A part of all plans: hubs decided, where the others may open, and the prices of the node above."""

    bound: float
    fixed: Ints
    allowed: NDArray[np.uint8]
    price: Floats
    ask: Floats


@dataclass(frozen=True, eq=False)
class Worked:
    """A node after its bound was raised.

    Its parts, the openings of its relaxed answer, or the best that a walk found, and the prices of one site more. `way`
    is how far its bound was from the limit, as a share of the limit, if a walk was tried, and `is_walked` whether that
    came to its end.
    """

    bound: float
    parts: list[Node]
    opens: Ints
    ask: Floats
    way: float = 0.0
    is_walked: bool = True


@dataclass(frozen=True, eq=False)
class Answer:
    """The best openings (T for never; none where `cost` is infinite), when sites start, and a bound on all plans."""

    cost: float
    bound: float
    opens: Ints
    start: Ints


class OpeningSearch:
    """The state of one search."""

    def __init__(  # noqa: PLR0917 - what holds for the whole search
        self, data: Data, allowed: Bools, gap: float, stop: Stop, parameters: OpeningTree, constant: float = 0.0
    ) -> None:
        """Start with the whole, at the prices of second-cheapest lanes; `constant` is what every plan pays besides."""
        self.constant = constant
        self.data = data
        self.gap = gap
        self.stop = stop
        self.parameters = parameters
        cases, hubs, sites = data.cost.shape
        self.allowed: NDArray[np.uint8] = allowed.astype(np.uint8)
        finite = np.where(np.isfinite(data.cost), data.cost, data.cost.max(initial=0.0, where=np.isfinite(data.cost)))
        price = np.sort(finite, axis=1)[:, min(1, hubs - 1)].copy()
        self.root: Node = Node(-np.inf, np.full(hubs, -1), self.allowed, price, np.zeros(cases))
        self.cost: float = np.inf
        self.opens: Ints = np.full(hubs, cases)
        self.start: Ints = np.full(sites, cases)
        self.tried: set[bytes] = set()
        self.reach: float = np.inf
        """Nodes no further from the limit than this, as a share of it, are likely to be walked through to the end."""
        self.ruled_out: float = np.inf
        """No plan outside the open nodes costs less."""

    @property
    def limit(self) -> float:
        """Nodes with this bound or more hold no plan that is wanted."""
        return self._limit_at(self.cost)

    def _limit_at(self, cost: float) -> float:
        return cost - self.gap * (1 - 1e-6) * abs(cost + self.constant) if np.isfinite(cost) else np.inf

    def solve(self) -> Answer:
        """Work on the nodes with the lowest bounds until the gap is proven or time is up."""
        self._begin()
        heap: list[tuple[float, int, Node]] = []
        count = 0
        batch = [self.root]
        while batch:
            rounds = self.parameters.root_rounds if count == 0 else self.parameters.rounds
            results = spread(partial(self._work, rounds=rounds), batch)
            for worked in results:
                self._offer(worked.opens, worked.ask)
                self._learn(worked)
            for worked in results:
                if not worked.parts:
                    self.ruled_out = min(self.ruled_out, worked.bound)
                for part in worked.parts:
                    count += 1
                    heapq.heappush(heap, (part.bound, count, part))
            batch = []
            while heap and len(batch) < self.parameters.batch and not self.stop.is_due:
                bound, _, node = heapq.heappop(heap)
                if bound >= self.limit:
                    self.ruled_out = min(self.ruled_out, bound)
                    heap.clear()  # all others have higher bounds
                    break
                batch.append(node)
            if count and batch:
                log.debug("plan %.8g, bound %.8g, %d nodes, %d open", self.cost, batch[0].bound, count, len(heap))
        open_bound = heap[0][0] if heap else np.inf
        return Answer(self.cost, min(self.cost, open_bound, self.ruled_out), self.opens, self.start)

    def _begin(self) -> None:
        """Look for a first plan, so that the root knows what it has to exceed."""
        cases, hubs, _ = self.data.cost.shape
        price, ask = self.root.price.copy(), self.root.ask.copy()
        regret, chosen = np.full((hubs, cases), np.inf), np.full(hubs, cases)
        patience, rounds = self.parameters.root_patience, self.parameters.first_rounds
        raise_bound(self.data, self.root.fixed, self.root.allowed, price, ask, np.inf, rounds, patience, regret, chosen)
        self._offer(chosen, ask)

    def _learn(self, worked: Worked) -> None:
        """Keep how far a node may be from the limit for a walk to be worth while."""
        if not worked.way:
            return
        if worked.is_walked:
            self.reach = max(self.reach, self.parameters.reach_more * worked.way)
        else:
            self.reach = min(self.reach, self.parameters.reach_less * worked.way)

    def _work(self, node: Node, rounds: int) -> Worked:
        """Raise the bound of a node and divide it."""
        cases, hubs, sites = self.data.cost.shape
        if self._is_decided(node):
            opens = np.where(node.fixed >= 0, node.fixed, cases)
            cost = cost_of_openings(self.data, opens, node.ask, np.empty(sites, np.int64))
            return Worked(cost, [], opens, node.ask)
        price, ask, limit = node.price.copy(), node.ask.copy(), self.limit
        regret, chosen = np.full((hubs, cases), np.inf), np.full(hubs, cases)
        patience = self.parameters.root_patience if np.isneginf(node.bound) else self.parameters.patience
        bound = raise_bound(
            self.data,
            node.fixed,
            node.allowed,
            price,
            ask,
            limit,
            rounds,
            patience,
            regret,
            chosen,
        )
        bound = max(bound, node.bound)
        if bound >= limit:
            return Worked(bound, [], chosen, ask)
        way = (limit - bound) / max(abs(limit), 1e-12) if np.isfinite(limit) else np.inf
        way = way if self.data.openings[0] >= 0 and way <= self.reach else 0.0
        if way:
            fits = (np.where(node.allowed > 0, regret, np.inf) + bound < limit).astype(np.uint8)
            cost, steps = walk(
                self.data,
                node.fixed,
                fits,
                price,
                ask,
                self.cost,
                self.gap,
                self.constant,
                self.parameters.walk_steps,
                chosen,
            )
            if steps <= self.parameters.walk_steps:
                return Worked(min(self._limit_at(cost), cost), [], chosen, ask, way)
            if cost < self.cost:
                limit = self._limit_at(cost)
        parts = self._divide(node, bound, price, ask, regret, limit)
        return Worked(bound, parts, chosen, ask, way, is_walked=False)

    def _is_decided(self, node: Node) -> bool:
        """Return whether a node leaves nothing to decide but who is served when."""
        if self.data.openings[0] < 0:
            return not (node.fixed == -1).any()
        return int((node.fixed >= 0).sum()) == int(self.data.openings.sum())

    def _divide(  # noqa: PLR0917 - what is known of a node
        self, node: Node, bound: float, price: Floats, ask: Floats, regret: Floats, limit: float
    ) -> list[Node]:
        """Divide a node by who opens in the first case that is open to decision."""
        cases = len(self.data.openings)
        open_to = (node.fixed == -1)[:, None] & (node.allowed > 0)
        rises = np.where(open_to, regret, np.inf)
        fits = bound + rises < limit
        allowed = (open_to & fits).astype(np.uint8)
        if self.data.openings[0] < 0:
            return self._divide_by_hub(node, bound, price, ask, rises, allowed)
        done = np.bincount(node.fixed[node.fixed >= 0], minlength=cases)
        waiting = np.flatnonzero(done < self.data.openings)
        if not len(waiting):
            return []
        # The first of them: what is decided from the first case on, a walk bounds exactly.
        case = int(waiting[0])
        order = np.argsort(rises[:, case], kind="stable")
        parts = []
        for h in order.tolist():
            if not allowed[h, case]:
                continue
            fixed = node.fixed.copy()
            fixed[h] = case
            parts.append(Node(bound + float(rises[h, case]), fixed, allowed.copy(), price, ask))
            allowed[h, case] = 0  # from here on this hub does not open then
        return parts

    def _divide_by_hub(  # noqa: PLR0917 - as above
        self, node: Node, bound: float, price: Floats, ask: Floats, rises: Floats, allowed: NDArray[np.uint8]
    ) -> list[Node]:
        """Divide a node by when one hub opens, where the number of openings is free."""
        undecided = np.flatnonzero(node.fixed == -1)
        if not len(undecided):
            return []
        spread = np.where(allowed > 0, rises, np.inf)[undecided]
        h = int(undecided[np.argmin(spread.min(axis=1))])
        parts = []
        for t in np.flatnonzero(allowed[h]).tolist():
            fixed = node.fixed.copy()
            fixed[h] = t
            parts.append(Node(bound, fixed, allowed, price, ask))
        fixed = node.fixed.copy()
        fixed[h] = -2
        parts.append(Node(bound, fixed, allowed, price, ask))
        return parts

    def _offer(self, opens: Ints, ask: Floats) -> None:
        """Take the openings of a relaxed answer as a plan, and better it where it is worth it."""
        cases, key = len(self.data.openings), opens.tobytes()
        if key in self.tried:
            return
        number = np.bincount(opens[opens < cases], minlength=cases)
        if self.data.openings[0] >= 0 and (number != self.data.openings).any():
            return  # a node without any plan has no relaxed answer
        self.tried.add(key)
        start = np.empty(self.data.cost.shape[2], np.int64)
        trial = opens.copy()
        cost = cost_of_openings(self.data, trial, ask, start)
        if cost < self.cost + self.parameters.worth_bettering * abs(self.cost) or not np.isfinite(self.cost):
            cost = improve_openings(self.data, trial, self.allowed, ask, start, self.parameters.steps)
        if cost < self.cost:
            self.cost, self.opens, self.start = cost, trial, start
