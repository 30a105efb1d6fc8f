"""Sites that may be left out: a plan that serves all of them, less those whose packs cost more than leaving them.

It gives a search something to hold its bounds against; alone it proves nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.solution.construct import construct_solution, with_proof
from hubspoke.engine.solution.evaluate import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution


def serve_all_then_drop(problem: Problem, solve: Callable[[Problem], Solution], *, gap: float) -> Solution | None:
    """Return a plan of a problem whose sites may be left out, with no bound; None where not all can be served.

    Parameters
    ----------
    problem : Problem
    solve : callable
        Solves a problem in which every site must be served.
    gap : float
    """
    answer = solve(problem.derive(skip_cost=np.full(problem.n_sites, np.inf)))
    if not answer.has_plan:
        return None
    best = with_proof(answer, objective=evaluate(problem, answer), bound=-np.inf, gap=gap)
    while True:
        fewer = _drop(problem, best, gap=gap)
        if fewer is None or fewer.objective >= best.objective:
            return replace(best, certificate={})
        best = fewer


def _drop(problem: Problem, plan: Solution, *, gap: float) -> Solution | None:
    """Leave out what costs more than it saves while the plants stay; they shrink to what is left."""
    is_open = plan.refinery_size >= 0
    size = np.maximum(plan.refinery_size, 0)
    gate = np.zeros((problem.n_hubs, problem.n_grades))
    if is_open.any():
        rate = problem.refineries.variable[np.arange(problem.n_refineries), size]
        gate = (problem.transfer_cost + rate[None, :, None])[:, is_open].min(axis=1)
    hub_rate = problem.hubs.variable[np.arange(problem.n_hubs), np.maximum(plan.hub_size, 0)]
    site, hub = plan.site, plan.hub
    out = np.einsum("np,npb->nb", problem.supply[site], problem.yields[hub])
    asked = problem.collection_cost[site, hub] + problem.mass[site] * hub_rate[hub]
    asked += np.where(out > 0, out * np.where(out > 0, gate[hub], 0.0), 0.0).sum(axis=1)
    kept = asked <= problem.skip_cost[site]
    if kept.all():
        return None
    parts = (site[kept], hub[kept], plan.share[kept], plan.hub_size, plan.refinery_size)
    return construct_solution(problem, *parts, bound=-np.inf, gap=gap)
