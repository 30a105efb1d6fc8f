"""Compile the engine's loops, or load them from the cache, before any time is measured."""

from __future__ import annotations

import numpy as np

from hubspoke.base.compiled import IS_COMPILED
from hubspoke.base.stop import Stop
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.optimize_cases import optimize_cases
from hubspoke.engine.cases.plant_paths import PlantPaths
from hubspoke.engine.lagrangian.branch_and_bound import solve_by_branch_and_bound
from hubspoke.engine.optimize import optimize
from hubspoke.engine.problem.problem import Problem
from hubspoke.instances.generate import generate_problem

SITES, HUBS, ROOM, SEED = 20, 8, 1.5, 4
"""A small network with so little room (tonnes of capacity per tonne) that it needs every loop for whole sites."""


def load_loops() -> None:
    """Solve small networks that need all loops: a minute when a version first runs on a machine, then half a second."""
    if not IS_COMPILED:
        return
    for nodes in (1, 1_000):  # down to hubs, and to single sites
        for digits in (0, 6):  # masses that are whole numbers, and such that are not
            solve_by_branch_and_bound(_tight_network(digits), gap=0.0, stop=Stop(), nodes=nodes)
    optimize(generate_problem(60, 12, 2, seed=0), gap=0.5, time_limit=60.0)
    optimize(_roomy_network(), time_limit=60.0)
    optimize_cases(_openings_by_year(), time_limit=60.0, threads=1)


def _roomy_network() -> Problem:
    """Return a network whose hubs take all they are sent."""
    random = np.random.default_rng(SEED)
    cost = np.round(random.uniform(0, 99, (4 * SITES, 4 * HUBS)))
    return Problem.build(np.ones(4 * SITES), cost, np.full(4 * HUBS, 4.0 * SITES), np.full(4 * HUBS, 150.0))


def _openings_by_year() -> Cases:
    """Return two years with an opening in each, at hubs that take all they are sent."""
    roomy = _roomy_network()
    paths = PlantPaths.build((2, roomy.n_hubs, 1), fewest_openings=1, most_openings=1)
    return Cases.build([roomy, roomy], hubs=paths, stays_collected=True)


def _tight_network(digits: int) -> Problem:
    random = np.random.default_rng(SEED)
    mass, room = np.round(random.uniform(5, 35, SITES), digits), random.uniform(1, 2, HUBS)
    room = np.round(room / room.sum() * mass.sum() * ROOM)
    return Problem.build(mass, np.round(random.uniform(0, 99, (SITES, HUBS))), room, np.round(10 * room))
