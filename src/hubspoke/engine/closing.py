"""How firm the plants of a plan are: what the best plan without each of them would cost more.

Only the part of the problem that a plant belongs to is planned anew. Where that is too large the cost lies between two
bounds: what the prices of the plan prove, and what giving the place of the plant to another one costs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import WrongAnswerError
from hubspoke.base.status import Status
from hubspoke.engine.certificate.plants_at_prices import PlantsAtPrices
from hubspoke.engine.milp.solve import solve_directly
from hubspoke.engine.parameters import DEFAULTS, EngineParameters, FullModel
from hubspoke.engine.presolve.components import split
from hubspoke.engine.presolve.dominated_sizes import drop_dominated_sizes
from hubspoke.engine.presolve.merge import merge_captive_sites, merge_grades
from hubspoke.engine.problem.problem import FORCED_CLOSED, FREE
from hubspoke.engine.solution.construct import no_solution
from hubspoke.engine.solution.evaluate import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.parameters import MethodChoice
    from hubspoke.engine.presolve.components import Component
    from hubspoke.engine.presolve.merge import Merged
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.alternatives import Alternatives
    from hubspoke.engine.solution.solution import Solution

UNPRICED = FullModel(priced_lanes=0)
"""The full model without the prices of a certificate, for which nobody asks here."""

CUTOFF_SLACK = 1e-6
"""Share of the cost by which a cutoff lies above a plan that is known, so that a solver's rounding does not lose it."""


@dataclass(frozen=True, eq=False)
class PlantClosing:
    """What closing single plants of one echelon costs per year.

    Attributes
    ----------
    low, high : float arrays, shape (plants,)
        Least and most that the best plan without the plant costs more than the plan at hand, 0 or more. NaN where it is
        not known, and for plants that are not open or were not free to be chosen; `low` is infinite where there is no
        plan without the plant.
    opens : tuple of int arrays, one for each plant
        Plants of the echelon that open instead in the best plan known.
    """

    low: Floats
    high: Floats
    opens: tuple[Ints, ...]

    @classmethod
    def unknown(cls, plants: int) -> PlantClosing:
        """Return figures of which none is known."""
        return cls(np.full(plants, np.nan), np.full(plants, np.nan), (np.empty(0, np.int64),) * plants)


def find_closing_costs(
    problem: Problem, solution: Solution, others: Alternatives, *, parameters: EngineParameters = DEFAULTS
) -> tuple[PlantClosing, PlantClosing]:
    """Work out what closing each open plant would cost, the hubs' and the refineries'.

    Parameters
    ----------
    problem : Problem
    solution : Solution
        With a plan.
    others : Alternatives
        Of the same solution.
    parameters : EngineParameters
    """
    closing = _Closing(problem, solution)
    for plants, exchange, successor in (
        (closing.hubs, others.hub_exchange, others.hub_successor),
        (closing.refineries, others.refinery_exchange, others.refinery_successor),
    ):
        plants.bound_from_above(exchange, successor)
    left = parameters.closing.replans
    merged = merge_captive_sites(problem)
    for part in split(merged.problem):
        here = closing.count_within(part)
        if here and here <= min(left, parameters.closing.together) and closing.replan(merged, part, parameters.choice):
            left -= here
    closing.bound_from_below(parameters.closing.priced)
    return closing.hubs.told(), closing.refineries.told()


class _Plants:
    """Plants of one echelon: which of them are tried, and what is known of each."""

    def __init__(self, size: Ints, state: Ints) -> None:
        self.size = size
        self.tried = (size >= 0) & (state == FREE)
        self.low = np.where(self.tried, 0.0, np.nan)
        self.high = np.full(len(size), np.nan)
        self.opens: list[Ints] = [np.empty(0, np.int64)] * len(size)
        self.exact = np.zeros(len(size), bool)

    def bound_from_above(self, exchange: Floats, successor: Ints) -> None:
        """Take what giving a plant's place to another adds."""
        for plant in np.flatnonzero(self.tried & np.isfinite(exchange)).tolist():
            self.high[plant], self.opens[plant] = max(float(exchange[plant]), 0.0), successor[plant : plant + 1]

    def note(self, plant: int, answer: Solution, size: Ints, within: Ints, cost: float) -> None:
        """Take the answer of a part, whose plants are `within`, planned anew without a plant."""
        self.exact[plant] = True
        if answer.status is Status.INFEASIBLE:
            self.low[plant], self.high[plant] = np.inf, np.nan
            self.opens[plant] = np.empty(0, np.int64)
            return
        self.low[plant] = max(answer.bound - cost, 0.0)
        if answer.has_plan:
            self.high[plant] = max(answer.objective - cost, 0.0)
            self.opens[plant] = within[(size >= 0) & (self.size[within] < 0)]

    def raise_low(self, plants: Ints, bound: Floats) -> None:
        """Take lower bounds on what plants cost."""
        self.low[plants] = np.maximum(self.low[plants], bound)
        self.high[np.isinf(self.low)] = np.nan

    def told(self) -> PlantClosing:
        """Return what is known; nothing of plants of which nothing is."""
        nothing = np.isnan(self.high) & ~(self.low > 0)
        low = np.where(nothing, np.nan, np.fmin(self.low, np.where(np.isinf(self.low), np.inf, self.high)))
        return PlantClosing(low, self.high, tuple(self.opens))


class _Closing:
    """A plan and what closing its plants costs, as far as it is known."""

    def __init__(self, problem: Problem, solution: Solution) -> None:
        self.problem, self.solution = problem, solution
        self.hubs = _Plants(solution.hub_size, problem.hub_state)
        self.refineries = _Plants(solution.refinery_size, problem.refinery_state)

    def count_within(self, part: Component) -> int:
        """Count the plants of a part that are tried."""
        return int(self.hubs.tried[part.hubs].sum() + self.refineries.tried[part.refineries].sum())

    def replan(self, merged: Merged, part: Component, choice: MethodChoice) -> bool:
        """Plan a part anew without each of its open plants; return whether it is small enough for that."""
        lanes = int((np.isfinite(part.problem.collection_cost) & (part.problem.hub_state >= 0)).sum())
        small = merge_grades(drop_dominated_sizes(part.problem).problem)
        sizes = int(small.hubs.exists.sum() + small.refineries.exists.sum())
        if lanes > choice.few_lanes and (lanes > choice.direct_lanes or sizes > choice.direct_sizes):
            return False
        cost = evaluate(part.problem, _restrict(self.solution, merged, part))
        for at, without in _close_each(small.hub_state, self.hubs.tried[part.hubs]):
            plant = int(part.hubs[at])
            answer = _solve(small.derive(hub_state=without), cost, self.hubs.high[plant])
            self.hubs.note(plant, answer, answer.hub_size, part.hubs, cost)
        for at, without in _close_each(small.refinery_state, self.refineries.tried[part.refineries]):
            plant = int(part.refineries[at])
            answer = _solve(small.derive(refinery_state=without), cost, self.refineries.high[plant])
            self.refineries.note(plant, answer, answer.refinery_size, part.refineries, cost)
        return True

    def bound_from_below(self, most: int) -> None:
        """Bound by the prices of the plan what closing costs at least, where lanes times sizes are few enough."""
        hubs, refineries = (np.flatnonzero(plants.tried & ~plants.exact) for plants in (self.hubs, self.refineries))
        lanes = np.isfinite(self.problem.collection_cost).sum(axis=0)
        work = int((lanes * self.problem.hubs.exists.sum(axis=1)).sum())
        if not len(hubs) + len(refineries) or not self.solution.certificate or work > most:
            return
        bounds = PlantsAtPrices(self.problem, self.solution.certificate).without(hubs, refineries)
        self.hubs.raise_low(hubs, bounds[0] - self.solution.objective)
        self.refineries.raise_low(refineries, bounds[1] - self.solution.objective)


def _solve(problem: Problem, cost: float, more: float) -> Solution:
    """Solve by the full model, cut off at what a plan is known to cost more, NaN for nothing.

    Where the solver contradicts itself nothing is known: the plan that these figures are about does not hang on them.
    """
    try:
        if np.isfinite(more):
            cutoff = cost + more + CUTOFF_SLACK * abs(cost)
            answer = solve_directly(problem, cutoff=cutoff, parameters=UNPRICED)
            if answer.has_plan:
                return answer
        return solve_directly(problem, parameters=UNPRICED)
    except WrongAnswerError:
        return no_solution(problem, Status.UNKNOWN, -np.inf)


def _close_each(state: Ints, tried: Ints) -> Iterator[tuple[int, Ints]]:
    """Yield every plant that is tried with the states under which it is closed."""
    for plant in np.flatnonzero(tried).tolist():
        without = state.copy()
        without[plant] = FORCED_CLOSED
        yield plant, without


def _restrict(solution: Solution, merged: Merged, part: Component) -> Solution:
    """Return what a plan does in a part; of merged sites, which share a hub, the first stands for all."""
    first = np.unique(merged.site_of, return_index=True)[1][part.sites]
    place = {int(site): at for at, site in enumerate(first)}
    rows = np.flatnonzero(np.isin(solution.site, first))
    return replace(
        solution,
        site=np.array([place[site] for site in solution.site[rows].tolist()], np.int64),
        hub=np.searchsorted(part.hubs, solution.hub[rows]),
        share=solution.share[rows],
        hub_size=solution.hub_size[part.hubs],
        refinery_size=solution.refinery_size[part.refineries],
        flow=solution.flow[np.ix_(part.hubs, part.refineries)],
    )
