"""What every step of presolve must keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from brute_force import cheapest, faults
from hubspoke.engine.milp.solve import solve_directly

if TYPE_CHECKING:
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution


class Presolved(Protocol):
    """A smaller problem, and the way back."""

    @property
    def problem(self) -> Problem:
        """The smaller problem."""

    def expand(self, solution: Solution) -> Solution:
        """Return a plan of the problem from one of the smaller."""


def keep_the_optimum(problem: Problem, smaller: Presolved) -> None:
    """Check that a smaller problem has the same optimum, and that its plan becomes one of the problem."""
    assert cheapest(smaller.problem) == pytest.approx(cheapest(problem), rel=1e-7, abs=1e-6)
    solution = solve_directly(smaller.problem)
    if solution.has_plan:
        assert faults(problem, smaller.expand(solution)) == []
