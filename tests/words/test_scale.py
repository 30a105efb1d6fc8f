"""Amounts of a summary are written in a unit in which they do not read as nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from hubspoke.words.scale import choose_scale, choose_table_scale


@pytest.mark.parametrize(
    ("largest", "yen", "english", "japanese"),
    [(2.3e9, True, "bn", "億"), (9e6, True, "million", "百万"), (4e5, True, "thousand", "千"), (0, True, "bn", "億"),
     (2.3e9, False, "million", "百万"), (4e5, False, "thousand", "千")],
)  # fmt: skip
def test_the_unit_follows_the_largest_amount(largest: float, *, yen: bool, english: str, japanese: str) -> None:
    scale = choose_scale(largest, "ja", yen=yen)
    assert (scale.english, scale.japanese) == (english, japanese)
    assert not largest or any(digit in scale.write(largest) for digit in "123456789")


@pytest.mark.parametrize(
    ("largest", "unit", "written"),
    [
        (2e9, "million yen/yr", "2,000"),
        (4.6e6, "thousand yen/yr", "4,600"),
        (9e3, "yen/yr", "9,000"),
        (0, "million yen/yr", "0"),
    ],
)
def test_tables_in_millions_take_a_smaller_unit_where_those_would_read_as_nothing(
    largest: float, unit: str, written: str
) -> None:
    scale = choose_table_scale([largest, -largest / 2, float("inf")])
    assert (scale.fit("million yen/yr"), scale.write(largest)) == (unit, written)
    assert scale.fit("bn t of packs, million t·km, 百万t·km") == "bn t of packs, million t·km, 百万t·km"


def test_japanese_counts_in_hundred_millions() -> None:
    sources = (Path(__file__).parents[2] / "src" / "hubspoke").rglob("*words*.py")
    assert [file.name for file in sources if "十億" in file.read_text(encoding="utf-8")] == []
