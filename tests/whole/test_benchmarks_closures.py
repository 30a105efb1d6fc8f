"""Lost, forced and near-optimal plants, survivors and openings over periods are those of full enumeration."""

from __future__ import annotations

from itertools import chain, combinations, product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from benchmarks.closures import (
    DISCOUNT,
    GROWTH,
    OPENING,
    RUNNING,
    Published,
    compare_cities,
    compare_limits,
    compare_near,
    compare_states,
    open_over_periods,
    survive,
)
from scipy.optimize import linprog

from hubspoke.engine.problem.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DEMAND = np.array([3.0, 4.0, 2.0, 5.0])
COST = np.array([[4.0, 9.0, 7.0, 12.0], [10.0, 3.0, 8.0, 6.0], [5.0, 7.0, 2.0, 9.0], [13.0, 6.0, 11.0, 4.0]])
FIXED = np.array([6.0, 5.0, 5.5, 7.0])
PLANTS = range(4)


def problem(room: float) -> Problem:
    return Problem.build(DEMAND, COST, np.full(4, room), FIXED, single_sourcing=False)


def serve(plants: Iterable[int], room: float, share: float = 1.0) -> float:
    """Return the least cost of serving all from some plants, by a linear program; infinite where it cannot be done."""
    kept = list(plants)
    if room * len(kept) < share * DEMAND.sum() - 1e-9:
        return float("inf")
    loads = np.kron(np.ones(4), np.eye(len(kept))) * np.repeat(share * DEMAND, len(kept))
    whole = np.kron(np.eye(4), np.ones(len(kept)))
    told = linprog(share * COST[:, kept].ravel(), loads, np.full(len(kept), room), whole, np.ones(4))
    return float(told.fun)


def choices() -> list[tuple[int, ...]]:
    return list(chain.from_iterable(combinations(PLANTS, count) for count in range(1, 5)))


def total(plants: Iterable[int], room: float) -> float:
    return float(FIXED[list(plants)].sum()) + serve(plants, room)


@pytest.mark.heavy
def test_forced_lost_and_near_optimal_plants() -> None:
    room = 99.0
    costs = {plants: total(plants, room) for plants in choices()}
    best = min(costs, key=lambda plants: costs[plants])
    known: dict[str, Any] = {
        "plants": [plant + 1 for plant in best],
        "least_cost_if_plant_is_open": {
            str(plant + 1): min(cost for plants, cost in costs.items() if plant in plants) for plant in PLANTS
        },
        "close_one": {
            str(lost + 1): {
                "others_fixed": costs[tuple(plant for plant in best if plant != lost)],
                "replanned": min(cost for plants, cost in costs.items() if lost not in plants),
            }
            for lost in best
        },
    }
    assert len(best) > 1
    for what, value, answer in compare_states(problem(room), known):
        assert value == pytest.approx(answer), what
    near = [set(plants) for plants, cost in costs.items() if cost <= 1.2 * costs[best]]
    assert len(near) > 2
    told = {
        "sets": len(near),
        "fewest": min(map(len, near)),
        "most": max(map(len, near)),
        "plants_in_all": [plant + 1 for plant in PLANTS if all(plant in one for one in near)],
        "plants_in_none": [plant + 1 for plant in PLANTS if not any(plant in one for one in near)],
    }
    for what, value, answer in compare_near(problem(room), {"0.2": told}):
        assert value == answer, what


def test_survivors_have_room_whichever_plant_is_lost() -> None:
    room = 7.5
    surviving = [
        plants
        for plants in choices()
        if all(room * (len(plants) - (lost in plants)) >= DEMAND.sum() for lost in PLANTS)
    ]
    assert survive(problem(room)) == pytest.approx(min(total(plants, room) for plants in surviving))
    assert survive(problem(room)) > min(total(plants, room) for plants in choices())


@pytest.mark.heavy
def test_plants_open_over_periods_at_least_present_cost() -> None:
    room = 7.5
    least = float("inf")
    for opens in product(range(len(GROWTH) + 1), repeat=4):
        cost = 0.0
        for period, share in enumerate(GROWTH):
            there = [plant for plant in PLANTS if opens[plant] <= period]
            once = OPENING * sum(FIXED[plant] for plant in PLANTS if opens[plant] == period)
            yearly = RUNNING * FIXED[there].sum() + (serve(there, room, share) if there else float("inf"))
            cost += DISCOUNT**period * float(once + yearly)
        least = min(least, cost)
    assert open_over_periods(problem(room)) == pytest.approx(least)


def test_cities_are_read_and_losses_cost_what_the_rest_takes_over(tmp_path: Path) -> None:
    file = tmp_path / "cities.txt"
    file.write_text(
        "No. Long. Lat. First Second Fixed City ST\n"
        "1 100.0 40.0 1,000,000 5 1000 Alpha AA\n"
        "2 101.0 40.0 2,000,000 5 2000 New Beta BB\n"
        "3 100.0 41.0 3,000,000 5 3000 Gamma CC\n",
        encoding="utf-8",
    )
    degree = 3956.0 * np.pi / 180
    between = 3956.0 * np.arccos(np.sin(np.radians(40)) ** 2 + np.cos(np.radians(40)) ** 2 * np.cos(np.radians(1.0)))
    published = Published(("Alpha", "Gamma"), 20 * between, {"Gamma": 20 * between + 30 * degree})
    for what, value, answer in compare_cities(file, published):
        assert value == pytest.approx(answer), what


@pytest.mark.heavy
def test_limits_on_the_worst_closure_are_those_of_all_sets_of_plants() -> None:
    normal = {plants: total(plants, 99.0) for plants in choices()}
    worst = {
        plants: max(float(FIXED[list(plants)].sum()) + serve(set(plants) - {lost}, 99.0) for lost in plants)
        for plants in choices()
        if len(plants) > 1
    }
    three = (0, 1, 2)
    told = {"plants": [1, 2, 3], "normal_cost": normal[three], "worst_closure_cost": worst[three]}
    known = {"least_normal_cost_if_worst_closure_adds_at_most": {"0.5": told}}
    rows = list(compare_limits(problem(float(DEMAND.sum())), known))
    for what, found, answer in rows:
        assert found == pytest.approx(answer), what
    tightest = min(normal[plants] for plants, cost in worst.items() if cost <= min(worst.values()) * (1 + 1e-6))
    assert rows[2][1] == pytest.approx(tightest)
