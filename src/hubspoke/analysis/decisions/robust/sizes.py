"""The sizes that plants may be built at in all scenarios alike, and the line of cost of each in every scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.planning.years.intervals import Intervals, list_sizes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.costs.sizes import PlantSteps

ROUNDING = 1e-9
"""Relative room for the rounding of sums."""


@dataclass(frozen=True)
class _Size:
    """A size of a technology, on the line that costs least there, with what it saves on shared ground or without."""

    technology: int
    tonnes: float
    shares: bool


def choose_sizes(
    lines: Sequence[PlantSteps], shared: Sequence[Floats], forced: Floats, most: Floats
) -> tuple[Intervals, ...]:
    """Return sizes of plants, the same in all scenarios, and for each scenario the lines of cost that they stand on.

    Where rules leave no doubt what a plant takes in, its sizes are these loads, one for each scenario; else a list of
    sizes a quarter apart up to the most it could take in, and what stands of it already.

    Parameters
    ----------
    lines : sequence of PlantSteps, length T
        Of the same N plants.
    shared : sequence of float arrays, length T, shape (N, K)
        Yen per year that each line saves on ground that is shared.
    forced : float array, shape (T, N)
        What each takes in once it is open; NaN where that depends on the plan.
    most : float array, shape (T, N)
        No plan gives it more.

    Returns
    -------
    tuple of Intervals, length T
        Of single sizes J, at which capital is charged in full.
    """
    found = [
        _drop_dear(
            lines, shared, plant, _on_ground(_of_plant(lines, plant, forced[:, plant], most[:, plant]), shared, plant)
        )
        for plant in range(most.shape[1])
    ]
    shape = most.shape[1], max((len(sizes) for sizes in found), default=0) or 1
    size, line = np.zeros(shape), np.full((len(lines), *shape), -1)
    for plant, sizes in enumerate(found):
        for at, one in enumerate(sizes):
            size[plant, at] = one.tonnes
            for case, (steps, saving) in enumerate(zip(lines, shared, strict=True)):
                line[case, plant, at] = _line_at(steps, saving, plant, one)
    every = np.ones((len(lines), *shape), bool)
    return tuple(Intervals(line[case], size, size * (1 + ROUNDING), every, every) for case in range(len(lines)))


def _of_plant(lines: Sequence[PlantSteps], plant: int, forced: Floats, most: Floats) -> list[tuple[int, float]]:
    """Return the technologies and sizes that a plant may be built at."""
    found: set[tuple[int, float]] = set()
    largest = float(most.max(initial=0.0))
    for steps in lines:
        used: Ints = np.flatnonzero(steps.capacity[plant] > 0)
        if steps.has_given[plant]:
            found |= {(int(steps.technology[plant, k]), float(steps.capacity[plant, k])) for k in used}
            continue
        for technology in np.unique(steps.technology[plant, used]).tolist():
            own = used[steps.technology[plant, used] == technology]
            holds = float(steps.capacity[plant, own].max())
            if np.isnan(forced).any():
                sizes = [*list_sizes(min(largest, holds)), *steps.capacity[plant, own].tolist()]
            else:
                sizes = forced.tolist()
            found |= {(technology, s) for s in sizes if 0 < s <= min(largest, holds) * (1 + ROUNDING)}
    kept: list[tuple[int, float]] = []
    for technology, size in sorted(found):
        if not (kept and kept[-1][0] == technology and size <= kept[-1][1] * (1 + ROUNDING)):
            kept.append((technology, size))
    return kept


def _on_ground(sizes: list[tuple[int, float]], shared: Sequence[Floats], plant: int) -> list[_Size]:
    """Return sizes on the line that is cheapest on ground of their own, and on that which is on shared ground."""
    ways = (False, True) if any(saving[plant].any() for saving in shared) else (False,)
    return [_Size(technology, tonnes, shares) for technology, tonnes in sizes for shares in ways]


def _drop_dear(lines: Sequence[PlantSteps], shared: Sequence[Floats], plant: int, sizes: list[_Size]) -> list[_Size]:
    """Leave out sizes beside which another one holds as much and costs no more in any scenario, however it is used."""
    if len(sizes) < 2:
        return sizes
    costs: list[list[float]] = []
    for one in sizes:
        size, row = one.tonnes, [-one.tonnes]
        for steps, saving in zip(lines, shared, strict=True):
            k = _line_at(steps, saving, plant, one)
            if k < 0:
                row += [np.inf] * 4
                continue
            slope = float(steps.capital_per_t[plant, k])
            capital = float(steps.capital[plant, k]) + slope * size
            running = float((steps.maintenance + steps.labour + steps.overhead + steps.given)[plant, k])
            rate = float(steps.variable[plant, k]) - slope
            row += [capital + running, capital, rate, -float(saving[plant, k])]
        costs.append(row)
    table = np.array(costs)
    kept = []
    for at, row in enumerate(table):
        no_worse = (table <= row).all(axis=1)
        better = no_worse & ((table < row).any(axis=1) | (np.arange(len(table)) < at))
        if not better.any():
            kept.append(sizes[at])
    return kept


def _line_at(steps: PlantSteps, saving: Floats, plant: int, size: _Size) -> int:
    """Return the line of a technology that costs least at a size and holds it; -1 where there is none."""
    holds = (steps.technology[plant] == size.technology) & (steps.capacity[plant] * (1 + ROUNDING) >= size.tonnes)
    fixed = steps.fixed[plant] - saving[plant] if size.shares else steps.fixed[plant]
    cost = np.where(holds & (steps.capacity[plant] > 0), fixed + steps.variable[plant] * size.tonnes, np.inf)
    best = int(np.argmin(cost))
    return best if np.isfinite(cost[best]) else -1
