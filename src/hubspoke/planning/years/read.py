"""Read a plan over several years, year by year: what is asked in each, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hubspoke.base.errors import UsageError
from hubspoke.costs.costs import build_costs
from hubspoke.inputs.add_years import add_years
from hubspoke.lanes.lanes import build_lanes
from hubspoke.planning.formulation.copies import needs_copies
from hubspoke.planning.formulation.formulate import formulate
from hubspoke.planning.request import read_task, refuse_content
from hubspoke.planning.years.calendar import make_calendar
from hubspoke.settings.load import change_settings
from hubspoke.settings.years import DUTIES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from hubspoke.costs.costs import Costs
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.inputs.network import Network
    from hubspoke.lanes.lanes import Lanes
    from hubspoke.planning.formulation.formulate import Formulation
    from hubspoke.planning.request import Request, Task
    from hubspoke.planning.years.calendar import Calendar

FAR = 20
"""Years beyond those of the tables for which the fleet may still stand in."""


@dataclass(frozen=True, eq=False)
class YearTask:
    """One planned year: what is asked, and what it is made of.

    Attributes
    ----------
    task : Task
    lanes : Lanes
    costs : Costs
    form : Formulation
        Of the year alone, with every size that plants could have.
    problem : Problem
        The same with the sizes that plants may have in that year.
    """

    task: Task
    lanes: Lanes
    costs: Costs
    form: Formulation
    problem: Problem


def read_years(
    network: Network,
    request: Request,
    years: Sequence[int],
    closed: Mapping[int, Collection[str]] | None = None,
    opened: Mapping[int, Collection[str]] | None = None,
) -> tuple[Calendar, tuple[YearTask, ...]]:
    """Read a plan over several years, year by year.

    Parameters
    ----------
    network : Network
        Years for which it has no tonnes are filled in, see `add_years`.
    request : Request
        Its `year` does not count.
    years : sequence of int
        Planned years, ascending.
    closed, opened : mapping of int to collection of str, optional
        Further plants that must not be open, and that must, by year.

    Returns
    -------
    calendar : Calendar
    tasks : tuple of YearTask, length T

    Raises
    ------
    UsageError
        Years, names or limits that make no sense, or what cannot be planned over several years.
    InputError
        Settings by year that do not fit.
    """
    calendar = make_calendar(years, network.settings)
    _check_years(network, calendar)
    _refuse(network, request)
    whole = add_years(network, calendar.years)
    shut, forced = closed or {}, opened or {}
    tasks = tuple(
        _read_year(
            whole,
            replace(
                request,
                year=year,
                closed=sorted({*request.closed, *shut.get(year, ())}),
                opened=sorted({*request.opened, *forced.get(year, ())}),
            ),
        )
        for year in calendar.years
    )
    least = {year: network.settings.years.least_share_in(year) for year in calendar.years}
    if any(least.values()) and not any(one.task.rules.may_leave_out for one in tasks):
        raise UsageError(
            "years.least_share: every site is served anyway, so that no share can be the least; let sites be left out "
            "by policy.shortfall_jpy_per_t (what a tonne left costs), plan for most profit, or leave the share out"
        )
    return calendar, tasks


def _check_years(network: Network, calendar: Calendar) -> None:
    """Raise UsageError for years far from those of the tables, and for budgets of years that are not planned."""
    known = network.settings.horizon.years
    for year in calendar.years:
        if not known[0] - FAR <= year <= known[-1] + FAR:
            raise UsageError(
                f"years: {year} is over {FAR} years from those for which sites state tonnes, {known[0]} to {known[-1]}"
            )
    rules = network.settings.years
    for year_named in rules.budget_jpy:
        if int(year_named) not in calendar.years:
            planned = ", ".join(map(str, calendar.years))
            raise UsageError(f"years.budget_jpy: {year_named} is not planned; write one of {planned}")


def _refuse(network: Network, request: Request) -> None:
    """Raise UsageError for what cannot be planned over several years."""
    if request.write_mps is not None:
        raise UsageError("--write-mps writes the model of one year; name it with --year, and leave --years out")
    values = network.settings.years.values
    if request.policy is not None and "policy.name" in values:
        raise UsageError("--policy: years.values states policy.name by year; leave one of the two out")
    _refuse_lower_duties(network)
    if "policy.objective" in values or "policy.sourcing" in values:
        raise UsageError("years.values: policy.objective and policy.sourcing hold for all years alike; state them once")


def _refuse_lower_duties(network: Network) -> None:
    """Raise UsageError where less of a metal is to be recovered in some year than in all of them."""
    always = network.settings.policy.least_recovery_t_per_t
    for metal, asked in always.items():
        by_year = network.settings.years.values.get(f"{DUTIES}.{metal}", {})
        if less := [f"{share:g} in {year}" for year, share in by_year.items() if share < asked]:
            name, told = f"{DUTIES}.{metal}", ", ".join(less)
            raise UsageError(f"years.values: {name} is {told}, and {asked:g} in all years; leave one of the two out")


def _read_year(network: Network, request: Request) -> YearTask:
    """Return one year with its settings, lanes, costs and problem."""
    year = int(request.year or 0)
    if changes := network.settings.years.changes_in(year):
        network = network.with_settings(change_settings(network.settings, changes))
    task = read_task(network, request)
    refuse_content(task.rules)
    if task.rules.counts_ores:
        raise UsageError("policy.co2_counts_ores=true: plans of one year only; name it with --year, or leave it out")
    lanes = build_lanes(task.network, task.year)
    costs = build_costs(task.network, lanes, task.year)
    if needs_copies(task.network, costs, task.rules):
        raise UsageError(
            "most profit over several years: refineries whose technologies recover other shares of the metals can be "
            "planned for one year only; give each refinery one technology of usual recoveries, or plan at least cost"
        )
    form = formulate(task.network, lanes, costs, task.rules, opened=task.opened, closed=task.closed)
    return YearTask(task, lanes, costs, form, form.problem)
