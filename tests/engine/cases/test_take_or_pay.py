"""Refineries that pay for tonnes whether they come or not: the optimum by trying everything, and no false bound."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import linprog

from brute_force_cases import agree_with_brute_force_cases, case_faults, cheapest_cases
from hubspoke.base.status import Status
from hubspoke.base.stop import Stop
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.cuts.search import CutSearch
from hubspoke.engine.cases.full import solve_whole
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.cases.take_or_pay import PartedCutter, TakeOrPay, divide
from hubspoke.engine.parameters import DEFAULTS
from hubspoke.engine.problem.problem import Problem
from small_cases import small_cases
from trials import examples


@given(cases=small_cases(scenarios=False, dues=True))
@settings(max_examples=examples(12), deadline=None)
def test_full_model_and_door_are_exact(cases: Cases) -> None:
    agree_with_brute_force_cases(cases, solve_whole(cases))
    agree_with_brute_force_cases(cases, optimize_cases(cases))


@pytest.mark.heavy
@given(cases=small_cases(tied=False, scenarios=False, dues=True))
@settings(max_examples=examples(12), deadline=None)
def test_cuts_tell_no_lie_and_solve_divided_sites_to_the_end(cases: Cases) -> None:
    plain = [replace(problem, single_sourcing=False, hub_floor=np.zeros(problem.n_hubs)) for problem in cases.problems]
    for one in (cases, replace(cases, problems=tuple(plain))):
        least, answer = cheapest_cases(one), CutSearch(one, 1e-6, Stop(), 0, DEFAULTS).solve()
        assert answer.bound <= least + 1e-6 + 1e-7 * abs(least)
        if answer.has_plan:
            assert answer.objective >= least - 1e-6
            assert case_faults(one, answer) == []
        if one is not cases:
            assert answer.has_plan == math.isfinite(least)
            assert not answer.has_plan or answer.objective == pytest.approx(least, rel=1e-6, abs=1e-6)


def test_what_is_paid_for_nothing_is_part_of_the_cost() -> None:
    problem = Problem.build([4.0], [[0.0]], [[9.0]], [[1.0]], transfer_cost=[[0.0]], refinery_capacity=[[9.0]],
                            refinery_fixed=[[10.0]], refinery_variable=[[3.0]])  # fmt: skip
    dues = TakeOrPay.build((2, 1, 1), 7.0, 2.0)
    answer = optimize_cases(Cases.build([problem, problem], weights=[1.0, 10.0], take_or_pay=dues))
    assert answer.status is Status.OPTIMAL
    assert answer.objective == pytest.approx(11 * (1 + 10 + 3 * 4 + 2 * 3))


def test_both_parts_hold_what_the_whole_does() -> None:
    problem = Problem.build([4.0], [[0.0]], [[9.0]], [[1.0]], transfer_cost=[[0.0, 0.0]],
                            refinery_capacity=[[5.0, 9.0], [2.0, 8.0]], refinery_fixed=[[1.0, 2.0]] * 2)  # fmt: skip
    parts = divide(problem, np.array([[3.0, 9.0], [0.0, 4.0]]), np.ones((2, 2)))
    opened = np.array([[1.0, 0.0], [0.0, 1.0]])
    assert (parts.problem.refineries.capacity * parts.spread(opened)).sum() == 5.0 + 8.0
    assert parts.sizes(np.array([1, 1])).tolist() == [1, 1, -1, 1]


@pytest.mark.parametrize("tonnes", [-1.0, math.inf, math.nan])
def test_odd_tonnes_are_refused(tonnes: float) -> None:
    problem = Problem.build([4.0], [[0.0]], [[9.0]], [[1.0]], transfer_cost=[[0.0]], refinery_capacity=[[9.0]])
    with pytest.raises(ValueError, match="take_or_pay"):
        Cases.build([problem], take_or_pay=TakeOrPay.build((1, 1, 1), tonnes, 1.0))


def test_scenarios_have_none() -> None:
    problem = Problem.build([4.0], [[0.0]], [[9.0]], [[1.0]], transfer_cost=[[0.0]], refinery_capacity=[[9.0]])
    with pytest.raises(ValueError, match="for years"):
        Cases.build([problem], linking="scenarios", take_or_pay=TakeOrPay.build((1, 1, 1), 1.0, 1.0))


def test_base_and_top_are_worth_what_the_cheapest_flows_cost() -> None:
    draw = np.random.default_rng(5)
    for _ in range(20):
        hubs, tonnes = 5, float(draw.integers(1, 12))
        supply, transfer = draw.integers(1, 6, hubs).astype(float), draw.integers(0, 9, (hubs, 1)).astype(float)
        lanes = np.where(np.eye(hubs) > 0, 0.0, np.inf)
        problem = Problem.build(supply, lanes, [[9.0]] * hubs, [[0.0]] * hubs, transfer_cost=transfer,
                                refinery_capacity=[[14.0]], refinery_fixed=5.0, refinery_variable=4.0)  # fmt: skip
        parts = divide(problem, np.array([[tonnes]]), np.array([[3.0]]))
        cutter = PartedCutter(parts, DEFAULTS.assignment)
        worth = draw.integers(0, 20, (hubs, 1)).astype(float)
        room = np.minimum(14.0, supply.sum())
        cost = np.append(transfer[:, 0] + 4.0 - worth[:, 0], 3.0)  # the last column is what lacks
        rows = [[1.0] * hubs + [0.0], [-1.0] * hubs + [-1.0]]
        found = linprog(cost, A_ub=rows, b_ub=[room, -tonnes], bounds=[*((0.0, most) for most in supply), (0.0, None)])
        assert parts.gather(cutter.value_refineries(worth))[0, 0] == pytest.approx(5.0 + found.fun)
