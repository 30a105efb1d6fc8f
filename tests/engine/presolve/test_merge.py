"""Merging captive sites changes no optimum and gives every site back."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings

from hubspoke.engine.presolve.merge import merge_captive_sites
from hubspoke.engine.problem.counts import NO_LIMIT, Counts
from hubspoke.engine.problem.problem import Problem
from presolved import keep_the_optimum
from small_problems import problems
from trials import examples

ONE_EACH = Counts(np.array([0, 0, 1]), np.array([1, 1]), np.array([1, 1]))


def test_sites_of_a_group_with_one_hub_become_one_site() -> None:
    cost = np.array([[1.0, 2.0, np.inf], [3.0, 1.0, np.inf], [np.inf, np.inf, 1.0], [1.0, 1.0, 1.0]])
    problem = Problem.build([1.0, 2.0, 3.0, 4.0], cost, [9.0] * 3, [1.0] * 3, hub_counts=ONE_EACH)
    merged = merge_captive_sites(problem)
    assert merged.problem.n_sites == 3
    assert merged.site_of[0] == merged.site_of[1]
    assert sorted(merged.problem.mass.tolist()) == [3.0, 3.0, 4.0]
    assert merged.problem.collection_cost[merged.site_of[0]].tolist() == [4.0, 3.0, np.inf]


def test_a_site_that_may_be_skipped_or_may_leave_the_group_stays_itself() -> None:
    cost = np.array([[1.0, 2.0, np.inf], [3.0, 1.0, np.inf], [3.0, 1.0, 2.0]])
    problem = Problem.build([1.0] * 3, cost, [9.0] * 3, [1.0] * 3, hub_counts=ONE_EACH, skip_cost=[5.0, np.inf, np.inf])
    assert merge_captive_sites(problem).problem.n_sites == 3


def test_without_limits_nothing_merges() -> None:
    problem = Problem.build([1.0] * 3, np.ones((3, 2)), [9.0] * 2, [1.0] * 2)
    assert merge_captive_sites(problem).problem is problem
    assert problem.hub_counts.most.tolist() == [NO_LIMIT]


@settings(deadline=None, derandomize=True, max_examples=examples(15), suppress_health_check=list(HealthCheck))
@given(problems())
def test_merged_problems_have_the_same_optimum_and_give_whole_plans(problem: Problem) -> None:
    keep_the_optimum(problem, merge_captive_sites(problem))
