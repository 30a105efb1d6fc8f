"""The tables of a comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.plan.plan import PlanData

TABLES = ("totals", "costs", "regions", "plants", "moves", "sites", "settings")
"""The tables of a comparison, each a CSV in its folder."""


@dataclass(frozen=True, eq=False)
class ComparisonData:
    """Plans side by side, the others compared with the first. Amounts are per year.

    Attributes
    ----------
    names : tuple of str
        A name for each plan, no two alike; the column `plan` of every table holds them.
    plans : tuple of PlanData
    totals : DataFrame
        One row for each plan: tonnes, plants, cost, CO2, and what changes against the first.
    costs : DataFrame
        Cost by term and plan.
    regions : DataFrame
        Cost, tonnes and plants by region and plan.
    plants : DataFrame
        Every plant that the first plan or the other builds: opened, closed, converted, enlarged, reduced or
        same.
    moves : DataFrame
        Tonnes and sites that deliver to another hub, by old and new hub.
    sites : DataFrame
        Every site that changes: moved, left out, taken up, or in one of the two plans only.
    settings : DataFrame
        Every setting, option and input file that differs.
    """

    names: tuple[str, ...]
    plans: tuple[PlanData, ...]
    totals: pd.DataFrame
    costs: pd.DataFrame
    regions: pd.DataFrame
    plants: pd.DataFrame
    moves: pd.DataFrame
    sites: pd.DataFrame
    settings: pd.DataFrame
