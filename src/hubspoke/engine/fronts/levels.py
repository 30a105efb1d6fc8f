"""Points of a front at even levels of the other measure, by the epsilon-constraint method (Haimes et al. 1971).

Each point is the cheapest plan whose other measure keeps a level and, of plans as cheap, the one with the least of it
(lexicographic, so that none is better in one measure without being worse in the other).
"""

from __future__ import annotations

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


def find_points(
    pair: Pair, points: int, *, gap: float = 0.0, stop: Stop | None = None, remember: Remember = forget
) -> Front:
    """Find points of a front: both ends, and the cheapest plans at even levels of the other measure between them.

    Parameters
    ----------
    pair : Pair
    points : int
        2 or more; fewer come back where several levels have one plan.
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
        if high - low <= self.slack[1] or small[0][0] - last[0] <= self.slack[0]:
            return Front(tuple(found), is_complete=True)
        for level in np.linspace(high, low, points)[1:]:
            if level >= last[1] - self.slack[1] / 2:  # the last plan keeps this level, too
                continue
            if self.is_due:
                return self._end(found, small)
            most = np.array([np.inf, level + self.slack[1] / 10])
            least = self.find_least(COST, OTHER, most)
            reached = None if least is None else self._settle(least[0], COST, OTHER, most)
            if least is None or reached is None:
                return self._end(found, small)
            if found and reached[0][0] <= last[0] + self.slack[0] and reached[0][1] < last[1]:
                found.pop()  # as cheap, and better
            found.append(self._row(reached, least[1]))
            last = reached[0]
        return Front(tuple(found), is_complete=False)

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
