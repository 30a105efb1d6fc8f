"""Draw the map of a plan over several years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.outputs.maps.draw import draw_map, draw_years
from hubspoke.outputs.report.metal_flow import list_flow_pictures
from hubspoke.plan.horizon.steps import describe_steps
from hubspoke.words.language import check_language

if TYPE_CHECKING:
    from hubspoke.outputs.maps.elements import PlanMap
    from hubspoke.plan.years import YearsData


def draw_years_plan(plan: YearsData, *, lang: str = "en", tiles: str | None = None, linked: bool = False) -> PlanMap:
    """Draw the map of a plan over several years, with a slider through them that tells what plants do.

    Parameters
    ----------
    plan : YearsData
    lang : {"en", "ja"}
    tiles : str, optional
        A background that needs the network: `gsi`, `osm` or an address.
    linked : bool
        Whether the maps of the years lie beside it, in their run folders, and are to be linked.

    Returns
    -------
    PlanMap
    """
    spoken = check_language(lang)
    links = {str(year): f"{year}/map.html" for year in plan.years} if linked else {}
    if len(plan.years) == 1:
        only = plan.plans[plan.years[0]]
        return draw_map(only, lang=lang, tiles=tiles, metal_flow=list_flow_pictures(only, spoken))
    steps = {year: describe_steps(plan, year, spoken) for year in plan.years}
    standing = plan.by_year["unused_jpy"] + plan.by_year["idle_jpy"]
    paid = dict(zip(plan.years, standing.tolist(), strict=True))
    return draw_years(list(plan.plans.values()), lang=lang, tiles=tiles, steps=steps, links=links, standing_jpy=paid)
