"""When a search must end: at its deadline, or when someone asks."""

from __future__ import annotations

import math
import threading
import time

SHORTEST_S = 0.01
"""Least time limit handed to a solver: some take zero for none."""


class Stop:
    """The time at which everything that works on one problem, in whatever thread, must end.

    One such object is handed down from the door of the engine to its innermost solver run.

    Parameters
    ----------
    seconds : float, optional
        Wall time from now to the deadline; none by default.
    inside : Stop, optional
        An outer stop, whose deadline holds too; asking either of the two to end asks both.
    """

    def __init__(self, seconds: float | None = None, *, inside: Stop | None = None) -> None:
        own = math.inf if seconds is None else time.perf_counter() + seconds
        self._deadline: float = own if inside is None else min(own, inside._deadline)  # noqa: SLF001 - of the same class
        self._asked: threading.Event = threading.Event() if inside is None else inside._asked  # noqa: SLF001

    def within(self, seconds: float | None) -> Stop:
        """Return a stop that is due after so many seconds from now, or whenever this one is.

        Parameters
        ----------
        seconds : float, optional
            Wall time; None for no further limit.

        Returns
        -------
        Stop
            Asking it to end asks this one too.
        """
        return self if seconds is None else Stop(seconds, inside=self)

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
        return self.seconds_left <= 0

    @property
    def seconds_left(self) -> float:
        """Seconds to the deadline, 0 once someone asked, infinite without a deadline."""
        return 0.0 if self.asked else max(self._deadline - time.perf_counter(), 0.0)

    @property
    def time_limit(self) -> float | None:
        """Seconds left in the form that solvers take: never zero, None without a deadline."""
        left = self.seconds_left
        return None if math.isinf(left) else max(left, SHORTEST_S)


StopSignal = Stop
"""The name by which a stop is known to users of the library."""
