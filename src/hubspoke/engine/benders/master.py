"""The master problem: which sizes to open, with the cost of serving the sites bounded by cuts.

Its relaxation is a linear program that stays in HiGHS from node to node.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import highspy
import numpy as np

from hubspoke.engine.benders.master_rows import count_rows, master_rows
from hubspoke.engine.milp.highs import make_highs
from hubspoke.engine.parameters import DEFAULTS

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.benders.cuts import Cut, CutGenerator
    from hubspoke.engine.benders.master_rows import Rows
    from hubspoke.engine.parameters import MasterParameters
    from hubspoke.engine.problem.problem import Problem


@dataclass(frozen=True, eq=False)
class Box:
    """Low and high limits of all sizes, hubs first, and then of counts, shape (n + counts,): a part of all plans."""

    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class RelaxedChoice:
    """What the master chose: parts of sizes and counts, shape (n + counts,), cost, proven bound, reduced costs."""

    value: Floats
    cost: float
    bound: float
    reduced: Floats


class Master:
    """Sizes as columns, then counts of sizes; limits and covers as rows, cuts as they come."""

    def __init__(self, cutter: CutGenerator, unit: float, parameters: MasterParameters = DEFAULTS.master) -> None:
        """Write the rows that every plan obeys; costs are divided by `unit` for the solver."""
        self.problem: Problem = cutter.problem
        self.unit = unit
        self.parameters = parameters
        self.hub_keys: Ints = np.argwhere(cutter.hub_sizes)
        self.refinery_keys: Ints = np.argwhere(cutter.refinery_sizes)
        self.size: int = len(self.hub_keys) + len(self.refinery_keys)
        self.plant: Ints = np.concatenate([self.hub_keys[:, 0], self.refinery_keys[:, 0] + self.problem.n_hubs])
        self.fixed: Floats = self.pack(self.problem.hubs.fixed, self.problem.refineries.fixed)
        self.rows: Rows = master_rows(cutter, self.hub_keys, self.refinery_keys, parameters.patterns)
        self.counted: Floats = count_rows(cutter.problem, self.hub_keys, self.refinery_keys, parameters.thresholds)
        self.width: int = self.size + len(self.counted)
        self.cuts: list[Cut] = []
        self._pool, self._constant = np.empty((0, self.size)), np.empty(0)
        self._at = np.empty(0, np.int64)
        self._idle = np.empty(0, np.int64)
        self._fixed_rows = 0
        self._highs = self._write()

    def whole(self) -> Box:
        """Return the box of all plans."""
        return Box(np.zeros(self.width), np.concatenate([np.ones(self.size), self.counted.sum(axis=1)]))

    def place(self, hub: Floats, refinery: Floats) -> Floats:
        """Write parts of hub sizes (H, K) and refinery sizes (R, L) as a point: sizes and counts, (n + counts,)."""
        part = self.pack(hub, refinery)
        return np.concatenate([part, self.counted @ part])

    def pack(self, hub: Floats, refinery: Floats) -> Floats:
        """Write parts (or values) of hub sizes (H, K) and refinery sizes (R, L) as one row, shape (n,)."""
        ours = hub[self.hub_keys[:, 0], self.hub_keys[:, 1]]
        theirs = refinery[self.refinery_keys[:, 0], self.refinery_keys[:, 1]]
        return np.concatenate([ours, theirs])

    def unpack(self, value: Floats) -> tuple[Floats, Floats]:
        """Read parts of hub sizes and refinery sizes from one point."""
        hub, refinery = np.zeros(self.problem.hubs.fixed.shape), np.zeros(self.problem.refineries.fixed.shape)
        hubs = len(self.hub_keys)
        hub[self.hub_keys[:, 0], self.hub_keys[:, 1]] = np.clip(value[:hubs], 0, 1)
        refinery[self.refinery_keys[:, 0], self.refinery_keys[:, 1]] = np.clip(value[hubs : self.size], 0, 1)
        return hub, refinery

    def add(self, cut: Cut) -> None:
        """Take up a cut."""
        self.cuts.append(cut)
        self._pool = np.vstack([self._pool, self.pack(cut.hub, cut.refinery)[None] / self.unit])
        self._constant = np.append(self._constant, cut.constant / self.unit)
        self._enter(np.array([len(self._constant) - 1]))

    def relax(self, box: Box) -> RelaxedChoice | None:
        """Solve with sizes in parts; infinite when the box holds no plan, None when the solver came to no answer."""
        while True:
            found = self.relax_roughly(box)
            if found is None or not np.isfinite(found.cost):
                return found
            lacking = self._constant + self._pool @ found.value[: self.size] - found.cost / self.unit
            lacking[self._at] = -np.inf
            broken = np.flatnonzero(lacking > self.parameters.violated * max(abs(found.cost) / self.unit, 1.0))
            if not len(broken):
                self._retire(found)
                return found
            self._enter(broken[np.argsort(-lacking[broken], kind="stable")[: self.parameters.entering]])

    def relax_roughly(self, box: Box) -> RelaxedChoice | None:
        """Solve with the cuts at hand alone, which bounds as truly, if less tightly."""
        highs, columns = self._highs, np.arange(self.width, dtype=np.int32)
        highs.changeColsBounds(self.width, columns, box.low, box.high)
        highs.run()
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return RelaxedChoice(np.zeros(self.width), np.inf, np.inf, np.zeros(self.width))
        if status != highspy.HighsModelStatus.kOptimal:
            highs.clearSolver()
            highs.run()
            if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
        solution, cost = highs.getSolution(), highs.getInfo().objective_function_value * self.unit
        value = np.clip(np.array(solution.col_value)[:-1], box.low, box.high)
        return RelaxedChoice(value, cost, cost, np.array(solution.col_dual)[:-1] * self.unit)

    def copies(self, number: int) -> list[Master]:
        """Return so many copies whose linear programs start from where this one is, for one thread each."""
        model, basis, copies = self._highs.getLp(), self._highs.getBasis(), []
        for _ in range(number):
            other = copy(self)
            other._highs = make_highs(presolve="off")  # noqa: SLF001 - of the same class
            other._highs.passModel(model)  # noqa: SLF001
            other._highs.setBasis(basis)  # noqa: SLF001
            copies.append(other)
        return copies

    def weigh_cuts(self, box: Box, *, roughly: bool = False) -> Floats:
        """Return the weight of every cut in the relaxed bound of a box, shape (cuts,).

        They add up to 1, or are all 0.
        """
        weight = np.zeros(len(self._constant))
        if not roughly:
            self.relax(box)  # brings in the cuts that count
        found = self.relax_roughly(box)
        if found is not None and np.isfinite(found.cost) and len(self._at):
            weight[self._at] = np.maximum(self._highs.getSolution().row_dual[-len(self._at) :], 0.0)
        total = float(weight.sum())
        return weight / total if total > 0 else weight

    def _write(self) -> highspy.Highs:
        """Hand HiGHS the sizes, the cost, and the rows that hold without cuts."""
        highs = make_highs(presolve="off")
        whole = self.whole()
        low, high = np.append(whole.low, -highspy.kHighsInf), np.append(whole.high, highspy.kHighsInf)
        highs.addVars(self.width + 1, low, high)
        highs.changeColCost(self.width, 1.0)
        counts = len(self.counted)
        told = np.column_stack([self.counted, -np.eye(counts)])
        matrix = np.vstack([np.pad(self.rows.matrix, ((0, 0), (0, counts))), told])
        row_low, row_high = (np.append(limit, np.zeros(counts)) for limit in (self.rows.low, self.rows.high))
        used = matrix != 0
        start = np.concatenate([[0], np.cumsum(used.sum(axis=1))])[:-1].astype(np.int32)
        index = np.nonzero(used)[1].astype(np.int32)
        highs.addRows(len(start), row_low, row_high, len(index), start, index, matrix[used])
        self._fixed_rows = len(start)
        return highs

    def _enter(self, cuts: Ints) -> None:
        """Write cuts of the pool into the linear program."""
        matrix = np.column_stack([-self._pool[cuts], np.ones(len(cuts))])
        count, width = matrix.shape
        start = (np.arange(count) * width).astype(np.int32)
        index = np.tile(np.append(np.arange(self.size), self.width).astype(np.int32), count)
        high = np.full(count, highspy.kHighsInf)
        self._highs.addRows(count, self._constant[cuts], high, count * width, start, index, matrix.ravel())
        self._at = np.concatenate([self._at, cuts])
        self._idle = np.concatenate([self._idle, np.zeros(count, np.int64)])

    def _retire(self, found: RelaxedChoice) -> None:
        """Take cuts that have long held nothing out of the linear program."""
        slack = found.cost / self.unit - self._constant[self._at] - self._pool[self._at] @ found.value[: self.size]
        self._idle = np.where(
            slack > self.parameters.violated * max(abs(found.cost) / self.unit, 1.0), self._idle + 1, 0
        )
        idle = np.flatnonzero(self._idle > self.parameters.idle)
        if len(idle) > len(self._at) / 4:
            rows = (idle + self._fixed_rows).astype(np.int32)
            self._highs.deleteRows(len(rows), rows)
            self._at, self._idle = np.delete(self._at, idle), np.delete(self._idle, idle)
