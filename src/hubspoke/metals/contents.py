"""Which metals the ledger follows, and what a tonne of packs or of black mass holds of them, as elements.

Metals of `settings.metals` go with the black mass; by-products with a `recovery_t_per_t`, such as copper and aluminium,
are sorted out at hubs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.costs.materials import byproduct_yields
from hubspoke.costs.metals import black_mass_contents, metal_contents

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.settings.settings import Settings

KG_PER_T = 1000.0


@dataclass(frozen=True)
class Followed:
    """The metals that a ledger follows, and what tonnes hold of them: P classes, M metals, N sorted by-products.

    Attributes
    ----------
    refined : tuple of str
        Keys of `settings.metals`, which go with the black mass.
    sorted_out : tuple of str
        Keys of the by-products that hubs sort out.
    element : float array, shape (M,)
        kg of the element per kg of a refined metal as it is counted.
    in_packs, in_black_mass : float arrays, shape (P, M)
        kg of each refined metal, as counted, per tonne of packs and of black mass of each class.
    scrap, unsorted : float arrays, shape (P, N)
        kg of each sorted metal that leaves as scrap, and that is not sorted, per tonne of packs of each class.
    """

    refined: tuple[str, ...]
    sorted_out: tuple[str, ...]
    element: Floats
    in_packs: Floats
    in_black_mass: Floats
    scrap: Floats
    unsorted: Floats


def follow_metals(settings: Settings) -> Followed:
    """Return the metals that a ledger follows under some settings.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    Followed
    """
    shares = {key: float(product.recovery_t_per_t or 0.0) for key, product in settings.byproducts.items()}
    at = [place for place, share in enumerate(shares.values()) if share > 0]
    scrap = KG_PER_T * byproduct_yields(settings)[:, at]
    got = np.array([share for share in shares.values() if share > 0])
    return Followed(
        refined=tuple(settings.metals),
        sorted_out=tuple(key for key, share in shares.items() if share > 0),
        element=np.array([float(metal.element_t_per_t) for metal in settings.metals.values()]),
        in_packs=KG_PER_T * metal_contents(settings),
        in_black_mass=KG_PER_T * black_mass_contents(settings),
        scrap=scrap,
        unsorted=scrap * (1.0 / got - 1.0),
    )


def name_metal(settings: Settings, key: str, lang: str = "en") -> str:
    """Return the name of a metal that a ledger follows.

    Parameters
    ----------
    settings : Settings
    key : str
        A key of `settings.metals` or of `settings.byproducts`.
    lang : {"en", "ja"}

    Returns
    -------
    str
    """
    of = settings.metals.get(key) or settings.byproducts[key]
    name = str(getattr(of, f"name_{lang}"))
    return name[:1].upper() + name[1:]
