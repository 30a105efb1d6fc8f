"""The tree over openings: the optimum of tiny cases, with given and with free numbers of openings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brute_force_cases import agree_with_brute_force_cases, cheapest_cases
from hubspoke.base.status import Status
from hubspoke.base.stop import Stop
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.full import solve_whole
from hubspoke.engine.cases.plant_paths import PlantPaths
from hubspoke.engine.cases.uncapacitated.solve import _data, _openings, solve_by_openings, suits_tree
from hubspoke.engine.cases.uncapacitated.starts import cost_of_openings
from hubspoke.engine.cases.uncapacitated.walk import walk
from hubspoke.engine.parameters import DEFAULTS
from hubspoke.engine.problem.problem import Problem
from small_problems import fill
from trials import examples


@st.composite
def incremental(draw: Any, sites: int = 3, hubs: int = 3, count: int = 3) -> Cases:
    """Draw cases in which hubs take all they are sent and sites are only ever added."""
    sites, hubs, count = draw(st.integers(1, sites)), draw(st.integers(1, hubs)), draw(st.integers(2, count))
    lane = (
        st.one_of(st.integers(0, 9), st.integers(0, 9), st.just(np.inf)) if draw(st.booleans()) else st.integers(0, 9)
    )
    paid = draw(st.booleans())
    years = [
        Problem.build(
            fill(draw, st.integers(0, 3), sites),
            fill(draw, lane, sites, hubs),
            np.full(hubs, 3.0 * sites),
            fill(draw, st.integers(0, 4), hubs),
            hub_variable=fill(draw, st.integers(0, 1), hubs),
            skip_cost=fill(draw, st.sampled_from([0, 0, 5, 9, np.inf]), sites) if paid else np.inf,
        )
        for _ in range(count)
    ]
    number = fill(draw, st.sampled_from([0, 1, 1, 2]), count) if draw(st.booleans()) else None
    paths = PlantPaths.build(
        (count, hubs, 1),
        opening_cost=fill(draw, st.integers(0, 9), count, hubs, 1),
        earliest=fill(draw, st.sampled_from([0, 0, 0, 1]), hubs),
        fewest_openings=0 if number is None else number,
        most_openings=number,
    )
    return Cases.build(
        years,
        weights=draw(st.sampled_from([1.0, fill(draw, st.sampled_from([0.5, 1, 2]), count)])),
        hubs=paths,
        least_sites=np.sort(fill(draw, st.integers(0, sites), count)) if paid else 0.0,
        stays_collected=True,
    )


@pytest.mark.heavy
@given(cases=incremental())
@settings(max_examples=examples(12), deadline=None)
def test_the_tree_is_exact(cases: Cases) -> None:
    assert suits_tree(cases)
    answer = solve_by_openings(cases, gap=1e-9, stop=Stop(), parameters=DEFAULTS)
    agree_with_brute_force_cases(cases, answer)


@given(cases=incremental(sites=8, hubs=5))
@settings(max_examples=examples(5), deadline=None)
def test_the_tree_agrees_with_the_full_model(cases: Cases) -> None:
    tree = solve_by_openings(cases, gap=1e-9, stop=Stop(), parameters=DEFAULTS)
    whole = solve_whole(cases)
    assert tree.status is whole.status
    if tree.has_plan:
        assert abs(tree.objective - whole.objective) <= 1e-6 + 1e-7 * abs(whole.objective)


def test_more_openings_than_hubs_have_no_plan() -> None:
    year = Problem.build([0.0], [[0.0, 0.0]], [3.0, 3.0], [0.0, 0.0], skip_cost=0.0)
    number = [0, 1, 2]
    paths = PlantPaths.build((3, 2, 1), fewest_openings=number, most_openings=number)
    cases = Cases.build([year] * 3, hubs=paths, stays_collected=True)
    answer = solve_by_openings(cases, gap=1e-9, stop=Stop(), parameters=DEFAULTS)
    assert answer.status is Status.INFEASIBLE


@given(cases=incremental())
@settings(max_examples=examples(7), deadline=None)
def test_a_tree_that_may_not_walk_far_is_exact(cases: Cases) -> None:
    openings = replace(DEFAULTS.cases.openings, walk_steps=1, rounds=3, root_rounds=3)
    parameters = replace(DEFAULTS, cases=replace(DEFAULTS.cases, openings=openings))
    answer = solve_by_openings(cases, gap=1e-9, stop=Stop(), parameters=parameters)
    agree_with_brute_force_cases(cases, answer)


@given(cases=incremental(), number=st.lists(st.integers(0, 2), min_size=3, max_size=3), seed=st.integers(0, 9))
@settings(max_examples=examples(12), deadline=None)
def test_a_walk_finds_the_best_choice_at_any_prices(cases: Cases, number: list[int], seed: int) -> None:
    count, hubs = cases.count, cases.hubs.shape[1]
    asked = np.array(number[:count])
    given_number = replace(cases, hubs=replace(cases.hubs, fewest_openings=asked, most_openings=asked))
    _, opening, allowed = _openings(given_number)
    data, constant = _data(given_number, opening)
    draw = np.random.default_rng(seed)
    price, ask = draw.uniform(-3, 12, (count, data.cost.shape[2])), draw.uniform(0, 5, count)
    nothing, opens = np.full(hubs, -1), np.full(hubs, -9)
    cost, steps = walk(data, nothing, allowed.astype(np.uint8), price, ask, np.inf, 0.0, constant, 10_000, opens)
    least = cheapest_cases(given_number)
    assert steps <= 10_000
    assert cost + constant == pytest.approx(least) if np.isfinite(least) else np.isinf(cost)
    if np.isfinite(cost):
        start = np.empty(data.cost.shape[2], np.int64)
        assert cost_of_openings(data, opens, np.zeros(count), start) == pytest.approx(cost)
        assert walk(data, nothing, allowed.astype(np.uint8), price, ask, cost, 0.0, constant, 10_000, opens)[0] == cost


@given(cases=incremental(sites=6), seed=st.integers(0, 9))
@settings(max_examples=examples(5), deadline=None)
def test_the_cost_of_openings_does_not_depend_on_prices(cases: Cases, seed: int) -> None:
    _, opening, _ = _openings(cases)
    data, _ = _data(cases, opening)
    draw = np.random.default_rng(seed)
    opens = draw.integers(0, cases.count + 1, cases.hubs.shape[1])
    start = np.empty(data.cost.shape[2], np.int64)
    costs = [cost_of_openings(data, opens, draw.uniform(0, 9, cases.count), start) for _ in range(3)]
    assert costs == pytest.approx([costs[0]] * 3)
