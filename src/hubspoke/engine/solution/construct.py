"""Turn chosen sites, hubs and sizes into a complete, exactly costed solution."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status, is_proven
from hubspoke.engine.problem.limits import least_room
from hubspoke.engine.problem.shared_ground import saving_of
from hubspoke.engine.solution.evaluate import evaluate, rounding_of
from hubspoke.engine.solution.flows import LENIENCE, best_flows, hub_output
from hubspoke.engine.solution.selection import keep_dearest
from hubspoke.engine.solution.solution import Solution

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hubspoke.engine.problem.counts import Counts
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.problem.steps import Steps

TOLERANCE_T = 1e-6
"""Tonnes by which rounding of double numbers may miss what must at least enter a plant, or exceed room in all."""


def construct_solution(  # noqa: PLR0917 - a plan has these five parts
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

    Returns None when the refineries cannot take the black mass, or an open plant gets less than it must.

    Parameters
    ----------
    problem : Problem
    site, hub : int arrays, shape (N,)
        Assignments: a site and a hub it delivers to.
    share : float array, shape (N,)
        Share of the site that goes there.
    hub_size, refinery_size : int arrays, shape (H,), (R,)
        Sizes that are open, -1 for closed; they may shrink to what holds the loads.
    bound : float
        Proven lower bound of the cost of any plan.
    gap : float
        Relative gap at which the plan counts as proven.
    """
    order = np.lexsort((hub, site))
    site, hub, share = site[order], hub[order], share[order]
    load: NDArray[np.float64] = np.bincount(hub, problem.mass[site] * share, problem.n_hubs).astype(float)
    flow = best_flows(problem, hub_output(problem, site, hub, share), refinery_size)
    if flow is None:
        return None
    received = flow.sum(axis=(0, 2))
    refinery_size = cheapest_sizes(problem.refineries, refinery_size, received)
    hub_size = cheapest_sizes(problem.hubs, hub_size, load, _saving(problem, refinery_size))
    used = np.isin(np.arange(problem.n_hubs), hub)  # a site without tonnes needs its hub, too
    hub_size = close_idle(problem.hubs, hub_size, used, problem.hub_state, problem.hub_counts)
    taken, counts = received > 0, problem.refinery_counts
    refinery_size = close_idle(
        problem.refineries, refinery_size, taken, problem.refinery_state, counts,
        lambda opened: float(saving_of(problem, hub_size, opened).sum()),
    )  # fmt: skip
    hub_size = cheapest_sizes(problem.hubs, hub_size, load, _saving(problem, refinery_size))
    if (load < np.where(hub_size >= 0, problem.hub_floor, 0.0) * (1 - LENIENCE) - TOLERANCE_T).any():
        return None
    draft = Solution(Status.FEASIBLE, np.inf, bound, site, hub, share, hub_size, refinery_size, flow)
    rounding = rounding_of(problem, draft)
    return with_proof(draft, objective=evaluate(problem, draft), bound=bound, gap=gap, rounding=rounding)


def with_proof(solution: Solution, *, objective: float, bound: float, gap: float, rounding: float = 0.0) -> Solution:
    """Return the solution with objective, bound and the status that follows from them.

    Where nothing but `rounding` keeps the bound from the objective, the two are taken as equal: of an objective near
    zero any distance is a large share.

    Parameters
    ----------
    solution : Solution
    objective, bound : float
    gap : float
        Relative gap at which the plan counts as proven.
    rounding : float
        Distance between the two that is rounding of double numbers.
    """
    bound = min(bound, objective)
    if objective - bound <= rounding and not is_proven(objective, bound, gap):
        bound = objective
    status = Status.OPTIMAL if is_proven(objective, bound, gap) else Status.FEASIBLE
    return replace(solution, status=status, objective=objective, bound=bound)


def cheapest_sizes(
    steps: Steps, chosen: NDArray[np.int64], load: NDArray[np.float64], saving: NDArray[np.float64] | float = 0.0
) -> NDArray[np.int64]:
    """Return each open plant its cheapest size, less its saving, that holds the load; one that must stay is kept."""
    cost = steps.fixed - saving + steps.variable * load[:, None]
    fits = steps.exists & (steps.capacity >= least_room(load)[:, None])
    cost = np.where(fits, cost, np.inf)
    best = cost.argmin(axis=1) if cost.size else np.empty(0, np.int64)
    better = (chosen >= 0) & np.isfinite(cost[np.arange(len(best)), best])
    return np.where(better, best, chosen).astype(np.int64)


def _saving(problem: Problem, refinery_size: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return what every hub size saves beside the open refineries, shape (H, K)."""
    beside = np.asarray(problem.beside[:, refinery_size >= 0].any(axis=1))
    return np.where(beside[:, None], problem.shared_saving, 0.0)


def fit_refineries(  # noqa: PLR0917 - what a draft consists of
    problem: Problem,
    site: NDArray[np.int64],
    hub: NDArray[np.int64],
    share: NDArray[np.float64],
    refinery_size: NDArray[np.int64],
    worth: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Return which deliveries to keep so that the open refineries can take the black mass.

    Sites that may be left out go first by what a tonne of their black mass saves, least first. `worth` (H, B) is what a
    tonne of each grade costs at the gate of each hub.

    Parameters
    ----------
    problem : Problem
    site, hub : int arrays, shape (N,)
    share : float array, shape (N,)
    refinery_size : int array, shape (R,)
    worth : float array, shape (H, B)

    Returns
    -------
    bool array, shape (N,)
    """
    kept = np.ones(len(site), bool)
    open_plants = np.flatnonzero(refinery_size >= 0)
    if not problem.n_refineries:
        return kept
    room = float(problem.refineries.capacity[open_plants, refinery_size[open_plants]].sum())
    grades = np.einsum("np,npb->nb", problem.supply[site], problem.yields[hub]) * share[:, None]
    out = grades.sum(axis=1)
    over = float(out.sum()) - room
    if over <= TOLERANCE_T:
        return kept
    asked = problem.collection_cost[site, hub] * share + (grades * np.where(np.isfinite(worth), worth, 0.0)[hub]).sum(
        axis=1
    )
    saved = np.where(out > 0, problem.skip_cost[site] * share - asked, np.inf) / np.maximum(out, 1e-12)
    return keep_dearest(saved, out, over, slack=TOLERANCE_T)


def close_idle(  # noqa: PLR0917 - all that says whether a plant may close
    steps: Steps,
    size: NDArray[np.int64],
    used: NDArray[np.bool_],
    state: NDArray[np.int64],
    counts: Counts,
    saving: Callable[[NDArray[np.int64]], float] = lambda _: 0.0,
) -> NDArray[np.int64]:
    """Close plants that nothing is sent to and that earn nothing by standing, as far as states and limits allow it.

    `saving` says what chosen sizes save in other plants.
    """
    kept = size.copy()
    for plant in np.flatnonzero((size >= 0) & ~used & (state <= 0))[::-1].tolist():
        without = kept.copy()
        without[plant] = -1
        spared = float(steps.fixed[plant, size[plant]]) - saving(kept) + saving(without)
        if spared >= 0 and counts.allows(without >= 0):
            kept = without
    return kept


def no_solution(problem: Problem, status: Status, bound: float) -> Solution:
    """Return the answer without a plan.

    Parameters
    ----------
    problem : Problem
    status : Status
    bound : float
    """
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
