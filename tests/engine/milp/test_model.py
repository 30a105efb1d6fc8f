"""The MILP: indices for names, Python floats for coefficients, rows that cut nothing off, hand-offs alike."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pulp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brute_force import cheapest
from hubspoke.engine.milp.matrix_highs import MatrixHiGHS
from hubspoke.engine.milp.model import build_model
from hubspoke.engine.milp.solver import run_model
from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.limits import fewest_plants, largest_output
from hubspoke.engine.problem.problem import Problem
from small_problems import problems
from trials import examples

if TYPE_CHECKING:
    from pathlib import Path

SOME = settings(deadline=None, derandomize=True, max_examples=examples(10), suppress_health_check=list(HealthCheck))


@SOME
@given(problems())
def test_no_row_of_the_strong_model_cuts_off_the_optimum(problem: Problem) -> None:
    model, _ = build_model(problem)
    assert run_model(model).objective == pytest.approx(cheapest(problem), rel=1e-7, abs=1e-6)


@SOME
@given(problems(), st.lists(st.sampled_from([0.0, 0.3, 0.6, 0.8, 1.0]), min_size=3, max_size=3))
def test_hubs_that_exclude_each_other_share_rows_that_cut_nothing_off(problem: Problem, made: list[float]) -> None:
    """One of all hubs may open, and each makes another share of black mass: too little apart for rows of their own."""
    hubs, grades = problem.n_hubs, problem.n_grades
    one = Counts(np.zeros(hubs, np.int64), np.array([0]), np.array([1]))
    yields = np.ones_like(problem.yields) * np.array(made[:hubs])[:, None, None] / grades
    problem = replace(problem, hub_counts=one, yields=yields, hub_state=np.zeros(hubs, np.int64))
    assert run_model(build_model(problem)[0]).objective == pytest.approx(cheapest(problem), rel=1e-7, abs=1e-6)


def test_hubs_that_exclude_each_other_take_one_row_for_each_refinery() -> None:
    """A flow counts the more, the less its hub can send; a hub that sends far less than others has a row of its own."""
    problem = Problem.build(
        [2.0], [[0.0, 0.0, 0.0]], [[2.0], [2.0], [2.0]], [[0.0], [0.0], [0.0]], transfer_cost=np.ones((3, 1)),
        refinery_capacity=[9.0], refinery_fixed=[1.0], yields=np.reshape([1.0, 0.6, 0.2], (3, 1, 1)),
        hub_counts=Counts(np.zeros(3, np.int64), np.array([1]), np.array([1])),
    )  # fmt: skip
    rows = {row.name: sorted(row.values()) for row in build_model(problem)[0].constraints() if "link_" in row.name}
    flows = {name: values for name, values in rows.items() if name.count("_") > 2}
    assert set(flows) == {"group_link_0_0_0", "link_2_0_0"}
    assert flows["group_link_0_0_0"] == pytest.approx([-2.0, 1.0, 1 / 0.6])


@SOME
@given(problems())
def test_the_matrix_is_the_one_that_goes_row_by_row(problem: Problem) -> None:
    model, _ = build_model(problem)
    if not model.variables():
        return
    row_by_row = pulp.getSolver("HiGHS", msg=False)
    row_by_row.createAndConfigureSolver(model)
    row_by_row.buildSolverModel(model)
    ways = [model.solverModel.getLp()]
    MatrixHiGHS(msg=False, timeLimit=0.0).actualSolve(model)
    ways.append(model.solverModel.getLp())
    for name in ("col_cost_", "col_lower_", "col_upper_", "row_lower_", "row_upper_"):
        first, second = (np.asarray(getattr(lp, name)) for lp in ways)
        assert np.array_equal(first, second), name
    assert [str(kind) for kind in ways[0].integrality_] == [
        str(kind) for kind in ways[1].integrality_
    ] or not model.isMIP()


def test_names_are_indices_and_coefficients_are_python_floats() -> None:
    problem = Problem.build(
        [1.0, 2.0], np.ones((2, 2)), [[5.0, 6.0]] * 2, [[3.0, 4.0]] * 2, hub_variable=[[1.0, 0.5]] * 2,
        transfer_cost=np.ones((2, 1)), refinery_capacity=[9.0], skip_cost=[5.0, np.inf],
    )  # fmt: skip
    model, handles = build_model(problem)
    assert set(handles.assign) == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert set(handles.flow) == {(0, 0, 0), (1, 0, 0)}
    assert set(handles.skip) == {(0,)}
    rows = [model.objective, *model.constraints()]
    assert all(type(value) is float for row in rows for value in row.values())
    assert all(variable.name.isascii() for variable in model.variables())


def test_the_model_can_be_written_for_other_solvers(tmp_path: Path) -> None:
    model, _ = build_model(Problem.build([1.0], [[1.0]], [5.0], [3.0]))
    model.writeMPS(str(tmp_path / "model.mps"))
    _, again = pulp.LpProblem.fromMPS(str(tmp_path / "model.mps"))
    assert run_model(again).objective == pytest.approx(4.0)


def test_fewest_plants_takes_the_largest_first() -> None:
    assert fewest_plants(np.array([1.0, 5.0, 3.0]), 8.0) == 2
    assert fewest_plants(np.array([1.0, 5.0, 3.0]), 8.1) == 3
    assert fewest_plants(np.array([1.0]), 5.0) == 1  # too little: the cover row itself says infeasible


def test_a_hub_sends_no_more_than_it_can_receive() -> None:
    problem = Problem.build([4.0, 6.0], [[1.0], [np.inf]], [3.0], [1.0], yields=0.5, transfer_cost=[[1.0]],
                            refinery_capacity=[9.0])  # fmt: skip
    assert largest_output(problem).tolist() == [[1.5]]
