"""How much of a straight leg between two places counts as open sea."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.lanes.land import Land

TESTED_FROM_KM = 8.0  # shorter legs are not tested: outlines are too coarse
SEA_TOLERANCE_KM = 3.0
SEA_TOLERANCE_SHARE = 0.15


def open_sea_km(land: Land, start: Floats, end: Floats, km: Floats) -> Floats:
    """Return how many km of each straight leg count as open sea.

    Outlines are coarse and coasts have bays. So legs of up to 8 km have no open sea, and neither have legs of which no
    more than 3 km or 15 %, whichever is more, lies off the land.

    Parameters
    ----------
    land : Land
    start, end : float arrays, shape (n, 2)
        Longitude and latitude, degrees.
    km : float array, shape (n,)
        Length of the legs.

    Returns
    -------
    float array, shape (n,)
        Kilometres.
    """
    sea = np.zeros(len(km))
    tested = np.flatnonzero(km > TESTED_FROM_KM)
    sea[tested] = km[tested] * land.sea_share(start[tested], end[tested])
    return np.where(sea > np.maximum(SEA_TOLERANCE_KM, SEA_TOLERANCE_SHARE * km), sea, 0.0)
