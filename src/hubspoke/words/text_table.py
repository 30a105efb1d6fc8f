"""Tables of text aligned for a terminal, and the width of a text in its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from hubspoke.words.numbers import with_minus

if TYPE_CHECKING:
    from collections.abc import Sequence


def lay_out(rows: Sequence[Sequence[str]], *, right: set[int]) -> list[str]:
    """Return the lines of a table whose columns are aligned, with two spaces between them.

    Parameters
    ----------
    rows : sequence of sequence of str
        One text for each column, the same number in every row; at least one row.
    right : set of int
        Columns, counted from 0, that are aligned to the right; all others are aligned to the left.

    Returns
    -------
    list of str
        One line for each row, without spaces at its end.

    Examples
    --------
    >>> lay_out([("a", "t"), ("北", "10")], right={1})
    ['a    t', '北  10']
    """
    told = [[with_minus(cell) if column in right else cell for column, cell in enumerate(row)] for row in rows]
    widths = [max(text_width(row[column]) for row in told) for column in range(len(rows[0]))]
    return [
        "  ".join(
            " " * (width - text_width(cell)) + cell if column in right else cell + " " * (width - text_width(cell))
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in told
    ]


def text_width(text: str) -> int:
    """Count the columns that a text takes on a terminal; wide East Asian letters take two.

    Parameters
    ----------
    text : str
        One line.

    Returns
    -------
    int
        Columns.

    Examples
    --------
    >>> text_width("north"), text_width("北海道")
    (5, 6)
    """
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def cut_text(text: str, width: int) -> str:
    """Return a text that takes so many columns at most, its end given up where it is longer.

    Parameters
    ----------
    text : str
        One line.
    width : int
        Columns, at least one.

    Returns
    -------
    str

    Examples
    --------
    >>> cut_text("Sendai-Shiogama port", 12), cut_text("仙台塩釜港", 7)
    ('Sendai-Shio…', '仙台塩…')
    """
    if text_width(text) <= width:
        return text
    while text and text_width(text) >= width:
        text = text[:-1]
    return f"{text.rstrip()}…"
