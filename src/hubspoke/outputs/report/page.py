"""Write the report as one page: the sections in their order, set by one template."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2

from hubspoke.outputs.maps.words import get_words
from hubspoke.outputs.report.assumptions import describe_assumptions, describe_input
from hubspoke.outputs.report.blocks import Table
from hubspoke.outputs.report.costs import describe_costs
from hubspoke.outputs.report.crossings import describe_crossings
from hubspoke.outputs.report.decision import describe_decision, describe_key_figures
from hubspoke.outputs.report.imports import describe_imports
from hubspoke.outputs.report.materials import describe_materials
from hubspoke.outputs.report.metals import describe_metals
from hubspoke.outputs.report.money import describe_money
from hubspoke.outputs.report.plants import describe_hubs, describe_refineries
from hubspoke.outputs.report.proof import describe_proof
from hubspoke.outputs.report.regions import describe_regions
from hubspoke.outputs.report.transport import describe_transport
from hubspoke.outputs.report.words import report_words
from hubspoke.words.names import name_regions, name_title
from hubspoke.words.numbers import with_minus

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from hubspoke.outputs.report.blocks import Block, Section
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

    Teller = Callable[[PlanData, Lang], Section | None]

TEMPLATE = Path(__file__).parent / "report.html.jinja"

SECTIONS: tuple[Teller, ...] = (
    describe_decision,
    describe_key_figures,
    describe_regions,
    describe_crossings,
    describe_hubs,
    describe_refineries,
    describe_costs,
    describe_transport,
    describe_imports,
    describe_materials,
    describe_metals,
    describe_money,
    describe_proof,
    describe_assumptions,
    describe_input,
)
"""The sections of a report in their order; a function returns None where a plan has nothing on its subject."""


DETAILED = ("hubs", "refineries", "metals", "money")
"""Sections that show their first table, and fold all others away."""


def write_report(
    plan: PlanData,
    *,
    lang: Lang = "en",
    maps: bool = True,
    region_maps: Mapping[str, str] | None = None,
    briefing: bool = False,
    appendix: bool = False,
    actors: pd.DataFrame | None = None,
) -> str:
    """Write the report of a plan as one HTML page that loads nothing.

    Parameters
    ----------
    plan : PlanData
    lang : {"en", "ja"}
    maps : bool
        Whether `map.html` lies beside the page and is to be linked.
    region_maps : mapping of str to str, optional
        Addresses of the maps of regions that are to be linked, by region.
    briefing : bool
        Whether `briefing.html` lies beside the page and is to be linked.
    appendix : bool
        Whether assumptions and tables of detail stand open, so that they are printed, too.
    actors : DataFrame, optional
        What `tabulate_actors` returns for the plan, to save computing it again.

    Returns
    -------
    str
        HTML.
    """
    money = partial(describe_money, actors=actors)
    sections = [(money if describe is describe_money else describe)(plan, lang) for describe in SECTIONS]
    shown = [_fold(section) if section.key in DETAILED else section for section in sections if section is not None]
    words, names = report_words(lang, plan.settings), name_regions(plan.regions, lang)
    return write_page(
        words["title"].format(title=name_title(plan.title, plan.settings, lang), year=plan.year),
        f"{words['report']} · {words['policy']}: {get_words(lang).get(plan.policy, plan.policy)}",
        shown,
        lang=lang,
        links=[*([("map.html", words["to_map"])] * maps), *([("briefing.html", words["to_briefing"])] * briefing)],
        regions=[(address, names.get(key, key)) for key, address in (region_maps or {}).items()],
        appendix=appendix,
    )


def _fold(section: Section) -> Section:
    """Fold every table of a section but the first."""
    first = next((block for block in section.blocks if isinstance(block, Table)), None)
    blocks: list[Block] = [
        replace(block, folded=True) if isinstance(block, Table) and block is not first else block
        for block in section.blocks
    ]
    return replace(section, blocks=tuple(blocks))


def write_page(
    title: str,
    subtitle: str,
    sections: Sequence[Section],
    *,
    lang: Lang,
    links: Sequence[tuple[str, str]] = (),
    regions: Sequence[tuple[str, str]] = (),
    appendix: bool = False,
) -> str:
    """Set sections as one HTML page with a table of contents.

    Parameters
    ----------
    title, subtitle : str
    sections : sequence of Section
        Their texts are escaped.
    lang : {"en", "ja"}
    links : sequence of (str, str)
        Address and words of links below the title, which are not printed.
    regions : sequence of (str, str)
        The same of maps of regions.
    appendix : bool
        Whether what is folded away stands open.

    Returns
    -------
    str
        HTML.
    """
    told = {
        "title": title,
        "subtitle": subtitle,
        "sections": sections,
        "links": links,
        "regions": regions,
        "appendix": appendix,
    }
    return _read_template().render(lang=lang, words=report_words(lang), **told)


@cache
def _read_template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["with_minus"] = with_minus
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
