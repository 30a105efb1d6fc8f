"""How large plants are built, as choices that the engine can take: lines of cost, cut into intervals of size.

A plant that is built in an interval stands at its lower end at least, and pays for that as long as the horizon lasts,
used or not. Where rules leave no doubt how much a plant takes in once it is open, as with one hub in each region, its
sizes are just these loads, and nothing is left open. Elsewhere the engine charges capital by the load of the year, or
by the lower end where a plant stands still or no plan could give it more, so that its bound holds for every plan.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.problem.steps import Steps
from hubspoke.planning.years.dips import DIP, FIRST

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.costs.sizes import PlantSteps

STEP = 1.25
"""Ratio of the sizes that plants are built in where investment is limited."""
SMALLEST = 16.0
"""The smallest of these sizes is that part of the largest load."""
RATIO = 1.4
"""Largest ratio of the ends of an interval, where loads are not known beforehand."""
WIDE_RATIO = 4.0
"""The same at first where any plant may take in anything: narrow ones make the program of all years too large."""
DIP_SIZES = 8
"""Intervals between what a plant may take in a dip and what it may have taken before."""
ROUNDING = 1e-9
"""Relative room for the rounding of sums."""

EMPTY = {"technology": -1}
"""What stands in columns of no use, where that is not 0."""


@dataclass(frozen=True, eq=False)
class Intervals:
    """Intervals of size, with N plants and J intervals.

    Attributes
    ----------
    line : int array, shape (N, J)
        Size of `PlantSteps` whose line of cost it follows; -1 in unused trailing columns.
    low, high : float arrays, shape (N, J)
        Tonnes per year that a plant built in it can take in, at least and at most.
    at_low : bool array, shape (T, N, J)
        Where capital is charged for the lower end, whatever a plant takes in in that year: no plan gives it more.
    useful : bool array, shape (T, N, J)
        Sizes that a plant may have in a year if it is never larger than what it has taken in so far.
    """

    line: Ints
    low: Floats
    high: Floats
    at_low: Bools
    useful: Bools

    def pick(self, steps: PlantSteps) -> PlantSteps:
        """Return sizes with a column for each interval; `capital` is what is owed at its lower end.

        Parameters
        ----------
        steps : PlantSteps
            Of the same plants, in any year.
        """
        used, at = self.line >= 0, np.maximum(self.line, 0)
        columns = {
            name: np.where(used, np.take_along_axis(getattr(steps, name), at, axis=1), EMPTY.get(name, 0))
            for name in steps.__dataclass_fields__
            if name != "has_given"
        }
        columns["capacity"] = np.where(used, np.minimum(self.high, columns["capacity"]), 0.0)
        return replace(steps, **columns)

    def discrete(self) -> Intervals:
        """Return the same with single sizes: a plant stands at the upper end of its interval, and pays for that."""
        return replace(self, low=self.high, at_low=np.broadcast_to(self.line >= 0, self.at_low.shape).copy())

    def state(self, steps: Steps, plants: PlantSteps, year: int, charge: Floats) -> Steps:
        """Return sizes of the engine with a column for each interval.

        Parameters
        ----------
        steps : Steps
            Of a year; the first N plants are these, those behind them have one size.
        plants : PlantSteps
            Of the same year.
        year : int
            Position of that year.
        charge : float array, shape (N, J)
            Capital that is charged per tonne of each interval in that year, in place of its own.
        """
        count, behind = len(self.line), len(steps.capacity) - len(self.line)
        used, at = self.line >= 0, np.maximum(self.line, 0)
        capacity, fixed, variable, slope = (
            np.take_along_axis(values[:count], at, axis=1)
            for values in (steps.capacity, steps.fixed, steps.variable, plants.capital_per_t)
        )
        at_low = self.at_low[year]
        made = (
            (np.where(used, np.minimum(self.high, capacity), 0.0), 0.0, steps.capacity),
            (np.where(used, fixed + np.where(at_low, charge * self.low, 0.0), np.inf), np.inf, steps.fixed),
            (np.where(used, variable - slope + np.where(at_low, 0.0, charge), 0.0), 0.0, steps.variable),
        )
        whole = []
        for own, empty, given in made:
            others = np.full((behind, own.shape[1]), empty)
            others[:, 0] = given[count:, 0]
            whole.append(np.vstack([own, others]))
        return Steps(*whole)


def list_sizes(most_t: float) -> list[float]:
    """Return sizes up to a load, t per year, for plants whose investment is limited.

    Parameters
    ----------
    most_t : float
        Largest load, t per year.
    """
    count = math.ceil(math.log(SMALLEST, STEP))
    return [most_t * STEP**-at for at in range(count + 1)] if most_t > 0 else []


def sizes_in_dip(most_t: Floats) -> list[float]:
    """Return sizes from what a plant may take in a dip to what it may have taken before: who takes all stands there.

    Parameters
    ----------
    most_t : float array, shape (T,)
        No plan gives a plant more in a year, t per year.
    """
    before, dip = most_t[FIRST], most_t[DIP] if len(most_t) > 1 else np.inf
    return np.geomspace(dip, before, DIP_SIZES + 1).tolist() if 0 < dip < before else []


def find_intervals(
    steps: PlantSteps,
    load_t: Floats,
    most_t: Floats,
    marks: Sequence[Collection[float]] | None = None,
    *,
    ratio: float = RATIO,
) -> Intervals:
    """Return the intervals of size of plants.

    Parameters
    ----------
    steps : PlantSteps
        Sizes of the N plants.
    load_t : float array, shape (T, N)
        What each takes in when it is open; NaN where that depends on the plan.
    most_t : float array, shape (T, N)
        No plan gives it more.
    marks : sequence of collections of float, length N, optional
        Further sizes of each plant at which an interval begins.
    ratio : float
        Largest ratio of the ends of an interval, where loads are not known.
    """
    rows: list[list[tuple[int, float, float]]] = []
    exact = ~np.isnan(load_t).any(axis=0) & ~steps.has_given
    for plant in range(len(steps.capacity)):
        lines = np.flatnonzero(steps.capacity[plant] > 0)
        found: list[tuple[int, float, float]] = []
        for technology in np.unique(steps.technology[plant, lines]):
            own = lines[steps.technology[plant, lines] == technology]
            if steps.has_given[plant]:
                found += [(int(k), 0.0, float(steps.capacity[plant, k])) for k in own]
            elif exact[plant]:
                found += _at_loads(steps, plant, own, np.unique(load_t[:, plant]))
            else:
                further = [] if marks is None else list(marks[plant])
                found += _between(steps, plant, own, np.unique([*most_t[:, plant], *further]), ratio)
        rows.append(sorted(found, key=lambda one: (one[2], one[1], one[0])))
    shape = len(rows), max((len(row) for row in rows), default=0) or 1
    line, low, high = np.full(shape, -1), np.zeros(shape), np.zeros(shape)
    for plant, row in enumerate(rows):
        for at, (k, least, most) in enumerate(row):
            line[plant, at], low[plant, at], high[plant, at] = k, least, most
    at_low = (most_t[:, :, None] <= low * (1 + ROUNDING)) & (line >= 0)
    return Intervals(line, low, high, at_low, _find_useful(line, low, exact, load_t))


def _find_useful(line: Ints, low: Floats, exact: Bools, load_t: Floats) -> Bools:
    """Return the sizes that are the largest load of some years up to each; all of plants whose loads are not known."""
    useful = np.repeat((line >= 0)[None], len(load_t), axis=0)
    for year in range(len(load_t)):
        since = np.maximum.accumulate(load_t[: year + 1][::-1], axis=0)  # from that year back to each before it
        taken = (np.abs(low[None] - since[:, :, None]) <= ROUNDING * low[None]).any(axis=0)
        useful[year] &= taken | ~exact[:, None]
    return useful


def _at_loads(steps: PlantSteps, plant: int, lines: Ints, loads: Floats) -> list[tuple[int, float, float]]:
    """Return a size for each load, on the line that costs least there."""
    found = []
    for load in loads[loads > 0]:
        holds = lines[steps.capacity[plant, lines] * (1 + ROUNDING) >= load]
        if len(holds):
            cost = steps.fixed[plant, holds] + steps.variable[plant, holds] * load
            found.append((int(holds[np.argmin(cost)]), float(load), float(load) * (1 + ROUNDING)))
    return found


def _between(steps: PlantSteps, plant: int, lines: Ints, marks: Floats, ratio: float) -> list[tuple[int, float, float]]:
    """Return intervals of every line, above those for which a smaller one costs no more; no mark lies inside one."""
    found: list[tuple[int, float, float]] = []
    order = lines[np.argsort(steps.capacity[plant, lines], kind="stable")]
    fixed, variable = steps.fixed[plant], steps.variable[plant]
    for at, k in enumerate(order):
        low, high = 0.0, float(steps.capacity[plant, k])
        for before in order[:at]:
            upto = float(steps.capacity[plant, before])
            slack = ROUNDING * abs(fixed[k] + variable[k] * upto)
            if fixed[before] <= fixed[k] + slack and fixed[before] + variable[before] * upto <= (
                fixed[k] + variable[k] * upto + slack
            ):
                low = max(low, upto)
        low = min(low, high)
        if low > marks[-1] * (1 + ROUNDING):
            continue  # larger than it could ever be used
        inner = marks[(marks > low * (1 + ROUNDING)) & (marks < high * (1 - ROUNDING))].tolist()
        full = bool((np.abs(marks - high) <= ROUNDING * high).any())
        for start, end in pairwise([low, *inner, high]):
            parts = max(1, int(np.ceil(np.log(end / start) / np.log(ratio)))) if start > 0 and end > start else 1
            ends = [start * (end / start) ** (part / parts) for part in range(parts)] if parts > 1 else [start]
            marked = full or end < high  # who reaches a mark belongs to the interval that begins there
            found += [(int(k), least, most) for least, most in pairwise([*ends, end * (1 - ROUNDING * marked)])]
        if full:
            found.append((int(k), high, high))
    return found
