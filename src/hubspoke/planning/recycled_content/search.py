"""Search the cheapest plan that gives enough metal: branch on which refineries are open, and in which technology."""

from __future__ import annotations

import heapq
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status, is_proven
from hubspoke.base.stop import Stop
from hubspoke.engine.problem.problem import FORCED_CLOSED, FORCED_OPEN, FREE
from hubspoke.engine.solution.construct import no_solution
from hubspoke.planning.recycled_content.prices import Prices

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.planning.formulation.copies import RefineryCopies
    from hubspoke.planning.recycled_content.asked import Asked
    from hubspoke.planning.request import Request

WHOLE = 1e-6
"""Share up to which a refinery counts as shut, or as open."""


def solve_with_content(asked: Asked, plain: Solution, copies: RefineryCopies, request: Request, gap: float) -> Solution:
    """Find the cheapest plan that gives new batteries as much recycled metal as is asked for.

    Parameters
    ----------
    asked : Asked
    plain : Solution
        The cheapest plan where nothing is asked; it comes back where it gives enough.
    copies : RefineryCopies
    request : Request
    gap : float
        Relative gap to prove.

    Returns
    -------
    Solution
        In terms of the network's refineries and grades, with a bound on every plan that gives enough.
    """
    cost, lost_t = asked.measure(plain)
    if asked.is_met(lost_t):
        return plain
    stop = (Stop() if request.stop is None else request.stop).within(request.time_limit)
    return _Search(Prices(asked, copies, max(abs(cost), 1.0), request, gap, stop), gap, stop).run()


class _Search:
    """A best-first search over which copies of refineries are open."""

    def __init__(self, prices: Prices, gap: float, stop: Stop) -> None:
        self.prices, self.gap, self.stop = prices, gap, stop
        self.number = count()
        self.left = np.inf

    def run(self) -> Solution:
        """Return the best plan, with what is proven of all."""
        problem = self.prices.copies.problem
        nodes: list[tuple[float, int, Ints, Floats]] = []
        self._push(nodes, problem.refinery_state, -np.inf)
        while nodes and not self.stop.is_due and not self._proves(nodes[0][0]):
            bound, _, state, share = heapq.heappop(nodes)
            free = np.where(state == FREE, np.minimum(share, 1 - share), 0.0)
            if not free.any() or free.max() <= WHOLE:
                self.left = min(self.left, bound)  # no refinery is undecided: prices prove no more
                continue
            at = int(np.argmax(free))
            for decided in (self._open(state, at), self._shut(state, at)):
                self._push(nodes, decided, bound)
        least = min(self.left, min((node[0] for node in nodes), default=np.inf))
        best = self._best()
        if best is None:
            status = Status.INFEASIBLE if least == np.inf else Status.UNKNOWN
            return no_solution(self.prices.asked.form.problem, status, least)
        cost, plan = best
        least = min(least, cost)
        status = Status.OPTIMAL if is_proven(cost, least, self.gap) else Status.FEASIBLE
        return replace(plan, objective=cost, bound=least, status=status, certificate={})

    def _push(self, nodes: list[tuple[float, int, Ints, Floats]], state: Ints, above: float) -> None:
        found = self.prices.bound(state)
        bound = max(found.bound, above)
        if np.isfinite(bound) or bound < 0:
            heapq.heappush(nodes, (bound, next(self.number), state, found.open_share))

    def _open(self, state: Ints, at: int) -> Ints:
        made = state.copy()
        plant = self.prices.copies.plant
        made[plant == plant[at]] = FORCED_CLOSED
        made[at] = FORCED_OPEN
        return made

    def _shut(self, state: Ints, at: int) -> Ints:
        made = state.copy()
        made[at] = FORCED_CLOSED
        return made

    def _best(self) -> tuple[float, Solution] | None:
        asked = self.prices.asked
        met = [
            (point.cost, at, point.plan) for at, point in enumerate(self.prices.points) if asked.is_met(point.lost_t)
        ]
        if not met:
            return None
        cost, _, plan = min(met, key=lambda one: one[:2])
        return cost, plan

    def _proves(self, bound: float) -> bool:
        best = self._best()
        return best is not None and is_proven(best[0], min(bound, self.left), self.gap)
