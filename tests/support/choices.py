"""Every choice of plants of a small problem, and what each costs."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from brute_force import allowed_sizes, linear_cost

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.problem.steps import Steps

    Floats = NDArray[np.float64]


def divided(problem: Problem) -> Problem:
    """Allow divided sites: what a cut bounds."""
    return replace(problem, single_sourcing=False)


def as_parts(steps: Steps, sizes: tuple[int, ...]) -> Floats:
    """Write sizes (-1 closed) as parts of sizes."""
    parts = np.zeros(steps.fixed.shape)
    for j, k in enumerate(sizes):
        if k >= 0:
            parts[j, k] = 1.0
    return parts


def choices(problem: Problem) -> list[tuple[tuple[int, ...], tuple[int, ...], float]]:
    """Give every choice of hubs and refineries and its cost, infinite where the sites cannot be served."""
    hubs = allowed_sizes(problem.hubs, problem.hub_state, problem.hub_counts)
    refineries = list(allowed_sizes(problem.refineries, problem.refinery_state, problem.refinery_counts))
    return [(h, r, linear_cost(problem, h, r)) for h, r in product(hubs, refineries)]
