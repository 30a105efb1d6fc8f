"""The years of a plan: how long each stands for, and what a yen in each is worth at the beginning.

Every cost falls at the end of its year, as the capital recovery factor has it, and is discounted to the end of the
first year. What a plant costs to build is paid at the end of the year before it opens. So paying capital at the
opening, with what is left of it at the end of the horizon credited, costs the same as its equal yearly payments within
the horizon; only the cash differs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.base.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Floats
    from hubspoke.settings.settings import Settings


@dataclass(frozen=True)
class Calendar:
    """Planned years, T of them.

    Attributes
    ----------
    years : tuple of int, length T
        Ascending.
    until : int
        Last year that counts.
    rate : float
        Discount rate per year.
    """

    years: tuple[int, ...]
    until: int
    rate: float

    @property
    def spans(self) -> tuple[int, ...]:
        """Number of years that each planned year stands for, length T."""
        ends = (*self.years[1:], self.until + 1)
        return tuple(end - start for start, end in zip(self.years, ends, strict=True))

    @property
    def discount(self) -> Floats:
        """What a yen at the end of each planned year is worth, shape (T,)."""
        return np.array([(1 + self.rate) ** (self.years[0] - year) for year in self.years])

    @property
    def weights(self) -> Floats:
        """What a yen in every year that a planned year stands for is worth, shape (T,)."""
        yearly = [[(1 + self.rate) ** (self.years[0] - year - at) for at in range(span)]
                  for year, span in zip(self.years, self.spans, strict=True)]  # fmt: skip
        return np.array([sum(worth) for worth in yearly])

    def tabulate(self, recovery: float) -> pd.DataFrame:
        """Return all factors of a plan, one row for each planned year.

        Parameters
        ----------
        recovery : float
            Capital recovery factor, per year.
        """
        weights, discount = self.weights, self.discount
        owed = np.cumsum(weights[::-1])[::-1]
        return pd.DataFrame(
            {
                "year": self.years,
                "last_year": [year + span - 1 for year, span in zip(self.years, self.spans, strict=True)],
                "years": self.spans,
                "discount_factor": discount,
                "weight": weights,
                "capital_recovery_per_yr": recovery,
                "paid_of_investment": np.minimum(recovery * owed / ((1 + self.rate) * discount), 1.0),
            }
        )


def make_calendar(years: Sequence[int], settings: Settings) -> Calendar:
    """Return the calendar of a plan.

    Parameters
    ----------
    years : sequence of int
        Planned years.
    settings : Settings
        `years.until`, and the discount rate of `finance`.

    Raises
    ------
    UsageError
        No years, or years that do not ascend.
    """
    planned = tuple(int(year) for year in years)
    if not planned:
        raise UsageError("no year to plan; state years.plan, or give years (--years 2030,2035,2040)")
    if list(planned) != sorted(set(planned)):
        raise UsageError(f"years {', '.join(map(str, planned))}: give each once, in ascending order")
    until = planned[-1] if settings.years.until is None else settings.years.until
    if until < planned[-1]:
        raise UsageError(f"years.until is {until}, before the last planned year {planned[-1]}; write that or later")
    return Calendar(planned, until, float(settings.finance.discount_rate_per_yr))
