"""Which other plants would do nearly as well as those of a plan: how many sets, the most different, who is in all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.analysis.decisions.robust.state import read_scenario
from hubspoke.base.errors import NoPlanFoundError, UsageError
from hubspoke.base.stop import Stop
from hubspoke.engine.near_optimal.find import find_near_optimal, most_different
from hubspoke.inputs.place_names import name_network
from hubspoke.planning.request import Request

if TYPE_CHECKING:
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings
    from hubspoke.words.place_names import PlaceNames

DIFFERENT = 3
"""Number of most different sets that are told."""
FINE = 20
"""Parts of the limit to which sets are solved."""


@dataclass(frozen=True, eq=False)
class AlternativesFound:
    """Sets of plants that cost little more than the best one.

    Attributes
    ----------
    within : float
        Share of the least cost.
    best_jpy : float
        Least cost that was found, yen per year.
    number : int
        How many sets there are at least.
    is_complete : bool
        Whether there are no others.
    sets : DataFrame
        One row for each of the cheapest sets that were found, from cheap to dear: `cost_jpy`, `more_jpy`, `plants` (how
        many), `opens` and `closes` (beside the cheapest, ids with spaces between), `differs` (in how many plants),
        `most_different`.
    plants : DataFrame
        One row for each plant that may be open: `kind`, `id`, `region`, `in_cheapest`, `share` of the sets listed that
        have it, `proven` (`all` where every set within the limit has it, `none` where none has; else empty).
    settings : Settings
    names : PlaceNames
        Of regions and plants, for what is told.
    """

    within: float
    best_jpy: float
    number: int
    is_complete: bool
    sets: pd.DataFrame
    plants: pd.DataFrame
    settings: Settings
    names: PlaceNames


def plan_request(plan: PlanData, gap: float | None = None) -> Request:
    """Return the request that a plan at least cost answers.

    Parameters
    ----------
    plan : PlanData
    gap : float, optional
        Another gap.

    Raises
    ------
    UsageError
        It was planned for something else than least cost.
    """
    if plan.objective != "cost":
        raise UsageError(f"the plan was made for least {plan.objective}; this is told of plans at least cost")
    options = plan.options
    return Request(
        policy=plan.settings.policy.name,
        objective="cost",
        year=plan.year,
        regions=tuple(options.get("regions", ())),
        opened=tuple(options.get("open", ())),
        closed=tuple(options.get("close", ())),
        gap=float(options["gap"]) if gap is None else gap,
    )


def find_alternatives_of(
    plan: PlanData, network: Network, *, within: float = 0.01, most: int = 100, time_limit: float | None = None
) -> AlternativesFound:
    """Find other sets of plants that cost little more than the best one.

    Parameters
    ----------
    plan : PlanData
    network : Network
        That was planned.
    within : float
        Share of the least cost, above 0.
    most : int
        Sets that are listed at most, and counted of regions that share nothing.
    time_limit : float, optional
        Seconds.

    Raises
    ------
    UsageError
        Limits that make no sense, or a plan at another objective.
    NoPlanFoundError
        The time limit came before any set.
    """
    if not 0 < within < 1:
        raise UsageError(f"--within must lie between 0 and 1, got {within}; 0.01 is one percent")
    if most < 1:
        raise UsageError(f"--most must be 1 or more, got {most}")
    one = read_scenario(network, plan_request(plan))
    stop = Stop().within(time_limit)
    gap = min(one.task.gap, within / FINE)
    found = find_near_optimal(one.form.problem, within=within, most=most, gap=gap, stop=stop)
    if found is None:
        raise NoPlanFoundError("the time limit came before any set of plants; allow more time")
    tables = [("hub", one.task.network.hubs), ("refinery", one.task.network.refineries)]
    # hubs that stand for ports, behind those of the table, are no choice
    count = one.form.problem.n_hubs
    at = np.r_[np.arange(len(tables[0][1])), count + np.arange(len(tables[1][1]))]
    names = np.concatenate([table["id"].to_numpy(str) for _, table in tables])
    chosen, best = found.chosen[:, at], found.chosen[0][at]
    different = most_different(found, DIFFERENT)
    rows = []
    for i, (row, cost) in enumerate(zip(chosen, found.cost, strict=True)):
        rows.append(
            {
                "cost_jpy": float(cost),
                "more_jpy": float(cost) - found.best,
                "plants": int(row.sum()),
                "opens": " ".join(names[row & ~best]),
                "closes": " ".join(names[~row & best]),
                "differs": int((row != best).sum()),
                "most_different": i in different,
            }
        )
    states = np.concatenate([one.form.problem.hub_state, one.form.problem.refinery_state])
    usable = chosen.any(axis=0) | (states[at] >= 0)
    plants = pd.DataFrame(
        {
            "kind": np.repeat([kind for kind, _ in tables], [len(table) for _, table in tables]),
            "id": names,
            "region": np.concatenate([table["region"].to_numpy(str) for _, table in tables]),
            "in_cheapest": best,
            "share": chosen.mean(axis=0),
            "proven": np.where(found.in_all[at], "all", np.where(found.in_none[at], "none", "")),
        }
    )[usable]
    return AlternativesFound(
        within=within,
        best_jpy=found.best,
        number=found.number,
        is_complete=found.is_complete,
        sets=pd.DataFrame(rows),
        plants=plants.reset_index(drop=True),
        settings=one.task.network.settings,
        names=name_network(one.task.network),
    )
