"""Texts speak of one thing as one, and of none or several as many."""

from __future__ import annotations

import ast
import re
from itertools import pairwise

import pytest

from hubspoke.words.counted import Counted, count_well, say_one
from hubspoke.words.language import speak
from hubspoke.words.messages import translate
from spoken_templates import SOURCE, modules


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
        ("1 of 1 analyses are done", "the only analysis is done"),
        ("1 problems remain, 1 warnings", "1 problem remains, 1 warning"),
        ("1 settings do not fit", "1 setting does not fit"),
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


NO_NOUNS = {"asks", "does", "has", "is", "lies", "recovers", "was"}
"""Words that end as plurals do, and follow a number in texts."""


def is_count(hole: ast.expr) -> bool:
    """Return whether the hole of a text holds a number of things: a length, or a number with thousands apart."""
    if not isinstance(hole, ast.FormattedValue):
        return False
    form = "" if hole.format_spec is None else ast.unparse(hole.format_spec)
    return ast.unparse(hole.value).startswith("len(") or form in {"f','", "f',d'"}


def list_counted() -> list[tuple[str, str]]:
    """Return what follows a number in every text of the package, with its file."""
    return [
        (module.path.relative_to(SOURCE).as_posix(), str(after.value))
        for module in modules()
        for node in module.nodes
        if isinstance(node, ast.JoinedStr)
        for hole, after in pairwise(node.values)
        if is_count(hole) and isinstance(after, ast.Constant)
    ]


@pytest.mark.heavy
def test_whatever_is_counted_in_an_error_is_spoken_of_as_one() -> None:
    wrong, counted = [], [(name, text) for name, text in list_counted()]
    assert len(counted) > 50
    for name, text in counted:
        noun = re.match(r" (?:[a-z]+ )?([a-z-]+s)\b", text)
        if noun and noun[1] not in NO_NOUNS and re.match(rf"1 (?:[a-z]+ )?{noun[1]}\b", say_one(f"1{text}")):
            wrong.append((name, text))
    assert wrong == [], "add the noun to NOUNS of hubspoke/words/counted.py"


def test_errors_and_findings_speak_of_one_as_one() -> None:
    told = translate("1 places stand at the prefectural office, as their municipality is not known, first A", "en")
    assert told.startswith("1 place stands")
