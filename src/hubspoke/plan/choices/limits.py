"""Say whether a plan can be made anew from sums over whole regions, and if not, why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.lanes.abroad import lies_abroad
from hubspoke.lanes.destinations import admissible_grades
from hubspoke.plan.together import is_of_several_years
from hubspoke.settings.rules import resolve_policy

if TYPE_CHECKING:
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData

MOST_REGIONS = 9
"""Most regions that may share refineries: the search goes through all ways to divide them."""
WHOLE_REGION = (1, 1)
ANY_NUMBER = (0, None)


def find_obstacle(plan: PlanData) -> str:
    """Return what keeps a plan from being made anew from sums over whole regions.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    str
        `objective`, `floors`, `years`, `borders`, `counts`, `network`, `overseas`, `grades`, `furnaces` or `regions`;
        empty where nothing does.
    """
    rules, network = resolve_policy(plan.settings.policy), plan.network
    shares = rules.black_mass_crosses_borders
    each = tuple(rules.hubs_per_region), tuple(rules.refineries_per_region)
    total = {tuple(rules.hubs_in_total), tuple(rules.refineries_in_total)}
    own_counts = each != (WHOLE_REGION, ANY_NUMBER if shares else WHOLE_REGION) or total != {ANY_NUMBER}
    obstacles = {
        "objective": not rules.at_least_cost,
        "floors": rules.has_floors,
        "years": is_of_several_years(plan) or "design" in plan.options,
        "borders": rules.packs_cross_borders,
        "counts": own_counts,
        "network": network is None,
        "overseas": network is not None and len(network.overseas) > 0,
        "grades": network is not None and not _takes_all(network),
        "furnaces": network is not None and bool(network.furnaces.any()),
        "regions": network is not None and shares and network.sites["region"].nunique() > MOST_REGIONS,
    }
    return next((name for name, stands in obstacles.items() if stands), "")


def _takes_all(network: Network) -> bool:
    """Return whether every refinery takes every grade of black mass, and none lies abroad."""
    refineries = network.refineries
    return bool(admissible_grades(refineries, network.settings).all() and not lies_abroad(refineries).any())
