"""What every search for a front begins with: the model, what it was asked, and the two ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.engine.fronts.model import Answer, PairModel
from hubspoke.engine.fronts.slices import COST, FREE, OTHER

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.fronts.memory import Remember
    from hubspoke.engine.fronts.pair import Pair

ALIKE = 1e-8
"""Share of a measure by which two plans must differ to count as two."""
SMALL = 1e-5
"""Least such difference, in units of the model, which are a thousandth of what is usual."""


class PairSearch:
    """A search over the plans of a pair; amounts are in units of the model.

    Parameters
    ----------
    pair : Pair
    gap : float
        Share of the cost to which answers are proven.
    stop : Stop or None
    remember : callable
    """

    def __init__(self, pair: Pair, gap: float, stop: Stop | None, remember: Remember) -> None:
        self.model: PairModel = PairModel(pair.merged())
        self.gap = gap
        self.stop = stop
        self.remember = remember
        self.slack: Floats = np.array([SMALL, SMALL])
        self.is_infeasible: bool = False
        self.least_cost: float = -np.inf

    @property
    def is_due(self) -> bool:
        """Whether time is up."""
        return self.stop is not None and self.stop.is_due

    def ask(self, weights: Floats, most: Floats, *, slack: float, cutoff: float = np.inf, gap: float = 0.0) -> Answer:
        """Ask the model, or remember what it answered.

        Parameters
        ----------
        weights, most : float array, shape (2,)
        slack, cutoff, gap : float
            As in `PairModel.solve`.
        """

        def solve() -> dict[str, Any]:
            answer = self.model.solve(weights, most, slack=slack, cutoff=cutoff, gap=gap, stop=self.stop)
            whole = None if answer.whole is None else np.flatnonzero(answer.whole).tolist()
            # a run that time ended is no answer to keep
            return {"whole": whole, "bound": answer.bound, "keep": not self.is_due}

        told = self.remember([*weights.tolist(), *most.tolist(), slack, cutoff, gap], solve)
        if told["whole"] is None:
            return Answer(None, float(told["bound"]))
        whole = np.zeros(len(self.model.whole), np.int64)
        whole[told["whole"]] = 1
        return Answer(whole, float(told["bound"]))

    def find_least(self, first: Floats, second: Floats, most: Floats) -> tuple[Ints, float] | None:
        """Return plants with the least of one measure and, of those, the least of the other; None where there are none.

        Parameters
        ----------
        first, second : float array, shape (2,)
            Weights of both measures.
        most : float array, shape (2,)
            Limits on both.

        Returns
        -------
        whole : int array
        bound : float
            No plan within the limits has less of the first measure.
        """
        at = int(np.argmax(first))
        slack = max(float(self.slack[at]), 0.0)
        # the other measure to the end: a gap in it would shift the level, not the cost
        answer = self.ask(first, most, slack=slack / 2, gap=self.gap if first[0] else 0.0)
        if answer.whole is None:
            self.is_infeasible = bool(np.isposinf(answer.bound))
            return None
        best = self.model.relax(answer.whole, first, most)
        if best is None:
            return answer.whole, answer.bound
        kept = most.copy()
        kept[at] = min(most[at], float(best[0][at]) + slack)
        other = self.ask(second, kept, slack=float(self.slack[1 - at]) / 2, gap=self.gap if second[0] else 0.0)
        return (answer.whole if other.whole is None else other.whole), answer.bound

    def find_ends(self) -> tuple[Ints, Ints] | None:
        """Return the cheapest plants, and those with the least of the other measure; None where none were found."""
        cheap = self.find_least(COST, OTHER, FREE)
        if cheap is None:
            return None
        small = self.find_least(OTHER, COST, FREE)
        if small is None:
            return None
        reached = [self.model.relax(whole, weights, FREE) for whole, weights in ((cheap[0], COST), (small[0], OTHER))]
        sizes = np.abs([one[0] for one in reached if one is not None]).max(axis=0, initial=0.0)
        self.slack = np.maximum(SMALL, ALIKE * sizes)
        self.least_cost = cheap[1]
        return cheap[0], small[0]
