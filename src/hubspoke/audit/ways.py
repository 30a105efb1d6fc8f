"""What the length and the hours of a lane tell of its way: ferry crossings, and kilometres of toll roads.

A plan states how far a lane leads, how much of that is by ferry and how long it takes, but not over which roads. As
trucks drive faster on toll roads than on others, and every crossing takes its time to board, the hours bound both. A
lane as slow as local roads are has no toll road in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hubspoke.settings.settings import Settings

ROUNDED = 6e-4
"""Kilometres and hours stand in the tables with three decimals: half of the last one, and a little."""
SINGLE = 1e-6
"""Relative error of both, which lanes keep in single precision."""
MOST_CROSSINGS = 20
"""Ferries counted at most, for settings under which boarding takes no time."""


@dataclass(frozen=True)
class Way:
    """A way that a lane may take, one direction.

    Attributes
    ----------
    road_km, toll_km : float
        Kilometres on land, and those of them on expressways and bridges.
    sea_km : float
    crossings : int
        Ferries taken.
    """

    road_km: float
    toll_km: float
    sea_km: float
    crossings: int


def find_ways(distance_km: float, ferry_km: float, hours: float, settings: Settings) -> list[Way]:
    """Return the extreme ways that agree with the length and the hours of a lane.

    Parameters
    ----------
    distance_km, ferry_km : float
        Length of the lane, and the part of it at sea.
    hours : float
        Driving, sailing and boarding.
    settings : Settings
        Speeds on toll roads, other roads and local roads, speed of ferries, and time to board one.

    Returns
    -------
    list of Way
        For every possible number of crossings the shortest way with the fewest kilometres of toll roads and the longest
        with the most, within the rounding of the tables: whatever is paid by the km lies between the two. Empty
        where no mix of roads and ferries takes so long.
    """
    roads, ferries = settings.roads, settings.ferries
    toll, *others = (
        1 / float(speed) for speed in (roads.expressway_km_per_h, roads.road_km_per_h, roads.access_km_per_h)
    )
    sailing, boarding = 1 / float(ferries.speed_km_per_h), float(ferries.boarding_h)
    road_km, blur_km = distance_km - ferry_km, ROUNDED + SINGLE * distance_km
    blur_h = ROUNDED + SINGLE * hours + blur_km * max(toll, sailing, *others)
    ways = []
    for crossings in range(1, MOST_CROSSINGS + 1) if ferry_km > 0 else (0,):
        driving_h = hours - ferry_km * sailing - crossings * boarding
        corners = _find_toll_km(road_km, driving_h, toll, others, blur_h)
        if corners:
            for toll_km, blur in ((min(corners), -blur_km), (max(corners), blur_km)):
                sea_km = ferry_km + blur if ferry_km > 0 else 0.0
                ways.append(Way(max(road_km + blur, 0.0), toll_km, sea_km, crossings))
    return ways


def without_roads(settings: Settings) -> Settings:
    """Return settings under which every way is a straight one: at one speed, and without tolls.

    Parameters
    ----------
    settings : Settings
        Those of a plan without a road graph.

    Returns
    -------
    Settings
    """
    speed = settings.roads.straight_km_per_h
    speeds = dict.fromkeys(("expressway_km_per_h", "road_km_per_h", "access_km_per_h"), speed)
    return settings.model_copy(update={"roads": settings.roads.model_copy(update={**speeds, "toll_legs": 0.0})})


def _find_toll_km(km: float, hours: float, toll: float, others: list[float], blur: float) -> list[float]:
    """Return kilometres of toll roads, the fewest and the most among them, on a drive of `km` in about `hours`.

    A km takes `toll` hours on toll roads and one of `others` on other roads; `blur` is how much the hours may be off.
    Shares of three kinds of road fill a triangle, and those that take so long the part of it between two parallel
    lines. Its corners are where a line cuts a side (two kinds of road) or corners of the triangle (one kind).
    """
    corners = [km] if abs(toll * km - hours) <= blur else []
    if min(others) * km - blur <= hours <= max(others) * km + blur:
        corners.append(0.0)
    for limit in (hours - blur, hours + blur):
        cuts = [(other * km - limit) / (other - toll) for other in others if other != toll]
        corners += [cut for cut in cuts if 0 <= cut <= km]
    return corners
