"""Plants that cost least in one scenario while no other scenario costs more than a limit.

What a scenario costs beyond the limit is fined until no plan pays a fine: a measure of costs holds both, with one more
scenario, which costs nothing, so that staying below the limit earns nothing. A fined optimum is never above that under
the limit, so that its bound holds, and a plan that pays no fine keeps the limit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status, is_proven
from hubspoke.engine.cases.measure import Measure
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.parameters import DEFAULTS, EngineParameters
from hubspoke.engine.problem.steps import Steps

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.base.stop import Stop
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.plant_paths import PlantPaths
    from hubspoke.engine.cases.solution import CasesSolution
    from hubspoke.engine.problem.problem import Problem

FINES = (1.0, 10.0, 1e2, 1e3, 1e4)
"""What a yen beyond the limit costs, one after the other until none is."""
ROUNDING = 1e-9
"""Relative room for the rounding of sums."""


@dataclass(frozen=True, eq=False)
class WithinLimit:
    """Plants under a limit.

    Attributes
    ----------
    status : Status
        `INFEASIBLE` where no plants keep the limit.
    objective, bound : float
        What the first scenario costs, and what no plants that keep the limit go below.
    worst : float
        What the dearest other scenario costs with these plants.
    least_worst : float
        Where no plants keep the limit, what the dearest other scenario costs at least with any; NaN otherwise.
    answer : CasesSolution or None
        The plan of all scenarios; of one more behind them, which costs nothing.
    """

    status: Status
    objective: float = np.inf
    bound: float = -np.inf
    worst: float = np.nan
    least_worst: float = np.nan
    answer: CasesSolution | None = None


def optimize_within(
    cases: Cases,
    limit: float,
    *,
    gap: float = 1e-6,
    seed: int = 0,
    stop: Stop | None = None,
    parameters: EngineParameters = DEFAULTS,
) -> WithinLimit:
    """Find plants that cost least in the first scenario while every other one costs at most a limit.

    Parameters
    ----------
    cases : Cases
        Two scenarios or more that cost 0 or more; their weights and their measure do not count.
    limit : float
        Yen per year, plants that stand idle included, and what steps cost once left out.
    gap : float
    seed : int
    stop : Stop, optional
    parameters : EngineParameters
    """
    bound = -np.inf
    for number, fine in enumerate(FINES):
        answer = optimize_cases(_fined(cases, limit, fine), gap=gap, seed=seed, stop=stop, parameters=parameters)
        if answer.status is Status.INFEASIBLE:
            return WithinLimit(Status.INFEASIBLE, bound=np.inf)
        bound = max(bound, answer.bound * (1 + fine))
        if not answer.has_plan:
            break
        yearly, once = _costs(cases, answer)
        objective, worst = float(yearly[0]) + once, float(yearly[1:].max())
        if worst <= limit + ROUNDING * abs(limit):
            bound = min(bound, objective)
            status = Status.OPTIMAL if is_proven(objective, bound, gap) else Status.FEASIBLE
            return WithinLimit(status, objective, bound, worst, answer=answer)
        if number == 0:
            least = optimize_cases(_worst(cases), gap=gap, seed=seed, stop=stop, parameters=parameters)
            if least.has_plan and least.bound - _costs(cases, least)[1] > limit + ROUNDING * abs(limit):
                return WithinLimit(Status.INFEASIBLE, bound=np.inf, least_worst=least.bound)
    return WithinLimit(Status.UNKNOWN, bound=bound)


def _costs(cases: Cases, answer: CasesSolution) -> tuple[Floats, float]:
    """Return what each scenario costs per year, plants that stand idle included, and what all steps cost once."""
    yearly, once = np.array([plan.objective for plan in answer.cases[: cases.count]]), 0.0
    for plants in (answer.hubs, answer.refineries):
        if plants is not None:
            yearly = yearly + plants.idle_cost[: cases.count].sum(axis=1)
            once += float(cases.one_time_factor @ plants.one_time_cost[: cases.count].sum(axis=1))
    return yearly, once


def _worst(cases: Cases) -> Cases:
    """Return the cases in which the dearest scenario behind the first is made least."""
    cap = np.ones(cases.count)
    cap[0] = 0.0
    return replace(cases, measure=Measure(cap, np.zeros(cases.count)))


def _fined(cases: Cases, limit: float, fine: float) -> Cases:
    """Return the cases, one more behind them, by a measure of 1 / (1 + fine) of the first cost plus the fine."""
    share = 1 / (1 + fine)
    cap = np.full(cases.count + 1, 1 - share)
    cap[0] = share
    baseline = np.full(cases.count + 1, limit)
    baseline[[0, -1]] = 0.0
    one = np.ones(1)
    return replace(
        cases,
        problems=(*cases.problems, _costs_nothing(cases.problems[0])),
        weights=np.r_[cases.weights, one],
        hubs=_stand_for_nothing(cases.hubs),
        refineries=_stand_for_nothing(cases.refineries),
        one_time_factor=np.r_[cases.one_time_factor, one] * share,
        sites=replace(
            cases.sites,
            least_tonnes=np.r_[cases.sites.least_tonnes, 0 * one],
            least_sites=np.r_[cases.sites.least_sites, 0 * one],
        ),
        budget=np.r_[cases.budget, np.inf],
        measure=Measure(cap * (1 + ROUNDING**2), baseline),
    )


def _costs_nothing(problem: Problem) -> Problem:
    """Return a problem with the same plants and rules, which cost nothing, and one site that may stay as it is."""

    def free(steps: Steps) -> Steps:
        return Steps(steps.capacity, np.where(steps.exists, 0.0, np.inf), np.zeros_like(steps.variable))

    supply = np.zeros((1, problem.supply.shape[1]))
    supply[0, 0] = 1.0
    return problem.derive(
        supply=supply,
        collection_cost=np.zeros((1, problem.n_hubs)),
        hubs=free(problem.hubs),
        transfer_cost=np.where(np.isfinite(problem.transfer_cost), 0.0, np.inf),
        refineries=free(problem.refineries),
        skip_cost=np.zeros(1),
        hub_floor=np.zeros(problem.n_hubs),
        refinery_floor=np.zeros(problem.n_refineries),
        shared_saving=np.zeros_like(problem.shared_saving),
    )


def _stand_for_nothing(paths: PlantPaths) -> PlantPaths:
    """Return what plants may do with one case more, in which they stand idle at no cost."""
    count, plants, _ = paths.shape
    steps = ("opening_cost", "reopening_cost", "resize_cost", "closing_cost")
    more = {name: np.concatenate([getattr(paths, name), getattr(paths, name)[-1:]]) for name in steps}
    more |= {"fewest_openings": np.r_[paths.fewest_openings, 0], "most_openings": np.r_[paths.most_openings, plants]}
    idle = np.concatenate([paths.idle_cost, np.zeros_like(paths.idle_cost[-1:])])
    return replace(
        paths,
        **more,
        idle_cost=idle,
        latest=np.where(paths.latest >= count - 1, count, paths.latest),
        standing_until=np.where(paths.standing_until >= count, count + 1, paths.standing_until),
        life=np.where(paths.life >= count, count + 1, paths.life),
    )
