"""The plan: everything the optimiser answers, in tables with units."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.base.status import Status
    from hubspoke.outputs.maps.elements import PlanMap
    from hubspoke.plan.drawable import Lang
    from hubspoke.settings.settings import Settings

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
    objective : {"cost", "profit", "co2"}
        What was made least, or most.
    objective_value, bound_value : float
        Its figure, and the proven best of any plan under the same rules: yen of cost, yen of profit, or kg of CO2 a
        year.
    gap : float
        Their distance as a share of the cost, of cost and forgone sales together under most profit, or of the CO2.
    options : mapping
        What was asked for: gap, sourcing, forced plants, regions, limits.
    hubs, refineries : DataFrame
        Every candidate with `state` (open, idle, not_chosen, closed; furnace), capacity, load and cost by term.
    assignments : DataFrame
        One row for each site and hub it delivers to.
    imports : DataFrame
        One row for each source abroad and the port where its black mass lands.
    flows : DataFrame
        Black mass from hub or port (`hub_id`, told apart by `from_kind`) to refinery by grade.
    costs : DataFrame
        Cost by term and region; the sum is `cost_jpy`.
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
    objective: str
    objective_value: float
    bound_value: float
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

    @property
    def sites_served(self) -> int:
        """Sites that deliver to a hub."""
        return int(self.assignments.loc[self.assignments["hub_id"] != "", "site_id"].nunique())

    @property
    def sites_left_out(self) -> int:
        """Sites that keep all or some of their packs."""
        return int((self.assignments["unserved_t"] > 0).sum())

    @property
    def objective_jpy(self) -> float:
        """Yen per year of cost where that was made least; NaN under another objective."""
        return self.objective_value if self.objective == "cost" else float("nan")

    @property
    def bound_jpy(self) -> float:
        """Proven lower bound of the cost where that was made least; NaN under another objective."""
        return self.bound_value if self.objective == "cost" else float("nan")

    @property
    def cost_jpy(self) -> float:
        """Yen per year of all cost terms."""
        return float(self.costs["cost_jpy"].sum())

    @property
    def sales_jpy(self) -> float:
        """Yen per year that all metals of the collected packs sell for, at the price level of the settings."""
        return float(self.regions[["byproduct_sales_jpy", "metal_sales_jpy"]].to_numpy().sum())

    @property
    def unserved_t(self) -> float:
        """Tonnes of packs per year left at their sites."""
        return float(self.regions["unserved_t"].sum())

    @property
    def co2_kg(self) -> float:
        """Kg of CO2 per year of transport, by sea too, and plants."""
        tables = (self.assignments, self.hubs, self.flows, self.refineries, self.imports)
        return float(sum(table["co2_kg"].sum() for table in tables))

    @property
    def furnaces(self) -> NDArray[np.bool_]:
        """Which rows of `refineries` are electric furnaces, shape (refineries,)."""
        return self.refineries["technology"].isin(self.settings.furnaces).to_numpy(bool)

    def summary(self, lang: Lang = "en") -> str:
        """Tell the plan in a few lines."""
        from hubspoke.plan.summary import summarise  # noqa: PLC0415 - words load when wanted

        return summarise(self, lang)

    def metals(self) -> pd.DataFrame:
        """Give tonnes of metal contained and recovered, by hub, refinery, grade and metal."""
        from hubspoke.plan.metal_flows import tabulate_metals  # noqa: PLC0415 - computed when wanted

        return tabulate_metals(self)

    def market(self, level: str | None = None) -> pd.DataFrame:
        """Set what the recovered metals sell for against the cost of buying and refining black mass."""
        from hubspoke.money.market import market  # noqa: PLC0415

        return market(self, level)

    def income(self, scheme: str | None = None, level: str | None = None, *, each_site: bool = False) -> pd.DataFrame:
        """Give every actor's income statement, under one scheme and price level or all of them."""
        from hubspoke.money.income import tabulate_income  # noqa: PLC0415

        return tabulate_income(self, schemes=_only(scheme), levels=_only(level), each_site=each_site)

    def actors(self, scheme: str | None = None, level: str | None = None) -> pd.DataFrame:
        """Give every actor's result and break-even, under one scheme and price level or all of them."""
        from hubspoke.money.income import tabulate_actors  # noqa: PLC0415

        return tabulate_actors(self, self.income(scheme, level))

    def map(self, *, region: str | None = None, lang: str = "en", tiles: str | None = None) -> PlanMap:
        """Draw the plan: all of it, or one region; `tiles` (gsi, osm or an address) need the network."""
        from hubspoke.outputs.maps.draw import draw_map  # noqa: PLC0415 - folium loads when a map is wanted

        return draw_map(self, region=region, lang=lang, tiles=tiles)

    def save(self, folder: str, *, lang: str = "en") -> None:
        """Write the run folder: tables, plan.json, workbook, GeoPackage, report and maps."""
        from hubspoke.outputs.runs.folder import write_run  # noqa: PLC0415

        write_run(self, folder, lang=lang)


def _only(name: str | None) -> list[str] | None:
    return None if name is None else [name]
