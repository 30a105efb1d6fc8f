"""Tables of text: columns line up on a terminal, whatever letters stand in them."""

from __future__ import annotations

import pytest

from hubspoke.words.text_table import lay_out, text_width


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("hub", 3), ("ハブ", 4), ("ﾊﾌﾞ", 3), ("Ａ", 2), ("é–", 2), ("北 10", 5)]
)
def test_wide_letters_take_two_columns(text: str, columns: int) -> None:
    assert text_width(text) == columns


def test_columns_line_up_and_lines_do_not_end_in_spaces() -> None:
    lines = lay_out([("region", "t", ""), ("北海道", "1,200", "a"), ("x", "3", "北")], right={1})
    assert lines == ["region      t", "北海道  1,200  a", "x           3  北"]
