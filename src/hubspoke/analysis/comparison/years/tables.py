"""The tables of a comparison of plans over several years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.plan.years import YearsData

YEARS_TABLES = ("totals", "by_year", "plants", "settings")
"""The tables of a comparison of plans over several years, each a CSV in its folder."""


@dataclass(frozen=True, eq=False)
class YearsComparisonData:
    """Plans over several years side by side, the others compared with the first.

    Attributes
    ----------
    names : tuple of str
        A name for each plan, no two alike; the column `plan` of every table holds them.
    plans : tuple of YearsData
    totals : DataFrame
        One row for each plan: present value of all cost and what it is made of, its change against the first with
        what of it is proven, investment and residual value (not discounted), plants that are used.
    by_year : DataFrame
        One row for each plan and year that it plans: tonnes, plants, cost a year and per kg, investment, and the
        change of cost against the first where that plans the same year.
    plants : DataFrame
        Every plant that the first plan or the other uses: year of its first use and largest size in both, and `change`:
        `only_in_base`, `only_in_plan`, `earlier`, `later`, `larger`, `smaller`, `same`.
    settings : DataFrame
        Every setting, option and input file that differs.
    """

    names: tuple[str, ...]
    plans: tuple[YearsData, ...]
    totals: pd.DataFrame
    by_year: pd.DataFrame
    plants: pd.DataFrame
    settings: pd.DataFrame

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as plain data; of plants those that change."""
        return {
            "format": "hubspoke-comparison-of-years",
            "format_version": 1,
            "plans": list(self.names),
            "totals": self.totals.to_dict("records"),
            "by_year": self.by_year.to_dict("records"),
            "plants": self.plants[self.plants["change"] != "same"].to_dict("records"),
            "settings": self.settings.to_dict("records"),
        }
