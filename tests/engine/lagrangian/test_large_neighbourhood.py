"""Whole-site plans are renewed a neighbourhood at a time, and tight hubs are filled by going beyond their room."""

from __future__ import annotations

import numpy as np
import pytest

from brute_force import cheapest
from hubspoke.base.stop import Stop
from hubspoke.engine.lagrangian.branch_and_bound import solve_by_branch_and_bound
from hubspoke.engine.lagrangian.generalized_assignment import FixedHubs
from hubspoke.engine.lagrangian.large_neighbourhood import search_neighbourhoods
from hubspoke.engine.lagrangian.layout import lay_out_problem
from hubspoke.engine.lagrangian.plans.choices import decide_hubs
from hubspoke.engine.lagrangian.search_tree import BranchAndBound
from hubspoke.engine.lagrangian.tabu_search import tabu_search
from hubspoke.engine.parameters import DEFAULTS
from hubspoke.engine.problem.problem import Problem
from tuning import tuned


def spread(seed: int, hubs: int = 40, sites: int = 80) -> Problem:
    """Draw sites and hubs on a square, hubs with room for about four sites."""
    random = np.random.default_rng(seed)
    mass = np.round(random.uniform(5, 35, sites))
    capacity = np.round(random.uniform(60, 120, hubs))
    between = np.linalg.norm(random.uniform(0, 1, (sites, 1, 2)) - random.uniform(0, 1, (1, hubs, 2)), axis=2)
    return Problem.build(mass, np.round(100 * between), capacity, np.round(10 * np.sqrt(capacity)))


def cost_of(problem: Problem, hub: np.ndarray) -> float:
    load = np.bincount(hub, problem.mass, problem.n_hubs)
    assert (load <= problem.hubs.capacity[:, 0] * (1 + 1e-9)).all()
    lanes = problem.collection_cost[np.arange(len(hub)), hub].sum()
    return float(lanes + problem.hubs.fixed[np.unique(hub), 0].sum())


def some_plan(problem: Problem) -> np.ndarray:
    """Give every site the first hub with room."""
    room, hub = problem.hubs.capacity[:, 0].copy(), np.empty(problem.n_sites, np.int64)
    for i, tonnes in enumerate(problem.mass):
        hub[i] = np.flatnonzero(room >= tonnes)[0]
        room[hub[i]] -= tonnes
    return hub


def improve(part: Problem, hub: np.ndarray) -> np.ndarray:
    """Solve a neighbourhood by the tree."""
    answer, _ = solve_by_branch_and_bound(part, gap=0.05, stop=Stop(), nodes=5)
    return answer.hub[np.argsort(answer.site)] if answer.objective < cost_of(part, hub) else hub


@pytest.mark.heavy
@pytest.mark.parametrize("seed", range(3))
def test_neighbourhoods_make_a_bad_plan_much_cheaper(seed: int) -> None:
    problem = spread(seed)
    first = some_plan(problem)
    parts: list[tuple[int, int]] = []

    def solve(part: Problem, hub: np.ndarray) -> np.ndarray:
        parts.append((part.n_sites, part.n_hubs))
        assert cost_of(part, hub) > 0  # the sites of a neighbourhood fit into its hubs
        return improve(part, hub)

    found = search_neighbourhoods(problem, first, solve, Stop())
    assert len(np.unique(first)) >= DEFAULTS.large_neighbourhood.fewest_open
    assert cost_of(problem, found) < 0.8 * cost_of(problem, first)
    assert max(hubs for _, hubs in parts) < problem.n_hubs
    assert len(parts) > len(np.unique(found))


def test_a_plan_that_is_due_is_left_as_it_is() -> None:
    problem = spread(0)
    first = some_plan(problem)

    def never(part: Problem, hub: np.ndarray) -> np.ndarray:
        raise AssertionError((part, hub))

    assert (search_neighbourhoods(problem, first, never, Stop(0)) == first).all()


@pytest.mark.heavy
def test_hubs_that_are_closed_for_good_stay_closed() -> None:
    problem = spread(1)
    first = some_plan(problem)
    state = np.where(np.isin(np.arange(problem.n_hubs), first), 0, -1)
    closed = Problem.build(
        problem.mass, problem.collection_cost, problem.hubs.capacity, problem.hubs.fixed, hub_state=state
    )
    found = search_neighbourhoods(closed, first, improve, Stop())
    assert np.isin(found, first).all()


@pytest.mark.heavy
def test_sites_are_fitted_into_hubs_without_a_tonne_to_spare() -> None:
    random = np.random.default_rng(3)
    found = 0
    for _ in range(20):
        mass, hub = random.integers(3, 12, 40).astype(float), random.integers(0, 5, 40)
        capacity = np.bincount(hub, mass, 5)
        cost = random.integers(0, 50, (40, 5)).astype(float)
        guess = cost.argmin(axis=1)
        assert (np.bincount(guess, mass, 5) > capacity).any()
        best = tabu_search(cost, mass, capacity, 5.0, guess, 2000)
        if np.isfinite(best):
            found += 1
            assert best == cost[np.arange(40), guess].sum()
            assert (np.bincount(guess, mass, 5) <= capacity).all()
    assert found >= 18


@pytest.mark.heavy
def test_what_is_fitted_is_nearly_the_optimum_of_small_problems() -> None:
    random = np.random.default_rng(4)
    shares = []
    for _ in range(10):
        mass = random.integers(2, 9, 8).astype(float)
        cost = random.integers(0, 30, (8, 3)).astype(float)
        capacity = np.full(3, np.ceil(mass.sum() / 2.7))
        problem = Problem.build(mass, cost, capacity, np.zeros(3), hub_state=[1, 1, 1])
        oracle = cheapest(problem)
        best = tabu_search(cost, mass, capacity, 1.0, cost.argmin(axis=1), 500)
        if np.isfinite(oracle):
            assert best >= oracle - 1e-9
            shares.append(best / oracle)
    assert len(shares) >= 5
    assert np.median(shares) == 1.0


def test_a_choice_of_hubs_is_fitted_no_worse_with_more_patience() -> None:
    gains = []
    for seed in range(6):
        problem = spread(seed, hubs=10, sites=40)
        tree = BranchAndBound(lay_out_problem(problem), 1.0, 0.0, Stop(), DEFAULTS.branch_and_bound)
        tree.bound_root()
        every, costs = np.arange(problem.n_hubs), []
        for patience in (1, 20):
            few = tuned(fixed_hubs={"turns": 30})
            leaf = FixedHubs(problem, tree.data, tree.relaxed, gap=0.0, stop=Stop(), solver_nodes=0, parameters=few)
            plan, cost = np.zeros(problem.n_sites, np.int64), np.full(1, np.inf)
            leaf.fit(decide_hubs(tree.data, tree.price, every), plan, cost, patience=patience)
            assert np.isinf(cost[0]) or cost[0] == pytest.approx(cost_of(problem, plan))
            assert cost[0] >= tree.bound - 1e-6
            costs.append(cost[0])
        assert costs[1] <= costs[0]
        gains.append(costs[1] < costs[0])
    assert any(gains)


def test_no_way_is_found_where_there_is_none() -> None:
    cost, mass = np.array([[1.0, np.inf], [2.0, np.inf]]), np.ones(2)
    assert tabu_search(cost, mass, np.array([1.0, 5.0]), 1.0, np.zeros(2, np.int64), 100) == np.inf
