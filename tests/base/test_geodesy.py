"""Distances on the Earth: known lengths, agreement of ellipsoid and sphere, and of chords and great circles."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from hubspoke.base.geodesy import EARTH_RADIUS_KM, chord_to_km, geodesic_km, great_circle_km, on_unit_sphere

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats

EQUATOR_DEGREE_KM = 111.31949079327358
"""A degree of the WGS84 equator, whose radius is 6378.137 km."""
MERIDIAN_QUADRANT_KM = 10001.965729
"""From the equator to the pole on WGS84."""


def scatter(count: int, *, seed: int) -> Floats:
    """Return longitudes and latitudes all over the Earth, shape (count, 2)."""
    rng = np.random.default_rng(seed)
    return np.column_stack([rng.uniform(-180, 180, count), np.degrees(np.arcsin(rng.uniform(-1, 1, count)))])


def test_a_degree_of_the_equator_has_its_length() -> None:
    assert geodesic_km(np.array([[0.0, 0.0]]), np.array([[1.0, 0.0]])) == pytest.approx([EQUATOR_DEGREE_KM])


def test_the_pole_is_a_quadrant_away_from_the_equator() -> None:
    assert geodesic_km(np.array([[20.0, 0.0]]), np.array([[20.0, 90.0]])) == pytest.approx([MERIDIAN_QUADRANT_KM])


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_every_pair_gets_a_distance_however_many_there_are(count: int) -> None:
    start, end = scatter(5, seed=1), scatter(5, seed=2)
    some = geodesic_km(start[:count], end[:count])
    assert some.shape == (count,)
    assert some.dtype == np.float64
    assert some.tolist() == geodesic_km(start, end)[:count].tolist()


def test_a_geodesic_is_as_long_there_as_back() -> None:
    start, end = scatter(50, seed=1), scatter(50, seed=2)
    assert geodesic_km(start, end) == pytest.approx(geodesic_km(end, start), rel=1e-12)
    assert not geodesic_km(start, start).any()


def test_the_sphere_is_within_six_tenths_of_a_per_cent_of_the_ellipsoid() -> None:
    start, end = scatter(500, seed=1), scatter(500, seed=2)
    sphere = great_circle_km(start[:, 1], start[:, 0], end[:, 1], end[:, 0])
    assert sphere == pytest.approx(geodesic_km(start, end), rel=0.006)


@pytest.mark.parametrize(
    ("end", "turn"),
    [((0, 90), 1 / 4), ((0, -90), 1 / 4), ((90, 0), 1 / 4), ((0, 180), 1 / 2), ((0, 0), 0), ((0, 360), 0)],
)
def test_known_turns_of_the_sphere(end: tuple[int, int], turn: float) -> None:
    lat, lon = (np.array([float(degrees)]) for degrees in end)
    here = np.zeros(1)
    expected = pytest.approx([2 * math.pi * EARTH_RADIUS_KM * turn], abs=1e-9)
    assert great_circle_km(here, here, lat, lon) == expected
    assert chord_to_km(np.linalg.norm(on_unit_sphere(here, here) - on_unit_sphere(lat, lon), axis=1)) == expected


def test_great_circles_of_all_pairs_are_symmetric_without_length_on_the_diagonal() -> None:
    lon, lat = scatter(20, seed=3).T
    km = great_circle_km(lat[:, None], lon[:, None], lat[None], lon[None])
    assert km.shape == (20, 20)
    assert (km == km.T).all()
    assert not np.diag(km).any()
    assert km[4, 7] == great_circle_km(lat[4:5], lon[4:5], lat[7:8], lon[7:8])[0]


def test_places_lie_on_the_unit_sphere_along_the_axes_documented() -> None:
    lat, lon = np.array([0.0, 0.0, 90.0]), np.array([0.0, 90.0, 0.0])
    assert on_unit_sphere(lat, lon) == pytest.approx(np.eye(3), abs=1e-15)
    place = scatter(100, seed=4)
    assert np.linalg.norm(on_unit_sphere(place[:, 1], place[:, 0]), axis=1) == pytest.approx(np.ones(100))


def test_chords_measure_great_circles() -> None:
    start, end = scatter(200, seed=5), scatter(200, seed=6)
    chord = np.linalg.norm(on_unit_sphere(start[:, 1], start[:, 0]) - on_unit_sphere(end[:, 1], end[:, 0]), axis=1)
    assert chord_to_km(chord) == pytest.approx(great_circle_km(start[:, 1], start[:, 0], end[:, 1], end[:, 0]))


def test_rounding_beyond_the_diameter_is_no_distance_beyond_half_a_turn() -> None:
    assert chord_to_km(np.array([2.0, np.nextafter(2.0, 3.0)])) == pytest.approx([math.pi * EARTH_RADIUS_KM] * 2)
