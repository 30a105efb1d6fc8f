"""What it is worth to plan for all scenarios at once, and to know which one comes.

RP is the least expected cost with plants that are decided before it is known which scenario comes. WS is the mean of
what each costs with plants that are best for it alone, so EVPI = RP - WS is what knowing is worth. EV is the cost of
the mean scenario, EEV what its plants cost over all scenarios, so VSS = EEV - RP is what planning for all is worth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.cases.scenarios.alone import mean_case, take_case
from hubspoke.engine.cases.scenarios.at_plants import solve_at_plants
from hubspoke.engine.parameters import DEFAULTS, EngineParameters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.scenarios.at_plants import AtPlants
    from hubspoke.engine.cases.solution import CasesSolution, PlantPlan


class Proven(Protocol):
    """What any model answers: the cost of the best plan that was found, and what no plan goes below."""

    @property
    def objective(self) -> float:
        """Cost of the plan."""

    @property
    def bound(self) -> float:
        """No plan costs less."""


@dataclass(frozen=True)
class Worth:
    """What something is worth by the plans that were found, and the limits between which that is proven to lie."""

    value: float
    low: float
    high: float


def worth_of_planning(together: Proven, at_mean: Proven) -> Worth:
    """Return VSS: what plants of the mean scenario cost more over all scenarios than those that are best for all.

    Parameters
    ----------
    together : Proven
        RP, least expected cost.
    at_mean : Proven
        EEV, expected cost at the decisions of the mean scenario; its bound is of these decisions alone.
    """
    return Worth(
        max(at_mean.objective - together.objective, 0.0),
        max(at_mean.bound - together.objective, 0.0),
        at_mean.objective - together.bound,
    )


def worth_of_knowing(together: Proven, alone: Sequence[Proven], share: Floats) -> Worth:
    """Return EVPI: what knowing beforehand which scenario comes would save on average.

    Parameters
    ----------
    together : Proven
        RP, least expected cost.
    alone : sequence of Proven, length T
        Each scenario as if it were known that it comes.
    share : float array, shape (T,)
        Probabilities.
    """
    waiting = float(share @ np.array([one.objective for one in alone]))
    return Worth(
        max(together.objective - waiting, 0.0),
        max(together.bound - waiting, 0.0),
        together.objective - float(share @ np.array([one.bound for one in alone])),
    )


@dataclass(frozen=True, eq=False)
class MeanPlan:
    """The plan of the mean scenario, and what its plants cost over all.

    Attributes
    ----------
    odd : tuple of int
        Scenarios for which there is no mean; then there is nothing else.
    plan : CasesSolution, optional
        EV; without a plan where the mean scenario has none.
    over_all : AtPlants, optional
        EEV; none without EV.
    """

    odd: tuple[int, ...]
    plan: CasesSolution | None = None
    over_all: AtPlants | None = None


def solve_each_alone(
    cases: Cases, *, gap: float = 1e-6, seed: int = 0, stop: Stop | None = None, parameters: EngineParameters = DEFAULTS
) -> tuple[CasesSolution, ...]:
    """Plan each scenario as if it were known that it comes.

    Parameters
    ----------
    cases : Cases
        Scenarios.
    gap : float
    seed : int
    stop : Stop, optional
    parameters : EngineParameters
    """
    return tuple(
        optimize_cases(take_case(cases, case), gap=gap, seed=seed, stop=stop, parameters=parameters)
        for case in range(cases.count)
    )


def solve_mean(
    cases: Cases, *, gap: float = 1e-6, seed: int = 0, stop: Stop | None = None, parameters: EngineParameters = DEFAULTS
) -> MeanPlan:
    """Plan the mean scenario, and all scenarios with its plants.

    Parameters
    ----------
    cases : Cases
        Scenarios with probabilities as weights; a measure does not count.
    gap : float
    seed : int
    stop : Stop, optional
    parameters : EngineParameters
    """
    mean, odd = mean_case(cases)
    if mean is None:
        return MeanPlan(odd)
    plan = optimize_cases(mean, gap=gap, seed=seed, stop=stop, parameters=parameters)
    if not plan.has_plan or plan.hubs is None or plan.refineries is None:
        return MeanPlan((), plan)
    expected = replace(cases, measure=None)
    sizes = built_size(plan.hubs), built_size(plan.refineries)
    return MeanPlan((), plan, solve_at_plants(expected, *sizes, gap=gap, seed=seed, stop=stop))


def built_size(plants: PlantPlan) -> Ints:
    """Return the size that each plant is built at in scenarios, -1 for none, shape (N,).

    Parameters
    ----------
    plants : PlantPlan
    """
    found: Ints = plants.size.max(axis=0)
    return found


def case_costs(cases: Cases, answer: CasesSolution) -> Floats:
    """Return what each scenario costs in a plan: per year, plants that stand idle and steps included, shape (T,).

    Parameters
    ----------
    cases : Cases
    answer : CasesSolution
        With a plan.
    """
    cost = np.array([plan.objective for plan in answer.cases])
    for plants in (answer.hubs, answer.refineries):
        if plants is not None:
            cost = cost + plants.idle_cost.sum(axis=1) + float(cases.one_time_factor @ plants.one_time_cost.sum(axis=1))
    return cost
