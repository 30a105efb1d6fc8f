"""Plan for scenarios at once: the plants that are best by a measure of their costs, and what that is worth."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.analysis.decisions.robust.result import Information, RobustPlan
from hubspoke.analysis.decisions.robust.scenarios import check_measure
from hubspoke.analysis.decisions.robust.state import read_scenario, state_scenarios
from hubspoke.base.errors import InfeasibleError, NoPlanFoundError
from hubspoke.base.status import Status
from hubspoke.base.stop import Stop
from hubspoke.engine.cases.information import built_size, case_costs, solve_each_alone, solve_mean
from hubspoke.engine.cases.measure import Measure
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.planning.infeasible.explain import explain_infeasible, find_shortages
from hubspoke.planning.request import name_by_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hubspoke.analysis.decisions.robust.scenarios import Possible
    from hubspoke.analysis.decisions.robust.state import Stated
    from hubspoke.base.arrays import Floats
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.information import MeanPlan
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
    _refuse_shortages(tasks, names)
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
    return _write(possible, stated, cases, answer, alone, mean, measure=measure, alpha=alpha)


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


def _refuse_shortages(tasks: Sequence[YearTask], names: Sequence[str]) -> None:
    """Raise InfeasibleError where plain sums show that some scenario has no plan."""
    told = []
    for one, name in zip(tasks, names, strict=True):
        rules, scale = one.task.rules, one.costs.refining_scale
        found = find_shortages(one.task.network, one.form.domestic, rules, refining_scale=scale, lanes=one.lanes)
        told += [f"{name}: {line}" for line in found]
    if told:
        raise InfeasibleError("\n".join([*told, SHORTFALL]))


def _refuse_alone(tasks: Sequence[YearTask], names: Sequence[str], alone: Sequence[CasesSolution]) -> None:
    """Raise where a scenario has no plan alone: then there is none for all, nor any regret."""
    for one, name, answer in zip(tasks, names, alone, strict=True):
        if answer.status is Status.INFEASIBLE:
            scale = one.costs.refining_scale
            why = explain_infeasible(
                one.task.network, one.form.domestic, one.task.rules, refining_scale=scale, lanes=one.lanes
            )
            raise InfeasibleError(f"{name}: {why}\n{SHORTFALL}")
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


def _write(  # noqa: PLR0917 - what was solved
    possible: Sequence[Possible],
    stated: Stated,
    cases: Cases,
    answer: CasesSolution,
    alone: Sequence[CasesSolution],
    mean: MeanPlan | None,
    *,
    measure: str,
    alpha: float,
) -> RobustPlan:
    """Return the plan with names."""
    costs = case_costs(cases, answer)
    task = stated.tasks[0].task
    probability = cases.weights / cases.weights.sum()
    return RobustPlan(
        measure=measure,
        alpha=alpha,
        year=task.year,
        policy=task.rules.name,
        status=answer.status,
        value_jpy=answer.objective,
        bound_jpy=answer.bound,
        gap=answer.gap,
        expected_jpy=float(probability @ costs),
        worst_jpy=float(costs.max()),
        scenarios=_tabulate_scenarios(possible, stated, answer, costs, alone),
        plants=tabulate_plants(stated, answer),
        information=_inform([one.name for one in possible], cases, answer, alone, mean),
        shortfall_jpy_per_t=task.rules.shortfall_jpy_per_t,
        settings=task.network.settings,
    )


def _tabulate_scenarios(
    possible: Sequence[Possible], stated: Stated, answer: CasesSolution, costs: Floats, alone: Sequence[CasesSolution]
) -> pd.DataFrame:
    rows = []
    for one, task, plan, cost, single in zip(possible, stated.tasks, answer.cases, costs, alone, strict=True):
        mass, sites = task.costs.mass_t, len(task.costs.mass_t)  # those behind them send from abroad
        served = np.bincount(plan.site, plan.share, len(stated.cases.problems[0].supply))[:sites]
        left = float((mass * np.clip(1 - served, 0.0, 1.0)).sum()) if task.task.rules.may_leave_out else 0.0
        best = single.objective if single.has_plan else np.nan
        rows.append(
            {
                "scenario": one.name,
                "probability": one.probability,
                "supply_t": float(mass.sum()),
                "cost_jpy": float(cost),
                "alone_jpy": best,
                "alone_bound_jpy": single.bound,
                "regret_jpy": float(cost) - best,
                "unserved_t": left,
                "shortfall_jpy": left * float(task.task.rules.shortfall_jpy_per_t or 0.0),
            }
        )
    return pd.DataFrame(rows)


def tabulate_plants(stated: Stated, answer: CasesSolution) -> pd.DataFrame:
    """Return the plants that are built, one row each.

    Parameters
    ----------
    stated : Stated
    answer : CasesSolution
        With a plan.
    """
    network, rows = stated.tasks[0].task.network, []
    for kind, table, plants, plan in (
        ("hub", network.hubs, stated.hubs[0], answer.hubs),
        ("refinery", network.refineries, stated.refineries[0], answer.refineries),
    ):
        if plan is None:
            continue
        settings = network.settings
        names = list(settings.takers if kind == "refinery" else settings.hub_technologies)
        built, count = built_size(plan), len(table)
        if kind == "hub":
            loads = [
                np.bincount(one.hub, problem.mass[one.site] * one.share, problem.n_hubs)
                for one, problem in zip(answer.cases, stated.cases.problems, strict=True)
            ]
        else:
            loads = [one.flow.sum(axis=(0, 2)) for one in answer.cases]
        load = np.array(loads)
        for plant in np.flatnonzero(built[:count] >= 0).tolist():
            at = int(built[plant])
            technology = int(plants.steps[0].technology[plant, at])
            rows.append(
                {
                    "kind": kind,
                    "id": table["id"].iloc[plant],
                    "name": table["name"].iloc[plant],
                    "region": table["region"].iloc[plant],
                    "technology": names[technology] if technology >= 0 else "",
                    "size_t": float(plants.intervals.low[plant, at]),
                    "most_t": float(load[:, plant].max()),
                    "least_t": float(load[:, plant].min()),
                }
            )
    columns = ["kind", "id", "name", "region", "technology", "size_t", "most_t", "least_t"]
    return pd.DataFrame(rows, columns=columns)


def _inform(
    names: Sequence[str], cases: Cases, answer: CasesSolution, alone: Sequence[CasesSolution], mean: MeanPlan | None
) -> Information:
    """Return what planning for all is worth, and knowing; only where the expected cost was made least."""
    share = cases.weights / cases.weights.sum()
    waiting = float(share @ np.array([one.objective for one in alone]))
    told = Information(waiting_jpy=waiting if np.isfinite(waiting) else np.nan)
    if mean is None:
        return told
    if np.isfinite(waiting):
        told = replace(
            told,
            evpi_jpy=max(answer.objective - waiting, 0.0),
            evpi_low_jpy=max(answer.bound - waiting, 0.0),
            evpi_high_jpy=answer.objective - float(share @ np.array([one.bound for one in alone])),
        )
    told = replace(told, no_mean=tuple(names[case] for case in mean.odd))
    if mean.plan is None or not mean.plan.has_plan or mean.over_all is None:
        return told
    over_all = mean.over_all.answer
    told = replace(
        told,
        mean_jpy=mean.plan.objective,
        mean_fails=tuple(names[case] for case in mean.over_all.without_plan),
        same_plants=_same(mean.plan, answer),
    )
    if not over_all.has_plan:
        return told
    return replace(
        told,
        mean_plants_jpy=over_all.objective,
        vss_jpy=max(over_all.objective - answer.objective, 0.0),
        vss_low_jpy=max(over_all.bound - answer.objective, 0.0),
        vss_high_jpy=over_all.objective - answer.bound,
    )


def _same(one: CasesSolution, other: CasesSolution) -> bool:
    """Return whether two answers have the same plants at the same sizes."""
    return all(
        a is not None and b is not None and np.array_equal(built_size(a), built_size(b))
        for a, b in ((one.hubs, other.hubs), (one.refineries, other.refineries))
    )
