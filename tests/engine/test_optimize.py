"""The engine against brute force over all features: optimum, status, bound, and plans that keep the rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from brute_force import agree_with_brute_force
from hubspoke.base.status import Status
from hubspoke.engine.milp.model import build_model
from hubspoke.engine.milp.solve import scale_costs
from hubspoke.engine.milp.solver import run_model
from hubspoke.engine.optimize import optimize
from hubspoke.engine.presolve.components import extract
from hubspoke.engine.problem.counts import NO_LIMIT, Counts
from hubspoke.engine.problem.limits import counts_cannot_be_met
from hubspoke.engine.problem.problem import Problem
from small_problems import problems
from trials import examples
from tuning import by_cuts_or_whole

SOME = settings(deadline=None, derandomize=True, max_examples=examples(10), suppress_health_check=list(HealthCheck))
MANY = settings(SOME, max_examples=examples(20))


@MANY
@given(problems(single=True))
def test_single_sourcing_is_that_of_brute_force(problem: Problem) -> None:
    agree_with_brute_force(problem, optimize(problem, gap=0))


@MANY
@given(problems(single=False))
def test_split_sourcing_is_that_of_brute_force(problem: Problem) -> None:
    agree_with_brute_force(problem, optimize(problem, gap=0))


@pytest.mark.heavy
@pytest.mark.parametrize("by_cuts", [False, True])
@pytest.mark.parametrize("unit", [1e-3, 1.0, 1e8])
def test_a_cost_that_cancels_out_is_proven_all_the_same(unit: float, by_cuts: bool) -> None:  # noqa: FBT001
    """Where the cost is nothing but rounding, so is its distance from the bound."""
    for seed in range(6):
        random = np.random.default_rng(seed)
        mass, cost, fixed = random.uniform(1, 5, 4), random.uniform(0, 9, (4, 3)), random.uniform(0, 9, 3)

        def earn(per_t: float, values: tuple[Any, Any, Any] = (mass, cost, fixed)) -> Problem:
            tonnes, lanes, standing = values
            return Problem.build(
                tonnes, (lanes - per_t * tonnes[:, None]) * unit, np.full(3, 20.0), standing * unit,
                transfer_cost=np.full((3, 2), 2.0 * unit), refinery_capacity=[15.0, 20.0], single_sourcing=False,
            )  # fmt: skip

        paid = optimize(earn(0.0), gap=0).objective / unit
        answer = optimize(earn(paid / mass.sum()), parameters=by_cuts_or_whole(by_cuts))
        assert abs(answer.objective) < 1e-10 * paid * unit
        assert answer.status is Status.OPTIMAL
        assert answer.gap <= 1e-6


@SOME
@given(problems())
def test_two_threads_and_another_seed_give_the_same_plan(problem: Problem) -> None:
    one, two = optimize(problem, gap=0, threads=1), optimize(problem, gap=0, threads=2, seed=0)
    assert (one.status, one.objective, one.bound) == (two.status, two.objective, two.bound)
    for name in ("site", "hub", "share", "hub_size", "refinery_size", "flow"):
        assert np.array_equal(getattr(one, name), getattr(two, name))


@pytest.mark.heavy
@SOME
@given(problems(), st.sampled_from([1e-6, 0.1, 3.0, 1e7]))
def test_scaling_all_costs_scales_the_optimum(problem: Problem, factor: float) -> None:
    first, second = optimize(problem, gap=0), optimize(scale_costs(problem, factor), gap=0)
    assert first.status is second.status
    assert second.objective == pytest.approx(first.objective * factor, rel=1e-7, abs=1e-6 * factor)


@pytest.mark.heavy
@SOME
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_sites_and_plants_does_not_matter(problem: Problem, random: Any) -> None:
    assume(not counts_cannot_be_met(problem))
    orders = [np.arange(count) for count in (problem.n_sites, problem.n_hubs, problem.n_refineries)]
    for order in orders:
        random.shuffle(order)
    first = optimize(problem, gap=0)
    second = optimize(extract(problem, orders[0], orders[1], orders[2]).problem, gap=0)
    assert first.status is second.status
    assert second.objective == pytest.approx(first.objective, rel=1e-9, abs=1e-9)


@pytest.mark.heavy
@SOME
@given(problems())
def test_one_hub_more_never_costs_more(problem: Problem) -> None:
    assume(problem.n_hubs > 1 and problem.hub_state[-1] == 0 and not problem.hub_counts.fewest.any())
    without = replace(problem, hub_state=np.append(problem.hub_state[:-1], -1))
    assume(problem.hub_counts.fewest_in_total == 0)
    assert optimize(problem, gap=0).objective <= optimize(without, gap=0).objective + 1e-6


@SOME
@given(problems())
def test_strong_and_plain_models_agree(problem: Problem) -> None:
    strong, plain = (run_model(build_model(problem, strong=wanted)[0]) for wanted in (True, False))
    assert strong.status is plain.status
    assert strong.objective == pytest.approx(plain.objective, rel=1e-7, abs=1e-6)


@pytest.mark.parametrize("single", [True, False])
def test_a_hub_without_refinery_serves_only_sites_that_leave_nothing(single: bool) -> None:  # noqa: FBT001
    def build(supply: list[float]) -> Problem:
        return Problem.build(
            supply=supply,
            collection_cost=[[1.0, 5.0], [1.0, 5.0]],
            hub_capacity=[9.0, 9.0],
            hub_fixed=[1.0, 1.0],
            yields=0.5,
            transfer_cost=[[np.inf], [2.0]],
            refinery_capacity=[9.0],
            single_sourcing=single,
        )

    assert optimize(build([0.0, 0.0])).objective == pytest.approx(3.0)
    assert optimize(build([2.0, 0.0]), gap=0).objective == pytest.approx(1 + 5 + 2 + 1 + 1)
    shut = replace(build([2.0, 0.0]), refinery_state=np.array([-1]))
    assert optimize(shut).status is Status.INFEASIBLE
    assert optimize(replace(shut, skip_cost=np.array([7.0, np.inf]))).objective == pytest.approx(9.0)
    assert optimize(replace(build([0.0, 0.0]), refinery_state=np.array([-1]))).objective == pytest.approx(3.0)


def test_counts_that_cannot_be_met_are_infeasible_without_a_solver() -> None:
    counts = Counts(np.zeros(2, np.int64), np.array([0]), np.array([NO_LIMIT]), fewest_in_total=3)
    problem = Problem.build([1.0], [[1.0, 1.0]], [1.0, 1.0], [1.0, 1.0], hub_counts=counts)
    assert optimize(problem, solver="none such").status is Status.INFEASIBLE


@pytest.mark.parametrize("gap", [0.0, 1e-3])
def test_cbc_proves_the_gap_it_was_asked_for(gap: float) -> None:
    random = np.random.default_rng(3)
    problem = Problem.build(
        random.uniform(1, 5, 12), random.uniform(1, 50, (12, 4)), np.full(4, 15.0), random.uniform(20, 40, 4)
    )
    answer, best = optimize(problem, gap=gap, solver="cbc"), optimize(problem, gap=0)
    assert answer.status is Status.OPTIMAL
    assert answer.status.exit_code == 0
    assert best.objective - 1e-6 <= answer.objective <= best.objective * (1 + gap) + 1e-6
    assert answer.bound <= best.objective * (1 + 1e-9)
