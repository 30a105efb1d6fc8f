"""A plan beside other plans of the same task: how much they cost more or less, and what is proven of that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.analysis.decisions.alternatives.alternatives import plan_request
from hubspoke.analysis.decisions.robust.state import read_scenario
from hubspoke.base.status import Status
from hubspoke.base.stop import Stop
from hubspoke.engine.optimize import optimize
from hubspoke.settings.rules import resolve_policy

if TYPE_CHECKING:
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData
    from hubspoke.planning.years.read import YearTask

FINE = 1e-9
"""Relative gap to which plans are proven where small differences are asked for."""


@dataclass(frozen=True, eq=False)
class Difference:
    """What another plan costs more, yen per year.

    Attributes
    ----------
    jpy : float
        As found; NaN without a plan.
    least, most : float
        No less, and no more, by what is proven; infinite where nothing is.
    is_infeasible : bool
        Whether there is no other plan.
    """

    jpy: float
    least: float
    most: float
    is_infeasible: bool = False


@dataclass(frozen=True, eq=False)
class Standing:
    """The task of a plan, or of one region of it, and the best plan of that.

    Attributes
    ----------
    year : YearTask
    solution : Solution
        Planned anew, to `FINE` where that is possible in the time given.
    """

    year: YearTask
    solution: Solution

    def weigh(self, other: Solution) -> Difference:
        """Return what another plan costs more.

        Parameters
        ----------
        other : Solution
        """
        if other.status is Status.INFEASIBLE:
            return Difference(np.nan, np.inf, np.inf, is_infeasible=True)
        mine = self.solution
        return Difference(
            other.objective - mine.objective if other.has_plan else np.nan,
            other.bound - mine.objective,
            other.objective - mine.bound,
        )


def read_standing(plan: PlanData, network: Network, region: str | None, *, seconds: float) -> Standing:
    """Plan again what a plan is of, or one region of it where regions share nothing.

    Parameters
    ----------
    plan : PlanData
    network : Network
        That was planned.
    region : str, optional
    seconds : float
        Time limit.
    """
    request = plan_request(plan, FINE)
    if region is not None and stand_alone(plan):
        part = network.only((region,))
        there = set(part.hubs["id"]) | set(part.refineries["id"])
        request = replace(
            request,
            regions=(region,),
            opened=tuple(one for one in request.opened if one in there),
            closed=tuple(one for one in request.closed if one in there),
        )
    year = read_scenario(network, request)
    return Standing(year, solve_again(year.problem, seconds))


def solve_again(problem: Problem, seconds: float) -> Solution:
    """Return the best plan of a problem.

    Parameters
    ----------
    problem : Problem
    seconds : float
        Time limit.
    """
    return optimize(problem, gap=FINE, stop=Stop(seconds))


def stand_alone(plan: PlanData) -> bool:
    """Return whether the plan of each region is independent of the others.

    Parameters
    ----------
    plan : PlanData
    """
    rules = resolve_policy(plan.settings.policy)
    total = (rules.hubs_in_total, rules.refineries_in_total)
    return not rules.packs_cross_borders and not rules.black_mass_crosses_borders and total == ((0, None), (0, None))
