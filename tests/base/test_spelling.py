"""Names probably meant: what is near enough at each likeness, and what is listed where nothing is."""

from __future__ import annotations

import pytest

from hubspoke.base.spelling import USUAL_LIKENESS, find_nearest, nearest_name
from hubspoke.inputs.check.check import REGION_LIKENESS
from hubspoke.inputs.files.near_names import TABLE_LIKENESS
from hubspoke.inputs.tables.columns import COLUMN_LIKENESS
from hubspoke.inputs.tables.tonnes import TONNAGE_LIKENESS
from hubspoke.settings.reading.faults import KEY_LIKENESS


def test_the_most_alike_is_found_whatever_the_order() -> None:
    known = ["kanto", "kansai", "kinki"]
    assert find_nearest("kantou", known) == "kanto"
    assert find_nearest("kantou", known[::-1]) == "kanto"


def test_a_name_that_is_known_means_itself() -> None:
    assert find_nearest("kanto", ["kanto", "kantoo"], likeness=1.0) == "kanto"


@pytest.mark.parametrize("known", [[], ["shikoku", "tohoku"], [""]])
def test_nothing_is_found_where_nothing_is_near(known: list[str]) -> None:
    assert find_nearest("xyz", known) is None


def test_the_least_likeness_is_enough_and_a_little_less_is_not() -> None:
    assert find_nearest("abcxy", ["abcde"], likeness=0.6) == "abcde"  # 3 letters of 5 in common
    assert find_nearest("abcxy", ["abcde"], likeness=0.61) is None
    assert find_nearest("abxyz", ["abcde"]) is None


@pytest.mark.parametrize(
    ("wrong", "meant", "likeness"),
    [
        ("kantou", "kanto", USUAL_LIKENESS),
        ("price", "price_jpy_per_t", KEY_LIKENESS),
        ("capacity", "capacity_t", COLUMN_LIKENESS),
        ("hve_2030_t", "hev_2030_t", TONNAGE_LIKENESS),
        ("hokaido", "hokkaido", REGION_LIKENESS),
        ("hub", "hubs", TABLE_LIKENESS),
    ],
)
def test_each_likeness_takes_a_slip(wrong: str, meant: str, likeness: float) -> None:
    assert find_nearest(wrong, [meant], likeness=likeness) == meant


@pytest.mark.parametrize(
    ("name", "other", "likeness"),
    [
        ("lot", "lon", COLUMN_LIKENESS),
        ("bev_t", "hev_t", TONNAGE_LIKENESS),
        ("notes", "lanes", TABLE_LIKENESS),
        ("tokai", "tokyo", REGION_LIKENESS),
    ],
)
def test_the_higher_ones_leave_out_what_the_usual_one_takes(name: str, other: str, likeness: float) -> None:
    assert find_nearest(name, [other]) == other
    assert find_nearest(name, [other], likeness=likeness) is None


def test_the_lower_one_for_keys_takes_what_the_usual_one_leaves_out() -> None:
    assert find_nearest("price", ["price_jpy_per_t"]) is None


def test_a_message_ends_with_the_name_meant() -> None:
    assert nearest_name("opn", {"open": 1, "regional": 2}) == "; did you mean 'open'?"


def test_a_message_ends_with_the_known_names_in_order_where_none_is_near() -> None:
    assert nearest_name("xyz", ["b", "a"]) == "; known: a, b"


@pytest.mark.parametrize(("listed", "end"), [(2, "a, b, ..."), (3, "a, b, c"), (8, "a, b, c")])
def test_a_message_lists_no_more_names_than_asked(listed: int, end: str) -> None:
    assert nearest_name("xyz", "cab", listed=listed) == f"; known: {end}"
