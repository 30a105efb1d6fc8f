"""The mix of classes by which costs are reckoned that depend on all packs, as what opening a mean tonne costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.settings.settings import Settings


def class_mix(settings: Settings, year: int, supply_t: Floats) -> Floats:
    """Return the tonnes or shares of packs by class, shape (P,).

    Parameters
    ----------
    settings : Settings
        Its `materials.mix` goes before the sites: it is that of the network which a part was cut from, so that the part
        costs what it costs in the whole.
    year : int
    supply_t : float array, shape (S, P)
        Tonnes of packs of the sites.
    """
    stated = settings.materials.mix.get(str(year))
    if stated is None:
        mix: Floats = supply_t.sum(axis=0)
        return mix
    return np.array([stated.get(name, 0.0) for name in settings.classes], np.float64)
