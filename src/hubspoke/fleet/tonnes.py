"""National tonnes of packs by class and year, from cars sold, under a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.fleet.life import scrapped_by_age
from hubspoke.fleet.sales import interpolate, read_sales
from hubspoke.settings.supply import TRAINS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.settings.supply import Supply

FLEET = ("hev", "nimh", "nmc", "lfp")
"""Packs of hybrids of lithium-ion and of nickel-metal hydride; of plug-in hybrids and battery cars without and with
LFP."""
KG_PER_T = 1000.0


def compute_tonnes(supply: Supply, scenario: str, year: int, *, left: bool = False) -> dict[str, float]:
    """Return the packs of all Japan that come back in a year under a scenario, or those that never will.

    Packs of cars sold in year s come back in year t with the share of cars that is scrapped at the age t - s; they are
    cars sold times mass of a pack times the share kept in Japan. Cars sold before the first year of the tables are not
    counted; after the last year as many are sold as in it.

    Parameters
    ----------
    supply : Supply
    scenario : str
        A key of `supply.scenarios`.
    year : int
    left : bool
        Whether packs are meant of cars of the same ages that left Japan as used cars, or were lost otherwise.

    Returns
    -------
    dict of str to float
        Tonnes by `FLEET`.
    """
    tonnes = dict.fromkeys(FLEET, 0.0)
    if stated := supply.scenarios[scenario].tonnes.stated:
        return tonnes if left else tonnes | {kind: interpolate(points, year) for kind, points in stated.items()}
    for _, kind, mass_t in list_cohorts(supply, scenario, year, left=left):
        tonnes[kind] += mass_t
    return tonnes


def list_cohorts(supply: Supply, scenario: str, year: int, *, left: bool = False) -> Iterator[tuple[int, str, float]]:
    """Yield the packs of each year of sale and kind that come back in a year, or that never will.

    Parameters
    ----------
    supply : Supply
    scenario : str
        A key of `supply.scenarios`; one that states tonnes has no cohorts.
    year : int
    left : bool
        As of `compute_tonnes`.

    Yields
    ------
    year of sale : int
    kind : str
        Of `FLEET`.
    mass : float
        Tonnes; several of one year and kind add up.
    """
    if supply.scenarios[scenario].tonnes.stated:
        return
    life = scrapped_by_age(float(_read(supply, scenario, "mean_life_yr")), float(_read(supply, scenario, "life_shape")))
    lib, lfp = (_read(supply, scenario, key).points for key in ("hev_lib_share", "lfp_share"))
    for train in TRAINS:
        sold = read_sales(supply, _read(supply, scenario, "sales"), train)
        kg = float(_read(supply, scenario, "pack_kg", train))
        kept = float(_read(supply, scenario, "kept_share", train))
        part_of_cars = 1.0 - kept if left else kept
        one, other, points = ("nimh", "hev", lib) if train == "hev" else ("nmc", "lfp", lfp)
        for age, share in life.items():
            mass_t = interpolate(sold, year - age, before=0.0) * kg / KG_PER_T * part_of_cars * share
            part = interpolate(points, year - age)
            yield year - age, one, mass_t * (1.0 - part)
            yield year - age, other, mass_t * part


def _read(supply: Supply, scenario: str, key: str, train: str = "") -> Any:
    """Return what a scenario states, or the first one where it leaves it out."""
    for stated in (supply.scenarios[scenario], next(iter(supply.scenarios.values()))):
        value = getattr(stated, key)
        value = getattr(value, train) if train else value
        if value not in (None, ""):
            return value
    raise KeyError(key)  # the settings have checked that the first scenario states everything
