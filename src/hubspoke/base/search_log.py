"""How far a search has come: a line of the log that also carries its figures, for whoever shows them live."""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass

LOG = logging.getLogger("hubspoke")


@dataclass(frozen=True)
class Reached:
    """What a search knows so far.

    Attributes
    ----------
    best : float
        Value of the best plan, in the unit of the objective; infinite where there is none yet.
    bound : float
        No plan has a lower value; minus infinity where nothing is proven yet.
    hubs : int
        How many hubs the best plan opens; 0 where there is none yet.
    """

    best: float
    bound: float
    hubs: int

    @property
    def gap(self) -> float:
        """By what share of its value the best plan is above the bound at most; infinite where that is not known."""
        if not (math.isfinite(self.best) and math.isfinite(self.bound)) or self.best == 0:
            return math.inf
        return max(self.best - self.bound, 0.0) / abs(self.best)


def log_search(best: float, bound: float, hubs: int, more: str, *figures: object) -> None:
    """Log how far a search has come, with a `Reached` as attribute `reached` of the record.

    Parameters
    ----------
    best, bound, hubs
        As in `Reached`.
    more : str
        Further words, in the form of `logging`.
    *figures : object
        What fills their places.
    """
    words = "plan %.8g, bound %.8g, " + more
    LOG.info(words, best, bound, *figures, extra={"reached": Reached(best, bound, hubs)})
