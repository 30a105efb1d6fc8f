"""Compute how the tonnes of black mass that enter refineries relate to those that their sizes and costs are stated for.

A refinery is filled by metal, not by the aluminium and carbon that came along with it. Its sizes and costs are stated
for black mass of one set of yields, the basis. Under another set the same packs give fewer tonnes of richer black mass,
or more of poorer, and the same work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.costs.materials import black_mass_yields

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.settings.settings import Settings


def refining_scale(settings: Settings, mix_t: Floats) -> float:
    """Return how much of the basis a tonne of black mass stands for at refineries.

    Parameters
    ----------
    settings : Settings
    mix_t : float array, shape (P,)
        Tonnes of packs by class of the whole network.

    Returns
    -------
    float
        Tonnes of the basis per tonne, 1 where the yields in use are the basis or nothing becomes black mass.
    """
    made, basis = (
        float(mix_t @ black_mass_yields(settings, name).sum(axis=1))
        for name in (settings.materials.yields, settings.materials.refining_basis)
    )
    return basis / made if made > 0 and basis > 0 else 1.0
