"""Say which prefecture an island belongs to where the nearest mainland is the wrong answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from shapely.geometry import Point


class IslandBox(NamedTuple):
    """A box in degrees; islands in it belong to one prefecture."""

    west: float
    south: float
    east: float
    north: float
    prefecture: int
    islands: str


ISLAND_BOXES = (
    IslandBox(138.9, 20.0, 150.0, 34.85, 13, "Izu and Ogasawara"),
    IslandBox(128.3, 27.0, 130.1, 29.95, 46, "Amami, Tokunoshima, Okinoerabu, Yoron, Tokara"),
    IslandBox(129.1, 33.65, 129.9, 34.9, 42, "Tsushima and Iki"),
    IslandBox(129.9, 32.2, 130.2, 32.6, 43, "Amakusa Shimoshima"),
    IslandBox(132.95, 34.2, 133.06, 34.3, 38, "Omishima"),
    IslandBox(132.85, 34.2, 132.94, 34.3, 34, "Osakikamijima"),
    IslandBox(134.04, 34.46, 134.1, 34.5, 37, "Teshima"),
    IslandBox(133.66, 34.34, 133.76, 34.42, 37, "Hiroshima near Marugame"),
)

REMOTE_LON_DEG = 150.0
"""East of this only Minamitorishima: 1.5 km2 without cars, left out so that maps need not be twice as wide."""


def find_prefecture(point: Point) -> int | None:
    """Return the JIS code of the box the point lies in, or None."""
    for box in ISLAND_BOXES:
        if box.west <= point.x <= box.east and box.south <= point.y <= box.north:
            return box.prefecture
    return None
