"""The time that each phase of a solve takes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Clock:
    """Seconds by phase of one solve.

    Parameters
    ----------
    progress : callable, optional
        Called with the name and the seconds of each phase as it ends.
    """

    def __init__(self, progress: Callable[[str, float], object] | None) -> None:
        self.seconds: dict[str, float] = {}
        self._progress = progress
        self.restart()

    def restart(self) -> None:
        """Begin a phase now; the time since the last one ended counts for none."""
        self._began = time.perf_counter()

    def stop(self, phase: str) -> None:
        """End a phase, and begin the next."""
        now = time.perf_counter()
        self.seconds[phase] = now - self._began
        self._began = now
        if self._progress is not None:
            self._progress(phase, self.seconds[phase])
