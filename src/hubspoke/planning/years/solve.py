"""Solve a request over several years: from network to audited plans, step by step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.audit.audit import audit_plan
from hubspoke.base.errors import InfeasibleError, NoPlanFoundError
from hubspoke.base.status import Status, is_proven, relative_gap
from hubspoke.base.stop import Stop
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.cases.recount import switching_by_case
from hubspoke.engine.optimize import optimize
from hubspoke.engine.solution.evaluate import evaluate
from hubspoke.plan.years import YearsData
from hubspoke.planning.clock import Clock
from hubspoke.planning.infeasible.explain import explain_infeasible, find_shortages
from hubspoke.planning.make_plan import make_plan, tabulate_plan
from hubspoke.planning.request import name_by_ids
from hubspoke.planning.years.cases import no_marks, read_years, state_years
from hubspoke.planning.years.owed import reckon_owed
from hubspoke.planning.years.tables import tabulate_by_year, tabulate_schedule

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from hubspoke.base.arrays import Ints
    from hubspoke.engine.cases.solution import CasesSolution
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData
    from hubspoke.planning.request import Request
    from hubspoke.planning.years.calendar import Calendar
    from hubspoke.planning.years.cases import Statement, YearTask
    from hubspoke.planning.years.intervals import Intervals
    from hubspoke.planning.years.owed import Owed


def solve_years(
    network: Network, request: Request, years: Sequence[int], closed: Mapping[int, Collection[str]] | None = None
) -> YearsData:
    """Plan a network over several years: which plants open when, how they grow, and who delivers where in each year.

    Parameters
    ----------
    network : Network
    request : Request
        Its `year` does not count.
    years : sequence of int
        Planned years, ascending; each stands for the years up to the next.
    closed : mapping of int to collection of str, optional
        Further plants that must not be open, by year.

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
    calendar, tasks = read_years(network, request, years, closed)
    clock.stop("costs")
    _refuse_shortages(tasks)
    clock.restart()
    found = _search(calendar, tasks, request)
    clock.stop("solve")
    alone = [_bound_alone(one, request, found.stated.gap) for one in tasks]
    clock.stop("years alone")
    plans = {
        one.task.year: _plan_of_year(found.stated, one, request, solution, bound)
        for one, solution, bound in zip(tasks, found.answer.cases, alone, strict=True)
    }
    made = _tabulate(found, plans)
    clock.stop("tables")
    for one in tasks:
        audit_plan(plans[one.task.year], one.task.network, costs=one.costs)
    clock.stop("audit")
    return replace(made, run={"seconds": clock.seconds, "engine": request.parameters.to_dict()})


@dataclass(frozen=True, eq=False)
class _Found:
    """The best plan of a search.

    Attributes
    ----------
    stated : Statement
        That it was found for.
    answer : CasesSolution
    hubs, refineries : Owed
    least : float
        Its true objective.
    bound : float
        No plan has less.
    """

    stated: Statement
    answer: CasesSolution
    hubs: Owed
    refineries: Owed
    least: float
    bound: float


ROUNDS = 8
"""Most statements with finer intervals that are tried."""
PARTS = 4
"""Intervals that one is divided into where too little was charged."""
BEYOND_JPY = 1.0
"""Yen per year that count as charged."""


def _search(calendar: Calendar, tasks: Sequence[YearTask], request: Request) -> _Found:
    """Return the best plan, stating the sizes of plants more finely where the engine has charged too little.

    Where a plant takes in less than it was built for, the engine charges the lower end of its interval of size. So an
    interval is made to begin at that very size, and everything is planned anew, until cost and bound meet.
    """
    stop = (Stop() if request.stop is None else request.stop).within(request.time_limit)
    marks, best, bound = no_marks(tasks), None, -np.inf
    for at in range(ROUNDS):
        stated = state_years(calendar, tasks, request.gap, marks)
        answer = optimize_cases(
            stated.cases,
            gap=stated.gap,
            solver=request.solver,
            seed=request.seed,
            stop=stop,
            parameters=request.parameters,
        )
        bound = max(bound, answer.bound)
        if not answer.has_plan:
            if best is None:
                _refuse_no_plan(stated, request, answer)
            break
        hubs, refineries = _owed(stated, answer, "hub"), _owed(stated, answer, "refinery")
        beyond = hubs.beyond_jpy.sum(axis=1) + refineries.beyond_jpy.sum(axis=1)
        least = answer.objective + float(stated.cases.weights @ beyond)
        if best is None or least < best.least:
            best = _Found(stated, answer, hubs, refineries, least, bound)
        if is_proven(best.least, bound, stated.gap) or stop.is_due or at == ROUNDS - 1:
            break
        marks = marks.add(
            _sizes_between(hubs, stated.hubs.intervals), _sizes_between(refineries, stated.refineries.intervals)
        )
    if best is None:
        raise NoPlanFoundError("the search ended without a plan")  # _refuse_no_plan has raised before
    return replace(best, bound=bound)


def _sizes_between(owed: Owed, intervals: Intervals) -> list[set[float]]:
    """Return sizes at which intervals shall begin: where too little was charged of one plant, for all of its kind.

    They divide what lies between the end of the interval that was charged and the size that is owed, and are the same
    for all plants, since the next plan would else do the same at another.
    """
    sizes: set[float] = set()
    for at, plant in zip(*np.nonzero(owed.beyond_jpy > BEYOND_JPY), strict=True):
        built, low = float(owed.built_t[at, plant]), float(intervals.low[plant, owed.size[at, plant]])
        if low > 0:
            sizes |= {low * (built / low) ** (part / PARTS) for part in range(1, PARTS + 1)}
        else:
            sizes |= {built * part / PARTS for part in range(1, PARTS + 1)}
    return [sizes] * owed.size.shape[1]


def _refuse_shortages(tasks: Sequence[YearTask]) -> None:
    """Raise InfeasibleError where plain sums show that some year has no plan."""
    told = []
    for one in tasks:
        rules, scale = one.task.rules, one.costs.refining_scale
        found = find_shortages(one.task.network, one.form.domestic, rules, refining_scale=scale, lanes=one.lanes)
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
            f"{year}: there would be a plan if all plants could run by then{_tell_room(one)}; look at "
            "years.decided_from with the lead_time_yr of the technologies, at opens_from, retires and ramp_up of the "
            "plants, or plan that year under another policy by years.values"
        )
    raise InfeasibleError(
        "each year has a plan alone, but not all of them with the same plants; look at years.may_close, "
        "years.sites_keep_hub, years.least_share, and how many plants may be opened"
    )


def _tell_room(one: YearTask) -> str:
    """Return how much the plants that may run in a year can take, where that is less than there is."""
    problem = one.problem
    made = float((problem.supply @ problem.yields[:1].sum(axis=2).reshape(-1)).sum()) if problem.n_hubs else 0.0
    told = []
    for steps, state, tonnes, what in (
        (problem.hubs, problem.hub_state, float(problem.mass.sum()), "hubs"),
        (problem.refineries, problem.refinery_state, made, "refineries"),
    ):
        usable = np.where(steps.exists & (state >= 0)[:, None], steps.capacity, 0.0)
        room = float(usable.max(axis=1, initial=0.0).sum())
        if room < tonnes:
            told.append(f"{what} take {room:,.0f} of {tonnes:,.0f} t")
    return f" ({'; '.join(told)})" if told else ""


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


def _tabulate(found: _Found, plans: Mapping[int, PlanData]) -> YearsData:
    """Return the tables and the true cost of what the engine found."""
    stated = found.stated
    calendar, first = stated.calendar, stated.years[0]
    settings, rules = first.task.network.settings, first.task.rules
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


def _owed(stated: Statement, answer: CasesSolution, kind: str) -> Owed:
    """Return what the plants of one kind stand at and owe."""
    plan, plants = (answer.hubs, stated.hubs) if kind == "hub" else (answer.refineries, stated.refineries)
    if plan is None:
        raise ValueError("an answer without paths of plants is no plan")
    count = len(plants.intervals.line)
    if kind == "hub":
        load = [
            np.bincount(one.hub, stated.cases.problems[at].supply[one.site].sum(axis=1) * one.share, count)[:count]
            for at, one in enumerate(answer.cases)
        ]
    else:
        load = [one.flow.sum(axis=(0, 2))[:count] for one in answer.cases]
    share = float(stated.years[0].task.network.settings.years.idle_share)
    return reckon_owed(
        plants.steps, plan, np.stack(load), plants.intervals, idle_share=share, closing_jpy=plants.closing_jpy
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
        names=list(settings.hub_technologies if kind == "hub" else settings.takers),
        years=stated.calendar.years,
        per_t=plants.scale / float(settings.sizes.availability),
        recovery=settings.finance.capital_recovery_per_yr,
    )
