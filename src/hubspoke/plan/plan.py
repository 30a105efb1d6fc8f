"""The plan: everything the optimiser answers, in tables with units."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hubspoke.base.notebook import in_one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.base.status import Status
    from hubspoke.inputs.network import Network
    from hubspoke.settings.policy import ObjectiveName, PolicyName
    from hubspoke.settings.settings import Settings

TABLES = ("hubs", "refineries", "assignments", "imports", "flows", "costs", "regions")
"""The tables of a plan, each a CSV in the run folder."""


@dataclass(frozen=True, eq=False, repr=False)
class PlanData:
    """The tables and figures of a plan, frozen. Amounts are yen per year and tonnes per year.

    Attributes
    ----------
    title : str
    year : int
    policy : str
    status : Status
    objective : {"cost", "profit", "co2"}
        What was minimised (cost, CO2) or maximised (profit).
    objective_value, bound_value : float
        The objective of the plan, and the proven bound on that of every plan under the same rules: yen of cost, yen of
        profit, or kg of CO2 per year.
    gap : float
        Distance of the two as a share of what was minimised: of the cost, of cost plus forgone sales under most profit,
        or of the CO2.
    options : mapping
        What was asked for: sourcing, gap, regions, plants to open and to close, solver, seed.
    hubs, refineries : DataFrame
        Every candidate with `state` (open, idle, not_chosen or closed; furnace for an electric furnace in use),
        capacity, load and cost by term.
    assignments : DataFrame
        One row for each site and hub it delivers to, and one without hub for what is left at a site.
    imports : DataFrame
        One row for each source abroad and the port where its black mass lands.
    flows : DataFrame
        Black mass by grade from hub or port to refinery; `hub_id` may be a port, `from_kind` is `hub` or `port`.
    costs : DataFrame
        Cost by term and region; the sum is `cost_jpy`.
    regions : DataFrame
        One row for each region.
    settings : Settings
    outlines : GeoDataFrame
    hashes : mapping of str to str
        SHA-256 of the input files, and of each table that was no longer what they hold.
    contents : mapping of str to str
        Fingerprint of every table of the network that was planned, reduced to the regions asked for.
    network : Network or None
        That network, with tables of its own; None where only the plan was read.
    run : mapping
        Facts about this run that are no part of the plan, such as seconds by phase.
    """

    title: str
    year: int
    policy: PolicyName
    status: Status
    objective: ObjectiveName
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
    contents: Mapping[str, str] = field(default_factory=dict)
    network: Network | None = None
    run: Mapping[str, Any] = field(default_factory=dict)

    def _figures(self) -> dict[str, object]:
        return {
            "title": self.title,
            "year": self.year,
            "policy": self.policy,
            "objective": self.objective,
            "status": str(self.status),
            "value": round(self.objective_value),
            "gap": self.gap,
            "mass_t": round(self.mass_t),
        }

    def __repr__(self) -> str:
        """Return the main figures in one line."""
        return in_one_line("Plan", self._figures())

    @property
    def mass_t(self) -> float:
        """Tonnes of packs collected per year."""
        return float(self.assignments["mass_t"].sum())

    @property
    def sites_served(self) -> int:
        """Number of sites that deliver to a hub."""
        return int(self.assignments.loc[self.assignments["hub_id"] != "", "site_id"].nunique())

    @property
    def sites_left_out(self) -> int:
        """Number of sites that keep all or some of their packs."""
        return int((self.assignments["unserved_t"] > 0).sum())

    @property
    def objective_jpy(self) -> float:
        """Yen per year of cost where it was minimised; NaN under another objective."""
        return self.objective_value if self.objective == "cost" else float("nan")

    @property
    def bound_jpy(self) -> float:
        """Proven lower bound on the yen per year of cost where it was minimised; NaN under another objective."""
        return self.bound_value if self.objective == "cost" else float("nan")

    @property
    def cost_jpy(self) -> float:
        """Yen per year of all cost terms together."""
        return float(self.costs["cost_jpy"].sum())

    @property
    def penalty_jpy(self) -> float:
        """Yen per year of that which price packs that stay at their sites: weighed, and paid to nobody."""
        return float(self.costs.loc[self.costs["term"] == "shortfall", "cost_jpy"].sum())

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
        """Kg of CO2 per year of plants and of transport, by sea too."""
        tables = (self.assignments, self.hubs, self.flows, self.refineries, self.imports)
        return float(sum(table["co2_kg"].sum() for table in tables))

    @property
    def ore_co2_kg(self) -> float:
        """Kg of CO2 per year of ore for metal that is lost beyond the usual; 0 where the plan does not count it."""
        return float(self.flows["ore_co2_kg"].sum()) if "ore_co2_kg" in self.flows else 0.0

    @property
    def furnaces(self) -> NDArray[np.bool_]:
        """Which rows of `refineries` are electric furnaces, shape (refineries,)."""
        return self.refineries["technology"].isin(self.settings.furnaces).to_numpy(bool)
