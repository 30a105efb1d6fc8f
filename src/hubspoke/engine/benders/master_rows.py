"""Rows that every plan obeys, whatever the cuts: one size per plant, counts, covers of capacity and of service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.problem.limits import fewest_plants

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.engine.benders.cuts import CutGenerator
    from hubspoke.engine.problem.counts import Counts
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.problem.steps import Steps

    AddRow = Callable[[Ints, Floats | float, float, float], None]


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows `low <= matrix @ (hub sizes, refinery sizes) <= high`."""

    matrix: Floats
    low: Floats
    high: Floats


def master_rows(
    cutter: CutGenerator, hub_keys: Ints, refinery_keys: Ints, most_patterns: int, *, whole: Problem | None = None
) -> Rows:
    """Write one size per plant, counts, forced plants, covers of capacity and of service.

    Parameters
    ----------
    cutter : CutGenerator
    hub_keys, refinery_keys : int arrays, shape (n, 2)
        Plants and sizes that are columns.
    most_patterns : int
        Most sets of hubs within reach for which rows are written.
    whole : Problem, optional
        The same with other refineries, those of the columns, where the cutter has them in parts.
    """
    problem, hubs = cutter.problem if whole is None else whole, len(hub_keys)
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
    _add_service(add, cutter, hub_keys, must, most_patterns)
    matrix = np.array([row for row, _, _ in found]).reshape(len(found), width)
    return Rows(matrix, np.array([low for _, low, _ in found]), np.array([high for _, _, high in found]))


def count_rows(problem: Problem, hub_keys: Ints, refinery_keys: Ints, most_thresholds: int) -> Floats:
    """Return which sizes are counted together: those of an echelon that hold so much or more, shape (counts, sizes).

    How many plants of such sizes are open is whole in every plan, and where places are much alike it says far more
    than whether a single one is.

    Parameters
    ----------
    problem : Problem
    hub_keys, refinery_keys : int arrays, shape (n, 2)
        Plants and sizes that are columns.
    most_thresholds : int
        Most capacities of an echelon from which plants are counted.
    """
    rows = []
    for keys, steps, before in (
        (hub_keys, problem.hubs, 0),
        (refinery_keys, problem.refineries, len(hub_keys)),
    ):
        capacity = steps.capacity[keys[:, 0], keys[:, 1]]
        distinct = np.unique(capacity)
        step = max(len(distinct) / most_thresholds, 1.0)
        for at in np.arange(0, len(distinct), step).astype(int).tolist():
            row = np.zeros(len(hub_keys) + len(refinery_keys))
            row[before : before + len(keys)] = capacity >= distinct[at]
            rows.append(row)
    return np.array(rows).reshape(len(rows), len(hub_keys) + len(refinery_keys))


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


def _add_service(add: AddRow, cutter: CutGenerator, keys: Ints, must: Bools, most_patterns: int) -> None:
    """Open a hub, and room enough, within reach of sites that do not reach them all."""
    problem = cutter.problem
    reach = np.isfinite(problem.collection_cost) & (problem.hub_state >= 0)[None, :]
    limited = must & ~reach.all(axis=1)
    if not limited.any():
        return
    patterns, which = np.unique(reach[limited], axis=0, return_inverse=True)
    tonnes = np.bincount(which.ravel(), problem.mass[limited], len(patterns))
    capacity = problem.hubs.capacity[keys[:, 0], keys[:, 1]]
    for pattern, mass in list(zip(patterns, tonnes.tolist(), strict=True))[:most_patterns]:
        at = np.flatnonzero(pattern[keys[:, 0]])
        add(at, 1.0, 1.0, np.inf)
        if mass > 0:
            add(at, np.minimum(capacity[at], mass) / mass, 1.0 - 1e-9, np.inf)
