"""Put fixed texts in the words of the commodity that a plan recycles, of its currency and of its country.

The fixed texts of summaries, reports and maps are written in the words of batteries in Japan: "packs" and "black mass",
"yen" and "Japan". Where the settings name another commodity, currency or country, its words replace them, but never in
names that a planner gives.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hubspoke.settings.currency import YEN
from hubspoke.words.counted import count_well
from hubspoke.words.language import speak

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.settings.settings import Settings

FEED = {"en": re.compile(r"\b(?:battery packs|packs?)\b", re.IGNORECASE), "ja": re.compile("電池")}
INTERMEDIATE = {"en": re.compile(r"\bblack[ -]mass\b", re.IGNORECASE), "ja": re.compile("ブラックマス")}
MONEY = {
    "en": (("code", re.compile(r"\bJPY\b")), ("name_en", re.compile(r"\byen\b", re.IGNORECASE))),
    "ja": (("code", re.compile(r"\bJPY\b")), ("name_ja", re.compile("円"))),
}
"""Words of the currency, by what of it replaces them."""
AREA = {"en": re.compile(r"\bJapan\b"), "ja": re.compile("全国|日本")}
USUAL_AREA = {"en": "Japan", "ja": "全国"}
SHIPPED = {"en": ("packs", "black mass"), "ja": ("電池", "ブラックマス")}


def in_commodity_words(text: str, settings: Settings | None, lang: str) -> str:
    """Return a fixed text in the words of the commodity, the currency and the country.

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
        Unchanged where the commodity is batteries, the currency yen and the country Japan.

    Examples
    --------
    >>> in_commodity_words("Freight of packs", None, "en")
    'Freight of packs'
    """
    if settings is None:
        return text
    text = _of_country(text, settings, lang)
    commodity = settings.commodity
    feed, intermediate = getattr(commodity, f"feed_{lang}"), getattr(commodity, f"intermediate_{lang}")
    if (feed, intermediate) == SHIPPED[lang]:
        return text
    text = FEED[lang].sub(lambda found: _like(found[0], feed), text)
    return INTERMEDIATE[lang].sub(lambda found: _like(found[0], intermediate), text)


def _of_country(text: str, settings: Settings, lang: str) -> str:
    """Return a text in the words of the currency and of the country."""
    currency, area = settings.currency, str(getattr(settings.locale, f"area_{lang}"))
    if currency.code != YEN:
        for name, pattern in MONEY[lang]:
            word = str(getattr(currency, name))
            text = pattern.sub(lambda found, word=word: _like(found[0], word), text)  # type: ignore[misc]
    return text if area == USUAL_AREA[lang] else AREA[lang].sub(lambda _: area, text)


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
    told = {key: in_commodity_words(text, settings, lang) for key, text in words.items()}
    return {key: count_well(text) for key, text in told.items()} if lang == "en" else told


def speak_in_commodity_words(
    words: Mapping[str, tuple[str, str]], settings: Settings | None, lang: str
) -> dict[str, str]:
    """Return the words of one language by key, in the words of the commodity.

    Parameters
    ----------
    words : mapping of str to (str, str)
        English and Japanese by key, written in the words of batteries.
    settings : Settings or None
        Those that name the commodity; None leaves the texts as they are.
    lang : {"en", "ja"}

    Returns
    -------
    dict of str to str
        By the same keys.

    Raises
    ------
    UsageError
        The language is another.
    """
    return all_in_commodity_words(speak(words, lang), settings, lang)


def _like(old: str, new: str) -> str:
    """Return the new word, with a capital where the old one has one."""
    return new[:1].upper() + new[1:] if old[:1].isupper() else new
