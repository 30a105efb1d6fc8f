"""Turn chosen sites, hubs and sizes into a complete, exactly costed solution."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.flows import best_flows, hub_output
from hubspoke.solution import Solution, evaluate, is_proven
from hubspoke.status import Status

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.problem import Problem, Steps

TOLERANCE_T = 1e-6
"""Tonnes by which rounding of double numbers may exceed a capacity."""


def finish(  # noqa: PLR0917 - a plan has these five parts
    problem: Problem,
    site: NDArray[np.int64],
    hub: NDArray[np.int64],
    share: NDArray[np.float64],
    hub_size: NDArray[np.int64],
    refinery_size: NDArray[np.int64],
    *,
    bound: float,
    gap: float,
) -> Solution | None:
    """Cost a plan exactly: cheapest sizes that hold the loads, cheapest flows, cost from the problem alone.

    Returns None when the refineries cannot take the black mass.
    """
    order = np.lexsort((hub, site))
    site, hub, share = site[order], hub[order], share[order]
    load: NDArray[np.float64] = np.bincount(hub, problem.mass[site] * share, problem.n_hubs).astype(float)
    hub_size = cheapest_sizes(problem.hubs, hub_size, load)
    flow = best_flows(problem, hub_output(problem, site, hub, share), refinery_size)
    if flow is None:
        return None
    refinery_size = cheapest_sizes(problem.refineries, refinery_size, flow.sum(axis=(0, 2)))
    draft = Solution(Status.FEASIBLE, np.inf, bound, site, hub, share, hub_size, refinery_size, flow)
    return settle(draft, objective=evaluate(problem, draft), bound=bound, gap=gap)


def settle(solution: Solution, *, objective: float, bound: float, gap: float) -> Solution:
    """Give the solution with objective, bound and the status that follows from them."""
    bound = min(bound, objective)
    status = Status.OPTIMAL if is_proven(objective, bound, gap) else Status.FEASIBLE
    return replace(solution, status=status, objective=objective, bound=bound)


def cheapest_sizes(steps: Steps, chosen: NDArray[np.int64], load: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give each open plant its cheapest size that holds the load; a size that must not change is kept."""
    cost = steps.fixed + steps.variable * load[:, None]
    fits = steps.exists & (steps.capacity >= load[:, None] * (1 - 1e-12) - TOLERANCE_T)
    cost = np.where(fits, cost, np.inf)
    best = cost.argmin(axis=1) if cost.size else np.empty(0, np.int64)
    better = (chosen >= 0) & np.isfinite(cost[np.arange(len(best)), best])
    return np.where(better, best, chosen).astype(np.int64)


def nothing(problem: Problem, status: Status, bound: float) -> Solution:
    """Give the answer without a plan."""
    none = np.empty(0, np.int64)
    return Solution(
        status,
        np.inf,
        bound,
        none,
        none,
        np.empty(0),
        np.full(problem.n_hubs, -1),
        np.full(problem.n_refineries, -1),
        np.zeros((problem.n_hubs, problem.n_refineries, problem.n_grades)),
    )
