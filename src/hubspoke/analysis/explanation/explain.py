"""Explain a plan, or one site or plant of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hubspoke.analysis.explanation.plan import PlanReasons, explain_plan
from hubspoke.analysis.explanation.plant import PlantReasons, explain_plant
from hubspoke.analysis.explanation.site import SiteReasons, explain_site
from hubspoke.base.errors import UsageError
from hubspoke.base.spelling import nearest_name
from hubspoke.fleet.factors import class_factors
from hubspoke.settings.rules import resolve_policy
from hubspoke.words.commodity import in_commodity_words

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData

Reasons = PlanReasons | SiteReasons | PlantReasons

SECONDS = 60.0
"""Default time limit, in seconds, for planning again with one plant closed or opened."""


def explain(
    plan: PlanData, name: str | None = None, *, network: Network | None = None, time_limit: float = SECONDS
) -> Reasons:
    """Explain a plan, or one site or plant of it.

    Parameters
    ----------
    plan : PlanData
    name : str, optional
        Identifier of a site, hub or refinery; the whole plan when left out.
    network : Network, optional
        What was planned. Without it a site has no list of alternatives, and no plant is closed or opened for a trial.
    time_limit : float
        Seconds for planning again with a plant closed or opened; the answer states what is proven by then.

    Returns
    -------
    PlanReasons, SiteReasons or PlantReasons

    Raises
    ------
    UsageError
        The plan has no site or plant of this name, the network is not what was planned, or the plan is not one of
        least cost that serves every site without least throughputs.
    """
    rules = resolve_policy(plan.settings.policy)
    if not rules.knows_alternatives:
        why = in_commodity_words("may leave packs at their sites", plan.settings, "en")
        if not rules.may_leave_out:
            why = (
                f"is for objective {plan.objective}"
                if not rules.at_least_cost
                else "asks plants for a least throughput"
            )
        raise UsageError(f"reasons are told for plans of least cost that serve every site; this plan {why}")
    if network is not None:
        network = fit_network(plan, network)
    if name is None:
        return replace(explain_plan(plan), settings=plan.settings)
    if name in set(plan.assignments["site_id"]):
        return replace(explain_site(plan, name, network), settings=plan.settings)
    if name in set(plan.hubs["id"]) | set(plan.refineries["id"]):
        return replace(explain_plant(plan, name, network, time_limit=time_limit), settings=plan.settings)
    known = [*plan.assignments["site_id"], *plan.hubs["id"], *plan.refineries["id"]]
    raise UsageError(f"the plan has no site, hub or refinery {name!r}{nearest_name(name, known)}")


def fit_network(plan: PlanData, network: Network) -> Network:
    """Return the network with the settings of a plan, reduced to the regions of the plan.

    Raises
    ------
    UsageError
        A table is not what it was when the plan was made, or other tonnes were asked for.
    """
    changed = [file for file in sorted(set(plan.hashes) | set(network.hashes)) if _differs(plan, network, file)]
    if changed:
        listed = ", ".join(changed[:4]) + (f" and {len(changed) - 4} more" if len(changed) > 4 else "")
        raise UsageError(f"the input is not what was planned: {listed} changed; solve again, or name the old input")
    here, planned = network.settings, plan.settings
    factors = (class_factors(settings, plan.year) for settings in (here, planned))
    if here.supply.region_factor != planned.supply.region_factor or next(factors) != next(factors):
        raise UsageError("the input was read with other tonnes than were planned: read it with the plan's `supply`")
    regions = tuple(plan.options.get("regions", ()))
    whole = replace(network, settings=plan.settings)
    return whole.only(regions) if regions else whole


def find_network(folder: str | Path, plan: PlanData, source: str | Path | None = None) -> Network | None:
    """Read again the input of a saved plan.

    Parameters
    ----------
    folder : str or Path
        Run folder of the plan.
    plan : PlanData
        The plan in that folder.
    source : str or Path, optional
        Folder of the input; where the run folder says it was when left out.

    Returns
    -------
    Network or None
        None where, without `source`, the input is gone, has faults, or is not what was planned.

    Raises
    ------
    UsageError
        A table in `source` is not what it was when the plan was made.
    InputError
        The input in `source` has faults.
    """
    from hubspoke.inputs.read import read_as_planned  # noqa: PLC0415 - reading takes a while; the overview does without
    from hubspoke.outputs.runs.load import read_input_again  # noqa: PLC0415

    if source is not None:
        return fit_network(plan, read_as_planned(source, plan.settings))
    network = read_input_again(folder, plan.settings)
    if network is None or any(_differs(plan, network, file) for file in set(plan.hashes) | set(network.hashes)):
        return None
    return network


def _differs(plan: PlanData, network: Network, file: str) -> bool:
    """Return whether a file is not what was planned; those of settings do not count, as the plan holds its own."""
    return not file.endswith(".toml") and plan.hashes.get(file) != network.hashes.get(file)
