"""Check the planner's own lanes: what they join, and whether their distances can be true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.geodesy import great_circle_km
from hubspoke.inputs.tables.findings import among, find_in_frame, find_repeats, make_hints
from hubspoke.inputs.tables.schema import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hubspoke.base.errors import Finding
    from hubspoke.inputs.tables.survey import Survey

    Hint = Callable[[str], str]

SHORTEST_SHARE = 0.95
"""A lane shorter than this share of the great circle is taken for a mistake; the ends may be rounded."""
SLACK_KM = 1.0
"""Lanes may be so much shorter, since places are rounded, too."""
MOST_DETOUR, MORE_KM = 5.0, 300.0
"""A lane longer than so many times the great circle and so many km more is taken for one in metres, or with a digit too
many: ways around bays and mountains are shorter."""


def find_bad_lanes(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each given lane that joins places no lane can join, stands twice or states nothing."""
    lanes = found.tables["lanes"]
    if lanes.empty:
        return
    tables = ("sites", "hubs", "refineries", "overseas", "ports")
    sites, hubs, refineries, abroad, ports = (set(found.tables[table]["id"]) for table in tables)
    for column, known in (("from_id", sites | hubs | abroad | ports), ("to_id", hubs | refineries | ports)):
        unknown, hint = ~among(lanes[column], known | {""}), make_hints(known)

        def tell(row: dict[str, Any], column: str = column, hint: Hint = hint) -> tuple[str, str]:
            what = "site or hub" if column == "from_id" else "hub or refinery"
            cure = f"write the id of a {what}{hint(row[column])}"
            return f"there is no {what} {row[column]!r}", cure

        yield from find_in_frame(lanes, unknown, column, tell, kind="unknown-id")
    ways = ((sites, hubs), (hubs | ports, refineries), (abroad, ports))
    joins = np.zeros(len(lanes), np.bool_)
    for start, end in ways:
        joins |= among(lanes["from_id"], start) & among(lanes["to_id"], end)
    told = among(lanes["from_id"], sites | hubs | abroad | ports) & among(lanes["to_id"], hubs | refineries | ports)
    across = told & ~joins
    yield from find_in_frame(lanes, across, "to_id", _describe_across, kind="no-lane")
    yield from find_repeats(lanes, ["from_id", "to_id"], "to_id")
    empty = lanes[["distance_km", "cost_jpy_per_t", "co2_kg_per_t"]].isna().all(axis=1).to_numpy()
    empty = empty & (lanes["status"] != FORBIDDEN).to_numpy()
    yield from find_in_frame(lanes, empty, "", _describe_no_value, kind="empty-lane", fatal=False)


def find_untrue_lanes(found: Survey) -> Iterator[Finding]:
    """Yield a warning for each given lane that is shorter than the straight line, or far longer than any way."""
    import pandas as pd  # noqa: PLC0415 - heavy

    lanes = found.tables["lanes"]
    if lanes.empty:
        return
    tables = ("sites", "hubs", "refineries", "overseas", "ports")
    places = pd.concat([found.tables[table][["id", "lat", "lon"]] for table in tables])
    spots = places.drop_duplicates("id").set_index("id").astype("float64")
    start, end = (spots.reindex(lanes[column]).to_numpy(np.float64) for column in ("from_id", "to_id"))
    with np.errstate(invalid="ignore"):
        straight = great_circle_km(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
        km = lanes["distance_km"].to_numpy(np.float64)
        short = km < SHORTEST_SHARE * straight - SLACK_KM
        long = km > MOST_DETOUR * straight + MORE_KM
    told = lanes.assign(_straight_km=straight)
    yield from find_in_frame(told, short, "distance_km", _describe_short, kind="short-lane", fatal=False)
    yield from find_in_frame(told, long, "distance_km", _describe_long, kind="long-lane", fatal=False)


def _describe_short(row: dict[str, Any]) -> tuple[str, str]:
    problem = f"{row['distance_km']:g} km is shorter than the straight line of {row['_straight_km']:.1f} km"
    return problem, "correct distance_km, or the positions; leave it empty where the distance is not known"


def _describe_long(row: dict[str, Any]) -> tuple[str, str]:
    problem = f"{row['distance_km']:g} km where the straight line is {row['_straight_km']:.1f} km; is it in metres?"
    return problem, "write kilometres, or name the column distance_m"


def _describe_across(row: dict[str, Any]) -> tuple[str, str]:
    problem = (
        f"{row['from_id']!r} to {row['to_id']!r} is neither a lane from a site to a hub nor from a hub to a refinery, "
        "nor from abroad to a port"
    )
    return problem, "remove the row, or correct the ids"


def _describe_no_value(row: dict[str, Any]) -> tuple[str, str]:
    problem = f"the lane {row['from_id']!r} to {row['to_id']!r} states nothing"
    return problem, "fill distance_km, cost_jpy_per_t or co2_kg_per_t, or remove the row"
