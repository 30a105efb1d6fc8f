"""Metals: what packs and black mass hold, what refining recovers, and what both are worth; the one place for it.

Metal is counted per tonne of packs and goes into the black mass whole, so that the content of black mass is that of the
packs divided by their yield, and tonnes balance from pack to refinery whatever the yield. Arrays follow the order of
`settings.classes` (P) and `settings.metals` (M).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import UsageError
from hubspoke.base.spelling import nearest_name
from hubspoke.costs.materials import black_mass_yields

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.settings.money import PriceLevel
    from hubspoke.settings.settings import Settings


def metal_contents(settings: Settings) -> Floats:
    """Return t of metal per t of packs, shape (P, M).

    Parameters
    ----------
    settings : Settings
    """
    return np.array(
        [[float(pack.metal_t_per_t.get(metal, 0.0)) for metal in settings.metals] for pack in settings.classes.values()]
    ).reshape(len(settings.classes), len(settings.metals))


def black_mass_contents(settings: Settings) -> Floats:
    """Return t of metal per t of the black mass that each class of packs gives, shape (P, M); 0 where it gives none.

    Parameters
    ----------
    settings : Settings
    """
    contents = metal_contents(settings)
    yields = black_mass_yields(settings).sum(axis=1)[:, None]
    held: Floats = np.divide(contents, yields, out=np.zeros_like(contents), where=yields > 0)
    return held


def metal_recoveries(settings: Settings) -> Floats:
    """Return t recovered by refining per t contained, shape (M,).

    Parameters
    ----------
    settings : Settings
    """
    return np.array([float(metal.recovery_t_per_t) for metal in settings.metals.values()])


def purchase_shares(settings: Settings) -> Floats:
    """Return the share of the value of contained metal that black mass is bought for, shape (M,).

    Parameters
    ----------
    settings : Settings
    """
    return np.array([float(metal.purchase_share) for metal in settings.metals.values()])


def metal_prices_jpy_per_t(settings: Settings, level: str | None = None) -> Floats:
    """Return yen per t of each metal at a price level, shape (M,).

    Parameters
    ----------
    settings : Settings
    level : str, optional
        Key of a price level; that of the settings when left out.

    Raises
    ------
    UsageError
        The settings have no such level.
    """
    chosen = choose_price_level(settings, level)
    rate = float(settings.market.jpy_per_usd)
    return np.array([float(chosen.usd_per_t[metal]) * rate for metal in settings.metals])


def choose_price_level(settings: Settings, level: str | None = None) -> PriceLevel:
    """Return a price level by its key; that of the settings where none is named.

    Parameters
    ----------
    settings : Settings
    level : str, optional
        Key of a price level.

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
    """Return what the metals recovered from a t of packs sell for, shape (P,)."""
    worth: Floats = metal_contents(settings) @ (metal_recoveries(settings) * metal_prices_jpy_per_t(settings, level))
    return worth


def black_mass_purchase_jpy_per_t(settings: Settings, level: str | None = None) -> Floats:
    """Return what the black mass from a t of packs is bought for, shape (P,): a share of the metal contained in it."""
    worth: Floats = metal_contents(settings) @ (purchase_shares(settings) * metal_prices_jpy_per_t(settings, level))
    return worth
