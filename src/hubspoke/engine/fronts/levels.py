"""Points of a front at even levels of the other measure, by the epsilon-constraint method (Haimes et al. 1971).

Each point is the cheapest plan whose other measure keeps a level and, of plans as cheap, the one with the least of it
(lexicographic, so that none is better in one measure without being worse in the other).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.fronts.ends import PairSearch
from hubspoke.engine.fronts.front import Front, FrontRow
from hubspoke.engine.fronts.memory import forget
from hubspoke.engine.fronts.slices import COST, FREE, OTHER

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.fronts.memory import Remember
    from hubspoke.engine.fronts.pair import Pair


TRIES = 2
"""Further levels that are asked, for each point that is asked for, where several levels have one plan."""


def find_points(
    pair: Pair, points: int, *, gap: float = 0.0, stop: Stop | None = None, remember: Remember = forget
) -> Front:
    """Find points of a front: both ends, and the cheapest plans at even levels of the other measure between them.

    Parameters
    ----------
    pair : Pair
    points : int
        2 or more. Where several levels have one plan, levels between the plans found are asked, too; fewer come back
        where these have no others.
    gap : float
        Share of the cost to which each is proven.
    stop : Stop, optional
        Ends the search with the points that were found.
    remember : callable, optional
        Keeps what the solver answered.

    Returns
    -------
    Front
        Complete only where it is a single point.
    """
    search = _Levels(pair, gap, stop, remember)
    ends = search.find_ends()
    if ends is None:
        return Front((), is_complete=False, is_infeasible=search.is_infeasible)
    return search.find(ends, points)


class _Levels(PairSearch):
    """Amounts are in units of the model."""

    def find(self, ends: tuple[Ints, Ints], points: int) -> Front:
        """Return the points."""
        cheap, small = (self._settle(whole, *order) for whole, order in zip(ends, ORDERS, strict=True))
        if cheap is None or small is None:
            return Front((), is_complete=False)
        found = [self._row(cheap, self.least_cost)]
        low, high = small[0][1], cheap[0][1]
        last = cheap[0]
        kept: dict[float, float] = {}
        if high - low <= self.slack[1] or small[0][0] - last[0] <= self.slack[0]:
            return Front(tuple(found), is_complete=True)
        for level in np.linspace(high, low, points)[1:]:
            if level >= last[1] - self.slack[1] / 2:  # the last plan keeps this level, too
                continue
            if self.is_due:
                return self._end(found, small)
            plan = self._cheapest_within(level)
            if plan is None:
                return self._end(found, small)
            reached, bound = plan
            if found and reached[0][0] <= last[0] + self.slack[0] and reached[0][1] < last[1]:
                found.pop()  # as cheap, and better
            found.append(self._row(reached, bound))
            last = reached[0]
            kept[found[-1].choice.other] = level
        return self._fill(found, kept, points)

    def _fill(self, found: list[FrontRow], kept: dict[float, float], points: int) -> Front:
        """Look for further plans in the middle of the widest gaps between those found, until there are enough.

        `kept` has for the other measure of each plan the largest level for which it is known to be the cheapest.
        """
        unit = float(self.model.unit[1])
        for _ in range(TRIES * points):
            if len(found) >= points:
                break
            gaps = [
                (one.choice.other / unit - kept[two.choice.other], at, one.choice.other / unit)
                for at, (one, two) in enumerate(pairwise(found))
            ]
            width, at, top = max(gaps, default=(0.0, 0, 0.0))
            if width <= 2 * self.slack[1]:
                break
            if self.is_due:
                return Front(tuple(found), is_complete=False, was_ended=True)
            level = top - width / 2
            plan = self._cheapest_within(level)
            if plan is None:
                return Front(tuple(found), is_complete=False, was_ended=True)
            row, behind = self._row(*plan), found[at + 1]
            if row.choice.other / unit <= behind.choice.other / unit + self.slack[1]:
                kept[behind.choice.other] = level  # the same plan again
            else:
                found.insert(at + 1, row)
                kept[row.choice.other] = level
        return Front(tuple(found), is_complete=False)

    def _cheapest_within(self, level: float) -> tuple[tuple[Floats, Floats], float] | None:
        """Return the cheapest plan that keeps a level, and what none costs less than; None where time was up."""
        most = np.array([np.inf, level + self.slack[1] / 10])
        least = self.find_least(COST, OTHER, most)
        reached = None if least is None else self._settle(least[0], COST, OTHER, most)
        return None if least is None or reached is None else (reached, least[1])

    def _end(self, found: list[FrontRow], small: tuple[Floats, Floats]) -> Front:
        """Return the points that were found in time, and the end, whose cost is not proven."""
        return Front((*found, self._row(small, -np.inf)), is_complete=False, was_ended=True)

    def _settle(self, whole: Ints, first: Floats, second: Floats, most: Floats = FREE) -> tuple[Floats, Floats] | None:
        """Return the plan of chosen plants with the least of one measure and, of those, the least of the other."""
        least = self.model.relax(whole, first, most)
        if least is None:
            return None
        at = int(np.argmax(first))
        kept = most.copy()
        kept[at] = min(kept[at], least[0][at] + self.slack[at])
        return self.model.relax(whole, second, kept) or least

    def _row(self, reached: tuple[Floats, Floats], bound: float) -> FrontRow:
        choice = self.model.read(reached[1])
        return FrontRow(choice, min(bound * float(self.model.unit[0]), choice.cost))


ORDERS = ((COST, OTHER), (OTHER, COST))
