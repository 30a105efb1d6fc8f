"""A problem that takes a general solver far longer than any test waits."""

from __future__ import annotations

import numpy as np

from hubspoke.engine.problem.problem import Problem


def hard_problem(sites: int = 150, hubs: int = 14, refineries: int = 3) -> Problem:
    """Return one that takes a general solver far longer than any test waits."""
    random = np.random.default_rng(0)
    here, there, end = (random.random((count, 2)) for count in (sites, hubs, refineries))
    mass = random.uniform(5, 50, sites)
    collection = np.linalg.norm(here[:, None] - there[None], axis=2) * mass[:, None] * 10
    total = mass.sum()
    return Problem.build(
        mass,
        collection,
        np.full(hubs, total / 8),
        np.full(hubs, total / 10),
        yields=0.5,
        transfer_cost=np.linalg.norm(there[:, None] - end[None], axis=2) * 10,
        refinery_capacity=np.full(refineries, total / 4),
        refinery_fixed=np.full(refineries, total / 5),
    )
