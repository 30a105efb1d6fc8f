"""Hubs are opened, closed and exchanged until no single move pays, within room, lanes and states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from hubspoke.base.stop import Stop
from hubspoke.engine.lagrangian.layout import lay_out_problem
from hubspoke.engine.lagrangian.plans.hub_exchanges import exchange_hubs
from hubspoke.engine.lagrangian.primal_heuristic import cost_plan
from hubspoke.engine.problem.problem import Problem

if TYPE_CHECKING:
    from hubspoke.engine.lagrangian.nodes import Data


def drawn(seed: int) -> tuple[Data, np.ndarray, np.ndarray]:
    """Draw a problem of two sizes, and a plan that opens far more than it needs."""
    random = np.random.default_rng(seed)
    mass, place = random.integers(5, 20, 24).astype(float), random.random((2, 34))
    cost = 10 * np.hypot(*(place[:, 10:, None] - place[:, None, :10]))
    cost[random.random(cost.shape) < 0.1] = np.inf
    cost[:, 1:3] = np.where(np.isfinite(cost[:, 1:3]), cost[:, 1:3], 50.0)
    state = np.where(np.arange(10) == 0, -1, np.where(np.arange(10) == 9, 1, 0))
    rate = random.uniform(0, 0.2, (10, 2))
    fixed = np.sort(random.uniform(5, 40, (10, 2)), axis=1)
    data = lay_out_problem(
        Problem.build(mass, cost, np.tile([90.0, 240.0], (10, 1)), fixed, hub_variable=rate, hub_state=state)
    )
    plan = np.where(np.arange(24) % 2 == 0, 1, 2)
    return data, plan, np.array([cost_plan(data, plan)])


@pytest.mark.parametrize("seed", range(4))
def test_no_single_hub_less_more_or_in_exchange_pays_when_it_ends(seed: int) -> None:
    data, plan, cost = drawn(seed)
    first, likely = float(cost[0]), np.arange(2, 10)
    exchange_hubs(data, plan, cost, likely, 200, Stop())
    assert cost[0] == pytest.approx(cost_plan(data, plan))
    assert cost[0] < first
    assert (data.state[plan] >= 0).all()
    assert set(plan.tolist()) <= {1, *likely.tolist()}
    again, known = plan.copy(), cost.copy()
    exchange_hubs(data, again, known, likely, 200, Stop())
    assert known[0] == cost[0]


def test_asked_to_stop_it_leaves_the_plan() -> None:
    data, plan, cost = drawn(0)
    stop, before = Stop(), plan.copy()
    stop.ask()
    exchange_hubs(data, plan, cost, np.arange(2, 10), 200, stop)
    assert (plan == before).all()
