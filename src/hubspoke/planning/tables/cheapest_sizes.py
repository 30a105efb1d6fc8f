"""Sizes that cost least for what plants take in, where the objective was CO2 and all sizes emit alike."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.costs.costs import Costs
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.engine.solution.solution import Solution

ROOM = 1e-9
"""Share of its capacity by which a load may lie above it through rounding."""


def take_cheapest_sizes(solution: Solution, costs: Costs) -> Solution:
    """Return a solution with every open plant at the size that costs least, of those with its technology and room.

    Parameters
    ----------
    solution : Solution
        Of least CO2, in the order of the network's tables, without sources abroad.
    costs : Costs
    """
    packs_t = solution.share * costs.mass_t[solution.site]
    hubs_t = np.bincount(solution.hub, packs_t, minlength=len(solution.hub_size)).astype(np.float64)
    return replace(
        solution,
        hub_size=_choose(costs.hub_steps, solution.hub_size, hubs_t),
        refinery_size=_choose(costs.refinery_steps, solution.refinery_size, solution.flow.sum(axis=(0, 2))),
    )


def _choose(steps: PlantSteps, size: NDArray[np.int64], load_t: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the cheapest size of each plant that is open; -1 stays -1."""
    plants = np.flatnonzero(size >= 0)
    made = steps.technology[plants, size[plants]]
    fits = (steps.technology[plants] == made[:, None]) & (steps.capacity[plants] * (1 + ROOM) >= load_t[plants, None])
    fits[np.arange(len(plants)), size[plants]] = True
    jpy = np.where(fits, steps.fixed[plants] + steps.variable[plants] * load_t[plants, None], np.inf)
    chosen = size.copy()
    chosen[plants] = jpy.argmin(axis=1)
    return chosen
