"""Solve a request over several years: from network to audited plans, step by step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.audit.audit import audit_plan, raise_failures
from hubspoke.audit.years import recount_years
from hubspoke.base.errors import InfeasibleError
from hubspoke.base.status import Status, is_proven, relative_gap
from hubspoke.base.stop import Stop
from hubspoke.engine.cases.recount import switching_by_case
from hubspoke.engine.optimize import optimize
from hubspoke.engine.solution.evaluate import evaluate
from hubspoke.inputs.arrange import tell_or_raise
from hubspoke.plan.years import YearsData
from hubspoke.planning.clock import Clock
from hubspoke.planning.make_plan import make_plan, tabulate_plan
from hubspoke.planning.request import choose_policy, name_by_ids
from hubspoke.planning.years.late_values import find_late_values
from hubspoke.planning.years.read import read_years
from hubspoke.planning.years.search import search
from hubspoke.planning.years.tables import tabulate_by_year, tabulate_schedule
from hubspoke.planning.years.why import list_shortages

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from hubspoke.base.arrays import Ints
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData
    from hubspoke.planning.request import Request
    from hubspoke.planning.years.cases import Statement
    from hubspoke.planning.years.intervals import Intervals
    from hubspoke.planning.years.owed import Owed
    from hubspoke.planning.years.read import YearTask
    from hubspoke.planning.years.search import Found
    from hubspoke.settings.settings import Settings


def solve_years(
    network: Network,
    request: Request,
    years: Sequence[int],
    closed: Mapping[int, Collection[str]] | None = None,
    opened: Mapping[int, Collection[str]] | None = None,
) -> YearsData:
    """Plan a network over several years: which plants open when, how they grow, and who delivers where in each year.

    Parameters
    ----------
    network : Network
    request : Request
        Its `year` does not count.
    years : sequence of int
        Planned years, ascending; each stands for the years up to the next.
    closed, opened : mapping of int to collection of str, optional
        Further plants that must not be open, and that must, by year.

    Returns
    -------
    YearsData
        With an audited plan of each year; its status says whether the gap was reached.

    Raises
    ------
    UsageError, InputError
        What is asked cannot be planned over several years, or contradicts itself or the settings.
    InfeasibleError
        No plan exists; the message says why.
    NoPlanFoundError
        The time limit came before any plan.
    AuditError
        A plan fails its audit: a fault of the program.
    """
    clock = Clock(request.progress)
    request = name_by_ids(network, request)
    calendar, tasks = read_years(network, request, years, closed, opened)
    tell_or_raise(find_late_values(network.settings.years, calendar.years))
    clock.stop("costs")
    if short := list_shortages(tasks, calendar.years):
        raise InfeasibleError("\n".join(short))
    clock.restart()
    stop = (Stop() if request.stop is None else request.stop).within(request.time_limit)
    found = search(calendar, tasks, request, stop)
    clock.stop("solve")
    alone = [_bound_alone(one, request, found.stated.gap, stop) for one in tasks]
    clock.stop("years alone")
    plans = {
        one.task.year: _plan_of_year(found.stated, one, request, solution, bound)
        for one, solution, bound in zip(tasks, found.answer.cases, alone, strict=True)
    }
    made = _tabulate(found, plans, _settings_of_all(network.settings, request, tasks[0].task.network.settings))
    clock.stop("tables")
    for one in tasks:
        audit_plan(plans[one.task.year], one.task.network, costs=one.costs)
    raise_failures(recount_years(made, {one.task.year: one.task.network for one in tasks}))
    clock.stop("audit")
    return replace(made, run={"seconds": clock.seconds, "engine": request.parameters.to_dict()})


def _settings_of_all(settings: Settings, request: Request, planned: Settings) -> Settings:
    """Return the settings of no year in particular, with the policy asked for, and years and mix as planned."""
    return settings.model_copy(
        update={
            "policy": choose_policy(settings.policy, request.policy, request.objective),
            "horizon": planned.horizon,
            "materials": settings.materials.model_copy(update={"mix": planned.materials.mix}),
        }
    )


def _bound_alone(one: YearTask, request: Request, gap: float, stop: Stop) -> float:
    """Return a bound on the cost of a year, if plants were chosen for it alone, yen per year; none once time is up."""
    if stop.is_due:
        return -np.inf
    return optimize(one.form.problem, gap=max(gap, 1e-4), seed=request.seed, stop=stop).bound


def _plan_of_year(stated: Statement, one: YearTask, request: Request, solution: Solution, bound: float) -> PlanData:
    """Return the plan of one year; its bound is that of the year alone."""
    hub, refinery = (
        _lines(chosen, plants.intervals)
        for chosen, plants in ((solution.hub_size, stated.hubs), (solution.refinery_size, stated.refineries))
    )
    plain = replace(solution, hub_size=hub, refinery_size=refinery)
    value = evaluate(one.form.problem, plain)
    bound = min(bound, value)
    status = Status.OPTIMAL if is_proven(value, bound, stated.gap) else Status.FEASIBLE
    plain = replace(plain, objective=value, bound=bound, status=status)
    tables = tabulate_plan(one.task, one.form, plain, one.lanes, one.costs, parameters=None)
    return make_plan(
        replace(one.task, gap=stated.gap),
        replace(request, year=one.task.year),
        solution=plain,
        tables=tables,
        costs=one.costs,
        more={"years": list(stated.calendar.years)},
    )


def _lines(size: Ints, intervals: Intervals) -> Ints:
    """Return the line of cost of each plant for its interval, -1 where it is closed; others behind have one size."""
    count, number = intervals.line.shape
    at = size % number  # sizes of first years stand behind the others
    own = intervals.line[np.arange(count), at[:count]]
    return np.where(size < 0, -1, np.concatenate([own, np.zeros(len(size) - count, np.int64)]))


def _tabulate(found: Found, plans: Mapping[int, PlanData], settings: Settings) -> YearsData:
    """Return the tables and the true cost of what the engine found; the settings are those of no year in particular."""
    stated = found.stated
    calendar, first = stated.calendar, stated.years[0]
    rules = first.task.rules
    schedule = pd.concat([_schedule_of(stated, found.hubs, "hub"), _schedule_of(stated, found.refineries, "refinery")])
    sales = np.array([one.costs.sales_jpy_per_yr.sum() for one in stated.years])
    sold = float(stated.cases.weights @ sales) if rules.objective == "profit" else 0.0
    sign = -1.0 if rules.objective == "profit" else 1.0
    options = {key: value for key, value in plans[calendar.years[0]].options.items() if key != "split"}
    proven = is_proven(found.least, found.bound, stated.gap)
    switching = switching_by_case(stated.cases, found.answer.cases)
    return YearsData(
        title=settings.title,
        years=calendar.years,
        status=Status.OPTIMAL if proven else Status.FEASIBLE,
        objective=rules.objective,
        objective_value=sold + sign * found.least,
        bound_value=sold + sign * found.bound,
        gap=relative_gap(found.least, found.bound),
        options={**options, "gap": stated.gap, "until": calendar.until},
        plans=plans,
        schedule=schedule.reset_index(drop=True),
        by_year=tabulate_by_year(list(plans.values()), schedule, calendar, switching),
        factors=calendar.tabulate(settings.finance.capital_recovery_per_yr),
        settings=settings,
    )


def _schedule_of(stated: Statement, owed: Owed, kind: str) -> pd.DataFrame:
    """Return the table of what the plants of one kind do."""
    network, settings = stated.years[0].task.network, stated.years[0].task.network.settings
    plants = stated.hubs if kind == "hub" else stated.refineries
    return tabulate_schedule(
        kind,
        network.hubs if kind == "hub" else network.refineries,
        owed,
        plants.steps,
        technologies={**(settings.hub_technologies if kind == "hub" else settings.takers)},
        years=stated.calendar.years,
        per_t=plants.scale / float(settings.sizes.availability),
        recovery=settings.finance.capital_recovery_per_yr,
    )
