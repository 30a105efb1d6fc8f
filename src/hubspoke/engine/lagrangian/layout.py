"""The problem laid out by hub for compiled loops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.lagrangian.grains import find_grains
from hubspoke.engine.lagrangian.nodes import Data

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats
    from hubspoke.engine.problem.problem import Problem


def lay_out_problem(problem: Problem) -> Data:
    """Lay the problem out by hub; costs and masses as the kernels want them.

    Parameters
    ----------
    problem : Problem
    """
    closed = (problem.hub_state < 0) | ~problem.hubs.exists.any(axis=1)
    state = np.where(closed, -1, problem.hub_state).astype(np.int64)
    cost = np.ascontiguousarray(problem.collection_cost.T, dtype=float)
    largest = np.where(problem.hubs.exists, problem.hubs.capacity, 0.0).max(axis=1, initial=0.0)
    steps = problem.hubs
    return Data(
        cost,
        problem.mass,
        steps.variable.astype(float),
        steps.capacity.astype(float),
        np.where(steps.exists, steps.fixed, 0.0),
        steps.exists,
        largest,
        float(problem.mass.sum()),
        state,
        *find_grains(problem.mass, np.where(steps.exists, steps.capacity, 0.0)),
        *problem.hub_counts.in_total,
        idle_cost(problem),
    )


def mass_grain(problem: Problem) -> float:
    """Return the step in which costs of plans can differ: 1 where all costs are whole numbers, else 0."""
    lanes = problem.collection_cost[np.isfinite(problem.collection_cost)]
    steps = problem.hubs
    used = [lanes, steps.fixed[steps.exists], np.multiply.outer(problem.mass, steps.variable[steps.exists])]
    whole = all((values == np.round(values)).all() and (np.abs(values) < 1e12).all() for values in used)
    return 1.0 if whole else 0.0


def banned_hubs(data: Data) -> NDArray[np.uint8]:
    """Return which hub may never take which site, shape (H, S).

    Parameters
    ----------
    data : Data
    """
    banned: NDArray[np.uint8] = (~np.isfinite(data.cost) | (data.state < 0)[:, None]).astype(np.uint8)
    return banned


def first_prices(data: Data) -> Floats:
    """Guess what serving a site costs: its cheapest hub, with a fair part of what that hub costs.

    Parameters
    ----------
    data : Data
    """
    usable = data.exists & (data.capacity > 0) & (data.state >= 0)[:, None]
    unit = np.where(usable, data.fixed / np.where(usable, data.capacity, 1.0) + data.rate, np.inf).min(axis=1)
    with np.errstate(invalid="ignore"):
        price: Floats = np.where(np.isfinite(unit)[:, None], data.cost + unit[:, None] * data.mass, np.inf).min(axis=0)
    return np.where(np.isfinite(price), price, 0.0)


def smallest_sizes(problem: Problem, hub: NDArray[np.int64]) -> NDArray[np.int64]:
    """Open what is used, what must be, and the cheapest others if these are too few, at any size.

    `construct_solution` takes the cheapest that holds the load.
    """
    is_open = problem.hub_state > 0
    is_open[hub] = True
    idle = np.where(is_open, np.inf, idle_cost(problem))
    fewest = problem.hub_counts.in_total[0]
    cheapest = np.argsort(idle, kind="stable")[: max(fewest - int(is_open.sum()), 0)]
    is_open[cheapest[np.isfinite(idle[cheapest])]] = True
    return np.where(is_open, problem.hubs.exists.argmax(axis=1), -1).astype(np.int64)


def idle_cost(problem: Problem) -> Floats:
    """Return what each hub costs that takes nothing, shape (H,); infinite where it may not open.

    Parameters
    ----------
    problem : Problem
    """
    usable = problem.hubs.exists & (problem.hub_state >= 0)[:, None]
    cost: Floats = np.where(usable, problem.hubs.fixed, np.inf).min(axis=1, initial=np.inf)
    return cost
