"""Black mass of given hubs to given refineries at least cost, and what a tonne of each refinery's room is worth.

A compiled transportation problem for the inside of the search, which asks often and wants prices. The flows of a
finished plan come from `solution/flows.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hubspoke.engine.assignment.transportation import transport
from hubspoke.engine.problem.choice import CLOSED

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.engine.problem.problem import Problem


FLOWS = 5_000
"""Most shifts of black mass between refineries."""


class FlowCost(NamedTuple):
    """Cost of fixed sizes and flows, infinite where they do not fit, and the price of room, shape (R,)."""

    cost: float
    price: Floats


def cost_flows(problem: Problem, refinery: Floats, tonnes: Floats) -> FlowCost:
    """Send what leaves the hubs to the open refineries at least cost, within their room.

    Parameters
    ----------
    problem : Problem
    refinery : (R, L)
        Part to which each size is open.
    tonnes : (H, B)
        Of each grade at each hub.
    """
    steps, price = problem.refineries, np.zeros(problem.n_refineries)
    plant, size = np.nonzero(refinery > CLOSED)
    part = refinery[plant, size]
    fixed = float((steps.fixed[plant, size] * part).sum())
    hub, grade = np.nonzero(tonnes > 0)
    if not len(hub):
        return FlowCost(fixed, price)
    mass = tonnes[hub, grade]
    lanes = problem.transfer_cost[hub[:, None], plant[None, :], grade[:, None]] + steps.variable[plant, size][None, :]
    if not len(plant) or not np.isfinite(lanes.min(axis=1)).all():
        return FlowCost(float("inf"), price)
    room = steps.capacity[plant, size] * part
    target = lanes.argmin(axis=1)
    if (np.bincount(target, mass, len(plant)) <= room * (1 + 1e-9)).all():
        return FlowCost(fixed + float((lanes.min(axis=1) * mass).sum()), price)
    asked, share, none = np.zeros(len(plant)), np.zeros(lanes.shape), np.zeros(len(plant))
    whole = np.ascontiguousarray(lanes * mass[:, None])
    cost = transport(whole, mass, room, none, none, np.ones(len(plant)), asked, share, FLOWS)
    np.maximum.at(price, plant, asked)
    return FlowCost(fixed + float(cost), price)
