"""What is known of cases before a search: a plan's cost, what plans truly cost, and prices that gave cuts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubspoke.engine.cases.solution import CasesSolution, CutPrices


@dataclass(frozen=True, eq=False)
class Known:
    """What a search may start from.

    Attributes
    ----------
    cutoff : float
        Plans that cost this or more need not be found; infinite where none is known.
    prices : tuple of tuples of CutPrices
        For each case, of the same sites and hubs in another search; empty for none.
    judge : function of CasesSolution, optional
        What a plan truly costs, where the cases are a relaxation: never less than in these. The search then looks for
        the plan that is truly cheapest, and goes on until the bound is within the gap of that.
    """

    cutoff: float = np.inf
    prices: tuple[tuple[CutPrices, ...], ...] = ()
    judge: Callable[[CasesSolution], float] | None = None


NOTHING = Known()
