"""Knapsacks by load, bounds that share out what stays empty, and the tree over them, beside full enumeration."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from hubspoke.base.stop import Stop
from hubspoke.engine.lagrangian.branch_and_bound import solve_by_branch_and_bound
from hubspoke.engine.lagrangian.branching import make_root, slice_node
from hubspoke.engine.lagrangian.grains import find_grains
from hubspoke.engine.lagrangian.layout import lay_out_problem
from hubspoke.engine.lagrangian.leaf_by_loads import LeafByLoads, lay_out_leaf
from hubspoke.engine.lagrangian.loads.bound import Loads, bound_by_loads, force_sites, list_items, make_shared
from hubspoke.engine.lagrangian.loads.knapsack import fill_by_load, force_items, read_items
from hubspoke.engine.lagrangian.nodes import Node, make_stack
from hubspoke.engine.problem.problem import Problem
from tuning import tuned


def test_knapsacks_by_load_are_those_of_enumeration() -> None:
    random = np.random.default_rng(1)
    for _ in range(60):
        count, room = int(random.integers(0, 7)), int(random.integers(6, 14))
        gain, weight = random.integers(-9, 20, count).astype(float), random.integers(0, 7, count)
        worth = np.where(random.random(room + 1) < 0.5, random.integers(-5, 5, room + 1), -np.inf)
        value, spare, took = np.empty(room + 1), np.empty(room + 1), np.empty((count, room + 1), np.uint8)
        fill_by_load(count, gain, weight, room, value, spare, took)
        sets = [np.array(chosen, int) for chosen in product((0, 1), repeat=count)]
        sets = [chosen for chosen in sets if chosen @ weight <= room]
        for load in range(room + 1):
            best = max((float(chosen @ gain) for chosen in sets if chosen @ weight == load), default=-np.inf)
            assert value[load] == best
            inside = np.zeros(count, np.uint8)
            if np.isfinite(best):
                read_items(count, weight, load, took, inside)
                assert float(inside @ gain) == best
                assert int(inside @ weight) == load
        forced = np.empty((2, count))
        forward, backward = np.empty((count + 1, room + 1)), np.empty((2, room + 1))
        force_items(count, gain, weight, room, worth, forward, backward, forced[0], forced[1])
        for j in range(count):
            for inside_too, found in ((1, forced[0, j]), (0, forced[1, j])):
                values = [chosen @ gain + worth[chosen @ weight] for chosen in sets if chosen[j] == inside_too]
                assert found == max(values, default=-np.inf)


def draw(random: np.random.Generator, empty: int) -> Loads:
    hubs, sites = 3, 6
    weight = random.integers(0, 7, sites)
    share = random.multinomial(int(weight.sum()) + empty, np.full(hubs, 1 / hubs))
    return Loads(random.integers(0, 30, (hubs, sites)).astype(float), weight, share, empty)


def assignments(loads: Loads) -> list[tuple[float, np.ndarray]]:
    hubs, sites = loads.cost.shape
    every = (np.array(hub) for hub in product(range(hubs), repeat=sites))
    fitting = (hub for hub in every if (np.bincount(hub, loads.weight, hubs) <= loads.room).all())
    return [(float(loads.cost[hub, np.arange(sites)].sum()), hub) for hub in fitting]


@pytest.mark.parametrize("empty", [0, 2, 150])
def test_bounds_by_loads_lie_below_every_assignment_they_speak_of(empty: int) -> None:
    random = np.random.default_rng(empty)
    for _ in range(12):
        loads = draw(random, empty)
        every, shared = assignments(loads), make_shared(loads)
        banned, price = np.zeros(loads.cost.shape, np.uint8), random.integers(0, 40, 6).astype(float)
        if not list_items(loads, banned, shared):
            assert not every
            continue
        bound = bound_by_loads(loads, shared, price)
        assert bound <= min((cost for cost, _ in every), default=np.inf) + 1e-9
        if not np.isfinite(bound):
            continue
        if_in, if_out = np.full(loads.cost.shape, bound), np.full(loads.cost.shape, bound)
        force_sites(loads, shared, price, if_in, if_out)
        for h, i in np.ndindex(*loads.cost.shape):
            assert if_in[h, i] <= min((cost for cost, hub in every if hub[i] == h), default=np.inf) + 1e-9
            assert if_out[h, i] <= min((cost for cost, hub in every if hub[i] != h), default=np.inf) + 1e-9
            assert min(if_in[h, i], if_out[h, i]) >= bound - 1e-9 or banned[h, i]


def leaf_of(loads: Loads, grain: float) -> tuple[Problem, Node]:
    problem = Problem.build(
        loads.weight * grain, loads.cost.T, loads.room * grain, np.full(len(loads.room), 3.0), hub_state=np.ones(3, int)
    )
    data = lay_out_problem(problem)
    hubs, sites = data.cost.shape
    stack = make_stack(1, hubs, sites)
    make_root(data, stack, np.zeros(1), np.zeros(sites))
    return problem, slice_node(stack, 0)


@pytest.mark.parametrize("grain", [1.0, 0.1, 2.0**-20])
@pytest.mark.parametrize("cells", [1, 500, 10**9])
def test_a_leaf_by_loads_is_that_of_enumeration_or_has_a_bound_below_it(grain: float, cells: int) -> None:
    random = np.random.default_rng(int(cells))
    for aim in (np.inf, 60.0, 90.0):
        for empty in (0, 1, 4):
            loads = draw(random, empty)
            problem, node = leaf_of(loads, grain)
            data, margin = lay_out_problem(problem), np.array([1.0, 0.0])
            best = 9.0 + min((cost for cost, _ in assignments(loads)), default=np.inf)
            leaf, plan, cost = lay_out_leaf(data, node), np.zeros(6, np.int64), np.full(1, 9.0 + 200.0)
            assert leaf is not None
            search = LeafByLoads(data, leaf, node, margin, Stop())
            search.start(min(aim, 208.0), plan, cost)
            bound = search.settle(aim, cells, plan, cost)
            assert cost[0] >= best - 1e-9 or np.isinf(best)
            if np.isinf(bound):
                assert cost[0] == pytest.approx(min(best, 209.0)) or best > aim
            else:
                assert bound <= best + 1e-9


def test_masses_are_counted_in_the_grain_that_divides_them_all() -> None:
    for unit in (1.0, 1e-9, 3e7, 0.1):
        grains = find_grains(np.array([4.0, 6.0, 0.0]) * unit, np.array([[11.0], [4.5], [np.inf]]) * unit)
        assert grains.mass.tolist() == [2, 3, 0]
        assert grains.capacity[:, 0].tolist() == [5, 2, 5]
        assert grains.grain == pytest.approx(2.0 * unit)
    for mass in ([np.pi, 1.0], [1.0, 1e6], [0.0], []):
        assert find_grains(np.array(mass), np.full((1, 1), 1e9)).grain == 0.0


@pytest.mark.parametrize("grain", [1.0, np.pi])
def test_no_search_ends_before_its_limit_with_a_gap_open(grain: float) -> None:
    random = np.random.default_rng(2)
    mass = random.integers(1, 9, 30) * np.array(grain) + (grain != 1.0) * random.random(30)
    problem = Problem.build(
        mass, random.uniform(0, 30, (30, 9)), np.full(9, mass.sum() / 6.5), random.uniform(9, 40, 9)
    )
    hasty = tuned(
        branch_and_bound={"solver_nodes": (1, 1), "leaves": 1, "work": 0},
        fixed_hubs={"cells": 1},
        choice={"fallback_lanes": 0},
    )
    stop = Stop(2.0)
    answer, _ = solve_by_branch_and_bound(problem, gap=1e-9, stop=stop, nodes=1, parameters=hasty)
    assert answer.has_plan
    assert stop.is_due or answer.bound >= answer.objective * (1 - 1e-8)
