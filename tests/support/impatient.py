"""A stop that is due by the number of looks at it, not by a clock."""

from __future__ import annotations

import math

from hubspoke.base.stop import Stop


class StopAfterLooks(Stop):
    """Becomes due once it has been looked at so many times, wherever the search is then."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.looks = looks

    @property
    def seconds_left(self) -> float:
        """Infinite for the first looks, then 0."""
        self.looks -= 1
        return math.inf if self.looks >= 0 else 0.0
