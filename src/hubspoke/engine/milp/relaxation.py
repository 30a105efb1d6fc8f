"""Prices for the certificate of a part that went to a solver whole: the duals of its relaxation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pulp

from hubspoke.engine.milp.highs import serial_options
from hubspoke.engine.milp.matrix_highs import MatrixHiGHS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.engine.problem.problem import Problem


def price_relaxed(model: pulp.LpProblem, problem: Problem, unit: float) -> dict[str, NDArray[np.float64]]:
    """Solve the relaxation of a part's model, and read the prices of sites and of black mass off its rows.

    Parameters
    ----------
    model : pulp.LpProblem
        As `build_model` makes it, with costs divided by `unit`; its variables are left without integrality.
    problem : Problem
    unit : float

    Returns
    -------
    dict
        What `certificate.check_bound` wants; empty when the relaxation has no solution.
    """
    variables = model.variables()
    if not variables:
        return {
            "site_price": np.zeros(problem.n_sites),
            "gate_price": np.zeros((problem.n_hubs, problem.n_grades)),
            "ground_price": np.zeros(problem.n_hubs),
        }
    for variable in variables:
        variable.cat = pulp.LpContinuous
    model.solve(MatrixHiGHS(msg=False, mip=False, **serial_options()))
    if model.status != pulp.LpStatusOptimal:
        return {}
    duals = model.solverModel.getSolution().row_dual
    dual = {row.name: float(value) * unit for row, value in zip(model.constraints(), duals, strict=True)}
    site = np.array([dual.get(f"serve_{i}", 0.0) for i in range(problem.n_sites)])
    gate: Any = np.zeros((problem.n_hubs, problem.n_grades))
    for h, b in np.ndindex(gate.shape):
        gate[h, b] = -dual.get(f"balance_{h}_{b}", 0.0)
    ground = np.array([-dual.get(f"ground_{h}", 0.0) for h in range(problem.n_hubs)])
    return {"site_price": site, "gate_price": gate, "ground_price": ground}
