"""The settings section `policy`, and names and units of the objectives."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from hubspoke.settings.section import Amount, Section, Share, fault

UNITS = {"cost": "JPY/yr", "profit": "JPY/yr", "co2": "kg/yr"}
GAP_BASES = {"cost": "share of the cost", "profit": "share of cost and forgone sales", "co2": "share of the CO2"}
"""What the gap of each objective is a share of."""


def worst_bound(objective: str) -> float:
    """Return the bound that proves nothing, since every plan keeps to it.

    Parameters
    ----------
    objective : {"cost", "profit", "co2"}

    Returns
    -------
    float
        Infinity for most profit, minus infinity for least cost and least CO2.
    """
    return float("inf") if objective == "profit" else float("-inf")


PolicyName = Literal["regional", "shared-refinery", "open"]
Sourcing = Literal["single", "split"]
ObjectiveName = Literal["cost", "profit", "co2"]


class Policy(Section):
    """The rules a plan obeys."""

    name: PolicyName
    """`regional`: exactly one hub and one refinery in each region, borders closed. `shared-refinery`: one hub in each
    region, black mass crosses borders. `open`: numbers and borders free."""
    objective: ObjectiveName
    """`cost`: least cost, every site served. `profit`: most sales of metals less cost, at `market.price_level`; sites
    may be left out. `co2`: least CO2, every site served."""
    sourcing: Sourcing
    """`single`: a site delivers to one hub. `split`: it may divide its packs among hubs."""
    longest_haul_km: Amount
    """Longest road and sea distance from a site to its hub; 0 means no limit."""
    min_throughput_hub_t_per_yr: Amount
    """Least packs that an open hub must take in, whatever its size; 0 means none."""
    min_throughput_refinery_t_per_yr: Amount
    """Least black mass that an open refinery must take in, whatever its size; 0 means none."""
    shortfall_jpy_per_t: Amount | None = None
    """Cost of a tonne of packs that is left at its site. Without it every site must be served under least cost, and a
    site left out under most profit costs only its sales."""
    hubs_per_region: tuple[int, int] | None = None
    """Fewest and most open hubs in each region, instead of those of the policy's name."""
    refineries_per_region: tuple[int, int] | None = None
    """Fewest and most open refineries in each region, instead of those of the policy's name."""
    hubs_in_total: tuple[int, int] | None = None
    """Fewest and most open hubs over all regions."""
    refineries_in_total: tuple[int, int] | None = None
    """Fewest and most open refineries over all regions."""
    refine_all: bool = True
    """Whether all black mass must go to a refinery. `false`: it may also go to `furnaces`, which stand in the table
    `refineries` but do not count as refineries."""

    refine_abroad: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Countries whose refineries may take a grade of black mass, by key of `grades`, as in the column `country` of
    `refineries`. Those of other countries are not planned; none are, where it is empty."""
    metal_returns_from: tuple[str, ...] = ()
    """Countries from whose refineries the metal comes back, so that it counts as recycled metal for new batteries."""
    co2_counts_ores: bool = False
    """Under `co2`, whether metal that is lost beyond what refining usually loses counts by the CO2 of making it of ore
    (`primary_co2_kg_per_t`), and metal recovered beyond it against. For plans of one year."""
    least_recovery_t_per_t: dict[str, Share] = Field(default_factory=dict)
    """Least share of each metal that refineries must recover, by key of `metals`, such as `lithium = 0.8`. Technologies
    that recover less are not planned, nor are refineries without any other; electric furnaces recover nothing."""

    recycled_content: str = ""
    """Key of a duty in `duties` whose recycled content refineries together give enough metal for, for all batteries
    that are bound (`demand.bound_share`). For `regional` plans of one year at least cost; nothing where empty."""

    @model_validator(mode="after")
    def _check_counts(self) -> Policy:
        for name in ("hubs_per_region", "refineries_per_region", "hubs_in_total", "refineries_in_total"):
            limits = getattr(self, name)
            if limits is not None and not 0 <= limits[0] <= limits[1]:
                raise fault(name, f"got {list(limits)}", "write [fewest, most], such as [1, 3]")
        if self.objective == "co2" and self.shortfall_jpy_per_t is not None:
            cure = "leave it out: under least CO2 every site is served"
            raise fault("shortfall_jpy_per_t", "yen cannot be weighed against kg of CO2", cure)
        return self
