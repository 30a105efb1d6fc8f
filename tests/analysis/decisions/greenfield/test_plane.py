"""Places in the plane: against closed forms, full enumeration and shifts."""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubspoke.analysis.decisions.greenfield.plane import place_in_plane, weighted_median
from hubspoke.base.errors import UsageError
from trials import examples


def cost(points: np.ndarray, weight: np.ndarray, at: np.ndarray) -> float:
    return float(weight @ np.hypot(*(points - at).T))


@pytest.mark.heavy
@settings(max_examples=examples(7), deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 7))
def test_no_place_near_by_or_at_a_point_is_better(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    points, weight = rng.integers(0, 5, (count, 2)).astype(float), rng.integers(0, 4, count).astype(float)
    at = weighted_median(points, weight)
    least = cost(points, weight, at)
    tried = [
        *points,
        *(at + step * np.array(way) for step in (1e-3, 0.1, 1.0) for way in product((-1, 0, 1), repeat=2)),
    ]
    assert all(least <= cost(points, weight, np.asarray(place)) + 1e-7 for place in tried)


def test_medians_that_are_known() -> None:
    triangle = np.array([[0.0, 0.0], [2.0, 0.0], [1.0, np.sqrt(3)]])
    assert weighted_median(triangle, np.ones(3)) == pytest.approx([1.0, 1 / np.sqrt(3)], abs=1e-5)
    assert weighted_median(triangle, np.array([5.0, 1.0, 1.0])).tolist() == [0.0, 0.0]


@pytest.mark.heavy
@settings(max_examples=examples(6), deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 3))
def test_no_division_of_the_points_is_better(seed: int, count: int) -> None:
    """All ways to allot a few points to places, each place at the median of its points."""
    rng = np.random.default_rng(seed)
    points, weight = rng.normal(size=(6, 2)), rng.integers(1, 5, 6).astype(float)
    found = place_in_plane(points, weight, count)

    @cache
    def least_cost(part: tuple[bool, ...]) -> float:
        of, kilos = points[list(part)], weight[list(part)]
        return cost(of, kilos, weighted_median(of, kilos)) if any(part) else 0.0

    best = min(
        sum(least_cost(tuple(place == at for place in allotted)) for at in range(count))
        for allotted in product(range(count), repeat=6)
    )
    assert found.cost == pytest.approx(best, rel=1e-6)
    apart = np.hypot(*(points[:, None] - found.xy[None]).transpose(2, 0, 1))
    assert found.cost == pytest.approx(float(weight @ apart[np.arange(6), found.nearest]))
    assert (apart[np.arange(6), found.nearest] <= apart.min(axis=1) + 1e-12).all()


def test_as_many_places_as_points_cost_nothing_and_points_may_coincide() -> None:
    points = np.array([[0.0, 0.0], [0.0, 0.0], [3.0, 4.0]])
    assert place_in_plane(points, np.ones(3), 3).cost == 0
    assert place_in_plane(points, np.array([1.0, 1.0, 1.0]), 1).cost == pytest.approx(5.0)


@pytest.mark.parametrize(("points", "weight", "count"), [
    ([[0.0, 0.0]], [1.0], 2), ([[0.0, 0.0]], [-1.0], 1), ([[0.0, np.nan]], [1.0], 1), ([[0.0, 0.0]], [1.0], 0),
])  # fmt: skip
def test_what_cannot_be_is_refused(points: list[list[float]], weight: list[float], count: int) -> None:
    with pytest.raises(UsageError):
        place_in_plane(np.array(points), np.array(weight), count)
