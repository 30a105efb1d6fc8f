"""The least cost known for every limit on the other measure, as pieces of straight lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FLAT = -1
"""Number of the edge of a piece along which the limit no longer binds: a plan that keeps stricter ones is as cheap."""


@dataclass(frozen=True)
class Piece:
    """What is known between two limits, `low` and `high`.

    Attributes
    ----------
    low, high : float
        Limits on the other measure.
    at_low, at_high : float
        Least known cost there; a straight line between them.
    slice : int
        Number of the choice of plants that costs so.
    edge : int
        Which edge of its front it is, or `FLAT`.
    proven : bool
        Whether no plan costs less, by more than is told.
    within : float
        That, as a multiple of what a search takes for rounding.
    """

    low: float
    high: float
    at_low: float
    at_high: float
    slice: int
    edge: int
    proven: bool = False
    within: float = 1.0

    def at(self, limit: float) -> float:
        """Return the cost at a limit between both ends."""
        if self.at_low == self.at_high or self.high <= self.low:
            return self.at_high
        share = (limit - self.low) / (self.high - self.low)
        return self.at_low + share * (self.at_high - self.at_low)

    def between(self, low: float, high: float) -> Piece:
        """Return the part between two limits within it."""
        return replace(self, low=low, high=high, at_low=self.at(low), at_high=self.at(high))


def line_up(vertices: Sequence[tuple[float, float]], number: int, end: float) -> list[Piece]:
    """Return the pieces of the front of one choice of plants, from its least limit to `end`.

    Parameters
    ----------
    vertices : sequence of (float, float)
        Limit and cost; limits rise, costs fall, no vertex lies above the line between its neighbours.
    number : int
        Of the choice.
    end : float
        Limit at which all pieces end.
    """
    pieces = [
        Piece(low, high, at_low, at_high, number, edge)
        for edge, ((low, at_low), (high, at_high)) in enumerate(pairwise(vertices))
    ]
    last, cost = vertices[-1]
    return [*pieces, Piece(last, end, cost, cost, number, FLAT)]


def lower(known: Sequence[Piece], new: Sequence[Piece], slack: float) -> list[Piece]:
    """Return the lower of two rows of pieces that end at one limit; proven pieces stay, and so do ties.

    Parameters
    ----------
    known : sequence of Piece
        From the least limit of all plans on.
    new : sequence of Piece
        Begins at that limit or behind it.
    slack : float
        Difference of cost that counts as none.
    """
    made: list[Piece] = []
    for piece in known:
        parts = [piece] if piece.proven else list(_lower_one(piece, new, slack))
        for part in parts:
            if made and _continues(made[-1], part):
                made[-1] = replace(made[-1], high=part.high, at_high=part.at_high)
            else:
                made.append(part)
    return made


def _continues(first: Piece, second: Piece) -> bool:
    same = (first.slice, first.edge, first.within) == (second.slice, second.edge, second.within)
    return same and not first.proven and not second.proven and first.high == second.low


def _lower_one(piece: Piece, new: Sequence[Piece], slack: float) -> Iterator[Piece]:
    """Yield the parts of one piece, each as it is or lowered."""
    at = piece.low
    for other in new:
        if other.high <= at or other.low >= piece.high:
            continue
        if other.low > at:
            yield piece.between(at, other.low)
            at = other.low
        end = min(other.high, piece.high)
        yield from _lower_part(piece.between(at, end), other.between(at, end), slack)
        at = end
    if at < piece.high:
        yield piece.between(at, piece.high)


def _lower_part(old: Piece, new: Piece, slack: float) -> Iterator[Piece]:
    gain = old.at_low - new.at_low, old.at_high - new.at_high
    if max(gain) <= slack:
        yield old
    elif min(gain) >= -slack:
        yield new
    else:
        share = gain[0] / (gain[0] - gain[1])
        middle = old.low + share * (old.high - old.low)
        before, behind = (new, old) if gain[0] > 0 else (old, new)
        if middle > old.low:
            yield before.between(old.low, middle)
        if middle < old.high:
            yield behind.between(middle, old.high)
