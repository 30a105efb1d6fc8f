"""Cheapest black-mass flows for hubs whose loads and refineries whose sizes are given, exact to the last tonne.

Used once for every complete plan, where flows must respect least tonnages and end in the plan: a linear program in
SciPy. `refinery_flows.py` answers the same question thousands of times a second inside the search, with the price of
room; `joint_lp.py` moves sites and flows together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array, vstack

from hubspoke.engine.problem.limits import least_room

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.engine.problem.problem import Problem

LENIENCE = 1e-9
"""Share of a least tonnage by which rounding of double numbers may miss it."""


def hub_output(
    problem: Problem, site: NDArray[np.int64], hub: NDArray[np.int64], share: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the tonnes of each grade that leave each hub, shape (H, B)."""
    carried = problem.supply[site] * share[:, None]
    output = np.einsum("np,npb->nb", carried, problem.yields[hub])
    total = np.zeros((problem.n_hubs, problem.n_grades))
    np.add.at(total, hub, output)
    return total


def best_flows(
    problem: Problem, output: NDArray[np.float64], refinery_size: NDArray[np.int64]
) -> NDArray[np.float64] | None:
    """Send every hub's output to the open refineries at least cost.

    Parameters
    ----------
    problem : Problem
    output : float array, shape (H, B)
    refinery_size : int array, shape (R,)

    Returns
    -------
    float array, shape (H, R, B), or None
        None when the open refineries cannot take it all, or it does not reach the least that each must take.
    """
    flow = np.zeros((problem.n_hubs, problem.n_refineries, problem.n_grades))
    sources = np.argwhere(output > 0)
    if not problem.n_refineries or not len(sources):
        return None if (problem.refinery_floor[refinery_size >= 0] > 0).any() else flow
    plants = np.flatnonzero(refinery_size >= 0)
    capacity = problem.refineries.capacity[plants, refinery_size[plants]]
    rate = problem.refineries.variable[plants, refinery_size[plants]]
    tonnes = output[sources[:, 0], sources[:, 1]]
    cost = problem.transfer_cost[sources[:, 0][:, None], plants[None, :], sources[:, 1][:, None]] + rate[None, :]
    floor = problem.refinery_floor[plants] * (1 - LENIENCE)
    share = _nearest(cost, tonnes, capacity, floor)
    if share is None:
        share = _transport(cost, tonnes, capacity, floor)
    if share is None:
        return None
    np.add.at(flow, (sources[:, 0][:, None], plants[None, :], sources[:, 1][:, None]), share)
    return flow


def _nearest(
    cost: NDArray[np.float64], tonnes: NDArray[np.float64], capacity: NDArray[np.float64], floor: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """Send everything to its cheapest refinery, if that fits."""
    if not cost.shape[1]:
        return None
    best = cost.argmin(axis=1)
    if not np.isfinite(cost[np.arange(len(best)), best]).all():
        return None
    load = np.bincount(best, tonnes, len(capacity)).astype(float)
    if (least_room(load) > capacity).any() or (load < floor).any():
        return None
    share = np.zeros(cost.shape)
    share[np.arange(len(best)), best] = tonnes
    return share


def _transport(
    cost: NDArray[np.float64], tonnes: NDArray[np.float64], capacity: NDArray[np.float64], floor: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """Solve the transportation problem with least tonnages exactly, by linear programming."""
    from scipy.optimize import linprog  # noqa: PLC0415 - heavy, and seldom asked

    row, column = np.nonzero(np.isfinite(cost))
    if not len(row):
        return None
    count = len(row)
    supply = coo_array((np.ones(count), (row, np.arange(count))), shape=(len(tonnes), count))
    room = coo_array((np.ones(count), (column, np.arange(count))), shape=(len(capacity), count))
    asked = floor > 0
    unit = max(float(tonnes.max()), 1e-12)
    price = max(float(np.abs(cost[row, column]).max()), 1e-12)
    answer = linprog(
        cost[row, column] / price,
        A_eq=supply.tocsr(),
        b_eq=tonnes / unit,
        A_ub=vstack([room.tocsr(), -room.tocsr()[asked]]),
        b_ub=np.concatenate([capacity, -floor[asked]]) / unit,
        method="highs-ds",
    )
    if answer.status != 0:
        return None
    share = np.zeros(cost.shape)
    share[row, column] = np.clip(answer.x, 0.0, None) * unit
    share *= (tonnes / share.sum(axis=1))[:, None]
    share[share < tonnes[:, None] * 1e-9] = 0.0
    scaled: NDArray[np.float64] = share * (tonnes / share.sum(axis=1))[:, None]
    return scaled
