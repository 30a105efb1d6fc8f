"""The master of all cases: paths of plants, and the cost of each case bounded by its cuts.

Columns are the sizes of every case, the steps of every plant, and one cost for each case. Rows send one unit through
the network of each plant, tie sizes to steps, and hold what every case asks of its plants. As a linear program it stays
in HiGHS while cuts come; as an integer program it gives choices for all cases, and a bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import highspy
import numpy as np
from scipy.sparse import coo_array

from hubspoke.engine.benders.master_rows import master_rows
from hubspoke.engine.cases.network import Arc, echelons, plant_arcs
from hubspoke.engine.cases.plant_paths import Stage
from hubspoke.engine.milp.highs import make_highs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.benders.cuts import Cut, CutGenerator
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.network import Echelon, Place


SLIGHT = 1e-3
"""Part of a size below which it counts as closed."""


@dataclass(frozen=True, eq=False)
class Choice:
    """An answer of the master: its value, and a bound on all plans; infinite where there is no plan."""

    value: Floats
    bound: float


class PathMaster:
    """Sizes, steps and costs as columns; networks, limits and cuts as rows."""

    def __init__(self, cases: Cases, cutters: Sequence[CutGenerator], unit: float, patterns: int) -> None:
        """Write the rows that every plan obeys; costs are divided by `unit` for the solver."""
        self.cases, self.unit = cases, unit
        self.arcs: list[list[list[tuple[int, Arc]]]] = []
        self._rows: list[tuple[Ints, Floats, float, float]] = []
        self._cost: list[float] = []
        self._whole: list[bool] = []
        keys = [[np.argwhere(exists) for exists in echelon.exists] for echelon in echelons(cases)]
        self.keys = [(keys[0][case], keys[1][case]) for case in range(cases.count)]
        self._first_size = []
        for hub_keys, refinery_keys in self.keys:
            self._first_size.append(len(self._cost))
            self._add_columns(len(hub_keys) + len(refinery_keys), whole=True)
        # with a budget or limited openings steps can be mixed although all sizes are whole
        tied = cases.limits_budget or cases.hubs.limits_openings.any() or cases.refineries.limits_openings.any()
        for e, echelon in enumerate(echelons(cases)):
            self.arcs.append(self._add_networks(echelon, e, whole=bool(tied)))
        self._limit_spending()
        self.first_cost = len(self._cost)
        self._add_columns(cases.count, whole=False, cost=1.0)
        for case, cutter in enumerate(cutters):
            rows = master_rows(cutter, *self.keys[case], patterns)
            columns = np.arange(rows.matrix.shape[1]) + self._first_size[case]
            self._rows += [
                (columns[row != 0], row[row != 0], float(low), float(high))
                for row, low, high in zip(rows.matrix, rows.low, rows.high, strict=True)
            ]
        self.width = len(self._cost)
        self._highs = self._write()

    def sizes(self, value: Floats, case: int) -> tuple[Floats, Floats]:
        """Read the parts of hub sizes (H, K) and refinery sizes (R, L) of a case."""
        problem, first = self.cases.problems[case], self._first_size[case]
        found = []
        for keys, steps in zip(self.keys[case], (problem.hubs, problem.refineries), strict=True):
            part = np.zeros(steps.fixed.shape)
            part[keys[:, 0], keys[:, 1]] = np.clip(value[first : first + len(keys)], 0, 1)
            found.append(part)
            first += len(keys)
        return found[0], found[1]

    def paths(self, value: Floats) -> list[list[list[Arc]]]:
        """Read what hubs and refineries do in a whole choice."""
        return [[[arc for at, arc in plant if value[at] > 0.5] for plant in plants] for plants in self.arcs]

    def costs(self, value: Floats) -> Floats:
        """Read what the master takes each case to cost, shape (T,)."""
        return np.asarray(value[self.first_cost :]) * self.unit

    def step_cost(self, value: Floats) -> float:
        """Return what the steps of a choice cost."""
        return float(np.array(self._cost[: self.first_cost]) @ value[: self.first_cost]) * self.unit

    def add(self, case: int, cut: Cut) -> None:
        """Take up a cut on the cost of a case."""
        hub_keys, refinery_keys = self.keys[case]
        values = np.concatenate(
            [cut.hub[hub_keys[:, 0], hub_keys[:, 1]], cut.refinery[refinery_keys[:, 0], refinery_keys[:, 1]]]
        )
        columns = np.append(np.arange(len(values)) + self._first_size[case], self.first_cost + case)
        row = np.append(-values / self.unit, 1.0)
        used = row != 0
        self._highs.addRow(
            cut.constant / self.unit, highspy.kHighsInf, int(used.sum()), columns[used].astype(np.int32), row[used]
        )

    def forbid(self, case: int, hub_size: Ints, refinery_size: Ints) -> None:
        """Rule out a choice of plants without a plan, and all that hold no more anywhere.

        Where some plant must take in a least tonnage more room may be worse, and the choice alone is ruled out.
        """
        problem, first = self.cases.problems[case], self._first_size[case]
        columns, values, right = [], [], 1.0
        for keys, steps, size in zip(
            self.keys[case], (problem.hubs, problem.refineries), (hub_size, refinery_size), strict=True
        ):
            room = np.where(size >= 0, steps.capacity[np.arange(len(size)), size], -1.0)
            for i, (plant, k) in enumerate(keys.tolist()):
                if problem.has_floors and size[plant] == k:
                    columns.append(first + i)
                    values.append(-1.0)
                    right -= 1.0
                elif steps.capacity[plant, k] > room[plant] or (problem.has_floors and size[plant] < 0):
                    columns.append(first + i)
                    values.append(1.0)
            first += len(keys)
        self._highs.addRow(right, highspy.kHighsInf, len(columns), np.array(columns, np.int32), np.array(values))

    def relax(self) -> Choice | None:
        """Solve with sizes in parts; None when the solver comes to no answer."""
        highs = self._highs
        highs.run()
        if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return Choice(np.zeros(self.width), np.inf)
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            highs.clearSolver()
            highs.run()
            if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
        value = np.array(highs.getSolution().col_value)
        return Choice(value, float(highs.getInfo().objective_function_value) * self.unit)

    def around(self, value: Floats) -> Bools:
        """Return which columns a choice near a relaxed one may use: sizes that a plant has in some case of it."""
        near = np.ones(self.width, bool)
        for e in (0, 1):
            used: set[tuple[int, int]] = set()
            for case, keys in enumerate(self.keys):
                first = self._first_size[case] + (len(keys[0]) if e else 0)
                part = value[first : first + len(keys[e])]
                used |= {(j, k) for j, k in keys[e][part > SLIGHT].tolist()}
            for case, keys in enumerate(self.keys):
                first = self._first_size[case] + (len(keys[0]) if e else 0)
                near[first : first + len(keys[e])] = [(j, k) in used for j, k in keys[e].tolist()]
        return near

    def solve(
        self, gap: float, stop: Stop, known: Floats | None, *, near: Bools | None = None, nodes: int | None = None
    ) -> Choice:
        """Solve with whole sizes; the value is empty where no choice was found in time.

        With `near` only these columns may be used, and the bound holds for such choices alone.
        """
        model = self._highs.getLp()
        model.integrality_ = [
            highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous for whole in self._whole
        ]
        highs = make_highs(mip_rel_gap=gap, mip_abs_gap=0.0, mip_feasibility_tolerance=1e-8)
        if stop.time_limit is not None:
            highs.setOptionValue("time_limit", stop.time_limit)
        if nodes is not None:
            highs.setOptionValue("mip_max_nodes", nodes)
        highs.passModel(model)
        if near is not None:
            away = np.flatnonzero(~near).astype(np.int32)
            highs.changeColsBounds(len(away), away, np.zeros(len(away)), np.zeros(len(away)))
        if known is not None:
            solution = highspy.HighsSolution()
            solution.col_value = known.tolist()
            highs.setSolution(solution)
        highs.run()
        if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return Choice(np.empty(0), np.inf)
        info = highs.getInfo()
        found = info.primal_solution_status == 2  # kSolutionStatusFeasible
        value = np.array(highs.getSolution().col_value) if found else np.empty(0)
        return Choice(value, float(info.mip_dual_bound) * self.unit)

    def _add_columns(self, count: int, *, whole: bool, cost: float = 0.0) -> None:
        self._cost += [cost] * count
        self._whole += [whole] * count

    def _add_networks(self, echelon: Echelon, e: int, *, whole: bool) -> list[list[tuple[int, Arc]]]:
        """Add the networks of all plants of an echelon, and tie its sizes and its openings to them."""
        found = [self._add_network(echelon, plant, whole=whole) for plant in range(echelon.paths.shape[1])]
        opened: dict[tuple[int, int, int], list[int]] = {}
        opening: list[list[int]] = [[] for _ in self.keys]
        for plant, taken in enumerate(found):
            for at, arc in taken:
                if arc.head.stage is Stage.OPEN:
                    opened.setdefault((arc.case, plant, arc.head.size), []).append(at)
                if arc.opens:
                    opening[arc.case].append(at)
        for case, keys in enumerate(self.keys):
            first = self._first_size[case] + (len(keys[0]) if e else 0)
            for i, (plant, size) in enumerate(keys[e].tolist()):
                ways = opened.get((case, plant, size), [])
                self._require([first + i, *ways], [-1.0] + [1.0] * len(ways), 0.0, 0.0)
        limits = zip(opening, echelon.paths.fewest_openings.tolist(), echelon.paths.most_openings.tolist(), strict=True)
        for ways, fewest, most in limits:
            if fewest > 0 or most < echelon.paths.shape[1]:
                self._require(ways, [1.0] * len(ways), float(fewest), float(most))
        return found

    def _add_network(self, echelon: Echelon, plant: int, *, whole: bool) -> list[tuple[int, Arc]]:
        """Send one unit through the network of a plant; without a path the first row cannot hold."""
        start, arcs = plant_arcs(self.cases, echelon, plant)
        nodes: dict[tuple[int, Place], list[tuple[int, float]]] = {(0, start): []}
        taken = []
        for arc in arcs:
            at = len(self._cost)
            self._add_columns(1, whole=whole, cost=arc.cost / self.unit)
            taken.append((at, arc))
            nodes.setdefault((arc.case, arc.tail), []).append((at, 1.0))
            if arc.case < self.cases.count - 1:
                nodes.setdefault((arc.case + 1, arc.head), []).append((at, -1.0))
        for (case, place), terms in nodes.items():
            right = 1.0 if case == 0 and place == start else 0.0
            self._require([at for at, _ in terms], [value for _, value in terms], right, right)
        return taken

    def _limit_spending(self) -> None:
        """Keep what is spent within the budgets."""
        spent = [
            (arc.case, at, arc.spent / self.unit) for e in self.arcs for plant in e for at, arc in plant if arc.spent
        ]
        for case in np.flatnonzero(np.isfinite(self.cases.budget)).tolist():
            here = [(at, cost) for when, at, cost in spent if when == case]
            most = float(self.cases.budget[case]) / self.unit
            self._require([at for at, _ in here], [cost for _, cost in here], -np.inf, most)
        if np.isfinite(self.cases.budget_in_total):
            most = self.cases.budget_in_total / self.unit
            self._require([at for _, at, _ in spent], [cost for _, _, cost in spent], -np.inf, most)

    def _require(self, columns: list[int], values: list[float], low: float, high: float) -> None:
        self._rows.append((np.array(columns, np.int64), np.array(values, float), low, high))

    def _write(self) -> Any:
        """Hand HiGHS all columns and the rows that hold without cuts."""
        highs = make_highs()
        low, high = np.zeros(self.width), np.ones(self.width)
        low[self.first_cost :], high[self.first_cost :] = -highspy.kHighsInf, highspy.kHighsInf
        highs.addVars(self.width, low, high)
        highs.changeColsCost(self.width, np.arange(self.width, dtype=np.int32), np.array(self._cost))
        lengths = [len(columns) for columns, _, _, _ in self._rows]
        at = np.repeat(np.arange(len(self._rows)), lengths)
        columns = np.concatenate([columns for columns, _, _, _ in self._rows])
        values = np.concatenate([values for _, values, _, _ in self._rows])
        matrix = coo_array((values, (at, columns)), shape=(len(self._rows), self.width)).tocsr()
        highs.addRows(
            len(self._rows),
            np.array([row_low for _, _, row_low, _ in self._rows]),
            np.array([row_high for _, _, _, row_high in self._rows]),
            matrix.nnz,
            matrix.indptr[:-1].astype(np.int32),
            matrix.indices.astype(np.int32),
            matrix.data,
        )
        return highs
