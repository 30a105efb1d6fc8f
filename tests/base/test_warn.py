"""What is warned of in several cases is told once."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from hubspoke.base.warn import gathered_warnings, warn_of_cases, warn_user

if TYPE_CHECKING:
    import pytest


def test_warnings_are_held_back_and_other_records_pass(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "hubspoke")
    with gathered_warnings() as held:
        warn_user("the roof leaks")
        logging.getLogger("hubspoke").info("it rains")
    warn_user("the door is open")
    assert held == ["the roof leaks"]
    assert caplog.messages == ["it rains", "the door is open"]


def test_what_holds_for_all_is_told_once_and_the_rest_by_name(caplog: pytest.LogCaptureFixture) -> None:
    warn_of_cases({"base": ["old", "old"], "fast": ["old", "new"], "late": ["new", "old"]})
    assert caplog.messages == ["old", "fast, late: new"]


def test_nothing_is_told_of_nothing(caplog: pytest.LogCaptureFixture) -> None:
    warn_of_cases({"base": [], "fast": []})
    assert caplog.messages == []
