"""The methods that are compared: the engine, and baselines that a planner could pick instead, each known by a name.

Baselines get both cores, the engine takes them itself. A limit counts from the problem to the answer, building the
model included.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.base.stop import Stop
from hubspoke.engine.milp.solve import solve_directly
from hubspoke.engine.optimize import optimize

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution

ENGINE = "hubspoke"
FORMER = "hubspoke-former"
"""The engine of another checkout, which its own `benchmarks.worker` runs there."""


@dataclass(frozen=True)
class Method:
    """A way to solve a problem: what it is, how, and how many lanes a model may have that it is given."""

    about: str
    solve: Callable[[Problem, float, float], Solution]
    most_lanes: float = float("inf")


def _model(solver: str, *, strong: bool) -> Callable[[Problem, float, float], Solution]:
    """Give the whole model to a solver by PuLP."""

    def solve(problem: Problem, gap: float, seconds: float) -> Solution:
        return solve_directly(
            problem, solver=solver, strong=strong, gap=gap, stop=Stop(seconds), threads=os.cpu_count() or 1
        )

    return solve


def _engine(problem: Problem, gap: float, seconds: float) -> Solution:
    return optimize(problem, gap=gap, time_limit=seconds)


MODEL_LANES = 400_000
"""Lanes beyond which a baseline's model is not built: it would not fit into memory or into the limit."""

METHODS = {
    ENGINE: Method("the engine of this package", _engine),
    FORMER: Method("the engine of an earlier checkout, where `--former` names one", _engine),
    "highs-strong": Method("the full strong model, by PuLP on HiGHS", _model("highs", strong=True), MODEL_LANES),
    "highs-plain": Method("the plain model, by PuLP on HiGHS", _model("highs", strong=False), MODEL_LANES),
    "cbc-plain": Method("the plain model, by PuLP on CBC", _model("cbc", strong=False), MODEL_LANES),
    "scip-strong": Method("the full strong model, by PuLP on SCIP", _model("scip", strong=True), MODEL_LANES),
}
