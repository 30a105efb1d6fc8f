"""Which sizes a plant may have in a year, and how much of them it takes in, by permits, lead times and running in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.settings.plants import Plant, read_ramp_up
from hubspoke.settings.technologies import split_technologies

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.base.arrays import Bools, Floats
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.planning.years.calendar import Calendar
    from hubspoke.settings.plants import Technology
    from hubspoke.settings.settings import Settings

SAME = 1e-9
"""Relative difference of tonnages that are the same."""


@dataclass(frozen=True, eq=False)
class Growth:
    """What the plants of one kind may be, with T planned years, N plants and K sizes.

    Attributes
    ----------
    standing : bool array, shape (N, K)
        Sizes within what stands before the first year.
    allowed : bool array, shape (T, N, K)
        Sizes that a plant may run at.
    first_share : float array, shape (T, N, K)
        Share of its capacity that a plant takes over the years of a planned year, if it is built or was built for it.
    """

    standing: Bools
    allowed: Bools
    first_share: Floats

    @property
    def runs_in(self) -> bool:
        """Whether some plant takes less than its capacity at first."""
        return bool((self.first_share < 1).any())


def find_growth(
    plants: pd.DataFrame,
    steps: PlantSteps,
    technologies: Mapping[str, Technology],
    settings: Settings,
    calendar: Calendar,
    *,
    scale: float = 1.0,
) -> Growth:
    """Return which sizes plants may have in each year.

    Parameters
    ----------
    plants : DataFrame
        The N rows of `hubs` or `refineries`.
    steps : PlantSteps
        Their sizes.
    technologies : mapping of str to Technology
        In the order of `steps.technology`.
    settings : Settings
    calendar : Calendar
    scale : float
        Tonnes that sizes are stated for, per tonne that enters.
    """
    count, sizes = len(calendar.years), steps.capacity.shape[1]
    usable = float(settings.sizes.availability) * plants["existing_t"].to_numpy(np.float64) / scale
    place = {name: at for at, name in enumerate(technologies)}
    of = np.array([place.get(name, -1) for name in plants["existing_technology"].tolist()], np.int64)
    own = (steps.technology == of.reshape(-1, 1)) & (steps.technology >= 0)
    standing = own & (steps.capacity > 0) & (steps.capacity <= (usable * (1 + SAME)).reshape(-1, 1))
    standing |= steps.has_given[:, None] & (plants["status"] == "open").to_numpy(bool)[:, None]
    built = list(technologies.values())
    lead = np.array([float(one.lead_time_yr) if isinstance(one, Plant) else 0.0 for one in built])[steps.technology]
    allowed = np.zeros((count, len(plants), sizes), bool)
    share = np.ones(allowed.shape)
    opens = plants["opens_from"].fillna(-np.inf).to_numpy(np.float64)
    retires = plants["retires"].fillna(np.inf).to_numpy(np.float64)
    decided = -np.inf if settings.years.decided_from is None else settings.years.decided_from
    in_time = np.where(standing, -np.inf, decided + lead)
    own_shares = [read_ramp_up(cell) or () for cell in plants["ramp_up"].tolist()]
    for at, (year, span) in enumerate(zip(calendar.years, calendar.spans, strict=True)):
        here = (opens <= year) & (year < retires)
        allowed[at] = here[:, None] & (in_time <= year)
        for plant, k in zip(*np.nonzero(~standing & (steps.technology >= 0)), strict=True):
            technology = built[steps.technology[plant, k]]
            shares = own_shares[plant] or (technology.ramp_up if isinstance(technology, Plant) else ())
            share[at, plant, k] = share_of_years(shares, 0, span) if shares else 1.0
        for plant in np.flatnonzero([bool(shares) for shares in own_shares] & (opens > -np.inf)):
            run = max(0, year - int(opens[plant]))  # what stands is run in from the year in which it opens
            share[at, plant, standing[plant]] = share_of_years(own_shares[plant], run, span)
    return Growth(standing, allowed, share)


def first_shares(plants: pd.DataFrame, technologies: Mapping[str, Technology], calendar: Calendar) -> Floats:
    """Return the least share of its capacity that each plant takes if it is built for a year, shape (T, N).

    Parameters
    ----------
    plants : DataFrame
        The N rows of `hubs` or `refineries`.
    technologies : mapping of str to Technology
    calendar : Calendar
    """
    share = np.ones((len(calendar.years), len(plants)))
    cells = zip(plants["ramp_up"].tolist(), plants["technology"].tolist(), strict=True)
    for plant, (own, named) in enumerate(cells):
        ways = (
            [read_ramp_up(own) or ()]
            if own
            else [one.ramp_up for name in split_technologies(named) if isinstance(one := technologies.get(name), Plant)]
        )
        for at, span in enumerate(calendar.spans):
            share[at, plant] = min((share_of_years(way, 0, span) for way in ways if way), default=1.0)
    return share


def share_of_years(ramp_up: tuple[float, ...], first: int, years: int) -> float:
    """Return the mean share of its capacity that a plant takes over some years.

    Parameters
    ----------
    ramp_up : tuple of float
        Share in its first, second ... year; all of it after these.
    first : int
        Years that it has run before the first of them.
    years : int
        Number of years, 1 or more.
    """
    shares = [ramp_up[at] if at < len(ramp_up) else 1.0 for at in range(first, first + years)]
    return sum(shares) / years
