"""Mathematical programs: the location problem in their rows is found, and what is none is refused by name."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import numpy as np
import pulp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubspoke.base.errors import InputError
from hubspoke.engine.optimize import optimize
from hubspoke.instances.read import read_instances
from trials import examples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


DEMAND, CAPACITY, FIXED = [4.0, 3.0, 5.0], [9.0, 10.0], [70.0, 40.0]
COST = [[10.0, 40.0], [30.0, 12.0], [25.0, 15.0]]


class Model:
    """A textbook's model: shares of customers, facilities 0 or 1."""

    def __init__(
        self, *, whole: bool = False, scale: float = 1.0, capacities: bool = True, strong: bool = False
    ) -> None:
        self.lp = lp = pulp.LpProblem("location", pulp.LpMinimize)
        kind = pulp.LpBinary if whole else pulp.LpContinuous
        sites, plants = range(len(DEMAND)), range(len(CAPACITY))
        self.x = {
            (i, j): lp.add_variable(f"x_{i}_{j}", 0, None if not whole else 1, kind) for i in sites for j in plants
        }
        self.y = [lp.add_variable(f"y_{j}", cat=pulp.LpBinary) for j in plants]
        unit = [scale * demand if scale != 1.0 else 1.0 for demand in DEMAND]
        lp += pulp.lpSum(COST[i][j] / unit[i] * self.x[i, j] for i in sites for j in plants) + pulp.lpSum(
            FIXED[j] * self.y[j] for j in plants
        )
        for i in sites:
            lp += pulp.lpSum(self.x[i, j] for j in plants) == unit[i], f"served_{i}"
        for j in plants:
            if capacities:
                used = pulp.lpSum(DEMAND[i] / unit[i] * self.x[i, j] for i in sites)
                lp += CAPACITY[j] * self.y[j] - used >= 0, f"room_{j}"
            if strong or not capacities:
                for i in sites:
                    lp += self.x[i, j] <= unit[i] * self.y[j], f"open_{i}_{j}"
        if strong and capacities:
            lp += pulp.lpSum(CAPACITY[j] * self.y[j] for j in plants) >= sum(DEMAND), "enough"

    def write(self, path: Path) -> Path:
        """Write the model in the form that the file's name asks for."""
        if ".lp" in path.name:
            self.lp.writeLP(str(path))
        else:
            self.lp.writeMPS(str(path))
        return path


def solve(path: Path) -> float:
    (instance,) = read_instances(path)
    assert instance.form == "program"
    found = optimize(instance.problem, gap=0.0)  # type: ignore[arg-type]
    return found.objective


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("options", "optimum"),
    [
        ({}, 110.0 + 37.0),
        ({"strong": True}, 147.0),
        ({"scale": 2.5}, 147.0),
        ({"whole": True}, 147.0),
        ({"capacities": False}, 40.0 + 67.0),
    ],
)
@pytest.mark.parametrize("name", ["model.mps", "model.lp"])
def test_the_textbooks_models_are_found_and_have_their_optimum(
    tmp_path: Path, options: dict[str, Any], optimum: float, name: str
) -> None:
    assert solve(Model(**options).write(tmp_path / name)) == pytest.approx(optimum)


def test_packed_files_are_read(tmp_path: Path) -> None:
    plain = Model().write(tmp_path / "model.mps")
    (tmp_path / "packed.mps.gz").write_bytes(gzip.compress(plain.read_bytes()))
    assert solve(tmp_path / "packed.mps.gz") == pytest.approx(147.0)


def test_a_constant_of_the_objective_stays_in_the_optimum(tmp_path: Path) -> None:
    path = Model().write(tmp_path / "model.mps")
    path.write_text(path.read_text().replace("RHS\n", "RHS\n    RHS       OBJ       -1000\n", 1))
    assert solve(path) == pytest.approx(1147.0)


def test_limits_on_how_many_open_and_facilities_that_are_settled_hold(tmp_path: Path) -> None:
    model = Model(capacities=False)
    model.lp += model.y[0] + model.y[1] == 2
    assert solve(model.write(tmp_path / "count.mps")) == pytest.approx(110 + 37)
    model = Model(capacities=False)
    model.y[1].bounds(0, 0)
    assert solve(model.write(tmp_path / "shut.mps")) == pytest.approx(70 + 65)


def other_weights(model: Model) -> None:
    model.lp += pulp.lpSum(model.x[i, 0] for i in range(3)) <= 2.5 * model.y[0], "heads"


def mixed(model: Model) -> None:
    model.lp += model.x[0, 0] + model.x[1, 1] <= 1.5, "pair"


def uneven(model: Model) -> None:
    model.lp += 2 * model.y[0] + model.y[1] <= 2, "uneven"


def own_limit(model: Model) -> None:
    model.x[2, 1].upBound = 0.5


def maximised(model: Model) -> None:
    model.lp.sense = pulp.LpMaximize


def half_open(model: Model) -> None:
    model.y[0].cat = pulp.LpContinuous


def some_whole(model: Model) -> None:
    model.x[0, 0].cat = pulp.LpInteger
    model.x[0, 0].upBound = 1


def left_out(model: Model) -> None:
    third, fourth = (model.lp.add_variable(f"y_{j}", cat=pulp.LpBinary) for j in (2, 3))
    more = [model.lp.add_variable(f"z_{i}", 0) for i in range(3)]
    for i, flow in enumerate(more):
        model.lp += flow + model.lp.add_variable(f"w_{i}", 0) == 1, f"again_{i}"
    model.lp += 4 * more[0] + 5 * more[2] <= 8 * third, "room"
    model.lp += more[1] <= third, "open"
    other = {name: model.lp.variablesDict()[name] for name in ("w_0", "w_1", "w_2")}
    model.lp += 4 * other["w_0"] + 3 * other["w_1"] + 5 * other["w_2"] <= 8 * fourth, "whole"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (other_weights, "takes other demands"),
        (mixed, "row pair does not say that a customer is served"),
        (uneven, "row uneven is no limit on how many facilities open"),
        (own_limit, "column x_2_1 has a limit of its own"),
        (maximised, "it maximises"),
        (half_open, "column y_0 opens what others need, but is not 0 or 1"),
        (some_whole, "some customers may be divided and others not"),
        (left_out, "column z_1 takes no room"),
    ],
)
def test_what_is_no_location_problem_is_refused_by_row_or_column(
    tmp_path: Path, spoil: Callable[[Model], None], told: str
) -> None:
    model = Model()
    spoil(model)
    path = model.write(tmp_path / "model.lp")
    with pytest.raises(InputError, match=told):
        read_instances(path)


def test_a_file_that_is_missing_cut_or_empty_is_refused_as_such(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file or directory -> give a file in MPS or LP form"):
        read_instances(tmp_path / "none.mps")
    whole = Model().write(tmp_path / "whole.mps").read_text()
    files = {
        "text.mps": "three sites and a hub\n",
        "cut.mps": whole[: len(whole) // 2],
        "empty.lp": "",
        "nan.mps": whole.replace("7.000000000000e+01", "nan", 1),
    }
    told = ["malformed or ends early", "malformed or ends early", "empty: it has no rows", "not finite"]
    for (name, text), words in zip(files.items(), told, strict=True):
        (tmp_path / name).write_text(text)
        with pytest.raises(InputError, match=words):
            read_instances(tmp_path / name)


@pytest.mark.heavy
@given(draw=st.integers(0, 2**32 - 1))
@settings(max_examples=examples(15), deadline=None)
def test_what_is_found_costs_what_the_program_costs(tmp_path_factory: pytest.TempPathFactory, draw: int) -> None:
    rng = np.random.default_rng(draw)
    sites, plants = int(rng.integers(1, 6)), int(rng.integers(1, 5))
    demand, capacity = rng.integers(1, 9, sites), rng.integers(5, 30, plants)
    lp = pulp.LpProblem("drawn", pulp.LpMinimize)
    kind = pulp.LpBinary if rng.random() < 0.5 else pulp.LpContinuous
    y = [lp.add_variable(f"y{j}", cat=pulp.LpBinary) for j in range(plants)]
    x = {
        (i, j): lp.add_variable(f"x{i}_{j}", 0, 1, kind)
        for i in range(sites)
        for j in range(plants)
        if rng.random() < 0.9 or j == 0
    }
    lp += pulp.lpSum(float(rng.integers(0, 50)) * flow for flow in x.values()) + pulp.lpSum(
        float(rng.integers(0, 90)) * facility for facility in y
    )
    for i in range(sites):
        lp += pulp.lpSum(flow for (site, _), flow in x.items() if site == i) == 1
    for j in range(plants):
        at = {i: flow for (i, plant), flow in x.items() if plant == j}
        if at:
            lp += pulp.lpSum(int(demand[i]) * flow for i, flow in at.items()) <= int(capacity[j]) * y[j]
    if rng.random() < 0.5:
        lp += pulp.lpSum(y) <= int(rng.integers(1, plants + 1))
    lp.solve(pulp.HiGHS(msg=False, threads=1))
    path = tmp_path_factory.mktemp("drawn") / "drawn.mps"
    lp.writeMPS(str(path))
    if any(not any((i, j) in x for i in range(sites)) for j in range(plants)):
        return  # a facility that serves nobody stands in no link
    (instance,) = read_instances(path)
    found = optimize(instance.problem, gap=0.0)  # type: ignore[arg-type]
    if lp.status == pulp.LpStatusOptimal:
        assert found.objective == pytest.approx(pulp.value(lp.objective), rel=1e-6, abs=1e-6)
    else:
        assert found.objective == np.inf
