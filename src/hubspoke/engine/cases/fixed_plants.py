"""One case with its plants given: what remains is who delivers where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.problem import FORCED_CLOSED, FORCED_OPEN
from hubspoke.engine.problem.steps import Steps

if TYPE_CHECKING:
    from hubspoke.base.arrays import Ints
    from hubspoke.engine.problem.problem import Problem


def fix_plants(problem: Problem, hub_size: Ints, refinery_size: Ints) -> Problem:
    """Return a problem whose plants are open at the given sizes and no others; counts ask for nothing more.

    Parameters
    ----------
    problem : Problem
    hub_size, refinery_size : int arrays, shape (H,), (R,)
        -1 for closed.
    """
    return problem.derive(
        hubs=_only(problem.hubs, hub_size),
        refineries=_only(problem.refineries, refinery_size),
        hub_counts=Counts.free(problem.n_hubs),
        refinery_counts=Counts.free(problem.n_refineries),
        hub_state=np.where(hub_size >= 0, FORCED_OPEN, FORCED_CLOSED).astype(np.int64),
        refinery_state=np.where(refinery_size >= 0, FORCED_OPEN, FORCED_CLOSED).astype(np.int64),
    )


def take_one_size(problem: Problem, hub_size: Ints, refinery_size: Ints) -> Problem:
    """Return a problem of given plants with one size for each, which takes far less time where there are many.

    Parameters
    ----------
    problem : Problem
        Whose plants can have no other sizes.
    hub_size, refinery_size : int arrays, shape (H,), (R,)
        -1 for closed.
    """
    each = np.arange(problem.n_hubs), np.maximum(hub_size, 0)
    return problem.derive(
        hubs=_take(problem.hubs, hub_size),
        refineries=_take(problem.refineries, refinery_size),
        shared_saving=np.where(hub_size >= 0, problem.shared_saving[each], 0.0)[:, None],
    )


def _take(steps: Steps, size: Ints) -> Steps:
    """Return steps with the size of each plant alone; a closed one has none."""
    each = np.arange(len(size)), np.maximum(size, 0)
    capacity, fixed, variable = (values[each][:, None] for values in (steps.capacity, steps.fixed, steps.variable))
    is_open = (size >= 0)[:, None]
    return Steps(np.where(is_open, capacity, 0.0), np.where(is_open, fixed, np.inf), np.where(is_open, variable, 0.0))


def _only(steps: Steps, size: Ints) -> Steps:
    """Return steps in which an open plant has its size alone."""
    other = (np.arange(steps.fixed.shape[1])[None, :] != size[:, None]) & (size >= 0)[:, None]
    return Steps(steps.capacity, np.where(other, np.inf, steps.fixed), steps.variable)
