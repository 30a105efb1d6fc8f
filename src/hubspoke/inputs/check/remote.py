"""Check places that lie far from all others, where no road graph tells which places can be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import Finding
from hubspoke.base.geodesy import great_circle_km
from hubspoke.inputs.check.outliers import FEWEST, write
from hubspoke.inputs.files.source import PLACED
from hubspoke.inputs.tables.findings import FILE, ROW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.base.arrays import Floats
    from hubspoke.inputs.tables.survey import Survey

BEYOND, BEYOND_KM = 10.0, 2000.0
"""A place so many times as far from the middle as three quarters of all, and so far, lies far from all others. Islands
and the ends of a country do not: Okinawa and Hokkaido lie at 3.5 times, and at less than 1800 km."""
APART, APART_KM = 4.0, 500.0
"""The same of a place that would lie among the others with lat and lon exchanged, or with another sign."""
NINE_TENTHS, ROUND_KM = 1.2, 50.0
"""So many times as far as nine tenths of all, and so many km more, is among the others."""
SIGNS = ((-1.0, 1.0), (1.0, -1.0), (-1.0, -1.0))


def find_remote(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each place at home that lies far from all others; none where there is a road graph."""
    if len(found.tables["cities"]):
        return
    rows, parts = [], []
    for table in PLACED:
        frame = found.tables[table]
        home = frame[frame["country"] == ""] if "country" in frame else frame
        home = home[((abs(home["lat"]) <= 90) & (abs(home["lon"]) <= 180)).to_numpy(bool)]
        rows += list(zip(map(str, home[FILE]), map(int, home[ROW]), strict=True))
        parts.append(home[["lat", "lon"]].to_numpy(np.float64))
    spots = np.concatenate(parts)
    if len(spots) < FEWEST:
        return
    middle = np.median(spots, axis=0)
    km = _km_from(middle, spots)
    reach, near = float(np.quantile(km, 0.75)), NINE_TENTHS * float(np.quantile(km, 0.9)) + ROUND_KM
    for at in np.flatnonzero(km > max(APART * reach, APART_KM)).tolist():
        (file, row), (lat, lon) = rows[at], spots[at].tolist()
        swap, signs = _fits(lon, lat, middle, near), _find_signs(lat, lon, middle, near)
        if swap:
            problem, cure = f"lat {lat:g}, lon {lon:g} are swapped", "exchange the columns lat and lon"
            yield Finding(file, row, "lat", problem, cure, kind="swapped")
        elif signs is not None:
            problem = f"lat {lat:g}, lon {lon:g} lies far from all others, and among them with another sign"
            cure = f"write lat {signs[0]:g}, lon {signs[1]:g}; nothing, if it is meant"
            yield Finding(file, row, "lat", problem, cure, fatal=False, kind="remote")
        elif km[at] > max(BEYOND * reach, BEYOND_KM):
            problem = (
                f"lat {lat:g}, lon {lon:g} is {write(round(km[at]))} km from the middle of all {len(spots)} places; "
                f"three quarters of them lie within {write(round(reach))} km of it"
            )
            cure = "correct the position; nothing, if it is meant"
            yield Finding(file, row, "lat", problem, cure, fatal=False, kind="remote")


def _find_signs(lat: float, lon: float, middle: Floats, near: float) -> tuple[float, float] | None:
    """Return the position with other signs that lies among all others; None where there is none."""
    mirrored = ((lat * one, lon * other) for one, other in SIGNS)
    return next((spot for spot in mirrored if _fits(*spot, middle, near)), None)


def _fits(lat: float, lon: float, middle: Floats, near: float) -> bool:
    """Return whether a position lies among all others."""
    return bool(abs(lat) <= 90 and _km_from(middle, np.array([[lat, lon]]))[0] <= near)


def _km_from(middle: Floats, spots: Floats) -> Floats:
    return great_circle_km(spots[:, 0], spots[:, 1], middle[:1], middle[1:])
