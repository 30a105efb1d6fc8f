"""Find the known name that a misspelt one is likely to mean, for the cure in a message."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


USUAL_LIKENESS = 0.6
"""What `difflib` takes by itself: up to two wrong letters in a word of five."""


def find_nearest(name: str, known: Iterable[str], *, likeness: float = USUAL_LIKENESS) -> str | None:
    """Return the known name most like a given one, or None where none is like enough.

    Parameters
    ----------
    name : str
        The name as it was written.
    known : iterable of str
        Names that could have been meant; their order does not matter.
    likeness : float
        Least likeness of a name that is returned, by `difflib.SequenceMatcher.ratio`: twice the letters in common over
        the letters of both, from 0 (nothing in common) to 1 (the same).

    Returns
    -------
    str or None

    Examples
    --------
    >>> find_nearest("kantou", ["kinki", "kanto"])
    'kanto'
    >>> find_nearest("kantou", ["kinki", "kanto"], likeness=0.95) is None
    True
    """
    close = get_close_matches(name, known, n=1, cutoff=likeness)
    return close[0] if close else None


def nearest_name(name: str, known: Iterable[str], *, listed: int = 8, in_order: bool = False) -> str:
    """Return the end of a message on an unknown name: the name probably meant, or the known ones where none is near.

    Parameters
    ----------
    name : str
        The name as it was written.
    known : iterable of str
        Names that could have been meant.
    listed : int
        Most known names to list.
    in_order : bool
        Whether they are listed as they come, each once; by the alphabet, if not.

    Returns
    -------
    str
        `; did you mean 'x'?` or `; known: a, b`, to be put straight after the message.

    Examples
    --------
    >>> nearest_name("kantou", ["kanto", "kinki"])
    "; did you mean 'kanto'?"
    >>> nearest_name("x", ["b", "a"])
    '; known: a, b'
    """
    names = list(dict.fromkeys(known)) if in_order else sorted(known)
    near = find_nearest(name, names)
    if near is not None:
        return f"; did you mean {near!r}?"
    more = ", ..." if len(names) > listed else ""
    return f"; known: {', '.join(names[:listed])}{more}"


def list_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that lists them with blanks between.

    Parameters
    ----------
    text : str

    Returns
    -------
    tuple of str
    """
    return tuple(text.split())
