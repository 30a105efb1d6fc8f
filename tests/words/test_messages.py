"""Errors and findings speak Japanese: every text that the program can say has its Japanese, and none is left over."""

from __future__ import annotations

import ast
import errno
import os
import pickle
import re
from pathlib import Path

import pytest

from hubspoke.base.errors import Finding, InfeasibleError, InputError
from hubspoke.words.japanese.catalogue import CATALOGUE, FRAMES, NOUN_HOLES, NOUNS, PLACES
from hubspoke.words.messages import load_templates, say_error, translate
from hubspoke.words.templates import read_template
from spoken_templates import WORD, list_templates, modules

DOCS = Path(__file__).parents[2] / "docs"
EVERY = {**FRAMES, **PLACES, **CATALOGUE}
PLURAL = "s"
"""Name of a hole for the ending of a plural, which Japanese leaves out."""
BARE = re.compile(r"[\w.,*/\[\]-]*( \(\w+\))?")
"""A word, a unit, or a word with its unit, which may be a name of the program's own rather than something said."""


def shape(text: str) -> tuple[str, ...]:
    """Return a template without the names of its holes."""
    return read_template(text)[0]


def has_words(english: str) -> bool:
    """Return whether a template says anything beside its values."""
    return WORD.search("".join(shape(english))) is not None


def test_everything_that_is_said_has_its_japanese() -> None:
    known = {shape(english) for english in (*EVERY, *NOUNS)}
    missing = [
        f"{template.place}: {template.text!r}"
        for template in list_templates()
        if shape(template.text) not in known and not BARE.fullmatch(re.sub(r"{\w*}", "", template.text).strip())
    ]
    assert missing == [], "add the Japanese in hubspoke/words/japanese, in the file of that part of the program"


def test_no_japanese_is_left_over() -> None:
    said = {shape(template.text) for template in list_templates()}
    assert [
        english for english in EVERY if shape(english) not in said and english not in NOUNS and has_words(english)
    ] == []


def test_japanese_has_the_same_values_as_english() -> None:
    for english, japanese in EVERY.items():
        names = read_template(english)[1]
        assert len(set(names)) == len(names), english
        assert set(read_template(japanese)[1]) == set(names) - {PLURAL}, english


@pytest.mark.heavy
def test_a_text_made_of_a_template_is_read_back() -> None:
    for english, japanese in {**FRAMES, **CATALOGUE}.items():
        values = {name: "hub" if name in NOUN_HOLES else f"<{name}>" for name in read_template(english)[1]}
        told = {name: NOUNS.get(value, value) for name, value in values.items()}
        assert translate(english.format(**values), "ja") == japanese.format(**told)


def test_no_two_templates_are_of_one_shape() -> None:
    shapes = [template.parts for template in load_templates()]
    assert len(set(shapes)) == len(shapes)


def test_japanese_is_japanese() -> None:
    assert [text for text in EVERY.values() if re.search(r"[a-z]{2,} (is|are|the|of|and|or) ", text)] == []
    assert all(WORD.search(english) or "{" in english for english in EVERY)


def test_findings_are_told_with_place_hint_and_cure() -> None:
    findings = [
        Finding("sites.csv", 3, "lat", "'3x' is not a number", "write a number", kind="number"),
        Finding("hubs.csv", 0, "", "the table hubs is missing", "add hubs.csv"),
        Finding("a.toml", 0, "market.price_level", "'peek' is not a key of price_levels", "did you mean 'peak'?"),
    ]
    assert translate(str(InputError(findings)), "ja").split("\n") == [
        "入力に問題が3件ある：",
        "  a.toml（market.price_level）：'peek' は price_levels にない → 'peak' の誤りか",
        "  hubs.csv：表 hubs がない → hubs.csv を加える",
        "  sites.csv 3行目（lat）：'3x' は数値でない → 数値を書く",
    ]


def test_names_of_users_and_what_is_not_known_stay_as_they_are() -> None:
    assert translate("my own words; and more", "ja") == "my own words; and more"
    assert translate("the id 'a; b {c}' stands in row 2 of x.csv too", "ja") == "id 'a; b {c}' は x.csv の2行目にもある"
    assert translate("there is no such folder", "en") == "there is no such folder"


def test_reasons_against_a_plan_are_told_region_by_region_with_every_cure() -> None:
    english = (
        "shikoku: 4,570 t/yr of packs, but the one hub allowed holds at most 900 t/yr (a-hub); add a larger size "
        "(sizes.hub_t_per_yr) and raise max_t, allow 2 hubs (--set policy.hubs_per_region=[1,2]) or open the borders "
        "(--policy open)"
    )
    japanese = translate(english, "ja")
    assert japanese.startswith("shikoku：電池が年4,570 t あるが、許されるハブ1か所の受入れは最大 900 t/yr (a-hub)。")
    assert japanese.count("、または") == 2
    assert translate("kanto: no hub: all", "ja") == "kanto: no hub: all"


def test_every_kind_of_folder_that_is_written_has_its_noun() -> None:
    calls = [node for module in modules() for node in module.nodes if isinstance(node, ast.Call)]
    named = [{word.arg: word.value for word in call.keywords} for call in calls]
    kinds = [
        words["kind"].value
        for words in named
        if {"mark", "kind"} <= set(words) and isinstance(words["kind"], ast.Constant)
    ]
    assert len(kinds) > 6
    assert [kind for kind in kinds if kind not in NOUNS] == []


def test_words_of_the_system_are_told() -> None:
    gone = f"sites.csv: cannot be read: {os.strerror(errno.ENOENT)} -> give a file with a public instance"
    assert translate(gone, "ja").startswith("sites.csv：読み込めない：ファイルやフォルダがない → 公開された例題")
    assert translate("something that only one system says", "ja") == "something that only one system says"


def test_hints_behind_a_value_are_told() -> None:
    assert translate("cost cannot be held against 'co3'; did you mean 'co2'?", "ja") == (
        "費用を 'co3' と比べることはできない。'co2' の誤りか"
    )
    assert translate("unknown member 'x'; known: a, b", "ja") == "参加者 'x' は存在しない。使えるもの：a, b"
    assert translate("unknown region 'kantou'; did you mean 'kanto'?", "ja") == "不明な地域 'kantou'。'kanto' の誤りか"
    assert translate(
        "--years 20: '20' is no year; write years with commas between them, such as 2030,2035,2040", "ja"
    ) == ("--years 20：'20' は年でない。2030,2035,2040 のように、年をコンマで区切って書く")


def test_the_pages_on_input_show_the_same_findings_in_both_languages() -> None:
    english, japanese = ((DOCS / name).read_text(encoding="utf-8") for name in ("input.md", "ja/input.md"))
    told = [line for line in english.splitlines() if line.startswith("    sites.csv, row")]
    assert told
    assert [translate(line, "ja") for line in told] == [
        line for line in japanese.splitlines() if line.startswith("    sites.csv ")
    ]


def test_an_error_that_speaks_both_languages_itself_is_taken_at_its_word() -> None:
    error = pickle.loads(pickle.dumps(InfeasibleError("no plan", "計画がない")))  # noqa: S301 - made here
    assert say_error(error, "ja") == "計画がない"
    assert say_error(error, "en") == "no plan"
    assert say_error(InfeasibleError("the rules contradict each other"), "ja") == "規則が互いに矛盾する"
