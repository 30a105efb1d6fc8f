"""The master problem: which sizes to open, with the cost of serving the sites bounded by cuts.

Its relaxation is a linear program that stays in HiGHS from node to node; whole choices come from a small MILP in PuLP.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import highspy
import numpy as np
import pulp

from hubspoke.master_rows import master_rows
from hubspoke.solver import run_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.cuts import Cut, Cutter

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

VIOLATED = 1e-7
"""Share of the cost by which a cut must be broken to enter the linear program."""

ENTERING = 12
"""Most cuts that enter the linear program at once."""

IDLE = 25
"""Linear programs in which a cut may hold nothing before it leaves; it stays in the pool."""


@dataclass(frozen=True, eq=False)
class Box:
    """Low and high limits of all sizes, hubs first, shape (n,) each: a part of all plans."""

    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class Choice:
    """What the master chose: parts of sizes, shape (n,), its cost, the bound it proves, and reduced costs if it has."""

    value: Floats
    cost: float
    bound: float
    reduced: Floats


class Master:
    """Sizes as columns, limits and covers as rows, cuts as they come."""

    def __init__(self, cutter: Cutter, unit: float) -> None:
        """Write the rows that every plan obeys; costs are divided by `unit` for the solver."""
        self.problem, self.unit = cutter.problem, unit
        self.hub_keys = np.argwhere(cutter.hub_sizes)
        self.refinery_keys = np.argwhere(cutter.refinery_sizes)
        self.size = len(self.hub_keys) + len(self.refinery_keys)
        self.plant = np.concatenate([self.hub_keys[:, 0], self.refinery_keys[:, 0] + self.problem.n_hubs])
        self.fixed = self.pack(self.problem.hubs.fixed, self.problem.refineries.fixed)
        self.rows = master_rows(cutter, self.hub_keys, self.refinery_keys)
        self._pool, self._constant = np.empty((0, self.size)), np.empty(0)
        self._at = np.empty(0, np.int64)
        self._idle = np.empty(0, np.int64)
        self._highs = self._write()
        self._model: pulp.LpProblem | None = None
        self._variables: list[pulp.LpVariable] = []
        self._written = 0

    def whole(self) -> Box:
        """Give the box of all plans."""
        return Box(np.zeros(self.size), np.ones(self.size))

    def pack(self, hub: Floats, refinery: Floats) -> Floats:
        """Write parts (or values) of hub sizes (H, K) and refinery sizes (R, L) as one row, shape (n,)."""
        ours = hub[self.hub_keys[:, 0], self.hub_keys[:, 1]]
        theirs = refinery[self.refinery_keys[:, 0], self.refinery_keys[:, 1]]
        return np.concatenate([ours, theirs])

    def unpack(self, value: Floats) -> tuple[Floats, Floats]:
        """Read parts of hub sizes and refinery sizes from one row."""
        hub, refinery = np.zeros(self.problem.hubs.fixed.shape), np.zeros(self.problem.refineries.fixed.shape)
        hubs = len(self.hub_keys)
        hub[self.hub_keys[:, 0], self.hub_keys[:, 1]] = np.clip(value[:hubs], 0, 1)
        refinery[self.refinery_keys[:, 0], self.refinery_keys[:, 1]] = np.clip(value[hubs:], 0, 1)
        return hub, refinery

    def add(self, cut: Cut) -> None:
        """Take up a cut."""
        self._pool = np.vstack([self._pool, self.pack(cut.hub, cut.refinery)[None] / self.unit])
        self._constant = np.append(self._constant, cut.constant / self.unit)
        self._enter(np.array([len(self._constant) - 1]))

    def relax(self, box: Box) -> Choice | None:
        """Solve with sizes in parts; infinite when the box holds no plan, None when the solver came to no answer."""
        while True:
            found = self.relax_roughly(box)
            if found is None or not np.isfinite(found.cost):
                return found
            lacking = self._constant + self._pool @ found.value - found.cost / self.unit
            lacking[self._at] = -np.inf
            broken = np.flatnonzero(lacking > VIOLATED * max(abs(found.cost) / self.unit, 1.0))
            if not len(broken):
                self._retire(found)
                return found
            self._enter(broken[np.argsort(-lacking[broken], kind="stable")[:ENTERING]])

    def relax_roughly(self, box: Box) -> Choice | None:
        """Solve with the cuts at hand alone, which bounds as truly, if less tightly."""
        highs, columns = self._highs, np.arange(self.size, dtype=np.int32)
        highs.changeColsBounds(self.size, columns, box.low, box.high)
        highs.run()
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Choice(np.zeros(self.size), np.inf, np.inf, np.zeros(self.size))
        if status != highspy.HighsModelStatus.kOptimal:
            highs.clearSolver()
            highs.run()
            if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
        solution, cost = highs.getSolution(), highs.getInfo().objective_function_value * self.unit
        value = np.clip(np.array(solution.col_value)[:-1], box.low, box.high)
        return Choice(value, cost, cost, np.array(solution.col_dual)[:-1] * self.unit)

    def weigh_cuts(self, box: Box, *, roughly: bool = False) -> Floats:
        """Give the weight of every cut in the relaxed bound of a box, shape (cuts,): they add up to 1, or are all 0."""
        weight = np.zeros(len(self._constant))
        if not roughly:
            self.relax(box)  # brings in the cuts that count
        found = self.relax_roughly(box)
        if found is not None and np.isfinite(found.cost) and len(self._at):
            weight[self._at] = np.maximum(self._highs.getSolution().row_dual[-len(self._at) :], 0.0)
        total = float(weight.sum())
        return weight / total if total > 0 else weight

    def solve(self, box: Box, *, gap: float, time_limit: float | None) -> Choice:
        """Solve with whole sizes; cost and bound are infinite when the box holds no plan."""
        model = self._build()
        for variable, low, high in zip(self._variables, box.low.tolist(), box.high.tolist(), strict=False):
            variable.lowBound, variable.upBound = low, high
        outcome = run_model(model, gap=gap, time_limit=time_limit)
        none = np.zeros(self.size)
        if not np.isfinite(outcome.objective):
            return Choice(none, np.inf, outcome.bound * self.unit, none)
        values = np.array([variable.varValue or 0.0 for variable in self._variables[:-1]])
        return Choice(np.round(values), outcome.objective * self.unit, outcome.bound * self.unit, none)

    def _write(self) -> highspy.Highs:
        """Hand HiGHS the sizes, the cost, and the rows that hold without cuts."""
        highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, setting in (("output_flag", False), ("presolve", "off"), ("threads", 1)):
            highs.setOptionValue(option, setting)
        width = self.size + 1
        low = np.append(np.zeros(self.size), -highspy.kHighsInf)
        high = np.append(np.ones(self.size), highspy.kHighsInf)
        highs.addVars(width, low, high)
        highs.changeColCost(self.size, 1.0)
        used = self.rows.matrix != 0
        start = np.concatenate([[0], np.cumsum(used.sum(axis=1))])[:-1].astype(np.int32)
        index = np.nonzero(used)[1].astype(np.int32)
        value = self.rows.matrix[used]
        highs.addRows(len(start), self.rows.low, self.rows.high, len(index), start, index, value)
        return highs

    def _enter(self, cuts: Ints) -> None:
        """Write cuts of the pool into the linear program."""
        matrix = np.column_stack([-self._pool[cuts], np.ones(len(cuts))])
        count, width = matrix.shape
        start = (np.arange(count) * width).astype(np.int32)
        index = np.tile(np.arange(width, dtype=np.int32), count)
        high = np.full(count, highspy.kHighsInf)
        self._highs.addRows(count, self._constant[cuts], high, count * width, start, index, matrix.ravel())
        self._at = np.concatenate([self._at, cuts])
        self._idle = np.concatenate([self._idle, np.zeros(count, np.int64)])

    def _retire(self, found: Choice) -> None:
        """Take cuts that have long held nothing out of the linear program."""
        slack = found.cost / self.unit - self._constant[self._at] - self._pool[self._at] @ found.value
        self._idle = np.where(slack > VIOLATED * max(abs(found.cost) / self.unit, 1.0), self._idle + 1, 0)
        idle = np.flatnonzero(self._idle > IDLE)
        if len(idle) > len(self._at) / 4:
            rows = (idle + len(self.rows.low)).astype(np.int32)
            self._highs.deleteRows(len(rows), rows)
            self._at, self._idle = np.delete(self._at, idle), np.delete(self._idle, idle)

    def _build(self) -> pulp.LpProblem:
        """Write the model once, and then only the cuts that are new."""
        if self._model is None:
            self._model = pulp.LpProblem("master", pulp.LpMinimize)
            add = self._model.add_variable
            self._variables = [add(f"z_{j}", 0, 1, pulp.LpBinary) for j in range(self.size)]
            self._variables.append(add("cost"))
            self._model.setObjective(pulp.LpAffineExpression([(self._variables[-1], 1.0)]))
            for low, high, row in zip(self.rows.low, self.rows.high, self.rows.matrix, strict=True):
                terms = self._terms(row)
                if np.isfinite(low):
                    self._model += pulp.LpAffineExpression(terms) >= float(low)
                if np.isfinite(high):
                    self._model += pulp.LpAffineExpression(terms) <= float(high)
        for row, constant in zip(self._pool[self._written :], self._constant[self._written :], strict=True):
            terms = [*self._terms(-row), (self._variables[-1], 1.0)]
            self._model += pulp.LpAffineExpression(terms) >= float(constant)
        self._written = len(self._constant)
        return self._model

    def _terms(self, row: Floats) -> list[tuple[pulp.LpVariable, float]]:
        used = np.flatnonzero(row)
        return list(zip([self._variables[j] for j in used.tolist()], row[used].tolist(), strict=True))
