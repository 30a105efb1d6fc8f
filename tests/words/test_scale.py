"""Amounts of a summary are written in a unit in which they do not read as nothing."""

from __future__ import annotations

import pytest

from hubspoke.words.scale import choose_scale


@pytest.mark.parametrize(
    ("largest", "yen", "english", "japanese"),
    [(2.3e9, True, "bn", "億"), (9e6, True, "million", "百万"), (4e5, True, "thousand", "千"), (0, True, "bn", "億"),
     (2.3e9, False, "million", "百万"), (4e5, False, "thousand", "千")],
)  # fmt: skip
def test_the_unit_follows_the_largest_amount(largest: float, *, yen: bool, english: str, japanese: str) -> None:
    scale = choose_scale(largest, "ja", yen=yen)
    assert (scale.english, scale.japanese) == (english, japanese)
    assert not largest or any(digit in scale.write(largest) for digit in "123456789")
