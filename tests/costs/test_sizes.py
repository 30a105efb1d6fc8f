"""Sizes: which capacity steps a plant has and what they cost a year."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hubspoke.costs.sizes import plant_steps, sizes_up_to, yearly_cost
from hubspoke.inputs.read import read
from hubspoke.settings.plants import Finance

if TYPE_CHECKING:
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.settings.settings import Settings

STEPS = (1000.0, 3000.0, 10000.0)
NO_SIZES = pd.DataFrame(
    {"plant_id": pd.Series([], dtype=str)}
    | {name: pd.Series([], dtype=float) for name in ("capacity_t", "fixed_jpy_per_yr", "variable_jpy_per_t")}
)


@cache
def settings() -> Settings:
    return read().settings


def steps_of(max_t: list[float], given_sizes: pd.DataFrame = NO_SIZES) -> PlantSteps:
    plants = pd.DataFrame({"id": [f"p{row}" for row in range(len(max_t))], "max_t": max_t})
    roasting = settings().hub_technologies["roasting"]
    rate = np.full(len(max_t), 35_000.0)
    return plant_steps(plants, [roasting] * len(max_t), STEPS, settings().finance, given_sizes, rates=rate)


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (np.inf, [1000, 3000, 10000]),
        (25000, [1000, 3000, 10000]),
        (10000, [1000, 3000, 10000]),
        (5000, [1000, 3000, 5000]),
        (3000, [1000, 3000]),
        (400, [400]),
        (0, []),
    ],
)
def test_sizes_end_at_the_limit(limit: float, expected: list[float]) -> None:
    """A plant takes every general size up to its limit, and the limit itself where it is below the largest."""
    assert sizes_up_to(STEPS, limit).tolist() == expected


def test_steps_are_padded() -> None:
    """Plants with fewer sizes have columns of no capacity and infinite cost; one that may hold nothing has none."""
    steps = steps_of([np.inf, 400.0, 0.0])
    assert steps.capacity.tolist() == [[1000, 3000, 10000], [400, 0, 0], [0, 0, 0]]
    assert np.isfinite(steps.fixed).tolist() == [[True, True, True], [True, False, False], [False, False, False]]


def test_cost_by_hand() -> None:
    """A roasting line of 10,000 t/yr: annuity 0.1128 and 4 % of 4 bn yen, 30 persons at 6 m yen."""
    steps = steps_of([np.inf])
    assert steps.capital[0, 2] == pytest.approx(0.112825 * 4e9, rel=1e-4)
    assert steps.maintenance[0, 2] == pytest.approx(1.6e8)
    assert steps.labour[0, 2] == pytest.approx(1.8e8)
    assert steps.fixed[0, 2] == pytest.approx(7.913e8, rel=1e-4)
    assert steps.capital[0, 0] == pytest.approx(steps.capital[0, 2] * 0.1**0.65)
    assert steps.labour[0, 0] == pytest.approx(1.8e8 * 0.1**0.35)


@hypothesis_settings(deadline=None)
@given(st.floats(100, 1e5), st.sampled_from(["roasting", "kiln", "mechanical"]))
def test_two_half_plants_are_dearer_than_one(capacity: float, technology: str) -> None:
    """Economies of scale: one plant costs less than two of half its size, and more than one of them."""
    plant, finance = settings().hub_technologies[technology], settings().finance
    one = sum(float(term[0]) for term in yearly_cost(plant, finance, np.array([capacity])))
    half = sum(float(term[0]) for term in yearly_cost(plant, finance, np.array([capacity / 2])))
    assert half < one < 2 * half


def test_capital_recovery() -> None:
    """The annuity repays the capital: its present value over the life is the capital; without interest, 1/life."""
    finance = Finance.model_validate({"discount_rate_per_yr": 0.05, "life_yr": 12, "wage_jpy_per_yr": 0})
    value = sum(finance.capital_recovery_per_yr / 1.05**year for year in range(1, 13))
    assert value == pytest.approx(1)
    free = Finance.model_validate({"discount_rate_per_yr": 0, "life_yr": 8, "wage_jpy_per_yr": 0})
    assert free.capital_recovery_per_yr == 1 / 8


def test_given_sizes_replace_derived_ones() -> None:
    """A planner's own sizes are the plant's only ones, in ascending order, with their own cost per tonne."""
    own = pd.DataFrame(
        {
            "plant_id": ["p1", "p1", "elsewhere"],
            "capacity_t": [700.0, 200.0, 5.0],
            "fixed_jpy_per_yr": [9e6, 4e6, 1.0],
            "variable_jpy_per_t": [np.nan, 50.0, 1.0],
        }
    )
    steps = steps_of([np.inf, 1000.0], own)
    assert steps.has_given.tolist() == [False, True]
    assert steps.capacity[1].tolist() == [200, 700, 0]
    assert steps.fixed[1].tolist() == [4e6, 9e6, np.inf]
    assert steps.variable[1].tolist() == [50, 35000, 0]  # none given: that of the technology
    assert (steps.variable[0] == 0).all()
    assert (steps.given[0] == 0).all()


def test_no_plants() -> None:
    """No plants have no steps, in arrays of the right rank."""
    assert steps_of([]).capacity.shape == (0, 1)
