"""Solve all cases whole: the full model, given to a solver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.status import Status, is_proven
from hubspoke.engine.cases.fixed_plants import fix_plants
from hubspoke.engine.cases.model import build_cases_model
from hubspoke.engine.cases.recount import cost_of, rounding
from hubspoke.engine.cases.solution import CasesSolution, write_plan
from hubspoke.engine.cases.take_or_pay import divide
from hubspoke.engine.milp.doubt import doubt_claims, doubt_plan
from hubspoke.engine.milp.solve import read_assignment
from hubspoke.engine.milp.solver import run_model
from hubspoke.engine.solution.construct import construct_solution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.model import CasesHandles
    from hubspoke.engine.cases.network import Arc
    from hubspoke.engine.cases.solution import PlantPlan
    from hubspoke.engine.milp.rows import Variables
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution


def solve_whole(
    cases: Cases,
    *,
    solver: str = "highs",
    gap: float = 0.0,
    threads: int = 1,
    stop: Stop | None = None,
    strong: bool = True,
) -> CasesSolution:
    """Solve all cases by their full model.

    Parameters
    ----------
    cases : Cases
    solver : str
        As in `run_model`.
    gap : float
        Relative gap at which the solver may stop.
    threads : int
    stop : Stop, optional
    strong : bool
        Whether the model has the rows that make its relaxation strong.

    Raises
    ------
    WrongAnswerError
        What the solver calls proven does not hold.
    """
    model, handles = build_cases_model(cases, strong=strong)
    outcome = run_model(model, solver=solver, gap=gap, threads=threads, stop=stop)
    bound = outcome.bound * handles.unit
    if not np.isfinite(outcome.objective):
        return CasesSolution(outcome.status, np.inf, bound)
    hubs, refineries = (
        write_plan(cases.count, [_taken(plant) for plant in steps])
        for steps in (handles.hub_steps, handles.refinery_steps)
    )
    plans = _read_cases(cases, handles, hubs, refineries)
    if plans is None:
        return CasesSolution(Status.UNKNOWN, np.inf, bound)
    if outcome.status is Status.OPTIMAL:
        for problem, plan in zip(cases.problems, plans, strict=True):
            doubt_plan(problem, plan, solver=solver)
        cost, lost = cost_of(cases, plans, hubs, refineries), rounding(cases, plans, hubs, refineries)
        doubt_claims(cost, lost, objective=outcome.objective * handles.unit, bound=bound, solver=solver)
    return with_bound(cases, plans, hubs, refineries, bound=bound, gap=gap)


def with_bound(
    cases: Cases, plans: Sequence[Solution], hubs: PlantPlan, refineries: PlantPlan, *, bound: float, gap: float
) -> CasesSolution:
    """Return a plan with its cost counted from the arrays, and the status that follows from a bound.

    Parameters
    ----------
    cases : Cases
    plans : sequence of Solution
    hubs, refineries : PlantPlan
    bound : float
    gap : float
    """
    objective = cost_of(cases, plans, hubs, refineries)
    bound = min(bound, objective)
    if objective - bound <= rounding(cases, plans, hubs, refineries):
        bound = objective
    status = Status.OPTIMAL if is_proven(objective, bound, gap) else Status.FEASIBLE
    return CasesSolution(status, objective, bound, tuple(plans), hubs, refineries)


def _taken(steps: list[tuple[Arc, Any]]) -> list[Arc]:
    return [arc for arc, variable in steps if (variable.varValue or 0.0) > 0.5]


def _read_cases(cases: Cases, handles: CasesHandles, hubs: PlantPlan, refineries: PlantPlan) -> list[Solution] | None:
    """Read the plan of every case; None where rounding leaves one without."""
    plans = []
    first_site = 0
    for case, problem in enumerate(cases.problems):
        first_hub = case * problem.n_hubs
        lanes: Variables = {
            (i - first_site, h - first_hub): x
            for (i, h), x in handles.side_by_side.assign.items()
            if first_hub <= h < first_hub + problem.n_hubs
        }
        first_site += problem.n_sites
        site, hub, share = read_assignment(lanes, problem)
        plan = plan_case(cases, case, hubs.open_size[case], refineries.open_size[case], site, hub, share)
        if plan is None:
            return None
        plans.append(plan)
    return plans


def plan_case(  # noqa: PLR0917 - a plan has these five parts
    cases: Cases, case: int, hub_size: Ints, refinery_size: Ints, site: Ints, hub: Ints, share: Floats
) -> Solution | None:
    """Cost the plan of a case at given plants, flows as is cheapest with what refineries pay for in any case.

    Parameters
    ----------
    cases : Cases
    case : int
    hub_size, refinery_size, site, hub, share
        As for `plan_at`.
    """
    problem, dues = cases.problems[case], cases.take_or_pay
    if dues is None or problem.refinery_floor.any():
        return plan_at(problem, hub_size, refinery_size, site, hub, share)
    parts = divide(problem, dues.tonnes[case], dues.rate[case])
    plan = plan_at(parts.problem, hub_size, parts.sizes(refinery_size), site, hub, share)
    return None if plan is None else parts.join(plan, refinery_size)


def plan_at(  # noqa: PLR0917 - a plan has these five parts
    problem: Problem, hub_size: Ints, refinery_size: Ints, site: Ints, hub: Ints, share: Floats
) -> Solution | None:
    """Cost the plan of a case at given plants; None where the black mass does not fit.

    Parameters
    ----------
    problem : Problem
    hub_size, refinery_size : int arrays, shape (H,), (R,)
        -1 for closed.
    site, hub : int arrays, shape (N,)
        Who delivers where.
    share : float array, shape (N,)
    """
    fixed = fix_plants(problem, hub_size, refinery_size)
    return construct_solution(fixed, site, hub, share, hub_size, refinery_size, bound=-np.inf, gap=0.0)
