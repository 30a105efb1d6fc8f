"""Bounds from prices alone: never above the optimum, whatever the prices; near it where the prices are good."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brute_force import cheapest
from hubspoke.engine.benders.branch_and_cut import solve_by_branch_and_cut
from hubspoke.engine.certificate.check import check_bound
from hubspoke.engine.milp.model import build_model
from hubspoke.engine.milp.relaxation import price_relaxed
from hubspoke.engine.optimize import optimize
from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.problem import Problem
from small_problems import fill, problems
from trials import examples

if TYPE_CHECKING:
    from numpy.typing import NDArray

EXAMPLES = examples(20)
"""Random problems for each property; some thousands by environment variable before a release."""

SOME = settings(deadline=None, derandomize=True, max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))


@pytest.mark.heavy
@SOME
@given(problems(), st.data())
def test_any_prices_give_a_true_bound(problem: Problem, data: Any) -> None:
    prices = {
        "site_price": fill(data.draw, st.integers(-9, 60), problem.n_sites),
        "gate_price": fill(data.draw, st.integers(-9, 40), problem.n_hubs, problem.n_grades),
    }
    assert check_bound(problem, prices) <= cheapest(problem) + 1e-6


@pytest.mark.heavy
@SOME
@given(problems())
def test_the_prices_of_an_answer_give_a_true_bound(problem: Problem) -> None:
    answer = optimize(problem, gap=0)
    least = cheapest(problem)
    if math.isfinite(least) and problem.n_sites:
        assert check_bound(problem, answer.certificate) <= least + 1e-6


def draw_network(*, refineries: int) -> Problem:
    random = np.random.default_rng(4)
    here, there, end = (random.random((count, 2)) for count in (60, 9, refineries))
    mass = random.uniform(1, 9, 60)

    def between(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
        distance: NDArray[np.float64] = np.linalg.norm(one[:, None] - other[None], axis=2)
        return distance

    second: dict[str, Any] = (
        {"transfer_cost": between(there, end) * 5, "refinery_capacity": np.full(refineries, 400.0)}
        if refineries
        else {}
    )
    return Problem.build(
        mass, between(here, there) * mass[:, None] * 10, np.full((9, 2), [80.0, 160.0]), np.full((9, 2), [90.0, 150.0]),
        refinery_fixed=90.0, yields=0.5, **second,
    )  # fmt: skip


@pytest.mark.parametrize("refineries", [0, 3])
def test_good_prices_prove_nearly_everything(refineries: int) -> None:
    problem = draw_network(refineries=refineries)
    answer = optimize(problem, gap=1e-4)
    bound = check_bound(problem, answer.certificate)
    assert answer.objective * 0.95 < bound <= answer.objective * (1 + 1e-9)


@pytest.mark.parametrize("refineries", [0, 3])
def test_mixed_cuts_prove_nearly_everything_and_never_too_much(refineries: int) -> None:
    problem = replace(draw_network(refineries=refineries), single_sourcing=False)
    answer = solve_by_branch_and_cut(problem, gap=1e-4)
    bound = check_bound(problem, answer.certificate)
    assert answer.objective * 0.95 < bound <= answer.objective * (1 + 1e-9)


def test_prices_of_the_relaxation_give_at_least_its_value() -> None:
    problem = draw_network(refineries=2)
    model, _ = build_model(problem, grouped=False)
    prices = price_relaxed(model, problem, 1.0)
    assert check_bound(problem, prices) >= float(model.objective.value()) * (1 - 1e-6)


def test_counts_and_room_count_in_the_bound() -> None:
    pair = Counts(np.zeros(3, np.int64), np.array([2]), np.array([2]))
    free = {"site_price": np.zeros(2)}
    costs = ([4.0, 4.0], np.zeros((2, 3)), np.full(3, 8.0), [5.0, 6.0, 7.0])
    assert check_bound(Problem.build(*costs, hub_counts=pair), free) == pytest.approx(11.0)
    tight = Problem.build([4.0, 4.0], np.zeros((2, 3)), np.full(3, 4.0), [5.0, 6.0, 7.0])
    assert check_bound(tight, free) == pytest.approx(11.0)
    short = Counts(np.zeros(3, np.int64), np.array([4]), np.array([9]))
    assert math.isinf(check_bound(Problem.build(*costs, hub_counts=short), free))


def test_whole_tonnes_of_whole_sites_are_packed_exactly() -> None:
    problem = Problem.build([3.0, 3.0], [[0.0, 0.0], [0.0, 0.0]], [5.0, 5.0], [10.0, 10.0])
    prices = {"site_price": np.array([10.0, 10.0])}
    assert check_bound(problem, prices) == pytest.approx(20.0)


@pytest.mark.parametrize(
    ("certificate", "word"),
    [
        ({}, "site_price"),
        ({"site_price": np.zeros(3)}, "site_price"),
        ({"site_price": np.array([0.0, np.nan])}, "finite"),
        ({"site_price": np.zeros(2)}, "gate_price"),
    ],
)
def test_a_certificate_that_is_none_is_refused(certificate: dict[str, NDArray[np.float64]], word: str) -> None:
    problem = Problem.build([1.0, 1.0], np.ones((2, 1)), [5.0], [1.0], transfer_cost=[[1.0]], refinery_capacity=[9.0])
    with pytest.raises(ValueError, match=word):
        check_bound(problem, certificate)
