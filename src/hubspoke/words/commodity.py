"""Put fixed texts in the words of the commodity that a plan recycles.

The fixed texts of summaries, reports and maps are written in the words of batteries: "packs" and "black mass". Where
the settings name another commodity, its words replace them, but never in names that a planner gives.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.settings.settings import Settings

FEED = {"en": re.compile(r"\b(?:battery packs|packs?)\b", re.IGNORECASE), "ja": re.compile("電池")}
INTERMEDIATE = {"en": re.compile(r"\bblack[ -]mass\b", re.IGNORECASE), "ja": re.compile("ブラックマス")}
SHIPPED = {"en": ("packs", "black mass"), "ja": ("電池", "ブラックマス")}


def in_commodity_words(text: str, settings: Settings | None, lang: str) -> str:
    """Return a fixed text in the words of the commodity.

    Parameters
    ----------
    text : str
        Written in the words of batteries.
    settings : Settings or None
        Those that name the commodity; None leaves the text as it is.
    lang : {"en", "ja"}
        Language of the text.

    Returns
    -------
    str
        Unchanged where the commodity is batteries.

    Examples
    --------
    >>> in_commodity_words("Freight of packs", None, "en")
    'Freight of packs'
    """
    commodity = getattr(settings, "commodity", None)
    if commodity is None:
        return text
    feed, intermediate = getattr(commodity, f"feed_{lang}"), getattr(commodity, f"intermediate_{lang}")
    if (feed, intermediate) == SHIPPED[lang]:
        return text
    text = FEED[lang].sub(lambda found: _like(found[0], feed), text)
    return INTERMEDIATE[lang].sub(lambda found: _like(found[0], intermediate), text)


def all_in_commodity_words(words: Mapping[str, str], settings: Settings | None, lang: str) -> dict[str, str]:
    """Return the fixed texts of a mapping in the words of the commodity.

    Parameters
    ----------
    words : mapping of str to str
        Texts by key, written in the words of batteries.
    settings : Settings or None
        Those that name the commodity; None leaves the texts as they are.
    lang : {"en", "ja"}
        Language of the texts.

    Returns
    -------
    dict of str to str
        By the same keys.
    """
    return {key: in_commodity_words(text, settings, lang) for key, text in words.items()}


def _like(old: str, new: str) -> str:
    """Return the new word, with a capital where the old one has one."""
    return new[:1].upper() + new[1:] if old[:1].isupper() else new
