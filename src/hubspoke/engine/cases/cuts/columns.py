"""Columns of the master of all cases, and the rows that hold without cuts.

Columns are the sizes of every case, the steps of every plant, whether a plant is open in a case, how many are, and one
cost for each case. Rows send one unit through the network of each plant, tie sizes to steps, and hold what every case
asks of its plants. Open plants and their numbers follow from the sizes: they are there to be divided by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array

from hubspoke.engine.benders.master_rows import count_rows, master_rows
from hubspoke.engine.cases.network import Arc, echelons, plant_arcs
from hubspoke.engine.cases.plant_paths import Stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy.sparse import csr_array

    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.measure import Measure
    from hubspoke.engine.cases.network import Echelon, Place
    from hubspoke.engine.cases.take_or_pay import Divided, PartedCutter
    from hubspoke.engine.parameters import MasterParameters


class PathColumns:
    """Columns and rows of all plans, with costs divided by `unit`.

    Attributes
    ----------
    parts : list of Divided
        For each case its refineries in two parts, where that makes a difference.
    keys : list of (int array, int array)
        For each case the sizes of hubs and refineries that are columns, shape (n, 2): plant and size.
    first_size : list of int
        Column of the first size of each case; those of refineries follow those of hubs.
    arcs : list of lists of lists of (int, Arc)
        By echelon and plant the steps with their columns.
    open_at : list of int arrays, shape (T, N)
        By echelon, the column that says whether a plant is open in a case; -1 where it cannot be.
    counts : int array
        Columns that count open plants.
    counted : list of int arrays
        The sizes that each of them counts.
    count_echelon : list of int
        Whether these are sizes of hubs, 0, or of refineries, 1.
    first_cost : int
        Column of the cost of the first case; behind those of all cases stand the level of a measure of them, and by how
        much each is beyond it.
    case_costs : slice
        Columns of the costs of all cases.
    idles_in_cases : bool
        Whether a measure is taken of costs of plants that stand idle.
    low, high, cost : float arrays, shape (width,)
    whole : bool array, shape (width,)
        Which columns are whole in every plan and have to be asked to be.
    """

    def __init__(
        self, cases: Cases, cutters: Sequence[PartedCutter], unit: float, parameters: MasterParameters
    ) -> None:
        """Write columns and rows; the cutters have the refineries in their parts."""
        self.cases = cases
        self.parts: list[Divided] = [cutter.parts for cutter in cutters]
        self.unit = unit
        self._rows: list[tuple[Ints, Floats, float, float]] = []
        self.link_row: dict[int, int] = {}
        """For each size the row that ties it to steps."""
        self._cost: list[float] = []
        self._high: list[float] = []
        self._whole: list[bool] = []
        both = echelons(cases)
        keys = [[np.argwhere(exists) for exists in echelon.exists] for echelon in both]
        self.keys: list[tuple[Ints, Ints]] = [(keys[0][case], keys[1][case]) for case in range(cases.count)]
        self.first_size: list[int] = []
        for hub_keys, refinery_keys in self.keys:
            self.first_size.append(len(self._cost))
            self._add(len(hub_keys) + len(refinery_keys), whole=True)
        # with a budget or limited openings steps can be mixed although all sizes are whole
        tied = cases.limits_budget or cases.hubs.limits_openings.any() or cases.refineries.limits_openings.any()
        self.arcs: list[list[list[tuple[int, Arc]]]] = [
            self._add_networks(echelon, e, whole=bool(tied)) for e, echelon in enumerate(both)
        ]
        self._limit_spending()
        self.open_at: list[Ints] = [self._add_open(echelon, e) for e, echelon in enumerate(both)]
        self.counts: Ints = self._add_counts(parameters.thresholds)
        self.first_cost: int = len(self._cost)
        self.case_costs: slice = slice(self.first_cost, self.first_cost + cases.count)
        self._add(cases.count, whole=False, cost=1.0 if cases.measure is None else 0.0)
        self.idles_in_cases: bool = self._add_measure(cases.measure) if cases.measure is not None else False
        for case, cutter in enumerate(cutters):
            rows = master_rows(cutter, *self.keys[case], parameters.patterns, whole=cutter.parts.given)
            columns = np.arange(rows.matrix.shape[1]) + self.first_size[case]
            self._rows += [
                (columns[row != 0], row[row != 0], float(low), float(high))
                for row, low, high in zip(rows.matrix, rows.low, rows.high, strict=True)
            ]
        self._matrix: tuple[csr_array, Floats, Floats] | None = None
        self.width: int = len(self._cost)
        self.low: Floats = np.zeros(self.width)
        self.high: Floats = np.array(self._high)
        self.cost: Floats = np.array(self._cost)
        self.low[self.case_costs], self.high[self.first_cost :] = -np.inf, np.inf
        if cases.measure is not None:
            self.low[self.level] = -np.inf
        self.whole: Bools = np.array(self._whole)

    def rows(self) -> tuple[csr_array, Floats, Floats]:
        """Return the matrix of all rows, and their low and high limits."""
        if self._matrix is not None:
            return self._matrix
        at = np.repeat(np.arange(len(self._rows)), [len(columns) for columns, _, _, _ in self._rows])
        columns = np.concatenate([columns for columns, _, _, _ in self._rows])
        values = np.concatenate([values for _, values, _, _ in self._rows])
        matrix = coo_array((values, (at, columns)), shape=(len(self._rows), self.width)).tocsr()
        low = np.array([low for _, _, low, _ in self._rows])
        self._matrix = matrix, low, np.array([high for _, _, _, high in self._rows])
        return self._matrix

    def size_columns(self, case: int, e: int) -> slice:
        """Return where the sizes of an echelon stand in a case."""
        first = self.first_size[case] + (len(self.keys[case][0]) if e else 0)
        return slice(first, first + len(self.keys[case][e]))

    def sizes(self, value: Floats, case: int) -> tuple[Floats, Floats]:
        """Read to which part hub sizes (H, K) and sizes of bases and tops of refineries are open in a case."""
        problem, found = self.cases.problems[case], []
        for e, steps in enumerate((problem.hubs, problem.refineries)):
            part, keys = np.zeros(steps.fixed.shape), self.keys[case][e]
            part[keys[:, 0], keys[:, 1]] = np.clip(value[self.size_columns(case, e)], 0, 1)
            found.append(part)
        return found[0], self.parts[case].spread(found[1])

    def paths(self, value: Floats) -> list[list[list[Arc]]]:
        """Read what hubs and refineries do in a whole choice."""
        return [[[arc for at, arc in plant if value[at] > 0.5] for plant in plants] for plants in self.arcs]

    def step_cost(self, value: Floats) -> float:
        """Return what the steps of a choice cost."""
        return float(self.cost[: self.first_cost] @ value[: self.first_cost]) * self.unit

    def idle_costs(self, value: Floats) -> Floats:
        """Return what plants that stand idle add to the cost of each case under a measure, shape (T,)."""
        cost = np.zeros(self.cases.count)
        if self.idles_in_cases:
            for case, at, idle in self._idle_columns():
                cost[case] += idle * value[at]
        return cost

    def total(self, value: Floats, costs: Floats) -> float:
        """Return what a choice costs in all, given the cost of each case."""
        if self.cases.measure is None:
            return self.step_cost(value) + float(costs.sum())
        return self.step_cost(value) + self.cases.measure.value(costs + self.idle_costs(value))

    def _idle_columns(self) -> list[tuple[int, int, float]]:
        return [(arc.case, at, arc.idle) for e in self.arcs for plant in e for at, arc in plant if arc.idle]

    def _add_measure(self, measure: Measure) -> bool:
        """Add the measure of the costs of all cases; return whether plants that stand idle are part of them."""
        self.level: int = len(self._cost)
        self._add(1, whole=False, cost=1.0)
        self.measure_rows: dict[int, int] = {}
        idle: dict[int, list[tuple[int, float]]] = {}
        for case, at, cost in self._idle_columns():
            idle.setdefault(case, []).append((at, cost / self.unit))
        for case in np.flatnonzero(measure.cap > 0).tolist():
            beyond = len(self._cost)
            self._add(1, whole=False, cost=float(measure.cap[case]))
            mine = idle.get(case, [])
            columns = [beyond, self.level, self.first_cost + case, *[at for at, _ in mine]]
            self.measure_rows[case] = len(self._rows)
            values = [1.0, 1.0, -1.0, *[-cost for _, cost in mine]]
            self._require(columns, values, -float(measure.baseline[case]) / self.unit, np.inf)
        return bool(idle)

    def _add(self, count: int, *, whole: bool, cost: float = 0.0, high: float = 1.0) -> None:
        self._cost += [cost] * count
        self._high += [high] * count
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
            first = self.size_columns(case, e).start
            for i, (plant, size) in enumerate(keys[e].tolist()):
                ways = opened.get((case, plant, size), [])
                self.link_row[first + i] = len(self._rows)
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
            self._add(1, whole=whole, cost=arc.cost / self.unit)
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

    def rarely_used(self) -> Bools:
        """Return which columns are steps from one size to another."""
        rare = np.zeros(self.width, bool)
        for plants in self.arcs:
            for arcs in plants:
                for at, arc in arcs:
                    sizes = arc.tail.size, arc.head.size
                    rare[at] = min(sizes) >= 0 and sizes[0] != sizes[1]
        return rare

    def _add_open(self, echelon: Echelon, e: int) -> Ints:
        """Add whether each plant is open in each case."""
        found = np.full(echelon.paths.shape[:2], -1)
        for case, keys in enumerate(self.keys):
            first = self.size_columns(case, e).start
            for plant in np.unique(keys[e][:, 0]).tolist():
                found[case, plant] = len(self._cost)
                self._add(1, whole=False)
                sizes = (np.flatnonzero(keys[e][:, 0] == plant) + first).tolist()
                self._require([int(found[case, plant]), *sizes], [-1.0] + [1.0] * len(sizes), 0.0, 0.0)
        return found

    def _add_counts(self, thresholds: int) -> Ints:
        """Add how many plants of each echelon are open in each case at some size or more."""
        first = len(self._cost)
        self.counted: list[Ints] = []
        self.count_echelon: list[int] = []
        for case, part in enumerate(self.parts):
            for row in count_rows(part.given, *self.keys[case], thresholds):
                counted = np.flatnonzero(row)
                if len(counted) > 1:
                    self._add(1, whole=False, high=float(len(counted)))
                    self.counted.append(counted + self.first_size[case])
                    self.count_echelon.append(int(counted[0] >= len(self.keys[case][0])))
                    columns = [len(self._cost) - 1, *self.counted[-1].tolist()]
                    self._require(columns, [-1.0] + [1.0] * len(counted), 0.0, 0.0)
        return np.arange(first, len(self._cost))

    def _require(self, columns: list[int], values: list[float], low: float, high: float) -> None:
        self._rows.append((np.array(columns, np.int64), np.array(values, float), low, high))
