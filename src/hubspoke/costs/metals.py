"""Compute which metals packs and black mass hold, how much of them refining recovers, and what they are worth.

All metal in packs goes into the black mass. The content of black mass is therefore that of the packs divided by the
yield of black mass, and tonnes of metal balance from pack to refinery whatever the yield. Arrays follow the order of
`settings.classes` (P) and `settings.metals` (M).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import UsageError
from hubspoke.base.spelling import nearest_name
from hubspoke.costs.materials import black_mass_yields
from hubspoke.settings.technologies import split_technologies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hubspoke.base.arrays import Floats
    from hubspoke.settings.money import PriceLevel
    from hubspoke.settings.settings import Settings


def metal_contents(settings: Settings) -> Floats:
    """Return the metals that packs hold, by the account of contents in use.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    float array, shape (P, M)
        Tonnes per tonne of packs.
    """
    inside = [pack.metals_in(settings.materials.contents) for pack in settings.classes.values()]
    contents = [[float(metals.get(metal, 0.0)) for metal in settings.metals] for metals in inside]
    return np.array(contents).reshape(len(settings.classes), len(settings.metals))


def black_mass_contents(settings: Settings) -> Floats:
    """Return the metals that the black mass from each class of packs holds.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    float array, shape (P, M)
        Tonnes per tonne of black mass; 0 for a class that makes none.
    """
    contents = metal_contents(settings)
    yields = black_mass_yields(settings).sum(axis=1)[:, None]
    held: Floats = np.divide(contents, yields, out=np.zeros_like(contents), where=yields > 0)
    return held


def metal_recoveries(settings: Settings, technology: str = "") -> Floats:
    """Return how much of each metal refining recovers.

    Parameters
    ----------
    settings : Settings
    technology : str
        Key of a refinery technology, which may recover more or less than usual; the usual shares when left out.

    Returns
    -------
    float array, shape (M,)
        Tonnes recovered per tonne contained.
    """
    refinery = settings.refinery_technologies.get(technology)
    own = {} if refinery is None else refinery.recovery_t_per_t
    return np.array([float(own.get(name, metal.recovery_t_per_t)) for name, metal in settings.metals.items()])


def recovers_unusually(settings: Settings, technologies: Iterable[str]) -> bool:
    """Return whether black mass may yield other shares of its metals than usual.

    Parameters
    ----------
    settings : Settings
    technologies : iterable of str
        Cells of technologies of refineries and electric furnaces.

    Returns
    -------
    bool
        Whether one of them is an electric furnace, or a technology that states recoveries of its own.
    """
    names = {name for cell in set(technologies) for name in split_technologies(cell)}
    unusual = {name for name, technology in settings.refinery_technologies.items() if technology.recovery_t_per_t}
    return not names.isdisjoint({*settings.furnaces, *unusual})


def purchase_shares(settings: Settings) -> Floats:
    """Return the share of the value of each metal that a buyer of black mass pays for it.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    float array, shape (M,)
    """
    return np.array([float(metal.purchase_share) for metal in settings.metals.values()])


def purchase_shares_of(settings: Settings, grade: str) -> Floats:
    """Return the share of the value of each metal that a buyer of a grade of black mass pays for it.

    Parameters
    ----------
    settings : Settings
    grade : str
        Key of the grade.

    Returns
    -------
    float array, shape (M,)
    """
    own = settings.grades[grade].purchase_share
    usual = purchase_shares(settings).tolist()
    return np.array([float(own.get(name, share)) for name, share in zip(settings.metals, usual, strict=True)])


def metal_prices_jpy_per_t(settings: Settings, level: str | None = None) -> Floats:
    """Return the price of each metal at a price level.

    Parameters
    ----------
    settings : Settings
    level : str, optional
        Key of a price level; that of the settings when left out.

    Returns
    -------
    float array, shape (M,)
        Yen per tonne.

    Raises
    ------
    UsageError
        The settings have no such level.
    """
    chosen = choose_price_level(settings, level)
    rate = float(settings.market.jpy_per_usd)
    return np.array([float(chosen.usd_per_t[metal]) * rate for metal in settings.metals])


def choose_price_level(settings: Settings, level: str | None = None) -> PriceLevel:
    """Return a price level by its key, or that of the settings where none is named.

    Parameters
    ----------
    settings : Settings
    level : str, optional
        Key of a price level.

    Returns
    -------
    PriceLevel

    Raises
    ------
    UsageError
        The settings have no such level.
    """
    name = settings.market.price_level if level is None else level
    if name not in settings.price_levels:
        raise UsageError(f"unknown price level {name!r}{nearest_name(name, settings.price_levels)}")
    return settings.price_levels[name]


def metal_sales_jpy_per_t(settings: Settings, level: str | None = None) -> Floats:
    """Return yen per t of packs that the metals recovered from them sell for, shape (P,)."""
    worth: Floats = metal_contents(settings) @ (metal_recoveries(settings) * metal_prices_jpy_per_t(settings, level))
    return worth


def black_mass_purchase_jpy_per_t(settings: Settings, level: str | None = None) -> Floats:
    """Return yen per t of packs that their black mass is bought for, shape (P,): a share of the value of its metals."""
    shares = np.array([purchase_shares_of(settings, pack.grade) for pack in settings.classes.values()])
    worth: Floats = (metal_contents(settings) * shares) @ metal_prices_jpy_per_t(settings, level)
    return worth
