"""What the optimiser answers in numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.engine.problem.shared_ground import saving_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hubspoke.base.status import Status
    from hubspoke.engine.problem.problem import Problem


EXACT_GAP = 1e-9
"""Gap that counts as none: what is left is rounding of double numbers."""


@dataclass(frozen=True, eq=False)
class Solution:
    """A plan in numbers, with the proof of how good it is.

    Attributes
    ----------
    status : Status
    objective : float
        Cost of the plan; infinite when there is none.
    bound : float
        No plan of the problem costs less.
    site, hub : int arrays, shape (assignments,)
        Who delivers where, sorted by site then hub.
    share : float array, shape (assignments,)
        Share of the site's supply, 1 under single sourcing.
    hub_size : int array, shape (H,)
        Size chosen, -1 where closed.
    refinery_size : int array, shape (R,)
    flow : float array, shape (H, R, B)
        Tonnes of each grade from hub to refinery.
    seconds : mapping of str to float
        Time by phase.
    certificate : mapping of str to array
        Prices from which `certificate.check_bound` recomputes a lower bound, without the search; empty where the
        search left none.
    """

    status: Status
    objective: float
    bound: float
    site: NDArray[np.int64]
    hub: NDArray[np.int64]
    share: NDArray[np.float64]
    hub_size: NDArray[np.int64]
    refinery_size: NDArray[np.int64]
    flow: NDArray[np.float64]
    seconds: Mapping[str, float] = field(default_factory=dict)
    certificate: Mapping[str, Any] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        """Proven distance from the optimum as a share of the objective; infinite without a plan."""
        return relative_gap(self.objective, self.bound)

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan at all."""
        return bool(np.isfinite(self.objective))


def relative_gap(objective: float, bound: float) -> float:
    """Give (objective - bound) / |objective|, never below zero; of an objective of 0, 0 if the bound equals it."""
    if not np.isfinite(objective):
        return float("inf")
    distance = max(objective - bound, 0.0)
    return float(distance / abs(objective)) if objective else (0.0 if distance == 0 else float("inf"))


def is_proven(objective: float, bound: float, gap: float) -> bool:
    """Say whether the bound proves the objective within the gap, give or take the rounding of a division."""
    return relative_gap(objective, bound) <= max(gap, EXACT_GAP) + 1e-12


def evaluate(problem: Problem, solution: Solution) -> float:
    """Compute the cost of a solution from the problem alone, independent of any solver."""
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
    """Give the cost that double numbers and solvers may lose: `EXACT_GAP` of all that a solution pays and earns.

    It matters where payments and earnings all but cancel out, so that the cost is near zero.
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
