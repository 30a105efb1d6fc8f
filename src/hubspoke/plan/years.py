"""A plan over several years: a plan of each year, what plants do from one to the next, and what it all costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hubspoke.base.notebook import in_one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.base.status import Status
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings

YEARS_TABLES = ("schedule", "by_year", "factors")
"""The tables of a plan over several years, each a CSV in its run folder."""
ABSENT, OPEN, IDLE, CLOSED = "absent", "open", "idle", "closed"
STAGES = (ABSENT, OPEN, IDLE, CLOSED)
"""What a plant is in a planned year: not used so far, open, standing idle, closed for good."""
STEPS = ("", "opens", "grows", "idles", "resumes", "closes")
"""What a plant does for a planned year."""


@dataclass(frozen=True, eq=False, repr=False)
class YearsData:
    """The tables and figures of a plan over several years, frozen.

    Attributes
    ----------
    title : str
    years : tuple of int
        Planned years; each stands for the years up to the next.
    status : Status
    objective : {"cost", "profit", "co2"}
    objective_value, bound_value : float
        Present value of the objective over the horizon, yen (kg of CO2, not discounted, under least CO2), and the
        proven bound on that of every plan under the same rules.
    gap : float
        Distance of the two as a share of what was minimised.
    options : mapping
        What was asked for.
    plans : mapping of int to PlanData
        The plan of each year. Its capital is that of what is used in the year; its bound is that of the year alone.
    schedule : DataFrame
        One row for each year and plant that is used in some year, see `plan/years_columns.py`.
    by_year : DataFrame
        One row for each year: tonnes, cost by kind per year, investment, present value.
    factors : DataFrame
        Years that each year stands for, and the factors that its yen count with.
    settings : Settings
        Those of no year in particular.
    run : mapping
        Facts about this run that are no part of the plan, such as seconds by phase.
    """

    title: str
    years: tuple[int, ...]
    status: Status
    objective: str
    objective_value: float
    bound_value: float
    gap: float
    options: Mapping[str, Any]
    plans: Mapping[int, PlanData]
    schedule: pd.DataFrame
    by_year: pd.DataFrame
    factors: pd.DataFrame
    settings: Settings
    run: Mapping[str, Any] = field(default_factory=dict)

    def _figures(self) -> dict[str, object]:
        return {
            "title": self.title,
            "years": ", ".join(map(str, self.years)),
            "objective": self.objective,
            "status": str(self.status),
            "value": round(self.objective_value),
            "gap": self.gap,
        }

    def __repr__(self) -> str:
        """Return the main figures in one line."""
        return in_one_line("YearsPlan", self._figures())

    @property
    def policies(self) -> tuple[str, ...]:
        """Policy of each year."""
        return tuple(plan.policy for plan in self.plans.values())

    @property
    def present_cost_jpy(self) -> float:
        """Present value of all costs over the horizon, yen."""
        return float(self.by_year["present_jpy"].sum())
