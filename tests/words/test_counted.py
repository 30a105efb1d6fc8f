"""Texts speak of one thing as one, and of none or several as many."""

from __future__ import annotations

import pytest

from hubspoke.words.counted import Counted, count_well, say_one
from hubspoke.words.language import speak


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1 hubs are open", "1 hub is open"),
        ("1 of 1 hubs are full", "the only hub is full"),
        ("1 of 3 hubs are full", "1 of 3 hubs is full"),
        ("3 of 12 hubs are full", "3 of 12 hubs are full"),
        ("uses 1 of 1 existing plants: A", "uses the only existing plant: A"),
        ("1 of the 60 sites are synthetic", "1 of the 60 sites is synthetic"),
        ("All 1 sites are synthetic", "The only site is synthetic"),
        ("All 61 sites are synthetic", "All 61 sites are synthetic"),
        ("12 t from 1 sites", "12 t from 1 site"),
        ("1 refineries open", "1 refinery open"),
        ("1 sites with 3 t deliver to another hub", "1 site with 3 t deliver to another hub"),
        ("0.1 sites, 2.1 plants, R1 sites, 1,001 cities", "0.1 sites, 2.1 plants, R1 sites, 1,001 cities"),
        ("1 sites", "1 site"),
    ],
)
def test_one_is_one(text: str, told: str) -> None:
    assert say_one(text) == told


def test_only_english_texts_that_count_are_looked_at() -> None:
    words = speak({"many": ("{} hubs open", "ハブ{}か所"), "cost": ("{} bn yen", "{}億円")}, "en")
    assert isinstance(words["many"], Counted)
    assert not isinstance(words["cost"], Counted)
    assert words["many"].format(1) == "1 hub open"
    assert words["many"].format(2) == "2 hubs open"
    assert speak({"many": ("{} hubs open", "ハブ{}か所")}, "ja")["many"].format(1) == "ハブ1か所"
    assert count_well("{count} of {all} plants are new").format(count=1, all=1) == "the only plant is new"
