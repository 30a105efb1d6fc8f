"""The cost of a plan of all cases, from the arrays alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import EXACT_GAP
from hubspoke.engine.solution.evaluate import evaluate, rounding_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Floats
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.solution import PlantPlan
    from hubspoke.engine.solution.solution import Solution


def cost_of(cases: Cases, plans: Sequence[Solution], hubs: PlantPlan, refineries: PlantPlan) -> float:
    """Return what a plan of all cases costs.

    Parameters
    ----------
    cases : Cases
    plans : sequence of Solution
        One for each case.
    hubs, refineries : PlantPlan
    """
    yearly = np.array([evaluate(problem, plan) for problem, plan in zip(cases.problems, plans, strict=True)])
    once = np.zeros(cases.count)
    for plants in (hubs, refineries):
        yearly = yearly + plants.idle_cost.sum(axis=1)
        once += plants.one_time_cost.sum(axis=1)
    yearly = yearly + dues_by_case(cases, plans)
    at_once = cases.one_time_factor @ (once + switching_by_case(cases, plans))
    if cases.measure is not None:
        return cases.measure.value(yearly) + float(at_once)
    return float(cases.weights @ yearly + at_once)


def rounding(cases: Cases, plans: Sequence[Solution], hubs: PlantPlan, refineries: PlantPlan) -> float:
    """Return the cost that double numbers and solvers may lose, as `rounding_of` does for one problem.

    Parameters
    ----------
    cases : Cases
    plans : sequence of Solution
    hubs, refineries : PlantPlan
    """
    lost = sum(
        float(weight) * rounding_of(problem, plan)
        for weight, problem, plan in zip(cases.own_weights, cases.problems, plans, strict=True)
    )
    for plants in (hubs, refineries):
        lost += EXACT_GAP * float(cases.one_time_factor @ np.abs(plants.one_time_cost).sum(axis=1))
        lost += EXACT_GAP * float(cases.own_weights @ np.abs(plants.idle_cost).sum(axis=1))
    return lost + EXACT_GAP * float(cases.own_weights @ dues_by_case(cases, plans))


def dues_by_case(cases: Cases, plans: Sequence[Solution]) -> Floats:
    """Return what plants pay for tonnes that they do not take in each case, per year, shape (T,).

    Parameters
    ----------
    cases : Cases
    plans : sequence of Solution
        One for each case.
    """
    paid = np.zeros(cases.count)
    for case, (problem, plan) in enumerate(zip(cases.problems, plans, strict=True)):
        if cases.hub_take_or_pay is not None:
            load = np.bincount(plan.hub, problem.mass[plan.site] * plan.share, problem.n_hubs)
            paid[case] += cases.hub_take_or_pay.cost(case, plan.hub_size, load.astype(float))
        if cases.take_or_pay is not None:
            paid[case] += cases.take_or_pay.cost(case, plan.refinery_size, plan.flow.sum(axis=(0, 2)))
    return paid


def switching_by_case(cases: Cases, plans: Sequence[Solution]) -> Floats:
    """Return what sites pay for going to another hub than in the case before, shape (T,).

    Parameters
    ----------
    cases : Cases
    plans : sequence of Solution
    """
    cost = np.zeros(cases.count)
    price = cases.sites.switching_cost
    if not cases.sites.prices_switching:
        return cost
    before = _shares(plans[0], cases)
    for case in range(1, cases.count):
        now = _shares(plans[case], cases)
        came = np.maximum(now - before, 0.0).sum(axis=1)
        moved = came - (1 - before.sum(axis=1))
        moved = np.where(moved > NOTHING, moved, 0.0)
        cost[case] = float((price[moved > 0] * moved[moved > 0]).sum())
        before = now
    return cost


NOTHING = 1e-7
"""Share of a site whose move is rounding."""


def _shares(plan: Solution, cases: Cases) -> Floats:
    shares = np.zeros(cases.problems[0].collection_cost.shape)
    np.add.at(shares, (plan.site, plan.hub), plan.share)
    return shares
