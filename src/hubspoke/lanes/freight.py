"""What the trip of a truck costs and emits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike

    from hubspoke.base.arrays import Floats
    from hubspoke.settings.energy import Carbon
    from hubspoke.settings.freight import Truck
    from hubspoke.settings.settings import Settings


@dataclass(frozen=True, eq=False)
class Tariff:
    """Price of one trip, there and back, by truck class in the order of the settings; arrays of shape (C,).

    The surcharge for waste packs is on the base rate (per trip and per km), as in the hauliers' tariffs; tolls,
    ferries, loading and waiting are passed on as they are.

    Attributes
    ----------
    once_jpy : base rate per trip, loading, unloading and waiting
    road_jpy_per_km : base rate per km on any road; the empty return is in the rate
    toll_jpy_per_km : toll per km of expressway or bridge, for all legs paid
    crossing_jpy : ferry, per crossing, for all legs paid
    sea_jpy_per_km : ferry, per km, for all legs paid
    """

    once_jpy: Floats
    road_jpy_per_km: Floats
    toll_jpy_per_km: Floats
    crossing_jpy: Floats
    sea_jpy_per_km: Floats

    @property
    def trucks(self) -> int:
        """Number of truck classes, C."""
        return len(self.once_jpy)

    def way_jpy(
        self, road_km: ArrayLike, sea_km: ArrayLike = 0.0, crossings: ArrayLike = 0, toll_km: ArrayLike = 0.0
    ) -> Floats:
        """Price the way of a trip, without what is paid once per trip.

        Parameters
        ----------
        road_km, sea_km : float arrays
            One way; all arguments broadcast.
        crossings : int array
            Ferries taken.
        toll_km : float array
            The part of `road_km` on expressways and bridges.

        Returns
        -------
        float array, shape (C, ...)
            Yen per trip, there and back, by truck class.
        """
        parts = np.broadcast_arrays(road_km, sea_km, crossings, toll_km)
        rates = (self.road_jpy_per_km, self.sea_jpy_per_km, self.crossing_jpy, self.toll_jpy_per_km)
        priced = [np.multiply.outer(rate, part) for rate, part in zip(rates, parts, strict=True)]
        total: Floats = priced[0] + priced[1] + priced[2] + priced[3]
        return total

    def trip_jpy(
        self, road_km: ArrayLike, sea_km: ArrayLike = 0.0, crossings: ArrayLike = 0, toll_km: ArrayLike = 0.0
    ) -> Floats:
        """Price a whole trip: the way, as `way_jpy` does, and what is paid once; shape (C, ...)."""
        way = self.way_jpy(road_km, sea_km, crossings, toll_km)
        return way + self.once_jpy.reshape(-1, *[1] * (way.ndim - 1))


def read_tariff(settings: Settings, *, surcharge_factor: float = 1.0) -> Tariff:
    """Return the tariff of the settings, with its base rate multiplied by `surcharge_factor`."""
    ferries, roads = settings.ferries, settings.roads
    paid = float(ferries.legs) * truck_values(settings, lambda truck: truck.length_m / ferries.reference_length_m)
    base, all_of_it = float(surcharge_factor), float(roads.freight_factor)
    once = base * truck_values(settings, lambda truck: truck.fixed_jpy_per_trip)
    return Tariff(
        once_jpy=all_of_it * (once + truck_values(settings, lambda truck: truck.loading_jpy_per_trip)),
        road_jpy_per_km=all_of_it * (base * truck_values(settings, lambda truck: truck.distance_jpy_per_km)),
        toll_jpy_per_km=all_of_it
        * (float(roads.toll_legs) * truck_values(settings, lambda truck: truck.toll_jpy_per_km)),
        crossing_jpy=all_of_it * (paid * float(ferries.fixed_jpy_per_crossing)),
        sea_jpy_per_km=all_of_it * (paid * float(ferries.distance_jpy_per_km)),
    )


def truck_values(settings: Settings, read: Callable[[Truck], float]) -> Floats:
    """Return one number of every truck class, shape (C,), in the order of the settings."""
    return np.array([float(read(truck)) for truck in settings.trucks.values()])


def surcharges_above_usual(settings: Settings, supply_t: Floats) -> Floats:
    """Return by how much the surcharge factor of each site's packs exceeds the usual one.

    The factor of a site is the mean over its packs, by mass.

    Parameters
    ----------
    settings : Settings
    supply_t : float array, shape (S, P)
        Tonnes of packs by class.

    Returns
    -------
    float array, shape (S,)
        Negative where the packs of a site pay less than usual; 0 where it has none.
    """
    usual = settings.collection.surcharge_factor
    own = (pack.surcharge_factor for pack in settings.classes.values())
    above = np.array([0.0 if factor is None else float(factor) - float(usual) for factor in own])
    mass_t = supply_t.sum(axis=1)
    mean: Floats = np.divide(supply_t @ above, mass_t, out=np.zeros_like(mass_t), where=mass_t > 0)
    return mean


def truck_co2_kg_per_t_km(settings: Settings, load_t: Floats) -> Floats:
    """Return the CO2 of a tonne-km by truck, by the improved tonne-kilometre method, with the empty km it brings about.

    Litres per t-km = exp(a + b ln(load share) + c ln(rated load in kg)), METI notice 66 of 2006; the load share
    is kept between `carbon.load_share_min` and 1. A truck that drives empty takes what the formula gives it at that
    least load, whatever its load on the way out.

    Parameters
    ----------
    settings : Settings
    load_t : float array, shape (..., C)
        Tonnes on a trip, by truck class.

    Returns
    -------
    float array, shape (..., C)
        kg of CO2 per t-km on the loaded way; without empty km where nothing is loaded.
    """
    carbon = settings.carbon
    rated_t = truck_values(settings, lambda truck: truck.payload_legal_t)
    least = float(carbon.load_share_min)
    share = np.clip(load_t / rated_t, least, 1.0)
    per_km = _litres_per_t_km(carbon, np.full_like(rated_t, least), rated_t) * least * rated_t
    empty = np.divide(carbon.empty_km_per_loaded_km * per_km, load_t, out=np.zeros_like(share), where=load_t > 0)
    kg: Floats = float(carbon.diesel_kg_per_l) * (_litres_per_t_km(carbon, share, rated_t) + empty)
    return kg


def _litres_per_t_km(carbon: Carbon, share: Floats, rated_t: Floats) -> Floats:
    litres: Floats = np.exp(
        float(carbon.fuel_intercept)
        + float(carbon.fuel_load_exponent) * np.log(share)
        + float(carbon.fuel_payload_exponent) * np.log(1000.0 * rated_t)
    )
    return litres
