"""Room for more than could ever come, infinite room included, is room for all: solvers get no huge numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.problem.steps import Steps

if TYPE_CHECKING:
    from hubspoke.engine.problem.problem import Problem

LENIENCE = 1e-9
"""Share of all tonnes by which room for all exceeds them, for rounding."""


def cap_room(problem: Problem) -> Problem:
    """Return the problem with no plant larger than for everything that there is.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    Problem
        The same object where no plant is.
    """
    everything = float(problem.mass.sum())
    made = problem.yields.sum(axis=2).max(axis=0, initial=0.0)
    black_mass = float(problem.supply.sum(axis=0) @ made)
    hubs, refineries = _cap(problem.hubs, everything), _cap(problem.refineries, black_mass)
    if hubs is problem.hubs and refineries is problem.refineries:
        return problem
    return problem.derive(hubs=hubs, refineries=refineries)


def _cap(steps: Steps, most: float) -> Steps:
    """Return steps of no more room than `most`, give or take rounding; the same object where none has more."""
    enough = most * (1 + LENIENCE)
    if not (steps.capacity > enough).any():
        return steps
    return Steps(np.minimum(steps.capacity, enough), steps.fixed, steps.variable)
