"""Plans by weights: where few lanes reach a site they are better than by opening and closing hubs one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from hubspoke.engine.milp.solve import solve_directly
from hubspoke.engine.optimize import optimize
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.uncapacitated.bound import UNDECIDED
from hubspoke.engine.uncapacitated.interchange import cost_of, interchange, open_greedily
from hubspoke.engine.uncapacitated.network import by_hub, lay_out
from hubspoke.engine.uncapacitated.weighting import SearchByWeights
from tuning import tuned

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.engine.uncapacitated.bound import Network

SIZE, FIXED, BASE = 40, 300.0, 1e5


def reached_by_few(seed: int) -> NDArray[np.float64]:
    """Draw lanes: five hubs of forty reach each site, at 0 to 4."""
    random = np.random.default_rng(seed)
    cost = np.full((SIZE, SIZE), np.inf)
    for lanes in cost:
        lanes[random.choice(SIZE, 5, replace=False)] = random.integers(0, 5, 5)
    return cost


def network_of(cost: NDArray[np.float64], fewest: int = 0, most: int = SIZE) -> Network:
    return lay_out(cost, np.full(SIZE, BASE), np.full(SIZE, FIXED), fewest, most)


def first_choice(network: Network) -> tuple[NDArray[np.uint8], float]:
    """Open hubs greedily, then open, close and exchange them while it pays."""
    state, base, is_open = np.full(SIZE, UNDECIDED), np.full(SIZE, BASE), np.zeros(SIZE, np.uint8)
    open_greedily(network, state, base, is_open)
    return is_open, interchange(network, *by_hub(network), state, base, is_open, 1e-9, 10_000)


def search(network: Network, is_open: NDArray[np.uint8], cost: float, turns: int = 2_000) -> tuple[float, float]:
    """Return what the best choice is said to cost, and what it costs."""
    searching = SearchByWeights(is_open, cost / SIZE, np.full(SIZE, BASE), 1)
    found = searching.search(network, by_hub(network), np.full(SIZE, UNDECIDED), 1e-9, turns)
    return found, cost_of(network, np.full(SIZE, BASE), searching.best)


def test_they_come_to_the_optimum_where_exchanges_end_above_it() -> None:
    stuck = 0
    for seed in range(4):
        cost = reached_by_few(seed)
        problem = Problem.build(np.ones(SIZE), cost, np.full(SIZE, float(SIZE)), np.full(SIZE, FIXED))
        least = solve_directly(problem, gap=1e-9).objective
        network = network_of(cost)
        is_open, first = first_choice(network)
        found, costs = search(network, is_open, first)
        assert found == costs == pytest.approx(least)
        stuck += first > least + 1
    assert stuck > 0


def test_they_keep_the_number_of_hubs() -> None:
    network = network_of(np.random.default_rng(3).integers(1, 100, (SIZE, SIZE)).astype(float), 6, 6)
    is_open, first = first_choice(network)
    searching = SearchByWeights(is_open, first / SIZE, np.full(SIZE, BASE), 1)
    found = searching.search(network, by_hub(network), np.full(SIZE, UNDECIDED), 1e-9, 50)
    assert found <= first
    assert searching.best.sum() == searching.is_open.sum() == 6


def test_a_search_goes_on_where_it_ended() -> None:
    network = network_of(reached_by_few(7))
    is_open, first = first_choice(network)
    base, state = np.full(SIZE, BASE), np.full(SIZE, UNDECIDED)
    whole, parts = (SearchByWeights(is_open, first / SIZE, base, 5) for _ in range(2))
    found = whole.search(network, by_hub(network), state, 1e-9, 60)
    assert found == min(parts.search(network, by_hub(network), state, 1e-9, 20) for _ in range(3))
    assert (whole.weight == parts.weight).all()
    assert (whole.weight <= base).all()


def test_with_costs_below_zero_no_site_costs_more_than_it_does_anyway() -> None:
    random = np.random.default_rng(2)
    base = random.integers(-30, 20, SIZE).astype(float)
    cost = random.integers(-60, 20, (SIZE, SIZE)).astype(float)
    network = lay_out(cost, base, random.integers(-20, 60, SIZE).astype(float), 0, SIZE)
    is_open = np.zeros(SIZE, np.uint8)
    searching = SearchByWeights(is_open, 3.0, base, 1)
    found = searching.search(network, by_hub(network), np.full(SIZE, UNDECIDED), 1e-9, 40)
    assert found == cost_of(network, base, searching.best)
    assert (searching.weight <= base).all()


def test_the_answer_is_the_same_on_any_number_of_threads() -> None:
    """The tree ends after the first search: what is left open is the plan by weights."""
    cost = reached_by_few(11)
    problem = Problem.build(np.ones(SIZE), cost, np.full(SIZE, float(SIZE)), np.full(SIZE, FIXED))
    few = tuned(uncapacitated={"root_ascents": 1, "root_rounds": 1, "first_nodes": 2, "search_turns": 50})
    answers = [optimize(problem, gap=1e-9, threads=threads, parameters=few) for threads in (1, 3)]
    assert answers[0].objective == answers[1].objective == pytest.approx(optimize(problem, gap=1e-9).objective)
    assert (answers[0].hub == answers[1].hub).all()
    assert answers[0].bound == answers[1].bound


def test_forced_hubs_stay_as_they_are() -> None:
    cost = reached_by_few(5)
    free = Problem.build(np.ones(SIZE), cost, np.full(SIZE, float(SIZE)), np.full(SIZE, FIXED))
    state = np.zeros(SIZE, np.int64)
    state[[1, 2, 3]], state[[4, 5]] = 1, -1
    forced = replace(free, hub_state=state)
    answer = optimize(forced, gap=1e-9)
    assert answer.objective == pytest.approx(solve_directly(forced, gap=1e-9).objective)
    assert (answer.hub_size[[1, 2, 3]] >= 0).all()
    assert (answer.hub_size[[4, 5]] < 0).all()
