"""A first plan of whole sites: found however little relaxed answers say, within room and states."""

from __future__ import annotations

import numpy as np
import pytest

from hubspoke.engine.lagrangian.first_plan import find_first_plan
from hubspoke.engine.lagrangian.layout import lay_out_problem
from hubspoke.engine.lagrangian.primal_heuristic import cost_plan
from hubspoke.engine.optimize import optimize
from hubspoke.engine.problem.problem import Problem
from tuning import tuned


def drawn(seed: int, room: float, sites: int = 60, hubs: int = 40) -> Problem:
    random = np.random.default_rng(seed)
    mass = random.integers(5, 36, sites).astype(float)
    state = np.where(np.arange(hubs) < 4, -1, np.where(np.arange(hubs) == 7, 1, 0))
    cost = random.uniform(1, 99, (sites, hubs))
    return Problem.build(mass, cost, np.full(hubs, room), random.uniform(50, 90, hubs), hub_state=state)


@pytest.mark.parametrize("room", [36.0, 52.0, 200.0])
@pytest.mark.parametrize("seed", range(3))
def test_a_plan_is_found_whatever_the_order_of_hubs(seed: int, room: float) -> None:
    data = lay_out_problem(drawn(seed, room))
    plan, cost = np.zeros(60, np.int64), np.full(1, np.inf)
    found = find_first_plan(data, np.random.default_rng(seed).random(40), plan, cost)
    assert found or room < 40
    assert not found or cost[0] == pytest.approx(cost_plan(data, plan))
    assert not found or (data.state[plan] >= 0).all()


def test_a_large_search_begins_with_neighbourhoods_and_goes_on_until_its_gap_is_closed() -> None:
    problem = drawn(3, 60.0, sites=24, hubs=16)
    usual = optimize(problem)
    large = tuned(branch_and_bound={"exchanged": 0}, choice={"fallback_lanes": 0, "direct_lanes": -1, "few_lanes": -1})
    answer = optimize(problem, time_limit=10.0, parameters=large)
    assert answer.bound <= usual.objective * (1 + 1e-9) <= answer.objective * (1 + 2e-6)
    assert answer.status is usual.status or sum(answer.seconds.values()) >= 9.5
