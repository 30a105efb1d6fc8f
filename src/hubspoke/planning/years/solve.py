"""Solve a request over several years: from network to audited plans, step by step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.audit.audit import audit_plan
from hubspoke.base.errors import InfeasibleError, NoPlanFoundError
from hubspoke.base.status import Status, is_proven, relative_gap
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.cases.recount import switching_by_case
from hubspoke.engine.optimize import optimize
from hubspoke.engine.solution.evaluate import evaluate
from hubspoke.plan.years import YearsData
from hubspoke.planning.clock import Clock
from hubspoke.planning.infeasible.explain import explain_infeasible, find_shortages
from hubspoke.planning.make_plan import make_plan, tabulate_plan
from hubspoke.planning.request import name_by_ids
from hubspoke.planning.years.cases import state_years
from hubspoke.planning.years.owed import reckon_owed
from hubspoke.planning.years.tables import tabulate_by_year, tabulate_schedule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubspoke.base.arrays import Ints
    from hubspoke.engine.cases.solution import CasesSolution, PlantPlan
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData
    from hubspoke.planning.request import Request
    from hubspoke.planning.years.cases import Statement, YearTask
    from hubspoke.planning.years.intervals import Intervals
    from hubspoke.planning.years.owed import Owed


def solve_years(network: Network, request: Request, years: Sequence[int]) -> YearsData:
    """Plan a network over several years: which plants open when, how they grow, and who delivers where in each year.

    Parameters
    ----------
    network : Network
    request : Request
        Its `year` does not count.
    years : sequence of int
        Planned years, ascending; each stands for the years up to the next.

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
    stated = state_years(network, name_by_ids(network, request), years)
    clock.stop("costs")
    _refuse_shortages(stated)
    clock.restart()
    answer = optimize_cases(
        stated.cases,
        gap=stated.gap,
        time_limit=request.time_limit,
        solver=request.solver,
        seed=request.seed,
        stop=request.stop,
        parameters=request.parameters,
    )
    clock.stop("solve")
    _refuse_no_plan(stated, request, answer)
    alone = [_bound_alone(one, request, stated.gap) for one in stated.years]
    clock.stop("years alone")
    plans = {
        one.task.year: _plan_of_year(stated, one, request, solution, bound)
        for one, solution, bound in zip(stated.years, answer.cases, alone, strict=True)
    }
    made = _tabulate(stated, answer, plans)
    clock.stop("tables")
    for one in stated.years:
        audit_plan(plans[one.task.year], one.task.network, costs=one.costs)
    clock.stop("audit")
    return replace(made, run={"seconds": clock.seconds, "engine": request.parameters.to_dict()})


def _refuse_shortages(stated: Statement) -> None:
    """Raise InfeasibleError where plain sums show that some year has no plan."""
    told = []
    for one in stated.years:
        domestic = one.form.domestic
        scale = one.costs.refining_scale
        found = find_shortages(one.task.network, domestic, one.task.rules, refining_scale=scale, lanes=one.lanes)
        told += [f"{one.task.year}: {line}" for line in found]
    if told:
        raise InfeasibleError("\n".join(told))


def _refuse_no_plan(stated: Statement, request: Request, answer: CasesSolution) -> None:
    """Raise InfeasibleError or NoPlanFoundError where the engine found no plan."""
    if answer.has_plan:
        return
    if answer.status is not Status.INFEASIBLE:
        if request.time_limit is not None:
            raise NoPlanFoundError("the time limit came before any plan was found; allow more time or a wider gap")
        raise NoPlanFoundError("the search ended without a plan, and without a proof that there is none")
    for one in stated.years:
        year, rules = one.task.year, one.task.rules
        if optimize(one.problem, gap=1.0).status is not Status.INFEASIBLE:
            continue
        if optimize(one.form.problem, gap=1.0).status is Status.INFEASIBLE:
            scale = one.costs.refining_scale
            why = explain_infeasible(one.task.network, one.form.domestic, rules, refining_scale=scale, lanes=one.lanes)
            raise InfeasibleError(f"{year}: {why}")
        raise InfeasibleError(
            f"{year}: there would be a plan if all plants could stand by then; look at years.decided_from with the "
            "lead_time_yr of the technologies, at opens_from, retires and ramp_up of the plants, or plan that year "
            "under another policy by years.values"
        )
    raise InfeasibleError(
        "each year has a plan alone, but not all of them with the same plants; look at years.may_close, "
        "years.sites_keep_hub, years.least_share, and how many plants may be opened"
    )


def _bound_alone(one: YearTask, request: Request, gap: float) -> float:
    """Return a bound on the cost of a year, if plants were chosen for it alone, yen per year."""
    return optimize(one.form.problem, gap=max(gap, 1e-4), seed=request.seed, time_limit=request.time_limit).bound


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


def _tabulate(stated: Statement, answer: CasesSolution, plans: Mapping[int, PlanData]) -> YearsData:
    """Return the tables and the true cost of what the engine found."""
    calendar, first = stated.calendar, stated.years[0]
    settings, rules = first.task.network.settings, first.task.rules
    found = [
        _schedule_of(stated, plan, kind, list(plans.values()))
        for kind, plan in (("hub", answer.hubs), ("refinery", answer.refineries))
        if plan is not None
    ]
    schedule = pd.concat([table for _, table in found], ignore_index=True)
    beyond = np.sum([owed.beyond_jpy.sum(axis=1) for owed, _ in found], axis=0)
    least = answer.objective + float(stated.cases.weights @ beyond)
    sales = np.array([one.costs.sales_jpy_per_yr.sum() for one in stated.years])
    sold = float(stated.cases.weights @ sales) if rules.objective == "profit" else 0.0
    sign = -1.0 if rules.objective == "profit" else 1.0
    options = {key: value for key, value in plans[calendar.years[0]].options.items() if key != "split"}
    return YearsData(
        title=settings.title,
        years=calendar.years,
        status=Status.OPTIMAL if is_proven(least, answer.bound, stated.gap) else Status.FEASIBLE,
        objective=rules.objective,
        objective_value=sold + sign * least,
        bound_value=sold + sign * answer.bound,
        gap=relative_gap(least, answer.bound),
        options={**options, "gap": stated.gap, "until": calendar.until},
        plans=plans,
        schedule=schedule,
        by_year=tabulate_by_year(
            list(plans.values()), schedule, calendar, switching_by_case(stated.cases, answer.cases)
        ),
        factors=calendar.tabulate(settings.finance.capital_recovery_per_yr),
        settings=settings,
    )


def _schedule_of(stated: Statement, plan: PlantPlan, kind: str, plans: Sequence[PlanData]) -> tuple[Owed, pd.DataFrame]:
    """Return what the plants of one kind stand at and owe, and the table of what they do."""
    network, settings = stated.years[0].task.network, stated.years[0].task.network.settings
    plants = stated.hubs if kind == "hub" else stated.refineries
    table = network.hubs if kind == "hub" else network.refineries
    names = list(settings.hub_technologies if kind == "hub" else settings.takers)
    loads = [(one.hubs if kind == "hub" else one.refineries)["load_t"].to_numpy(np.float64) for one in plans]
    owed = reckon_owed(
        plants.steps,
        plan,
        np.stack(loads),
        plants.intervals,
        idle_share=float(settings.years.idle_share),
        closing_jpy=plants.closing_jpy,
    )
    made = tabulate_schedule(
        kind,
        table,
        owed,
        plants.steps,
        names=names,
        years=stated.calendar.years,
        per_t=plants.scale / float(settings.sizes.availability),
        recovery=settings.finance.capital_recovery_per_yr,
    )
    return owed, made
