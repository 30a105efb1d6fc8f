"""Doubt what a solver calls proven: recount its plan in fractions, and hold its claims against the plan.

A solver may be wrong, whoever made it: plans that do not fit, bounds above a plan that exists, models without a plan
that have one. What does not hold ends the run as a fault that names the solver and its version.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hubspoke.base.errors import WrongAnswerError
from hubspoke.engine.milp.solver import name_version
from hubspoke.engine.problem.limits import ROOM_TOLERANCE
from hubspoke.engine.solution.evaluate import rounding_of
from hubspoke.engine.solution.exact import exact_cost, find_fault

if TYPE_CHECKING:
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution

ROUNDINGS = 1_000
"""Roundings of all that a plan pays by which a claim may miss it: a millionth, what tolerances of solvers can shift."""

CURE = "try another version of it, or another solver"


def doubt_optimum(problem: Problem, plan: Solution, *, objective: float, bound: float, solver: str) -> None:
    """Recount a plan that a solver calls optimal.

    Parameters
    ----------
    problem : Problem
    plan : Solution
        The solver's, its sizes and flows made as cheap as they can be.
    objective, bound : float
        What the solver says of it.
    solver : str
        As in `run_model`.

    Raises
    ------
    WrongAnswerError
        The plan breaks a limit, costs more than the solver says, or less than it says that any plan can.
    """
    doubt_plan(problem, plan, solver=solver)
    cost, rounding = float(exact_cost(problem, plan)), rounding_of(problem, plan)
    doubt_claims(cost, rounding, objective=objective, bound=bound, solver=solver)


def doubt_plan(problem: Problem, plan: Solution, *, solver: str) -> None:
    """Recount what a plan of a solver keeps.

    Parameters
    ----------
    problem : Problem
    plan : Solution
    solver : str
        As in `run_model`.

    Raises
    ------
    WrongAnswerError
        It breaks a limit.
    """
    if (fault := find_fault(problem, plan)) is not None:
        told = name_version(solver)
        raise WrongAnswerError(f"{told} is wrong: it calls a plan optimal in which {fault}; {CURE}")


def doubt_claims(cost: float, rounding: float, *, objective: float, bound: float, solver: str) -> None:
    """Hold what a solver says of a plan against what it costs.

    Parameters
    ----------
    cost, rounding : float
        As recounted, and what double numbers lose of it.
    objective, bound : float
        What the solver says of it.
    solver : str
        As in `run_model`.

    Raises
    ------
    WrongAnswerError
        The plan costs more than the solver says, or less than it says that any plan can.
    """
    told, margin = name_version(solver), ROUNDINGS * rounding
    if cost > objective + margin:
        raise WrongAnswerError(f"{told} is wrong: its plan costs {cost:.10g}, not {objective:.10g} as it says; {CURE}")
    if bound > cost + margin:
        raise WrongAnswerError(f"{told} is wrong: it proves {bound:.10g}, and a plan costs {cost:.10g}; {CURE}")


def doubt_infeasible(problem: Problem, plan: Solution | None, *, solver: str) -> None:
    """Look whether there is a plan of a problem that a solver calls infeasible.

    Parameters
    ----------
    problem : Problem
    plan : Solution or None
        What a second look found. Where it keeps the limits by a hair only, that is no contradiction.
    solver : str
        As in `run_model`.

    Raises
    ------
    WrongAnswerError
        The plan keeps every limit.
    """
    if plan is not None and find_fault(problem, plan, Fraction(ROOM_TOLERANCE)) is None:
        told, cost = name_version(solver), float(exact_cost(problem, plan))
        raise WrongAnswerError(f"{told} is wrong: it finds no plan, and one costs {cost:.10g}; {CURE}")
