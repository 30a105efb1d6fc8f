"""Have the engine's loops compiled, or loaded, before a time is taken."""

from __future__ import annotations

from hubspoke.compiled import IS_COMPILED
from hubspoke.generate import generate_problem
from hubspoke.optimize import optimize

SITES, HUBS, REFINERIES = 60, 12, (0, 2)
"""Small networks that need the loops of both kinds: the tree of whole sites, and the cuts."""


def load_loops() -> None:
    """Solve small networks: under a minute where a version of hubspoke first runs on a machine, then half a second."""
    if not IS_COMPILED:
        return
    for refineries in REFINERIES:
        optimize(generate_problem(SITES, HUBS, refineries), gap=0.5, time_limit=60.0)
