"""Write shapes as whole numbers for the browser: each ring its first corner, then steps from corner to corner."""

from __future__ import annotations

import numpy as np
import shapely

SCALE = 1000
"""Steps of a degree."""


def write_polygons(shape: shapely.Geometry) -> list[list[list[int]]]:
    """Write the polygons of a shape.

    Parameters
    ----------
    shape : Polygon or MultiPolygon
        In degrees.

    Returns
    -------
    list of list of list of int
        Polygons, each a list of rings; a ring is latitude and longitude of its first corner, times 1,000, then the
        steps to each other corner. Polygons that shrink to less than a triangle are left out.
    """
    parts = [part for part in shapely.get_parts(shape, return_index=False) if part.geom_type == "Polygon"]
    polygons = [[_write_ring(ring) for ring in (part.exterior, *part.interiors)] for part in parts if not part.is_empty]
    return [[ring for ring in (outer, *holes) if len(ring) > 4] for outer, *holes in polygons if len(outer) > 4]


def _write_ring(ring: shapely.LinearRing) -> list[int]:
    corners = np.rint(shapely.get_coordinates(ring)[:-1, ::-1] * SCALE).astype(np.int64)
    steps = np.diff(corners, axis=0, prepend=0)
    moves = (steps != 0).any(axis=1)
    moves[:1] = True
    flat: list[int] = steps[moves].ravel().tolist()
    return flat
