"""Dropping dominated sizes changes no optimum, and plans come back in the sizes of the original."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from hubspoke.engine.milp.solve import solve_directly
from hubspoke.engine.presolve.dominated_sizes import drop_dominated_sizes
from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.problem import Problem
from presolved import keep_the_optimum
from small_problems import problems
from trials import examples


def test_one_hub_of_a_group_is_left_with_the_size_that_fits() -> None:
    """What must enter is known, so that smaller sizes are too small and larger ones too dear."""
    counts = Counts(np.zeros(2, np.int64), np.array([1]), np.array([1]))
    problem = Problem.build(
        [3.0, 2.0], np.ones((2, 2)), [[4.0, 6.0, 9.0]] * 2, [[1.0, 2.0, 3.0]] * 2, hub_counts=counts
    )
    fewer = drop_dominated_sizes(problem)
    assert fewer.problem.hubs.capacity.shape == (2, 1)
    assert fewer.hub_size.tolist() == [[1], [1]]
    assert fewer.problem.hubs.capacity[0, 0] == pytest.approx(5.0)  # no more can come
    assert fewer.expand(solve_directly(fewer.problem)).hub_size.max() == 1


def test_sizes_of_free_hubs_stay_up_to_all_that_could_come() -> None:
    problem = Problem.build([3.0, 2.0], np.ones((2, 2)), [[1.0, 3.0, 6.0, 9.0]] * 2, [[1.0, 2.0, 3.0, 4.0]] * 2)
    assert drop_dominated_sizes(problem).problem.hubs.exists.sum(axis=1).tolist() == [3, 3]


@settings(deadline=None, derandomize=True, max_examples=examples(25), suppress_health_check=list(HealthCheck))
@given(problems())
def test_fewer_sizes_have_the_same_optimum_and_give_whole_plans(problem: Problem) -> None:
    keep_the_optimum(problem, drop_dominated_sizes(problem))
