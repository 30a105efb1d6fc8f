"""Hubs that pay for tonnes whether they come or not: open hubs in two parts, and what they are charged.

That their plans are the optimum is tried with those of refineries, in `test_take_or_pay.py`.
"""

from __future__ import annotations

import numpy as np
import pytest

from hubspoke.base.status import Status
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.fixed_plants import fix_plants
from hubspoke.engine.cases.hub_dues import divide_open_hubs, pay_with_sizes
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.cases.take_or_pay import TakeOrPay
from hubspoke.engine.problem.problem import Problem

PROBLEM = Problem.build([4.0, 6.0], [[0.0, 5.0], [5.0, 0.0]], [[9.0, 12.0], [3.0, 12.0]], [[1.0, 2.0], [1.0, 2.0]],
                        hub_variable=3.0, single_sourcing=False)  # fmt: skip
DUES = TakeOrPay.build((1, 2, 2), [[[7.0, 8.0], [5.0, 2.0]]], 2.0)


def test_what_is_paid_for_nothing_is_part_of_the_cost() -> None:
    problem = Problem.build([4.0], [[0.0]], [[9.0]], [[10.0]], hub_variable=3.0)
    dues = TakeOrPay.build((2, 1, 1), 7.0, 2.0)
    answer = optimize_cases(Cases.build([problem, problem], weights=[1.0, 10.0], hub_take_or_pay=dues))
    assert answer.status is Status.OPTIMAL
    assert answer.objective == pytest.approx(11 * (10 + 3 * 4 + 2 * 3))


def test_a_single_case_pays_too() -> None:
    problem = Problem.build([4.0], [[0.0]], [[9.0]], [[10.0]])
    answer = optimize_cases(Cases.build([problem], hub_take_or_pay=TakeOrPay.build((1, 1, 1), 7.0, 2.0)))
    assert answer.objective == pytest.approx(10 + 2 * 3)


def test_sizes_pay_for_what_they_hold_at_most_and_each_tonne_of_it_costs_less() -> None:
    paid_for, paid = pay_with_sizes(PROBLEM, DUES, 0, 10.0)
    assert paid is not None
    assert paid_for.hubs.fixed.tolist() == [[1 + 140, 2 + 160], [1 + 100, 2 + 40]]
    assert paid.tonnes.tolist() == [[7, 8], [3, 2]]
    assert (paid.rate == 20).all()


def test_parts_of_open_hubs_hold_what_hubs_do_and_cost_the_same() -> None:
    size = np.array([0, 1])
    parts = divide_open_hubs(fix_plants(PROBLEM, size, np.empty(0, np.int64)), DUES, 0, size)
    hubs, every = parts.problem.hubs, np.array([0, 1, 0, 1])
    assert parts.of.tolist() == [0, 1]
    assert hubs.capacity[np.arange(4), every].tolist() == [7, 2, 2, 10]
    assert hubs.fixed[np.arange(4), every].tolist() == [1 + 14, 2 + 4, 0, 0]
    assert hubs.variable[np.arange(4), every].tolist() == [1, 1, 3, 3]
    site, hub, share = parts.join(np.array([0, 1, 1]), np.array([0, 1, 3]), np.array([1.0, 0.25, 0.75]))
    assert (site.tolist(), hub.tolist(), share.tolist()) == ([0, 1], [0, 1], [1.0, 1.0])


def test_whole_sites_go_to_whole_hubs() -> None:
    size = np.array([0, 1])
    single = fix_plants(PROBLEM.derive(single_sourcing=True), size, np.empty(0, np.int64))
    assert divide_open_hubs(single, DUES, 0, size).problem is single


@pytest.mark.parametrize("rate", [-1.0, np.inf])
def test_odd_rates_are_refused(rate: float) -> None:
    with pytest.raises(ValueError, match=r"hub_take_or_pay\.rate"):
        Cases.build([PROBLEM], hub_take_or_pay=TakeOrPay.build((1, 2, 2), 1.0, rate))
