"""Scatter synthetic sites around real cities, on land and inside their prefecture."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry import MultiPolygon

    from generator.tables import Row

KM_PER_DEG = 111.32
DECIMALS = 4
CITY_POWER = 0.8
"""Sites follow population to this power: dismantlers sit less in large cities than people do."""
MEAN_POPULATION = 100_000
MEAN_RADIUS_KM = 5.5
RADIUS_POWER = 0.25
RADII_KM = (4.0, 11.0)
HOLE = 0.3
"""No site lies nearer to the centre than this part of the city's radius."""
FARTHEST = 1.5
"""No site lies farther out than this many radii."""
OFF_MAP_DEG = 0.03
"""A city farther than this from the outline stands on an island that the outline lacks."""
ISLAND_RADIUS_KM = 1.0
TRIES = 200


class Place(NamedTuple):
    """A point near a city, in degrees."""

    city: Row
    lat: float
    lon: float


def choose_cities(cities: Sequence[Row], count: int, rng: np.random.Generator) -> list[Row]:
    """Choose a city for each site, larger cities more often."""
    weights = np.array([float(city["population_2020"]) for city in cities]) ** CITY_POWER
    chosen = np.searchsorted(np.cumsum(weights) / weights.sum(), rng.random(count), side="right")
    return [cities[min(int(index), len(cities) - 1)] for index in chosen]


def scatter_around(city: Row, outline: MultiPolygon, rng: np.random.Generator) -> Place:
    """Draw a point around a city inside the outline of its prefecture.

    The distance grows with the size of the city, and a hole is left at the centre. Where the outline lacks the
    island of a city, the point stays within 1 km of the municipal point.
    """
    lat, lon = float(city["lat"]), float(city["lon"])
    on_map = bool(outline.distance(shapely.Point(lon, lat)) < OFF_MAP_DEG)
    radius_km = measure_radius_km(float(city["population_2020"])) if on_map else ISLAND_RADIUS_KM
    for attempt in range(TRIES):
        shrink = 1.0 - 0.9 * attempt / TRIES
        point = _move(lat, lon, radius_km * shrink * _draw_distance(rng), 2 * np.pi * rng.random())
        if not on_map or shapely.contains_xy(outline, point[1], point[0]):
            return Place(city, *point)
    return Place(city, lat, lon)


def measure_radius_km(population: float) -> float:
    """Return the radius over which sites scatter: 5.5 km for 100,000 people, 11 km for the largest."""
    radius_km = MEAN_RADIUS_KM * (population / MEAN_POPULATION) ** RADIUS_POWER
    return float(np.clip(radius_km, *RADII_KM))


def _draw_distance(rng: np.random.Generator) -> float:
    """Draw a distance in radii: Rayleigh-like beyond a hole."""
    distance = HOLE + 0.55 * float(np.sqrt(-2.0 * np.log(1.0 - rng.random())))
    return min(distance, FARTHEST)


def _move(lat: float, lon: float, distance_km: float, bearing_rad: float) -> tuple[float, float]:
    north_deg = distance_km * np.cos(bearing_rad) / KM_PER_DEG
    east_deg = distance_km * np.sin(bearing_rad) / (KM_PER_DEG * np.cos(np.radians(lat)))
    return round(float(lat + north_deg), DECIMALS), round(float(lon + east_deg), DECIMALS)
