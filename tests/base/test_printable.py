"""Texts of files cannot steer a terminal, and Japanese stays as it is."""

from __future__ import annotations

import pytest

from hubspoke.base.printable import escape_controls


@pytest.mark.parametrize("text", ["", "plan\n\tline", "東京　本社", "Zürich\u00a0x", "🔋", "ｶﾅ", "か\u3099"])
def test_what_is_seen_stays(text: str) -> None:
    assert escape_controls(text) == text


@pytest.mark.parametrize(
    "sign", ["\x1b", "\r", "\x07", "\x9b", "\u202e", "\u2066", "\u200b", "\u2028", "\ufeff", "\ue000"]
)
def test_what_is_not_seen_is_written_as_an_escape(sign: str) -> None:
    told = escape_controls(f"a{sign}b")
    assert sign not in told
    assert told.startswith("a\\")
    assert told.endswith("b")
