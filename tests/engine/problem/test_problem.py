"""What a problem accepts, refuses and fills in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.problem.steps import Steps


def tiny() -> Problem:
    return Problem.build([1.0, 2.0], [[1.0], [2.0]], [5.0], [3.0], transfer_cost=[[4.0]], refinery_capacity=[9.0])


def test_build_broadcasts_to_all_shapes() -> None:
    problem = tiny()
    assert (problem.n_sites, problem.n_hubs, problem.n_refineries, problem.n_grades) == (2, 1, 1, 1)
    assert problem.supply.shape == (2, 1)
    assert problem.yields.shape == (1, 1, 1)
    assert problem.transfer_cost.shape == (1, 1, 1)
    assert problem.mass.tolist() == [1.0, 2.0]
    assert problem.skip_cost.tolist() == [np.inf, np.inf]


def test_without_refineries_there_is_one_echelon() -> None:
    problem = Problem.build([[1.0, 2.0]], [[1.0]], [[5.0, 6.0]], [[3.0, 4.0]], hub_variable=[[1.0, 0.5]])
    assert problem.n_refineries == 0
    assert problem.hubs.capacity.shape == (1, 2)
    assert problem.mass.tolist() == [3.0]


def test_a_size_with_infinite_fixed_cost_does_not_exist() -> None:
    steps = Steps(np.array([[1.0, 0.0]]), np.array([[1.0, np.inf]]), np.zeros((1, 2)))
    assert steps.exists.tolist() == [[True, False]]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"collection_cost": np.ones((2, 2))}, r"collection_cost has shape \(2, 2\), expected \(2, 1\)"),
        ({"hub_state": np.zeros(2, np.int64)}, "hub_state has shape"),
        ({"hub_state": np.array([7])}, r"hub_state must be 0 \(free\), 1 \(open\) or -1 \(closed\)"),
        ({"hub_counts": Counts.free(3)}, "hub_counts.group has shape"),
        ({"supply": np.array([[1.0], [-1.0]])}, "supply must be finite and 0 or more"),
        ({"supply": np.array([[1.0], [np.inf]])}, "supply must be finite"),
        ({"yields": np.array([[[np.nan]]])}, "yields must be finite"),
        ({"collection_cost": np.array([[np.nan], [1.0]])}, "collection_cost must be a number"),
        ({"skip_cost": np.array([-np.inf, 1.0])}, "skip_cost must be a number"),
        ({"hubs": Steps(np.array([[-1.0]]), np.ones((1, 1)), np.ones((1, 1)))}, "capacity must be 0 or more"),
        ({"hubs": Steps(np.ones((1, 1)), np.full((1, 1), np.nan), np.ones((1, 1)))}, "must be numbers"),
        ({"refineries": Steps(np.ones((1, 1)), np.ones((1, 1)), np.full((1, 1), np.inf))}, "must be numbers"),
        ({"hubs": Steps(np.ones((1, 2)), np.ones((1, 1)), np.ones((1, 1)))}, "must have one shape"),
    ],
)
def test_arrays_that_make_no_sense_are_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(tiny(), **changes)


def test_an_absent_lane_is_an_infinite_cost() -> None:
    assert np.isinf(replace(tiny(), transfer_cost=np.full((1, 1, 1), np.inf)).transfer_cost).all()


def test_arrays_lie_in_one_piece_however_they_are_given() -> None:
    """Loops are compiled for such arrays; others would have each of them compiled once more."""
    random = np.random.default_rng(0)
    supply, cost, transfer = random.random((12, 2)), random.random((6, 20)), random.random((8, 3, 2))
    problem = Problem.build(
        supply[::2], cost.T[::2][:6, :4], np.arange(1.0, 9.0)[::2], 1.0,
        transfer_cost=transfer[::2], refinery_capacity=np.full((3, 4), 99.0).T[:3, 1], yields=np.ones((2, 2)),
    )  # fmt: skip
    arrays = [problem.supply, problem.collection_cost, problem.transfer_cost, problem.yields]
    arrays += [getattr(plants, name) for plants in (problem.hubs, problem.refineries) for name in ("capacity", "fixed")]
    assert all(array.flags.c_contiguous for array in arrays)
