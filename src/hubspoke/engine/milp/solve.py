"""Solve a problem whole: one strong MILP in PuLP, given to a solver."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status
from hubspoke.engine.milp.doubt import doubt_infeasible, doubt_optimum
from hubspoke.engine.milp.model import build_model
from hubspoke.engine.milp.relaxation import price_relaxed
from hubspoke.engine.milp.solver import run_model
from hubspoke.engine.parameters import DEFAULTS
from hubspoke.engine.presolve.units import suit_units
from hubspoke.engine.problem.steps import Steps
from hubspoke.engine.solution.construct import construct_solution, no_solution

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.stop import Stop
    from hubspoke.engine.milp.handles import Handles
    from hubspoke.engine.milp.rows import Variables
    from hubspoke.engine.parameters import FullModel
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution


NEGLIGIBLE_SHARE = 2e-7
"""Shares below this are the solver's rounding and are handed back to the site's other hubs."""

SECOND_LOOK = 200
"""Nodes in which a model that was called infeasible is looked at again, as it stands."""


def solve_directly(
    problem: Problem,
    *,
    solver: str = "highs",
    gap: float = 0.0,
    threads: int = 1,
    stop: Stop | None = None,
    strong: bool = True,
    cutoff: float = math.inf,
    nodes: int | None = None,
    parameters: FullModel = DEFAULTS.full_model,
) -> Solution:
    """Solve a problem by its full strong model, or by the plain one.

    Costs are scaled before they reach the solver, so that its absolute tolerances mean the same for every problem.

    Parameters
    ----------
    problem : Problem
    solver : str
        As in `run_model`.
    gap : float
        Relative gap at which the solver may stop.
    threads : int
    stop : Stop, optional
        When to end; building the model takes of its time.
    strong : bool
        Whether the model has the rows that make its relaxation strong.
    cutoff : float
        Only plans that cost no more are looked for, by HiGHS; the bound is then at most the cutoff.
    nodes : int, optional
        Most nodes of the search, by HiGHS.
    parameters : FullModel

    Returns
    -------
    Solution
        With a certificate where the problem is small, proven, and without a cutoff.

    Raises
    ------
    WrongAnswerError
        What the solver called proven does not hold; looked at where there is no cutoff.
    """
    suited = suit_units(problem)
    if suited.problem is not problem:
        answer = solve_directly(
            suited.problem,
            solver=solver,
            gap=gap,
            threads=threads,
            stop=stop,
            strong=strong,
            cutoff=cutoff,
            nodes=nodes,
            parameters=parameters,
        )
        return suited.expand(answer)
    unit = cost_unit(problem)
    model, handles = build_model(scale_costs(problem, 1 / unit), strong=strong)
    limit = None if math.isinf(cutoff) else cutoff / unit
    outcome = run_model(model, solver=solver, gap=gap, threads=threads, stop=stop, nodes=nodes, cutoff=limit)
    bound = min(outcome.bound * unit, cutoff)
    answer = no_solution(problem, outcome.status, bound)
    if np.isfinite(outcome.objective):
        plan = _read_plan(handles, problem, bound, gap)
        if limit is None and outcome.status is Status.OPTIMAL and plan is not None:
            claims = {"objective": outcome.objective * unit, "bound": outcome.bound * unit}
            doubt_optimum(problem, plan, **claims, solver=solver)
        answer = plan if plan is not None else no_solution(problem, Status.UNKNOWN, bound)
    small = len(handles.assign) <= parameters.priced_lanes
    if small and limit is None and outcome.status is Status.INFEASIBLE:
        again = run_model(model, stop=stop, nodes=SECOND_LOOK, presolve=False)
        found = _read_plan(handles, problem, -math.inf, gap) if np.isfinite(again.objective) else None
        doubt_infeasible(problem, found, solver=solver)
    if outcome.status is Status.OPTIMAL and limit is None and small:
        plain = build_model(scale_costs(problem, 1 / unit), strong=strong, grouped=False)[0]
        return replace(answer, certificate=price_relaxed(plain, problem, unit))
    return answer


def cost_unit(problem: Problem) -> float:
    """Return a cost that is large for this problem: one thousandth of the sum of cheapest lanes and sizes.

    Parameters
    ----------
    problem : Problem
    """
    lanes = np.where(np.isfinite(problem.collection_cost), np.abs(problem.collection_cost), np.inf)
    best = lanes.min(axis=1, initial=np.inf)
    total = float(best[np.isfinite(best)].sum())
    for steps in (problem.hubs, problem.refineries):
        total += float(np.abs(steps.fixed[steps.exists]).max(initial=0.0))
    return max(total / 1000, 1e-6)


def scale_costs(problem: Problem, factor: float) -> Problem:
    """Multiply every cost of a problem.

    Parameters
    ----------
    problem : Problem
    factor : float
        Above 0.
    """

    def scale(steps: Steps) -> Steps:
        return Steps(steps.capacity, steps.fixed * factor, steps.variable * factor)

    return problem.derive(
        collection_cost=problem.collection_cost * factor,
        hubs=scale(problem.hubs),
        transfer_cost=problem.transfer_cost * factor,
        refineries=scale(problem.refineries),
        skip_cost=problem.skip_cost * factor,
        shared_saving=problem.shared_saving * factor,
    )


def read_assignment(
    variables: Variables, problem: Problem
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return sites, hubs and shares from the variables of lanes by (site, hub), rounding of the solver taken out.

    Parameters
    ----------
    variables : dict
        Variable of every lane.
    problem : Problem
    """
    keys = np.array(list(variables), np.int64).reshape(-1, 2)
    value = np.array([variable.varValue or 0.0 for variable in variables.values()])
    kept = value > (0.5 if problem.single_sourcing else NEGLIGIBLE_SHARE)
    site, hub, share = keys[kept, 0], keys[kept, 1], value[kept]
    if problem.single_sourcing:
        return site, hub, np.ones(len(site))
    served = np.bincount(site, share, problem.n_sites)
    whole = ~np.isfinite(problem.skip_cost) | (served > 1 - NEGLIGIBLE_SHARE)
    return site, hub, np.where(whole[site], share / served[site], share)


def _read_plan(handles: Handles, problem: Problem, bound: float, gap: float) -> Solution | None:
    """Make a plan of what the variables hold; None where that is none."""
    site, hub, share = read_assignment(handles.assign, problem)
    size = _read_sizes(handles.hub_size, problem.n_hubs)
    refinery_size = _read_sizes(handles.refinery_size, problem.n_refineries)
    return construct_solution(problem, site, hub, share, size, refinery_size, bound=bound, gap=gap)


def _read_sizes(variables: Variables, plants: int) -> NDArray[np.int64]:
    size = np.full(plants, -1, np.int64)
    for (j, k), variable in variables.items():
        if (variable.varValue or 0.0) > 0.5:
            size[j] = k
    return size
