"""When a search must end: at its deadline, or when someone asks."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class StopSignal:
    """Tells everything that works on one problem, in whatever thread, when to end.

    Parameters
    ----------
    seconds : float, optional
        Wall time from now to the deadline; none by default.
    """

    def __init__(self, seconds: float | None = None) -> None:
        self._deadline = None if seconds is None else time.perf_counter() + seconds
        self._asked = threading.Event()

    def ask(self) -> None:
        """Ask everything to end now, with the best it has."""
        self._asked.set()

    @property
    def asked(self) -> bool:
        """Whether someone asked."""
        return self._asked.is_set()

    @property
    def is_due(self) -> bool:
        """Whether it is time to end."""
        return self.asked or self.seconds_left <= 0

    @property
    def seconds_left(self) -> float:
        """Seconds to the deadline, 0 once someone asked, infinite without a deadline."""
        if self.asked:
            return 0.0
        return float("inf") if self._deadline is None else max(self._deadline - time.perf_counter(), 0.0)


_CURRENT: ContextVar[StopSignal | None] = ContextVar("hubspoke_stop", default=None)


@contextmanager
def obeying(stop: StopSignal) -> Iterator[None]:
    """Let every solver run of this thread obey a signal, however deep it is called."""
    token = _CURRENT.set(stop)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def current_stop() -> StopSignal | None:
    """Give the signal that this thread obeys, if any."""
    return _CURRENT.get()


def seconds_left(deadline: float | None) -> float:
    """Give the seconds to a deadline by `time.perf_counter()`, infinite without one; 0 once this thread must end."""
    stop = current_stop()
    if stop is not None and stop.is_due:
        return 0.0
    return float("inf") if deadline is None else deadline - time.perf_counter()
