"""Compute distances on the Earth: on the ellipsoid for kilometres that are paid for, on a sphere for comparisons."""

# Kilometres that enter freight are geodesics on the WGS84 ellipsoid. A sphere, at most 0.6 % off, serves where places
# are only compared. The haversine formula measures all pairs at once in plain array arithmetic. Chords, the straight
# lines between points of the unit sphere, grow with the great circle, so that a k-d tree of such points finds the
# nearest place.

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pyproj import Geod

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats

WGS84 = Geod(ellps="WGS84")
EARTH_RADIUS_KM = 6371.0


def geodesic_km(start: Floats, end: Floats) -> Floats:
    """Return the geodesic distance of each pair of places on the WGS84 ellipsoid.

    Parameters
    ----------
    start, end : float arrays, shape (n, 2)
        Longitude and latitude in degrees.

    Returns
    -------
    float array, shape (n,)
        Kilometres.
    """
    alone = int(len(start) == 1)  # with older numpy, pyproj takes an array of one for a number
    start, end = (np.pad(place, ((0, alone), (0, 0))) for place in (start, end))
    metres = WGS84.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])[2]
    return np.asarray(metres, np.float64)[: len(start) - alone] / 1000.0


def great_circle_km(lat: Floats, lon: Floats, other_lat: Floats, other_lon: Floats) -> Floats:
    """Return the great-circle distance of each pair of places, by the haversine formula.

    Parameters
    ----------
    lat, lon, other_lat, other_lon : float arrays
        Degrees, of shapes that broadcast.

    Returns
    -------
    float array of the broadcast shape
        Kilometres.
    """
    phi, theta, other_phi, other_theta = map(np.radians, (lat, lon, other_lat, other_lon))
    half_lat, half_lon = np.sin((phi - other_phi) / 2) ** 2, np.sin((theta - other_theta) / 2) ** 2
    haversine = half_lat + np.cos(phi) * np.cos(other_phi) * half_lon
    distance: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(haversine, 0, 1)))
    return distance


def on_unit_sphere(lat: Floats, lon: Floats) -> Floats:
    """Return places as points of the unit sphere, which a k-d tree can search.

    Parameters
    ----------
    lat, lon : float arrays, shape (n,)
        Degrees.

    Returns
    -------
    float array, shape (n, 3)
        The axes run through latitude and longitude 0, through longitude 90 on the equator, and through the north
        pole.
    """
    phi, theta = np.radians(lat), np.radians(lon)
    return np.column_stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)])


def chord_to_km(chord: Floats) -> Floats:
    """Return the great-circle distance that belongs to the straight line between two points of the unit sphere.

    Parameters
    ----------
    chord : float array
        Lengths of straight lines between points from `on_unit_sphere`, 0 to 2.

    Returns
    -------
    float array of the same shape
        Kilometres.
    """
    distance: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.clip(chord / 2, 0, 1))
    return distance
