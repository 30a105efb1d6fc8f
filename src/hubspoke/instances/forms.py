"""Readers for the published forms of facility-location instances: numbers in a fixed order, made into problems.

Every reader returns the problems of its text by the suffix of their names, or None where the numbers make no sense in
that form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.problem import Problem
from hubspoke.instances.layouts import (
    Layout,
    lay_out_diaz,
    lay_out_holmberg,
    lay_out_orlib,
    lay_out_simple,
    lay_out_tbed1,
    read_header,
)
from hubspoke.instances.period_forms import read_incremental

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hubspoke.base.arrays import Floats
    from hubspoke.engine.cases.cases import Cases

    Reader = Callable[[Floats], Mapping[str, Problem | Cases] | None]


def _capacitated(layout: Layout | None, *, single: bool, unit: bool = False) -> Problem | None:
    """Build a problem, of costs by unit or of the whole demand; None where the numbers make no sense in this form."""
    if layout is None or (layout.demand < 0).any() or (layout.capacity <= 0).any():
        return None
    if layout.demand.sum() > layout.capacity.sum():
        return None
    cost = layout.cost * layout.demand[:, None] if unit else layout.cost
    return Problem.build(layout.demand, cost, layout.capacity, layout.fixed, single_sourcing=single)


def _uncapacitated(layout: Layout | None, most: int = 0) -> Problem | None:
    """Build a problem whose facilities take all; at most so many open, unless 0."""
    if layout is None:
        return None
    customers, facilities = layout.cost.shape
    counts = Counts.between(0, most, facilities) if most else None
    return Problem.build(
        np.ones(customers), layout.cost, np.full(facilities, float(customers)), layout.fixed, hub_counts=counts
    )


def _read_zero_capacities(values: Floats) -> Problem | None:
    """Read the order of OR-Library where every capacity is 0, which stands for none."""
    layout = lay_out_orlib(values)
    return None if layout is None or layout.capacity.any() else _uncapacitated(layout)


def _read_simple(values: Floats) -> Problem | None:
    laid_out = lay_out_simple(values)
    return None if laid_out is None else _uncapacitated(*laid_out)


def _read_two_stage(values: Floats) -> Problem | None:
    """Read `I J K`; K demands; I x (capacity, fixed); I x J units; J x (capacity, fixed); J x K units."""
    head = read_header(values, 3)
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
    head = read_header(values, 3)
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
        hub_counts=Counts.between(medians, medians, vertices),
    )


def _read_p_median_cap(values: Floats) -> dict[str, Problem] | None:
    """Read how many; each `number best`, `n p capacity`, n x (id, x, y, demand); distances are rounded down."""
    head = read_header(values, 1)
    if head is None:
        return None
    found, at = {}, 1
    for _ in range(head[0]):
        sizes = read_header(values[at + 2 :], 2)
        if sizes is None or len(values) < at + 5 + 4 * sizes[0]:
            return None
        (count, medians), capacity = sizes, values[at + 4]
        points = values[at + 5 : at + 5 + 4 * count].reshape(count, 4)
        if (points[:, 3] < 0).any() or points[:, 3].sum() > medians * capacity:
            return None
        apart = points[:, None, 1:3] - points[None, :, 1:3]
        found[f"_{values[at]:g}"] = Problem.build(
            points[:, 3],
            np.floor(np.hypot(apart[:, :, 0], apart[:, :, 1])),
            np.full(count, float(capacity)),
            np.zeros(count),
            hub_counts=Counts.between(medians, medians, count),
        )
        at += 5 + 4 * count
    return found if at == len(values) else None


def _alone(read: Callable[[Floats], Problem | None]) -> Reader:
    """Make a reader of a text that holds one problem."""

    def reader(values: Floats) -> dict[str, Problem] | None:
        problem = read(values)
        return None if problem is None else {"": problem}

    return reader


@dataclass(frozen=True)
class Form:
    """A form of instances.

    `about` says in a few words what it takes the numbers for; `layout` gives their order, where others of as many
    numbers exist.
    """

    about: str
    read: Reader
    layout: Callable[[Floats], Layout | None] | None = None


def _of(about: str, layout: Callable[[Floats], Layout | None], *, single: bool = False, unit: bool = False) -> Form:
    return Form(about, _alone(lambda values: _capacitated(layout(values), single=single, unit=unit)), layout)


GUESSED: dict[str, Form] = {
    "p-median": Form("vertices, edges, medians", _alone(_read_p_median)),
    "p-median-cap": Form("capacitated medians in the plane", _read_p_median_cap),
    "two-stage": Form("plants, depots, customers", _alone(_read_two_stage)),
    "ufl-simple": Form("no capacities", _alone(_read_simple)),
    "orlib-uncap": Form("no capacities", _alone(_read_zero_capacities)),
    "orlib-cap": _of("divided customers", lay_out_orlib),
    "holmberg": _of("whole customers; holmberg-split divides them", lay_out_holmberg, single=True),
    "tbed1": _of("divided customers, costs by unit; tbed1-single leaves them whole", lay_out_tbed1, unit=True),
    "diaz": _of("whole customers; diaz-split divides them", lay_out_diaz, single=True),
    "incremental": Form("several periods", read_incremental),
}
"""Forms that are recognised by the content."""

FORMS: dict[str, Form] = GUESSED | {
    "orlib-cap-single": _of("whole customers", lay_out_orlib, single=True),
    "orlib-uncap": Form("capacities ignored", _alone(lambda values: _uncapacitated(lay_out_orlib(values)))),
    "holmberg-split": _of("divided customers", lay_out_holmberg),
    "tbed1-single": _of("whole customers, costs by unit", lay_out_tbed1, single=True, unit=True),
    "diaz-split": _of("divided customers", lay_out_diaz),
}
"""All forms: those recognised by the content, and other readings of the same numbers, by name only."""
