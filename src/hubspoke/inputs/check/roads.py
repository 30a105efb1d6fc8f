"""Check the road graph: its cities, the length of its roads, and whether they lead everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.geodesy import chord_to_km, on_unit_sphere
from hubspoke.inputs.tables.findings import FILE, ROW, among, find_in_frame, make_hints

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.base.errors import Finding
    from hubspoke.inputs.tables.survey import Survey

SHORTEST_SHARE = 0.95
"""A road shorter than this share of the great circle is taken for a mistake."""
MOST_DETOUR, MORE_KM = 5.0, 100.0
"""A road longer than so many times the great circle and so many km more is taken for one in metres."""


def find_duplicate_cities(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each city code that stands twice."""
    cities = found.tables["cities"]
    repeated = (cities["city_code"].duplicated() & (cities["city_code"] != "")).to_numpy()
    if not repeated.any():
        return
    first = cities.drop_duplicates("city_code").set_index("city_code")

    def tell(row: dict[str, Any]) -> tuple[str, str]:
        earlier = first.loc[row["city_code"]]
        problem = f"the code {row['city_code']!r} stands in row {earlier[ROW]} of {earlier[FILE]} too"
        return problem, "give every city its own code"

    yield from find_in_frame(cities, repeated, "city_code", tell, kind="duplicate-id")


def find_unknown_cities(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each end of a road that is no city."""
    roads, codes = found.tables["roads"], found.tables["cities"]["city_code"].tolist()
    known, hint = set(codes), make_hints(codes)
    for column in ("from_code", "to_code"):
        unknown = ~among(roads[column], known | {""})

        def tell(row: dict[str, Any], column: str = column) -> tuple[str, str]:
            zeros = row[column].zfill(5)
            near = f"; leading zeros lost? {zeros!r}" if zeros in known else hint(row[column])
            return f"there is no city {row[column]!r}", f"add it to cities, or correct the code{near}"

        yield from find_in_frame(roads, unknown, column, tell, kind="unknown-city")


def find_loops(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each road that ends where it starts."""
    roads = found.tables["roads"]
    loops = ((roads["from_code"] == roads["to_code"]) & (roads["from_code"] != "")).to_numpy()

    def tell(row: dict[str, Any]) -> tuple[str, str]:
        return f"the road leads from {row['from_code']!r} to itself", "correct one of the two codes"

    yield from find_in_frame(roads, loops, "to_code", tell, kind="road-loop")


def find_untrue_roads(found: Survey) -> Iterator[Finding]:
    """Yield a warning for each road that is shorter than the great circle, or far longer than any way."""
    roads, ends = _known_roads(found)
    if roads.empty:
        return
    chord = np.linalg.norm(on_unit_sphere(*ends[:2]) - on_unit_sphere(*ends[2:]), axis=1)
    km, straight_km = roads["km"].to_numpy(), chord_to_km(chord)
    short, long = km < SHORTEST_SHARE * straight_km, km > MOST_DETOUR * straight_km + MORE_KM
    if short.any() or long.any():
        told = roads.assign(_straight_km=straight_km)
        yield from find_in_frame(told, short, "km", _describe_short, kind="short-road", fatal=False)
        yield from find_in_frame(told, long, "km", _describe_long, kind="long-road", fatal=False)


def _describe_short(row: dict[str, Any]) -> tuple[str, str]:
    problem = f"{row['km']:g} km is shorter than the straight line of {row['_straight_km']:.1f} km"
    return problem, "correct km, or the positions of the two cities"


def _describe_long(row: dict[str, Any]) -> tuple[str, str]:
    problem = f"{row['km']:g} km where the straight line is {row['_straight_km']:.1f} km; is it in metres?"
    return problem, "write kilometres, or correct the positions of the two cities"


def find_cut_off_cities(found: Survey) -> Iterator[Finding]:
    """Yield a warning for each city that no road or ferry joins to the largest part of the graph."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - heavy
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - heavy

    cities = found.tables["cities"]
    roads = found.tables["roads"]
    number = {code: index for index, code in enumerate(cities["city_code"])}
    roads = roads[among(roads["from_code"], number) & among(roads["to_code"], number)]
    if roads.empty:
        return
    starts, stops = ([number[code] for code in roads[column].tolist()] for column in ("from_code", "to_code"))
    graph = coo_array((np.ones(len(roads)), (starts, stops)), shape=(len(cities), len(cities)))
    _, part = connected_components(graph, directed=False)
    cut_off = part != np.bincount(part).argmax()

    def tell(row: dict[str, Any]) -> tuple[str, str]:
        problem = f"no road or ferry leads from {row['name_en'] or row['city_code']} to the main part of the graph"
        return problem, "add a road or ferry, or remove the city"

    yield from find_in_frame(cities, cut_off, "city_code", tell, kind="cut-off-city", fatal=False)


def _known_roads(found: Survey) -> tuple[pd.DataFrame, list[NDArray[np.float64]]]:
    cities, roads = found.tables["cities"], found.tables["roads"]
    first: dict[str, int] = {}
    for at, code in enumerate(cities["city_code"].tolist()):
        first.setdefault(code, at)
    roads = roads[among(roads["from_code"], first) & among(roads["to_code"], first) & roads["km"].notna().to_numpy()]
    places = [
        np.array([first[code] for code in roads[column].tolist()], np.int64) for column in ("from_code", "to_code")
    ]
    position = [cities[axis].to_numpy(np.float64) for axis in ("lat", "lon")]
    return roads, [axis[place] for place in places for axis in position]
