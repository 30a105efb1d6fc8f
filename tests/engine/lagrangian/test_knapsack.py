"""Knapsacks are filled best, and what stands in for the best one where patience ends is never below it."""

from __future__ import annotations

from itertools import combinations
from unittest.mock import patch

import numpy as np
import pytest

from hubspoke.base.compiled import IS_COMPILED
from hubspoke.engine.lagrangian import knapsack
from hubspoke.engine.lagrangian.knapsack import fill_knapsack


def fill_by_table(profit: np.ndarray, weight: np.ndarray, room: int) -> float:
    """Return what the best choice is worth, by the textbook's table of loads."""
    most = np.zeros(room + 1)
    for worth, load in zip(profit, weight, strict=True):
        most[load:] = np.maximum(most[load:], most[: room + 1 - load] + worth)
    return float(most[room])


@pytest.mark.parametrize("grain", [0.0, 1.0])
def test_knapsacks_are_filled_best(grain: float) -> None:
    random = np.random.default_rng(3)
    for _ in range(200):
        count = int(random.integers(0, 9))
        profit, weight = random.integers(1, 20, count).astype(float), random.integers(0, 9, count).astype(float)
        room = float(random.integers(9, 25))
        taken = np.ones(count, np.uint8)
        value, limit, price = fill_knapsack(count, profit, weight, room, grain, taken)
        sets = (list(chosen) for n in range(count + 1) for chosen in combinations(range(count), n))
        best = max((profit[chosen].sum() for chosen in sets if weight[chosen].sum() <= room), default=0.0)
        assert value == limit == best
        assert profit[taken == 1].sum() == value
        assert weight[taken == 1].sum() <= room
        assert price * room + np.maximum(profit - price * weight, 0.0).sum() >= best - 1e-9


@pytest.mark.parametrize("grain", [0.0, 0.5])
@pytest.mark.parametrize("alike", [0.0, 1.0])
def test_large_knapsacks_are_filled_best_by_loads_and_bounded_without(grain: float, alike: float) -> None:
    """Profits near a multiple of the weight make the core large: the search alone does not end there."""
    random = np.random.default_rng(7)
    ended = 0
    for _ in range(40):
        count, room = int(random.integers(40, 80)), int(random.integers(100, 300))
        load = random.integers(0, 36, count)
        weight = np.asarray(0.5 * load, np.float64)
        profit = np.asarray(np.round(alike * 3.0 * load + random.uniform(1, 20, count), 6), np.float64)
        taken = np.zeros(count, np.uint8)
        value, limit, price = fill_knapsack(count, profit, weight, 0.5 * room * (1.0 + 1e-9), grain, taken)
        best = fill_by_table(profit, load, room)
        assert value <= best * (1 + 1e-9)
        assert limit >= best * (1 - 2e-9)
        assert profit[taken == 1].sum() == pytest.approx(value)
        assert load[taken == 1].sum() <= room
        assert price * 0.5 * room + np.maximum(profit - price * 0.5 * load, 0.0).sum() >= best * (1 - 1e-9)
        ended += limit == value
    assert ended == 40 or grain == 0.0


@pytest.mark.skipif(IS_COMPILED, reason="compiled loops know their constants")
def test_where_loads_take_too_long_the_fractional_choice_bounds() -> None:
    random = np.random.default_rng(5)
    load = random.integers(5, 36, 30)
    profit = 3.0 * load + random.uniform(1, 2, 30)
    with patch.object(knapsack, "MOST_CELLS", 0), patch.object(knapsack, "PATIENCE", 3):
        value, limit, _ = fill_knapsack(30, profit, load.astype(float), 200.0, 1.0, np.zeros(30, np.uint8))
    assert value <= fill_by_table(profit, load, 200) <= limit
