"""The tables of a robust plan: what the engine found, with names and yen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.analysis.decisions.robust.result import Information, RobustPlan
from hubspoke.engine.cases.scenarios.information import built_size, case_costs, worth_of_knowing, worth_of_planning
from hubspoke.inputs.place_names import name_network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.analysis.decisions.robust.scenarios import Possible
    from hubspoke.analysis.decisions.robust.state import Stated
    from hubspoke.base.arrays import Floats
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.scenarios.information import MeanPlan
    from hubspoke.engine.cases.solution import CasesSolution


def name_plan(  # noqa: PLR0917 - what was solved
    possible: Sequence[Possible],
    stated: Stated,
    cases: Cases,
    answer: CasesSolution,
    alone: Sequence[CasesSolution],
    mean: MeanPlan | None,
    *,
    measure: str,
    alpha: float,
) -> RobustPlan:
    """Return the plan with names.

    Parameters
    ----------
    possible : sequence of Possible
    stated : Stated
    cases : Cases
        With the measure that was made least.
    answer : CasesSolution
        With a plan.
    alone : sequence of CasesSolution
        Each scenario alone.
    mean : MeanPlan or None
    measure : str
    alpha : float
    """
    costs = case_costs(cases, answer)
    # where time was short a scenario alone may have a dearer plan than these plants give it
    alone = [
        one if one.objective <= cost else replace(one, objective=float(cost))
        for one, cost in zip(alone, costs, strict=True)
    ]
    task = stated.tasks[0].task
    probability = cases.weights / cases.weights.sum()
    return RobustPlan(
        measure=measure,
        alpha=alpha,
        year=task.year,
        policy=task.rules.name,
        status=answer.status,
        value_jpy=answer.objective,
        bound_jpy=answer.bound,
        gap=answer.gap,
        expected_jpy=float(probability @ costs),
        worst_jpy=float(costs.max()),
        scenarios=_tabulate_scenarios(possible, stated, answer, costs, alone),
        plants=tabulate_plants(stated, answer),
        information=_inform([one.name for one in possible], cases, answer, alone, mean),
        settings=task.network.settings,
        names=name_network(task.network),
    )


def _tabulate_scenarios(
    possible: Sequence[Possible], stated: Stated, answer: CasesSolution, costs: Floats, alone: Sequence[CasesSolution]
) -> pd.DataFrame:
    rows = []
    for one, task, plan, cost, single in zip(possible, stated.tasks, answer.cases, costs, alone, strict=True):
        mass, sites = task.costs.mass_t, len(task.costs.mass_t)  # those behind them send from abroad
        served = np.bincount(plan.site, plan.share, len(stated.cases.problems[0].supply))[:sites]
        left = float((mass * np.clip(1 - served, 0.0, 1.0)).sum()) if task.task.rules.may_leave_out else 0.0
        price = task.task.rules.shortfall_jpy_per_t
        best = single.objective if single.has_plan else np.nan
        rows.append(
            {
                "scenario": one.name,
                "probability": one.probability,
                "supply_t": float(mass.sum()),
                "cost_jpy": float(cost),
                "alone_jpy": best,
                "alone_bound_jpy": single.bound,
                "regret_jpy": float(cost) - best,
                "unserved_t": left,
                "shortfall_jpy_per_t": np.nan if price is None else float(price),
                "shortfall_jpy": left * float(price or 0.0),
            }
        )
    return pd.DataFrame(rows)


def tabulate_plants(stated: Stated, answer: CasesSolution) -> pd.DataFrame:
    """Return the plants that are built, one row each.

    Parameters
    ----------
    stated : Stated
    answer : CasesSolution
        With a plan.
    """
    network, rows = stated.tasks[0].task.network, []
    for kind, table, plants, plan, scale in (
        ("hub", network.hubs, stated.hubs[0], answer.hubs, 1.0),
        ("refinery", network.refineries, stated.refineries[0], answer.refineries, stated.tasks[0].costs.refining_scale),
    ):
        if plan is None:
            continue
        settings = network.settings
        names = list(settings.takers if kind == "refinery" else settings.hub_technologies)
        built, count = built_size(plan), len(table)
        if kind == "hub":
            loads = [
                np.bincount(one.hub, problem.mass[one.site] * one.share, problem.n_hubs)
                for one, problem in zip(answer.cases, stated.cases.problems, strict=True)
            ]
        else:
            loads = [one.flow.sum(axis=(0, 2)) for one in answer.cases]
        load = np.array(loads)
        for plant in np.flatnonzero(built[:count] >= 0).tolist():
            at = int(built[plant])
            technology = int(plants.steps[0].technology[plant, at])
            rows.append(
                {
                    "kind": kind,
                    "id": table["id"].iloc[plant],
                    "name": table["name"].iloc[plant],
                    "region": table["region"].iloc[plant],
                    "technology": names[technology] if technology >= 0 else "",
                    "size_t": float(plants.intervals.low[plant, at]),
                    "existing_t": float(table["existing_t"].iloc[plant]) / scale,
                    "most_t": float(load[:, plant].max()),
                    "least_t": float(load[:, plant].min()),
                }
            )
    columns = ["kind", "id", "name", "region", "technology", "size_t", "existing_t", "most_t", "least_t"]
    return pd.DataFrame(rows, columns=columns)


def _inform(
    names: Sequence[str], cases: Cases, answer: CasesSolution, alone: Sequence[CasesSolution], mean: MeanPlan | None
) -> Information:
    """Return what planning for all is worth, and knowing; only where the expected cost was made least."""
    share = cases.weights / cases.weights.sum()
    waiting = float(share @ np.array([one.objective for one in alone]))
    told = Information(waiting_jpy=waiting if np.isfinite(waiting) else np.nan)
    if mean is None:
        return told
    if np.isfinite(waiting):
        knowing = worth_of_knowing(answer, alone, share)
        told = replace(told, evpi_jpy=knowing.value, evpi_low_jpy=knowing.low, evpi_high_jpy=knowing.high)
    told = replace(told, no_mean=tuple(names[case] for case in mean.odd))
    if mean.plan is None or not mean.plan.has_plan or mean.over_all is None:
        return told
    over_all = mean.over_all.answer
    told = replace(
        told,
        mean_jpy=mean.plan.objective,
        mean_fails=tuple(names[case] for case in mean.over_all.without_plan),
        same_plants=_same(mean.plan, answer),
    )
    if not over_all.has_plan:
        return told
    planning = worth_of_planning(answer, over_all)
    return replace(
        told,
        mean_plants_jpy=over_all.objective,
        vss_jpy=planning.value,
        vss_low_jpy=planning.low,
        vss_high_jpy=planning.high,
    )


def _same(one: CasesSolution, other: CasesSolution) -> bool:
    """Return whether two answers have the same plants at the same sizes."""
    return all(
        a is not None and b is not None and np.array_equal(built_size(a), built_size(b))
        for a, b in ((one.hubs, other.hubs), (one.refineries, other.refineries))
    )
