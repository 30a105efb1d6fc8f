"""What a map needs to know of a plan, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from hubspoke.settings.settings import Settings

Lang = Literal["en", "ja"]


class Drawable(Protocol):
    """The attributes of a plan that are drawn; the columns of each table are those of the run folder."""

    @property
    def title(self) -> str:
        """Name the planner gave the task."""

    @property
    def year(self) -> int:
        """Year planned."""

    @property
    def policy(self) -> str:
        """Name of the policy."""

    @property
    def status(self) -> str:
        """Why the solve ended."""

    @property
    def objective(self) -> str:
        """What was made least, or most: cost, profit or co2."""

    @property
    def gap(self) -> float:
        """Proven distance from the optimum, as a share of the cost."""

    @property
    def settings(self) -> Settings:
        """Names of technologies and grades."""

    @property
    def outlines(self) -> gpd.GeoDataFrame:
        """Outlines of prefectures and regions."""

    @property
    def hubs(self) -> pd.DataFrame:
        """Every hub candidate with its state and load."""

    @property
    def refineries(self) -> pd.DataFrame:
        """Every refinery candidate with its state and load."""

    @property
    def assignments(self) -> pd.DataFrame:
        """One row per site and hub."""

    @property
    def imports(self) -> pd.DataFrame:
        """Black mass from abroad by source and port."""

    @property
    def flows(self) -> pd.DataFrame:
        """Black mass by hub, refinery and grade."""

    @property
    def costs(self) -> pd.DataFrame:
        """Cost by term and region."""

    @property
    def regions(self) -> pd.DataFrame:
        """Totals by region."""
