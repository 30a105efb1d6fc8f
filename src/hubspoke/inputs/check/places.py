"""Check the positions of places: swapped, projected, out of range, or far from every city of the road graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.geodesy import chord_to_km, on_unit_sphere
from hubspoke.inputs.tables.findings import find_in_frame
from hubspoke.inputs.tables.straight import FARTHEST_KM

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats
    from hubspoke.base.errors import Finding
    from hubspoke.inputs.tables.survey import Survey

DEGREES = "write degrees of latitude (lat) and longitude (lon), WGS84"


def find_bad_positions(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each site, plant or city whose position cannot be right."""
    for table in ("cities", "sites", "hubs", "refineries", "ports", "overseas"):
        frame = found.tables[table]
        lat, lon = frame["lat"].to_numpy(), frame["lon"].to_numpy()
        projected = (abs(lat) > 180) | (abs(lon) > 360)
        swapped = ~projected & (abs(lat) > 90) & (abs(lon) <= 90)
        yield from find_in_frame(frame, projected, "lat", _describe_projected, kind="projected")
        yield from find_in_frame(frame, swapped, "lat", _describe_swapped, kind="swapped")
        wrong = ~projected & ~swapped
        yield from find_in_frame(frame, wrong & (abs(lat) > 90), "lat", _describe_lat, kind="out-of-range")
        yield from find_in_frame(frame, wrong & (abs(lon) > 180), "lon", _describe_lon, kind="out-of-range")
        if table not in ("cities", "overseas"):
            home = frame[frame["country"] == ""] if "country" in frame else frame
            yield from _find_far(home, found.tables["cities"])


def _find_far(frame: pd.DataFrame, cities: pd.DataFrame) -> Iterator[Finding]:
    lat, lon = frame["lat"].to_numpy(), frame["lon"].to_numpy()
    in_range = (abs(lat) <= 90) & (abs(lon) <= 180)
    if not in_range.any():
        return
    usable = cities[((abs(cities["lat"]) <= 90) & (abs(cities["lon"]) <= 180)).to_numpy()]
    if usable.empty:
        return
    km, nearest = _nearest_city(usable, lat, lon, in_range)
    far = in_range & (km > FARTHEST_KM)
    if not far.any():
        return
    exchangeable = far & (abs(lon) <= 90)
    swapped_km, _ = _nearest_city(usable, lon, lat, exchangeable)
    swapped = exchangeable & (swapped_km <= FARTHEST_KM)
    yield from find_in_frame(frame, swapped, "lat", _describe_swapped, kind="swapped")
    names = usable["name_en"].where(usable["name_en"] != "", usable["city_code"]).to_numpy()
    told = frame.assign(_km=km, _city=names[nearest])
    yield from find_in_frame(told, far & ~swapped, "lat", _describe_far, kind="far-away")


def _nearest_city(
    cities: pd.DataFrame, lat: Floats, lon: Floats, mask: NDArray[np.bool_]
) -> tuple[Floats, NDArray[np.intp]]:
    """Return the km from each position to the nearest city, and the row of that city.

    Only masked positions are looked up; for all others the distance is infinite and the row is 0.
    """
    from scipy.spatial import cKDTree  # noqa: PLC0415 - heavy

    km, nearest = np.full(len(lat), np.inf), np.zeros(len(lat), dtype=np.intp)
    if mask.any():
        tree = cKDTree(on_unit_sphere(cities["lat"].to_numpy(), cities["lon"].to_numpy()))
        chord, nearest[mask] = tree.query(on_unit_sphere(lat[mask], lon[mask]))
        km[mask] = chord_to_km(chord)
    return km, nearest


def _describe_projected(row: dict[str, Any]) -> tuple[str, str]:
    problem = f"lat {row['lat']:g}, lon {row['lon']:g} are no degrees; they look like metres of a projected map"
    return problem, DEGREES


def _describe_swapped(row: dict[str, Any]) -> tuple[str, str]:
    return f"lat {row['lat']:g}, lon {row['lon']:g} are swapped", "exchange the columns lat and lon"


def _describe_lat(row: dict[str, Any]) -> tuple[str, str]:
    return f"lat {row['lat']:g} is not between -90 and 90", DEGREES


def _describe_lon(row: dict[str, Any]) -> tuple[str, str]:
    return f"lon {row['lon']:g} is not between -180 and 180", DEGREES


def _describe_far(row: dict[str, Any]) -> tuple[str, str]:
    problem = f"lat {row['lat']:g}, lon {row['lon']:g} is {row['_km']:.0f} km from the nearest city of the road graph"
    cure = 'correct the position; or give roads.csv and cities.csv for that area, or set roads.distances = "straight"'
    return f"{problem} ({row['_city']})", cure
