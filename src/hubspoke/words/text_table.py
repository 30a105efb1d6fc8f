"""Aligned tables of text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Sequence


def lay_out(rows: Sequence[Sequence[str]], *, right: set[int]) -> list[str]:
    """Align a table; the columns in `right` to the right.

    Examples
    --------
    >>> lay_out([("a", "t"), ("北", "10")], right={1})
    ['a    t', '北  10']
    """
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            " " * (width - _width(cell)) + cell if column in right else cell + " " * (width - _width(cell))
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    """Count the columns of a terminal that a text takes; East Asian letters take two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
