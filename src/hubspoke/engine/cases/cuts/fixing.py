"""What a relaxed choice rules out: sizes and steps that no plan worth having takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Ints
    from hubspoke.engine.cases.cuts.choice import Choice
    from hubspoke.engine.cases.cuts.path_moves import PathMoves

AT_ZERO = 1e-9
"""Part of a size up to which it is closed."""
ROUNDING = 1e-7
"""Share of the bound by which prices may be wrong."""


def dear_columns(moves: PathMoves, relaxed: Choice, limit: float) -> Ints:
    """Return the open columns of sizes and steps with which every plan costs at least the limit.

    The relaxed master's prices of sizes hold for every plan. At these prices a plant that takes a step pays at least
    the cheapest of its paths through it, in place of the cheapest of all.

    Parameters
    ----------
    moves : PathMoves
    relaxed : Choice
        Over all plans.
    limit : float
    """
    master = moves.master
    room = limit - relaxed.bound + ROUNDING * abs(relaxed.bound)
    usable = master.high > 0
    dear = (relaxed.reduced > room) & (relaxed.value <= AT_ZERO)
    dear[master.counts[0] if len(master.counts) else master.first_cost :] = False
    for columns in master.open_at:
        dear[columns[columns >= 0]] = False
    if not moves.tied:
        for e, networks in enumerate(moves.networks):
            for plant, network in enumerate(networks):
                extra = np.zeros((len(moves.key[e]), moves.key[e][0].shape[1]))
                for case, keys in enumerate(moves.key[e]):
                    known = keys[plant] >= 0
                    extra[case, known] = relaxed.price[keys[plant][known]]
                columns, beyond = network.beyond(extra, usable & ~dear)
                dear[columns[beyond > room]] = True
        for e, networks in enumerate(moves.networks):
            for plant, network in enumerate(networks):
                for case, layer in enumerate(network.layers):
                    ways = np.bincount(layer.size[~dear[layer.column] & usable[layer.column]] + 1, minlength=1)
                    for k in np.flatnonzero(moves.key[e][case][plant] >= 0).tolist():
                        dear[moves.key[e][case][plant, k]] |= len(ways) <= k + 1 or not ways[k + 1]
    found: Ints = np.flatnonzero(dear & usable)
    return found
