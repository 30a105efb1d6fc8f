"""The line that moves while a plan is searched: what it says, and that the log stands above it."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING

import pytest

from hubspoke.base.errors import UsageError
from hubspoke.base.search_log import Reached, log_search
from hubspoke.cli.console import Console
from hubspoke.cli.live import live_line, tell_reached

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def log() -> Iterator[logging.Logger]:
    """Give back the library's log as it was."""
    kept = logging.getLogger("hubspoke")
    level, handlers = kept.level, list(kept.handlers)
    yield kept
    kept.setLevel(level)
    kept.handlers = handlers


@pytest.mark.parametrize(
    ("reached", "told"),
    [
        (Reached(float("inf"), 3.0, 0), ""),
        (Reached(100.0, float("-inf"), 2), "100 yen, 2 hubs"),
        (Reached(100.0, 99.0, 1), "100 yen, within 1.00 % of the best, 1 hub"),
        (Reached(100.0, 100.5, 3), "100 yen, within 0 % of the best, 3 hubs"),
        (Reached(-50.0, -60.0, 3), "-50 yen, within 20.00 % of the best, 3 hubs"),
        (Reached(0.0, -1.0, 1), "0 yen, 1 hub"),
    ],
)
def test_the_line_says_value_gap_and_hubs(reached: Reached, told: str) -> None:
    assert tell_reached(reached, lambda value: f"{value:g} yen") == told


def test_what_the_search_tells_is_shown_and_the_log_is_as_before(
    log: logging.Logger, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a terminal, the line is drawn; records come above it, each on a line of its own, only where asked for."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    Console(verbose=0).listen()
    with live_line("planning", lambda value: f"{value:g} yen"):
        log_search(100.0, 99.0, 4, "%d nodes", 7)
        log.warning("look here")
    told = capsys.readouterr().err
    assert "100 yen, within 1.00 % of the best, 4 hubs" in told
    assert "warning: look here\n" in told
    assert "7 nodes" not in told
    assert log.level == logging.WARNING
    log_search(100.0, 99.0, 4, "%d nodes", 8)
    assert capsys.readouterr().err == ""


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """Return True."""
        return True


def test_answers_and_errors_are_folded_to_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    for stream, width in ((Terminal(), 40), (io.StringIO(), 200)):
        monkeypatch.setattr("sys.stdout", stream)
        monkeypatch.setattr("sys.stderr", stream)
        Console().give("status  " + "no plan costs less " * 6, {})
        Console().fail(UsageError("name a folder that is there " * 5))
        lines = [re.sub("\x1b[^m]*m", "", line) for line in stream.getvalue().splitlines()]
        assert width / 2 < max(map(len, lines)) <= width
        assert (len(lines) == 2) == (width > 40)
