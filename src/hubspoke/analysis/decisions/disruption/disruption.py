"""Close each plant of a plan in turn: what the network planned anew costs more, and what has no home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.analysis.decisions.alternatives.alternatives import plan_request
from hubspoke.analysis.decisions.disruption.survivor import Survivor, find_survivor
from hubspoke.analysis.decisions.robust.state import read_scenario
from hubspoke.base.status import Status
from hubspoke.base.stop import Stop
from hubspoke.engine.optimize import optimize
from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.problem import FORCED_CLOSED
from hubspoke.inputs.place_names import name_network
from hubspoke.plan.states import is_built

if TYPE_CHECKING:
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings
    from hubspoke.words.place_names import PlaceNames

DEAR = 100.0
"""Price of a tonne that is left, in dearest lanes, at which the least is left."""


@dataclass(frozen=True, eq=False)
class Disruption:
    """What the loss of single plants does; amounts per year.

    Attributes
    ----------
    cost_jpy : float
        Of the plan.
    plants : DataFrame
        One row for each plant that is built, from the worst loss to the least: `kind`, `id`, `region`, `displaced_t`
        (what it takes in by the plan, of packs or black mass, which has no plant until another stands), `outcome`
        (`plan`, `infeasible`, or `unknown` where time was up), `more_jpy` (that the network planned anew costs more),
        `least_jpy` (proven to be the least of that), `opens` (plants that open instead), `no_home_t` (packs that no
        plan without it can take; 0 where there is one).
    survivor : Survivor, optional
        The cheapest plants that serve every site whichever one of them fails.
    settings : Settings
    names : PlaceNames
        Of regions and plants, for what is told.
    loss_within : float, optional
        Share of the least cost by which a loss may raise the cost at most, where that was asked.
    """

    cost_jpy: float
    plants: pd.DataFrame
    survivor: Survivor | None
    settings: Settings
    names: PlaceNames
    loss_within: float | None = None


def find_disruption(
    plan: PlanData,
    network: Network,
    *,
    survive: bool = True,
    loss_within: float | None = None,
    time_limit: float | None = None,
) -> Disruption:
    """Close each plant of a plan in turn, and look for plants that survive any one loss.

    Parameters
    ----------
    plan : PlanData
        At least cost.
    network : Network
        That was planned.
    survive : bool
        Whether to look for the latter, too.
    loss_within : float, optional
        Share of the least cost by which the network may cost more while any one of them is lost; anything when left
        out.
    time_limit : float, optional
        Seconds for everything.

    Raises
    ------
    UsageError
        A plan at another objective, or a share below 0.
    """
    stop = Stop().within(time_limit)
    request = plan_request(plan)
    one = read_scenario(network, request)
    problem, rows = one.form.problem, []
    for kind, table, count in (
        ("hub", plan.hubs, 0),
        ("refinery", plan.refineries[~plan.furnaces], problem.n_hubs),
    ):
        ids = list((one.task.network.hubs if kind == "hub" else one.task.network.refineries)["id"])
        for row in table[is_built(table)].to_dict("records"):
            at = count + ids.index(row["id"])
            names = [*one.task.network.hubs["id"], *([""] * (problem.n_hubs - len(one.task.network.hubs)))]
            names += list(one.task.network.refineries["id"])
            built = {*plan.hubs.loc[is_built(plan.hubs), "id"], *plan.refineries.loc[is_built(plan.refineries), "id"]}
            without = _close(problem, at)
            answer = optimize(without, gap=one.task.gap, stop=stop)
            found = {
                "kind": kind,
                "id": row["id"],
                "region": row["region"],
                "displaced_t": _displaced(plan, kind, str(row["id"])),
                "outcome": _outcome(answer),
                "more_jpy": answer.objective - plan.cost_jpy if answer.has_plan else np.nan,
                "least_jpy": max(answer.bound - plan.cost_jpy, 0.0) if np.isfinite(answer.bound) else np.nan,
                "opens": "",
                "no_home_t": 0.0,
            }
            if answer.has_plan:
                open_now = np.concatenate([answer.hub_size, answer.refinery_size]) >= 0
                opens = [names[i] for i in np.flatnonzero(open_now) if names[i] and names[i] not in built]
                found["opens"] = " ".join(opens)
            elif answer.status is Status.INFEASIBLE:
                found["no_home_t"] = least_left_t(without, stop)
            rows.append(found)
    order = {"infeasible": 0, "unknown": 1, "plan": 2}
    rows.sort(key=lambda found: (order[str(found["outcome"])], -float(str(found["more_jpy"])), str(found["id"])))
    survivor = find_survivor(network, request, stop, loss_within) if survive else None
    planned = one.task.network
    return Disruption(plan.cost_jpy, pd.DataFrame(rows), survivor, planned.settings, name_network(planned), loss_within)


def _displaced(plan: PlanData, kind: str, name: str) -> float:
    """Return what a plant takes in by a plan, t per year: packs at a hub, black mass at a refinery."""
    if kind == "hub":
        return float(plan.hubs.loc[plan.hubs["id"] == name, "load_t"].sum())
    return float(plan.flows.loc[plan.flows["refinery_id"] == name, "mass_t"].sum())


def _outcome(answer: Solution) -> str:
    if answer.has_plan:
        return "plan"
    return "infeasible" if answer.status is Status.INFEASIBLE else "unknown"


def _close(problem: Problem, at: int) -> Problem:
    """Return a problem without a plant, numbered hubs first."""
    hubs, refineries = problem.hub_state.copy(), problem.refinery_state.copy()
    if at < problem.n_hubs:
        hubs[at] = FORCED_CLOSED
    else:
        refineries[at - problem.n_hubs] = FORCED_CLOSED
    return problem.derive(hub_state=hubs, refinery_state=refineries)


def least_left_t(problem: Problem, stop: Stop | None = None) -> float:
    """Return the least tonnes that any plants must leave at their sites, by a price that is dearer than any lane.

    Parameters
    ----------
    problem : Problem
        In which some site cannot be served.
    stop : Stop, optional
    """
    lanes = np.where(np.isfinite(problem.collection_cost), problem.collection_cost, 0.0)
    mass = problem.mass
    per_t = float((lanes / np.maximum(mass, 1e-9)[:, None]).max(initial=1.0))
    dearest = max(per_t, float(np.abs(problem.hubs.variable).max(initial=0.0)), 1.0)
    free = {
        name: Counts(counts.group, np.zeros_like(counts.fewest), counts.most)
        for name, counts in (("hub_counts", problem.hub_counts), ("refinery_counts", problem.refinery_counts))
    }
    relaxed = problem.derive(skip_cost=DEAR * dearest * mass, **free)
    answer = optimize(relaxed, gap=1e-4, stop=stop)
    if not answer.has_plan:
        return float("nan")
    served = np.bincount(answer.site, answer.share, problem.n_sites)
    return float((mass * np.clip(1 - served, 0.0, 1.0)).sum())
