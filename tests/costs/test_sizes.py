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

from hubspoke.costs.cost_lines import yearly_cost
from hubspoke.costs.sizes import plant_steps
from hubspoke.inputs.read import read
from hubspoke.settings.plants import Finance, Plant
from trials import examples

if TYPE_CHECKING:
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.settings.settings import Settings

STEPS = (1000.0, 3000.0, 10000.0)
NO_SIZES = pd.DataFrame(
    {"plant_id": pd.Series([], dtype=str)}
    | {name: pd.Series([], dtype=float) for name in ("capacity_t", "fixed_jpy_per_yr", "variable_jpy_per_t")}
    | {"technology": pd.Series([], dtype=str)}
)


@cache
def settings() -> Settings:
    bare = ("overhead_share", "contingency_share")  # which test_disassembly has
    return read(changes=dict.fromkeys((f"hub_technologies.roasting.{name}" for name in bare), 0)).settings


def steps_of(
    max_t: list[float],
    given_sizes: pd.DataFrame = NO_SIZES,
    *,
    existing_t: float = 0.0,
    sunk: float = 1.0,
    sizes: tuple[float, ...] = STEPS,
    availability: float = 1.0,
) -> PlantSteps:
    plants = pd.DataFrame({"id": [f"p{row}" for row in range(len(max_t))], "max_t": max_t})
    plants = plants.assign(
        existing_t=existing_t, sunk_share=sunk, subsidy_share=0.0, subsidy_cap_jpy=np.nan, technology="roasting"
    )
    plants["existing_technology"] = plants["technology"]
    roasting = {"roasting": settings().hub_technologies["roasting"]}
    rate = np.array([35_000.0])
    share = settings().sizes.model_copy(update={"availability": availability})
    chosen = settings().model_copy(update={"sizes": share})
    return plant_steps(plants, roasting, sizes, chosen, given_sizes, rates=rate)


def least(steps: PlantSteps, load_t: float, row: int = 0) -> float:
    """Return the least yearly cost of a plant that takes a load, infinite where it cannot."""
    holds = steps.capacity[row] >= load_t * (1 - 1e-12)
    cost = steps.fixed[row] + steps.variable[row] * load_t
    return float(cost[holds].min()) if holds.any() else np.inf


def true_cost(load_t: float, existing_t: float = 0.0, sunk: float = 0.0) -> float:
    """Return the yearly cost of a roasting plant of just this size by its curve."""
    plant, finance = settings().hub_technologies["roasting"], settings().finance
    capital, upkeep, labour = yearly_cost(plant, finance, np.array([load_t]))
    spent = yearly_cost(plant, finance, np.array([min(load_t, existing_t)]))[0]
    return float(capital[0] + upkeep[0] + labour[0] - sunk * spent[0])


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("limit", "largest"), [(np.inf, 10000), (25000, 10000), (10000, 10000), (5000, 5000), (400, 400), (0, 0)]
)
def test_plants_take_what_their_limit_allows(limit: float, largest: float) -> None:
    """A plant takes as much as its limit, and the largest general size, allow."""
    assert steps_of([limit]).capacity.max() == largest
    assert steps_of([limit], availability=0.9).capacity.max() == min(limit, 0.9 * 10000)


@pytest.mark.heavy
@hypothesis_settings(deadline=None, derandomize=True, max_examples=examples(20))
@given(st.floats(1, 1e4), st.floats(1, 3e4), st.floats(1, 3))
def test_a_looser_limit_never_makes_a_plant_dearer(load: float, limit: float, looser: float) -> None:
    assert least(steps_of([limit * looser]), load) <= least(steps_of([limit]), load) * (1 + 1e-12)


@pytest.mark.heavy
@hypothesis_settings(deadline=None, derandomize=True, max_examples=examples(20))
@given(st.floats(1, 1e4), st.floats(10, 1e4))
def test_more_sizes_never_make_a_plant_dearer(load: float, more: float) -> None:
    finer = tuple(sorted({*STEPS, more}))
    assert least(steps_of([np.inf], sizes=finer), load) <= least(steps_of([np.inf]), load) * (1 + 1e-12)


@pytest.mark.heavy
@hypothesis_settings(deadline=None, derandomize=True, max_examples=examples(50))
@given(st.floats(1, 1e4), st.floats(10, 9e3), st.floats(0, 1), st.floats(0, 1))
def test_what_is_sunk_never_makes_a_plant_dearer(load: float, existing: float, one: float, other: float) -> None:
    """More sunk capital, and a plant that stands in place of none, cost no more."""
    less, more = sorted((one, other))
    nothing = least(steps_of([np.inf]), load)
    some = least(steps_of([np.inf], existing_t=existing, sunk=less), load)
    assert some <= nothing * (1 + 1e-9)
    assert least(steps_of([np.inf], existing_t=existing, sunk=more), load) <= some * (1 + 1e-9)


@pytest.mark.heavy
@hypothesis_settings(deadline=None, derandomize=True, max_examples=examples(50))
@given(st.floats(200, 1e4), st.floats(10, 9e3), st.floats(0, 1))
def test_lines_never_lie_below_the_cost_curve(load: float, existing: float, sunk: float) -> None:
    """No plant costs less than its curve says, whatever stands of it."""
    cost = least(steps_of([np.inf], existing_t=existing, sunk=sunk), load)
    assert cost >= true_cost(load, existing, sunk) * (1 - 1e-5)  # beyond what stands lines are fitted at 65 points


@pytest.mark.parametrize("load", np.geomspace(700, 100000, 40))
def test_shipped_sizes_are_near_the_cost_curve(load: float) -> None:
    """With the shipped sizes the lines are at most 2.5 % above the curve from 700 t on."""
    steps = steps_of([np.inf], sizes=settings().sizes.hub_t_per_yr)
    assert true_cost(load) * (1 - 1e-9) <= least(steps, load) <= 1.025 * true_cost(load)


def test_what_stands_costs_its_staff_and_upkeep_alone() -> None:
    """At the size that stands, with all capital sunk, upkeep and labour are left; twice the size pays what is added."""
    steps = steps_of([np.inf], existing_t=3000.0)
    capital, upkeep, labour = (float(term[0]) for term in yearly_cost(roasting(), settings().finance, np.array([3e3])))
    assert least(steps, 3000.0) == pytest.approx(upkeep + labour, rel=1e-9)
    assert least(steps, 10000.0) == pytest.approx(true_cost(10000.0) - capital, rel=1e-9)
    assert least(steps_of([np.inf], existing_t=3000.0, sunk=0.0), 3000.0) == pytest.approx(true_cost(3000.0))


def test_availability_asks_for_a_larger_plant() -> None:
    """Nine tenths of a size may be used, so that 900 t cost what a size of 1,000 t does."""
    assert least(steps_of([np.inf], availability=0.9), 900.0) == pytest.approx(true_cost(1000.0), rel=1e-9)


def roasting() -> Plant:
    return settings().hub_technologies["roasting"]


def test_steps_are_padded() -> None:
    """Plants with fewer lines have columns of no capacity and infinite cost; one that may hold nothing has none."""
    steps = steps_of([np.inf, 400.0, 0.0])
    assert (steps.capacity > 0).sum(axis=1).tolist() == [3, 1, 0]
    assert np.isfinite(steps.fixed).tolist() == (steps.capacity > 0).tolist()
    assert steps.capacity[1, 0] == 400


def test_cost_by_hand() -> None:
    """A roasting line of 10,000 t/yr: annuity 0.1128 and 4 % of 4 bn yen, 30 persons at 6 m yen."""
    steps = steps_of([np.inf])
    assert steps.capital[0, 2] + 1e4 * steps.capital_per_t[0, 2] == pytest.approx(0.112825 * 4e9, rel=1e-4)
    assert steps.maintenance[0, 2] + 1e4 * steps.maintenance_per_t[0, 2] == pytest.approx(1.6e8)
    assert steps.labour[0, 2] + 1e4 * steps.labour_per_t[0, 2] == pytest.approx(1.8e8)
    assert steps.fixed[0, 2] + 1e4 * steps.variable[0, 2] == pytest.approx(7.913e8, rel=1e-4)
    assert steps.capital[0, 2] == pytest.approx(0.35 * 0.112825 * 4e9, rel=1e-4)  # what the line asks for no load


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
    free_work = {"wage_jpy_per_yr": 0, "hours_per_yr": 1900}
    finance = Finance.model_validate({"discount_rate_per_yr": 0.05, "life_yr": 12, **free_work})
    value = sum(finance.capital_recovery_per_yr / 1.05**year for year in range(1, 13))
    assert value == pytest.approx(1)
    free = Finance.model_validate({"discount_rate_per_yr": 0, "life_yr": 8, **free_work})
    assert free.capital_recovery_per_yr == 1 / 8


def test_given_sizes_replace_derived_ones() -> None:
    """A planner's own sizes are the plant's only ones, in ascending order, with their own cost per tonne."""
    own = pd.DataFrame(
        {
            "plant_id": ["p1", "p1", "elsewhere"],
            "capacity_t": [700.0, 200.0, 5.0],
            "fixed_jpy_per_yr": [9e6, 4e6, 1.0],
            "variable_jpy_per_t": [np.nan, 50.0, 1.0],
            "technology": "",
        }
    )
    steps = steps_of([np.inf, 1000.0], own)
    assert steps.has_given.tolist() == [False, True]
    assert steps.capacity[1].tolist() == [200, 700, 0]
    assert steps.size[1].tolist() == [200, 700, 0]
    assert steps.fixed[1].tolist() == [4e6, 9e6, np.inf]
    assert steps.variable[1].tolist() == [50, 35000, 0]  # none given: that of the technology
    assert (steps.given_per_t[0] == 0).all()
    assert (steps.given[0] == 0).all()


def test_no_plants() -> None:
    """No plants have no steps, in arrays of the right rank."""
    assert steps_of([]).capacity.shape == (0, 1)
