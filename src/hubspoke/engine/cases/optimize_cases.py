"""The door to plans over several cases: years, or scenarios."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status
from hubspoke.base.stop import Stop
from hubspoke.engine.cases.full import solve_whole
from hubspoke.engine.cases.one_case import is_plain, solve_one_case
from hubspoke.engine.cases.solution import CasesSolution
from hubspoke.engine.optimize import optimize
from hubspoke.engine.parameters import DEFAULTS, EngineParameters
from hubspoke.engine.problem.limits import counts_cannot_be_met

if TYPE_CHECKING:
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution


def optimize_cases(
    cases: Cases,
    *,
    gap: float = 1e-6,
    time_limit: float | None = None,
    seed: int = 0,
    solver: str = "auto",
    threads: int | None = None,
    stop: Stop | None = None,
    parameters: EngineParameters = DEFAULTS,
) -> CasesSolution:
    """Find cheapest plants over all cases, with who delivers where in each, and prove how good they are.

    Parameters
    ----------
    cases : Cases
    gap : float
        Relative gap at which the search may stop.
    time_limit : float, optional
        Seconds of wall time; the best plan found by then is returned with a valid bound.
    seed : int
        Seed of every random choice.
    solver : str
        `auto` for the engine of this package, or the name of a MILP solver that gets the full model of all cases.
    threads : int, optional
        Parts solved at once.
    stop : Stop, optional
        Ends the search when asked, with the best plan so far.
    parameters : EngineParameters

    Returns
    -------
    CasesSolution
        `INFEASIBLE` when no plan exists; `FEASIBLE` when a limit came first.
    """
    start = time.perf_counter()
    stop = (Stop() if stop is None else stop).within(time_limit)
    if any(counts_cannot_be_met(problem) for problem in cases.problems):
        return CasesSolution(Status.INFEASIBLE, np.inf, np.inf)

    def solve(problem: Problem, asked: float) -> Solution:
        return optimize(problem, gap=asked, seed=seed, solver=solver, threads=threads, stop=stop, parameters=parameters)

    answer = solve_one_case(cases, solve, gap=gap) if is_plain(cases) else None
    if answer is None:
        answer = solve_whole(cases, solver="highs" if solver == "auto" else solver, gap=gap, stop=stop)
    return replace(answer, seconds={"solve": time.perf_counter() - start})
