"""A dive decides every hub, leaves room enough, and keeps a plan only if it is cheaper."""

from __future__ import annotations

import numpy as np
import pytest

from hubspoke.base.stop import Stop
from hubspoke.engine.lagrangian.branching import make_root, slice_node
from hubspoke.engine.lagrangian.generalized_assignment import FixedHubs
from hubspoke.engine.lagrangian.layout import lay_out_problem
from hubspoke.engine.lagrangian.plans.diving import dive
from hubspoke.engine.lagrangian.primal_heuristic import cost_plan
from hubspoke.engine.lagrangian.search_tree import BranchAndBound
from hubspoke.engine.parameters import DEFAULTS
from hubspoke.engine.problem.problem import Problem


def down(tree: BranchAndBound, leaf: FixedHubs, often: np.ndarray, share: float) -> None:
    """Dive from the root."""
    make_root(tree.data, tree.stack, tree.bounds, tree.price)
    tree.relaxed.mean_chosen[:] = often
    dive(leaf, slice_node(tree.stack, 0), share, 30, tree.plan, tree.plan_cost)


@pytest.mark.parametrize("share", [0.1, 0.5, 1.0])
def test_a_dive_ends_at_a_choice_of_hubs_with_room_and_keeps_the_cheaper_plan(share: float) -> None:
    random = np.random.default_rng(4)
    mass, place = random.integers(5, 36, 60).astype(float), random.random((2, 80))
    cost = 10 * np.hypot(*(place[:, 20:, None] - place[:, None, :20]))
    state = np.where(np.arange(20) == 3, -1, np.where(np.arange(20) == 5, 1, 0))
    problem = Problem.build(mass, cost, np.full(20, 150.0), random.uniform(5, 9, 20), hub_state=state)
    tree = BranchAndBound(lay_out_problem(problem), 0.0, 1e-6, Stop(), DEFAULTS.branch_and_bound)
    tree.bound_root()
    often = tree.relaxed.mean_chosen.copy()
    leaf = FixedHubs(problem, tree.data, tree.relaxed, gap=1e-6, stop=Stop(), solver_nodes=0)
    tree.plan_cost[0] = np.inf
    down(tree, leaf, often, share)
    node = tree.stack.state[0]
    assert (node != 0).all()
    assert node[3] == -1
    assert node[5] == 1
    assert tree.data.largest[node > 0].sum() >= mass.sum()
    assert set(tree.plan.tolist()) <= set(np.flatnonzero(node > 0).tolist())
    assert tree.plan_cost[0] == pytest.approx(cost_plan(tree.data, tree.plan))
    assert tree.plan_cost[0] >= tree.bound * (1 - 1e-9)
    known, tree.plan_cost[0] = tree.plan.copy(), tree.bound
    down(tree, leaf, often, share)
    assert tree.plan_cost[0] == tree.bound
    assert (tree.plan == known).all()
