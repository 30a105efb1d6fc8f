"""Compute what opening packs costs in a hub: hours by pack, at the wage of an hour.

What hubs pay per tonne rests on the hours of all packs of the network together. So a hub of a technology pays the same
for a tonne of every site, however its packs are mixed, and a plan is linear in tonnes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.settings.settings import Settings

KG_PER_T = 1000.0


def disassembly_h_per_t(settings: Settings) -> Floats:
    """Return the hours of work that it takes to open all packs of a tonne, shape (P,)."""
    return np.array(
        [
            float(pack.disassembly_h) * KG_PER_T / float(pack.pack_kg) if pack.pack_kg else 0.0
            for pack in settings.classes.values()
        ]
    )


def disassembly_jpy_per_t(settings: Settings, mix_t: Floats) -> float:
    """Return what opening the packs of a mean tonne costs.

    Parameters
    ----------
    settings : Settings
    mix_t : float array, shape (P,)
        Tonnes of packs by class of the whole network.

    Returns
    -------
    float
        Yen per t of packs where all are opened; 0 where there are none.
    """
    mass_t = float(mix_t.sum())
    hours = float(mix_t @ disassembly_h_per_t(settings)) / mass_t if mass_t > 0 else 0.0
    return hours * settings.finance.wage_jpy_per_h
