"""Perturbed local search: leave the best plants a little, descend again, keep what is better.

Local search ends where no single move pays. From there a kick closes some open plants and opens likely others, local
search descends from that, and the walk goes on from wherever it costs little more than the best (iterated local search:
H. R. Lourenço, O. C. Martin, T. Stützle, Handbook of Metaheuristics, 2003). The cuts of all descents stay, so that what
one of them has ruled out no other tries again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.benders.local_search import LocalSearch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.benders.cuts import Cut
    from hubspoke.engine.benders.evaluation import Evaluation
    from hubspoke.engine.benders.subproblem import Subproblem
    from hubspoke.engine.parameters import LocalSearchParameters


class IteratedLocalSearch:
    """A walk over choices of plants, from descent to descent; all it draws at random follows from `seed`."""

    def __init__(self, subproblem: Subproblem, cuts: Sequence[Cut], point: Evaluation, *, seed: int = 0) -> None:
        """Start at a whole choice with the cuts known so far."""
        self.search: LocalSearch = LocalSearch(subproblem, list(cuts))
        self.parameters: LocalSearchParameters = subproblem.parameters.local_search
        self.random: np.random.Generator = np.random.default_rng(seed)
        self.best: Evaluation = point
        self.here: Evaluation = point
        self.given: int = len(cuts)
        self.found_at: int = self.given

    @property
    def answered(self) -> int:
        """Choices answered so far."""
        return len(self.search.cuts) - self.given

    @property
    def idle(self) -> int:
        """Choices answered since the best one was found."""
        return len(self.search.cuts) - self.found_at

    def walk(self, answers: int, stop: Stop) -> Evaluation:
        """Go on for about so many answered choices; return the best point known."""
        end = self.answered + answers
        while self.answered < end and not stop.is_due:
            kicked = self._kick(self.search.size(self.here))
            if kicked is None:
                break
            point = self.search.answer(kicked)
            if point is None:
                break
            point = self.search.improve(point, lambda: stop.is_due, tried=self.parameters.tried_after_kick)
            if point.cost < self.here.cost or point.cost <= self.best.cost + self.parameters.within * abs(
                self.best.cost
            ):
                self.here = point
            if point.cost < self.best.cost:
                self.best, self.found_at = point, len(self.search.cuts)
        return self.best

    def meet(self, point: Evaluation) -> None:
        """Take up a point found elsewhere, if it is the best."""
        if point.cost < self.best.cost:
            self.best = self.here = point
            self.found_at = len(self.search.cuts)

    def _kick(self, size: Ints) -> Ints | None:
        """Exchange a few plants, drawn at random; None where nothing else keeps counts and room."""
        for _ in range(self.parameters.draws):
            kicked = size.copy()
            for _ in range(int(self.random.integers(1, self.parameters.kick + 1))):
                self._exchange(kicked)
            if not np.array_equal(kicked, size) and self.search.is_allowed(kicked):
                return kicked
        return None

    def _exchange(self, size: Ints) -> None:
        """Close one open plant and open a likely one of its echelon, or the same at another size."""
        opened = np.flatnonzero((size >= 0) & self.search.may_close & self.search.may_move)
        if not len(opened):
            return
        closed = int(self.random.choice(opened))
        size[closed] = -1
        likely = self.search.rank_entering(size)
        likely = likely[(likely[:, 0] < self.search.hubs) == (closed < self.search.hubs)][: self.parameters.likely]
        if len(likely):
            plant, k = likely[self.random.integers(len(likely))]
            size[plant] = k
