"""Read public facility-location instances: text of numbers, whose form is told by their count and their sense.

Capacitated with divided customers: `orlib-cap` (OR-Library), `tbed1` (Avella and Boccia). Single source: `holmberg`
(also Yang), `diaz`. Two stages, plants to depots to customers, which is our network read backwards: `two-stage`
(Fernandes et al.). `p-median` (OR-Library). The name of each form says where its fields stand; see `_FORMS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from hubspoke.errors import Finding, InputError, UsageError
from hubspoke.problem import Counts, Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ORLIB_CAPACITIES = {
    "capa": (8000.0, 10000.0, 12000.0, 14000.0),
    "capb": (5000.0, 6000.0, 7000.0, 8000.0),
    "capc": (5000.0, 5750.0, 6500.0, 7250.0),
}
"""Capacities for which OR-Library publishes optima of its three large files, which hold a word instead."""


@dataclass(frozen=True, eq=False)
class Instance:
    """A public instance: its name, form and problem."""

    name: str
    form: str
    problem: Problem


def read_instances(path: Path, form: str | None = None) -> list[Instance]:
    """Read a file; OR-Library's large files hold four instances each, all others one.

    Parameters
    ----------
    path : Path
    form : str, optional
        One of `form_names()`; told from the content when left out.

    Raises
    ------
    InputError
        Not numbers, or a count that fits no form.
    UsageError
        Unknown form.
    """
    if form is not None and form not in _FORMS:
        raise UsageError(f"unknown format {form!r}; choose one of {', '.join(_FORMS)}")
    try:
        words = path.read_text(encoding="ascii", errors="replace").split()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error
    if "capacity" in words:
        sizes = ORLIB_CAPACITIES.get(path.stem.lower(), ())
        if not sizes:
            raise _not_readable(path, "it holds the word 'capacity' in place of numbers", "name it capa, capb or capc")
        filled = [
            (f"{path.stem}_{size:g}", [f"{size}" if word == "capacity" else word for word in words]) for size in sizes
        ]
    else:
        filled = [(path.stem, words)]
    return [_read(path, name, numbers, form) for name, numbers in filled]


def form_names() -> tuple[str, ...]:
    """Give the names of all forms."""
    return tuple(_FORMS)


def _read(path: Path, name: str, words: list[str], form: str | None) -> Instance:
    try:
        values = np.array(words, dtype=float)
    except ValueError as error:
        raise _not_readable(path, f"not a table of numbers ({error})", "give a public instance as published") from error
    candidates = [form] if form is not None else list(_FORMS)
    for candidate in candidates:
        problem = _FORMS[candidate](values)
        if problem is not None:
            return Instance(name, candidate, problem)
    tried = form or "any known format"
    raise _not_readable(path, f"its {len(values)} numbers do not fit {tried}", "name the format with --format")


def _not_readable(path: Path, problem: str, cure: str) -> InputError:
    return InputError([Finding(str(path), 0, "", problem, cure)])


def _header(values: Floats, fields: int) -> list[int] | None:
    if len(values) <= fields:
        return None
    head = values[:fields]
    return [int(value) for value in head] if (head > 0).all() and (head == np.round(head)).all() else None


def _one_echelon(demand: Floats, capacity: Floats, fixed: Floats, cost: Floats, *, single: bool) -> Problem | None:
    """Build a problem, unless the numbers make no sense in this reading of them."""
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
    counts = Counts(
        np.zeros(vertices, np.int64), np.array([medians], np.int64), np.array([medians], np.int64), medians, medians
    )
    return Problem.build(
        np.ones(vertices),
        shortest_path(graph, directed=False),
        np.full(vertices, float(vertices)),
        np.zeros(vertices),
        hub_counts=counts,
    )


_FORMS: dict[str, Callable[[Floats], Problem | None]] = {
    "p-median": _read_p_median,
    "two-stage": _read_two_stage,
    "orlib-cap": _read_orlib_cap,
    "holmberg": _read_holmberg,
    "tbed1": _read_tbed1,
    "diaz": _read_diaz,
}
