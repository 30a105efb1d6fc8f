"""Choose the part of the country that a map shows first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.plan.states import is_open, regions_abroad

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hubspoke.outputs.maps.cut import MapExtract

MARGIN_DEG = 0.12
REMOTE_SHARE = 0.01
REMOTE_GAP_DEG = 1.0
JAPAN = [[26.0, 127.0], [45.6, 146.0]]


def bound_view(cuts: Sequence[MapExtract], region: str | None) -> list[list[float]]:
    """Return bounds around the sites and the plants in use.

    Parameters
    ----------
    cuts : sequence of MapExtract
        What the map shows of each plan.
    region : str or None
        Bound this region alone where it holds anything; None leaves out the few sites on remote islets.

    Returns
    -------
    list of list of float
        South-west and north-east corner, each latitude and longitude in degrees; those of Japan where there is nothing.
    """
    points = np.concatenate([_list_points(cut, region) for cut in cuts]) if cuts else np.empty((0, 2))
    if not len(points):
        return JAPAN
    low, high = points.min(axis=0) - MARGIN_DEG, points.max(axis=0) + MARGIN_DEG
    return [low.round(3).tolist(), high.round(3).tolist()]


def _list_points(cut: MapExtract, region: str | None) -> NDArray[np.float64]:
    """Return latitude and longitude of what must be in view, shape (points, 2)."""
    lanes, abroad = cut.lanes, regions_abroad(cut.plan)
    plants = [table[~table["region"].isin(abroad)] for table in (cut.hubs, cut.refineries)]
    tables = [lanes, *(table[is_open(table)] for table in plants)]
    if region is not None and any((table["region"] == region).any() for table in tables):
        tables = [table[table["region"] == region] for table in tables]
    if region is None and len(lanes):
        ends = {axis: _leave_remote(lanes[axis].to_numpy(dtype=np.float64)) for axis in ("lat", "lon")}
        tables = [pd.DataFrame(ends), *tables[1:]]
    return pd.concat([table[["lat", "lon"]] for table in tables]).to_numpy(dtype=np.float64)


def _leave_remote(degrees: NDArray[np.float64]) -> tuple[float, float]:
    """Return the ends of a range of degrees without the few sites far off at either end.

    At most the share `REMOTE_SHARE` of them is left out at each end, and only beyond a gap of `REMOTE_GAP_DEG`.
    """
    ordered = np.sort(degrees)
    few = int(len(ordered) * REMOTE_SHARE)
    apart = np.diff(ordered) > REMOTE_GAP_DEG
    start = np.flatnonzero(apart[:few])
    end = np.flatnonzero(apart[len(apart) - few :])
    first = start[-1] + 1 if len(start) else 0
    last = len(ordered) - 1 - (few - end[0]) if len(end) else len(ordered) - 1
    return float(ordered[first]), float(ordered[last])
