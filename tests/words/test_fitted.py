"""Lines folded to a terminal: nothing is lost, nothing is wider than it must be, columns stay columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubspoke.words.fitted import LEAST_ROOM, fit_lines
from hubspoke.words.text_table import text_width

WORDS = st.lists(st.text("ab1,.北海道、", min_size=1, max_size=12), min_size=1, max_size=12)
LINES = st.builds(lambda words, gaps: "".join(w + " " * g for w, g in zip(words, gaps, strict=False)).rstrip(),
                  WORDS, st.lists(st.integers(1, 4), min_size=12, max_size=12))  # fmt: skip


@pytest.mark.heavy
@given(st.lists(LINES, min_size=1, max_size=3).map("\n".join), st.integers(30, 90))
def test_all_words_stay_and_no_line_is_wider_than_the_terminal(text: str, width: int) -> None:
    fitted = fit_lines(text, width)
    assert "".join(fitted.split()) == "".join(text.split())
    longest = max(text_width(line) for line in fitted.split("\n"))
    assert longest <= max(width, width - LEAST_ROOM + 24 + 4)  # the widest word, in the narrowest column


@pytest.mark.heavy
@given(LINES, st.integers(30, 90))
def test_what_fits_stays_as_it_is(text: str, width: int) -> None:
    assert text_width(text) > width or fit_lines(text, width) == text


def test_the_last_column_stays_a_column() -> None:
    row = "Chugoku  cem-tokuyama  8.4  251.1  toss-up +0 yen to +2.83 million yen"
    assert fit_lines(row, 60).split("\n") == [
        "Chugoku  cem-tokuyama  8.4  251.1  toss-up +0 yen to +2.83",
        " " * 35 + "million yen",
    ]


def test_japanese_is_folded_between_letters_but_not_before_a_full_stop() -> None:
    told = "証明    " + "最適性が証明された計画である。" * 2
    fitted = fit_lines(told, 38)
    assert "".join(fitted.split()) == "".join(told.split())
    assert [line for line in fitted.split("\n") if line.strip().startswith("。")] == []
    assert max(map(text_width, fitted.split("\n"))) <= 40
