"""The master problem: which sizes to open, with the cost of serving the sites bounded by cuts; a small MILP in PuLP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pulp
from scipy.optimize import linprog

from hubspoke.model import fewest_plants
from hubspoke.solver import run_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hubspoke.cuts import Cut, Cutter
    from hubspoke.problem import Counts, Steps

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]
    AddRow = Callable[[Ints, Floats | float, float, float], None]

EMPTY = 2
"""Status of scipy's `linprog` for a problem without a solution."""

PATTERNS = 500
"""Most different sets of reachable hubs for which service rows are written."""


@dataclass(frozen=True, eq=False)
class Choice:
    """What the master chose: parts of hub and refinery sizes, its cost, and the bound it proves."""

    hub: Floats
    refinery: Floats
    cost: float
    bound: float


@dataclass(frozen=True, eq=False)
class Scope:
    """Which refinery sizes must (low) and may (high) be open, shape (R, L) each: a part of all plans."""

    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows `low <= matrix @ (hub sizes, refinery sizes) <= high`."""

    matrix: Floats
    low: Floats
    high: Floats


class Master:
    """Sizes as variables, limits and covers as rows, cuts as they come."""

    def __init__(self, cutter: Cutter, unit: float) -> None:
        """Write the rows that every plan obeys; costs are divided by `unit` for the solver."""
        self.problem, self.unit = cutter.problem, unit
        self.hub_keys = np.argwhere(cutter.hub_sizes)
        self.refinery_keys = np.argwhere(cutter.refinery_sizes)
        self.rows = _rows(cutter, self.hub_keys, self.refinery_keys)
        self.cuts: list[Floats] = []
        self.constants: list[float] = []
        self._model: pulp.LpProblem | None = None
        self._variables: list[pulp.LpVariable] = []
        self._written = 0

    def add(self, cut: Cut) -> None:
        """Take up a cut."""
        ours = cut.hub[self.hub_keys[:, 0], self.hub_keys[:, 1]]
        theirs = cut.refinery[self.refinery_keys[:, 0], self.refinery_keys[:, 1]]
        self.cuts.append(np.concatenate([ours, theirs]) / self.unit)
        self.constants.append(cut.constant / self.unit)

    def relax(self, scope: Scope) -> Choice | None:
        """Solve with sizes in parts; infinite when the scope holds no plan, None when the solver came to no answer."""
        count = len(self.hub_keys) + len(self.refinery_keys)
        above = np.column_stack([np.array(self.cuts), -np.ones(len(self.cuts))])
        rows = np.column_stack([self.rows.matrix, np.zeros(len(self.rows.matrix))])
        upper, lower = np.isfinite(self.rows.high), np.isfinite(self.rows.low)
        low, high = self._bounds(scope)
        bounds = np.column_stack([np.append(low, -np.inf), np.append(high, np.inf)])
        answer = linprog(
            np.append(np.zeros(count), 1.0),
            A_ub=np.vstack([above, rows[upper], -rows[lower]]),
            b_ub=np.concatenate([-np.array(self.constants), self.rows.high[upper], -self.rows.low[lower]]),
            bounds=bounds,
            method="highs",
        )
        if answer.status == EMPTY:
            return self._choice(np.zeros(count), np.inf, np.inf)
        return self._choice(answer.x[:-1], answer.fun, answer.fun) if answer.status == 0 else None

    def solve(self, scope: Scope, *, gap: float, time_limit: float | None) -> Choice:
        """Solve with whole sizes; cost and bound are infinite when the scope holds no plan."""
        model = self._build()
        for variable, low, high in zip(
            self._variables, *(bound.tolist() for bound in self._bounds(scope)), strict=False
        ):
            variable.lowBound, variable.upBound = low, high
        outcome = run_model(model, gap=gap, time_limit=time_limit)
        count = len(self._variables) - 1
        if not np.isfinite(outcome.objective):
            return self._choice(np.zeros(count), np.inf, outcome.bound)
        values = np.array([variable.varValue or 0.0 for variable in self._variables[:-1]])
        return self._choice(np.round(values), outcome.objective, outcome.bound)

    def _bounds(self, scope: Scope) -> tuple[Floats, Floats]:
        low, high = np.zeros(len(self.hub_keys)), np.ones(len(self.hub_keys))
        at = (self.refinery_keys[:, 0], self.refinery_keys[:, 1])
        return np.concatenate([low, scope.low[at]]), np.concatenate([high, scope.high[at]])

    def _choice(self, values: Floats, cost: float, bound: float) -> Choice:
        hub, refinery = np.zeros(self.problem.hubs.fixed.shape), np.zeros(self.problem.refineries.fixed.shape)
        hubs = len(self.hub_keys)
        hub[self.hub_keys[:, 0], self.hub_keys[:, 1]] = np.clip(values[:hubs], 0, 1)
        refinery[self.refinery_keys[:, 0], self.refinery_keys[:, 1]] = np.clip(values[hubs:], 0, 1)
        return Choice(hub, refinery, cost * self.unit, bound * self.unit)

    def _build(self) -> pulp.LpProblem:
        """Write the model once, and then only the cuts that are new."""
        if self._model is None:
            self._model = pulp.LpProblem("master", pulp.LpMinimize)
            add = self._model.add_variable
            count = len(self.hub_keys) + len(self.refinery_keys)
            self._variables = [add(f"z_{j}", 0, 1, pulp.LpBinary) for j in range(count)]
            self._variables.append(add("cost"))
            self._model.setObjective(pulp.LpAffineExpression([(self._variables[-1], 1.0)]))
            for low, high, row in zip(self.rows.low, self.rows.high, self.rows.matrix, strict=True):
                terms = self._terms(row)
                if np.isfinite(low):
                    self._model += pulp.LpAffineExpression(terms) >= float(low)
                if np.isfinite(high):
                    self._model += pulp.LpAffineExpression(terms) <= float(high)
        for row, constant in zip(self.cuts[self._written :], self.constants[self._written :], strict=True):
            terms = [*self._terms(-row), (self._variables[-1], 1.0)]
            self._model += pulp.LpAffineExpression(terms) >= float(constant)
        self._written = len(self.cuts)
        return self._model

    def _terms(self, row: Floats) -> list[tuple[pulp.LpVariable, float]]:
        used = np.flatnonzero(row)
        return list(zip([self._variables[j] for j in used.tolist()], row[used].tolist(), strict=True))


def _rows(cutter: Cutter, hub_keys: Ints, refinery_keys: Ints) -> Rows:
    """Write one size per plant, counts, forced plants, covers of capacity and of service."""
    problem, hubs = cutter.problem, len(hub_keys)
    width = hubs + len(refinery_keys)
    found: list[tuple[Floats, float, float]] = []

    def add(at: Ints, values: Floats | float, low: float, high: float) -> None:
        row = np.zeros(width)
        row[at] = values
        found.append((row, low, high))

    for keys, start, counts, state in (
        (hub_keys, 0, problem.hub_counts, problem.hub_state),
        (refinery_keys, hubs, problem.refinery_counts, problem.refinery_state),
    ):
        for j in range(len(state)):
            at = np.flatnonzero(keys[:, 0] == j) + start
            if len(at):
                add(at, 1.0, 1.0 if state[j] > 0 else -np.inf, 1.0)
        _add_counts(add, keys, start, counts)
    must = ~np.isfinite(problem.skip_cost)
    _add_cover(add, problem.hubs, hub_keys, 0, float(problem.mass[must].sum()))
    if problem.n_refineries:
        _add_cover(add, problem.refineries, refinery_keys, hubs, cutter.least_out)
    _add_service(add, cutter, hub_keys, must)
    matrix = np.array([row for row, _, _ in found]).reshape(len(found), width)
    return Rows(matrix, np.array([low for _, low, _ in found]), np.array([high for _, _, high in found]))


def _add_counts(add: AddRow, keys: Ints, start: int, counts: Counts) -> None:
    limits = [
        (np.flatnonzero(counts.group[keys[:, 0]] == g) + start, fewest, most)
        for g, (fewest, most) in enumerate(zip(counts.fewest.tolist(), counts.most.tolist(), strict=True))
    ]
    limits.append((np.arange(len(keys)) + start, counts.fewest_in_total, counts.most_in_total))
    for at, fewest, most in limits:
        if fewest > 0 or most < len(at):
            add(at, 1.0, float(fewest) if fewest > 0 else -np.inf, float(min(most, len(at))))


def _add_cover(add: AddRow, steps: Steps, keys: Ints, start: int, tonnes: float) -> None:
    """Open at least the capacity that must be there, and the plants that takes at least."""
    if tonnes <= 0 or not len(keys):
        return
    capacity = steps.capacity[keys[:, 0], keys[:, 1]]
    at = np.arange(len(keys)) + start
    scale = 1.0 / tonnes
    add(at, np.minimum(capacity, tonnes) * scale, 1.0 - 1e-9, np.inf)
    fewest = fewest_plants(np.where(steps.exists, steps.capacity, 0.0).max(axis=1), tonnes)
    add(at, 1.0, float(fewest), np.inf)


def _add_service(add: AddRow, cutter: Cutter, keys: Ints, must: Bools) -> None:
    """Open a hub, and room enough, within reach of sites that do not reach them all."""
    problem = cutter.problem
    reach = np.isfinite(problem.collection_cost) & (problem.hub_state >= 0)[None, :]
    limited = must & ~reach.all(axis=1)
    if not limited.any():
        return
    patterns, which = np.unique(reach[limited], axis=0, return_inverse=True)
    tonnes = np.bincount(which.ravel(), problem.mass[limited], len(patterns))
    capacity = problem.hubs.capacity[keys[:, 0], keys[:, 1]]
    for pattern, mass in list(zip(patterns, tonnes.tolist(), strict=True))[:PATTERNS]:
        at = np.flatnonzero(pattern[keys[:, 0]])
        add(at, 1.0, 1.0, np.inf)
        if mass > 0:
            add(at, np.minimum(capacity[at], mass) / mass, 1.0 - 1e-9, np.inf)
