"""Decide a node of the tree where every hub is decided, by a small program in PuLP that is cut off above a limit."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.direct import solve_directly

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.problem import Problem
    from hubspoke.solution import Solution

SLACK = 1e-9
"""Share of the limit by which the solver may exceed it, so that a plan of exactly that cost is found."""


def keep_lanes(problem: Problem, lanes: NDArray[np.bool_], state: NDArray[np.int64]) -> Problem:
    """Give the problem with no other lanes (H, S) and with the hubs in a state (H,)."""
    cost = np.where(lanes.T, problem.collection_cost, np.inf)
    return replace(problem, collection_cost=cost, hub_state=state)


def solve_leaf(
    problem: Problem,
    lanes: NDArray[np.bool_],
    state: NDArray[np.int64],
    count: NDArray[np.int64],
    *,
    limit: float,
    gap: float,
    deadline: float | None,
) -> Solution:
    """Find the cheapest plan within a limit, or that there is none.

    Parameters
    ----------
    problem : Problem
    lanes : (H, S)
        The lanes that the node has left.
    state : (H,)
        Hubs open (1), closed (-1) or free (0).
    count : (2,)
        Fewest and most open hubs.
    limit : float
        Cost above which no plan is wanted; infinite for none.
    gap : float
    deadline : float, optional
        `time.perf_counter()` at which to stop.

    Returns
    -------
    Solution
        Its bound is at most the limit; a plan in it may cost more than the limit and may be none of the best.
    """
    counts = replace(problem.hub_counts, fewest_in_total=int(count[0]), most_in_total=int(count[1]))
    rest = replace(keep_lanes(problem, lanes, state), hub_counts=counts)
    left = None if deadline is None else max(deadline - time.perf_counter(), 0.01)
    return solve_directly(rest, gap=gap, time_limit=left, cutoff=limit + SLACK * abs(limit))
