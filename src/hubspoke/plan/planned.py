"""Hold a network against the plan that is said to be of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.base.errors import UsageError
from hubspoke.fleet.factors import class_factors
from hubspoke.inputs.network import FRAMES

if TYPE_CHECKING:
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData


def fit_network(plan: PlanData, network: Network) -> Network:
    """Return the network with the settings of a plan, reduced to the regions of the plan.

    What counts is what the tables hold now, whatever files they came from.

    Parameters
    ----------
    plan : PlanData
    network : Network
        What was planned, or more regions than were planned.

    Returns
    -------
    Network

    Raises
    ------
    UsageError
        A table is not what it was when the plan was made, or other tonnes were asked for.
    """
    here, planned = network.settings, plan.settings
    factors = (class_factors(settings, plan.year) for settings in (here, planned))
    if here.supply.region_factor != planned.supply.region_factor or next(factors) != next(factors):
        raise UsageError("the input was read with other tonnes than were planned: read it with the plan's `supply`")
    network = network.verified()
    regions = tuple(plan.options.get("regions", ()))
    part = network.only(regions) if regions else network
    contents = part.contents()
    changed = [name for name, digest in contents.items() if plan.contents.get(name) != digest]
    if changed:
        listed = ", ".join(FRAMES.get(name, name) for name in changed)
        raise UsageError(f"the input is not what was planned: {listed} changed; solve again, or name the old input")
    return part.with_settings(planned)
