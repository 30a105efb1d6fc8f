"""The cheapest plants that serve every site whichever one of them fails: a closure is a scenario that costs nothing.

Closures are added as they are needed: those of the plants of the cheapest plan first, then those of plants that were
chosen since, until none is missing. Each plan is the cheapest that survives some closures, so the last one is the
cheapest that survives all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.analysis.decisions.robust.state import read_scenario, state_scenarios
from hubspoke.analysis.decisions.robust.tables import tabulate_plants
from hubspoke.base.status import Status
from hubspoke.engine.cases.optimize_cases import optimize_cases

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.base.stop import Stop
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
    """

    outcome: str
    cost_jpy: float = np.nan
    bound_jpy: float = np.nan
    least_jpy: float = np.nan
    plants: pd.DataFrame | None = None
    failing: str = ""


def find_survivor(network: Network, request: Request, stop: Stop) -> Survivor:
    """Find the cheapest plants that serve every site whichever one of them fails.

    Parameters
    ----------
    network : Network
    request : Request
        At least cost.
    stop : Stop
    """
    tasks, names, least = [read_scenario(network, request)], [NORMAL], np.nan
    if _is_ruled_out(tasks[0].task.rules):
        return Survivor("infeasible")
    while True:
        weights = [1.0, *[0.0] * (len(tasks) - 1)]
        stated = state_scenarios(tasks, names, weights)
        answer = optimize_cases(stated.cases, gap=tasks[0].task.gap, stop=stop)
        if answer.status is Status.INFEASIBLE:
            return Survivor("infeasible", least_jpy=least, failing=", ".join(names[1:]))
        if not answer.has_plan:
            return Survivor("unknown", least_jpy=least)
        plants = tabulate_plants(stated, answer)
        least = answer.objective if len(tasks) == 1 else least
        missing = sorted(set(plants["id"]) - set(names))
        if not missing:
            return Survivor("plan", answer.objective, answer.bound, least, plants)
        if stop.is_due:
            return Survivor("unknown", least_jpy=least)
        for name in missing:
            closed = replace(
                request,
                closed=sorted({*request.closed, name}),
                opened=sorted(set(request.opened) - {name}),
            )
            tasks.append(read_scenario(network, closed))
            names.append(name)


def _is_ruled_out(rules: Rules) -> bool:
    """Return whether every region has one hub or refinery alone on which all of its packs depend."""
    one_hub = rules.hubs_per_region[1] == 1
    one_refinery = rules.refineries_per_region[1] == 1 and not rules.black_mass_crosses_borders
    return not rules.packs_cross_borders and (one_hub or one_refinery)
