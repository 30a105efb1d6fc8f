"""Compute what leaves a hub for each tonne of packs that enters, by the set of yields in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.settings.materials import BLACK_MASS

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.settings.materials import PackClass
    from hubspoke.settings.settings import Settings


def black_mass_yields(settings: Settings, stated: str | None = None) -> Floats:
    """Return t of black mass per t of packs by a set of yields, else by the one in use; shape (P, B), one grade each.

    A class that does not state the set counts by the one in use.

    Parameters
    ----------
    settings : Settings
    stated : str, optional
        Name of a set of yields.
    """
    grades = list(settings.grades)
    yields = np.zeros((len(settings.classes), len(grades)))
    for row, pack in enumerate(settings.classes.values()):
        known = stated if stated in pack.yields_t_per_t else None
        yields[row, grades.index(pack.grade)] = read_yields(settings, pack, known).get(BLACK_MASS, 0.0)
    return yields


def byproduct_yields(settings: Settings) -> Floats:
    """Return how much of each by-product a hub makes.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    float array, shape (P, by-products)
        Tonnes per tonne of packs.
    """
    yields = np.zeros((len(settings.classes), len(settings.byproducts)))
    for row, pack in enumerate(settings.classes.values()):
        outputs = read_yields(settings, pack)
        yields[row] = [outputs.get(name, 0.0) for name in settings.byproducts]
    return yields


def losses_t_per_t(settings: Settings) -> Floats:
    """Return how much of the packs is lost in a hub, becoming neither black mass nor by-product.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    float array, shape (P,)
        Tonnes per tonne of packs.
    """
    made = black_mass_yields(settings).sum(axis=1) + byproduct_yields(settings).sum(axis=1)
    lost: Floats = np.maximum(1.0 - made, 0.0)
    return lost


def byproduct_prices(settings: Settings) -> Floats:
    """Return yen per t of each by-product, shape (by-products,)."""
    return np.array([float(product.price_jpy_per_t) for product in settings.byproducts.values()])


def name_sold(settings: Settings, lang: str = "en") -> str:
    """Return the names of the by-products that sell for something, as words of a sentence.

    Parameters
    ----------
    settings : Settings
    lang : {"en", "ja"}

    Returns
    -------
    str
        Empty where none of them does.
    """
    sold = [product for product in settings.byproducts.values() if product.price_jpy_per_t > 0]
    names = [product.name_ja if lang == "ja" else product.name_en for product in sold]
    if lang == "ja" or len(names) < 2:
        return "・".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def read_yields(settings: Settings, pack: PackClass, stated: str | None = None) -> dict[str, float]:
    """Return the tonnes of each output per tonne of a class, in a set of yields, else in the one in use."""
    return {name: float(value) for name, value in pack.yields_t_per_t[stated or settings.materials.yields].items()}
