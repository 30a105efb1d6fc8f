"""The whole front of a pair of measures, with the proof that no plan lies below it.

What is known is the least cost for every limit on the other measure, by the plans found so far: pieces of straight
lines, since with plants chosen all that is divided trades one measure for the other on a convex front. Piece by piece
the full model is asked for a plan below it, within the box that the piece spans (as in the boxed line method of Perini,
Boland, Pecin and Savelsbergh 2020; for a level piece this is the epsilon-constraint method, Haimes et al. 1971). Where
there is none the piece is proven; a plan that is found brings the whole front of its choice of plants, which lowers
what is known. Every choice is found once at most, so that the search ends.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.engine.fronts.ends import PairSearch
from hubspoke.engine.fronts.envelope import FLAT, line_up, lower
from hubspoke.engine.fronts.front import Front, FrontRow
from hubspoke.engine.fronts.memory import forget
from hubspoke.engine.fronts.slices import trace_slice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.base.arrays import Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.fronts.envelope import Piece
    from hubspoke.engine.fronts.memory import Remember
    from hubspoke.engine.fronts.pair import Pair
    from hubspoke.engine.fronts.slices import Corner

WIDEST = 100.0
"""Most times `ALIKE` within which a piece is proven, where the solver's rounding asks for more."""


def find_front(pair: Pair, *, stop: Stop | None = None, remember: Remember = forget, most: int | None = None) -> Front:
    """Find all plans of which none is better in one measure without being worse in the other.

    Parameters
    ----------
    pair : Pair
    stop : Stop, optional
        Ends the search with what was found; rows that are not proven then have no bound.
    remember : callable, optional
        Keeps what the solver answered.
    most : int, optional
        Choices of plants after which the search ends.

    Returns
    -------
    Front
    """
    search = _Search(pair, stop, remember)
    ends = search.find_ends()
    if ends is None:
        return Front((), is_complete=False, is_infeasible=search.is_infeasible)
    search.begin(*ends)
    while not search.is_due and len(search.slices) < (most or np.inf) and search.prove_widest():
        pass
    return search.read()


class _Search(PairSearch):
    """The state of one search; amounts are in units of the model."""

    def __init__(self, pair: Pair, stop: Stop | None, remember: Remember) -> None:
        super().__init__(pair, 0.0, stop, remember)
        self.slices: list[list[Corner]] = []
        self.pieces: list[Piece] = []
        self._known: dict[bytes, int] = {}
        self._given_up: set[Piece] = set()

    def begin(self, cheap: Ints, small: Ints) -> None:
        """Lay the fronts of the cheapest plants, and of those with the least other measure, over each other."""
        fronts = [self._trace(whole) for whole in (small, cheap)]
        ends = [front[-1][0][1] for front in fronts]
        end = max(ends) + 1.0 + abs(max(ends))
        self.pieces = line_up(_line(fronts[0]), 0, end)
        if len(self.slices) > 1:
            self.pieces = lower(self.pieces, line_up(_line(fronts[1]), 1, end), self.slack[0] / 2)
        # the plan at least cost is known: nothing is cheaper, whatever the limit
        self.pieces[-1] = replace(self.pieces[-1], proven=True)

    def _trace(self, whole: Ints) -> list[Corner]:
        key = whole.tobytes()
        if key not in self._known:
            front = trace_slice(self.model, whole, self.slack / 10)
            self._known[key] = len(self.slices)
            self.slices.append(front)
        return self.slices[self._known[key]]

    def prove_widest(self) -> bool:
        """Ask whether a plan lies below the widest piece that is not proven yet; False where all are, or time is up."""
        open_ones = [at for at, piece in enumerate(self.pieces) if not (piece.proven or piece in self._given_up)]
        if not open_ones:
            return False
        at = max(open_ones, key=lambda at: self.pieces[at].high - self.pieces[at].low)
        piece = self.pieces[at]
        slack = self.slack * piece.within
        # just behind its end, rounding would take a plan from there for one within it
        steps_down = self._cost_at(piece.high + slack[1]) < piece.at_high - 2 * slack[0]
        high = piece.high - slack[1] if steps_down else piece.high
        if high < piece.low:
            self.pieces[at] = replace(piece, proven=True)
            return True
        if piece.edge == FLAT or piece.at_low - piece.at_high <= slack[0]:
            weights, most = np.array([1.0, 0.0]), np.array([np.inf, high])
        else:
            steep = (piece.at_low - piece.at_high) / (piece.high - piece.low)
            weights = np.array([1.0, steep]) / max(1.0, steep)
            # as dear as its dearest end are plans on the level before it, too
            most = np.array([piece.at_low - slack[0], high])
        below = float(weights @ [piece.at_low, piece.low]) - float(weights @ np.where(weights > 0, slack, 0.0))
        answer = self.ask(weights, most, slack=float(slack[0]) / 2, cutoff=below)
        if answer.bound >= below:
            self.pieces[at] = replace(piece, proven=True)
            return True
        return answer.whole is not None and self._lower(at, answer.whole)

    def _cost_at(self, limit: float) -> float:
        """Return the least cost that is known at a limit."""
        return min(piece.at(limit) for piece in self.pieces if piece.low <= limit <= piece.high)

    def _lower(self, at: int, whole: Ints) -> bool:
        """Lower what is known by the front of a choice of plants; return whether the search may go on."""
        before = self.pieces[at]
        known = len(self.slices)
        front = self._trace(whole)
        if len(self.slices) > known and front:
            new = line_up(_line(front), known, self.pieces[-1].high)
            self.pieces = lower(self.pieces, new, self.slack[0] / 2)
        if before in self.pieces:  # what lies below is the solver's rounding of whole numbers
            wider = before.within * 10
            if wider > WIDEST:
                self._given_up.add(before)
            else:
                self.pieces[self.pieces.index(before)] = replace(before, within=wider)
        return True

    def read(self) -> Front:
        """Return the rows of what is known, from the cheapest on."""
        rows: list[FrontRow] = []
        last: Piece | None = None
        for piece in reversed(self.pieces):
            sloped = piece.edge != FLAT and piece.at_low > piece.at_high
            met = last is not None and last.at_low >= piece.at_high - self.slack[0]
            if sloped:
                if met and rows:
                    rows[-1] = replace(rows[-1], goes_on=True)
                else:
                    rows.append(self._row(piece, piece.high, goes_on=True, attained=False))
                rows.append(self._row(piece, piece.low))
            else:
                if met and len(rows) > 1 and rows[-2].goes_on:  # a level before a slope leads to a plan as cheap
                    rows[-1] = replace(rows[-1], attained=False)  # and at less of the other measure
                elif met and rows:
                    rows.pop()
                rows.append(self._row(piece, piece.low))
            last = piece
        return Front(
            tuple(self._mark_ends(rows)), is_complete=all(piece.proven for piece in self.pieces), was_ended=self.is_due
        )

    def _mark_ends(self, rows: list[FrontRow]) -> Iterator[FrontRow]:
        """Yield the rows; those that a better one equals in one measure, but for rounding, are not attained."""
        alike = 2 * self.slack * self.model.unit
        before: FrontRow | None = None
        for row in rows:
            if before is not None and before.choice.other - row.choice.other <= alike[1]:
                if row.choice.cost - before.choice.cost <= alike[0] and not row.goes_on:
                    continue
                yield replace(row, attained=False, bound=before.bound)
            else:
                yield row
            before = row

    def _row(self, piece: Piece, limit: float, **kind: Any) -> FrontRow:
        corners = self.slices[piece.slice]
        if piece.edge == FLAT:
            values = corners[-1][1]
        else:
            (low, first), (high, second) = corners[piece.edge], corners[piece.edge + 1]
            share = (limit - low[1]) / (high[1] - low[1])
            values = first + min(max(share, 0.0), 1.0) * (second - first)
        choice = self.model.read(values)
        bound = choice.cost - piece.within * self.slack[0] * self.model.unit[0] if piece.proven else -np.inf
        return FrontRow(choice, bound, **kind)


def _line(front: list[Corner]) -> list[tuple[float, float]]:
    return [(float(measures[1]), float(measures[0])) for measures, _ in front]
