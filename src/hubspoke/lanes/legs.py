"""Places, and the legs by which they join the road graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.lanes.freight import Tariff
    from hubspoke.settings.settings import Settings


@dataclass(frozen=True, eq=False)
class Points:
    """Sites or plants with the legs by which they join the road graph.

    Attributes
    ----------
    place : float array, shape (n, 2)
        Longitude and latitude.
    legs : Legs
    """

    place: Floats
    legs: Legs

    @property
    def city(self) -> Ints:
        """City that each point belongs to, shape (n,)."""
        city: Ints = self.legs.node[:, 0]
        return city

    def part(self, rows: slice | Ints) -> Points:
        """Return some of the points, with their legs."""
        legs = Legs(self.legs.node[rows], self.legs.road_km[rows], self.legs.sea_km[rows])
        return Points(self.place[rows], legs)


@dataclass(frozen=True, eq=False)
class Legs:
    """How n points join the road graph: up to J straight legs each, the first one to the point's own city.

    Attributes
    ----------
    node : int array, shape (n, J)
        City index; N (one past the last city) where there is no further leg.
    road_km, sea_km : float arrays, shape (n, J)
        Road km with the detour, and km over open sea; 0 where there is no leg.
    """

    node: Ints
    road_km: Floats
    sea_km: Floats

    def way_jpy(self, tariff: Tariff) -> Floats:
        """Price the legs in yen per trip, shape (C, n, J)."""
        return tariff.way_jpy(self.road_km, self.sea_km, self.sea_km > 0)

    def hours(self, settings: Settings) -> Floats:
        """Compute the hours on the legs, one way, shape (n, J)."""
        ferries = settings.ferries
        boarding = np.where(self.sea_km > 0, float(ferries.boarding_h), 0.0)
        road_h: Floats = self.road_km / float(settings.roads.access_km_per_h)
        return road_h + self.sea_km / float(ferries.speed_km_per_h) + boarding
