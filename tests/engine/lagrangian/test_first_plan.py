"""A first plan of whole sites: found however little relaxed answers say, within room and states."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from hubspoke.base.stop import Stop
from hubspoke.engine.lagrangian.bound import bound_at
from hubspoke.engine.lagrangian.branching import make_root, slice_node
from hubspoke.engine.lagrangian.layout import lay_out_problem
from hubspoke.engine.lagrangian.plans.first_plan import find_first_plan, likely_hubs
from hubspoke.engine.lagrangian.plans.kernel import rank_hubs
from hubspoke.engine.lagrangian.primal_heuristic import cost_plan
from hubspoke.engine.lagrangian.search_tree import BranchAndBound
from hubspoke.engine.optimize import optimize
from hubspoke.engine.parameters import DEFAULTS
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
    large = tuned(
        branch_and_bound={"exchanged": 0, "refitted": 0},
        fixed_hubs={"solved_sites": 0.0},
        choice={"fallback_lanes": 0, "direct_lanes": -1, "few_lanes": -1},
    )
    answer = optimize(problem, time_limit=10.0, parameters=large)
    assert answer.bound <= usual.objective * (1 + 1e-9) <= answer.objective * (1 + 2e-6)
    assert answer.status is usual.status or sum(answer.seconds.values()) >= 9.5


def test_likely_choices_have_just_enough_room_and_then_a_hub_more_each() -> None:
    data = lay_out_problem(drawn(1, 100.0))
    often = np.random.default_rng(1).random(40)
    choices = likely_hubs(data, often, 3)
    room = [data.largest[opened].sum() for opened in choices]
    assert len(choices) == 3
    assert room[0] >= data.tonnes > data.largest[choices[0][:-1]].sum()
    for opened, more in pairwise(choices):
        assert set(opened) < set(more)
        assert len(more) == len(opened) + 1
    for opened in choices:
        assert 7 in opened
        assert (opened >= 4).all()
        left = np.setdiff1d(np.arange(4, 40), opened)
        assert often[opened[opened != 7]].min() >= often[left].max()
    assert likely_hubs(lay_out_problem(drawn(1, 1.0)), often, 3) == []


@pytest.mark.parametrize("seed", range(3))
def test_the_kernel_ranks_hubs_by_what_the_bound_becomes_with_each_of_them_open(seed: int) -> None:
    problem = drawn(seed, 90.0, sites=20, hubs=16)
    tree = BranchAndBound(lay_out_problem(problem), 0.0, 0.0, Stop(), DEFAULTS.branch_and_bound)
    tree.bound_root()
    make_root(tree.data, tree.stack, tree.bounds, tree.price)
    ranked = rank_hubs(tree.data, slice_node(tree.stack, 0), tree.relaxed, tree.relaxed.mean_chosen.copy())
    assert sorted(ranked) == list(range(4, 16))
    bounds = []
    for h in ranked:
        make_root(tree.data, tree.stack, tree.bounds, tree.price)
        root = slice_node(tree.stack, 0)
        root.state[h] = 1
        bounds.append(bound_at(tree.data, root, tree.price, tree.relaxed))
    assert len(set(bounds)) >= 3
    assert (np.diff(bounds) >= -1e-6).all()
    assert bounds[0] == pytest.approx(tree.bound)
