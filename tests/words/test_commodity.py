"""Words of the commodity: unchanged for batteries, exchanged for anything else, capital letters kept."""

from __future__ import annotations

import pytest

from hubspoke.settings.load import load_settings
from hubspoke.words.commodity import in_commodity_words

MAGNETS = load_settings(
    None,
    {
        "commodity.feed_en": "motors",
        "commodity.feed_ja": "モーター",
        "commodity.intermediate_en": "magnets",
        "commodity.intermediate_ja": "磁石",
    },
)


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        ("Freight of packs", "en", "Freight of motors"),
        ("Packs by class", "en", "Motors by class"),
        ("Battery packs to hub, t/yr", "en", "Motors to hub, t/yr"),
        ("Black mass by grade", "en", "Magnets by grade"),
        ("CO2 of black-mass transport", "en", "CO2 of magnets transport"),
        ("Packaging", "en", "Packaging"),
        ("電池輸送費とブラックマス", "ja", "モーター輸送費と磁石"),
    ],
)
def test_words_are_exchanged(text: str, lang: str, said: str) -> None:
    assert in_commodity_words(text, MAGNETS, lang) == said
    assert in_commodity_words(text, load_settings(), lang) == text
