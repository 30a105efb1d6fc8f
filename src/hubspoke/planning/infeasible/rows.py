"""Which sites, plants and limits a conflict is about: a smallest set of rows of the model, by SCIP, held by HiGHS.

SCIP 10 finds irreducible infeasible subsystems of models with whole numbers. What it names is believed only where the
model of these rows alone has no plan by HiGHS, either.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.errors import UsageError
from hubspoke.engine.milp.model import build_model
from hubspoke.engine.presolve.components import extract

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulp

    from hubspoke.base.arrays import Ints
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.inputs.network import Network

LAST_LANES = 60_000
"""Lanes up to which the model is given to SCIP."""


@dataclass(frozen=True)
class RowsInConflict:
    """Rows of the model that no plan obeys together.

    Attributes
    ----------
    sites, plants : tuple of str
        Sites that must be served, and plants whose room, size or state counts.
    regions : tuple of str
        Those whose limits on numbers of plants count.
    in_total : bool
        Whether a limit on the number of plants in total counts.
    is_irreducible : bool
        Whether each of them is needed, by SCIP.
    """

    sites: tuple[str, ...]
    plants: tuple[str, ...]
    regions: tuple[str, ...]
    in_total: bool
    is_irreducible: bool


def check_scip() -> Any:
    """Return pyscipopt where it can find such rows.

    Raises
    ------
    UsageError
        It is not installed, or too old.
    """
    try:
        scip: Any = importlib.import_module("pyscipopt")  # an optional extra, untyped
    except ImportError as error:
        raise UsageError("--rows needs SCIP: pip install 'hubspoke[scip]'") from error
    if not hasattr(scip.Model, "generateIIS"):
        raise UsageError("--rows needs pyscipopt 6 or later: pip install -U 'hubspoke[scip]'")
    return scip


def find_rows(
    network: Network, problem: Problem, regions: Sequence[str] = (), *, seconds: float = 20.0
) -> RowsInConflict | None:
    """Find a smallest set of rows that has no plan; None where that is not found, or not confirmed, in time.

    Parameters
    ----------
    network : Network
    problem : Problem
        Of the network, without a plan, in which nothing costs anything.
    regions : sequence of str
        Those whose sites have no plan by themselves; sites of others are left out where some are given.
    seconds : float
        For SCIP, and for HiGHS.

    Raises
    ------
    UsageError
        SCIP is not installed.
    """
    check_scip()
    sites = np.arange(problem.n_sites)
    if regions:
        sites = np.flatnonzero(network.sites["region"].isin(list(regions)).to_numpy(bool))
    part = extract(problem, sites, np.arange(problem.n_hubs), np.arange(problem.n_refineries)).problem
    if int(np.isfinite(part.collection_cost).sum()) > LAST_LANES:
        return None
    model, _ = build_model(part, strong=False)
    found = _ask_scip(model, seconds)
    if found is None or not _has_no_plan(model, found[0], seconds):
        return None
    return _name_rows(network, sites, part, found[0], is_irreducible=found[1])


def _ask_scip(model: pulp.LpProblem, seconds: float) -> tuple[frozenset[str], bool] | None:
    """Return the names of rows that SCIP finds in conflict, and whether it needs each of them."""
    import pulp  # noqa: PLC0415 - takes time

    solver = pulp.getSolver("SCIP_PY", msg=False, timeLimit=seconds)
    solver.buildSolverModel(model)
    scip: Any = model.solverModel
    scip.hideOutput()
    scip.setParam("iis/time", seconds)
    scip.optimize()
    if scip.getStatus() != "infeasible":
        return None
    told = scip.generateIIS()
    if not told.isSubscipInfeasible():
        return None
    return frozenset(row.name for row in told.getSubscip().getConss()), bool(told.isSubscipIrreducible())


def _has_no_plan(model: pulp.LpProblem, kept: frozenset[str], seconds: float) -> bool:
    """Return whether some rows of a model alone have no plan by HiGHS."""
    import highspy  # noqa: PLC0415 - loads HiGHS

    from hubspoke.engine.milp.highs import make_highs  # noqa: PLC0415 - as above
    from hubspoke.engine.milp.matrix_highs import pass_model  # noqa: PLC0415 - as above

    highs: Any = make_highs(time_limit=seconds)
    pass_model(highs, model, mip=True)
    for at, row in enumerate(model.constraints()):
        if row.name not in kept:
            highs.changeRowBounds(at, -highspy.kHighsInf, highspy.kHighsInf)
    highs.run()
    return bool(highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible)


def _name_rows(
    network: Network, sites: Ints, problem: Problem, rows: frozenset[str], *, is_irreducible: bool
) -> RowsInConflict:
    """Return what rows are about, by the numbers in their names."""
    tables = {"hub": network.hubs, "refinery": network.refineries}
    counts = {"hub": problem.hub_counts, "refinery": problem.refinery_counts}
    found: dict[str, set[str]] = {"site": set(), "plant": set(), "region": set(), "total": set()}
    for row in rows:
        kind, *rest = row.split("_")
        numbers = [int(word) for word in rest if word.isdigit()]
        if kind == "serve":
            found["site"].add(str(network.sites["id"].iloc[int(sites[numbers[0]])]))
        elif kind in tables and "total" in rest:
            found["total"].add(kind)
        elif kind in tables and "count" in rest:
            members = np.flatnonzero(counts[kind].group == numbers[0])
            found["region"] |= {str(tables[kind]["region"].iloc[at]) for at in members if at < len(tables[kind])}
        elif kind in tables and numbers[0] < len(tables[kind]):
            found["plant"].add(str(tables[kind]["id"].iloc[numbers[0]]))
    told = {name: tuple(sorted(ids)) for name, ids in found.items()}
    return RowsInConflict(
        told["site"], told["plant"], told["region"], in_total=bool(told["total"]), is_irreducible=is_irreducible
    )
