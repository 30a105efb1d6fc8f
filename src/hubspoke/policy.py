"""Policies: what the three presets allow, and what a planner sets instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from hubspoke.settings import PolicyName

if TYPE_CHECKING:
    from hubspoke.settings import Policy

Limits = tuple[int, int | None]
"""Fewest and most; None for no upper limit."""

DEFAULT_GAP = {"regional": 1e-6, "shared-refinery": 1e-4, "open": 1e-3}
"""Gap proven unless the planner asks for another: small problems are proven to the end."""


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
    """

    name: str
    single_sourcing: bool
    packs_cross_borders: bool
    black_mass_crosses_borders: bool
    hubs_per_region: Limits
    refineries_per_region: Limits
    hubs_in_total: Limits
    refineries_in_total: Limits
    longest_haul_km: float | None


def resolve_policy(policy: Policy) -> Rules:
    """Give the rules of a preset with the planner's own limits over them."""
    hubs: Limits = (0, None) if policy.name == "open" else (1, 1)
    refineries: Limits = (1, 1) if policy.name == "regional" else (0, None)
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
    )


def policy_names() -> tuple[str, ...]:
    """Give the names of the presets."""
    return get_args(PolicyName)
