"""Leave the road graph that ships aside where places lie far from it, so that distances are straight lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import Finding
from hubspoke.base.geodesy import chord_to_km, on_unit_sphere
from hubspoke.inputs.files.load import SHIPPED
from hubspoke.inputs.files.source import SHARED

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.settings.settings import Settings

FARTHEST_KM = 300.0
"""Farther than this from every city of the road graph, a place does not belong to it."""
MOST = 0.75
"""Where more than this share of all places lies so far, a place of the others is the one that stands wrong."""
STANDING = ("sites", "hubs", "refineries")
ENDS = (("sites", "hubs"), ("hubs", "refineries"))


def leave_graph(
    tables: dict[str, pd.DataFrame], settings: Settings, hashes: dict[str, str], *, ships: bool
) -> tuple[bool, list[Finding]]:
    """Empty the tables of roads and cities, in place, where distances are straight lines, and say so.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Typed tables by name.
    settings : Settings
    hashes : dict of str to str
        Fingerprints of files; loses those of files that ship and are not used.
    ships : bool
        Whether the road graph is the one that ships.

    Returns
    -------
    elsewhere : bool
        Whether the places lie far from what ships, so that its outlines are of no use either.
    findings : list of Finding
    """
    asked = settings.roads.distances
    far = ships and _are_far(tables)
    if asked == "graph" or (asked == "auto" and not far):
        return False, []
    for table in SHARED:
        hashes.pop(f"{SHIPPED}/{table}.csv", None)
        tables[table] = tables[table].iloc[:0].reset_index(drop=True)
    return far, _tell(tables, settings)


def _are_far(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Return whether the places that can be on a globe lie far from all cities, but for a few."""
    from scipy.spatial import cKDTree  # noqa: PLC0415 - heavy

    cities = tables["cities"]
    spots = np.concatenate([tables[table][["lat", "lon"]].to_numpy(np.float64) for table in STANDING])
    spots = spots[(abs(spots[:, 0]) <= 90) & (abs(spots[:, 1]) <= 180)]
    if not len(spots) or cities.empty:
        return False
    tree = cKDTree(on_unit_sphere(cities["lat"].to_numpy(), cities["lon"].to_numpy()))
    chord, _ = tree.query(on_unit_sphere(spots[:, 0], spots[:, 1]))
    return bool((chord_to_km(chord) > FARTHEST_KM).mean() > MOST)


def _tell(tables: Mapping[str, pd.DataFrame], settings: Settings) -> list[Finding]:
    """Return the warning that says how far distances are straight lines; none where the lanes state all of them."""
    lanes, roads = tables["lanes"], settings.roads
    stated = lanes.loc[lanes["distance_km"].notna().to_numpy(bool), ["from_id", "to_id"]]
    pairs = set(zip(stated["from_id"], stated["to_id"], strict=True))
    ids = {table: tables[table]["id"].tolist() for table in STANDING}
    needed = sum(len(ids[start]) * len(ids[end]) for start, end in ENDS)
    known = {table: set(names) for table, names in ids.items()}
    told = sum(any(one in known[start] and other in known[end] for start, end in ENDS) for one, other in pairs)
    if told >= needed:
        return []
    factor, speed = float(roads.straight_detour_factor), float(roads.straight_km_per_h)
    problem = (
        f"no roads are given here: {needed - told:,} of {needed:,} distances are straight lines over the globe, times "
        f"{factor:g}, at {speed:g} km/h; sea is not seen"
    )
    cure = "give distances in lanes (hubspoke distances), or roads and cities; nothing, if that is near enough"
    return [Finding("lanes", 0, "distance_km", problem, cure, fatal=False, kind="straight-lines")]
