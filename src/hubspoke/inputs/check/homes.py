"""Check that places lie in the region that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.geodesy import great_circle_km
from hubspoke.inputs.files.source import PLACED
from hubspoke.inputs.tables.findings import find_in_frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from hubspoke.base.arrays import Floats
    from hubspoke.base.errors import Finding
    from hubspoke.inputs.tables.survey import Survey

FARTHEST_KM = 30.0
"""So far off its region's outline a place may lie: outlines are simplified, quays and islands lie off the coast."""


def find_far_from_home(found: Survey) -> Iterator[Finding]:
    """Yield a warning for each place far outside of the outline of its region, with the region in which it lies."""
    regions = found.outlines[found.outlines["kind"] == "region"]
    shapes = {str(name): shape for name, shape in zip(regions["id"], regions.geometry, strict=True)}
    for table in PLACED:
        frame = found.tables[table].reset_index(drop=True)
        km, other = _measure(frame, shapes)
        far = km > FARTHEST_KM
        if not far.any():
            continue

        def tell(row: dict[str, Any]) -> tuple[str, str]:
            where = f"in the outline of {row['_other']}, " if row["_other"] else ""
            problem = f"{row['id']!r} lies {where}{row['_km']:.0f} km outside of that of its region {row['region']}"
            return problem, "correct lat and lon, or the region; nothing, if it is meant"

        told = frame.assign(_km=km, _other=other)
        yield from find_in_frame(told, far, "region", tell, kind="other-region", fatal=False)


def _measure(frame: pd.DataFrame, shapes: dict[str, BaseGeometry]) -> tuple[Floats, NDArray[np.object_]]:
    """Return the km of each place to its region's outline, and the region in which it lies where it is far from it."""
    import shapely  # noqa: PLC0415 - heavy

    lat, lon = frame["lat"].to_numpy(np.float64), frame["lon"].to_numpy(np.float64)
    km, other = np.zeros(len(frame)), np.full(len(frame), "", dtype=object)
    usable = (abs(lat) <= 90) & (abs(lon) <= 180)
    regions = frame["region"].to_numpy(object)
    for region, shape in shapes.items():
        mine = np.flatnonzero((regions == region) & usable)
        if not len(mine):
            continue
        shapely.prepare(shape)
        out = mine[~shapely.intersects_xy(shape, lon[mine], lat[mine])]
        if not len(out):
            continue
        points = shapely.points(lon[out], lat[out])
        nearest = shapely.get_point(shapely.shortest_line(points, shape), 1)
        km[out] = great_circle_km(lat[out], lon[out], shapely.get_y(nearest), shapely.get_x(nearest))
    for at in np.flatnonzero(km > FARTHEST_KM):
        inside = (name for name, shape in shapes.items() if shapely.intersects_xy(shape, lon[at], lat[at]))
        other[at] = next(inside, "")
    return km, other
