"""Plan for scenarios at once: the plants that are best by a measure of their costs, and what that is worth."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.analysis.decisions.robust.scenarios import check_measure
from hubspoke.analysis.decisions.robust.state import read_scenario, state_scenarios
from hubspoke.analysis.decisions.robust.tables import name_plan
from hubspoke.base.errors import InfeasibleError, NoPlanFoundError
from hubspoke.base.status import Status
from hubspoke.base.stop import Stop
from hubspoke.engine.cases.measure import Measure
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.cases.scenarios.information import solve_each_alone, solve_mean
from hubspoke.planning.request import name_by_ids
from hubspoke.planning.years.why import explain_alone, list_shortages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hubspoke.analysis.decisions.robust.result import RobustPlan
    from hubspoke.analysis.decisions.robust.scenarios import Possible
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.scenarios.information import MeanPlan
    from hubspoke.engine.cases.solution import CasesSolution
    from hubspoke.inputs.network import Network
    from hubspoke.planning.request import Request
    from hubspoke.planning.years.read import YearTask

FIRST = 0.6
"""Share of a time limit that the plants themselves may take; the rest is for what they are held against."""
SHORTFALL = (
    "give a price to tonnes that stay at their sites (--set policy.shortfall_jpy_per_t=...), or leave the scenario out"
)


def solve_robust(
    possible: Sequence[Possible],
    read: Callable[[Possible], Network],
    request: Request,
    *,
    measure: str = "expected",
    alpha: float = 0.8,
) -> RobustPlan:
    """Plan for scenarios at once.

    Parameters
    ----------
    possible : sequence of Possible
        Two or more.
    read : callable
        Returns the network of a scenario.
    request : Request
    measure : {"expected", "worst", "regret", "cvar"}
        What is made least: the expected cost, the worst cost of a scenario, the most that one costs more than with the
        plants that are best for it alone, or the mean cost of the dearest share 1 - alpha.
    alpha : float

    Returns
    -------
    RobustPlan

    Raises
    ------
    UsageError, InputError
        What is asked makes no sense.
    InfeasibleError
        No plants serve all scenarios; the message says which one has no plan, or that each has one alone.
    NoPlanFoundError
        The time limit came before any plan.
    """
    check_measure(measure, alpha)
    names = [one.name for one in possible]
    tasks = []
    for one in possible:
        network = read(one)
        tasks.append(read_scenario(network, name_by_ids(network, request)))
    if short := list_shortages(tasks, names):
        raise InfeasibleError("\n".join([*short, SHORTFALL]))
    stated = state_scenarios(tasks, names, [one.probability for one in possible])
    gap = max(one.task.gap for one in tasks)
    stop = (Stop() if request.stop is None else request.stop).within(request.time_limit)
    run = _Run(gap, request.seed, stop, request)
    alone: tuple[CasesSolution, ...] = ()
    if measure == "regret":
        alone = run.alone(stated.cases)
        _refuse_alone(tasks, names, alone)
    cases = replace(stated.cases, measure=_measure(measure, alpha, stated.cases, alone))
    answer = run.first(cases)
    if not answer.has_plan:
        _refuse_no_plan(tasks, names, answer, request)
    alone = alone or run.alone(stated.cases)
    mean = run.mean(stated.cases) if measure == "expected" else None
    return name_plan(possible, stated, cases, answer, alone, mean, measure=measure, alpha=alpha)


class _Run:
    """What holds for every solve of one plan."""

    def __init__(self, gap: float, seed: int, stop: Stop, request: Request) -> None:
        self.gap, self.seed, self.stop, self.parameters = gap, seed, stop, request.parameters

    def first(self, cases: Cases) -> CasesSolution:
        """Solve the problem itself, within its share of the time that is left."""
        left = self.stop.seconds_left
        stop = self.stop if np.isinf(left) else self.stop.within(FIRST * left)
        return optimize_cases(cases, gap=self.gap, seed=self.seed, stop=stop, parameters=self.parameters)

    def alone(self, cases: Cases) -> tuple[CasesSolution, ...]:
        """Solve each scenario alone."""
        return solve_each_alone(cases, gap=self.gap, seed=self.seed, stop=self.stop, parameters=self.parameters)

    def mean(self, cases: Cases) -> MeanPlan:
        """Solve the mean scenario, and all with its plants."""
        return solve_mean(cases, gap=self.gap, seed=self.seed, stop=self.stop, parameters=self.parameters)


def _measure(measure: str, alpha: float, cases: Cases, alone: Sequence[CasesSolution]) -> Measure | None:
    if measure == "worst":
        return Measure.worst(cases.count)
    if measure == "regret":
        return Measure.regret([one.objective for one in alone])
    return Measure.cvar(cases.weights / cases.weights.sum(), alpha) if measure == "cvar" else None


def _refuse_alone(tasks: Sequence[YearTask], names: Sequence[str], alone: Sequence[CasesSolution]) -> None:
    """Raise where a scenario has no plan alone: then there is none for all, nor any regret."""
    for one, name, answer in zip(tasks, names, alone, strict=True):
        if answer.status is Status.INFEASIBLE:
            raise InfeasibleError(f"{name}: {explain_alone(one)}\n{SHORTFALL}")
        if not answer.has_plan:
            raise NoPlanFoundError(f"{name}: the time limit came before any plan; allow more time or a wider gap")


def _refuse_no_plan(tasks: Sequence[YearTask], names: Sequence[str], answer: CasesSolution, request: Request) -> None:
    """Raise for an answer without a plan."""
    if answer.status is not Status.INFEASIBLE:
        why = "the search ended without a plan, and without a proof that there is none"
        if request.time_limit is not None:
            why = "the time limit came before any plan was found; allow more time or a wider gap"
        raise NoPlanFoundError(why)
    for one, name in zip(tasks, names, strict=True):
        single = state_scenarios([one], [name], [1.0]).cases
        if optimize_cases(single, gap=1.0).status is Status.INFEASIBLE:
            _refuse_alone([one], [name], [answer])
    raise InfeasibleError(
        f"each scenario has a plan alone, but no plants serve all of them ({', '.join(names)}); {SHORTFALL}"
    )
