"""HiGHS for PuLP models, handed the whole matrix at once: row by row takes ten times as long and more."""

from __future__ import annotations

from itertools import chain
from typing import Any

import highspy
import numpy as np
import pulp

from hubspoke.engine.milp.highs import hush


class MatrixHiGHS:
    """What `lp.solve` takes: PuLP's HiGHS with another way in and out; `lp.solverModel` holds the run as it does there.

    Parameters
    ----------
    **options
        As PuLP's HiGHS takes them.
    """

    def __init__(self, **options: Any) -> None:
        self._solver = pulp.HiGHS(**options)

    def available(self) -> bool:
        """Return whether HiGHS is installed."""
        return bool(self._solver.available())

    def actualSolve(self, lp: pulp.LpProblem) -> int:  # noqa: N802 - PuLP's name
        """Solve a model and leave the values in its variables."""
        hush()
        self._solver.createAndConfigureSolver(lp)
        variables = lp.variables()
        pass_model(lp.solverModel, lp, mip=self._solver.mip)
        self._solver.callSolver(lp)
        for variable, value in zip(variables, lp.solverModel.getSolution().col_value, strict=False):
            variable.varValue = value
        solved = lp.solverModel.getModelStatus() == highspy.HighsModelStatus.kOptimal
        lp.assignStatus(pulp.LpStatusOptimal if solved else pulp.LpStatusNotSolved)
        return int(lp.status)


def pass_model(highs: highspy.Highs, lp: pulp.LpProblem, *, mip: bool) -> None:
    """Hand over costs, bounds, rows and integrality as arrays; columns are in the order of `lp.variables()`.

    Parameters
    ----------
    highs : highspy.Highs
    lp : pulp.LpProblem
    mip : bool
        Whether integer columns are to be so.
    """
    variables = lp.variables()
    column = {variable.name: j for j, variable in enumerate(variables)}
    cost = np.zeros(len(variables))
    for variable, value in lp.objective.items():
        cost[column[variable.name]] = value
    rows = lp.constraints()
    terms = [list(row.items()) for row in rows]
    start = np.zeros(len(rows) + 1, np.int32)
    np.cumsum([len(row) for row in terms], out=start[1:])
    index = np.fromiter((column[variable.name] for variable, _ in chain.from_iterable(terms)), np.int32, start[-1])
    value = np.fromiter((value for _, value in chain.from_iterable(terms)), float, start[-1])
    integer = [variable.cat == pulp.LpInteger for variable in variables]
    no_index, no_value = np.empty(0, np.int32), np.empty(0)
    highs.passModel(
        len(variables),
        len(rows),
        len(index),
        0,
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.HessianFormat.kTriangular),
        int(highspy.ObjSense.kMinimize if lp.sense == pulp.LpMinimize else highspy.ObjSense.kMaximize),
        0.0,
        cost,
        _bounds((variable.lowBound for variable in variables), -highspy.kHighsInf, len(variables)),
        _bounds((variable.upBound for variable in variables), highspy.kHighsInf, len(variables)),
        _bounds((row.getLb() for row in rows), -highspy.kHighsInf, len(rows)),
        _bounds((row.getUb() for row in rows), highspy.kHighsInf, len(rows)),
        start,
        index,
        value,
        no_index,
        no_index,
        no_value,
        np.array(integer, np.int32) if mip and any(integer) else np.zeros(len(variables), np.int32),
    )


def _bounds(values: Any, absent: float, count: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return bounds as an array, infinite where there is none."""
    return np.fromiter((absent if value is None else value for value in values), float, count)
