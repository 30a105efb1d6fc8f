"""Leave the road graph that ships aside where places lie far from it, so that distances are straight lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import Finding
from hubspoke.base.geodesy import chord_to_km, on_unit_sphere
from hubspoke.inputs.files.load import SHIPPED
from hubspoke.inputs.files.source import BOUNDARIES, SHARED

if TYPE_CHECKING:
    from hubspoke.inputs.tables.survey import Survey

FARTHEST_KM = 300.0
"""Farther than this from every city of the road graph, a place does not belong to it."""
STANDING = ("sites", "hubs", "refineries")
ENDS = (("sites", "hubs"), ("hubs", "refineries"))


def leave_graph(found: Survey, *, ships: bool) -> None:
    """Empty the tables of roads and cities, in place, where distances are straight lines, and say so.

    The outlines that ship are left aside with the graph where all places lie far from it.

    Parameters
    ----------
    found : Survey
        With typed tables.
    ships : bool
        Whether the road graph is the one that ships.
    """
    asked = found.settings.roads.distances
    far = ships and _all_far(found)
    if asked == "graph" or (asked == "auto" and not far):
        return
    for table in SHARED:
        found.hashes.pop(f"{SHIPPED}/{table}.csv", None)
        found.tables[table] = found.tables[table].iloc[:0].reset_index(drop=True)
    if far and found.hashes.pop(f"{SHIPPED}/{BOUNDARIES}.geojson", None) is not None:
        found.outlines = found.outlines.iloc[:0].reset_index(drop=True)
        found.__dict__.pop("region_names", None)
    found.findings += [finding for finding in [_tell(found)] if finding is not None]


def _all_far(found: Survey) -> bool:
    """Return whether every place that can be on a globe lies far from all cities."""
    from scipy.spatial import cKDTree  # noqa: PLC0415 - heavy

    cities = found.tables["cities"]
    spots = np.concatenate([found.tables[table][["lat", "lon"]].to_numpy(np.float64) for table in STANDING])
    spots = spots[(abs(spots[:, 0]) <= 90) & (abs(spots[:, 1]) <= 180)]
    if not len(spots) or cities.empty:
        return False
    tree = cKDTree(on_unit_sphere(cities["lat"].to_numpy(), cities["lon"].to_numpy()))
    chord, _ = tree.query(on_unit_sphere(spots[:, 0], spots[:, 1]))
    return bool((chord_to_km(chord) > FARTHEST_KM).all())


def _tell(found: Survey) -> Finding | None:
    """Return the warning that says how far distances are straight lines; None where the lanes state all of them."""
    lanes, roads = found.tables["lanes"], found.settings.roads
    stated = lanes.loc[lanes["distance_km"].notna().to_numpy(bool), ["from_id", "to_id"]]
    pairs = set(zip(stated["from_id"], stated["to_id"], strict=True))
    ids = {table: found.tables[table]["id"].tolist() for table in STANDING}
    needed = sum(len(ids[start]) * len(ids[end]) for start, end in ENDS)
    known = {table: set(names) for table, names in ids.items()}
    told = sum(any(one in known[start] and other in known[end] for start, end in ENDS) for one, other in pairs)
    if told >= needed:
        return None
    factor, speed = float(roads.straight_detour_factor), float(roads.straight_km_per_h)
    problem = (
        f"no roads are given here: {needed - told:,} of {needed:,} distances are straight lines over the globe, times "
        f"{factor:g}, at {speed:g} km/h; sea is not seen"
    )
    cure = "give distances in lanes (hubspoke distances), or roads and cities; nothing, if that is near enough"
    return Finding("lanes", 0, "distance_km", problem, cure, fatal=False, kind="straight-lines")
