"""Check a plan of any method against the problem alone: what it costs, and that it keeps every limit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.solution.evaluate import evaluate
from hubspoke.engine.solution.flows import hub_output

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.engine.problem.counts import Counts
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.problem.steps import Steps
    from hubspoke.engine.solution.solution import Solution

TOLERANCE = 1e-6
"""Share of the largest number on either side by which rounding may break a limit."""


def find_faults(problem: Problem, plan: Solution) -> list[str]:
    """Name what is wrong with a plan; nothing where it is right."""
    load = np.bincount(plan.hub, problem.mass[plan.site] * plan.share, problem.n_hubs).astype(float)
    served = np.bincount(plan.site, plan.share, problem.n_sites)
    must = ~np.isfinite(problem.skip_cost)
    taken = plan.flow.sum(axis=(0, 2))
    tests = {
        "cost": math.isclose(evaluate(problem, plan), plan.objective, rel_tol=1e-9, abs_tol=1e-6),
        "service": bool((np.abs(served[must] - 1) <= TOLERANCE).all() and (served <= 1 + TOLERANCE).all()),
        "whole sites": not problem.single_sourcing or bool((plan.share == 1).all()),
        "hub room": _holds(problem.hubs, plan.hub_size, load),
        "hub counts": _counts_hold(problem.hub_counts, problem.hub_state, plan.hub_size),
        "refinery counts": _counts_hold(problem.refinery_counts, problem.refinery_state, plan.refinery_size),
    }
    if problem.n_refineries:
        made = hub_output(problem, plan.site, plan.hub, plan.share)
        tests["refinery room"] = _holds(problem.refineries, plan.refinery_size, taken)
        tests["black mass"] = bool(np.allclose(made, plan.flow.sum(axis=1), rtol=TOLERANCE, atol=TOLERANCE))
    return [name for name, holds in tests.items() if not holds]


def _holds(steps: Steps, size: NDArray[np.int64], load: NDArray[np.float64]) -> bool:
    room = np.where(size >= 0, steps.capacity[np.arange(len(size)), np.maximum(size, 0)], 0.0)
    return bool((load <= room * (1 + TOLERANCE) + TOLERANCE).all())


def _counts_hold(counts: Counts, state: NDArray[np.int64], size: NDArray[np.int64]) -> bool:
    is_open = size >= 0
    return counts.allows(is_open) and bool(is_open[state > 0].all()) and not is_open[state < 0].any()
