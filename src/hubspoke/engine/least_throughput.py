"""Open plants that must take in a least tonnage: a bound without that rule, and a plan by closing who falls short.

Leaving the rule out can only make plans cheaper, so the bound found without it holds with it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status
from hubspoke.engine.parameters import DEFAULTS
from hubspoke.engine.solution.construct import TOLERANCE_T, no_solution, with_proof
from hubspoke.engine.solution.flows import LENIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubspoke.base.arrays import Floats
    from hubspoke.engine.parameters import LeastThroughput
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution


def close_below_floors(
    problem: Problem,
    solve: Callable[[Problem], Solution],
    *,
    gap: float,
    parameters: LeastThroughput = DEFAULTS.least_throughput,
) -> Solution:
    """Solve without least tonnages, and close plants that fall short of theirs until none does.

    Parameters
    ----------
    problem : Problem
    solve : callable
        Solves a problem without least tonnages.
    gap : float
    parameters : LeastThroughput

    Returns
    -------
    Solution
        Its bound is that of the problem without least tonnages; `UNKNOWN` where closing plants came to no plan.
    """
    trial = problem.derive(hub_floor=np.zeros(problem.n_hubs), refinery_floor=np.zeros(problem.n_refineries))
    first = answer = solve(trial)
    if not first.has_plan:
        return first
    for _ in range(parameters.rounds):
        short = find_short(problem, answer)
        if not np.isfinite(short).any():
            found = replace(answer, certificate=first.certificate)
            return with_proof(found, objective=answer.objective, bound=first.bound, gap=gap)
        state = np.concatenate([trial.hub_state, trial.refinery_state])
        short[state > 0] = np.inf
        if not np.isfinite(short).any():
            break
        state[short <= max(parameters.closed_at_once, float(short.min()))] = -1
        trial = trial.derive(hub_state=state[: problem.n_hubs], refinery_state=state[problem.n_hubs :])
        answer = solve(trial)
        if not answer.has_plan:
            break
    return replace(no_solution(problem, Status.UNKNOWN, first.bound), certificate=first.certificate)


def find_short(problem: Problem, answer: Solution) -> Floats:
    """Return what hubs, then refineries, get as a share of their least tonnage; infinite where that is enough."""
    load = np.bincount(answer.hub, problem.mass[answer.site] * answer.share, problem.n_hubs)
    parts = []
    for tonnes, floor, size in (
        (load, problem.hub_floor, answer.hub_size),
        (answer.flow.sum(axis=(0, 2)), problem.refinery_floor, answer.refinery_size),
    ):
        low = (size >= 0) & (tonnes < floor * (1 - LENIENCE) - TOLERANCE_T)
        parts.append(np.where(low, tonnes / np.where(low, floor, 1.0), np.inf))
    return np.concatenate(parts)
