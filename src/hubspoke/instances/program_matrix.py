"""A mathematical program as it stands in a file in MPS or LP form: its matrix by rows, its bounds, its names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np
from scipy.sparse import csr_array

from hubspoke.engine.milp.highs import make_highs

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.base.arrays import Bools, Floats, Ints


def read_matrix(path: Path) -> Program:
    """Read a linear program with whole columns.

    Parameters
    ----------
    path : Path
        In MPS or LP form, packed by gzip or not.

    Returns
    -------
    Program

    Raises
    ------
    OSError
        There is no such file.
    ValueError
        It is malformed, quadratic, maximised, or has columns of other kinds.
    """
    with path.open("rb"):  # a missing file is an OSError, as for all others
        pass
    highs = make_highs()
    if highs.readModel(str(path)) == highspy.HighsStatus.kError:
        raise ValueError("it is malformed or ends early: HiGHS, which reads such files, makes nothing of it")
    if not highs.getNumRow():
        raise ValueError("it is empty: it has no rows")
    if highs.getModel().hessian_.dim_:
        raise ValueError("its objective is quadratic")
    return Program(highs.getLp())


class Program:
    """Columns, rows and names of a program that is minimised.

    Attributes
    ----------
    lower, upper : float array, shape (rows,)
    cost, least, most : float array, shape (columns,)
    whole : bool array, shape (columns,)
        Which columns take whole numbers only.
    offset : float
        What is added to the objective.
    """

    def __init__(self, lp: highspy.HighsLp) -> None:
        matrix = lp.a_matrix_
        shape = (lp.num_row_, lp.num_col_)
        parts = (np.array(matrix.value_), np.array(matrix.index_), np.array(matrix.start_))
        by_row = matrix.format_ == highspy.MatrixFormat.kRowwise
        rows = csr_array(parts, shape=shape) if by_row else csr_array(csr_array(parts, shape=shape[::-1]).T)
        rows.eliminate_zeros()
        self._starts: Ints = np.asarray(rows.indptr, np.int64)
        self._columns: Ints = np.asarray(rows.indices, np.int64)
        self._values: Floats = np.asarray(rows.data, float)
        self.lower: Floats = np.array(lp.row_lower_, float)
        self.upper: Floats = np.array(lp.row_upper_, float)
        self.cost: Floats = np.array(lp.col_cost_, float)
        self.offset: float = float(lp.offset_)
        self.least: Floats = np.array(lp.col_lower_, float)
        self.most: Floats = np.array(lp.col_upper_, float)
        for values in (self._values, self.cost):
            if not np.isfinite(values).all():
                raise ValueError("it holds numbers that are not finite")
        if any(np.isnan(values).any() for values in (self.lower, self.upper, self.least, self.most)):
            raise ValueError("it holds bounds that are no numbers")
        kinds = list(lp.integrality_) or [highspy.HighsVarType.kContinuous] * lp.num_col_
        known = {highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger}
        if not known.issuperset(kinds):
            raise ValueError("it has columns that are semi-continuous or the like")
        self.whole: Bools = np.array([kind == highspy.HighsVarType.kInteger for kind in kinds], bool)
        self._row_names, self._column_names = list(lp.row_names_), list(lp.col_names_)
        if lp.sense_ != highspy.ObjSense.kMinimize:
            raise ValueError("it maximises; state its objective as a cost to be minimised")

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self.lower)

    def row(self, index: int) -> tuple[Ints, Floats]:
        """Return the columns of a row, and their coefficients."""
        span = slice(self._starts[index], self._starts[index + 1])
        return self._columns[span], self._values[span]

    def name_row(self, index: int) -> str:
        """Return what a message calls a row: its name, or its number from 1."""
        return f"row {self._row_names[index] if self._row_names else index + 1}"

    def name_column(self, index: int) -> str:
        """Return what a message calls a column: its name, or its number from 1."""
        return f"column {self._column_names[index] if self._column_names else index + 1}"
