"""The chain of custody under which lots are traced, in the words of ISO 22095."""

from __future__ import annotations

from dataclasses import dataclass

from hubspoke.base.errors import UsageError
from hubspoke.base.spelling import nearest_name

SEGREGATED, CONTROLLED_BLENDING, MASS_BALANCE = "segregated", "controlled_blending", "mass_balance"
MODELS = (SEGREGATED, CONTROLLED_BLENDING, MASS_BALANCE)
REFUSED = {
    "identity_preserved": "hubs mix the packs of many sites, so that no lot keeps the identity of one",
    "book_and_claim": "claims that are traded apart from the material leave nothing to trace",
}
"""Models of ISO 22095 that a plan cannot state, and why."""


@dataclass(frozen=True)
class Custody:
    """A chain of custody.

    Attributes
    ----------
    model : {"segregated", "controlled_blending", "mass_balance"}
        `segregated`: material of one origin (home or abroad, packs that were in use or scrap of manufacturing) is kept
        apart from any other at every plant, and so are its lots. `controlled_blending`: origins are mixed in known
        proportions, grade by grade at hubs and all together at refineries. `mass_balance`: what comes into a plant
        within a period is attributed to what leaves it then, metal by metal and in proportion, whatever lot it is in.
    period_yr : int
        Length of the periods of a mass balance. The first begins with the first planned year.
    """

    model: str = CONTROLLED_BLENDING
    period_yr: int = 1

    @property
    def keeps_origins_apart(self) -> bool:
        """Whether lots of different origin are never mixed."""
        return self.model == SEGREGATED

    @property
    def pools(self) -> bool:
        """Whether a plant balances all that comes in with all that leaves, over grades and the years of a period."""
        return self.model == MASS_BALANCE

    def find_period(self, year: int, first: int) -> int:
        """Return the year in which the period of a year begins.

        Parameters
        ----------
        year, first : int
            The year, and the first of all planned years.
        """
        return year - (year - first) % self.period_yr if self.pools else year


def choose_custody(model: str = CONTROLLED_BLENDING, period_yr: int = 1) -> Custody:
    """Return a chain of custody by its name.

    Parameters
    ----------
    model : str
        One of `MODELS`; hyphens and blanks may stand for the underscore.
    period_yr : int
        Years of a period, 1 or more.

    Returns
    -------
    Custody

    Raises
    ------
    UsageError
        An unknown model, one that a plan cannot state, or a period that does not go with it.
    """
    name = model.strip().lower().replace("-", "_").replace(" ", "_")
    if name in REFUSED:
        raise UsageError(f"custody {model}: {REFUSED[name]}; choose {', '.join(MODELS)}")
    if name not in MODELS:
        raise UsageError(f"unknown custody {model!r}{nearest_name(name, MODELS)}")
    if period_yr < 1:
        raise UsageError(f"period of {period_yr} years: a mass balance is closed over 1 year or more")
    if period_yr > 1 and name != MASS_BALANCE:
        raise UsageError(f"a period of {period_yr} years is one of {MASS_BALANCE}; under {name} leave it out")
    return Custody(name, period_yr)
