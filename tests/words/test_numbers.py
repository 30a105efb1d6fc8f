"""Numbers as people read them: decimals, scales of both languages, gaps that never promise too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hubspoke.base.status import EXACT_GAP
from hubspoke.words.numbers import (
    SMALLEST_GAP,
    format_asked_gap,
    format_count,
    format_gap,
    format_idle,
    format_large,
    format_number,
    format_yen,
    per_kg,
)

if TYPE_CHECKING:
    from hubspoke.words.language import Lang


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (0.125, "0.12"),
        (9.5, "9.50"),
        (10, "10.0"),
        (99.94, "99.9"),
        (100, "100"),
        (1234567.8, "1,234,568"),
        (-3.2, "−3.20"),
        (-1234.5, "−1,234"),
        (float("inf"), "–"),
        (float("nan"), "–"),
    ],
)
def test_numbers_have_fewer_decimals_the_larger_they_are(value: float, written: str) -> None:
    assert format_number(value) == written


@pytest.mark.parametrize(
    ("jpy", "lang", "written"),
    [
        (1e9, "en", "1.00 bn yen"),
        (9.99e8, "en", "999 million yen"),
        (1e6, "en", "1.00 million yen"),
        (999_999, "en", "1.00 million yen"),
        (999_000, "en", "999 thousand yen"),
        (49_540, "en", "49.5 thousand yen"),
        (9_999, "en", "9,999 yen"),
        (-2.5e9, "en", "−2.50 bn yen"),
        (0, "en", "0 yen"),
        (1e8, "ja", "1.00億円"),
        (9.99e7, "ja", "9,990万円"),
        (1e4, "ja", "1.00万円"),
        (9999, "ja", "9,999円"),
        (float("inf"), "en", "–"),
    ],
)
def test_yen_take_the_largest_scale_that_they_reach(jpy: float, lang: Lang, written: str) -> None:
    assert format_yen(jpy, lang) == written


def test_large_numbers_take_any_unit() -> None:
    assert format_large(2.5e6, "en", "t") == "2.50 million t"
    assert format_large(2.5e6, "ja", "t") == "250万t"


def test_yen_per_kilogram() -> None:
    assert per_kg(3e6, 20) == 150
    assert per_kg(3e6, 0) == 0


@pytest.mark.parametrize(
    ("built", "idle", "lang", "written"),
    [
        (1200, 0, "en", "1,200"),
        (1200, 0, "ja", "1,200"),
        (8, 1, "en", "8 (1 idle)"),
        (8, 1, "ja", "8（うち不使用1）"),
    ],
)
def test_idle_plants_are_named_only_where_there_are_any(built: int, idle: int, lang: Lang, written: str) -> None:
    assert format_count(built, idle, lang) == written


def test_idle_plants_alone() -> None:
    assert [format_idle(1200, lang) for lang in ("en", "ja")] == ["1,200 idle", "うち不使用1,200"]


@pytest.mark.parametrize(
    ("gap", "written", "at_most"),
    [
        (0.0, "0 %", "0 %"),
        (EXACT_GAP, "0 %", "0 %"),
        (2 * EXACT_GAP, "< 0.01 %", "0.0000002 %"),
        (0.99 * SMALLEST_GAP, "< 0.01 %", "0.01 %"),
        (SMALLEST_GAP, "0.01 %", "0.01 %"),
        (0.000101, "0.02 %", "0.02 %"),
        (0.0123, "1.23 %", "1.23 %"),
        (0.012301, "1.24 %", "1.24 %"),
        (1.5, "150.00 %", "150.00 %"),
        (float("inf"), "–", "–"),
        (float("nan"), "–", "–"),
    ],
)
def test_gaps_are_rounded_up(gap: float, written: str, at_most: str) -> None:
    assert format_gap(gap) == written
    assert format_gap(gap, at_most=True) == at_most


@pytest.mark.parametrize("hundredths", range(1, 1000, 7))
def test_a_gap_of_whole_hundredths_is_not_lifted_by_rounding(hundredths: int) -> None:
    assert format_gap(hundredths / 1e4) == f"{hundredths / 100:.2f} %"


@pytest.mark.parametrize(
    ("gap", "written"), [(0.0, "0 %"), (1e-6, "0.0001 %"), (0.001, "0.1 %"), (0.1, "10 %"), (1.0, "100 %")]
)
def test_a_gap_asked_for_keeps_all_its_digits(gap: float, written: str) -> None:
    assert format_asked_gap(gap) == written
