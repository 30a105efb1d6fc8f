"""Which other choices of plants cost nearly as little as the best one.

All choices are divided again and again: the cheapest of a part is found, and the rest of the part is divided by the
first plant in which another choice differs from it (Lawler 1972). Every choice is in one part, so that none is counted
twice and none is missed, as long as parts are solved to the end.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.optimize import optimize
from hubspoke.engine.parameters import DEFAULTS, EngineParameters
from hubspoke.engine.problem.problem import FORCED_CLOSED, FORCED_OPEN, FREE

if TYPE_CHECKING:
    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.problem.problem import Problem


@dataclass(frozen=True, eq=False)
class NearOptimal:
    """Choices of plants whose cost is within a limit, N plants: hubs first, then refineries.

    Attributes
    ----------
    limit : float
        Most that a choice may cost.
    best : float
        Cost of the cheapest one.
    chosen : bool array, shape (choices, N)
        Which plants each has, from cheap to dear.
    cost : float array, shape (choices,)
    is_complete : bool
        Whether these are all choices there are.
    in_all, in_none : bool array, shape (N,)
        Plants that every, or no, choice within the limit has, listed or not: proven.
    """

    limit: float
    best: float
    chosen: Bools
    cost: Floats
    is_complete: bool
    in_all: Bools
    in_none: Bools


@dataclass(frozen=True, eq=False)
class _Part:
    """All choices in which some plants are decided, and the cheapest of them."""

    state: Ints
    chosen: Bools
    cost: float


def find_near_optimal(
    problem: Problem,
    *,
    within: float,
    most: int = 100,
    gap: float = 1e-6,
    stop: Stop | None = None,
    parameters: EngineParameters = DEFAULTS,
) -> NearOptimal | None:
    """List the choices of plants that cost at most a share more than the cheapest one; None where there is no plan.

    Parameters
    ----------
    problem : Problem
    within : float
        Share of the least cost.
    most : int
        Choices that are listed at most.
    gap : float
        Relative gap to which each part is solved. Where a part may hold a choice within the limit, but none was found,
        the list is not complete.
    stop : Stop, optional
        Ends the search with what was found.
    parameters : EngineParameters
    """
    search = _Search(problem, gap, stop, parameters)
    first = search.solve(search.given)
    if first is None:
        return None
    search.limit = first.cost + within * abs(first.cost)
    free = np.flatnonzero(search.given == FREE)
    in_all, in_none = search.given == FORCED_OPEN, search.given == FORCED_CLOSED
    for plant in free.tolist():  # who cannot be otherwise within the limit is decided in all parts
        if search.is_due:
            break
        other = search.given.copy()
        other[plant] = FORCED_CLOSED if first.chosen[plant] else FORCED_OPEN
        if search.rules_out(other):
            (in_all if first.chosen[plant] else in_none)[plant] = True
    decided = search.given.copy()
    decided[in_all], decided[in_none] = FORCED_OPEN, FORCED_CLOSED
    found = search.enumerate(_Part(decided, first.chosen, first.cost), most)
    found.sort(key=lambda part: part.cost)
    return NearOptimal(
        limit=search.limit,
        best=first.cost,
        chosen=np.array([part.chosen for part in found]),
        cost=np.array([part.cost for part in found]),
        is_complete=search.is_complete,
        in_all=in_all,
        in_none=in_none,
    )


class _Search:
    """The state of one search."""

    def __init__(self, problem: Problem, gap: float, stop: Stop | None, parameters: EngineParameters) -> None:
        self.problem, self.gap, self.stop, self.parameters = problem, gap, stop, parameters
        exists = [steps.exists.any(axis=1) for steps in (problem.hubs, problem.refineries)]
        states = [
            np.where(there, state, FORCED_CLOSED)
            for there, state in zip(exists, (problem.hub_state, problem.refinery_state), strict=True)
        ]
        self.given: Ints = np.concatenate(states)
        self.limit = np.inf
        self.is_complete = True

    @property
    def is_due(self) -> bool:
        """Whether time is up."""
        return self.stop is not None and self.stop.is_due

    def solve(self, state: Ints) -> _Part | None:
        """Return the cheapest choice of a part within the limit; None where there is none."""
        hubs = self.problem.n_hubs
        answer = optimize(
            self.problem.derive(hub_state=state[:hubs], refinery_state=state[hubs:]),
            gap=self.gap,
            threads=1,
            stop=self.stop,
            parameters=self.parameters,
        )
        if not answer.has_plan or answer.objective > self.limit:
            if answer.bound <= self.limit:  # there may be one, and none was found
                self.is_complete = False
            return None
        chosen: Bools = np.concatenate([answer.hub_size, answer.refinery_size]) >= 0
        return _Part(state, chosen, answer.objective)

    def rules_out(self, state: Ints) -> bool:
        """Return whether a part is proven to hold nothing within the limit."""
        known, self.is_complete = self.is_complete, True
        nothing = self.solve(state) is None and self.is_complete
        self.is_complete = known
        return nothing

    def enumerate(self, whole: _Part, most: int) -> list[_Part]:
        """Return the cheapest choices of a part, the cheapest first known, no more than so many."""
        order = count()
        waiting = [(whole.cost, next(order), whole)]
        found: list[_Part] = []
        while waiting:
            if len(found) == most or self.is_due:
                self.is_complete = False
                break
            part = heapq.heappop(waiting)[2]
            found.append(part)
            state = part.state.copy()
            for plant in np.flatnonzero(part.state == FREE).tolist():
                if self.is_due:
                    self.is_complete = False
                    break
                state[plant] = FORCED_CLOSED if part.chosen[plant] else FORCED_OPEN
                other = self.solve(state.copy())
                if other is not None:
                    heapq.heappush(waiting, (other.cost, next(order), other))
                state[plant] = FORCED_OPEN if part.chosen[plant] else FORCED_CLOSED
        return found


def most_different(found: NearOptimal, number: int) -> Ints:
    """Return which choices differ most from the cheapest and from each other, one after the other, shape (<= number,).

    Parameters
    ----------
    found : NearOptimal
    number : int
    """
    picked, away = [0], (found.chosen != found.chosen[0]).sum(axis=1)
    while len(picked) <= number and away.max(initial=0) > 0:
        picked.append(int(np.argmax(away)))
        away = np.minimum(away, (found.chosen != found.chosen[picked[-1]]).sum(axis=1))
    return np.array(picked[1:], np.int64)
