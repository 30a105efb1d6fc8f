"""Readers for the published forms of facility-location instances: numbers in a fixed order, made into problems.

Every reader returns the problems of its text by the suffix of their names, or None where the numbers make no sense in
that form.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.problem.steps import Steps
from hubspoke.instances.period_forms import read_incremental

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hubspoke.base.arrays import Floats
    from hubspoke.engine.cases.cases import Cases

    Reader = Callable[[Floats], Mapping[str, Problem | Cases] | None]


def _header(values: Floats, fields: int) -> list[int] | None:
    if len(values) <= fields:
        return None
    head = values[:fields]
    return [int(value) for value in head] if (head > 0).all() and (head == np.round(head)).all() else None


def _one_echelon(demand: Floats, capacity: Floats, fixed: Floats, cost: Floats, *, single: bool) -> Problem | None:
    """Build a problem; return None where the numbers make no sense in this form."""
    if (demand < 0).any() or (capacity <= 0).any() or demand.sum() > capacity.sum():
        return None
    return Problem.build(demand, cost, capacity, fixed, single_sourcing=single)


def _read_orlib_cap(values: Floats) -> Problem | None:
    """Read `m n`; m x (capacity, fixed); n x (demand, m costs of the whole demand)."""
    head = _header(values, 2)
    if head is None or len(values) != 2 + 2 * head[0] + head[1] * (head[0] + 1):
        return None
    hubs = values[2 : 2 + 2 * head[0]].reshape(-1, 2)
    rows = values[2 + 2 * head[0] :].reshape(head[1], head[0] + 1)
    return _one_echelon(rows[:, 0], hubs[:, 0], hubs[:, 1], rows[:, 1:], single=False)


def _read_holmberg(values: Floats) -> Problem | None:
    """Read `n m`; n x (capacity, fixed); m demands; n rows of m costs of the whole demand."""
    head = _header(values, 2)
    if head is None or len(values) != 2 + 2 * head[0] + head[1] * (head[0] + 1):
        return None
    hubs, rest = values[2 : 2 + 2 * head[0]].reshape(-1, 2), values[2 + 2 * head[0] :]
    return _one_echelon(rest[: head[1]], hubs[:, 0], hubs[:, 1], rest[head[1] :].reshape(head).T, single=True)


def _read_tbed1(values: Floats) -> Problem | None:
    """Read `customers facilities`; demands; capacities; fixed costs; a row of unit costs per facility."""
    head = _header(values, 2)
    if head is None or len(values) != 2 + head[0] + 2 * head[1] + head[0] * head[1]:
        return None
    demand, capacity, fixed, unit = np.split(values[2:], np.cumsum([head[0], head[1], head[1]]))
    return _one_echelon(demand, capacity, fixed, unit.reshape(head[1], head[0]).T * demand[:, None], single=False)


def _read_diaz(values: Floats) -> Problem | None:
    """Read `customers facilities`; a row of costs of the whole demand per customer; demands; fixed; capacities."""
    head = _header(values, 2)
    if head is None or len(values) != 2 + head[0] + 2 * head[1] + head[0] * head[1]:
        return None
    cost, demand, fixed, capacity = np.split(values[2:], np.cumsum([head[0] * head[1], head[0], head[1]]))
    return _one_echelon(demand, capacity, fixed, cost.reshape(head), single=True)


def _read_two_stage(values: Floats) -> Problem | None:
    """Read `I J K`; K demands; I x (capacity, fixed); I x J units; J x (capacity, fixed); J x K units."""
    head = _header(values, 3)
    if head is None:
        return None
    plants, depots, customers = head
    parts = [customers, 2 * plants, plants * depots, 2 * depots, depots * customers]
    if len(values) != 3 + sum(parts):
        return None
    demand, upper, first, lower, second = np.split(values[3:], np.cumsum(parts)[:-1])
    plant, depot = upper.reshape(-1, 2), lower.reshape(-1, 2)
    if demand.sum() > min(plant[:, 0].sum(), depot[:, 0].sum()):
        return None
    return Problem.build(
        demand,
        second.reshape(depots, customers).T * demand[:, None],
        depot[:, 0],
        depot[:, 1],
        transfer_cost=first.reshape(plants, depots).T,
        refinery_capacity=plant[:, 0],
        refinery_fixed=plant[:, 1],
        single_sourcing=False,
    )


def _read_p_median(values: Floats) -> Problem | None:
    """Read `n edges p`; edges x (u, v, length), the last of a pair counts; customers and medians are the vertices."""
    head = _header(values, 3)
    if head is None or len(values) != 3 + 3 * head[1]:
        return None
    vertices, _, medians = head
    edges = values[3:].reshape(-1, 3)
    ends = edges[:, :2].astype(int) - 1
    if ends.min() < 0 or ends.max() >= vertices:
        return None
    length = {tuple(sorted(pair)): value for pair, value in zip(ends.tolist(), edges[:, 2].tolist(), strict=True)}
    tails, heads = zip(*length, strict=True)
    graph = csr_array((list(length.values()), (tails, heads)), shape=(vertices, vertices))
    return Problem.build(
        np.ones(vertices),
        shortest_path(graph, directed=False),
        np.full(vertices, float(vertices)),
        np.zeros(vertices),
        hub_counts=_exactly(medians, vertices),
    )


def _read_p_median_cap(values: Floats) -> dict[str, Problem] | None:
    """Read how many; each `number best`, `n p capacity`, n x (id, x, y, demand); distances are rounded down."""
    head = _header(values, 1)
    if head is None:
        return None
    found, at = {}, 1
    for _ in range(head[0]):
        sizes = _header(values[at + 2 :], 3)
        if sizes is None or len(values) < at + 5 + 4 * sizes[0]:
            return None
        count, medians, capacity = sizes
        points = values[at + 5 : at + 5 + 4 * count].reshape(count, 4)
        if (points[:, 3] < 0).any() or points[:, 3].sum() > medians * capacity:
            return None
        apart = points[:, None, 1:3] - points[None, :, 1:3]
        found[f"_{values[at]:g}"] = Problem.build(
            points[:, 3],
            np.floor(np.hypot(apart[:, :, 0], apart[:, :, 1])),
            np.full(count, float(capacity)),
            np.zeros(count),
            hub_counts=_exactly(medians, count),
        )
        at += 5 + 4 * count
    return found if at == len(values) else None


def _exactly(medians: int, vertices: int) -> Counts:
    """Return counts under which exactly that many medians open."""
    count = np.array([medians], np.int64)
    return Counts(np.zeros(vertices, np.int64), count, count, medians, medians)


def _whole_customers(problem: Problem) -> Problem:
    return replace(problem, single_sourcing=True)


def _without_capacity(problem: Problem) -> Problem:
    room = np.full(problem.hubs.capacity.shape, max(float(problem.mass.sum()), 1.0))
    return replace(problem, hubs=Steps(room, problem.hubs.fixed, problem.hubs.variable))


def _alone(read: Callable[[Floats], Problem | None], change: Callable[[Problem], Problem] | None = None) -> Reader:
    """Make a reader of a text that holds one problem."""

    def reader(values: Floats) -> dict[str, Problem] | None:
        problem = read(values)
        return None if problem is None else {"": problem if change is None else change(problem)}

    return reader


GUESSED: dict[str, Reader] = {
    "p-median": _alone(_read_p_median),
    "p-median-cap": _read_p_median_cap,
    "two-stage": _alone(_read_two_stage),
    "orlib-cap": _alone(_read_orlib_cap),
    "holmberg": _alone(_read_holmberg),
    "tbed1": _alone(_read_tbed1),
    "diaz": _alone(_read_diaz),
    "incremental": read_incremental,
}
"""Forms that are recognised by the content, in the order in which they are tried."""

FORMS: dict[str, Reader] = GUESSED | {
    "orlib-cap-single": _alone(_read_orlib_cap, _whole_customers),
    "orlib-uncap": _alone(_read_orlib_cap, _without_capacity),
    "tbed1-single": _alone(_read_tbed1, _whole_customers),
}
"""All forms: those recognised by the content, and other readings of the same numbers, by name only."""
