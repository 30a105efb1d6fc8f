"""What a solver calls proven is recounted; a wrong answer ends as a fault that names solver and version."""

from __future__ import annotations

import math
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import hubspoke as hs
from hubspoke.base.status import Status
from hubspoke.engine.milp import solve
from hubspoke.engine.milp.solve import cost_unit, solve_directly
from hubspoke.engine.milp.solver import Outcome, name_version, run_model
from hubspoke.engine.problem.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

OPTIMUM = 9.0
HIGHS = f"highs {version('highspy')}"


def small(**changes: Any) -> Problem:
    """Two sites, two hubs, two refineries: each site to its own hub and on, at 9 + 3 x 1."""
    problem = Problem.build([1.0, 2.0], [[1.0, 4.0], [9.0, 2.0]], [5.0] * 2, [3.0, 3.0])
    return problem.derive(**changes) if changes else problem


def lie(monkeypatch: pytest.MonkeyPatch, told: Callable[[Outcome, Any], Outcome]) -> None:
    """Let a solver that is right be misquoted: the outcome and its variables pass through `told`."""

    def run(model: Any, **options: Any) -> Outcome:
        outcome = run_model(model, **options)
        return told(outcome, model) if options.get("presolve", True) else outcome

    monkeypatch.setattr(solve, "run_model", run)


def put(model: Any, values: dict[str, float]) -> None:
    """Set variables of a model."""
    for variable in model.variables():
        variable.varValue = values.get(variable.name, variable.varValue)


def test_the_truth_is_believed() -> None:
    answer = solve_directly(small())
    assert (answer.status, answer.objective, answer.bound) == (Status.OPTIMAL, OPTIMUM, OPTIMUM)
    assert solve_directly(small(hub_state=np.array([-1, -1]))).status is Status.INFEASIBLE


def test_a_bound_above_a_plan_is_a_fault_that_names_solver_and_version(monkeypatch: pytest.MonkeyPatch) -> None:
    unit = cost_unit(small())
    lie(monkeypatch, lambda outcome, _: replace(outcome, bound=9.001 / unit, objective=9.001 / unit))
    with pytest.raises(hs.WrongAnswerError, match=HIGHS) as caught:
        solve_directly(small())
    assert "it proves 9.001, and a plan costs 9;" in str(caught.value)


def test_a_cost_that_the_plan_exceeds_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    unit = cost_unit(small())
    lie(monkeypatch, lambda outcome, _: replace(outcome, bound=8.9 / unit, objective=8.9 / unit))
    with pytest.raises(hs.WrongAnswerError, match=r"its plan costs 9, not 8\.9 as it says;"):
        solve_directly(small())


def test_a_claim_within_the_tolerances_of_solvers_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    lie(monkeypatch, lambda outcome, _: replace(outcome, bound=outcome.bound * (1 + 1e-8)))
    assert solve_directly(small()).objective == OPTIMUM


@pytest.mark.parametrize(
    ("values", "capacity", "fault"),
    [
        ({"x_0_1": 1.0, "x_0_0": 0.0}, [5.0, 2.5], "hub 1 takes in 3 of 2.5 tonnes"),
        ({"x_0_1": 1.0}, [5.0, 5.0], "site 0 is served 2 times"),
        ({"x_0_0": 0.0}, [5.0, 5.0], "site 0 is served 0 times"),
        ({"y_1_0": 0.0}, [5.0, 5.0], "hub 1 takes in 2 tonnes and is closed"),
    ],
)
def test_a_plan_that_breaks_a_limit_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, float], capacity: list[float], fault: str
) -> None:
    problem = Problem.build([1.0, 2.0], [[1.0, 4.0], [9.0, 2.0]], capacity, [3.0, 3.0])

    def told(outcome: Outcome, model: Any) -> Outcome:
        put(model, values)
        return outcome

    lie(monkeypatch, told)
    with pytest.raises(hs.WrongAnswerError, match=fault):
        solve_directly(problem)


def test_an_infeasible_problem_with_a_plan_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    lie(monkeypatch, lambda _, __: Outcome(Status.INFEASIBLE, math.inf, math.inf))
    with pytest.raises(hs.WrongAnswerError, match="it finds no plan, and one costs 9;"):
        solve_directly(small())
    with pytest.raises(hs.WrongAnswerError, match="of PuLP"):
        solve_directly(small(), solver="cbc")


def test_versions_are_those_of_the_packages_that_bring_a_solver() -> None:
    assert name_version("highs") == HIGHS
    assert name_version("cbc") == f"cbc of PuLP {version('pulp')}"
