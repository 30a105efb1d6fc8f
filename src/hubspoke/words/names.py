"""Nearest names, for messages about a name that is not known."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

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


def name_title(plan: Any, lang: str) -> str:
    """Give the title of a plan in one language; a title that is not that of its settings stays as it is."""
    own = lang == "ja" and plan.title == plan.settings.title
    return str((own and plan.settings.title_ja) or plan.title)
