"""Languages: one list, one check, and an unknown one is refused wherever words are looked up."""

from __future__ import annotations

from typing import get_args

import pytest

from hubspoke.base.errors import UsageError
from hubspoke.words.language import LANGUAGES, Lang, check_language, speak


def test_the_list_holds_every_language_of_the_type() -> None:
    assert get_args(Lang) == LANGUAGES
    assert [check_language(lang) for lang in LANGUAGES] == list(LANGUAGES)


@pytest.mark.parametrize("lang", ["fr", "EN", "", "en-GB", "j"])
def test_an_unknown_language_is_refused_with_those_there_are(lang: str) -> None:
    with pytest.raises(UsageError, match=f"^unknown language {lang!r}; choose en or ja$"):
        check_language(lang)
    with pytest.raises(UsageError, match="choose en or ja"):
        speak({"site": ("site", "拠点")}, lang)


def test_words_keep_their_order() -> None:
    words = {"b": ("two", "二"), "a": ("one", "一")}
    assert list(speak(words, "en").items()) == [("b", "two"), ("a", "one")]
    assert list(speak(words, "ja").items()) == [("b", "二"), ("a", "一")]
