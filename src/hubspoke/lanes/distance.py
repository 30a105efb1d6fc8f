"""Straight distances between places, and how much of them lies over open sea."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pyproj import Geod

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.lanes.land import Land

EARTH = Geod(ellps="WGS84")
TESTED_FROM_KM = 8.0  # shorter legs are believed: outlines are too coarse for them
SEA_TOLERANCE_KM = 3.0
SEA_TOLERANCE_SHARE = 0.15


def straight_km(start: Floats, end: Floats) -> Floats:
    """Give geodesic km on the WGS84 ellipsoid between places (lon, lat), shape (n, 2)."""
    alone = int(len(start) == 1)  # with older numpy, pyproj takes an array of one for a number
    start, end = (np.pad(place, ((0, alone), (0, 0))) for place in (start, end))
    metres = EARTH.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])[2]
    return np.asarray(metres, np.float64)[: len(start) - alone] / 1000.0


def open_sea_km(land: Land, start: Floats, end: Floats, km: Floats) -> Floats:
    """Give the km of straight legs that count as open sea.

    None on legs up to 8 km, nor where no more than 3 km or 15 % of a leg, whichever is more, lies off the land: bays
    and coarse outlines.
    """
    sea = np.zeros(len(km))
    tested = np.flatnonzero(km > TESTED_FROM_KM)
    sea[tested] = km[tested] * land.sea_share(start[tested], end[tested])
    return np.where(sea > np.maximum(SEA_TOLERANCE_KM, SEA_TOLERANCE_SHARE * km), sea, 0.0)
