"""What it costs over the horizon to act otherwise: each year for itself, all of the last year at once, or to wait."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from hubspoke.base.errors import InfeasibleError, UsageError
from hubspoke.inputs.add_years import add_years
from hubspoke.plan.states import is_built
from hubspoke.planning.design import fix_design
from hubspoke.planning.solve import solve_request
from hubspoke.planning.years.calendar import make_calendar
from hubspoke.planning.years.solve import solve_years
from hubspoke.settings.load import change_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData
    from hubspoke.plan.years import YearsData
    from hubspoke.planning.request import Request
    from hubspoke.planning.years.calendar import Calendar

TOGETHER, ALONE, AT_ONCE, WAIT = "together", "each year alone", "last year at once", "wait until {}"
ACROSS = "across borders till then"


def compare_strategies(network: Network, request: Request, years: Sequence[int]) -> pd.DataFrame:
    """Plan several years together, and price what else might be done over the same horizon.

    * `together`: the plan for all years.
    * `each year alone`: in every year the plants that are best for it alone; what was built for one and is not used in
      the next is still owed.
    * `last year at once`: the plants of the last year stand at their full size from the first.
    * `wait until Y`, for every year but the first: nothing new opens or grows before it; what stands must do, across
      the borders of regions where it cannot do within them.

    Parameters
    ----------
    network : Network
    request : Request
        At least cost.
    years : sequence of int
        Two planned years or more, ascending.

    Returns
    -------
    DataFrame
        One row for each strategy: `strategy`, `present_jpy` (present value of all cost, NaN where there is no plan),
        `bound_jpy`, `more_jpy` and `more_share` than the plan for all years, `hubs` and `refineries` (how many are used
        in some year), and `why_not` (why there is no plan).

    Raises
    ------
    UsageError
        One year alone, or another objective than least cost.
    InfeasibleError
        There is no plan for all years.
    """
    calendar = make_calendar(years, network.settings)
    if len(calendar.years) == 1:
        raise UsageError(f"years {calendar.years[0]}: give two years or more, so that one can act early or late")
    if (request.objective or network.settings.policy.objective) != "cost":
        raise UsageError("what acting otherwise costs is told at least cost only; leave the objective out")
    best = solve_years(network, request, years)
    rows = [_row(TOGETHER, best)]
    whole = add_years(network, calendar.years)
    alone = {year: solve_request(whole, replace(request, year=year)) for year in calendar.years}
    used = {year: _built(plan) for year, plan in alone.items()}
    planned = alone[calendar.years[0]]  # the plants of the regions that are planned
    every = {*planned.hubs["id"], *planned.refineries.loc[~planned.furnaces, "id"]}
    closed = {year: every - used[year] for year in calendar.years}
    try:
        rows.append(_row(ALONE, solve_years(network, request, years, closed)))
    except InfeasibleError as error:
        rows.append(_no_plan(ALONE, error))
    try:
        rows.append(_at_once(whole, request, calendar, alone[calendar.years[-1]]))
    except InfeasibleError as error:
        rows.append(_no_plan(AT_ONCE, error))
    rows += [_wait(network, request, calendar.years, year) for year in calendar.years[1:]]
    table = pd.DataFrame(rows)
    more = table["present_jpy"] - best.objective_value
    return table.assign(more_jpy=more, more_share=more / best.objective_value)[
        ["strategy", "present_jpy", "bound_jpy", "more_jpy", "more_share", "hubs", "refineries", "why_not"]
    ]


def _built(plan: PlanData) -> set[str]:
    tables = (plan.hubs, plan.refineries)
    return {name for plants in tables for name in plants.loc[is_built(plants), "id"]}


def _row(name: str, plan: YearsData) -> dict[str, object]:
    used = plan.schedule[plan.schedule["stage"] == "open"]
    count = {kind: int(used.loc[used["kind"] == kind, "id"].nunique()) for kind in ("hub", "refinery")}
    return {
        "strategy": name,
        "present_jpy": plan.objective_value,
        "bound_jpy": plan.bound_value,
        "hubs": count["hub"],
        "refineries": count["refinery"],
        "why_not": "",
    }


def _no_plan(name: str, error: InfeasibleError) -> dict[str, object]:
    """Return the row of a strategy that has no plan."""
    nothing = {"present_jpy": float("nan"), "bound_jpy": float("nan"), "hubs": 0, "refineries": 0}
    return {"strategy": name, **nothing, "why_not": str(error).split("\n")[0]}


def _wait(network: Network, request: Request, years: Sequence[int], until: int) -> dict[str, object]:
    """Return the row of a strategy in which nothing new runs before a year.

    Where what stands cannot serve every region by its own plants, borders are open till then.
    """
    sections = ("hub_technologies", "refinery_technologies")
    leads = [f"{section}.{name}.lead_time_yr" for section in sections for name in getattr(network.settings, section)]
    later: dict[str, object] = {**dict.fromkeys(leads, 0.0), "years.decided_from": until}
    waiting = network.with_settings(change_settings(network.settings, later))
    name = WAIT.format(until)
    try:
        return _row(name, solve_years(waiting, request, years))
    except InfeasibleError as error:
        policy = request.policy or network.settings.policy.name
        if policy == "open" or "policy.name" in network.settings.years.values:  # noqa: PD011 - settings
            return _no_plan(name, error)
    held = {**network.settings.years.values, "policy.name": {str(years[0]): "open", str(until): policy}}  # noqa: PD011
    across = network.with_settings(change_settings(network.settings, {**later, "years.values": held}))
    try:
        return _row(f"{name}, {ACROSS}", solve_years(across, replace(request, policy=None), years))
    except InfeasibleError as error:
        return _no_plan(f"{name}, {ACROSS}", error)


def _at_once(network: Network, request: Request, calendar: Calendar, last: PlanData) -> dict[str, object]:
    """Return the row of a strategy in which the plants of the last year stand from the first."""
    present = bound = 0.0
    for year, weight in zip(calendar.years, calendar.weights, strict=True):
        plan = solve_request(*fix_design(network, replace(request, year=year), last))
        present += float(weight) * plan.cost_jpy
        bound += float(weight) * plan.bound_value
    built = {"hubs": int(is_built(last.hubs).sum()), "refineries": int(is_built(last.refineries).sum())}
    return {"strategy": AT_ONCE, "present_jpy": present, "bound_jpy": bound, **built, "why_not": ""}
