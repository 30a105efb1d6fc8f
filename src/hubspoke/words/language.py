"""Lang, and words by key in two languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    Words = Mapping[str, str]

Lang = Literal["en", "ja"]
Pairs = dict[str, tuple[str, str]]
"""English and Japanese by key."""


def speak(words: Mapping[str, tuple[str, str]], lang: Lang) -> dict[str, str]:
    """Give words in one language."""
    column = ("en", "ja").index(lang)
    return {key: pair[column] for key, pair in words.items()}
