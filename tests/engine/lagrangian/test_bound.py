"""The quick bound is the full one, and hubs forced into the state they have anyway need no bound of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from hubspoke.engine.lagrangian.bound import bound_at, bound_quickly, choose_hubs
from hubspoke.engine.lagrangian.branching import make_root, slice_node
from hubspoke.engine.lagrangian.layout import first_prices, lay_out_problem
from hubspoke.engine.lagrangian.nodes import make_relaxed, make_stack
from hubspoke.engine.lagrangian.reduced_cost_fixing import fix_by_reduced_cost
from hubspoke.engine.problem.problem import Problem

if TYPE_CHECKING:
    from hubspoke.engine.lagrangian.nodes import Data, Node, Relaxed


def drawn(seed: int) -> tuple[Data, Node, Relaxed, np.random.Generator]:
    """Draw a root: hubs of two sizes, absent lanes, hubs that are open or closed, sites that are decided."""
    random = np.random.default_rng(seed)
    hubs, sites = int(random.integers(3, 9)), int(random.integers(4, 20))
    mass = random.integers(1, 9, sites).astype(float)
    cost = random.uniform(0, 30, (sites, hubs))
    cost[random.random((sites, hubs)) < 0.1] = np.inf
    capacity = np.sort(random.integers(8, 40, (hubs, 2)).astype(float), axis=1)
    state = np.where(random.random(hubs) < 0.2, random.choice([-1, 1], hubs), 0)
    fixed = np.round(random.uniform(5, 60, (hubs, 2)))
    data = lay_out_problem(Problem.build(mass, cost, capacity, fixed, hub_state=state))
    stack = make_stack(1, hubs, sites)
    make_root(data, stack, np.zeros(1), first_prices(data))
    node = slice_node(stack, 0)
    return data, node, make_relaxed(hubs, sites), random


@pytest.mark.parametrize("seed", range(12))
def test_the_quick_bound_is_the_full_one_whatever_the_prices_of_room_were(seed: int) -> None:
    data, node, quick, random = drawn(seed)
    full = make_relaxed(*data.cost.shape)
    for _ in range(8):
        price = node.price * random.uniform(0.5, 1.5, len(node.price))
        bound = bound_quickly(data, node, price, quick)
        assert bound == pytest.approx(bound_at(data, node, price, full), rel=1e-9)
        assert (quick.value <= full.value + 1e-7).all()
        chosen = quick.chosen == 1 if np.isfinite(bound) else np.zeros(len(full.value), bool)
        assert quick.value[chosen] == pytest.approx(full.value[chosen])
        assert (quick.pick[chosen] <= (node.banned[chosen] == 0)).all()
        quick.room_price[:] = random.uniform(0, 9, len(full.value))


@pytest.mark.parametrize("seed", range(12))
def test_hubs_are_bounded_open_and_closed_as_if_each_were_forced(seed: int) -> None:
    data, node, relaxed, _ = drawn(seed)
    if_closed, if_open = np.empty((2, len(node.state)))
    limit = float(np.finfo(float).max)
    fix_by_reduced_cost(data, node, relaxed, limit, if_closed, if_open)
    if not np.isfinite(bound_at(data, node, node.price, relaxed)):
        return
    base, spare = float(node.price[node.free == 1].sum()), np.zeros(len(node.state), np.uint8)
    for h in np.flatnonzero(node.state >= 0).tolist():
        assert if_open[h] == pytest.approx(base + choose_hubs(data, node, relaxed.value, h, 1, spare))
        closed = base + choose_hubs(data, node, relaxed.value, h, -1, spare) if node.state[h] == 0 else np.inf
        assert if_closed[h] == pytest.approx(closed)
