"""What a solver run proved is read truly: status, objective, bound, for every way a run can end."""

from __future__ import annotations

import math

import numpy as np
import pulp
import pytest

from hubspoke.errors import SolverUnavailableError, UsageError
from hubspoke.model import build_model
from hubspoke.problem import Problem
from hubspoke.solution import is_proven, relative_gap
from hubspoke.solver import SOLVERS, available_solvers, run_model
from hubspoke.status import Status
from test_stop import hard_problem

SOLVED_BY = ("highs", "cbc")


def small(capacity: float = 5.0) -> Problem:
    return Problem.build([1.0, 2.0], [[1.0, 4.0], [9.0, 2.0]], [capacity] * 2, [3.0, 3.0])


@pytest.mark.parametrize("solver", SOLVED_BY)
def test_an_optimum_is_optimal_with_its_bound(solver: str) -> None:
    outcome = run_model(build_model(small())[0], solver=solver)
    assert outcome.status is Status.OPTIMAL
    assert outcome.objective == pytest.approx(9.0)
    assert outcome.bound == pytest.approx(9.0)


@pytest.mark.parametrize("solver", SOLVED_BY)
def test_an_infeasible_model_is_infeasible(solver: str) -> None:
    outcome = run_model(build_model(small(1.0))[0], solver=solver)
    assert (outcome.status, outcome.objective) == (Status.INFEASIBLE, math.inf)


@pytest.mark.parametrize("solver", SOLVED_BY)
def test_a_run_stopped_by_its_limit_is_never_called_optimal(solver: str) -> None:
    outcome = run_model(build_model(hard_problem())[0], solver=solver, time_limit=1.5)
    assert outcome.status in {Status.FEASIBLE, Status.UNKNOWN}
    assert outcome.bound < outcome.objective


def test_a_linear_program_has_its_optimum_as_bound() -> None:
    model = pulp.LpProblem("lp", pulp.LpMinimize)
    amount = model.add_variable("a", 0, 5)
    model.setObjective(amount * 2.0)
    model.addConstraint(amount >= 3.0, "least")
    outcome = run_model(model)
    assert (outcome.status, outcome.objective, outcome.bound) == (Status.OPTIMAL, 6.0, 6.0)


def test_a_model_without_variables_is_judged_by_its_rows() -> None:
    assert run_model(build_model(Problem.build([], np.empty((0, 1)), [1.0], [np.inf]))[0]).status is Status.OPTIMAL
    assert run_model(build_model(Problem.build([1.0], [[np.inf]], [1.0], [np.inf]))[0]).status is Status.INFEASIBLE


def test_unknown_and_missing_solvers_are_told_apart() -> None:
    model = build_model(small())[0]
    with pytest.raises(UsageError, match="choose one of cbc"):
        run_model(model, solver="nonsense")
    missing = [name for name, there in available_solvers().items() if not there]
    for name in missing:
        with pytest.raises(SolverUnavailableError, match="try --solver highs"):
            run_model(model, solver=name)


def test_available_solvers_are_told_by_their_own_names() -> None:
    known = available_solvers()
    assert list(known) == list(SOLVERS)
    assert known["highs"]
    assert {type(there) for there in known.values()} == {bool}


@pytest.mark.parametrize("gap", [1e-9, 1e-6, 1e-4, 1e-3, 0.01, 0.1])
@pytest.mark.parametrize("objective", [1.0, 9.0, 12345.678, 5.5e10, -77.0])
def test_a_bound_computed_from_the_gap_proves_it(objective: float, gap: float) -> None:
    bound = objective - gap * abs(objective)
    assert is_proven(objective, bound, gap)
    assert not is_proven(objective, objective - 1.01 * gap * abs(objective), gap) or gap <= 1e-9


def test_gaps_at_the_edges() -> None:
    assert relative_gap(math.inf, 0.0) == math.inf
    assert relative_gap(0.0, 0.0) == 0.0
    assert relative_gap(0.0, -1.0) == math.inf
    assert relative_gap(1.0, 2.0) == 0.0
    assert is_proven(5.0, 5.0, 0.0)
    assert not is_proven(5.0, 4.99, 0.0)
