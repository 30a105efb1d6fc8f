"""Search for the cheapest plan over several years, with sizes as fine as the proof asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import InfeasibleError, NoPlanFoundError
from hubspoke.base.status import Status, is_proven
from hubspoke.engine.cases.known import Known
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.optimize import optimize
from hubspoke.planning.years.cases import first_marks, state_years
from hubspoke.planning.years.dips import DIP, find_dip
from hubspoke.planning.years.owed import reckon_owed
from hubspoke.planning.years.why import explain_alone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.stop import Stop
    from hubspoke.engine.cases.solution import CasesSolution
    from hubspoke.planning.request import Request
    from hubspoke.planning.years.calendar import Calendar
    from hubspoke.planning.years.cases import Marks, Statement
    from hubspoke.planning.years.intervals import Intervals
    from hubspoke.planning.years.owed import Owed
    from hubspoke.planning.years.read import YearTask


@dataclass(frozen=True, eq=False)
class Found:
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
SHARE = 0.75
"""Share of the time left that a statement gets: a finer one gains more than the last bit of a coarse one."""
PARTS = 4
"""Intervals that one is divided into where too little was charged."""
LITTLE = 10
"""Part of the gap asked for that one plant may leave uncharged at first: a size more is one for all plants."""
LESS = (1.0, 0.25, 0.05, 0.0)
"""Parts of it from which plants count, one after the other until some does."""
BEYOND_JPY = 1.0
"""Yen per year that count as charged."""


def search(calendar: Calendar, tasks: Sequence[YearTask], request: Request, stop: Stop) -> Found:
    """Return the best plan, stating the sizes of plants more finely where the engine has charged too little.

    Where a plant takes in less than it was built for, the engine charges the lower end of its interval of size. So an
    interval is made to begin at that very size, and everything is planned anew, until cost and bound meet. Prices that
    made cuts before make them again, and what costs as much as the best plan so far is left out at once.
    """
    marks, best, bound, known = first_marks(tasks), None, -np.inf, Known()
    for at in range(ROUNDS):
        stated = state_years(calendar, tasks, request.gap, marks)
        last = at == ROUNDS - 1 or np.isinf(stop.seconds_left)
        answer = _answer(stated, request, stop if last else stop.within(SHARE * stop.seconds_left), known)
        if best is None and not answer.has_plan and answer.status is not Status.INFEASIBLE and not stop.is_due:
            answer = _answer(stated, request, stop, Known(prices=answer.prices))
        bound = max(bound, answer.bound)
        if not answer.has_plan and best is None:
            _refuse_no_plan(stated, request, answer)
            break
        found = _reckon(stated, answer, bound) if answer.has_plan else best
        best = found if best is None or (found is not None and found.least < best.least) else best
        if best is None or is_proven(best.least, bound, stated.gap) or stop.is_due:
            break
        known = Known(best.least, answer.prices)
        if found is not None and answer.has_plan:
            marks = _finer(marks, found, best.least)
        elif last:  # nothing better is left, and nothing tells what to state more finely
            break
    if best is None:
        raise NoPlanFoundError("the search ended without a plan")  # _refuse_no_plan has raised before
    return replace(best, bound=bound)


def _reckon(stated: Statement, answer: CasesSolution, bound: float) -> Found:
    """Return a plan with what it truly costs."""
    hubs, refineries = _owed(stated, answer, "hub"), _owed(stated, answer, "refinery")
    beyond = hubs.beyond_jpy.sum(axis=1) + refineries.beyond_jpy.sum(axis=1)
    least = answer.objective + float(stated.cases.weights @ beyond)
    return Found(stated, answer, hubs, refineries, least, bound)


def _finer(marks: Marks, found: Found, least: float) -> Marks:
    """Return what states more finely where a plan was charged too little."""
    stated = found.stated
    dips = find_dip([float(one.costs.mass_t.sum()) for one in stated.years], stated.cases.weights).exists
    little = stated.gap / LITTLE * abs(least) / float(stated.cases.weights.sum())
    finer = marks
    for part in LESS:
        beyond_jpy = max(part * little, BEYOND_JPY)
        if finer == marks:
            finer = marks.add(
                _sizes_between(
                    found.hubs, stated.hubs.intervals, beyond_jpy, DIP if dips and not marks.hubs_dip else None
                ),
                _sizes_between(
                    found.refineries,
                    stated.refineries.intervals,
                    beyond_jpy,
                    DIP if dips and not marks.refineries_dip else None,
                ),
                hubs_dip=dips and bool((found.hubs.beyond_jpy[DIP] > beyond_jpy).any()),
                refineries_dip=dips and bool((found.refineries.beyond_jpy[DIP] > beyond_jpy).any()),
            )
    return finer


def _answer(stated: Statement, request: Request, stop: Stop, known: Known) -> CasesSolution:
    return optimize_cases(
        stated.cases,
        gap=stated.gap,
        solver=request.solver,
        seed=request.seed,
        stop=stop,
        parameters=request.parameters,
        known=replace(known, judge=lambda answer: _reckon(stated, answer, -np.inf).least),
    )


def _sizes_between(owed: Owed, intervals: Intervals, beyond_jpy: float, untold: int | None) -> set[float]:
    """Return sizes at which intervals shall begin: where too little was charged of one plant, for all of its kind.

    They divide what lies between the end of the interval that was charged and the size that is owed, and are the same
    for all plants, since the next plan would else do the same at another.
    """
    sizes: set[float] = set()
    for at, plant in zip(*np.nonzero(owed.beyond_jpy > beyond_jpy), strict=True):
        if at == untold:  # it will be charged in another way
            continue
        built, low = float(owed.built_t[at, plant]), float(intervals.low[plant, owed.size[at, plant]])
        if low > 0:
            sizes |= {low * (built / low) ** (part / PARTS) for part in range(1, PARTS + 1)}
        else:
            sizes |= {built * part / PARTS for part in range(1, PARTS + 1)}
    return sizes


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
        plants.steps,
        plan,
        np.stack(load),
        plants.intervals,
        plants.growth,
        plants.dip,
        least_paid=(stated.cases.hub_take_or_pay if kind == "hub" else stated.cases.take_or_pay) is not None,
        idle_share=share,
        closing_jpy=plants.closing_jpy,
    )


def _refuse_no_plan(stated: Statement, request: Request, answer: CasesSolution) -> None:
    """Raise InfeasibleError or NoPlanFoundError where the engine found no plan."""
    if answer.has_plan:
        return
    if answer.status is not Status.INFEASIBLE:
        if request.time_limit is not None:
            raise NoPlanFoundError("the time limit came before any plan was found; allow more time or a wider gap")
        raise NoPlanFoundError("the search ended without a plan, and without a proof that there is none")
    for one in stated.years:
        year = one.task.year
        if optimize(one.problem, gap=1.0).status is not Status.INFEASIBLE:
            continue
        if optimize(one.form.problem, gap=1.0).status is Status.INFEASIBLE:
            raise InfeasibleError(f"{year}: {explain_alone(one)}")
        raise InfeasibleError(
            f"{year}: there would be a plan if all plants could run by then{_tell_room(one)}; look at "
            "years.decided_from with the lead_time_yr of the technologies, at opens_from, retires and ramp_up of the "
            "plants, or plan that year under another policy by years.values"
        )
    raise InfeasibleError(
        "each year has a plan alone, but not all of them with the same plants; look at years.may_close, "
        "years.sites_keep_hub, years.least_share, budgets, and how many plants may be opened"
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
