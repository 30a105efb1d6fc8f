"""Write the report of a plan over several years as one page: the sections in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.outputs.report.page import write_page
from hubspoke.outputs.report.years.assumptions import describe_years_assumptions
from hubspoke.outputs.report.years.decision import describe_years_decision, describe_years_figures
from hubspoke.outputs.report.years.metals import describe_years_metals
from hubspoke.outputs.report.years.money import describe_cash, describe_years_money
from hubspoke.outputs.report.years.plants import describe_capacity, describe_schedule, describe_years_plants
from hubspoke.outputs.report.years.words import years_words
from hubspoke.plan.horizon.summary import last_year, name_policies, title_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubspoke.outputs.report.blocks import Section
    from hubspoke.plan.years import YearsData
    from hubspoke.words.language import Lang

SECTIONS: tuple[Callable[[YearsData, Lang], Section | None], ...] = (
    describe_years_decision,
    describe_years_figures,
    describe_years_plants,
    describe_capacity,
    describe_years_money,
    describe_cash,
    describe_years_metals,
    describe_schedule,
    describe_years_assumptions,
)
"""The sections of a report in their order; those that have nothing to say return None."""


def write_years_report(plan: YearsData, *, lang: Lang = "en", maps: bool = True, appendix: bool = False) -> str:
    """Write the report of a plan over several years as one HTML page that loads nothing.

    Parameters
    ----------
    plan : YearsData
    lang : {"en", "ja"}
    maps : bool
        Whether `map.html` lies beside the page and is to be linked; the reports of the years always do.
    appendix : bool
        Whether what is folded away stands open, so that it is printed, too.

    Returns
    -------
    str
        HTML.
    """
    words = years_words(lang, plan.settings)
    sections = [section for describe in SECTIONS if (section := describe(plan, lang)) is not None]
    links = [("map.html", words["to_map"])] if maps else []
    links += [(f"{year}/report.html", words["to_year"].format(year)) for year in plan.years]
    return write_page(
        words["title"].format(title=title_of(plan, lang), first=plan.years[0], until=last_year(plan)),
        f"{words['report']} · {words['policy']}: {name_policies(plan, lang)}",
        sections,
        lang=lang,
        links=links,
        appendix=appendix,
    )
