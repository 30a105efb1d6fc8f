"""Did you mean: nearest names for messages."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest_name(name: str, known: Iterable[str], *, listed: int = 8) -> str:
    """Give `; did you mean 'x'?`, or the known names when none is near.

    Examples
    --------
    >>> nearest_name("kantou", ["kanto", "kinki"])
    "; did you mean 'kanto'?"
    >>> nearest_name("x", ["b", "a"])
    '; known: a, b'
    """
    names = sorted(known)
    close = get_close_matches(name, names, n=1)
    if close:
        return f"; did you mean {close[0]!r}?"
    return "; known: " + ", ".join(names[:listed]) + (", ..." if len(names) > listed else "")
