"""Prices for a first cut, before anything is answered: every plant paid for at its best cost per tonne."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.problem.problem import SITES_AT_ONCE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.engine.benders.cuts import Cutter

    Floats = NDArray[np.float64]


def first_prices(cutter: Cutter) -> tuple[Floats, Floats]:
    """Guess what serving each site (S,) and a tonne of each grade at each hub (H, B) cost."""
    problem = cutter.problem
    hub = _unit_cost(problem.hubs.fixed, problem.hubs.capacity, cutter.hub_sizes)
    worth = np.zeros((problem.n_hubs, problem.n_grades))
    if problem.n_refineries:
        steps = problem.refineries
        gate = _unit_cost(steps.fixed, steps.capacity, cutter.refinery_sizes) + steps.variable.min(axis=1)
        worth = (problem.transfer_cost + gate[None, :, None]).min(axis=1, initial=np.inf)
    usable = np.isfinite(hub)
    least = np.empty(problem.n_sites)
    for first in range(0, problem.n_sites, SITES_AT_ONCE):
        sites = slice(first, first + SITES_AT_ONCE)
        lanes = cutter.assignment.lane_cost(worth, sites=sites)
        lanes += problem.mass[sites, None] * np.where(usable, hub, 0.0)[None, :]
        lanes[:, ~usable] = np.inf
        least[sites] = lanes.min(axis=1, initial=np.inf)
    return np.minimum(least, cutter.assignment.leave), worth


def _unit_cost(fixed: Floats, capacity: Floats, allowed: NDArray[np.bool_]) -> Floats:
    usable = allowed & (capacity > 0)
    unit = np.where(usable, fixed, np.inf) / np.where(usable, capacity, 1.0)
    lowest: Floats = unit.min(axis=1, initial=np.inf)
    return lowest
