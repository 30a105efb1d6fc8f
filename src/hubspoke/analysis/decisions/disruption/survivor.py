"""The cheapest plants that serve every site whichever one of them fails, at whatever cost then, or within a limit.

A closure is a scenario that costs nothing itself, or no more than the limit. Closures are added as they are needed:
those of the plants of the cheapest plan first, then those of plants that were chosen since, until none is missing. Each
plan is the cheapest that survives some closures, so the last one is the cheapest that survives all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.analysis.decisions.robust.state import read_scenario, state_scenarios
from hubspoke.analysis.decisions.robust.tables import tabulate_plants
from hubspoke.base.errors import UsageError
from hubspoke.base.status import Status
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.cases.scenarios.limited import optimize_within

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.analysis.decisions.robust.state import Stated
    from hubspoke.base.stop import Stop
    from hubspoke.engine.cases.solution import CasesSolution
    from hubspoke.inputs.network import Network
    from hubspoke.planning.request import Request
    from hubspoke.settings.rules import Rules

NORMAL = "nothing fails"


@dataclass(frozen=True, eq=False)
class Survivor:
    """Plants that survive the loss of any one of them.

    Attributes
    ----------
    outcome : {"plan", "infeasible", "unknown"}
        `unknown` where time was up before all closures were looked at.
    cost_jpy, bound_jpy : float
        Cost per year while nothing fails, at sizes from a list; no such plants at these sizes cost less.
    least_jpy : float
        Least cost at the same sizes of plants that need not survive; the difference is the price of surviving.
    plants : DataFrame, optional
        As those of a robust plan.
    failing : str
        Of the last closure that was added where there is no plan; empty where the rules alone show that there is none.
    limit_jpy : float
        Most that the network may cost per year while any one plant fails; NaN where that may cost anything.
    worst_jpy : float
        What it costs per year while the plant fails whose loss is dearest; where no plants keep the limit, the least
        that this costs with any plants at all; NaN where there is no limit.
    """

    outcome: str
    cost_jpy: float = np.nan
    bound_jpy: float = np.nan
    least_jpy: float = np.nan
    plants: pd.DataFrame | None = None
    failing: str = ""
    limit_jpy: float = np.nan
    worst_jpy: float = np.nan


def find_survivor(network: Network, request: Request, stop: Stop, most_more: float | None = None) -> Survivor:
    """Find the cheapest plants that serve every site whichever one of them fails.

    Parameters
    ----------
    network : Network
    request : Request
        At least cost.
    stop : Stop
    most_more : float, optional
        Share of the least cost by which the network may cost more while any one plant fails, whose capital is paid all
        the same; it may cost anything when left out.

    Raises
    ------
    UsageError
        A share below 0.
    """
    if most_more is not None and not most_more >= 0:
        raise UsageError(f"--loss-within must be 0 or more, got {most_more}; 0.1 is ten percent")
    tasks, names, least = [read_scenario(network, request)], [NORMAL], np.nan
    if _is_ruled_out(tasks[0].task.rules):
        return Survivor("infeasible")
    while True:
        stated = state_scenarios(tasks, names, [1.0, *[0.0] * (len(tasks) - 1)])
        limit = np.nan if most_more is None else least + most_more * abs(least)
        found = _solve(stated, limit, tasks[0].task.gap, stop)
        answer = found.answer
        unknown = Survivor("unknown", least_jpy=least, limit_jpy=limit, worst_jpy=found.worst_jpy)
        if found.status is Status.INFEASIBLE:
            return replace(unknown, outcome="infeasible", failing=", ".join(names[1:]))
        if answer is None:
            return unknown
        plants = tabulate_plants(stated, answer)
        least = found.cost_jpy if len(tasks) == 1 else least
        missing = sorted(set(plants["id"]) - set(names))
        if not missing:
            return replace(
                unknown,
                outcome="plan",
                cost_jpy=found.cost_jpy,
                bound_jpy=found.bound_jpy,
                least_jpy=least,
                plants=plants,
            )
        if stop.is_due:
            return replace(unknown, least_jpy=least)
        for name in missing:
            closed = replace(
                request,
                closed=sorted({*request.closed, name}),
                opened=sorted(set(request.opened) - {name}),
            )
            tasks.append(read_scenario(network, closed))
            names.append(name)


@dataclass(frozen=True, eq=False)
class _Solved:
    """Plants that survive the closures looked at so far; `answer` without those behind them."""

    status: Status
    cost_jpy: float
    bound_jpy: float
    worst_jpy: float
    answer: CasesSolution | None


def _solve(stated: Stated, limit: float, gap: float, stop: Stop) -> _Solved:
    """Find the cheapest plants that survive the closures stated, each at no more than a limit unless that is NaN."""
    cases = stated.cases
    if np.isnan(limit) or cases.count == 1:
        answer = optimize_cases(cases, gap=gap, stop=stop)
        return _Solved(answer.status, answer.objective, answer.bound, np.nan, answer if answer.has_plan else None)
    found = optimize_within(cases, limit, gap=gap, stop=stop)
    plans = found.answer
    if plans is not None:
        plans = replace(plans, cases=plans.cases[: cases.count])
    worst = found.least_worst if plans is None else found.worst
    return _Solved(found.status, found.objective, found.bound, worst, plans)


def _is_ruled_out(rules: Rules) -> bool:
    """Return whether every region has one hub or refinery alone on which all of its packs depend."""
    one_hub = rules.hubs_per_region[1] == 1
    one_refinery = rules.refineries_per_region[1] == 1 and not rules.black_mass_crosses_borders
    return not rules.packs_cross_borders and (one_hub or one_refinery)
