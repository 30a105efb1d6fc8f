"""How many packs a site has, how much of them one pick-up may take, and how many trips a year fetch them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.lanes.freight import truck_values

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.settings.settings import Settings

KG_PER_T = 1000.0
ROUNDING = 1e-9
"""Share of a load, or of a pack, that asks for no further trip: a truck filled to the gram is full."""


def count_packs(settings: Settings, supply_t: Floats) -> Floats:
    """Count the packs of each site in a year.

    Parameters
    ----------
    settings : Settings
    supply_t : float array, shape (S, P)
        Tonnes by class and year.

    Returns
    -------
    float array, shape (S,)
        Packs per year, whole ones and at least one where there is anything; infinite where the mass of a pack of a
        class there is not known.
    """
    mass_kg = np.array([float(pack.pack_kg or 0.0) for pack in settings.classes.values()])
    packs = np.divide(KG_PER_T * supply_t, mass_kg, out=np.where(supply_t > 0, np.inf, 0.0), where=mass_kg > 0)
    whole: Floats = np.maximum(np.ceil(packs.sum(axis=1) - ROUNDING), supply_t.sum(axis=1) > 0)
    return whole


def count_trips(settings: Settings, supply_t: Floats, stock_max_t: Floats) -> Floats:
    """Count the trips per year that fetch the packs of each site.

    Parameters
    ----------
    settings : Settings
    supply_t : float array, shape (S, P)
        Tonnes of packs by class and year.
    stock_max_t : float array, shape (S,)
        Tonnes that each site may have in stock, and so the most that a trip fetches; infinite where there is no limit.

    Returns
    -------
    float array, shape (S, C)
        Trips by truck class: as many as the payload asks for, and no fewer than stock and the least number of pick-ups
        ask for, of which there are no more than packs; 0 where there are no packs.
    """
    payload_t = truck_values(settings, lambda truck: truck.payload_packs_t)
    mass_t = supply_t.sum(axis=1)
    visits = np.maximum(np.ceil(mass_t / stock_max_t - ROUNDING), float(settings.collection.pickups_min_per_yr))
    visits = np.minimum(visits, count_packs(settings, supply_t))
    trips = np.maximum(np.ceil(mass_t[:, None] / payload_t - ROUNDING), visits[:, None])
    return np.where(mass_t[:, None] > 0, trips, 0.0)
