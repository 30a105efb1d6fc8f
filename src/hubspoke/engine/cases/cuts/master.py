"""The master of all cases: paths of plants, and the cost of each case bounded by its cuts.

As a linear program it stays in HiGHS while cuts come and boxes change. Cuts that have long held nothing leave it, and
come back when they are broken; steps from one size to another come in once they pay at the prices of its rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import highspy
import numpy as np

from hubspoke.engine.cases.cuts.choice import Choice
from hubspoke.engine.cases.cuts.columns import PathColumns
from hubspoke.engine.cases.cuts.no_more_room import no_more_room
from hubspoke.engine.cases.cuts.pool import CutPool
from hubspoke.engine.cases.solution import CutPrices
from hubspoke.engine.milp.highs import make_highs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.benders.cuts import Cut
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.cuts.choice import Box
    from hubspoke.engine.cases.take_or_pay import PartedCutter
    from hubspoke.engine.parameters import MasterParameters


SMALLER = 0.7
"""Share of its columns down to which the linear program is written anew."""
PAYING = 1e-7
"""Reduced cost, in units of the master, below zero by which a column pays."""


class PathMaster(PathColumns):
    """Columns of all plans, their rows, and cuts as they come."""

    def __init__(
        self, cases: Cases, cutters: Sequence[PartedCutter], unit: float, parameters: MasterParameters
    ) -> None:
        """Write the rows that every plan obeys; costs are divided by `unit` for the solver."""
        super().__init__(cases, cutters, unit, parameters)
        self._parameters = parameters
        widths = (self.size_columns(case, 1).stop - first for case, first in enumerate(self.first_size))
        self.pool: list[CutPool] = [CutPool(width) for width in widths]
        self._at: list[tuple[int, int]] = []
        """Case and number of every cut in the linear program, in the order of its rows."""
        self._idle = np.empty(0, np.int64)
        self._further: list[tuple[Ints, Floats, float]] = []
        """Rows that hold for all plans besides: covers, and those that forbid single choices."""
        self._changed: Box = {}
        caps = np.ones(cases.count) if cases.measure is None else cases.measure.cap
        self.case_weights: Floats = caps if cases.measure is None else caps / caps.sum()
        """What a yen in each case counts; under a measure at the last relaxed choice."""
        self.kept: Ints = np.flatnonzero(~self.rarely_used())
        """Columns that are in the linear program; steps from size to size come in when they pay."""
        self._place = np.full(self.width, -1)
        """Where a column stands there, -1 where it does not."""
        self._highs = self._write()

    def costs(self, value: Floats) -> Floats:
        """Read what the master takes each case to cost, shape (T,)."""
        return np.asarray(value[self.case_costs]) * self.unit

    def told(self, case: int, value: Floats) -> float:
        """Return what the cuts say at least that a case costs at a choice."""
        pool, first = self.pool[case], self.first_size[case]
        return float(pool.at(value[first : first + pool.width]).max()) * self.unit

    def add(self, case: int, cut: Cut) -> None:
        """Take up a cut on the cost of a case."""
        hub_keys, refinery_keys = self.keys[case]
        refinery = self.parts[case].gather(cut.refinery)
        values = np.concatenate(
            [cut.hub[hub_keys[:, 0], hub_keys[:, 1]], refinery[refinery_keys[:, 0], refinery_keys[:, 1]]]
        )
        prices = CutPrices(cut.site_price, cut.gate_price, cut.ground_price)
        self.pool[case].add(cut.constant / self.unit, values / self.unit, prices)
        self._enter([(case, self.pool[case].count - 1)])

    def prices(self) -> tuple[tuple[CutPrices, ...], ...]:
        """Return for each case what the cuts in the linear program follow from."""
        return tuple(tuple(pool.prices[j] for at, j in self._at if at == case) for case, pool in enumerate(self.pool))

    def forbid(self, case: int, hub_size: Ints, refinery_size: Ints) -> None:
        """Rule out a choice of plants without a plan, and all that hold no more anywhere.

        Where some plant must take in a least tonnage more room may be worse, and the choice alone is ruled out.
        """
        self.require(*no_more_room(self, case, hub_size, refinery_size))

    def require(self, columns: Ints, values: Floats, low: float) -> None:
        """Ask of all plans that the sum of some columns times their values is so much at least."""
        self._further.append((columns, values, low))
        self._add_row(columns, values, low)
        self._at.append((-1, -1))
        self._idle = np.append(self._idle, 0)

    def relax(self, box: Box) -> Choice | None:
        """Solve with sizes in parts, all cuts holding; None when the solver comes to no answer."""
        while True:
            found = self.relax_roughly(box)
            if found is None or np.isposinf(found.bound):
                return found
            broken = self._broken(found.value)
            if not broken:
                self._retire(found.value)
                self._note_weights()
                return found
            self._enter(broken)

    def relax_roughly(self, box: Box) -> Choice | None:
        """Solve with the cuts at hand alone, which bounds as truly, if less tightly."""
        highs = self._highs
        if not self._limit(box):
            return self._no_choice()
        while True:
            highs.run()
            status = highs.getModelStatus()
            if status == highspy.HighsModelStatus.kInfeasible:
                if not self._mend():
                    return self._no_choice()
                continue
            if status != highspy.HighsModelStatus.kOptimal:
                highs.clearSolver()
                highs.run()
                if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                    return None
            solution = highs.getSolution()
            dual = np.array(solution.row_dual)
            if not self._price(dual):
                break
        bound = float(highs.getInfo().objective_function_value) * self.unit
        value, reduced = np.zeros(self.width), np.zeros(self.width)
        value[self.kept] = solution.col_value
        reduced[self.kept] = np.array(solution.col_dual) * self.unit
        price = np.zeros(self.width)
        price[self._linked] = -dual[self._link_rows] * self.unit
        return Choice(value, bound, reduced, price)

    def _note_weights(self) -> None:
        """Take the weights of cases under which the relaxed choice is the cheapest, from the rows of a measure."""
        if self.cases.measure is None:
            return
        dual, weight = np.array(self._highs.getSolution().row_dual), np.zeros(self.cases.count)
        for case, row in self.measure_rows.items():
            weight[case] = max(float(dual[self._row_at[row]]), 0.0)
        weight = np.minimum(weight, self.cases.measure.cap)
        if weight.sum() > 0:
            self.case_weights = weight / weight.sum()

    def _price(self, dual: Floats) -> bool:
        """Bring in the columns that lack and would pay at the prices of rows; return whether there were any."""
        lacking = self._lacking()
        if not len(lacking):
            return False
        reduced = self.cost[lacking] - self._base[:, lacking].T @ dual[: self._fixed_rows]
        paying = lacking[reduced < -PAYING]
        self._bring(paying)
        return bool(len(paying))

    def _mend(self) -> bool:
        """Bring in the columns that lack and may make a plan where there seems to be none; whether there were any."""
        lacking = self._lacking()
        if not len(lacking):
            return False
        _, known, ray = self._highs.getDualRay()
        if known:
            lacking = lacking[np.abs(self._base[:, lacking].T @ np.array(ray)[: self._fixed_rows]) > PAYING]
        self._bring(lacking)
        return bool(len(lacking))

    def _lacking(self) -> Ints:
        return np.flatnonzero((self._place < 0) & (self.high > 0))

    def _bring(self, columns: Ints) -> None:
        """Take columns into the linear program, with the limits of the present box."""
        if not len(columns):
            return
        limits = [self._changed.get(at, (0.0, 1.0)) for at in columns.tolist()]
        low, high = np.array(limits, float).T
        part = self._base[:, columns]
        self._highs.addCols(
            len(columns),
            self.cost[columns],
            np.ascontiguousarray(low),
            np.minimum(high, self.high[columns]),
            part.nnz,
            part.indptr[:-1].astype(np.int32),
            part.indices.astype(np.int32),
            part.data,
        )
        self._place[columns] = np.arange(len(columns)) + len(self.kept)
        self.kept = np.append(self.kept, columns)

    def _no_choice(self) -> Choice:
        none = np.zeros(self.width)
        return Choice(none, np.inf, none, none)

    def close(self, columns: Ints) -> None:
        """Close columns for good; the linear program is written anew where that leaves it much smaller."""
        self._limit({})
        self.high[columns] = 0.0
        if (self.high[self.kept] > 0).sum() < SMALLER * len(self.kept):
            self.kept = self.kept[self.high[self.kept] > 0]
            self._highs = self._write()
            cuts, self._at, self._idle = self._at, [], np.empty(0, np.int64)
            further, self._further = self._further, []
            for row in further:
                self.require(*row)
            self._enter([cut for cut in cuts if cut[0] >= 0])
            return
        at = self._place[columns]
        at = at[at >= 0].astype(np.int32)
        self._highs.changeColsBounds(len(at), at, np.zeros(len(at)), np.zeros(len(at)))

    def _limit(self, box: Box) -> bool:
        """Set the limits of columns to those of a box; return whether no closed column is asked for."""
        if any(low > self.high[at] for at, (low, _) in box.items()):
            return False
        changes = {at: (float(self.low[at]), float(self.high[at])) for at in self._changed if at not in box}
        changes |= {at: limits for at, limits in box.items() if self._changed.get(at) != limits}
        if changes:
            columns = np.fromiter(changes, np.int64, len(changes))
            low, high = np.array(list(changes.values())).T
            high, inside = np.minimum(high, self.high[columns]), self._place[columns] >= 0
            at = self._place[columns[inside]].astype(np.int32)
            self._highs.changeColsBounds(len(at), at, low[inside], high[inside])
        self._changed = dict(box)
        self._bring(np.array([at for at, (low, _) in box.items() if low > 0 and self._place[at] < 0], np.int64))
        return True

    def _broken(self, value: Floats) -> list[tuple[int, int]]:
        """List the cuts outside the linear program that a choice breaks, the worst of each case."""
        inside, found = set(self._at), list[tuple[int, int]]()
        scale = self._parameters.violated * max(float(value[self.case_costs].sum()), 1.0)
        for case in range(self.cases.count):
            lacking = self._lack(case, value)
            worst = np.argsort(-lacking, kind="stable")[: self._parameters.entering].tolist()
            found += [(case, j) for j in worst if lacking[j] > scale and (case, j) not in inside]
        return found

    def _lack(self, case: int, value: Floats) -> Floats:
        """Return by how much each cut of a case exceeds what a choice takes the case to cost."""
        pool, first = self.pool[case], self.first_size[case]
        found: Floats = pool.at(value[first : first + pool.width]) - value[self.first_cost + case]
        return found

    def _retire(self, value: Floats) -> None:
        """Take cuts that have long held nothing out of the linear program."""
        scale = self._parameters.violated * max(float(value[self.case_costs].sum()), 1.0)
        lacking = [self._lack(case, value) for case in range(self.cases.count)]
        slack = np.array([case >= 0 and lacking[case][j] < -scale for case, j in self._at])
        self._idle = np.where(slack, self._idle + 1, 0)
        idle = np.flatnonzero(self._idle > self._parameters.idle)
        if len(idle) > len(self._at) / 4:
            rows = (idle + self._fixed_rows).astype(np.int32)
            self._highs.deleteRows(len(rows), rows)
            gone = set(idle.tolist())
            self._at = [cut for i, cut in enumerate(self._at) if i not in gone]
            self._idle = np.delete(self._idle, idle)

    def _enter(self, cuts: Sequence[tuple[int, int]]) -> None:
        """Write cuts of the pools into the linear program."""
        for case, j in cuts:
            pool, first = self.pool[case], self.first_size[case]
            columns = np.append(np.arange(pool.width) + first, self.first_cost + case)
            self._add_row(columns, np.append(-pool.values[j], 1.0), pool.constant[j])
        self._at += cuts
        self._idle = np.append(self._idle, np.zeros(len(cuts), np.int64))

    def _add_row(self, columns: Ints, values: Floats, low: float) -> None:
        used = (values != 0) & (self._place[columns] >= 0)
        at = self._place[columns[used]].astype(np.int32)
        self._highs.addRow(low, highspy.kHighsInf, len(at), at, values[used])

    def _write(self) -> Any:
        """Hand HiGHS the columns that are kept, and the rows that hold without cuts."""
        highs, kept = make_highs(presolve="off"), self.kept
        self._place[:] = -1
        self._place[kept] = np.arange(len(kept))
        highs.addVars(len(kept), self.low[kept], self.high[kept])
        highs.changeColsCost(len(kept), np.arange(len(kept), dtype=np.int32), self.cost[kept])
        matrix, low, high = self.rows()
        usable = matrix[:, np.flatnonzero(self.high > 0)]
        some = (np.diff(usable.indptr) > 0) | (low > 0) | (high < 0)
        low, high = low[some], high[some]
        self._base = matrix[some].tocsc()
        self._row_at = row_at = np.cumsum(some) - 1
        linked = [(at, row_at[row]) for at, row in self.link_row.items() if some[row]]
        self._linked, self._link_rows = np.array(linked, np.int64).reshape(-1, 2).T
        rows = self._base[:, kept].tocsr()
        starts, columns = rows.indptr[:-1].astype(np.int32), rows.indices.astype(np.int32)
        highs.addRows(len(low), low, high, rows.nnz, starts, columns, rows.data)
        self._fixed_rows = len(low)
        return highs
