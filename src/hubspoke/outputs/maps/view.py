"""Where a map looks at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.plan.states import is_open

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hubspoke.outputs.maps.cut import MapExtract

MARGIN_DEG = 0.12
REMOTE_SHARE = 0.01
REMOTE_GAP_DEG = 1.0
JAPAN = [[26.0, 127.0], [45.6, 146.0]]


def bound_view(cuts: Sequence[MapExtract], region: str | None) -> list[list[float]]:
    """Bound the sites and the plants in use, in degrees: south-west, north-east."""
    points = np.concatenate([_list_points(cut, region) for cut in cuts]) if cuts else np.empty((0, 2))
    if not len(points):
        return JAPAN
    low, high = points.min(axis=0) - MARGIN_DEG, points.max(axis=0) + MARGIN_DEG
    return [low.round(3).tolist(), high.round(3).tolist()]


def _list_points(cut: MapExtract, region: str | None) -> NDArray[np.float64]:
    lanes = cut.lanes
    tables = [lanes, *(plants[is_open(plants)] for plants in (cut.hubs, cut.refineries))]
    if region is not None and any((table["region"] == region).any() for table in tables):
        tables = [table[table["region"] == region] for table in tables]
    if region is None and len(lanes):
        ends = {axis: _leave_remote(lanes[axis].to_numpy(dtype=np.float64)) for axis in ("lat", "lon")}
        tables = [pd.DataFrame(ends), *tables[1:]]
    return pd.concat([table[["lat", "lon"]] for table in tables]).to_numpy(dtype=np.float64)


def _leave_remote(degrees: NDArray[np.float64]) -> tuple[float, float]:
    """Return the ends of the range without the few islets far off, which would shrink the first view of the country."""
    ordered = np.sort(degrees)
    few = int(len(ordered) * REMOTE_SHARE)
    apart = np.diff(ordered) > REMOTE_GAP_DEG
    start = np.flatnonzero(apart[:few])
    end = np.flatnonzero(apart[len(apart) - few :])
    first = start[-1] + 1 if len(start) else 0
    last = len(ordered) - 1 - (few - end[0]) if len(end) else len(ordered) - 1
    return float(ordered[first]), float(ordered[last])
