"""Solve a request: from network to audited plan, step by step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.audit.audit import audit_plan
from hubspoke.base.atomic_write import replaced_file
from hubspoke.base.errors import InfeasibleError, NoPlanFoundError, UsageError
from hubspoke.base.status import Status
from hubspoke.costs.costs import build_costs
from hubspoke.engine.milp.model import build_model
from hubspoke.engine.optimize import optimize
from hubspoke.planning.by_technology import optimize_copies
from hubspoke.planning.clock import Clock
from hubspoke.planning.formulation.copies import copy_refineries, needs_copies
from hubspoke.planning.formulation.formulate import formulate, let_idle_stay
from hubspoke.planning.infeasible.conflict import find_conflicts
from hubspoke.planning.infeasible.conflict_words import tell_conflicts
from hubspoke.planning.infeasible.explain import explain_infeasible, explain_overseas, find_shortages
from hubspoke.planning.infeasible.rest import names_no_place
from hubspoke.planning.make_plan import make_plan, tabulate_plan
from hubspoke.planning.recycled_content.asked import read_asked
from hubspoke.planning.recycled_content.search import solve_with_content
from hubspoke.planning.request import name_by_ids, read_task
from hubspoke.words.language import LANGUAGES
from hubspoke.words.messages import translate

if TYPE_CHECKING:
    from hubspoke.costs.costs import Costs
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.inputs.network import Network
    from hubspoke.lanes.lanes import Lanes
    from hubspoke.plan.plan import PlanData
    from hubspoke.planning.formulation.formulate import Formulation
    from hubspoke.planning.request import Request, Task


CONFLICT_S = 5.0
"""Time limit, in seconds, of each proof on the way to rules in conflict."""
NO_MODEL = (
    "--write-mps: at most profit, or where CO2 of ores counts, "
    "refineries whose technologies recover other shares of the metals are planned by a "
    "search over several models; write that of least cost, or give each refinery one technology of the usual recoveries"
)


def solve_request(network: Network, request: Request) -> PlanData:
    """Plan a network: check the request, build the problem, solve it, tabulate the answer, audit it.

    Parameters
    ----------
    network : Network
    request : Request

    Returns
    -------
    PlanData
        Audited; its status says whether the gap was reached.

    Raises
    ------
    UsageError
        Unknown policy, objective, year, region, plant or solver, or a request that contradicts itself or the settings.
    InfeasibleError
        No plan exists; the message says why.
    NoPlanFoundError
        The time limit came before any plan.
    SolverUnavailableError
        The solver asked for is not installed.
    AuditError
        The plan fails its audit: a fault of the program.
    """
    clock = Clock(request.progress)
    request = name_by_ids(network, request)
    task = read_task(network, request)
    lanes = request.lanes(task.network, task.year)
    clock.stop("lanes")
    costs = build_costs(task.network, lanes, task.year)
    form = formulate(task.network, lanes, costs, task.rules, opened=task.opened, closed=task.closed)
    clock.stop("costs")
    by_technology = needs_copies(task.network, costs, task.rules)
    if request.write_mps is not None:
        if by_technology:
            raise UsageError(NO_MODEL)
        _write_mps(form.problem, Path(request.write_mps))
    _refuse_shortages(task, form, lanes, costs)
    clock.restart()
    if by_technology:
        copies = copy_refineries(task.network, costs, task.rules, form, task.closed)
        forced = np.flatnonzero(task.network.refineries["id"].isin(list(task.opened)))
        solution = optimize_copies(copies, forced.tolist(), len(task.network.refineries), request, task.gap)
    else:
        solution = _optimize(form, task, request)
        if task.rules.content_duty and solution.has_plan:
            copies = copy_refineries(task.network, costs, task.rules, form, task.closed)
            solution = solve_with_content(read_asked(task, costs, form), solution, copies, request, task.gap)
        if solution.status is Status.INFEASIBLE and (idle := let_idle_stay(form)) is not form:
            form = idle
            solution = _optimize(form, task, request)
    clock.stop("solve")
    _refuse_no_plan(task, request, form, solution, lanes, costs)
    rating = request.parameters if request.rated else None
    tables = tabulate_plan(task, form, solution, lanes, costs, parameters=rating)
    plan = make_plan(task, request, solution=solution, tables=tables, costs=costs)
    clock.stop("tables")
    audit_plan(plan, task.network, costs=costs)
    clock.stop("audit")
    return replace(plan, run={"seconds": clock.seconds, "engine": request.parameters.to_dict()})


def _optimize(form: Formulation, task: Task, request: Request) -> Solution:
    return optimize(
        form.problem,
        gap=task.gap,
        time_limit=request.time_limit,
        solver=request.solver,
        seed=request.seed,
        stop=request.stop,
        parameters=request.parameters,
    )


def _refuse_shortages(task: Task, form: Formulation, lanes: Lanes, costs: Costs) -> None:
    """Raise InfeasibleError where plain sums show that there is no plan."""
    scale = costs.refining_scale
    if shortages := find_shortages(task.network, form.domestic, task.rules, refining_scale=scale, lanes=lanes):
        raise InfeasibleError("\n".join(shortages))


def _describe_no_plan(request: Request) -> str:
    if request.time_limit is not None:
        return "the time limit came before any plan was found; allow more time or a wider gap"
    other = "highs" if request.solver == "auto" else "auto"
    return f"the search ended without a plan, and without a proof that there is none; try --solver {other}"


def _refuse_no_plan(  # noqa: PLR0917 - each step of a solve passes on what it made
    task: Task, request: Request, form: Formulation, solution: Solution, lanes: Lanes, costs: Costs
) -> None:
    """Raise InfeasibleError or NoPlanFoundError where the engine found no plan."""
    if solution.status is Status.INFEASIBLE:
        if len(task.network.overseas) and optimize(form.domestic, gap=1.0).has_plan:
            raise InfeasibleError(explain_overseas(task.network))
        scale = costs.refining_scale
        told = explain_infeasible(task.network, form.domestic, task.rules, refining_scale=scale, lanes=lanes)
        if names_no_place(told):
            conflicts = find_conflicts(task, lanes, costs, seconds=CONFLICT_S)
            english, japanese = (tell_conflicts(conflicts, task.network, lang) for lang in LANGUAGES)
            raise InfeasibleError("\n".join([told, *english]), "\n".join([translate(told, "ja"), *japanese]))
        raise InfeasibleError(told)
    if not solution.has_plan:
        raise NoPlanFoundError(_describe_no_plan(request))


def _write_mps(problem: Problem, file: Path) -> None:
    """Write the model, whole or not at all."""
    with replaced_file(file, cure="choose another --write-mps file") as part:
        build_model(problem)[0].writeMPS(str(part))
