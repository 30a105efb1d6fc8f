"""Masses as whole numbers of a grain, where they are that: what dynamic programming over loads needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hubspoke.engine.lagrangian.nodes import ROOM

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints

WHOLE = 1e-12
"""Share of its mass by which a site may differ from a whole number of grains: rounding alone."""

PARTS = 200
"""Most parts into which the lightest site is divided in search of a grain."""

LARGEST_ROOM = 5_000
"""Most grains that a hub may hold; with more of them dynamic programming is too slow."""


class Grains(NamedTuple):
    """Mass of sites (S,) and capacities (H, K) in grains of a mass `grain`, 0 where there is none."""

    mass: Ints
    capacity: Ints
    grain: float


def find_grains(mass: Floats, capacity: Floats) -> Grains:
    """Return masses and capacities in the largest grain, a part of the lightest site, that divides all masses.

    Capacities are rounded down: no load lies between.

    Parameters
    ----------
    mass : (S,)
    capacity : (H, K)
    """
    none = Grains(np.zeros(len(mass), np.int64), np.zeros(capacity.shape, np.int64), 0.0)
    heavy = mass[mass > 0]
    if not len(heavy):
        return none
    room = np.minimum(np.maximum(capacity, 0.0), mass.sum())
    for parts in range(1, PARTS + 1):
        grain = float(heavy.min()) / parts
        if room.max(initial=0.0) > LARGEST_ROOM * grain:
            return none
        whole = np.round(mass / grain)
        if (np.abs(mass - whole * grain) <= WHOLE * mass).all():
            return Grains(whole.astype(np.int64), np.floor(room / grain * (1.0 + ROOM) + ROOM).astype(np.int64), grain)
    return none
