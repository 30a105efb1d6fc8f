"""Intervals of size: no plan is charged more than what its plants stand at."""

from __future__ import annotations

import numpy as np
import pytest

from hubspoke.costs.sizes import PlantSteps
from hubspoke.engine.problem.steps import Steps
from hubspoke.planning.years.intervals import RATIO, WIDE_RATIO, find_intervals, sizes_in_dip

YEARS = 3
MOST = np.array([[400.0], [300.0], [900.0]])
"""What no plan exceeds in each year."""


def two_lines() -> PlantSteps:
    """Return a plant on two lines of cost, to 300 and to 1,000 t per year."""
    size = np.array([[300.0, 1000.0]])
    fixed, slope = np.array([[3000.0, 9000.0]]), np.array([[40.0, 20.0]])
    none = {name: np.zeros((1, 2)) for name in PlantSteps.__dataclass_fields__}
    given = {"capacity": size, "size": size, "capital": fixed, "capital_per_t": slope}
    others = {"technology": np.zeros((1, 2), np.int64), "has_given": np.zeros(1, bool)}
    return PlantSteps(**(none | given | others))


@pytest.mark.parametrize("ratio", [RATIO, WIDE_RATIO])
def test_no_year_is_charged_more_than_what_stands(ratio: float) -> None:
    plant = two_lines()
    found = find_intervals(plant, np.full((YEARS, 1), np.nan), MOST, ratio=ratio)
    steps = Steps(plant.capacity, plant.fixed, plant.variable)
    for year in range(YEARS):
        stated = found.state(steps, plant, year, found.pick(plant).capital_per_t)
        for j in np.flatnonzero(found.line[0] >= 0).tolist():
            k, low, high = found.line[0, j], found.low[0, j], min(found.high[0, j], MOST[year, 0])
            for load in np.linspace(0.0, high, 9):  # it has been in this interval, so it stands at its lower end
                owed = plant.fixed[0, k] + plant.variable[0, k] * max(load, low)
                assert stated.fixed[0, j] + stated.variable[0, j] * load <= owed * (1 + 1e-12)


def test_a_wider_ratio_means_fewer_intervals_and_none_wider_than_asked() -> None:
    unknown = np.full((YEARS, 1), np.nan)
    fine, coarse = (find_intervals(two_lines(), unknown, MOST, ratio=ratio) for ratio in (RATIO, WIDE_RATIO))
    assert (fine.line >= 0).sum() > (coarse.line >= 0).sum()
    for found, ratio in ((fine, RATIO), (coarse, WIDE_RATIO)):
        cut = found.low[0] > 0
        assert (found.high[0, cut] <= found.low[0, cut] * ratio * (1 + 1e-9)).all()


def test_who_takes_all_stands_in_narrow_sizes_where_there_is_a_dip() -> None:
    sizes = sizes_in_dip(np.array([120.0, 100.0, 300.0]))
    assert (sizes[0], sizes[-1]) == pytest.approx((100, 120))
    assert max(np.diff(sizes)) < 3
    assert sizes_in_dip(np.array([100.0, 120.0])) == []
    assert sizes_in_dip(np.array([100.0])) == []
    assert sizes_in_dip(np.array([100.0, 0.0])) == []
