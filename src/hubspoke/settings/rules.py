"""The rules that a plan obeys: those of one of the three presets, with what the planner sets instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from hubspoke.settings.policy import ObjectiveName, PolicyName

if TYPE_CHECKING:
    from hubspoke.settings.policy import Policy

Limits = tuple[int, int | None]
"""Fewest and most; None for no upper limit."""

DEFAULT_GAP = {"regional": 1e-6, "shared-refinery": 1e-4, "open": 1e-3}
"""Gap that is proven unless the planner asks for another; small problems are proven to the end."""


UNLIMITED = frozenset(
    {
        "policy.longest_haul_km",
        "policy.min_throughput_hub_t_per_yr",
        "policy.min_throughput_refinery_t_per_yr",
        "collection.stock_max_t",
    }
)
"""Settings whose 0 means that there is no limit."""

LEFT_OUT_GAP = 0.01
"""Least such gap where sites may be left out."""
CONTENT_GAP = 1e-3
"""Least such gap where refineries together must give enough recycled metal."""


@dataclass(frozen=True)
class Rules:
    """What a plan may do.

    Attributes
    ----------
    name : str
        Preset the rules come from.
    single_sourcing : bool
        A site delivers to one hub only.
    packs_cross_borders, black_mass_crosses_borders : bool
        Whether a lane may end in another region.
    hubs_per_region, refineries_per_region : (fewest, most)
        Open plants in each region that has sites.
    hubs_in_total, refineries_in_total : (fewest, most)
    longest_haul_km : float or None
        Longest lane from a site to its hub.
    objective : {"cost", "profit", "co2"}
        What is minimised or, if `profit`, maximised.
    shortfall_jpy_per_t : float or None
        What a tonne left at its site costs; None where every site must be served.
    hub_floor_t, refinery_floor_t : float
        Least tonnes per year that an open plant must take in; 0 for no such floor.
    counts_ores : bool
        Under least CO2, whether metal lost beyond what refining usually loses counts by the CO2 of its ore.
    content_duty : str
        Duty whose recycled content the plan gives enough metal for; none where empty. It ties all refineries together.
    """

    name: PolicyName
    single_sourcing: bool
    packs_cross_borders: bool
    black_mass_crosses_borders: bool
    hubs_per_region: Limits
    refineries_per_region: Limits
    hubs_in_total: Limits
    refineries_in_total: Limits
    longest_haul_km: float | None
    objective: ObjectiveName = "cost"
    shortfall_jpy_per_t: float | None = None
    hub_floor_t: float = 0.0
    refinery_floor_t: float = 0.0
    counts_ores: bool = False
    content_duty: str = ""

    @property
    def default_gap(self) -> float:
        """Gap that is proven unless the planner asks for another."""
        tied = CONTENT_GAP if self.content_duty else 0.0
        return max(DEFAULT_GAP[self.name], LEFT_OUT_GAP if self.may_leave_out else 0.0, tied)

    @property
    def at_least_cost(self) -> bool:
        """Whether every site is served at least cost, and nothing ties what refineries recover together."""
        return self.objective == "cost" and not self.may_leave_out and not self.content_duty

    @property
    def has_floors(self) -> bool:
        """Whether open plants must take in a least tonnage."""
        return self.hub_floor_t > 0 or self.refinery_floor_t > 0

    @property
    def knows_alternatives(self) -> bool:
        """Whether the cost of other choices can be stated: at least cost, all sites served, no floors of throughput."""
        return self.at_least_cost and not self.has_floors

    @property
    def may_leave_out(self) -> bool:
        """Whether a plan may leave packs at their sites."""
        return self.shortfall_jpy_per_t is not None


def resolve_policy(policy: Policy) -> Rules:
    """Return the rules of a preset with the planner's own limits over them.

    Where sites may be left out, a region may go without plants: presets that ask for exactly one plant in each region
    then ask for at most one.

    Parameters
    ----------
    policy : Policy
        The section of the settings.

    Returns
    -------
    Rules
    """
    price = policy.shortfall_jpy_per_t
    shortfall = 0.0 if price is None and policy.objective == "profit" else None if price is None else float(price)
    fewest = 1 if shortfall is None else 0
    hubs: Limits = (0, None) if policy.name == "open" else (fewest, 1)
    refineries: Limits = (fewest, 1) if policy.name == "regional" else (0, None)
    return Rules(
        name=policy.name,
        single_sourcing=policy.sourcing == "single",
        packs_cross_borders=policy.name == "open",
        black_mass_crosses_borders=policy.name != "regional",
        hubs_per_region=policy.hubs_per_region or hubs,
        refineries_per_region=policy.refineries_per_region or refineries,
        hubs_in_total=policy.hubs_in_total or (0, None),
        refineries_in_total=policy.refineries_in_total or (0, None),
        longest_haul_km=float(policy.longest_haul_km) or None,
        objective=policy.objective,
        shortfall_jpy_per_t=shortfall,
        hub_floor_t=float(policy.min_throughput_hub_t_per_yr),
        refinery_floor_t=float(policy.min_throughput_refinery_t_per_yr),
        counts_ores=policy.objective == "co2" and policy.co2_counts_ores,
        content_duty=policy.recycled_content,
    )


def policy_names() -> tuple[str, ...]:
    """Return the names of the presets."""
    return get_args(PolicyName)


def objective_names() -> tuple[str, ...]:
    """Return the names of the objectives."""
    return get_args(ObjectiveName)
