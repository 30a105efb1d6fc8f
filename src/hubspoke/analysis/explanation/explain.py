"""Explain a plan, or one site or plant of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, overload

from hubspoke.analysis.explanation.plan import PlanReasons, explain_plan
from hubspoke.analysis.explanation.plant import PlantReasons, explain_plant
from hubspoke.analysis.explanation.site import SiteReasons, explain_site
from hubspoke.analysis.explanation.years.explain import explain_years
from hubspoke.base.errors import UsageError
from hubspoke.base.spelling import nearest_name
from hubspoke.plan.planned import fit_network
from hubspoke.plan.years import YearsData
from hubspoke.settings.rules import resolve_policy
from hubspoke.words.commodity import in_commodity_words

if TYPE_CHECKING:
    from hubspoke.analysis.explanation.years.explain import Stories
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.rules import Rules

Reasons = PlanReasons | SiteReasons | PlantReasons

SECONDS = 60.0
"""Default time limit, in seconds, for planning again with one plant closed or opened."""


@overload
def explain(
    plan: PlanData, name: str | None = None, *, network: Network | None = None, time_limit: float = SECONDS
) -> Reasons: ...
@overload
def explain(plan: YearsData, name: str | None = None, *, time_limit: float = SECONDS) -> Stories: ...
def explain(
    plan: PlanData | YearsData, name: str | None = None, *, network: Network | None = None, time_limit: float = SECONDS
) -> Reasons | Stories:
    """Explain a plan, or one site or plant of it.

    Parameters
    ----------
    plan : PlanData or YearsData
        Of a plan over several years a plant's opening is tried one planned year earlier, one later and never.
    name : str, optional
        Identifier of a site, hub or refinery; the whole plan when left out.
    network : Network, optional
        What was planned, where the plan does not hold it. Without either a site has no list of alternatives, and no
        plant is closed or opened for a trial.
    time_limit : float
        Seconds for planning again with a plant closed or opened; the answer states what is proven by then.

    Returns
    -------
    PlanReasons, SiteReasons or PlantReasons
        Of several years YearsReasons, SiteStory or PlantStory.

    Raises
    ------
    UsageError
        The plan has no site or plant of this name, the network is not what was planned, or the plan is not one of
        least cost that serves every site without least throughputs.
    """
    if isinstance(plan, YearsData):
        if network is not None:
            raise UsageError("a plan over several years holds the network of each year; leave network out")
        return explain_years(plan, name, time_limit=time_limit)
    rules = resolve_policy(plan.settings.policy)
    if not rules.knows_alternatives:
        why = _tell_rule(plan, rules)
        raise UsageError(f"reasons are told for plans of least cost that serve every site; this plan {why}")
    tables = () if network is None else (network.sites, network.hubs, network.refineries)
    outside = {name: region for table in tables for name, region in zip(table["id"], table["region"], strict=True)}
    network = plan.network if network is None else fit_network(plan, network)
    if name is None:
        return replace(explain_plan(plan), settings=plan.settings)
    if name in set(plan.assignments["site_id"]):
        return replace(explain_site(plan, name, network), settings=plan.settings)
    if name in set(plan.hubs["id"]) | set(plan.refineries["id"]):
        return replace(explain_plant(plan, name, network, time_limit=time_limit), settings=plan.settings)
    if name in outside:
        raise UsageError(f"{name!r} lies in {outside[name]}, which the plan leaves out: it is of other regions")
    raise _unknown(plan, name)


def check_name(plan: PlanData, name: str) -> None:
    """Refuse a name that the plan does not know, before anything heavy is read or planned.

    Parameters
    ----------
    plan : PlanData
        Of a plan of some regions the name may be of another, which the network alone tells.
    name : str

    Raises
    ------
    UsageError
        A plan of all regions has no site or plant of this name.
    """
    if not plan.options.get("regions") and name not in set(_list_known(plan)):
        raise _unknown(plan, name)


def _list_known(plan: PlanData) -> list[str]:
    """Return the identifiers that may be asked about: those of plants, then those of sites."""
    return [*plan.hubs["id"], *plan.refineries["id"], *plan.assignments["site_id"]]


def _unknown(plan: PlanData, name: str) -> UsageError:
    regions = ", ".join(plan.options.get("regions", ()))
    part = f", which is of {regions} only," if regions else ""
    known = _list_known(plan)
    return UsageError(f"the plan{part} has no site, hub or refinery {name!r}{nearest_name(name, known, in_order=True)}")


def _tell_rule(plan: PlanData, rules: Rules) -> str:
    """Return what rule of a plan keeps other choices from being compared with it."""
    if rules.may_leave_out:
        return in_commodity_words("may leave packs at their sites", plan.settings, "en")
    if rules.content_duty:
        return "asks refineries together for recycled metal"
    return "asks plants for a least throughput" if rules.at_least_cost else f"is for objective {plan.objective}"


def find_network(folder: str | Path, plan: PlanData, source: str | Path | None = None) -> Network | None:
    """Read the input of a saved plan.

    Parameters
    ----------
    folder : str or Path
        Run folder of the plan, which keeps the tables that were planned.
    plan : PlanData
        The plan in that folder.
    source : str or Path, optional
        Folder of the input, to be taken instead.

    Returns
    -------
    Network or None
        None where the plan was saved without its network.

    Raises
    ------
    UsageError
        A table is not what it was when the plan was made.
    InputError
        The input in `source` has faults.
    """
    from hubspoke.inputs.read import read_as_planned  # noqa: PLC0415 - reading takes a while; the overview does without
    from hubspoke.outputs.runs.kept_input import read_kept_input  # noqa: PLC0415

    if source is not None:
        return fit_network(plan, read_as_planned(source, plan.settings))
    return read_kept_input(plan, Path(folder))
