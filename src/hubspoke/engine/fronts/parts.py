"""Fronts of problems that fall into parts, such as regions with closed borders: every sum of points of the parts.

Plans of parts are chosen each for itself, and both measures add up. So a plan of the whole is on its front only if
each part's plan is on the front of the part; of all sums those stay of which none is better in both measures.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.fronts.complete import find_front
from hubspoke.engine.fronts.front import Choice, Front, FrontRow
from hubspoke.engine.fronts.memory import forget
from hubspoke.engine.fronts.pair import Pair
from hubspoke.engine.presolve.components import extract, split

if TYPE_CHECKING:
    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.fronts.memory import Remember
    from hubspoke.engine.presolve.components import Component

MOST_SUMS = 1_000_000
"""Points of the whole that are kept at most."""
ALIKE = 1e-10
"""Share of a measure by which sums differ that are the same but for rounding."""


@dataclass(frozen=True, eq=False)
class _Sums:
    """Points of several parts together.

    Attributes
    ----------
    value : float array, shape (points, 2)
        Cost and other measure, from the cheapest on.
    rows : int array, shape (points, parts)
        Which point of each part.
    """

    value: Floats
    rows: Ints


def find_sum_of_parts(
    pair: Pair, *, points: int | None = None, stop: Stop | None = None, remember: Remember = forget
) -> Front | None:
    """Find the front of a problem that falls into parts.

    Parameters
    ----------
    pair : Pair
    points : int, optional
        Even levels of the other measure for each of which the cheapest plan is returned; all points when left out.
    stop : Stop, optional
        Ends the search.
    remember : callable, optional
        Keeps what the solver answered.

    Returns
    -------
    Front or None
        None where the problem is one part, where a part has lines on its front, where there are too many points, and
        where time was up before all parts were proven.
    """
    parts = split(pair.cost)
    if len(parts) == 1:
        return None
    fronts = []
    for number, part in enumerate(parts):
        other = extract(pair.other, part.sites, part.hubs, part.refineries).problem

        front = find_front(Pair(part.problem, other), stop=stop, remember=_name_part(remember, number))
        if front.is_infeasible:
            return front
        if not front.is_complete or any(row.goes_on for row in front.rows):
            return None
        fronts.append([row for row in front.rows if row.attained])
    sums = _add_up(fronts)
    if sums is None:
        return None
    chosen = np.arange(len(sums.value)) if points is None else _pick_levels(sums.value, points)
    rows = [_join(pair, parts, [front[at] for front, at in zip(fronts, sums.rows[one], strict=True)]) for one in chosen]
    return Front(tuple(rows), is_complete=len(chosen) == len(sums.value))


def _name_part(remember: Remember, number: int) -> Remember:
    """Return what remembers the answers on one part."""
    return lambda question, answer: remember([number, *question], answer)


def _add_up(fronts: list[list[FrontRow]]) -> _Sums | None:
    sums = _Sums(np.zeros((1, 2)), np.zeros((1, 0), np.int64))
    for front in fronts:
        own = np.array([(row.choice.cost, row.choice.other) for row in front])
        if len(sums.value) * len(own) > MOST_SUMS:
            return None
        value = (sums.value[:, None, :] + own[None, :, :]).reshape(-1, 2)
        rows = np.concatenate(
            [np.repeat(sums.rows, len(own), axis=0), np.tile(np.arange(len(own)), len(sums.value))[:, None]], axis=1
        )
        order = np.lexsort((value[:, 1], value[:, 0]))
        order = order[_is_better(value[order])]
        sums = _Sums(value[order], rows[order])
    return sums


def _is_better(value: Floats) -> Bools:
    """Return which of points, from the cheapest on, have less of the other measure than all before, shape (points,)."""
    least = np.minimum.accumulate(value[:, 1])
    before = np.r_[np.inf, least[:-1]]
    return np.asarray(value[:, 1] < before - ALIKE * np.abs(value[:, 1]))


def _pick_levels(value: Floats, points: int) -> Ints:
    """Return the cheapest points that keep even levels of the other measure, both ends among them.

    Where several levels have one point, others are taken from the middle of the widest gaps until there are as many as
    asked for, or all.
    """
    levels = np.linspace(value[0, 1], value[-1, 1], points)
    first = np.searchsorted(-value[:, 1], -levels - ALIKE * np.abs(levels))
    picked = np.unique(np.minimum(first, len(value) - 1)).tolist()
    while len(picked) < min(points, len(value)):
        gaps = [(value[one, 1] - value[two, 1], one, two) for one, two in pairwise(picked) if two > one + 1]
        _, one, two = max(gaps)
        apart = np.abs(value[one + 1 : two, 1] - (value[one, 1] + value[two, 1]) / 2)
        bisect.insort(picked, one + 1 + int(np.argmin(apart)))
    return np.array(picked, np.int64)


def _join(pair: Pair, parts: tuple[Component, ...], rows: list[FrontRow]) -> FrontRow:
    """Return the plan of the whole that plans of the parts make."""
    hubs, refineries = pair.cost.n_hubs, pair.cost.n_refineries
    size = np.full(hubs, -1, np.int64), np.full(refineries, -1, np.int64)
    load = np.zeros(hubs), np.zeros(refineries)
    for part, row in zip(parts, rows, strict=True):
        size[0][part.hubs], size[1][part.refineries] = row.choice.hub_size, row.choice.refinery_size
        load[0][part.hubs], load[1][part.refineries] = row.choice.hub_load, row.choice.refinery_load
    cost, other = (sum(getattr(row.choice, name) for row in rows) for name in ("cost", "other"))
    return FrontRow(Choice(cost, other, *size, *load), float(sum(row.bound for row in rows)))
