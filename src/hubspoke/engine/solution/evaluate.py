"""The exact cost of a solution, from the problem alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.status import EXACT_GAP
from hubspoke.engine.problem.shared_ground import saving_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution


def evaluate(problem: Problem, solution: Solution) -> float:
    """Compute the cost of a solution from the problem alone, independent of any solver.

    Parameters
    ----------
    problem : Problem
    solution : Solution
    """
    carried = problem.supply[solution.site].sum(axis=1) * solution.share
    cost = float((problem.collection_cost[solution.site, solution.hub] * solution.share).sum())
    served = np.bincount(solution.site, solution.share, problem.n_sites)
    left_out = np.clip(1 - served, 0, 1)
    skipped = left_out > 1e-9
    cost += float((problem.skip_cost[skipped] * left_out[skipped]).sum())
    load: NDArray[np.float64] = np.bincount(solution.hub, carried, problem.n_hubs).astype(float)
    cost += _steps_cost(problem.hubs, solution.hub_size, load)
    used = solution.flow > 0
    cost += float((problem.transfer_cost[used] * solution.flow[used]).sum())
    cost += _steps_cost(problem.refineries, solution.refinery_size, solution.flow.sum(axis=(0, 2)))
    return cost - float(saving_of(problem, solution.hub_size, solution.refinery_size).sum())


def rounding_of(problem: Problem, solution: Solution) -> float:
    """Return the cost that double numbers and solvers may lose: `EXACT_GAP` of all that a solution pays and earns.

    It matters where payments and earnings all but cancel out, so that the cost is near zero.

    Parameters
    ----------
    problem : Problem
    solution : Solution
    """
    carried = problem.supply[solution.site].sum(axis=1) * solution.share
    turnover = float(np.abs(problem.collection_cost[solution.site, solution.hub] * solution.share).sum())
    left_out = np.clip(1 - np.bincount(solution.site, solution.share, problem.n_sites), 0, 1)
    skipped = left_out > 1e-9
    turnover += float(np.abs(problem.skip_cost[skipped] * left_out[skipped]).sum())
    used = solution.flow > 0
    turnover += float(np.abs(problem.transfer_cost[used] * solution.flow[used]).sum())
    load: NDArray[np.float64] = np.bincount(solution.hub, carried, problem.n_hubs).astype(float)
    for steps, size, tonnes in (
        (problem.hubs, solution.hub_size, load),
        (problem.refineries, solution.refinery_size, solution.flow.sum(axis=(0, 2))),
    ):
        plants = np.flatnonzero(size >= 0)
        chosen = size[plants]
        turnover += float(np.abs(steps.fixed[plants, chosen]).sum())
        turnover += float(np.abs(steps.variable[plants, chosen] * tonnes[plants]).sum())
    return EXACT_GAP * turnover


def _steps_cost(steps: Any, size: NDArray[np.int64], load: NDArray[np.float64]) -> float:
    plants = np.flatnonzero(size >= 0)
    chosen = size[plants]
    return float(steps.fixed[plants, chosen].sum() + (steps.variable[plants, chosen] * load[plants]).sum())
