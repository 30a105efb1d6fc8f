"""A choice of plants with the answer of its sites: what it costs, who delivers where, and the cut that follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.benders.cuts import Cut
from hubspoke.engine.problem.choice import CLOSED
from hubspoke.engine.problem.shared_ground import most_saved

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.engine.assignment.assignment import Assigned, Assignment, Sinks
    from hubspoke.engine.problem.problem import Problem


NO_CUT = Cut(
    -np.inf, np.zeros((0, 0)), np.zeros((0, 0)), np.zeros(0, np.float32), np.zeros((0, 0), np.float32), np.zeros(0)
)
"""Stands where a cut is still to be made: of several pricings only the dearest gets one."""


@dataclass(frozen=True, eq=False)
class Evaluation:
    """A choice of sizes, whole or in parts, its cost when the sites follow, and the cut that it gives.

    `worth` (H, B) is the cost of a tonne of each grade of black mass at each hub. Where a point is not `exact`, cost
    and shares are those of groups of sites; where it is not `balanced`, the priced room of refineries is not what the
    sites ask for, and the cost is a lower bound.
    """

    hub: Floats
    refinery: Floats
    cost: float
    assigned: Assigned
    sinks: Sinks
    worth: Floats
    cut: Cut
    exact: bool = True
    balanced: bool = True


def opening_cost(problem: Problem, hub: Floats, refinery: Floats) -> float:
    """Return the fixed cost of parts of plants, less what they share."""
    cost = -most_saved(problem, hub, refinery)
    for part, steps in ((hub, problem.hubs), (refinery, problem.refineries)):
        chosen = part > CLOSED
        cost += float((steps.fixed[chosen] * part[chosen]).sum())
    return cost


def sent(assignment: Assignment, point: Evaluation) -> Floats:
    """Return the tonnes of each grade that leave each hub at a point, shape (H, B).

    The point is one of these sites, or of these groups of sites.

    Parameters
    ----------
    assignment : Assignment
    point : Evaluation
    """
    hub, share = point.sinks.hub, point.assigned.share
    total = np.zeros(assignment.grade_out.shape[1:])
    for grade in range(assignment.problem.n_grades):
        np.add.at(total[:, grade], hub, (share * assignment.grade_out[:, hub, grade]).sum(axis=0))
    return total
