"""Fold lines to the width of a terminal, such that tables and lists keep their columns."""

from __future__ import annotations

import re

from hubspoke.words.text_table import text_width

LEAST_ROOM = 16
"""Columns that a folded line needs beside its indent."""

NEVER_FIRST = "、。，．・）」』】］：；！？％ー"
"""Japanese letters that begin no line."""

_GAP = re.compile(r"\s{2,}")
_PIECE = re.compile(r"\s+|[^\s\u2e80-\uffef]+|[\u2e80-\uffef]")


def fit_lines(text: str, width: int) -> str:
    """Fold every line that is wider than a terminal, and indent what follows to the column in which it stood.

    Parameters
    ----------
    text : str
    width : int
        Columns of the terminal.

    Returns
    -------
    str
        The same words; only a word wider than its column stays as wide as it is.

    Examples
    --------
    >>> print(fit_lines("status  optimal: no plan costs less", 26))
    status  optimal: no plan
            costs less
    """
    return "\n".join(line for whole in text.split("\n") for line in _fold(whole, width))


def _fold(line: str, width: int) -> list[str]:
    """Return the lines that a line becomes."""
    if text_width(line) <= width:
        return [line]
    starts = [text_width(line[: gap.end()]) for gap in _GAP.finditer(line)]
    indent = max((start for start in starts if start <= width - LEAST_ROOM), default=0)
    folded, used, filled = [""], 0, False
    for piece in _PIECE.findall(line):
        wide = text_width(piece)
        if used + wide > width and filled and used > indent and piece not in NEVER_FIRST:
            folded.append(" " * indent)
            used = indent
            if piece.isspace():
                continue
        folded[-1] += piece
        used += wide
        filled = used > indent
    return [part.rstrip() for part in folded]
