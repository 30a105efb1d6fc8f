"""The near-optimal choices of plants of a problem that hangs together.

All choices are divided again and again: the cheapest of a part is found, and the rest of the part is divided by the
first plant in which another choice differs from it (Lawler 1972). Every choice is in one part, so that none is counted
twice and none is missed, as long as parts are solved to the end. Parts that prices of an answer rule out need no solve.
Where time is too short for all that, choices that differ from the cheapest by one plant, or in one plant's place, are
planned at their plants.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from itertools import count, product
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.certificate.plants_at_prices import PlantsAtPrices
from hubspoke.engine.optimize import optimize
from hubspoke.engine.problem.problem import FORCED_CLOSED, FORCED_OPEN, FREE

if TYPE_CHECKING:
    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.parameters import EngineParameters
    from hubspoke.engine.problem.problem import Problem

SHARES = (0.3, 0.6)
"""Parts of a time limit, of what is left, that the proofs of single plants and the division may take."""
KEPT_PRICES = 3
"""Answers whose prices are asked before a part is solved: the first one and the last."""


@dataclass(frozen=True, eq=False)
class Choice:
    """A choice of plants with its cost, what it costs at least, and the part of all choices that it is cheapest in."""

    state: Ints
    chosen: Bools
    cost: float
    bound: float


class PartSearch:
    """The near-optimal choices of one problem.

    Attributes
    ----------
    best : Choice or None
        The cheapest choice; none where there is no plan, or none in time.
    found : list of Choice
        Those within the limit, from cheap to dear.
    is_complete : bool
        Whether these are all.
    in_all, in_none : bool array, shape (N,)
        Plants that every, or no, choice within the limit has: proven.
    """

    def __init__(self, problem: Problem, gap: float, stop: Stop, parameters: EngineParameters) -> None:
        """Find the cheapest choice."""
        self.problem: Problem = problem
        self.gap: float = gap
        self.parameters: EngineParameters = parameters
        self.stop: Stop = stop
        exists = [steps.exists.any(axis=1) for steps in (problem.hubs, problem.refineries)]
        states = [
            np.where(there, state, FORCED_CLOSED)
            for there, state in zip(exists, (problem.hub_state, problem.refinery_state), strict=True)
        ]
        self.given: Ints = np.concatenate(states)
        self.limit: float = math.inf
        self.is_complete: bool = True
        self.prices: list[PlantsAtPrices] = []
        self.in_all: Bools = self.given == FORCED_OPEN
        self.in_none: Bools = self.given == FORCED_CLOSED
        self.found: list[Choice] = []
        self.best: Choice | None = self._solve(self.given)

    def list_within(self, limit: float, most: int) -> None:
        """List the choices up to a cost, no more than so many.

        Parameters
        ----------
        limit : float
        most : int
        """
        if self.best is None:
            return
        self.limit = limit
        whole_time = self.stop
        self.stop = self._for(SHARES[0])
        self._prove_plants(self.best)
        decided = self.given.copy()
        decided[self.in_all], decided[self.in_none] = FORCED_OPEN, FORCED_CLOSED
        self.stop = whole_time
        self.stop = self._for(SHARES[1])
        self.found = self._divide(Choice(decided, self.best.chosen, self.best.cost, self.best.bound), most)
        self.stop = whole_time
        if not self.is_complete and len(self.found) < most:
            self._look_around(self.best, decided, most)
        self.found.sort(key=lambda one: one.cost)
        if self.is_complete:
            every = np.array([one.chosen for one in self.found])
            self.in_all, self.in_none = np.asarray(every.all(axis=0)), np.asarray(~every.any(axis=0))

    def _for(self, share: float) -> Stop:
        left = self.stop.seconds_left
        return self.stop if math.isinf(left) else self.stop.within(share * left)

    def _prove_plants(self, best: Choice) -> None:
        """Find the plants that cannot be otherwise within the limit; they are then decided in all parts."""
        free = np.flatnonzero(self.given == FREE).tolist()
        for asks in (self._is_ruled_out_by_prices, self._is_ruled_out):
            for plant in free:
                if self.stop.is_due:
                    return
                if self.in_all[plant] or self.in_none[plant]:
                    continue
                other = self.given.copy()
                other[self.in_all], other[self.in_none] = FORCED_OPEN, FORCED_CLOSED
                other[plant] = FORCED_CLOSED if best.chosen[plant] else FORCED_OPEN
                if asks(other):
                    (self.in_all if best.chosen[plant] else self.in_none)[plant] = True

    def _is_ruled_out_by_prices(self, state: Ints) -> bool:
        """Return whether known prices prove that a part holds nothing within the limit."""
        hubs = self.problem.n_hubs
        return any(one.bound(state[:hubs], state[hubs:]) > self.limit for one in self.prices)

    def _is_ruled_out(self, state: Ints) -> bool:
        """Return whether a part is proven to hold nothing within the limit."""
        known, self.is_complete = self.is_complete, True
        nothing = self._solve(state) is None and self.is_complete
        self.is_complete = known
        return nothing

    def _solve(self, state: Ints) -> Choice | None:
        """Return the cheapest choice of a part within the limit; None where there is none."""
        hubs = self.problem.n_hubs
        answer = optimize(
            self.problem.derive(hub_state=state[:hubs], refinery_state=state[hubs:]),
            gap=self.gap,
            threads=1,
            stop=self.stop,
            parameters=self.parameters,
        )
        if answer.certificate and (state == FREE).any():
            self.prices = [*self.prices[:1], *self.prices[1:][-KEPT_PRICES + 2 :]]
            self.prices.append(PlantsAtPrices(self.problem, answer.certificate))
        if not answer.has_plan or answer.objective > self.limit:
            if answer.bound <= self.limit and answer.bound < math.inf:  # there may be one, and none was found
                self.is_complete = False
            return None
        chosen: Bools = np.concatenate([answer.hub_size, answer.refinery_size]) >= 0
        return Choice(state, chosen, answer.objective, answer.bound)

    def _divide(self, whole: Choice, most: int) -> list[Choice]:
        """Return the cheapest choices of a part, the cheapest first known, no more than so many."""
        order = count()
        waiting = [(whole.cost, next(order), whole)]
        found: list[Choice] = []
        while waiting:
            if len(found) == most or self.stop.is_due:
                self.is_complete = False
                break
            part = heapq.heappop(waiting)[2]
            found.append(part)
            state = part.state.copy()
            for plant in np.flatnonzero(part.state == FREE).tolist():
                if self.stop.is_due:
                    self.is_complete = False
                    break
                state[plant] = FORCED_CLOSED if part.chosen[plant] else FORCED_OPEN
                other = None if self._is_ruled_out_by_prices(state) else self._solve(state.copy())
                if other is not None:
                    heapq.heappush(waiting, (other.cost, next(order), other))
                state[plant] = FORCED_OPEN if part.chosen[plant] else FORCED_CLOSED
        # what waits is found, too: each is the cheapest choice of a part of its own
        return [*found, *(one for _, _, one in sorted(waiting)[: most - len(found)])]

    def _look_around(self, best: Choice, decided: Ints, most: int) -> None:
        """Plan choices that differ from the cheapest by one plant, or in one plant's place, the most likely first."""
        known = {one.chosen.tobytes() for one in self.found}
        hubs = self.problem.n_hubs
        kinds = np.arange(len(decided)) < hubs
        opened = np.flatnonzero(best.chosen & (decided == FREE)).tolist()
        closed = np.flatnonzero(~best.chosen & (decided == FREE)).tolist()
        swaps = [pair for pair in product(opened, closed) if kinds[pair[0]] == kinds[pair[1]]]
        tried: list[tuple[float, int, Ints]] = []
        for number, plants in enumerate([*((one,) for one in [*opened, *closed]), *swaps]):
            if self.stop.is_due:
                return
            chosen = best.chosen.copy()
            chosen[list(plants)] = ~chosen[list(plants)]
            state = np.where(chosen, FORCED_OPEN, FORCED_CLOSED)
            least = max((one.bound(state[:hubs], state[hubs:]) for one in self.prices), default=0.0)
            if least <= self.limit and chosen.tobytes() not in known:
                tried.append((least, number, state))
        for _, _, state in sorted(tried, key=lambda one: one[:2]):
            if self.stop.is_due or len(self.found) == most:
                return
            one = self._solve(state)
            if one is not None:
                self.found.append(one)


def excess(found: list[Choice], least: float) -> tuple[Floats, Floats]:
    """Return what choices cost more than the cheapest, by their plans and at least, shapes (n,).

    Parameters
    ----------
    found : list of Choice
        From cheap to dear.
    least : float
        Cost of the cheapest.
    """
    return np.array([one.cost - least for one in found]), np.array([one.bound - least for one in found])
