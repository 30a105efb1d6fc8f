"""Explain a plan over several years, or one site or plant of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.analysis.explanation.years.plan import YearsReasons, explain_years_plan
from hubspoke.analysis.explanation.years.plant import PlantStory, explain_opening
from hubspoke.analysis.explanation.years.site import SiteStory, explain_deliveries
from hubspoke.base.errors import UsageError
from hubspoke.base.spelling import nearest_name

if TYPE_CHECKING:
    from hubspoke.plan.years import YearsData

Stories = YearsReasons | SiteStory | PlantStory


def explain_years(plan: YearsData, name: str | None = None, *, time_limit: float) -> Stories:
    """Explain a plan over several years, or one site or plant of it.

    Parameters
    ----------
    plan : YearsData
        With the networks of its years, where anything is to be planned again.
    name : str, optional
        Identifier of a site, hub or refinery; the whole plan when left out.
    time_limit : float
        Seconds for planning all years again with a plant open in another year; the answer states what is proven by
        then.

    Returns
    -------
    YearsReasons, SiteStory or PlantStory

    Raises
    ------
    UsageError
        The plan has no site or plant of this name, or the plant is an electric furnace.
    """
    if name is None:
        return explain_years_plan(plan)
    sites = {site for one in plan.plans.values() for site in one.assignments["site_id"]}
    if name in sites:
        return explain_deliveries(plan, name)
    first = plan.plans[plan.years[0]]
    plants = [*first.hubs["id"], *first.refineries["id"]]
    if name in plants:
        return explain_opening(plan, name, time_limit=time_limit)
    regions = ", ".join(plan.options.get("regions", ()))
    part = f", which is of {regions} only," if regions else ""
    raise UsageError(f"the plan{part} has no site, hub or refinery {name!r}{nearest_name(name, [*sites, *plants])}")
