"""The tree over openings: the optimum of tiny cases, with given and with free numbers of openings."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from brute_force_cases import agree_with_brute_force_cases
from hubspoke.base.status import Status
from hubspoke.base.stop import Stop
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.full import solve_whole
from hubspoke.engine.cases.plant_paths import PlantPaths
from hubspoke.engine.cases.uncapacitated.solve import solve_by_openings, suits_tree
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


@given(cases=incremental())
@settings(max_examples=examples(25), deadline=None)
def test_the_tree_is_exact(cases: Cases) -> None:
    assert suits_tree(cases)
    answer = solve_by_openings(cases, gap=1e-9, stop=Stop(), threads=1, parameters=DEFAULTS)
    agree_with_brute_force_cases(cases, answer)


@given(cases=incremental(sites=8, hubs=5))
@settings(max_examples=examples(8), deadline=None)
def test_the_tree_agrees_with_the_full_model(cases: Cases) -> None:
    tree = solve_by_openings(cases, gap=1e-9, stop=Stop(), threads=2, parameters=DEFAULTS)
    whole = solve_whole(cases)
    assert tree.status is whole.status
    if tree.has_plan:
        assert abs(tree.objective - whole.objective) <= 1e-6 + 1e-7 * abs(whole.objective)


def test_more_openings_than_hubs_have_no_plan() -> None:
    year = Problem.build([0.0], [[0.0, 0.0]], [3.0, 3.0], [0.0, 0.0], skip_cost=0.0)
    number = [0, 1, 2]
    paths = PlantPaths.build((3, 2, 1), fewest_openings=number, most_openings=number)
    cases = Cases.build([year] * 3, hubs=paths, stays_collected=True)
    answer = solve_by_openings(cases, gap=1e-9, stop=Stop(), threads=1, parameters=DEFAULTS)
    assert answer.status is Status.INFEASIBLE
