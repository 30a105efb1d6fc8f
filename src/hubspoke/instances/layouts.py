"""Orders in which the numbers of one-echelon instances are written, and how well a text fits each of them.

Several orders ask for equally many numbers. In the right one, numbers of a kind stand together: demands with demands,
costs with costs, and these follow their customers and facilities. So each is scored by how much its blocks scatter,
the log of their deviations times the numbers in them, which is a likelihood; the wrong one mixes kinds and scores worse
by far.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats

CLEAR = 10.0
"""Difference of scores from which one order is taken for sure: e^10 to 1."""

ALIKE = 0.01
"""Least deviation of logs that is told apart from none."""


class Layout(NamedTuple):
    """Numbers by kind: n customers, m facilities; `cost` (n, m) as it is written."""

    demand: Floats
    capacity: Floats
    fixed: Floats
    cost: Floats


def read_header(values: Floats, fields: int) -> list[int] | None:
    """Return the first numbers as counts, or None where they are none.

    Parameters
    ----------
    values : float array
    fields : int
        How many.
    """
    if len(values) <= fields:
        return None
    head = values[:fields]
    whole = (head > 0).all() and (head == np.round(head)).all() and (head < len(values)).all()
    return [int(value) for value in head] if whole else None


def lay_out_orlib(values: Floats) -> Layout | None:
    """Read `m n`; m x (capacity, fixed); n x (demand, m costs of the whole demand).

    Parameters
    ----------
    values : float array
    """
    head = read_header(values, 2)
    if head is None or len(values) != 2 + 2 * head[0] + head[1] * (head[0] + 1):
        return None
    hubs = values[2 : 2 + 2 * head[0]].reshape(-1, 2)
    rows = values[2 + 2 * head[0] :].reshape(head[1], head[0] + 1)
    return Layout(rows[:, 0], hubs[:, 0], hubs[:, 1], rows[:, 1:])


def lay_out_holmberg(values: Floats) -> Layout | None:
    """Read `m n`; m x (capacity, fixed); n demands; m rows of n costs of the whole demand.

    Parameters
    ----------
    values : float array
    """
    head = read_header(values, 2)
    if head is None or len(values) != 2 + 2 * head[0] + head[1] * (head[0] + 1):
        return None
    hubs, rest = values[2 : 2 + 2 * head[0]].reshape(-1, 2), values[2 + 2 * head[0] :]
    return Layout(rest[: head[1]], hubs[:, 0], hubs[:, 1], rest[head[1] :].reshape(head).T)


def lay_out_tbed1(values: Floats) -> Layout | None:
    """Read `customers facilities`; demands; capacities; fixed costs; a row of unit costs per facility.

    Parameters
    ----------
    values : float array
    """
    head = read_header(values, 2)
    if head is None or len(values) != 2 + head[0] + 2 * head[1] + head[0] * head[1]:
        return None
    demand, capacity, fixed, unit = np.split(values[2:], np.cumsum([head[0], head[1], head[1]]))
    return Layout(demand, capacity, fixed, unit.reshape(head[1], head[0]).T)


def lay_out_diaz(values: Floats) -> Layout | None:
    """Read `customers facilities`; a row of costs of the whole demand per customer; demands; fixed; capacities.

    Parameters
    ----------
    values : float array
    """
    head = read_header(values, 2)
    if head is None or len(values) != 2 + head[0] + 2 * head[1] + head[0] * head[1]:
        return None
    cost, demand, fixed, capacity = np.split(values[2:], np.cumsum([head[0] * head[1], head[0], head[1]]))
    return Layout(demand, capacity, fixed, cost.reshape(head))


def lay_out_simple(values: Floats) -> tuple[Layout, int] | None:
    """Read `m n most`; m x (number of the facility, fixed, n costs): no capacities, and at most `most` open unless 0.

    Parameters
    ----------
    values : float array
    """
    head = read_header(values, 2)
    if head is None or len(values) != 3 + head[0] * (head[1] + 2):
        return None
    rows, most = values[3:].reshape(head[0], head[1] + 2), values[2]
    numbered = any((rows[:, 0] == np.arange(head[0]) + start).all() for start in (0, 1))
    if not numbered or most != round(most) or not 0 <= most <= head[0]:
        return None
    return Layout(np.ones(head[1]), np.zeros(head[0]), rows[:, 1], rows[:, 2:].T), int(most)


def scatter(layout: Layout) -> float:
    """Return how much numbers of a kind scatter in an order; the least is the likeliest.

    Parameters
    ----------
    layout : Layout
    """
    demand, capacity, fixed, cost = (np.log1p(np.maximum(block, 0.0)) for block in layout)
    rest = cost - cost.mean(axis=0) - cost.mean(axis=1)[:, None] + cost.mean()
    blocks = (demand, capacity, fixed, rest)
    return float(sum(block.size * np.log(max(float(block.std()), ALIKE)) for block in blocks))
