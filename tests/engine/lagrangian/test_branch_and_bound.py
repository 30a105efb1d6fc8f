"""The tree of whole-site plans finds the optimum of the full model, and its bound is never above it."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from brute_force import agree_with_brute_force, cheapest, tell_no_lie
from hubspoke.base.status import Status
from hubspoke.base.stop import Stop
from hubspoke.engine.certificate.check import check_bound
from hubspoke.engine.lagrangian.branch_and_bound import solve_by_branch_and_bound
from hubspoke.engine.lagrangian.generalized_assignment import FixedHubs
from hubspoke.engine.lagrangian.scope import suits_branch_and_bound
from hubspoke.engine.milp.solve import solve_directly
from hubspoke.engine.optimize import optimize
from hubspoke.engine.parameters import DEFAULTS, EngineParameters
from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.limits import counts_cannot_be_met
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.solution.evaluate import evaluate
from hubspoke.instances.generate import generate_problem
from small_problems import hubs_alone, problems
from trials import examples
from tuning import tuned

if TYPE_CHECKING:
    from hubspoke.engine.solution.solution import Solution

CASES = 60
MANY = settings(
    deadline=None,
    derandomize=True,
    max_examples=examples(10),
    suppress_health_check=list(HealthCheck),
)


def draw(random: np.random.Generator) -> Problem:
    """Draw a single-source problem: loose or tight, whole or broken numbers, sizes, absent lanes, forced hubs."""
    sites, hubs, sizes = int(random.integers(2, 15)), int(random.integers(1, 6)), int(random.integers(1, 3))
    whole = random.random() < 0.5
    mass = random.integers(1, 9, sites).astype(float) if whole else random.lognormal(1, 0.7, sites)
    cost = random.integers(0, 30, (sites, hubs)).astype(float) if whole else random.uniform(0, 30, (sites, hubs))
    cost[random.random((sites, hubs)) < random.choice([0.0, 0.15])] = np.inf
    share = random.uniform(0.3, 1.0, hubs) * random.choice([1.1, 1.4, 3.0])
    capacity = np.sort(
        np.round(mass.sum() * share / share.sum() * random.choice([1.15, 1.5, 3.0]))[:, None] * [[0.6, 1.0]]
    )
    state = np.where(random.random(hubs) < 0.1, random.choice([-1, 1], hubs), 0)
    return Problem.build(
        mass,
        cost,
        capacity[:, 2 - sizes :],
        np.round(random.uniform(5, 60, (hubs, sizes))),
        hub_variable=np.round(random.uniform(0, 2, (hubs, sizes))) * random.integers(0, 2),
        hub_state=state,
    )


def agree_with_full_model(problem: Problem, nodes: int, parameters: EngineParameters = DEFAULTS) -> Solution:
    """Solve by the tree and by the full model, compare, and give the tree's answer."""
    assert suits_branch_and_bound(problem)
    oracle = solve_directly(problem, gap=1e-9)
    answer, _ = solve_by_branch_and_bound(problem, gap=1e-9, stop=Stop(), nodes=nodes, parameters=parameters)
    assert answer.status is oracle.status
    assert answer.objective == pytest.approx(oracle.objective, rel=1e-7)
    assert answer.bound <= oracle.objective * (1 + 1e-9)
    if answer.has_plan:
        assert evaluate(problem, answer) == pytest.approx(answer.objective)
    return answer


@pytest.mark.parametrize("seed", range(6))
def test_the_tree_finds_the_optimum(seed: int) -> None:
    random = np.random.default_rng(seed)
    answers = [agree_with_full_model(problem, 100_000) for problem in (draw(random) for _ in range(CASES // 6))]
    assert any(answer.status is Status.OPTIMAL for answer in answers)


@pytest.mark.parametrize("seed", range(2))
def test_the_tree_keeps_the_number_of_hubs(seed: int) -> None:
    """So many at most, or exactly so many, idle ones among them; of some problems the number allows no plan."""
    random, limited, told = np.random.default_rng(50 + seed), 0, set()
    for _ in range(CASES // 2):
        problem = draw(random)
        free = optimize(problem, gap=1e-9)
        if not free.has_plan:
            continue
        used = int((free.hub_size >= 0).sum())
        most = max(used - int(random.integers(0, 2)), 1)
        counted = replace(problem, hub_counts=Counts.between(0, most, problem.n_hubs))
        answer = agree_with_full_model(counted, 100_000)
        told.add(answer.status)
        limited += answer.has_plan and answer.objective > free.objective + 1e-6
        if answer.has_plan:
            assert (answer.hub_size >= 0).sum() <= most
        fewest = min(most + int(random.integers(1, 3)), problem.n_hubs)
        exactly = replace(problem, hub_counts=Counts.between(fewest, fewest, problem.n_hubs))
        answer = agree_with_full_model(exactly, 100_000)
        assert not answer.has_plan or (answer.hub_size >= 0).sum() == fewest
    assert limited > 0
    assert Status.OPTIMAL in told


@pytest.mark.parametrize(("most", "each"), [(9, 0.0), (10, 0.0), (13, 4000.0)])
def test_plans_on_the_way_keep_the_number_of_hubs(most: int, each: float) -> None:
    """With dives, choices, neighbourhoods and exchanges, whatever makes the plan."""
    random = np.random.default_rng(most)
    mass, places = random.integers(5, 30, 60).astype(float), random.uniform(0, 100, (60, 2))
    lanes = np.round(np.linalg.norm(places[:, None] - places[None, :40], axis=2) * mass[:, None])
    capacity = np.round(mass.sum() / 9 * random.uniform(1.1, 1.6, 40))
    problem = Problem.build(mass, lanes, capacity, np.full(40, each), hub_counts=Counts.between(most, most, 40))
    best = optimize(problem, gap=1e-9)
    assert best.status is Status.OPTIMAL
    for exchanged in (100, 40_000):
        few = {"dived": 100, "exchanged": exchanged, "hub_nodes": 3, "work": 0, "little_work": 0, "first_work": 1}
        given = tuned(branch_and_bound=few, choices={"draws": 10, "bounded": 2}, large_neighbourhood={"fewest_open": 4})
        answer, _ = solve_by_branch_and_bound(problem, gap=1e-9, stop=Stop(), nodes=5, parameters=given)
        assert answer.has_plan
        assert (answer.hub_size >= 0).sum() == most
        assert evaluate(problem, answer) == pytest.approx(answer.objective)
        assert answer.bound <= best.objective * (1 + 1e-9)
        assert best.objective * (1 - 1e-9) <= answer.objective <= best.objective * 1.1


@pytest.mark.heavy
@MANY
@given(problems().map(hubs_alone).filter(lambda problem: problem.n_sites > 0))
def test_the_tree_is_that_of_brute_force(problem: Problem) -> None:
    assume(not counts_cannot_be_met(problem))
    assume(suits_branch_and_bound(problem))  # a site of no tonnes that has no lane may be left out
    answer, _ = solve_by_branch_and_bound(problem, gap=0.0, stop=Stop(), nodes=100_000)
    if (problem.mass > 0).all() or answer.status is not Status.FEASIBLE:
        agree_with_brute_force(problem, answer)
    else:  # of sites without tonnes the tree may leave a gap, and says so
        tell_no_lie(problem, answer, cheapest(problem))
    agree_with_brute_force(problem, optimize(problem, gap=0.0, parameters=tuned(choice={"direct_lanes": -1})))
    for sizes in (((np.inf, np.inf),), ()):  # by choices of hubs, and by cuts
        choice = {"direct_lanes": -1, "tree_nodes": 1, "tree_sizes": sizes}
        given = tuned(choice=choice, branch_and_bound={"work": 0, "little_work": 0})
        agree_with_brute_force(problem, optimize(problem, gap=0.0, parameters=given))


@MANY
@given(
    problems().map(hubs_alone).filter(lambda problem: problem.n_sites > 0),
    st.sampled_from(
        [
            (100_000, 0, 1_000, 0),
            (0, 100_000, 1_000, 0),
            (0, 0, 1_000, 0),
            (0, 0, 0, 0),
            (0, 0, 0, 1),
            (0, 0, 9, 1_000_000),
        ]
    ),
)
def test_however_a_choice_of_hubs_is_settled_the_optimum_is_that_of_brute_force(
    problem: Problem, ways: tuple[int, int, int, int]
) -> None:
    most_sets, nodes, solver_nodes, cells = ways  # by sets, by sites, by a solver, by one that gives up, by loads
    given = tuned(
        choice={"direct_lanes": -1, "tree_nodes": 1, "tree_sizes": ((np.inf, np.inf),)},
        branch_and_bound={"work": 0, "little_work": 0, "solver_nodes": (solver_nodes, 1_000)},
        large_neighbourhood={"fewest_open": 2},
        fixed_hubs={"columns": most_sets, "nodes": nodes, "cells": cells},
    )
    agree_with_brute_force(problem, optimize(problem, gap=0.0, parameters=given))


def test_cuts_prove_what_hubs_with_room_for_many_sites_cost() -> None:
    problem = generate_problem(200, 12, seed=5)
    with patch("hubspoke.engine.lagrangian.branch_and_bound.solve_by_branch_and_bound") as tree:
        answer = optimize(problem, gap=1e-6)
    tree.assert_not_called()
    assert answer.status is Status.OPTIMAL
    assert check_bound(problem, answer.certificate) <= answer.objective * (1 + 1e-9)


def test_a_hub_that_earns_by_standing_opens_with_no_site() -> None:
    problem = Problem.build([1.0], [[0.0, -1.0]], [2.0, 2.0], [-1.0, 0.0])
    agree_with_brute_force(problem, optimize(problem, gap=0, parameters=tuned(choice={"direct_lanes": -1})))


@pytest.mark.heavy
@pytest.mark.parametrize(("most_sets", "nodes"), [(100_000, 0), (0, 100_000), (0, 0)])
def test_choices_of_hubs_are_settled_by_sets_of_sites_by_nodes_and_by_a_solver(most_sets: int, nodes: int) -> None:
    random = np.random.default_rng(7)
    asked = 0
    given = tuned(
        fixed_hubs={"columns": most_sets, "nodes": nodes, "cells": 0},
        branch_and_bound={"work": 0, "little_work": 0, "few_nodes": 1},
    )
    for _ in range(40):
        with patch.object(FixedHubs, "_solve", autospec=True, side_effect=FixedHubs._solve) as solver:
            agree_with_full_model(draw(random), 1, given)
        asked += solver.call_count
    assert (asked > 0) == (most_sets == 0 and nodes == 0)


@pytest.mark.heavy
@pytest.mark.parametrize("limit", [0.99, 1.0, 1.01])
def test_a_cutoff_finds_what_it_allows_and_claims_no_more_than_itself(limit: float) -> None:
    random = np.random.default_rng(5)
    for _ in range(20):
        problem = draw(random)
        oracle = solve_directly(problem, gap=0.0)
        if not oracle.has_plan:
            continue
        cutoff = oracle.objective * limit + 1e-6
        answer = solve_directly(problem, gap=0.0, cutoff=cutoff)
        assert answer.bound <= min(cutoff, oracle.objective) * (1 + 1e-9)
        if limit < 1:
            assert answer.status is not Status.OPTIMAL
            assert answer.bound == pytest.approx(cutoff)
        else:
            assert answer.status is Status.OPTIMAL
            assert answer.objective == pytest.approx(oracle.objective)


@pytest.mark.heavy
def test_a_tree_cut_short_has_a_true_bound_and_leaves_the_optimum_in_the_rest() -> None:
    random = np.random.default_rng(77)
    unfinished = 0
    for _ in range(40):
        problem = draw(random)
        oracle = solve_directly(problem, gap=1e-9)
        given = tuned(branch_and_bound={"hub_nodes": 0, "work": 0, "little_work": 0})
        answer, rest = solve_by_branch_and_bound(problem, gap=1e-9, stop=Stop(), nodes=1, parameters=given)
        if not oracle.has_plan or not answer.has_plan:
            continue
        assert answer.bound <= oracle.objective * (1 + 1e-9)
        if answer.status is not Status.OPTIMAL:
            unfinished += 1
            last = solve_directly(rest, gap=1e-9, cutoff=answer.objective)
            assert min(last.objective, answer.objective) == pytest.approx(oracle.objective, rel=1e-7)
    assert unfinished > 0


def test_the_tree_gives_the_same_answer_twice() -> None:
    problem = draw(np.random.default_rng(5))
    first, second = (solve_by_branch_and_bound(problem, gap=1e-9, stop=Stop(), nodes=500)[0] for _ in range(2))
    assert first.hub.tolist() == second.hub.tolist()
    assert (first.objective, first.bound) == (second.objective, second.bound)


def test_a_limit_of_time_leaves_a_bound() -> None:
    problem = draw(np.random.default_rng(5))
    answer, _ = solve_by_branch_and_bound(problem, gap=1e-9, stop=Stop(0), nodes=500)
    assert answer.bound <= solve_directly(problem, gap=1e-9).objective * (1 + 1e-9)


def draw_hard(*, whole: bool = True) -> Problem:
    random = np.random.default_rng(9)
    mass = random.integers(5, 36, 80).astype(float) if whole else random.uniform(5, 36, 80)
    cost = np.round(np.linalg.norm(random.random((80, 1, 2)) - random.random((1, 16, 2)), axis=2) * 10 * mass[:, None])
    return Problem.build(mass, cost, np.full(16, np.round(mass.sum() / 8)), np.round(random.uniform(300, 500, 16)))


@pytest.mark.heavy
def test_asked_to_stop_the_tree_ends_with_a_plan_and_a_bound() -> None:
    problem, stop = draw_hard(whole=False), Stop()
    threading.Timer(1.0, stop.ask).start()
    answer = optimize(problem, gap=0, stop=stop)  # unasked it runs far longer than a test may
    assert stop.asked
    assert answer.has_plan
    assert evaluate(problem, answer) == pytest.approx(answer.objective)
    assert answer.bound <= answer.objective
    assert check_bound(problem, answer.certificate) <= answer.objective


@pytest.mark.heavy
def test_parts_in_the_tree_do_not_depend_on_threads() -> None:
    first, second = draw_hard(), draw(np.random.default_rng(5))
    lanes = np.full((first.n_sites + second.n_sites, first.n_hubs + second.n_hubs), np.inf)
    lanes[: first.n_sites, : first.n_hubs] = first.collection_cost
    lanes[first.n_sites :, first.n_hubs :] = second.collection_cost
    both = Problem.build(
        np.concatenate([first.mass, second.mass]), lanes,
        np.concatenate([first.hubs.capacity[:, -1], second.hubs.capacity[:, -1]]),
        np.concatenate([first.hubs.fixed[:, -1], second.hubs.fixed[:, -1]]),
    )  # fmt: skip
    one, two = (optimize(both, gap=0.02, threads=threads) for threads in (1, 2))
    assert (one.status, one.objective, one.bound) == (two.status, two.objective, two.bound)
    assert one.hub.tolist() == two.hub.tolist()


def test_other_problems_do_not_suit() -> None:
    one = Problem.build([1.0, 2.0], np.ones((2, 2)), [3.0, 3.0], [1.0, 1.0])
    assert suits_branch_and_bound(one)
    assert not suits_branch_and_bound(replace(one, single_sourcing=False))
    assert not suits_branch_and_bound(replace(one, skip_cost=np.full(2, 9.0)))
    exactly_one = Counts(np.zeros(2, np.int64), np.ones(1, np.int64), np.ones(1, np.int64))
    assert suits_branch_and_bound(replace(one, hub_counts=exactly_one))
    apart = Counts(np.arange(2), np.zeros(2, np.int64), np.ones(2, np.int64))
    assert not suits_branch_and_bound(replace(one, hub_counts=apart))
    assert suits_branch_and_bound(replace(one, hub_counts=Counts.between(0, 1, 2)))
    assert not suits_branch_and_bound(
        Problem.build([1.0], [[1.0]], [3.0], [1.0], transfer_cost=[[1.0]], refinery_capacity=[9.0])
    )


def test_hubs_are_searched_in_pieces_as_in_one_go() -> None:
    problem = generate_problem(40, 12, seed=3)
    plans = []
    for tried in (1, 10**12):  # one change between two looks at the clock, or all of them
        given = tuned(branch_and_bound={"tried": tried, "looked": tried})
        answer, _ = solve_by_branch_and_bound(problem, gap=1e-6, stop=Stop(), nodes=20, parameters=given)
        plans.append((answer.objective, answer.bound, answer.hub.tolist()))
    assert plans[0] == plans[1]
