"""The technologies that one plant may be built with, as a cell of a table states them."""

from __future__ import annotations

import re

SEPARATOR = ";"
"""Between the technologies of a plant, in the tables that the program writes."""
SEPARATORS = re.compile("[;,/|；，、／｜・\n]")
"""What may stand between them in a planner's table."""


def split_technologies(cell: str) -> tuple[str, ...]:
    """Return the technologies that a cell names, in its order.

    Parameters
    ----------
    cell : str
        Technologies separated by `;` or by one of the other signs that people write lists with, full width or not.

    Returns
    -------
    tuple of str
        Repeated ones too; none where the cell is empty.

    Examples
    --------
    >>> split_technologies("mechanical; roasting")
    ('mechanical', 'roasting')
    >>> split_technologies("mechanical、roasting；")
    ('mechanical', 'roasting')
    """
    return tuple(name for part in SEPARATORS.split(cell) if (name := part.strip()))


def join_technologies(cell: str) -> str:
    """Return a cell of technologies as the program writes it.

    Parameters
    ----------
    cell : str
        As `split_technologies` takes it.

    Returns
    -------
    str

    Examples
    --------
    >>> join_technologies(" mechanical／roasting")
    'mechanical;roasting'
    """
    return SEPARATOR.join(split_technologies(cell))
