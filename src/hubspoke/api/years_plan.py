"""A plan over several years with the verbs that planners use."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from hubspoke.api.plan import Plan
from hubspoke.base.notebook import as_html
from hubspoke.plan.years import YearsData

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from hubspoke.analysis.explanation.years.explain import Stories
    from hubspoke.api.trace import PlanTrace
    from hubspoke.outputs.maps.elements import PlanMap
    from hubspoke.words.language import Lang


@dataclass(frozen=True, eq=False, repr=False)
class YearsPlan(YearsData):
    """A frozen plan over several years: its tables and figures (see `YearsData`), and what can be done with them."""

    plans: Mapping[int, Plan]

    @classmethod
    def of(cls, data: YearsData) -> YearsPlan:
        """Return the plan that holds the tables and figures of `data`."""
        held = {field.name: getattr(data, field.name) for field in fields(YearsData)}
        return cls(**{**held, "plans": {year: Plan.of(plan) for year, plan in data.plans.items()}})

    def _repr_html_(self) -> str:
        """Return the main figures and the summary, for notebooks."""
        return as_html("YearsPlan", self._figures(), self.summary())

    def summary(self, lang: Lang = "en") -> str:
        """Return the plan in a few lines of text, with a table of its years."""
        from hubspoke.plan.horizon.summary import summarise_years  # noqa: PLC0415 - words load when wanted

        return summarise_years(self, lang)

    def explain(self, name: str | None = None, *, time_limit: float = 60.0) -> Stories:
        """Explain the plan, or one site or plant of it: `.summary()` tells, `.to_dict()` holds the data."""
        from hubspoke.analysis.explanation.years.explain import explain_years  # noqa: PLC0415 - may plan again

        return explain_years(self, name, time_limit=time_limit)

    def trace(self, name: str | None = None, *, custody: str = "controlled_blending", period_yr: int = 1) -> PlanTrace:
        """Trace the metal of a site, plant, region or lot, or of the whole plan, through all years."""
        from hubspoke.api.trace import PlanTrace  # noqa: PLC0415

        return PlanTrace.of(self.plans, name, custody=custody, period_yr=period_yr)

    def cash(self) -> pd.DataFrame:
        """Return what is paid in every year, with capital by yearly payments or paid at the opening."""
        from hubspoke.plan.horizon.cash import tabulate_cash  # noqa: PLC0415 - computed when wanted

        return tabulate_cash(self)

    def map(self, *, lang: str = "en", tiles: str | None = None) -> PlanMap:
        """Draw the plan with a slider through its years; `tiles` (gsi, osm or a URL) come from the network."""
        from hubspoke.outputs.runs.years_map import draw_years_plan  # noqa: PLC0415 - folium loads when wanted

        return draw_years_plan(self, lang=lang, tiles=tiles)

    def save(self, folder: str | Path, *, lang: str = "en") -> None:
        """Write the run folder: tables, years.json, map and report, and a run folder for each year."""
        from hubspoke.outputs.runs.years_folder import write_years  # noqa: PLC0415

        write_years(self, folder, lang=lang)
