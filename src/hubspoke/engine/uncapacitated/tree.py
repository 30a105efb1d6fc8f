"""Branch and bound over which hubs open, best bound first, with the prices of a node handed to its parts.

M. Posta, J. A. Ferland, P. Michelon, "An exact cooperative method for the uncapacitated facility location problem",
Mathematical Programming Computation 6, 2014, search the same way: a Lagrangian bound, hubs ruled in and out by it, and
a division by the hub that tells most.
"""

from __future__ import annotations

import heapq
import logging
from dataclasses import replace
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.threads import spread
from hubspoke.engine.uncapacitated.ascent import ascend_dual, price_between, raise_bound
from hubspoke.engine.uncapacitated.bound import CLOSED, OPEN, UNDECIDED, bound_at, make_relaxed
from hubspoke.engine.uncapacitated.fixing import fix_hubs
from hubspoke.engine.uncapacitated.interchange import cost_of, interchange, open_greedily
from hubspoke.engine.uncapacitated.network import by_hub, drop_lanes
from hubspoke.engine.uncapacitated.nodes import Ascended, Node, divide_by_hub, divide_by_number
from hubspoke.engine.uncapacitated.weighting import SearchesByWeights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.parameters_of_openings import UncapacitatedParameters
    from hubspoke.engine.uncapacitated.bound import Network, Relaxed

log: logging.Logger = logging.getLogger("hubspoke")


class OpeningTree:
    """The best plan, the open nodes, and what is known of both.

    Parameters
    ----------
    network : Network
    state : int array, shape (H,)
    base : float array, shape (S,)
        What a site costs at most.
    gap : float
        Relative gap asked for.
    grain : float
        Costs of plans differ by multiples of it; 0 where they may differ by anything.
    dearest : float
        No plan costs more; choices that do leave out a site that must be served.
    stop : Stop
    parameters : UncapacitatedParameters
    """

    def __init__(  # noqa: PLR0917 - what a search is given
        self,
        network: Network,
        state: Ints,
        base: Floats,
        gap: float,
        grain: float,
        dearest: float,
        stop: Stop,
        parameters: UncapacitatedParameters,
    ) -> None:
        self.network = network
        self.gap = gap
        self.grain = grain
        self.dearest = dearest
        self.stop = stop
        self.parameters = parameters
        self.hub_lanes: tuple[Ints, Ints, Floats] = by_hub(network)
        self.root_state = state
        self.root_base = base
        self.plan: NDArray[np.uint8] = np.zeros(len(state), np.uint8)
        self.cost: float = np.inf
        self.price: Floats = base.copy()
        self.bound: float = -np.inf
        self.relaxed: Relaxed = make_relaxed(len(base), len(state))
        self.average: Floats = np.zeros(len(state))
        self.nodes: int = 0
        self.by_weights: SearchesByWeights = SearchesByWeights(network, self.hub_lanes, state, base, parameters)
        self.next_search: int = parameters.first_nodes  # nodes after which plans are looked for again
        self.order: count[int] = count()
        self.size: int = 8 * (2 * len(base) + len(state))
        """Bytes that a waiting node takes."""

    @property
    def limit(self) -> float:
        """A node whose bound reaches this holds no plan that is wanted."""
        if self.cost > self.dearest:
            return self.dearest + 1e-7 * max(abs(self.dearest), 1.0)
        rounding = 1e-9 * abs(self.cost)
        wanted = max(self.gap * abs(self.cost), self.grain * (1 - 1e-6) - rounding, rounding)
        return float(self.cost - wanted)

    @property
    def smallest(self) -> float:
        """Least change of a cost that counts."""
        return 1e-9 * max(abs(self.cost) if np.isfinite(self.cost) else abs(self.bound), 1e-9)

    def solve(self) -> None:
        """Search until the gap is proven or time is up."""
        root = self._begin()
        if root is None:
            return
        self._raise_root(root)
        if root.bound < self.limit and not self.stop.is_due:
            self._search_by_weights(root.bound)
        if root.bound >= self.limit:
            self._note(self._beyond())
        elif not self.stop.is_due:
            self._search(root)

    def _begin(self) -> Node | None:
        """Find a first plan and first prices; return nothing where the count cannot be kept."""
        state, base = self.root_state.copy(), self.root_base.copy()
        opened, usable = int((state == OPEN).sum()), int((state != CLOSED).sum())
        if not max(opened, self.network.fewest) <= min(usable, self.network.most):
            self.bound = np.inf
            return None
        is_open = np.zeros(len(state), np.uint8)
        open_greedily(self.network, state, base, is_open)
        self._improve(is_open)
        price = price_between(self.network, base, self.plan)
        raised = np.zeros_like(price)
        ascend_dual(self.network, state, base, raised, self.parameters.passes)
        between, ascended = (bound_at(self.network, state, base, each, self.relaxed) for each in (price, raised))
        return Node(self.network, state, base, price if between >= ascended else raised, -np.inf, 0)

    def _improve(self, is_open: NDArray[np.uint8]) -> bool:
        """Improve a choice by exchanges and keep it if it is the best; return whether it is."""
        found = interchange(
            self.network, *self.hub_lanes, self.root_state, self.root_base, is_open,
            max(self.smallest, 1e-12), self.parameters.exchanges,
        )  # fmt: skip
        return self._keep(found, is_open)

    def _keep(self, cost: float, is_open: NDArray[np.uint8]) -> bool:
        better = cost < self.cost - self.smallest if np.isfinite(self.cost) else np.isfinite(cost)
        if better:
            self.plan, self.cost = is_open.copy(), cost
        return bool(better)

    def _raise_root(self, root: Node) -> None:
        """Raise the bound of all plans, with plans from its choices, and drop what it rules out."""
        p = self.parameters
        share, stalled = 1.0, 0
        for _ in range(p.root_ascents):
            before = root.bound
            rounds = int(np.clip(p.root_work // max(len(root.network.hub), 1), p.fewest_rounds, p.root_rounds))
            bound = raise_bound(
                root.network, root.state, root.base, root.price, self.limit, share, rounds, p.patience,
                max(p.finest * abs(self.cost), 1e-12), self.relaxed, self.average,
            )  # fmt: skip
            root.bound = max(root.bound, bound)
            self._note(root.bound)
            better = self._improve(self.relaxed.chosen.copy())
            better |= self._improve(self._round())
            if root.bound >= self.limit or self.stop.is_due:
                break
            fixed = self._fix(root, bound, self.relaxed)
            share = 0.5
            gained = root.bound - before > p.telling * (self.limit - root.bound)
            stalled = 0 if gained or better or fixed else stalled + 1
            if stalled >= p.stalls or not (root.state == UNDECIDED).any():
                break
        self.price = root.price.copy()
        log.info("root %.8g of %.8g, %d hubs undecided", root.bound, self.cost, (root.state == UNDECIDED).sum())

    def _search_by_weights(self, bound: float) -> None:
        """Look for better plans from the best one, until none is found or one proves the bound."""
        for found in self.by_weights.search(self.plan, self.cost, max(self.smallest, 1e-12)):
            for is_open in found:
                self._improve(is_open)
            if bound >= self.limit or self.stop.is_due:
                break

    def _round(self) -> NDArray[np.uint8]:
        """Return the hubs chosen most often, as many as the relaxed answer has."""
        is_open = np.zeros(len(self.average), np.uint8)
        often = np.where(self.root_state == OPEN, 2.0, np.where(self.root_state == CLOSED, -1.0, self.average))
        is_open[np.argsort(-often, kind="stable")[: int(self.relaxed.chosen.sum())]] = 1
        return is_open

    def _fix(self, node: Node, bound: float, relaxed: Relaxed) -> bool:
        """Decide the hubs whose other state costs too much; return whether there were many."""
        undecided = int((node.state == UNDECIDED).sum())
        base = node.base.copy()
        done = fix_hubs(node.state, base, self.hub_lanes, relaxed, bound, self.limit)
        node.base = base
        if done > self.parameters.thinned * undecided:
            node.network = drop_lanes(node.network, node.state, node.base)
        return bool(done > self.parameters.many * undecided)

    def _note(self, bound: float) -> None:
        self.bound = max(self.bound, min(bound, self.cost))

    def _search(self, root: Node) -> None:
        """Divide the node with the least bound, then the likelier of its parts, until none is below the limit."""
        heap: list[tuple[float, int, Node]] = []
        at: Node | None = root
        while at is not None and not self.stop.is_due:
            parts = sorted((part for part in self._divide(at) if part.bound < self.limit), key=lambda part: part.bound)
            for part in parts[1:]:
                heapq.heappush(heap, (part.bound, next(self.order), part))
            at = self._next(heap, parts[0] if parts else None)
            if at is not None and self.nodes >= self.next_search:
                self.next_search = 2 * self.nodes
                self._search_by_weights(min(heap[0][0] if heap else np.inf, at.bound))
        waiting = min(heap[0][0] if heap else np.inf, at.bound if at is not None else np.inf)
        self._note(min(waiting, self._beyond()))

    def _next(self, heap: list[tuple[float, int, Node]], likelier: Node | None) -> Node | None:
        """Return the node to work on next: the likelier part of the last one while it is near the least bound.

        Where too many nodes wait, they are taken from the other end of the heap, where few parts are left of each.
        """
        least = heap[0][0] if heap else np.inf
        if likelier is not None:
            if likelier.bound <= least + self.parameters.plunge * max(self.limit - least, 0.0):
                return likelier
            heapq.heappush(heap, (likelier.bound, next(self.order), likelier))
        while heap:
            many = len(heap) * self.size > self.parameters.memory
            node = heap.pop()[2] if many else heapq.heappop(heap)[2]
            if node.bound < self.limit:
                return node
        return None

    def _beyond(self) -> float:
        """Return what every plan that was ruled out costs at least."""
        return self.cost if self.grain > 0 and self.limit >= self.cost - self.grain else self.limit

    def _divide(self, node: Node) -> list[Node]:
        """Return the two parts of a node, worked on; none where it ends."""
        p = self.parameters
        again = self._ascend(replace(node, price=node.price.copy()), p.tried_rounds)
        if not (node.state == UNDECIDED).any() or again.bound >= self.limit:
            return []
        pairs = [divide_by_hub(node, hub, self.hub_lanes) for hub in self._in_doubt(node, again.average)]
        number = float(again.average.sum())
        if abs(number - round(number)) > p.clear_number:
            pairs.append(divide_by_number(node, int(np.floor(number))))
        tried = spread(self._try, [part for parts in pairs for part in parts])
        best, chosen = -np.inf, pairs[0]
        for parts, *bounds in zip(pairs, tried[::2], tried[1::2], strict=True):
            gains = [min(bound, self.limit) - node.bound for bound in bounds]
            value = max(gains[0], self.smallest) * max(gains[1], self.smallest)
            if value > best:
                best, chosen = value, parts
        self._work(chosen)
        return list(chosen)

    def _in_doubt(self, node: Node, average: Floats) -> list[int]:
        """Return undecided hubs that the relaxed answers open about as often as not."""
        free = np.flatnonzero(node.state == UNDECIDED)
        often = average[free]
        order = np.argsort(-np.minimum(often, 1 - often) - 1e-3 * often, kind="stable")
        tried: list[int] = free[order[: self.parameters.tried]].tolist()
        return tried

    def _try(self, node: Node) -> float:
        """Raise the bound of a node a little, to see what a division tells."""
        return self._ascend(node, self.parameters.tried_rounds).bound

    def _ascend(self, node: Node, rounds: int) -> Ascended:
        """Raise the bound of a node from its prices, which are changed."""
        p = self.parameters
        finest = max(p.finest * abs(self.cost), 1e-12)
        relaxed, average = make_relaxed(len(node.base), len(node.state)), np.zeros(len(node.state))
        bound = raise_bound(
            node.network, node.state, node.base, node.price, self.limit, p.share, rounds, p.node_patience, finest,
            relaxed, average,
        )  # fmt: skip
        return Ascended(float(bound), relaxed, average)

    def _work(self, nodes: Sequence[Node]) -> None:
        """Raise the bounds of nodes, keep their plans, and decide what follows."""
        self.nodes += len(nodes)
        p = self.parameters
        for _ in range(p.ascents):
            # side by side, each without what the others find, so that it does not matter who ends first
            ascended = spread(partial(self._ascend, rounds=p.rounds), nodes)
            nodes = [node for node, found in zip(nodes, ascended, strict=True) if self._goes_on(node, found)]

    def _goes_on(self, node: Node, found: Ascended) -> bool:
        """Keep what an ascent found; return whether it decided so many hubs that another is worth while."""
        node.bound = max(node.bound, found.bound)
        if node.bound >= self.limit:
            return False
        is_open = found.relaxed.chosen.copy()
        if cost_of(self.network, self.root_base, is_open) < self.cost + self.parameters.near * abs(self.cost):
            self._improve(is_open)
        return self._fix(node, found.bound, found.relaxed) and node.bound < self.limit
