"""The plan: everything the optimiser answers, in tables with units."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

    from hubspoke.maps.drawable import Lang
    from hubspoke.maps.elements import PlanMap
    from hubspoke.settings import Settings
    from hubspoke.status import Status

TABLES = ("hubs", "refineries", "assignments", "imports", "flows", "costs", "regions")
"""The tables of a plan, each a CSV in the run folder."""


@dataclass(frozen=True, eq=False)
class Plan:
    """A frozen plan. Amounts are yen per year and tonnes per year.

    Attributes
    ----------
    title : str
    year : int
    policy : str
    status : Status
    objective_jpy, bound_jpy : float
        Cost of the plan, and proven lower bound of any plan under the same rules.
    gap : float
        (objective - bound) / objective.
    options : mapping
        What was asked for: gap, sourcing, forced plants, regions, limits.
    hubs, refineries : DataFrame
        Every candidate with `state` (open, idle, not_chosen, closed), capacity, load and cost by term.
    assignments : DataFrame
        One row for each site and hub it delivers to.
    imports : DataFrame
        One row for each source abroad and the port where its black mass lands.
    flows : DataFrame
        Black mass from hub or port (`hub_id`, told apart by `from_kind`) to refinery by grade.
    costs : DataFrame
        Cost by term and region; the sum is `objective_jpy`.
    regions : DataFrame
        One row for each region.
    settings : Settings
    outlines : GeoDataFrame
    hashes : mapping of str to str
        SHA-256 of the input files.
    run : mapping
        Seconds by phase and versions: facts about this run, not part of the plan.
    """

    title: str
    year: int
    policy: str
    status: Status
    objective_jpy: float
    bound_jpy: float
    gap: float
    options: Mapping[str, Any]
    hubs: pd.DataFrame
    refineries: pd.DataFrame
    assignments: pd.DataFrame
    imports: pd.DataFrame
    flows: pd.DataFrame
    costs: pd.DataFrame
    regions: pd.DataFrame
    settings: Settings
    outlines: gpd.GeoDataFrame
    hashes: Mapping[str, str]
    run: Mapping[str, Any] = field(default_factory=dict)

    @property
    def mass_t(self) -> float:
        """Tonnes of packs per year."""
        return float(self.assignments["mass_t"].sum())

    def summary(self, lang: Lang = "en") -> str:
        """Tell the plan in a few lines."""
        from hubspoke.summary import summarise  # noqa: PLC0415 - words load when wanted

        return summarise(self, lang)

    def metals(self) -> pd.DataFrame:
        """Give tonnes of metal contained and recovered, by hub, refinery, grade and metal."""
        from hubspoke.metal_flows import tabulate_metals  # noqa: PLC0415 - computed when wanted

        return tabulate_metals(self)

    def market(self, level: str | None = None) -> pd.DataFrame:
        """Set what the recovered metals sell for against the cost of buying and refining black mass."""
        from hubspoke.market import market  # noqa: PLC0415

        return market(self, level)

    def income(self, scheme: str | None = None, level: str | None = None, *, each_site: bool = False) -> pd.DataFrame:
        """Give every actor's income statement, under one scheme and price level or all of them."""
        from hubspoke.income import tabulate_income  # noqa: PLC0415

        return tabulate_income(self, schemes=_only(scheme), levels=_only(level), each_site=each_site)

    def actors(self, scheme: str | None = None, level: str | None = None) -> pd.DataFrame:
        """Give every actor's result and break-even, under one scheme and price level or all of them."""
        from hubspoke.income import tabulate_actors  # noqa: PLC0415

        return tabulate_actors(self, self.income(scheme, level))

    def map(self, *, region: str | None = None, lang: str = "en", tiles: str | None = None) -> PlanMap:
        """Draw the plan: all of it, or one region; `tiles` (gsi, osm or an address) need the network."""
        from hubspoke.draw_map import draw_map  # noqa: PLC0415 - folium loads when a map is wanted

        return draw_map(self, region=region, lang=lang, tiles=tiles)

    def save(self, folder: str, *, lang: str = "en") -> None:
        """Write the run folder: tables, plan.json, workbook, GeoPackage, report and maps."""
        from hubspoke.run_folder import write_run  # noqa: PLC0415

        write_run(self, folder, lang=lang)


def _only(name: str | None) -> list[str] | None:
    return None if name is None else [name]
