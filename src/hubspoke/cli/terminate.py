"""Let a polite request to end, as systems and schedulers send it, do what Ctrl-C does."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

TERMINATED = 143
"""Exit code after SIGTERM, as shells expect it."""


class TerminatedError(KeyboardInterrupt):
    """The system asked the program to end; whatever hears Ctrl-C hears this, too."""


def hear_termination() -> None:
    """Let SIGTERM, and SIGHUP where there is one, end a search with its best plan, and anything else with a word."""
    for name in ("SIGTERM", "SIGHUP"):
        if (number := getattr(signal, name, None)) is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """Raise in the main thread what Ctrl-C raises there."""
    raise TerminatedError
