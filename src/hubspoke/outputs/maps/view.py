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
REMOTE_GAP_DEG = 1.25
ISLANDS_SHARE, MOST_SHARE = 0.01, 0.15
"""Islands far off have an inset from this share of the tonnes, up to that."""
ISLANDS_PLANTS = 0.25
"""At most this share of the plants in use stands on them: with more, all else would be the islands."""
ISLANDS_DEG = 3.0
"""Degrees by which the view must shrink for an inset."""
JAPAN = [[26.0, 127.0], [45.6, 146.0]]


def bound_view(
    cuts: Sequence[MapExtract], region: str | None, inset: Sequence[Sequence[float]] | None = None
) -> list[list[float]]:
    """Return bounds around the sites and the plants in use.

    Parameters
    ----------
    cuts : sequence of MapExtract
        What the map shows of each plan.
    region : str or None
        Bound this region alone where it holds anything; None leaves out the few sites on remote islets.
    inset : sequence of sequence of float, optional
        What `find_inset` returns: islands that are shown apart.

    Returns
    -------
    list of list of float
        South-west and north-east corner, each latitude and longitude in degrees; those of Japan where there is nothing.
    """
    points = np.concatenate([_list_points(cut, region, inset) for cut in cuts]) if cuts else np.empty((0, 2))
    if not len(points):
        return JAPAN
    low, high = points.min(axis=0) - MARGIN_DEG, points.max(axis=0) + MARGIN_DEG
    return [low.round(3).tolist(), high.round(3).tolist()]


def find_inset(cuts: Sequence[MapExtract], region: str | None) -> list[list[float]] | None:
    """Find islands that are better shown apart, so that all else grows: far off, with few tonnes and plants.

    Parameters
    ----------
    cuts : sequence of MapExtract
        What the map shows of each plan.
    region : str or None
        Look at the sites of this region alone.

    Returns
    -------
    list of list of float or None
        South-west and north-east corner of the islands, each latitude and longitude in degrees; None where there are
        none such.
    """
    lanes = (
        pd.concat([cut.lanes[["site_id", "region", "lat", "lon", "mass_t"]] for cut in cuts])
        if cuts
        else pd.DataFrame()
    )
    if len(lanes) and region is not None:
        lanes = lanes[lanes["region"] == region]
    if lanes.empty:
        return None
    places, mass_t = lanes[["lat", "lon"]].to_numpy(np.float64), lanes["mass_t"].to_numpy(np.float64)
    for axis, sign in ((0, 1.0), (0, -1.0), (1, 1.0), (1, -1.0)):
        away = _part_off(sign * places[:, axis], mass_t)
        if away is None:
            continue
        low, high = places[away].min(axis=0) - MARGIN_DEG, places[away].max(axis=0) + MARGIN_DEG
        plants = pd.concat([table[is_open(table)] for cut in cuts for table in (cut.hubs, cut.refineries)])
        spots = plants[["lat", "lon"]].to_numpy(np.float64)
        if ((spots >= low) & (spots <= high)).all(axis=1).sum() <= ISLANDS_PLANTS * len(spots):
            return [low.round(3).tolist(), high.round(3).tolist()]
    return None


def _part_off(degrees: NDArray[np.float64], mass_t: NDArray[np.float64]) -> NDArray[np.bool_] | None:
    """Return which places lie before the gap whose part shortens the range most, has some tonnes, and not too many."""
    order = np.argsort(degrees, kind="stable")
    ordered, shares = degrees[order], np.cumsum(mass_t[order]) / max(float(mass_t.sum()), 1e-9)
    gaps = np.flatnonzero(
        (np.diff(ordered) > REMOTE_GAP_DEG)
        & (ordered[1:] - ordered[0] >= ISLANDS_DEG)
        & (shares[:-1] >= ISLANDS_SHARE)
        & (shares[:-1] <= MOST_SHARE)
    )
    return None if not len(gaps) else degrees <= ordered[gaps[-1]]


def _is_within(places: pd.DataFrame, bounds: Sequence[Sequence[float]]) -> pd.Series:
    (south, west), (north, east) = bounds
    return places["lat"].between(south, north) & places["lon"].between(west, east)


def _list_points(cut: MapExtract, region: str | None, inset: Sequence[Sequence[float]] | None) -> NDArray[np.float64]:
    """Return latitude and longitude of what must be in view, shape (points, 2)."""
    lanes, abroad = cut.lanes, regions_abroad(cut.plan)
    if inset is not None:
        lanes = lanes[~_is_within(lanes, inset)]
    plants = [table[~table["region"].isin(abroad)] for table in (cut.hubs, cut.refineries)]
    if inset is not None:
        plants = [table[~_is_within(table, inset)] for table in plants]
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
