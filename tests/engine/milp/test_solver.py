"""What a solver run proved is read truly: status, objective, bound, for every way a run can end."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pulp
import pytest

from hard_problem import hard_problem
from hubspoke.base.errors import SolverUnavailableError, UsageError
from hubspoke.base.status import Status, is_proven, relative_gap
from hubspoke.base.stop import Stop
from hubspoke.engine.milp.model import build_model
from hubspoke.engine.milp.solve import solve_directly
from hubspoke.engine.milp.solver import SOLVERS, available_solvers, run_model
from hubspoke.engine.problem.problem import Problem

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


@pytest.mark.heavy
@pytest.mark.parametrize("solver", SOLVED_BY)
def test_a_run_stopped_by_its_limit_is_never_called_optimal(solver: str) -> None:
    outcome = run_model(build_model(hard_problem())[0], solver=solver, stop=Stop(1.5))
    assert outcome.status in {Status.FEASIBLE, Status.UNKNOWN}
    assert outcome.bound < outcome.objective


@pytest.mark.parametrize("solver", [name for name in SOLVED_BY if name != "highs"])
def test_nothing_is_called_infeasible_once_the_limit_has_come(solver: str) -> None:
    """CBC says so of any model where its time ends within the first linear program."""
    outcome = run_model(build_model(small(1.0))[0], solver=solver, stop=Stop(0))
    assert (outcome.status, outcome.objective, outcome.bound) == (Status.UNKNOWN, math.inf, -math.inf)


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


@pytest.mark.heavy
def test_a_tight_problem_has_the_same_optimum_whoever_solves_it() -> None:
    """HiGHS 1.15.1 calls 3594 the optimum where whole numbers are asked for to 1e-9."""
    mass = [
        25,
        15,
        23,
        24,
        1,
        20,
        27,
        15,
        20,
        10,
        24,
        27,
        17,
        13,
        27,
        24,
        25,
        17,
        5,
        11,
        22,
        5,
        24,
        11,
        3,
        19,
        14,
        15,
        29,
    ]
    cost = [
        [59, 83, 76, 18, 31, 68], [68, 65, 4, 69, 9, 57], [96, 3, 63, 69, 88, 76], [34, 1, 27, 3, 0, 74],
        [94, 65, 33, 7, 28, 86], [22, 65, 63, 91, 91, 65], [8, 93, 9, 76, 7, 11], [6, 92, 12, 58, 74, 66],
        [86, 61, 3, 85, 19, 82], [16, 84, 61, 88, 73, 92], [56, 28, 4, 50, 32, 38], [57, 83, 5, 64, 66, 24],
        [48, 43, 72, 68, 38, 3], [17, 65, 14, 2, 50, 79], [80, 93, 3, 30, 26, 81], [33, 2, 34, 74, 92, 30],
        [55, 80, 5, 56, 43, 50], [47, 45, 30, 52, 97, 64], [19, 31, 92, 11, 83, 3], [31, 45, 24, 44, 23, 1],
        [92, 10, 65, 9, 91, 7], [21, 36, 8, 21, 86, 10], [83, 93, 59, 4, 13, 59], [43, 32, 10, 7, 55, 56],
        [88, 72, 39, 91, 91, 81], [10, 14, 9, 33, 22, 81], [81, 52, 90, 46, 11, 42], [69, 20, 49, 98, 35, 79],
        [83, 10, 19, 78, 78, 45],
    ]  # fmt: skip
    room, fixed = [135, 171, 149, 229, 138, 203], [776, 983, 856, 1316, 793, 1167]
    problem = Problem.build(mass, cost, room, fixed)
    for solver in SOLVED_BY:
        answer = solve_directly(problem, solver=solver)
        assert answer.status is Status.OPTIMAL
        assert answer.objective == pytest.approx(3577.0)


def test_highs_of_this_version_calls_no_wrong_answer_optimal() -> None:
    """HiGHS 1.14 calls 15 optimal here, which is why it is refused."""
    model = pulp.LpProblem("fifteen", pulp.LpMinimize)
    x, z = model.add_variable("x", 0, 10), model.add_variable("z", 0, 10, pulp.LpInteger)
    model.setObjective(2 * x + 3 * z)
    model += x + z >= 4.5
    outcome = run_model(model)
    assert outcome.status is Status.OPTIMAL
    assert outcome.objective == pytest.approx(9.0)


def test_highs_prints_nothing_on_standard_output() -> None:
    script = "import hubspoke as hs; hs.optimize(hs.generate_problem(60, 12, 2), gap=0.5)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == ""
