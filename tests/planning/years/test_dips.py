"""What plants are charged over the years: never more than they owe, and with what is reckoned on top exactly that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from hubspoke.costs.sizes import PlantSteps
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.network import cheapest_path, echelons, plant_arcs
from hubspoke.engine.cases.plant_paths import Stage
from hubspoke.engine.cases.solution import write_plan
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.problem.steps import Steps
from hubspoke.planning.years.calendar import Calendar
from hubspoke.planning.years.dips import find_dip
from hubspoke.planning.years.growth import Growth
from hubspoke.planning.years.intervals import find_intervals
from hubspoke.planning.years.owed import reckon_owed
from hubspoke.planning.years.paths import make_paths
from hubspoke.planning.years.plants import Plants
from hubspoke.planning.years.year_sizes import owe_lower_ends, state_steps
from hubspoke.settings.years import Years

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats

CALENDAR = Calendar((2030, 2032, 2035, 2040), 2041, 0.04)
MOST = {"dip": (500.0, 400.0, 800.0, 1000.0), "growth": (400.0, 500.0, 800.0, 1000.0)}


def lines(factor: float) -> PlantSteps:
    """Return a plant with two lines of capital, and nothing else to pay."""
    size = np.array([[300.0, 1000.0]])
    fixed, slope = factor * np.array([[3000.0, 9000.0]]), factor * np.array([[40.0, 20.0]])
    none: dict[str, Any] = {name: np.zeros((1, 2)) for name in PlantSteps.__dataclass_fields__}
    given = {"capacity": size, "size": size, "capital": fixed, "capital_per_t": slope}
    return PlantSteps(**(none | given | {"technology": np.zeros((1, 2), np.int64), "has_given": np.zeros(1, bool)}))


def owes(steps: tuple[PlantSteps, ...], loads: Floats) -> float:
    """Return what a plant owes to the end for the most that it has taken in so far."""
    total, built = 0.0, 0.0
    for weight, step, load in zip(CALENDAR.weights, steps, loads, strict=True):
        built = max(built, load)
        at = np.flatnonzero(step.capacity[0] >= built)
        cost = step.capital[0, at] + step.capital_per_t[0, at] * built
        total += weight * float(cost.min()) if built > 0 else 0.0
    return total


@pytest.mark.parametrize("ratio", [1.4, 4.0])
@pytest.mark.parametrize("supply", ["dip", "growth"])
def test_no_plant_is_charged_more_than_it_owes_and_the_rest_is_reckoned(supply: str, ratio: float) -> None:
    most = np.array(MOST[supply])
    plain = tuple(lines(factor) for factor in (1.0, 1.1, 0.9, 1.0))
    intervals = find_intervals(plain[0], np.full((4, 1), np.nan), most[:, None], ratio=ratio)
    steps, shape = tuple(intervals.pick(line) for line in plain), intervals.line.shape
    growth = Growth(np.zeros(shape, bool), np.ones((4, *shape), bool), np.ones((4, *shape)))
    dip = find_dip(most.tolist(), CALENDAR.weights)
    assert dip.exists == (supply == "dip")
    plants = Plants(intervals, steps, growth, np.zeros(shape), 1.0, dip)
    paths = make_paths(steps, growth, intervals, dip, Years(), CALENDAR, closing_jpy=np.zeros(shape),
                       investment_jpy=np.zeros(shape), most_openings=None)  # fmt: skip
    stated = [
        state_steps(Steps(line.capacity, line.capital, line.capital_per_t), line, plants, at)
        for at, line in enumerate(plain)
    ]
    dues = owe_lower_ends(plants, stated[0].fixed.shape)
    problems = [_at_refineries(step) for step in stated]
    cases = Cases.build(problems, weights=CALENDAR.weights, refineries=paths, one_time_factor=CALENDAR.discount,
                        take_or_pay=dues)  # fmt: skip
    start, arcs = plant_arcs(cases, echelons(cases)[1], 0)
    draw = np.random.default_rng(3)
    for _ in range(60):
        loads = np.where(draw.random(4) < 0.3, 0.0, draw.random(4) * most).round()
        yearly = _pay(stated, dues, loads)
        open_when_it_takes = [arc for arc in arcs if (arc.head.stage is Stage.OPEN) == (loads[arc.case] > 0)]
        cost, path = cheapest_path(start, open_when_it_takes, CALENDAR.weights[:, None] * yearly)
        truth = owes(plain, loads)
        assert cost <= truth * (1 + 1e-9)
        owed = reckon_owed(steps, write_plan(4, [path]), loads[:, None], intervals, growth, dip,
                           least_paid=True, idle_share=0.0, closing_jpy=np.zeros(shape))  # fmt: skip
        capital = float(CALENDAR.weights @ owed.capital_jpy[:, 0])
        assert cost + float(CALENDAR.weights @ owed.beyond_jpy[:, 0]) == pytest.approx(capital)
        assert capital >= truth * (1 - 1e-9)


def _at_refineries(steps: Steps) -> Problem:
    """Return a problem whose one refinery comes in these sizes."""
    return Problem.build([1.0], [[0.0]], [[1.0]], [[0.0]], transfer_cost=[[0.0]], refinery_capacity=steps.capacity,
                         refinery_fixed=steps.fixed, refinery_variable=steps.variable)  # fmt: skip


def _pay(stated: list[Steps], dues: Any, loads: Floats) -> Floats:
    """Return what the plant pays in each year at each size, infinite where its load has no room or it has none."""
    paid = []
    for at, (step, load) in enumerate(zip(stated, loads, strict=True)):
        lacking = np.maximum(dues.tonnes[at, 0] - load, 0.0) * dues.rate[at, 0]
        fits = np.isfinite(step.fixed[0]) & (step.capacity[0] >= load)
        paid.append(np.where(fits & (load > 0), step.fixed[0] + step.variable[0] * load + lacking, np.inf))
    return np.stack(paid)
