"""Black-mass flows for given plants are the cheapest, and none are invented."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brute_force import _flow_cost
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.problem.steps import Steps
from hubspoke.engine.solution.construct import cheapest_sizes
from hubspoke.engine.solution.flows import best_flows, hub_output
from small_problems import problems
from trials import examples


def test_output_is_supply_times_yield_of_the_hub() -> None:
    problem = Problem.build([[2.0, 4.0]], [[1.0, 1.0]], [9.0] * 2, [1.0] * 2,
                            yields=[[[0.5], [0.25]], [[1.0], [0.0]]], transfer_cost=np.ones((2, 1)),
                            refinery_capacity=[9.0])  # fmt: skip
    output = hub_output(problem, np.array([0, 0]), np.array([0, 1]), np.array([0.5, 0.5]))
    assert output.tolist() == [[1.0], [1.0]]


@settings(deadline=None, derandomize=True, max_examples=examples(30), suppress_health_check=list(HealthCheck))
@given(problems(), st.data())
def test_flows_cost_what_a_knapsack_by_hand_costs(problem: Problem, data: st.DataObject) -> None:
    shape = (problem.n_hubs, problem.n_grades)
    tonnes = data.draw(st.lists(st.integers(0, 3), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]))
    output = np.array(tonnes, float).reshape(shape)
    real = [[-1, *np.flatnonzero(row).tolist()] for row in problem.refineries.exists]
    size = tuple(data.draw(st.sampled_from(options)) for options in real)
    flow = best_flows(problem, output, np.array(size, np.int64))
    expected = _flow_cost(problem, tuple(output.ravel().tolist()), size)
    if flow is None:
        assert np.isinf(expected)
        return
    opened = [r for r, k in enumerate(size) if k >= 0]
    chosen = [size[r] for r in opened]
    cost = problem.refineries.fixed[opened, chosen].sum()
    cost += (problem.refineries.variable[opened, chosen] * flow.sum(axis=(0, 2))[opened]).sum()
    cost += (problem.transfer_cost[flow > 0] * flow[flow > 0]).sum()
    assert cost == pytest.approx(expected, rel=1e-9, abs=1e-9)
    if problem.n_refineries:
        assert np.allclose(flow.sum(axis=1), output)


def test_an_open_plant_takes_its_cheapest_size_that_holds_the_load() -> None:
    steps = Steps(np.array([[5.0, 10.0, 20.0]] * 3), np.array([[1.0, 3.0, 2.0]] * 3), np.zeros((3, 3)))
    assert cheapest_sizes(steps, np.array([1, 0, -1]), np.array([7.0, 4.0, 0.0])).tolist() == [2, 0, -1]
    dear = Steps(steps.capacity, steps.fixed, np.array([[1.0, 1.0, 9.0]] * 3))
    assert cheapest_sizes(dear, np.array([1, 2, 0]), np.array([7.0, 4.0, 30.0])).tolist() == [1, 0, 0]
