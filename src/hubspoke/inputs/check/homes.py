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
    from shapely.geometry.base import BaseGeometry

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
        told = _measure(frame, shapes)

        def tell(row: dict[str, Any]) -> tuple[str, str]:
            where = f"in the outline of {row['_other']}, " if row["_other"] else ""
            problem = f"{row['id']!r} lies {where}{row['_km']:.0f} km outside of that of its region {row['region']}"
            return problem, "correct lat and lon, or the region; nothing, if it is meant"

        yield from find_in_frame(told, told["_far"].to_numpy(bool), "region", tell, kind="other-region", fatal=False)


def _measure(frame: pd.DataFrame, shapes: dict[str, BaseGeometry]) -> pd.DataFrame:
    """Return a table with the km to its region's outline, which places are far, and the region in which each lies."""
    import shapely  # noqa: PLC0415 - heavy

    lat, lon = frame["lat"].to_numpy(np.float64), frame["lon"].to_numpy(np.float64)
    km, other = np.zeros(len(frame)), np.full(len(frame), "", dtype=object)
    usable = (abs(lat) <= 90) & (abs(lon) <= 180)
    for region, shape in shapes.items():
        mine = np.flatnonzero((frame["region"] == region).to_numpy(bool) & usable)
        if not len(mine):
            continue
        shapely.prepare(shape)
        out = mine[~shapely.intersects_xy(shape, lon[mine], lat[mine])]
        if not len(out):
            continue
        points = shapely.points(lon[out], lat[out])
        nearest = shapely.get_point(shapely.shortest_line(points, shape), 1)
        km[out] = great_circle_km(lat[out], lon[out], shapely.get_y(nearest), shapely.get_x(nearest))
    far = km > FARTHEST_KM
    for at in np.flatnonzero(far):
        inside = (name for name, shape in shapes.items() if shapely.intersects_xy(shape, lon[at], lat[at]))
        other[at] = next(inside, "")
    return frame.assign(_km=km, _other=other, _far=far)
