"""Write a comparison of plans over several years as an HTML page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from hubspoke.analysis.comparison.page import describe_differences
from hubspoke.analysis.comparison.years.summary import cost_in, describe_changes, list_figures, list_years
from hubspoke.analysis.comparison.years.words import years_comparison_words
from hubspoke.outputs.report.blocks import Charts, Column, Named, Paragraph, Section, Table
from hubspoke.outputs.report.drawing.charts import draw_groups
from hubspoke.outputs.report.page import write_page
from hubspoke.words.names import name_plant
from hubspoke.words.numbers import format_change, format_gap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.analysis.comparison.years.tables import YearsComparisonData
    from hubspoke.words.language import Lang


def write_years_comparison_page(comparison: YearsComparisonData, *, lang: Lang = "en") -> str:
    """Write a comparison of plans over several years as one HTML page that needs nothing else.

    Parameters
    ----------
    comparison : YearsComparisonData
    lang : {"en", "ja"}

    Returns
    -------
    str
        HTML.
    """
    words = years_comparison_words(lang, comparison.plans[0].settings)
    told = tuple(Paragraph(text, role="lead") for text in describe_changes(comparison, lang))
    return write_page(
        words["list_comma"].join(comparison.names),
        f"{words['comparison']} · {words['against'].format(base=comparison.names[0])}",
        [
            Section("in-short", words["in_short"], told),
            _describe_horizon(comparison, words),
            _describe_years(comparison, words, lang),
            _describe_plants(comparison, words, lang),
            describe_differences(comparison.settings, comparison.names, words),
        ],
        lang=lang,
        links=(),
    )


def _describe_horizon(comparison: YearsComparisonData, words: Mapping[str, str]) -> Section:
    rows = []
    for column, unit, key in list_figures(comparison):
        values = [value / unit for value in comparison.totals[column].tolist()]
        changes = (format_change(value - values[0]) for value in values[1:])
        rows.append((words[key], *(f"{value:,.0f}" for value in values), *changes))
    gaps = map(format_gap, comparison.totals["gap"].tolist())
    rows.append((words["gap"], *gaps, *[""] * (len(comparison.names) - 1)))
    changed = [words["change"]] if len(comparison.names) == 2 else [
        words["change_of"].format(plan=name) for name in comparison.names[1:]
    ]  # fmt: skip
    columns = (Column(words["figure"], "prose"), *(Column(name, "number") for name in (*comparison.names, *changed)))
    return Section("horizon", words["over_horizon"], (Table(words["over_horizon"], columns, tuple(rows)),))


def _describe_years(comparison: YearsComparisonData, words: Mapping[str, str], lang: Lang) -> Section:
    currency = str(getattr(comparison.plans[0].settings.currency, f"name_{lang}"))
    years = list_years(comparison)
    costs = {year: cost_in(comparison, year) for year in years}
    series = {
        name: [0.0 if costs[year][at] is None else float(costs[year][at] or 0.0) / 1e6 for year in years]
        for at, name in enumerate(comparison.names)
    }
    title = words["cost_in"].format(currency=currency)
    chart = draw_groups(words["year_by_year"], [str(year) for year in years], series, axis=title)
    rows: list[tuple[str, ...]] = []
    for year in years:
        for name, plan in zip(comparison.names, comparison.plans, strict=True):
            here = plan.by_year[plan.by_year["year"] == year].to_dict("records")
            if not here:
                rows.append((str(year), name, *[words["not_planned"]] * 5))
                continue
            row = here[0]
            rows.append(
                (
                    str(year),
                    name,
                    f"{row['packs_t']:,.0f}",
                    f"{row['hubs']}, {row['refineries']}",
                    f"{row['cost_jpy'] / 1e6:,.0f}",
                    f"{row['cost_per_kg']:,.1f}",
                    f"{row['invested_jpy'] / 1e6:,.0f}",
                )
            )
    columns = (
        Column(words["year"]),
        Column(words["plan"]),
        Column(words["mass_t"], "number"),
        Column(words["plants_in"], "number"),
        Column(title, "number"),
        Column(words["per_kg_in"].format(currency=currency), "number"),
        Column(words["invested_in"].format(currency=currency), "number"),
    )
    return Section("years", words["year_by_year"], (Charts((chart,)), Table(title, columns, tuple(rows), small=True)))


def _describe_plants(comparison: YearsComparisonData, words: Mapping[str, str], lang: Lang) -> Section:
    changed = comparison.plants[comparison.plants["change"] != "same"]
    if changed.empty:
        return Section("plants", words["openings"], (Paragraph(words["all_same"]),))
    several = len(comparison.names) > 2
    other = words["plan"] if several else comparison.names[1]

    def tell_year(year: Any) -> str:
        return words["never"] if pd.isna(year) else str(year)

    rows: tuple[tuple[str | Named, ...], ...] = tuple(
        (
            Named(name_plant(plant, lang), str(plant["id"])),
            *([str(plant["plan"])] if several else []),
            words[str(plant["kind"])],
            words[f"change_{plant['change']}"],
            tell_year(plant["base_first_year"]),
            tell_year(plant["first_year"]),
            f"{plant['base_largest_t']:,.0f}",
            f"{plant['largest_t']:,.0f}",
        )
        for plant in changed.to_dict("records")
    )
    columns = (
        Column(words["name"], "prose"),
        *([Column(words["plan"])] if several else []),
        Column(words["kind"]),
        Column(words["what"]),
        *(Column(words["first_in"].format(plan=name), "number") for name in (comparison.names[0], other)),
        *(Column(words["largest_in"].format(plan=name), "number") for name in (comparison.names[0], other)),
    )
    return Section("plants", words["openings"], (Table(words["openings"], columns, rows),))
