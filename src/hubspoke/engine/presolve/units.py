"""A unit of mass that suits the engine: masses near 1, whatever unit the problem is stated in.

Solvers and searches have absolute tolerances, about a millionth of what is counted. In kilograms or in thousands of
tonnes these are far too strict or far too loose, so that a plan is missed or room is overlooked. Units are powers of
two: nothing is rounded on the way there and back.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hubspoke.engine.problem.steps import Steps

if TYPE_CHECKING:
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution

SUITABLE = (2.0**-7, 2.0**17)
"""Least and most mean mass of a site that are left as they are: 8 kg and 131 kt where the unit is a tonne."""

MOST_IN_ALL = 2.0**21
"""Most mass of all sites that is left as it is: sums of more are rounded by more than solvers let rows be missed by."""

AIMED_AT = 2.0**6
"""Mean mass of a site, within a factor of two, where they are not."""


@dataclass(frozen=True, eq=False)
class OtherUnits:
    """A problem whose masses count in `unit` of the original's unit."""

    problem: Problem
    unit: float

    def expand(self, solution: Solution) -> Solution:
        """Return the same plan, with its prices, in the units of the original."""
        if self.unit == 1.0:
            return solution
        prices = dict(solution.certificate)
        if prices:
            prices["gate_price"] = prices["gate_price"] / self.unit
        return replace(solution, flow=solution.flow * self.unit, certificate=prices)


def suit_units(problem: Problem) -> OtherUnits:
    """State a problem in a unit of mass that suits the engine.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    OtherUnits
        The problem itself where the masses of its sites are suitable, or where nothing has a mass.
    """
    mass = problem.mass
    mean = float(mass[mass > 0].mean()) if (mass > 0).any() else 0.0
    if mean <= 0 or (SUITABLE[0] <= mean <= SUITABLE[1] and float(mass.sum()) <= MOST_IN_ALL):
        return OtherUnits(problem, 1.0)
    unit = 2.0 ** math.floor(math.log2(mean / AIMED_AT))

    def scale(steps: Steps) -> Steps:
        return Steps(steps.capacity / unit, steps.fixed, steps.variable * unit)

    return OtherUnits(
        problem.derive(
            supply=problem.supply / unit,
            hubs=scale(problem.hubs),
            transfer_cost=problem.transfer_cost * unit,
            refineries=scale(problem.refineries),
            hub_floor=problem.hub_floor / unit,
            refinery_floor=problem.refinery_floor / unit,
        ),
        unit,
    )
