"""The tree over openings: the optimum of problems whose hubs take all they are sent, under counts and states."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brute_force import agree_with_brute_force, cheapest
from hubspoke.base.status import Status
from hubspoke.base.stop import Stop
from hubspoke.engine.certificate.check import check_bound
from hubspoke.engine.milp.solve import solve_directly
from hubspoke.engine.optimize import optimize
from hubspoke.engine.parameters import DEFAULTS
from hubspoke.engine.problem.counts import NO_LIMIT, Counts
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.solution.evaluate import evaluate
from hubspoke.engine.uncapacitated.scope import suits_openings
from hubspoke.engine.uncapacitated.solve import solve_by_openings
from small_problems import STATE, fill
from trials import examples
from tuning import tuned

SOME = settings(deadline=None, derandomize=True, max_examples=examples(30), suppress_health_check=list(HealthCheck))


def in_all(plants: int, fewest: int, most: int) -> Counts:
    """Return counts that limit the number of open plants in all."""
    return Counts(np.zeros(plants, np.int64), np.zeros(1, np.int64), np.full(1, NO_LIMIT), fewest, most)


@st.composite
def openings(draw: Any, sites: int = 4, hubs: int = 4) -> Problem:
    """Draw a problem whose hubs take all: costs below zero, missing lanes, states, counts, sites to be left out."""
    sites, hubs = draw(st.integers(1, sites)), draw(st.integers(1, hubs))
    cost = st.integers(-4, 9) if draw(st.booleans()) else st.integers(0, 9)
    lane = st.one_of(cost, cost, st.just(np.inf)) if draw(st.booleans()) else cost
    supply = fill(draw, st.integers(0, 3), sites)
    fewest = draw(st.sampled_from([0, 0, 1, 2]))
    return Problem.build(
        supply,
        fill(draw, lane, sites, hubs) * draw(st.sampled_from([1.0, 0.1])),
        np.full(hubs, supply.sum()),
        fill(draw, cost, hubs),
        hub_variable=fill(draw, st.integers(0, 2), hubs),
        single_sourcing=draw(st.booleans()),
        hub_counts=in_all(hubs, fewest, draw(st.sampled_from([fewest, fewest + 1, NO_LIMIT]))),
        hub_state=fill(draw, STATE if draw(st.booleans()) else st.just(0), hubs),
        skip_cost=fill(draw, st.sampled_from([0, 5, 9, np.inf]), sites) if draw(st.booleans()) else np.inf,
    )


def solve(problem: Problem, **parameters: Any) -> Any:
    return solve_by_openings(
        problem, gap=1e-9, stop=Stop(), parameters=tuned(uncapacitated=parameters) if parameters else DEFAULTS
    )


@pytest.mark.heavy
@SOME
@given(openings())
def test_the_optimum_is_that_of_brute_force(problem: Problem) -> None:
    if suits_openings(problem, DEFAULTS.uncapacitated):
        agree_with_brute_force(problem, solve(problem))


@pytest.mark.heavy
@SOME
@given(openings())
def test_it_is_so_where_a_bound_is_hardly_raised(problem: Problem) -> None:
    """Poor bounds make many nodes: what they are divided into must hold every plan."""
    if suits_openings(problem, DEFAULTS.uncapacitated):
        agree_with_brute_force(problem, solve(problem, root_ascents=0, rounds=2, tried_rounds=1, memory=0))


@pytest.mark.heavy
@SOME
@given(openings())
def test_prices_prove_no_more_than_is_true(problem: Problem) -> None:
    if suits_openings(problem, DEFAULTS.uncapacitated):
        answer, least = solve(problem), cheapest(problem)
        if answer.certificate:
            assert check_bound(problem, answer.certificate) <= least + 1e-7 * max(abs(least), 1)


def drawn(seed: int, sites: int = 40, hubs: int = 25, **more: Any) -> Problem:
    random = np.random.default_rng(seed)
    place, at = random.uniform(0, 100, (sites, 2)), random.uniform(0, 100, (hubs, 2))
    cost = np.hypot(*(place[:, None] - at[None]).transpose(2, 0, 1)) * random.integers(1, 5, sites)[:, None]
    return Problem.build(np.ones(sites), cost, np.full(hubs, float(sites)), random.uniform(50, 300, hubs), **more)


@pytest.mark.heavy
@pytest.mark.parametrize("seed", range(examples(6)))
@pytest.mark.parametrize("medians", [None, 2, 7])
def test_it_agrees_with_the_full_model(seed: int, medians: int | None) -> None:
    problem = drawn(seed, single_sourcing=seed % 2 == 0)
    if medians is not None:
        problem = replace(problem, hub_counts=in_all(25, medians, medians))
    answer = optimize(problem, gap=1e-9)
    whole = solve_directly(problem, gap=1e-9)
    assert answer.status is Status.OPTIMAL
    assert answer.objective == pytest.approx(whole.objective, rel=1e-8)
    assert evaluate(problem, answer) == pytest.approx(answer.objective, rel=1e-12)
    assert medians is None or (answer.hub_size >= 0).sum() == medians


@pytest.mark.parametrize("unit", [1e-6, 1.0, 1e9])
def test_the_unit_of_money_does_not_matter(unit: float) -> None:
    problem, scaled = drawn(3), drawn(3)
    scaled = replace(
        scaled,
        collection_cost=problem.collection_cost * unit,
        hubs=replace(problem.hubs, fixed=problem.hubs.fixed * unit),
    )
    one, other = optimize(problem, gap=1e-9), optimize(scaled, gap=1e-9)
    assert other.status is Status.OPTIMAL
    assert other.objective == pytest.approx(one.objective * unit, rel=1e-8)


@pytest.mark.parametrize("capacity", [np.inf, 1e20, 1e30])
def test_room_without_limit_is_room_for_all(capacity: float) -> None:
    problem = drawn(1)
    endless = replace(problem, hubs=replace(problem.hubs, capacity=np.full((25, 1), capacity)))
    assert optimize(endless).objective == pytest.approx(optimize(problem).objective, rel=1e-9)


def test_sites_that_few_hubs_reach_are_a_cover() -> None:
    """Every hub costs the same and lanes cost nothing: as few hubs as reach all sites."""
    random = np.random.default_rng(5)
    reach = random.random((40, 20)) < 0.15
    reach[np.arange(40), random.integers(0, 20, 40)] = True
    problem = Problem.build(np.ones(40), np.where(reach, 0.0, np.inf), np.full(20, 40.0), np.ones(20))
    answer, whole = solve(problem), solve_directly(problem, gap=1e-9)
    assert answer.status is Status.OPTIMAL
    assert answer.objective == pytest.approx(whole.objective)
    fewer = replace(problem, hub_counts=in_all(20, 0, round(whole.objective) - 1))
    assert solve(fewer).status is Status.INFEASIBLE


def test_a_deadline_leaves_a_plan_and_a_true_bound() -> None:
    problem = drawn(2, 200, 200)
    best = optimize(problem, gap=1e-9)
    answer = solve_by_openings(problem, gap=0.0, stop=Stop(0.0))
    assert answer.has_plan
    assert answer.bound <= best.objective <= answer.objective


def test_limits_by_group_go_another_way() -> None:
    problem = drawn(0)
    group = np.arange(25) % 2
    grouped = replace(problem, hub_counts=Counts(group, np.array([0, 0]), np.array([1, NO_LIMIT])))
    assert suits_openings(problem, DEFAULTS.uncapacitated)
    assert not suits_openings(grouped, DEFAULTS.uncapacitated)
    tight = replace(problem, hubs=replace(problem.hubs, capacity=np.full((25, 1), 39.0)))
    assert not suits_openings(tight, DEFAULTS.uncapacitated)
