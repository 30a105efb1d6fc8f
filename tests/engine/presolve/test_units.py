"""The same network in any unit of mass and money, and with room without limit, has the same answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brute_force import cheapest
from hubspoke.base.status import Status
from hubspoke.engine.certificate.check import check_bound
from hubspoke.engine.closing import find_closing_costs
from hubspoke.engine.milp.solve import scale_costs, solve_directly
from hubspoke.engine.optimize import optimize
from hubspoke.engine.presolve.units import suit_units
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.problem.steps import Steps
from hubspoke.engine.solution.alternatives import find_alternatives
from hubspoke.engine.solution.evaluate import evaluate
from small_problems import problems
from trials import examples
from tuning import by_cuts_or_whole

MANY = settings(deadline=None, derandomize=True, max_examples=examples(6), suppress_health_check=list(HealthCheck))
FACTOR = st.sampled_from([1e-9, 1e-6, 1e-3, 1e3, 1e6, 1e9])


def in_other_units(problem: Problem, mass: float, money: float) -> Problem:
    """State a problem in units that are so much smaller."""

    def scale(steps: Steps) -> Steps:
        return Steps(steps.capacity * mass, steps.fixed, steps.variable / mass)

    return scale_costs(
        replace(
            problem,
            supply=problem.supply * mass,
            hubs=scale(problem.hubs),
            transfer_cost=problem.transfer_cost / mass,
            refineries=scale(problem.refineries),
        ),
        money,
    )


@MANY
@given(problems(), FACTOR, FACTOR, st.booleans())
def test_units_change_no_answer(problem: Problem, mass: float, money: float, by_cuts: bool) -> None:  # noqa: FBT001
    least = cheapest(problem)
    answer = optimize(in_other_units(problem, mass, money), gap=0, parameters=by_cuts_or_whole(by_cuts))
    assert answer.status is (Status.OPTIMAL if np.isfinite(least) else Status.INFEASIBLE)
    if answer.has_plan:
        assert answer.objective / money == pytest.approx(least, rel=1e-6, abs=1e-6)
        assert answer.bound / money <= least + 1e-6 + 1e-6 * abs(least)


@MANY
@given(problems(), FACTOR)
def test_units_change_no_answer_of_the_full_model(problem: Problem, mass: float) -> None:
    """Those who ask it alone (closings, reasons why there is no plan) need no units of their own."""
    least = cheapest(problem)
    answer = solve_directly(in_other_units(problem, mass, 1.0))
    assert answer.status is (Status.OPTIMAL if np.isfinite(least) else Status.INFEASIBLE)
    if answer.has_plan:
        assert answer.objective == pytest.approx(least, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", range(examples(4)))
def test_a_hub_that_many_tonnes_fill_to_the_last_is_found(seed: int) -> None:
    """Of 300 million tonnes with three decimals a sum is off by more than solvers let rows be missed by."""
    random = np.random.default_rng(seed)
    mass = np.round(random.uniform(1e6, 6e7, 12), 3)
    mass[-1] = np.round(3e8 - mass[:-1].sum(), 3)
    mass = np.abs(mass)
    cost = (mass * random.uniform(1e3, 5e4, 12))[:, None] * [1.0, 1.4]
    problem = Problem.build(
        mass, cost, [[0.7 * mass.sum(), mass.sum()]] * 2, [[1e9, 1.6e9]] * 2, yields=0.315,
        transfer_cost=[[1e3], [1e3]], refinery_capacity=[0.315 * mass.sum()],
    )  # fmt: skip
    least = cost[:, 0].sum() + 1.6e9 + 1e3 * 0.315 * mass.sum()
    answer = solve_directly(problem)
    assert answer.objective == pytest.approx(least, rel=1e-9)
    assert np.array_equal(answer.hub_size, [1, -1])
    closing, _ = find_closing_costs(problem, answer, find_alternatives(problem, answer, cost))
    assert closing.high[0] == pytest.approx(cost[:, 1].sum() - cost[:, 0].sum(), rel=1e-9)


@pytest.mark.heavy
@MANY
@given(problems(), st.sampled_from([1e12, 1e20, 1e30, np.inf]), st.booleans())
def test_room_without_limit_is_room_for_everything(problem: Problem, room: float, by_cuts: bool) -> None:  # noqa: FBT001
    def widen(steps: Steps, most: float) -> Steps:
        return replace(steps, capacity=np.where(steps.exists & (steps.capacity > 1), most, steps.capacity))

    total = float(problem.mass.sum() * max(1.0, problem.yields.sum(axis=2).max(initial=0.0))) + 1
    least = cheapest(replace(problem, hubs=widen(problem.hubs, total), refineries=widen(problem.refineries, total)))
    asked = replace(problem, hubs=widen(problem.hubs, room), refineries=widen(problem.refineries, room))
    answer = optimize(asked, gap=0, parameters=by_cuts_or_whole(by_cuts))
    assert answer.status is (Status.OPTIMAL if np.isfinite(least) else Status.INFEASIBLE)
    if answer.has_plan:
        assert answer.objective == pytest.approx(least, rel=1e-7, abs=1e-6)


@pytest.mark.parametrize("unit", [2.0**-40, 1.0, 2.0**40])
def test_flows_and_prices_come_back_in_the_units_of_the_problem(unit: float) -> None:
    problem = Problem.build(
        [2.0, 3.0, 4.0], [[1.0, 6.0], [5.0, 2.0], [4.0, 4.0]], [6.0, 7.0], [3.0, 2.0], yields=0.5,
        transfer_cost=[[1.0], [2.0]], refinery_capacity=[9.0], refinery_fixed=[5.0],
    )  # fmt: skip
    asked = in_other_units(problem, unit, 1.0)
    answer, known = optimize(asked, gap=0), optimize(problem, gap=0)
    assert suit_units(asked).unit == pytest.approx(1.0 if unit == 1.0 else unit / 32)
    assert np.array_equal(answer.flow, known.flow * unit)
    assert evaluate(asked, answer) == pytest.approx(answer.objective, rel=1e-12)
    assert answer.objective == known.objective
    assert check_bound(asked, answer.certificate) == pytest.approx(check_bound(problem, known.certificate), rel=1e-9)
