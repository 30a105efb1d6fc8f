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
    from collections.abc import Callable, Sequence

    from hubspoke.base.arrays import Ints
    from hubspoke.engine.benders.cuts import Cut
    from hubspoke.engine.benders.evaluation import Evaluation
    from hubspoke.engine.benders.subproblem import Subproblem


KICK = 3
"""Most plants exchanged in one kick."""

TRIED = 5
"""Moves answered in vain before a descent ends: many short descents find more than few thorough ones."""

LIKELY = 50
"""Plants and sizes among which a kick draws what it opens: those that the cuts let be cheapest."""

WITHIN = 2e-4
"""What a descent may end above the best, as a share of its cost, for the walk to go on from there."""

DRAWS = 20
"""Most kicks drawn until one keeps counts and room."""


class IteratedLocalSearch:
    """A walk over choices of plants, from descent to descent; all it draws at random follows from `seed`."""

    def __init__(self, subproblem: Subproblem, cuts: Sequence[Cut], point: Evaluation, *, seed: int = 0) -> None:
        """Start at a whole choice with the cuts known so far."""
        self.search = LocalSearch(subproblem, list(cuts))
        self.random = np.random.default_rng(seed)
        self.best = self.here = point
        self.given = self.found_at = len(cuts)

    @property
    def answered(self) -> int:
        """Choices answered so far."""
        return len(self.search.cuts) - self.given

    @property
    def idle(self) -> int:
        """Choices answered since the best one was found."""
        return len(self.search.cuts) - self.found_at

    def walk(self, answers: int, out_of_time: Callable[[], bool]) -> Evaluation:
        """Go on for about so many answered choices; give the best point known."""
        end = self.answered + answers
        while self.answered < end and not out_of_time():
            kicked = self._kick(self.search.size(self.here))
            if kicked is None:
                break
            point = self.search.answer(kicked)
            if point is None:
                break
            point = self.search.improve(point, out_of_time, tried=TRIED)
            if point.cost < self.here.cost or point.cost <= self.best.cost + WITHIN * abs(self.best.cost):
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
        for _ in range(DRAWS):
            kicked = size.copy()
            for _ in range(int(self.random.integers(1, KICK + 1))):
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
        likely = likely[(likely[:, 0] < self.search.hubs) == (closed < self.search.hubs)][:LIKELY]
        if len(likely):
            plant, k = likely[self.random.integers(len(likely))]
            size[plant] = k
