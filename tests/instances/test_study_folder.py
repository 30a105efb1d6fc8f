"""A folder of tables over several periods: read, solved, and the optimum found again by trying everything."""

from __future__ import annotations

import json
import math
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.optimize import linprog

from hubspoke.base.errors import InputError
from hubspoke.engine.cases.cases import Cases
from hubspoke.instances.bench import run_bench
from hubspoke.instances.read import read_instances

if TYPE_CHECKING:
    from pathlib import Path

AMOUNTS = [[5.0, 1.0, 3.0], [0.0, 4.0, 6.0]]
PLANTS = [(0.0, 0.0, 8.0, 10.0, 2.0, 1.0), (0.0, 1.0, 6.0, 7.0, 3.0, 0.5), (1.0, 0.0, 9.0, 30.0, 1.0, 0.1)]
PLACES = [(0.0, 0.5), (0.5, 1.0)]
RATE = 0.01


def write(folder: Path, **changes: Any) -> Path:
    folder.mkdir()
    periods = len(AMOUNTS[0])
    head = ",".join(f"amount_t_{t + 1}" for t in range(periods))
    rows = [f"町{i},{a},{b},{','.join(map(str, AMOUNTS[i]))}" for i, (a, b) in enumerate(PLACES)]
    (folder / "centres.csv").write_text("\n".join([f"centre,lat,lon,{head}", *rows]), encoding="utf-8")
    rows = [f'"Plant, {i}",{",".join(map(str, plant))}' for i, plant in enumerate(PLANTS)]
    columns = "plant,lat,lon,capacity_t,opening_cost,fixed_cost_per_year,variable_cost_per_t"
    (folder / "plants.csv").write_text("\n".join([columns, *rows]), encoding="utf-8")
    parameters = {"periods": periods, "transport_cost_per_t_km": RATE, **changes}
    (folder / "params.json").write_text(json.dumps(parameters), encoding="utf-8")
    return folder


def kilometres(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Measure through the earth, at the height of the ellipsoid."""
    x, y = ([math.radians(angle) for angle in place] for place in (one[:2], other[:2]))
    squeezed = 1 - (1 - 1 / 298.257223563) ** 2

    def place(latitude: float, longitude: float) -> tuple[float, float, float]:
        normal = 6378.137 / math.sqrt(1 - squeezed * math.sin(latitude) ** 2)
        return (
            normal * math.cos(latitude) * math.cos(longitude),
            normal * math.cos(latitude) * math.sin(longitude),
            normal * (1 - squeezed) * math.sin(latitude),
        )

    return round(math.dist(place(*x), place(*y)), 3)


def cheapest(first_periods: tuple[int, ...]) -> float:
    """Try every period of opening of every plant; what goes where is a linear program in each period."""
    periods, least = len(AMOUNTS[0]), math.inf
    unit = np.array([[RATE * kilometres(c, p) + p[5] for p in PLANTS] for c in PLACES])
    for opens in product((*first_periods, periods), repeat=len(PLANTS)):
        total = 0.0
        for plant, begins in zip(PLANTS, opens, strict=True):
            total += plant[3] * (begins < periods) + plant[4] * (periods - begins)
        for t in range(periods):
            room = [plant[2] if begins <= t else 0.0 for plant, begins in zip(PLANTS, opens, strict=True)]
            all_goes = np.kron(np.eye(len(PLACES)), np.ones(len(PLANTS)))
            fits = np.kron(np.ones(len(PLACES)), np.eye(len(PLANTS)))
            found = linprog(unit.ravel(), fits, room, all_goes, [row[t] for row in AMOUNTS])
            total += found.fun if found.success else math.inf
        least = min(least, total)
    return least


@pytest.mark.heavy
def test_the_optimum_is_that_of_trying_everything(tmp_path: Path) -> None:
    (result,) = run_bench([write(tmp_path / "study")])
    assert (result.instance, result.format, result.status) == ("study", "rice", "optimal")
    assert result.objective == pytest.approx(cheapest((0, 1, 2)))


@pytest.mark.heavy
def test_plants_open_in_periods_of_building_alone(tmp_path: Path) -> None:
    (result,) = run_bench([write(tmp_path / "study", building_periods=[1])], form="rice")
    assert result.objective == pytest.approx(cheapest((0,)))
    assert cheapest((0,)) > cheapest((0, 1, 2)) + 0.01


def test_a_folder_becomes_a_case_for_each_period(tmp_path: Path) -> None:
    (instance,) = read_instances(write(tmp_path / "study"))
    assert isinstance(instance.problem, Cases)
    assert [problem.mass.tolist() for problem in instance.problem.problems] == [[5.0, 0.0], [1.0, 4.0], [3.0, 6.0]]


@pytest.mark.parametrize("changes", [
    {"periods": 4},  # a column short
    {"periods": "3"},
    {"plant_storage_limit_t": 5},
    {"transport_cost_per_t_km": -1},
    {"transport_cost_per_t_km": None},
])  # fmt: skip
def test_what_cases_cannot_hold_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="study"):
        read_instances(write(tmp_path / "study", **changes))


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="params"):
        read_instances(tmp_path, "rice")
