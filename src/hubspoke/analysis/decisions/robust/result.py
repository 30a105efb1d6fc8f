"""A robust plan: which plants to build before it is known which scenario comes, and what each then costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.base.status import Status
    from hubspoke.settings.settings import Settings
    from hubspoke.words.place_names import PlaceNames


@dataclass(frozen=True)
class Information:
    """What it is worth to plan for all scenarios at once, and to know which one comes; yen per year.

    Attributes
    ----------
    mean_jpy : float
        Cost of the mean scenario; NaN where there is none, or no plan for it.
    mean_plants_jpy : float
        Expected cost with the plants of the mean scenario; NaN where they cannot serve all scenarios.
    waiting_jpy : float
        Mean of what each scenario costs with the plants that are best for it alone.
    vss_jpy, vss_low_jpy, vss_high_jpy : float
        Value of the stochastic solution: what planning for all is worth; and its proven limits. NaN where it has none.
    evpi_jpy, evpi_low_jpy, evpi_high_jpy : float
        Expected value of perfect information, and its proven limits.
    no_mean : tuple of str
        Scenarios whose sites, plants or limits differ from those of the first, so that there is no mean scenario.
    mean_fails : tuple of str
        Scenarios that the plants of the mean scenario cannot serve.
    same_plants : bool
        Whether the plants of the mean scenario are those of the robust plan.
    """

    mean_jpy: float = np.nan
    mean_plants_jpy: float = np.nan
    waiting_jpy: float = np.nan
    vss_jpy: float = np.nan
    vss_low_jpy: float = np.nan
    vss_high_jpy: float = np.nan
    evpi_jpy: float = np.nan
    evpi_low_jpy: float = np.nan
    evpi_high_jpy: float = np.nan
    no_mean: tuple[str, ...] = ()
    mean_fails: tuple[str, ...] = ()
    same_plants: bool = False


@dataclass(frozen=True, eq=False)
class RobustPlan:
    """Plants that are best over scenarios.

    Attributes
    ----------
    measure : {"expected", "worst", "regret", "cvar"}
    alpha : float
        Share of all that may come that `cvar` leaves out, the cheapest of it.
    year : int
    policy : str
    status : Status
    value_jpy, bound_jpy : float
        The measure of these plants, yen per year, and what no plants go below.
    gap : float
    expected_jpy, worst_jpy : float
        Mean and largest cost of the scenarios with these plants, yen per year.
    scenarios : DataFrame
        One row for each: `scenario`, `probability`, `supply_t`, `cost_jpy`, `alone_jpy` and `alone_bound_jpy` (with the
        plants that are best for it alone), `regret_jpy`, `unserved_t`, `shortfall_jpy_per_t` (price of a tonne that is
        left at its site, NaN where all must be served), `shortfall_jpy`.
    plants : DataFrame
        One row for each plant that is built: `kind`, `id`, `name`, `region`, `technology`, `size_t` (t per year that
        may enter), `existing_t` (t per year that stand today, whatever of it is used), `most_t` and
        `least_t` (that enter in a scenario).
    information : Information
    settings : Settings
    names : PlaceNames
        Of regions and plants, for what is told.
    """

    measure: str
    alpha: float
    year: int
    policy: str
    status: Status
    value_jpy: float
    bound_jpy: float
    gap: float
    expected_jpy: float
    worst_jpy: float
    scenarios: pd.DataFrame
    plants: pd.DataFrame
    information: Information
    settings: Settings
    names: PlaceNames
