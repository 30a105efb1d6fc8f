"""Years, scenarios and closures as cases: what must hold whatever the numbers, and what is published."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hubspoke.base.status import Status
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.cases.plant_paths import PlantPaths, Stage
from hubspoke.engine.optimize import optimize
from hubspoke.engine.problem.counts import NO_LIMIT, Counts
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.problem.steps import Steps
from hubspoke.instances.generate import generate_problem
from hubspoke.instances.read import read_instances

BENCH = os.environ.get("HUBSPOKE_BENCH")
"""Folder with the public instances; what needs it is skipped without."""


@pytest.fixture(scope="module")
def year() -> Problem:
    """One year of a small network with two echelons."""
    return generate_problem(12, 5, 3, seed=4)


def test_one_case_is_the_problem_itself(year: Problem) -> None:
    alone, answer = optimize(year), optimize_cases(Cases.build([year]))
    assert answer.objective == alone.objective
    assert answer.bound == alone.bound
    assert (answer.cases[0].hub == alone.hub).all()
    assert (answer.cases[0].hub_size == alone.hub_size).all()


@pytest.mark.parametrize("weights", [(1.0, 1.0), (1.0, 5.0)], ids=["every year", "gaps of 1 and 5 years"])
def test_equal_years_cost_as_many_times_one_year(year: Problem, weights: tuple[float, ...]) -> None:
    answer = optimize_cases(Cases.build([year] * len(weights), weights=weights))
    assert answer.status is Status.OPTIMAL
    assert answer.objective == pytest.approx(sum(weights) * optimize(year).objective, rel=1e-6)


def test_discounted_equal_years_cost_the_closed_form(year: Problem) -> None:
    rate, years = 1.04, 3
    weights = rate ** -np.arange(years)
    opening = 1e6
    paths = PlantPaths.build((years, *year.hubs.fixed.shape), opening_cost=opening)
    answer = optimize_cases(Cases.build([year] * years, weights=weights, one_time_factor=weights, hubs=paths))
    # plants that open at once and stay: the static problem with the opening spread over the years
    factor = (1 - rate**-years) / (1 - 1 / rate)
    spread = year.derive(hubs=Steps(year.hubs.capacity, year.hubs.fixed + opening / factor, year.hubs.variable))
    assert answer.objective == pytest.approx(factor * optimize(spread).objective, rel=1e-6)


def test_scenarios_share_their_plants(year: Problem) -> None:
    dear = year.derive(collection_cost=year.collection_cost * 3)
    cases = Cases.build([year, dear], weights=[0.5, 0.5], linking="scenarios")
    answer = optimize_cases(cases)
    assert answer.hubs is not None
    assert (answer.hubs.size[0] == answer.hubs.size[1]).all()
    average = year.derive(collection_cost=year.collection_cost * 2)
    # costs alone differ and room is the same, so that the mean of the scenarios has the same plants
    assert answer.objective == pytest.approx(optimize(average).objective, rel=1e-6)


def test_a_plan_survives_any_closure() -> None:
    # two of three plants hold everything; any of them may fail
    room, cost = np.full(3, 5.0), np.array([4.0, 5.0, 6.0])
    base = Problem.build(np.ones(5), np.ones((5, 3)), room, cost, single_sourcing=False)
    closures = [base.derive(hub_state=np.where(np.arange(3) == lost, -1, 0)) for lost in range(3)]
    cases = Cases.build([base, *closures], weights=[1, 0, 0, 0], linking="scenarios")
    answer = optimize_cases(cases)
    assert answer.objective == pytest.approx(5 + 4 + 5)
    assert answer.hubs is not None
    assert answer.hubs.stage[1].tolist() == [Stage.IDLE, Stage.OPEN, Stage.ABSENT]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"weights": [1, -1]}, "weights"),
        ({"least_tonnes": np.nan}, "least_tonnes"),
        ({"linking": "scenarios", "stays_collected": True}, "scenarios"),
        ({"budget_in_total": -1.0}, "budget_in_total"),
        ({"hubs": PlantPaths.build((3, 2, 1))}, "expected"),
        ({"hubs": PlantPaths.build((2, 2, 1), standing=[0, 4])}, "standing"),
        ({"hubs": PlantPaths.build((2, 2, 1), opening_cost=np.nan)}, "opening_cost"),
        ({"hubs": PlantPaths.build((2, 2, 1), life=0)}, "life"),
    ],
)
def test_what_makes_no_sense_is_refused(change: dict[str, Any], word: str) -> None:
    problem = Problem.build([1.0], [[1.0, 2.0]], [5.0, 5.0], [1.0, 1.0])
    with pytest.raises(ValueError, match=word):
        Cases.build([problem, problem], **change)


def test_cases_with_other_plants_are_refused() -> None:
    one = Problem.build([1.0], [[1.0]], [5.0], [1.0])
    two = Problem.build([1.0], [[1.0, 2.0]], [5.0, 5.0], [1.0, 1.0])
    with pytest.raises(ValueError, match=r"problems\[1\] has other hubs"):
        Cases.build([one, two])
    with pytest.raises(ValueError, match="one case at least"):
        Cases.build([])


def test_no_plan_for_all_cases_although_each_has_one() -> None:
    # a plant that closes once may not reopen, and is asked for before and after
    forced = [Problem.build([1.0], [[1.0]], [5.0], [1.0], hub_state=[state], skip_cost=9.0) for state in (1, -1, 1)]
    paths = PlantPaths.build((3, 1, 1), closing_cost=0.0)
    assert optimize_cases(Cases.build(forced, hubs=paths)).status is Status.INFEASIBLE
    idle = PlantPaths.build((3, 1, 1), idle_cost=2.0)
    assert optimize_cases(Cases.build(forced, hubs=idle)).objective == pytest.approx(2 + 9 + 2 + 2)


def williams_distribution(years: int) -> Cases:
    """State "Distribution 2" of Williams, Model Building in Mathematical Programming: depots close, open and grow.

    Customers are sites, depots are hubs, factories are refineries; what goes from a factory straight to a customer goes
    through a gate that is no depot.
    """
    demand = np.array([50.0, 10.0, 40.0, 35.0, 60.0, 20.0]) * 1000
    no = np.inf
    to_customer = np.array(
        [
            [no, 1.5, 0.5, no, 1.5, 1.0],  # Newcastle
            [1.0, 0.5, 0.5, 1.0, 0.5, no],  # Birmingham
            [no, 1.5, 2.0, no, 0.5, 1.5],  # London
            [no, no, 0.2, 1.5, 0.5, 1.5],  # Exeter
            [1.2, 0.6, 0.5, no, 0.3, 0.8],  # Bristol
            [no, 0.4, no, 0.5, 0.6, 0.9],  # Northampton
            [1.0, no, 1.5, 2.0, no, 1.0],  # gate of Liverpool
            [2.0, no, no, no, no, no],  # gate of Brighton
        ]
    )
    to_factory = np.array([[0.5, no], [0.5, 0.3], [1.0, 0.5], [0.2, 0.2], [0.6, 0.4], [0.4, 0.3], [0.0, no], [no, 0.0]])
    room = np.array([[70, 0], [50, 70], [100, 0], [40, 0], [30, 0], [25, 0], [150, 0], [200, 0]]) * 1000.0
    problem = Problem.build(
        demand,
        to_customer.T * demand[:, None],
        room,
        np.where(room > 0, 0.0, np.inf),
        transfer_cost=to_factory,
        refinery_capacity=[150_000.0, 200_000.0],
        single_sourcing=False,
        hub_counts=Counts(np.repeat([0, 1], [6, 2]), np.zeros(2, np.int64), np.array([4, NO_LIMIT])),
        hub_state=[0, 1, 1, 0, 0, 0, 0, 0],
    )
    growing = np.full((8, 2, 2), np.inf)
    growing[1, 0, 1] = 3000
    hubs = PlantPaths.build(
        (years, 8, 2),
        opening_cost=np.array([0, 0, 0, 0, 12_000, 4_000, 0, 0])[:, None],
        closing_cost=np.array([-10_000, no, no, -5_000, no, no, no, no])[:, None],
        resize_cost=growing,
        standing=[0, 0, 0, 0, -1, -1, -1, -1],
    )
    return Cases.build([problem] * years, weights=1 / years, hubs=hubs)


@pytest.mark.parametrize("years", [1, 2])
def test_williams_closes_opens_and_grows_depots(years: int) -> None:
    answer = optimize_cases(williams_distribution(years))
    assert answer.status is Status.OPTIMAL
    assert answer.objective == pytest.approx(174_000)
    assert answer.hubs is not None
    assert answer.hubs.stage[0, :6].tolist() == [Stage.CLOSED, Stage.OPEN, Stage.OPEN, Stage.OPEN, 0, Stage.OPEN]
    assert answer.hubs.size[0, 1] == 1


def read_problem(path: Path) -> Problem:
    problem = read_instances(path)[0].problem
    assert isinstance(problem, Problem)
    return problem


def growing_demand(problem: Problem) -> Cases:
    """Three periods of growing demand; a plant pays 60 % of three years' cost when it opens, the rest year by year."""
    fixed, discount = problem.hubs.fixed, 1.05 ** (-5.0 * np.arange(3))
    years = [
        problem.derive(
            supply=problem.supply * part,
            collection_cost=problem.collection_cost * part,
            hubs=Steps(problem.hubs.capacity, 0.4 * fixed, problem.hubs.variable),
        )
        for part in (0.4, 0.7, 1.0)
    ]
    paths = PlantPaths.build((3, *fixed.shape), opening_cost=0.6 * 3 * fixed)
    return Cases.build(years, weights=discount, one_time_factor=discount, hubs=paths)


@pytest.mark.skipif(BENCH is None, reason="HUBSPOKE_BENCH names no folder of public instances")
@pytest.mark.parametrize("name", ["cap41", "cap71", "cap101", "cap111"])
def test_known_optima_over_three_periods(name: str) -> None:
    folder = Path(str(BENCH))
    known = json.loads((folder / "oracles_cap16" / "years_and_closures.json").read_text())["multi_period"][name]
    problem = read_problem(folder / "orlib_cap" / f"{name}.txt")
    answer = optimize_cases(growing_demand(problem))
    assert answer.status is Status.OPTIMAL
    assert answer.objective == pytest.approx(known["value"], abs=6e-5)
    assert answer.hubs is not None
    assert answer.hubs.opens.sum(axis=1).tolist() == [len(opened) for opened in known["opens"].values()]


@pytest.mark.skipif(BENCH is None, reason="HUBSPOKE_BENCH names no folder of public instances")
@pytest.mark.parametrize("name", ["cap41", "cap44", "cap101"])
def test_known_cost_of_surviving_any_closure(name: str) -> None:
    folder = Path(str(BENCH))
    oracle = json.loads((folder / "oracles_cap16" / "years_and_closures.json").read_text())
    known = oracle["survive_any_single_closure"][name]
    problem = read_problem(folder / "orlib_cap" / f"{name}.txt")
    lost = [problem.derive(hub_state=np.where(np.arange(problem.n_hubs) == h, -1, 0)) for h in range(problem.n_hubs)]
    cases = Cases.build([problem, *lost], weights=[1.0] + [0.0] * len(lost), linking="scenarios")
    answer = optimize_cases(cases, gap=1e-9)
    assert answer.objective == pytest.approx(known["survives_any_closure"], abs=1e-3)


VALUES = {
    "Multi_I10_J50_T3_0": 34_325,
    "Multi_I20_J100_T4_0": 67_925,
    "Single_I10_J50_T3_0": 23_202,
    "Single_I20_J100_T4_1": 43_432,
}
"""Published and proven optima of instances that take a moment."""


@pytest.mark.skipif(BENCH is None, reason="HUBSPOKE_BENCH names no folder of public instances")
@pytest.mark.parametrize("name", list(VALUES))
def test_incremental_service_has_the_published_optimum(name: str) -> None:
    (instance,) = read_instances(Path(str(BENCH)) / "mp_incremental" / f"inst{name}.txt")
    assert isinstance(instance.problem, Cases)
    answer = optimize_cases(instance.problem)
    assert answer.status is Status.OPTIMAL
    assert answer.objective == pytest.approx(VALUES[name])
