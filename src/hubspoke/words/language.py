"""The languages that hubspoke speaks, and words by key in both of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from hubspoke.base.errors import UsageError
from hubspoke.words.counted import count_well

if TYPE_CHECKING:
    from collections.abc import Mapping

    Words = Mapping[str, str]

Lang = Literal["en", "ja"]
LANGUAGES: tuple[Lang, ...] = ("en", "ja")
"""Every language, in the order in which `Pairs` hold their words."""
Pairs = dict[str, tuple[str, str]]
"""English and Japanese by key."""


def check_language(lang: str) -> Lang:
    """Return a language that hubspoke speaks, or refuse it.

    Parameters
    ----------
    lang : str
        Code of a language, as a user writes it.

    Returns
    -------
    {"en", "ja"}
        The same code.

    Raises
    ------
    UsageError
        An unknown language; the message names those there are.

    Examples
    --------
    >>> check_language("ja")
    'ja'
    """
    for known in LANGUAGES:
        if lang == known:
            return known
    raise UsageError(f"unknown language {lang!r}; choose {' or '.join(LANGUAGES)}")


def speak(words: Mapping[str, tuple[str, str]], lang: str) -> dict[str, str]:
    """Return the words of one language by key.

    Parameters
    ----------
    words : mapping of str to (str, str)
        English and Japanese by key.
    lang : {"en", "ja"}

    Returns
    -------
    dict of str to str
        In the order of `words`. English ones speak of one thing as one when their holes are filled.

    Raises
    ------
    UsageError
        An unknown language.
    """
    column = LANGUAGES.index(check_language(lang))
    return {key: count_well(pair[column]) if column == 0 else pair[column] for key, pair in words.items()}
