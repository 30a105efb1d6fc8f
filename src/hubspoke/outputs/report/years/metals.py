"""What metals a plan over several years returns, and what share of the demand of each year that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.metals.contents import name_metal
from hubspoke.metals.demand import tabulate_shares
from hubspoke.outputs.report.blocks import Column, Paragraph, Section, Table
from hubspoke.outputs.report.years.words import years_words

if TYPE_CHECKING:
    from hubspoke.plan.years import YearsData
    from hubspoke.words.language import Lang


def describe_years_metals(plan: YearsData, lang: Lang) -> Section | None:
    """Return the section with the metal recycled in each year; None for a plan without metals."""
    if not plan.settings.metals:
        return None
    words = years_words(lang, plan.settings)
    by_year = {year: tabulate_shares(one) for year, one in plan.plans.items()}
    shared = any(table["share"].notna().any() for table in by_year.values())
    rows = []
    for at, metal in enumerate(plan.settings.metals):
        cells = []
        for table in by_year.values():
            recycled, share = (float(table[name].iloc[at]) for name in ("recycled_t", "share"))
            told = f"{recycled:,.0f}"
            if shared:
                told += " (–)" if share != share else f" ({100 * share:.1f} %)"  # noqa: PLR0124 - not NaN
            cells.append(told)
        rows.append((name_metal(plan.settings, metal, lang), *cells))
    columns = (Column(words["metal"]), *(Column(str(year), "number") for year in by_year))
    title = words["metals_shares" if shared else "metals_recycled"]
    blocks = (Table(title, columns, tuple(rows), shows_caption=True), Paragraph(words["metals_text"], role="small"))
    return Section("metals", words["metals"], blocks)
