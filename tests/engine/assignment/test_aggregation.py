"""Groups of sites: nothing is lost in them, and what they price bounds the whole network truly."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from brute_force import cheapest, tell_no_lie
from hubspoke.base.status import Status
from hubspoke.engine.assignment.aggregation import AggregatedAssignment, add_up, group_sites, price_sites
from hubspoke.engine.assignment.assignment import Sinks
from hubspoke.engine.benders.branch_and_cut import solve_by_branch_and_cut
from hubspoke.engine.benders.subproblem import Subproblem
from hubspoke.engine.problem.limits import counts_cannot_be_met
from hubspoke.instances.generate import generate_problem
from small_problems import problems
from trials import examples
from tuning import tuned

if TYPE_CHECKING:
    from hubspoke.engine.parameters import EngineParameters
    from hubspoke.engine.problem.problem import Problem


def by_groups(groups: int) -> EngineParameters:
    """Return parameters under which every choice is answered by so many groups of sites at most."""
    return tuned(subproblem={"aggregated_lanes": 0}, assignment={"groups": groups})


SOME = settings(deadline=None, derandomize=True, max_examples=examples(7), suppress_health_check=list(HealthCheck))


@pytest.mark.heavy
@SOME
@given(problems())
def test_a_search_by_groups_tells_the_truth(problem: Problem) -> None:
    lanes = np.isfinite(problem.collection_cost) & problem.hubs.exists.any(axis=1)
    assume(lanes.any() and not counts_cannot_be_met(problem))
    answer = solve_by_branch_and_cut(problem, gap=0.0, parameters=by_groups(2))
    least = cheapest(problem)
    assert answer.bound <= least + 1e-6 + 1e-7 * abs(least) or math.isinf(least)
    if answer.has_plan:
        tell_no_lie(problem, answer, least)
    elif answer.status is Status.INFEASIBLE:
        assert math.isinf(least)


def test_groups_hold_what_their_sites_hold() -> None:
    problem = generate_problem(400, 12, 3, seed=4, longest_km=300.0)
    group = group_sites(problem, by_groups(40).assignment)
    groups = add_up(problem, group)
    assert 12 < groups.n_sites <= 40
    assert groups.supply.sum() == pytest.approx(problem.supply.sum())
    for g in range(groups.n_sites):
        inside = problem.collection_cost[group == g]
        everyone = np.isfinite(inside).all(axis=0)
        assert groups.collection_cost[g, everyone] == pytest.approx(inside[:, everyone].sum(axis=0), rel=1e-6)
        assert np.isinf(groups.collection_cost[g, np.isinf(inside).all(axis=0)]).all()


def test_an_answer_by_groups_is_near_the_exact_one_and_its_cut_below_it() -> None:
    problem = generate_problem(600, 15, 3, seed=2)
    rng = np.random.default_rng(0)
    subproblem = Subproblem(problem, parameters=by_groups(150))
    for _ in range(5):
        hub = np.zeros(problem.hubs.fixed.shape)
        opened = rng.choice(15, 6, replace=False)
        hub[opened, np.isfinite(problem.hubs.fixed[opened]).sum(axis=1) - 1] = 1.0
        refinery = np.zeros(problem.refineries.fixed.shape)
        refinery[:, 1] = 1.0
        rough, exact = subproblem.evaluate(hub, refinery), subproblem.evaluate(hub, refinery, exactly=True)
        assert rough is not None
        assert exact is not None
        assert not rough.exact
        assert rough.cost == pytest.approx(exact.cost, rel=0.02)
        assert rough.cut.at(hub, refinery) <= exact.cost * (1 + 1e-9)
        assert rough.cut.at(hub, refinery) == pytest.approx(exact.cost, rel=0.02)


def test_an_exact_answer_after_groups_is_that_of_a_fresh_one() -> None:
    problem = generate_problem(600, 15, 3, seed=2)
    hub, refinery = np.zeros(problem.hubs.fixed.shape), np.zeros(problem.refineries.fixed.shape)
    hub[::2, 2], refinery[0, 1] = 1.0, 1.0
    subproblem = Subproblem(problem, parameters=by_groups(150))
    rough = subproblem.evaluate(hub, refinery)
    assert rough is not None
    after = subproblem.evaluate_exactly(rough)
    fresh = Subproblem(problem, parameters=by_groups(150)).evaluate(hub, refinery, exactly=True)
    assert after is not None
    assert fresh is not None
    assert after.exact
    assert after.cost == pytest.approx(fresh.cost, rel=1e-3)  # rounds of pricing end at other prices


def test_sites_are_priced_by_their_last_share() -> None:
    asked = np.array([[1.0, 5.0, 3.0], [4.0, 2.0, 9.0], [7.0, 8.0, 9.0]])
    price = np.zeros(3)
    price_sites(asked, np.array([0.5, 1.0, 0.5]), np.array([np.inf, np.inf, 6.0]), price)
    assert price.tolist() == [3.0, 2.0, 6.0]


def test_a_group_is_shared_out_to_its_sites() -> None:
    problem = generate_problem(300, 8, 0, seed=1)
    coarse = AggregatedAssignment(problem, by_groups(30).assignment)
    part = np.zeros(problem.hubs.fixed.shape)
    part[:, 1] = 1.0
    sinks = Sinks.of(problem.hubs, part)
    worth = np.zeros((8, 1))
    found = coarse.assignment.solve(sinks, coarse.assignment.lane_cost(worth, sinks.hub))
    assert found is not None
    sites = coarse.expand(found, sinks, problem.collection_cost[:, sinks.hub])
    assert sites.share.shape == (300, len(sinks.hub))
    assert sites.share.sum(axis=1) + sites.left_out == pytest.approx(np.ones(300))
