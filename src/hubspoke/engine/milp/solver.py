"""Run a PuLP model and read what the solver really proved.

PuLP calls a run that stopped at its time limit "Optimal"; status, bound and gap are therefore read from the solver.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import SolverUnavailableError, UsageError
from hubspoke.base.status import Status, is_proven

if TYPE_CHECKING:
    import pulp

    from hubspoke.base.stop import Stop

SOLVERS = {
    "highs": "HiGHS",
    "cbc": "COIN_CMD",
    "scip": "SCIP_PY",
    "gurobi": "GUROBI",
    "cplex": "CPLEX_PY",
}
"""Names on the command line and the names PuLP knows the solvers by."""

PACKAGES = {"HiGHS": "highspy", "SCIP_PY": "pyscipopt", "GUROBI": "gurobipy", "CPLEX_PY": "cplex"}
"""Packages that bring solvers along; others, such as CBC, come with PuLP."""

WHOLE, FITS = 1e-7, 1e-9
"""How far HiGHS may be from whole numbers and beyond rows. At 2e-8 and below for whole numbers HiGHS 1.16, at 1e-9
1.15 too, now and then calls a plan optimal that is not; its own 1e-6 lets a closed plant take a share that tells."""

SCIP_INFINITY = 1e20
AT_LIMIT = 0.1
"""Share of the time limit that may be left where a solver has stopped at it. CBC, stopped within its first linear
program, calls a model infeasible that is not, so that no such word is believed from then on."""


@dataclass(frozen=True)
class Outcome:
    """What a solver run proved: status, cost of its plan (infinite without one) and lower bound."""

    status: Status
    objective: float
    bound: float


def available_solvers() -> dict[str, bool]:
    """Return which solvers can be used here, by their name on the command line."""
    return {name: bool(_make_solver(pulp_name).available()) for name, pulp_name in SOLVERS.items()}


def name_version(solver: str) -> str:
    """Return a solver with its version, or with that of PuLP where it comes with it.

    Parameters
    ----------
    solver : str
        As in `run_model`.
    """
    package = PACKAGES.get(SOLVERS.get(solver, solver), "pulp")
    try:
        number = version(package)
    except PackageNotFoundError:
        return f"{solver}, version unknown"
    return f"{solver} {number}" if package != "pulp" else f"{solver} of PuLP {number}"


def run_model(
    model: pulp.LpProblem,
    *,
    solver: str = "highs",
    gap: float = 0.0,
    threads: int = 1,
    stop: Stop | None = None,
    nodes: int | None = None,
    cutoff: float | None = None,
    presolve: bool = True,
) -> Outcome:
    """Solve a PuLP model; the values stay in its variables.

    Parameters
    ----------
    model : pulp.LpProblem
    solver : str
        `highs`, `cbc`, `scip`, `gurobi`, `cplex`, or a name PuLP knows.
    gap : float
        Relative gap at which the solver may stop.
    threads : int
    stop : Stop, optional
        Its seconds left are the time limit; HiGHS also obeys it while it runs.
    nodes : int, optional
        Most nodes of the search; HiGHS only.
    cutoff : float, optional
        Cost above which no plan is wanted; HiGHS only. The bound is then at most this, and a dearer plan that was found
        on the way is given nevertheless.
    presolve : bool
        Whether the model may be reduced first; HiGHS only.

    Raises
    ------
    SolverUnavailableError
        When the solver is not installed.
    """
    import pulp  # noqa: PLC0415

    name = SOLVERS.get(solver, solver)
    if name not in pulp.listSolvers():
        raise UsageError(f"unknown solver {solver!r}; choose one of {', '.join(sorted(SOLVERS))}")
    time_limit = None if stop is None else stop.time_limit
    options: dict[str, Any] = {"msg": False, "gapRel": gap, "timeLimit": time_limit, "threads": threads}
    if name == "HiGHS":
        options |= {
            "parallel": "off" if threads == 1 else "on",
            "gapAbs": 0.0,
            "mip_feasibility_tolerance": WHOLE,
            "primal_feasibility_tolerance": FITS,
        }
        options |= {} if presolve else {"presolve": "off"}
        options |= {} if nodes is None else {"mip_max_nodes": nodes}
        options |= {} if cutoff is None else {"objective_bound": cutoff}
        options |= {} if stop is None else _listen(stop)
    engine = _make_solver(name, **options)
    if not engine.available():
        raise SolverUnavailableError(f"solver {solver!r} is not installed here; try --solver highs")
    if not model.variables():
        return _run_empty(model)
    model.solve(engine)
    if name != "HiGHS":
        at_limit = stop is not None and time_limit is not None and stop.seconds_left <= AT_LIMIT * time_limit
        return _read_other(model, gap, at_limit=at_limit)
    outcome = _read_highs(model, gap)
    return outcome if cutoff is None else _above_cutoff(outcome, cutoff, gap)


def _above_cutoff(outcome: Outcome, cutoff: float, gap: float) -> Outcome:
    """Return what a run with a cutoff proved: nothing about plans above it, so not that there are none."""
    bound = min(outcome.bound, cutoff)
    return Outcome(_status(outcome.objective, bound, gap), outcome.objective, bound)


def _make_solver(name: str, **options: Any) -> Any:
    """Make a solver that PuLP knows; HiGHS with a quicker way in, CBC also as the program that PuLP 3 brings along."""
    import pulp  # noqa: PLC0415

    options.setdefault("msg", False)
    if name == "HiGHS":
        from hubspoke.engine.milp.highs import usable_threads  # noqa: PLC0415 - loads HiGHS
        from hubspoke.engine.milp.matrix_highs import MatrixHiGHS  # noqa: PLC0415 - as above

        options["threads"] = usable_threads(options.get("threads", 1))
        return MatrixHiGHS(**options)
    found = pulp.getSolver(name, **options)
    bundled = getattr(pulp.apis, "PULP_CBC_CMD", None)
    if name == "COIN_CMD" and bundled is not None and not found.available():
        return pulp.getSolver(name, **options, path=bundled.pulp_cbc_path)
    return found


def _listen(stop: Stop) -> dict[str, Any]:
    """Return the options by which HiGHS asks, some hundred times a minute, whether it should stop."""
    import highspy  # noqa: PLC0415

    def answer(_kind: Any, _message: str, _out: Any, reply: Any, _data: Any) -> None:
        if stop.asked:
            reply.user_interrupt = True

    kinds = highspy.cb.HighsCallbackType
    heard = [kinds.kCallbackMipInterrupt, kinds.kCallbackSimplexInterrupt, kinds.kCallbackIpmInterrupt]
    return {"callbackTuple": (answer, None), "callbacksToActivate": heard}


def _run_empty(model: pulp.LpProblem) -> Outcome:
    """Judge a model without variables: every row must hold at zero."""
    constant = float(model.objective.constant or 0.0)
    holds = all(row.valid(1e-9) for row in model.constraints())
    return Outcome(Status.OPTIMAL, constant, constant) if holds else Outcome(Status.INFEASIBLE, math.inf, math.inf)


def _read_highs(model: pulp.LpProblem, gap: float) -> Outcome:
    highs = model.solverModel
    word = highs.modelStatusToString(highs.getModelStatus())
    info = highs.getInfo()
    if word in {"Infeasible", "Primal infeasible or unbounded"}:
        return Outcome(Status.INFEASIBLE, math.inf, math.inf)
    has_plan = info.primal_solution_status == 2  # kSolutionStatusFeasible
    is_mip = any(variable.cat != "Continuous" for variable in model.variables())
    bound = info.mip_dual_bound if is_mip else (info.objective_function_value if word == "Optimal" else -math.inf)
    objective = info.objective_function_value if has_plan else math.inf
    if word == "Optimal" and not is_mip:
        bound = objective
    return Outcome(_status(objective, bound, gap), objective, bound)


def _read_other(model: pulp.LpProblem, gap: float, *, at_limit: bool) -> Outcome:
    """Read what others proved; only SCIP tells PuLP a bound, without one there is a bound at optimality only."""
    import pulp  # noqa: PLC0415

    proven = getattr(model.solverModel, "getDualbound", None)
    bound = -math.inf if proven is None else float(proven())
    bound = -math.inf if abs(bound) >= SCIP_INFINITY else bound
    if model.status == pulp.LpStatusInfeasible:
        unknown = Outcome(Status.UNKNOWN, math.inf, -math.inf)
        return unknown if at_limit else Outcome(Status.INFEASIBLE, math.inf, math.inf)
    if model.sol_status == pulp.LpSolutionOptimal:
        objective = float(pulp.value(model.objective))
        return Outcome(Status.OPTIMAL, objective, max(objective - gap * abs(objective), min(bound, objective)))
    if model.sol_status == pulp.LpSolutionIntegerFeasible:
        objective = float(pulp.value(model.objective))
        return Outcome(_status(objective, bound, gap), objective, bound)
    return Outcome(Status.UNKNOWN, math.inf, bound)


def _status(objective: float, bound: float, gap: float) -> Status:
    if not math.isfinite(objective):
        return Status.UNKNOWN
    return Status.OPTIMAL if is_proven(objective, bound, gap) else Status.FEASIBLE
