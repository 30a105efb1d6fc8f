"""Endless room is room for all, whichever way a problem is solved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brute_force import cheapest
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.milp.solve import solve_directly
from hubspoke.engine.optimize import optimize
from hubspoke.engine.presolve.room import cap_room
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.problem.steps import Steps
from small_problems import problems
from trials import examples
from tuning import by_cuts_or_whole

FEW = settings(deadline=None, derandomize=True, max_examples=examples(12), suppress_health_check=list(HealthCheck))
ENDLESS = st.sampled_from([np.inf, 1e20, 1e30])


def with_room(problem: Problem, room: float) -> Problem:
    """Return a problem whose plants hold so much at every size that exists."""

    def widen(steps: Steps) -> Steps:
        return Steps(np.where(steps.exists, room, steps.capacity), steps.fixed, steps.variable)

    return replace(problem, hubs=widen(problem.hubs), refineries=widen(problem.refineries))


@pytest.mark.heavy
@FEW
@given(problems(), ENDLESS, st.booleans())
def test_the_engine_takes_endless_room_for_room_for_all(problem: Problem, room: float, by_cuts: bool) -> None:  # noqa: FBT001
    least = cheapest(with_room(problem, 2.0 * float(problem.mass.sum()) + 1.0))
    endless = optimize(with_room(problem, room), gap=0, parameters=by_cuts_or_whole(by_cuts))
    assert endless.objective == pytest.approx(least, rel=1e-7, abs=1e-6)


@pytest.mark.heavy
@pytest.mark.parametrize("room", [np.inf, 1e20, 1e30])
@pytest.mark.parametrize("solver", ["highs", "cbc"])
@pytest.mark.parametrize("strong", [True, False])
def test_solvers_get_no_huge_numbers(room: float, solver: str, strong: bool) -> None:  # noqa: FBT001
    random = np.random.default_rng(1)
    cost = random.integers(1, 99, (12, 5))
    echelons: dict[str, Any] = {"transfer_cost": random.integers(1, 9, (5, 2)), "refinery_fixed": [40.0, 60.0]}
    given = Problem.build(np.full(12, 3.0), cost, np.full(5, room), 50.0, refinery_capacity=[room, room], **echelons)
    held = Problem.build(np.full(12, 3.0), cost, np.full(5, 36.0), 50.0, refinery_capacity=[36.0, 36.0], **echelons)
    best = solve_directly(held).objective
    answer = solve_directly(given, solver=solver, strong=strong)
    assert answer.objective == pytest.approx(best)
    assert optimize(given, solver=solver).objective == pytest.approx(best)
    assert optimize_cases(Cases.build([given] * 2)).objective == pytest.approx(2 * best)


def test_a_problem_without_endless_room_stays_the_same_object() -> None:
    problem = Problem.build([3.0, 4.0], np.ones((2, 2)), [7.0, 5.0], [1.0, 1.0])
    assert cap_room(problem) is problem
    assert cap_room(with_room(problem, 9.0)).hubs.capacity.max() == pytest.approx(7.0)
