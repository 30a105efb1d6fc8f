"""Have the engine's loops compiled, or loaded, before a time is taken."""

from __future__ import annotations

from hubspoke.compiled import IS_COMPILED
from hubspoke.generate import generate_problem
from hubspoke.optimize import optimize

NETWORKS = (((24, 6, 0, 1), 0.0), ((60, 12, 2, 0), 0.5))
"""Small networks, and gaps, that need all loops: of the tree of whole sites, and of the cuts.

Each is given by its sites, hubs, refineries and seed.
"""


def load_loops() -> None:
    """Solve small networks: a minute where a version of hubspoke first runs on a machine, then half a second."""
    if not IS_COMPILED:
        return
    for (sites, hubs, refineries, seed), gap in NETWORKS:
        optimize(generate_problem(sites, hubs, refineries, seed=seed), gap=gap, time_limit=60.0)
