"""A cut holds for every choice of plants, and is exact where it was made."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from choices import as_parts, choices, divided
from hubspoke.engine.benders.branching import tighten_by_reduced_cost
from hubspoke.engine.benders.cuts import CutGenerator
from hubspoke.engine.benders.master import Box, Master, RelaxedChoice
from hubspoke.engine.benders.subproblem import Subproblem
from hubspoke.engine.problem.problem import Problem
from small_problems import problems
from trials import examples

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.engine.problem.steps import Steps

    Floats = NDArray[np.float64]

SOME = settings(deadline=None, derandomize=True, max_examples=examples(7), suppress_health_check=list(HealthCheck))
WITH_SITES = problems().filter(lambda problem: problem.n_sites > 0)
PARTS = st.lists(st.sampled_from([0.0, 0.3, 0.5, 1.0]), min_size=12, max_size=12)


def in_parts(steps: Steps, drawn: list[float]) -> Floats:
    """Open existing sizes in parts that make no more than one plant."""
    parts = np.resize(np.array(drawn), steps.fixed.shape) * steps.exists
    whole: Floats = parts / np.maximum(parts.sum(axis=1, keepdims=True), 1.0)
    return whole


@SOME
@given(WITH_SITES, PARTS, PARTS)
def test_no_cut_exceeds_the_cost_of_any_choice(problem: Problem, first: list[float], second: list[float]) -> None:
    problem = divided(problem)
    all_choices, subproblem = choices(problem), Subproblem(problem)
    made = [subproblem.evaluate(in_parts(problem.hubs, first), in_parts(problem.refineries, second))]
    made += [
        subproblem.evaluate(as_parts(problem.hubs, h), as_parts(problem.refineries, r))
        for h, r, _ in all_choices[::3][:8]
    ]
    for h, r, cost in all_choices:
        hub, refinery = as_parts(problem.hubs, h), as_parts(problem.refineries, r)
        for point in made:
            if point is not None and math.isfinite(cost):
                assert point.cut.at(hub, refinery) <= cost + 1e-6


@SOME
@given(WITH_SITES, PARTS)
def test_no_cut_of_any_prices_exceeds_the_cost_of_any_choice(problem: Problem, drawn: list[float]) -> None:
    problem = divided(problem)
    prices = 20 * np.resize(np.array(drawn), problem.n_sites) - 3
    worth = 9 * np.resize(np.array(drawn[::-1]), (problem.n_hubs, problem.n_grades)) * (problem.n_refineries > 0)
    cut = CutGenerator(problem).cut(prices, worth)
    for h, r, cost in choices(problem):
        assert cut.at(as_parts(problem.hubs, h), as_parts(problem.refineries, r)) <= cost + 1e-6


@SOME
@given(WITH_SITES)
def test_a_cut_is_exact_at_its_own_choice_however_refineries_share_their_room(problem: Problem) -> None:
    problem = divided(problem)
    subproblem = Subproblem(problem)
    cutter = subproblem.cutter
    for h, r, cost in choices(problem):
        hub, refinery = as_parts(problem.hubs, h), as_parts(problem.refineries, r)
        if math.isfinite(cost) and cutter.assignment.usable(cutter.worth(refinery))[np.array(h) >= 0].all():
            point = subproblem.evaluate(hub, refinery)
            assert point is not None
            if (point.assigned.left_out[np.isinf(problem.skip_cost)] > 1e-9).any():
                continue  # answered with a penalty
            assert point.cost == pytest.approx(cost, rel=1e-7, abs=1e-6)
            assert point.cut.at(hub, refinery) == pytest.approx(cost, rel=1e-7, abs=1e-6)


def test_plants_are_counted_by_the_size_at_which_they_are_open() -> None:
    capacity, fixed = [[1.0, 3.0, 6.0], [3.0, 6.0, 0.0], [1.0, 6.0, 0.0]], [[1.0, 2, 3], [2, 3, np.inf], [1, 3, np.inf]]
    problem = Problem.build([1.0, 2.0], np.ones((2, 3)), capacity, fixed)
    master = Master(CutGenerator(problem), 1.0)
    point = master.place(as_parts(problem.hubs, (1, 1, 0)), np.zeros((0, 1)))
    assert point[master.size :].tolist() == [3.0, 2.0, 1.0]  # open at all, at 3 t or more, at 6 t
    assert (point <= master.whole().high).all()


def test_reduced_costs_narrow_sizes_and_counts() -> None:
    box = Box(np.zeros(4), np.array([1.0, 1.0, 1.0, 5.0]))
    relaxed = RelaxedChoice(np.array([0.0, 1.0, 0.0, 0.0]), 10.0, 10.0, np.array([6.0, -6.0, 2.0, 2.0]))
    tighter = tighten_by_reduced_cost(box, relaxed, 15.0)
    assert tighter.low.tolist() == [0.0, 1.0, 0.0, 0.0]
    assert tighter.high.tolist() == [0.0, 1.0, 1.0, 2.0]
