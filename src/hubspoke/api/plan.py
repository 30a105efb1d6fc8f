"""A plan with the verbs that planners use: summarise, map, save, load."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from hubspoke.base.notebook import as_html
from hubspoke.plan.plan import PlanData
from hubspoke.words.language import check_language

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from hubspoke.analysis.explanation.explain import Reasons
    from hubspoke.api.trace import PlanTrace
    from hubspoke.outputs.maps.elements import PlanMap
    from hubspoke.words.language import Lang


@dataclass(frozen=True, eq=False, repr=False)
class Plan(PlanData):
    """A frozen plan: its tables and figures (see `PlanData`), and what can be done with them."""

    @classmethod
    def of(cls, data: PlanData) -> Plan:
        """Return the plan that holds the tables and figures of `data`."""
        return cls(**{field.name: getattr(data, field.name) for field in fields(PlanData)})

    def _repr_html_(self) -> str:
        """Return the main figures and the summary, for notebooks."""
        return as_html("Plan", self._figures(), self.summary())

    def summary(self, lang: Lang = "en", *, width: int | None = None) -> str:
        """Return the plan in a few lines of text; names of plants, too, where they fit into a width in columns."""
        from hubspoke.plan.summary import summarise  # noqa: PLC0415 - words load when wanted

        return summarise(self, lang, width=width)

    def explain(self, name: str | None = None, *, time_limit: float = 60.0) -> Reasons:
        """Explain the plan, or one site or plant of it: `.summary()` tells, `.to_dict()` holds the data."""
        from hubspoke.analysis.explanation.explain import explain  # noqa: PLC0415 - may plan again

        return explain(self, name, time_limit=time_limit)

    def metals(self) -> pd.DataFrame:
        """Return tonnes of metal contained and recovered, by hub, refinery, grade and metal."""
        from hubspoke.plan.metal_flows import tabulate_metals  # noqa: PLC0415 - computed when wanted

        return tabulate_metals(self)

    def metals_ledger(self, *, by_site: bool = False) -> pd.DataFrame:
        """Return every kg of metal, from sites and ports to what is sold or lost; packs by region, or by site."""
        from hubspoke.metals.ledger import tabulate_ledger  # noqa: PLC0415

        return tabulate_ledger(self, by_site=by_site)

    def road_loads(self) -> pd.DataFrame:
        """Return what every road and ferry carries, by the plant where it goes; legs to the road have own rows."""
        from hubspoke.plan.roads.loads import tabulate_road_loads  # noqa: PLC0415 - computed when wanted

        return tabulate_road_loads(self)

    def metals_account(self) -> dict[str, Any]:
        """Return the metals as plain data: ledger, demand met, duties, CO2 beside ores, what leaves in used cars."""
        from hubspoke.metals.account import record_account, take_account  # noqa: PLC0415

        return record_account(take_account(self))

    def trace(self, name: str | None = None, *, custody: str = "controlled_blending", period_yr: int = 1) -> PlanTrace:
        """Trace the metal of a site, plant, region or lot, or of the whole plan: `.sources` and `.ends` in kg."""
        from hubspoke.api.trace import PlanTrace  # noqa: PLC0415

        return PlanTrace.of({self.year: self}, name, custody=custody, period_yr=period_yr)

    def market(self, level: str | None = None) -> pd.DataFrame:
        """Return what the recovered metals sell for beside the cost of buying and refining black mass."""
        from hubspoke.money.market import market  # noqa: PLC0415

        return market(self, level)

    def income(self, scheme: str | None = None, level: str | None = None, *, each_site: bool = False) -> pd.DataFrame:
        """Return every actor's income statement, under one scheme and price level or all of them."""
        from hubspoke.money.income import tabulate_income  # noqa: PLC0415

        return tabulate_income(self, schemes=_only(scheme), levels=_only(level), each_site=each_site)

    def actors(self, scheme: str | None = None, level: str | None = None) -> pd.DataFrame:
        """Return every actor's result and break-even, under one scheme and price level or all of them."""
        from hubspoke.money.income import tabulate_actors  # noqa: PLC0415

        return tabulate_actors(self, self.income(scheme, level))

    def map(self, *, region: str | None = None, lang: str = "en", tiles: str | None = None) -> PlanMap:
        """Draw the plan, or one region of it; `tiles` (gsi, osm or a URL) are a background from the network."""
        from hubspoke.outputs.maps.draw import draw_map  # noqa: PLC0415 - folium loads when a map is wanted
        from hubspoke.outputs.report.metal_flow import list_flow_pictures  # noqa: PLC0415 - matplotlib loads with it

        pictures = list_flow_pictures(self, check_language(lang))
        return draw_map(self, region=region, lang=lang, tiles=tiles, metal_flow=pictures)

    def save(self, folder: str | Path, *, lang: str = "en") -> None:
        """Write the run folder: tables, plan.json, workbook, GeoPackage, report and maps."""
        from hubspoke.outputs.runs.folder import write_run  # noqa: PLC0415

        write_run(self, folder, lang=lang)


def _only(name: str | None) -> list[str] | None:
    return None if name is None else [name]
