"""State a network as a problem with two measures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import UsageError
from hubspoke.costs.costs import build_costs
from hubspoke.engine.fronts.limits import LongestLane, NumberOfHubs
from hubspoke.engine.fronts.pair import Pair
from hubspoke.engine.problem.steps import Steps
from hubspoke.planning.formulation.copies import needs_copies
from hubspoke.planning.formulation.formulate import formulate
from hubspoke.planning.request import name_by_ids, read_task, refuse_content
from hubspoke.planning.years.read import YearTask

if TYPE_CHECKING:
    from hubspoke.analysis.decisions.fronts.measures import Measure
    from hubspoke.base.arrays import Floats
    from hubspoke.engine.fronts import limits
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.inputs.network import Network
    from hubspoke.planning.request import Request


@dataclass(frozen=True, eq=False)
class Stated:
    """A network as a problem with two measures.

    Attributes
    ----------
    year : YearTask
        What is planned, and what it is made of.
    pair : Pair or None
        Where the other measure is a sum over lanes and tonnes.
    listed : measure of the engine, or None
        Where it takes few values.
    """

    year: YearTask
    pair: Pair | None
    listed: limits.Measure | None


def state_front(network: Network, request: Request, measure: Measure) -> Stated:
    """State a network at least cost, and by another measure.

    Parameters
    ----------
    network : Network
    request : Request
    measure : Measure

    Raises
    ------
    UsageError, InputError
        What is asked makes no sense, or is not planned by one model.
    """
    task = read_task(network, name_by_ids(network, request))
    refuse_content(task.rules)
    if not task.rules.at_least_cost:
        raise UsageError(
            "a front holds least cost, with every site served, against another measure; leave --objective, "
            "policy.objective and policy.shortfall_jpy_per_t out"
        )
    if len(task.network.overseas):
        raise UsageError("a front is told of the packs at home; set sources.overseas=false")
    lanes = request.lanes(task.network, task.year)
    costs = build_costs(task.network, lanes, task.year)
    least_co2 = replace(task.rules, objective="co2", counts_ores=task.policy.co2_counts_ores)
    rules = (task.rules, least_co2) if measure.name == "co2" else (task.rules,)
    if any(needs_copies(task.network, costs, one) for one in rules):
        raise UsageError("refineries that recover other shares of the metals are planned by several models, no front")
    forms = [formulate(task.network, lanes, costs, one, opened=task.opened, closed=task.closed) for one in rules]
    problem = forms[0].problem
    year = YearTask(task, lanes, costs, forms[0], problem)
    if measure.name == "longest-haul":
        return Stated(year, None, LongestLane(problem, lanes.distance_km.astype(np.float64)))
    if measure.name == "hubs":
        return Stated(year, None, NumberOfHubs(problem))
    if measure.name == "co2":
        return Stated(year, Pair(problem, forms[1].problem), None)
    return Stated(year, Pair(problem, _state_away(year)), None)


def _state_away(year: YearTask) -> Problem:
    """Return the problem in which a tonne of black mass costs 1 that is not refined in the region of its hub."""
    problem, network = year.problem, year.task.network
    at = network.hubs["region"].to_numpy(object)[:, None] == network.refineries["region"].to_numpy(object)[None, :]
    away = np.where(at & ~network.furnaces, 0.0, 1.0)[:, :, None]

    def free(steps: Steps) -> Steps:
        none: Floats = np.where(steps.exists, 0.0, np.inf)
        return Steps(steps.capacity, none, np.zeros_like(steps.variable))

    return problem.derive(
        collection_cost=np.where(np.isfinite(problem.collection_cost), 0.0, np.inf),
        transfer_cost=np.where(np.isfinite(problem.transfer_cost), away, np.inf),
        hubs=free(problem.hubs),
        refineries=free(problem.refineries),
        shared_saving=np.zeros_like(problem.shared_saving),
    )
