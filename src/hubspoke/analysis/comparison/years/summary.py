"""A comparison of plans over several years in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.analysis.comparison.years.words import years_comparison_words
from hubspoke.plan.horizon.parts import PARTS
from hubspoke.plan.horizon.summary import last_year
from hubspoke.words.names import name_plant
from hubspoke.words.numbers import format_gap, format_yen
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hubspoke.analysis.comparison.years.tables import YearsComparisonData
    from hubspoke.words.language import Lang

NAMED = 6
"""Number of plants named in a sentence; the rest are counted."""
CHANGES = ("only_in_plan", "only_in_base", "earlier", "later", "larger", "smaller")
FIGURES = (
    ("present_jpy", 1e6, "present_jpy"),
    *((f"{part}_jpy", 1e6, f"{part}_jpy") for part in PARTS),
    ("invested_jpy", 1e6, "invested_jpy"),
    ("residual_jpy", 1e6, "residual_jpy"),
    ("packs_t", 1.0, "packs_total"),
    ("unserved_t", 1.0, "unserved_total"),
    ("hubs", 1.0, "hubs_used"),
    ("refineries", 1.0, "refineries_used"),
)
"""Figures over the horizon: column of the totals, what it is divided by, and the key of its words."""


def summarise(comparison: YearsComparisonData, lang: Lang = "en") -> str:
    """Describe the differences: a few sentences for each plan, then the figures over the horizon and by year.

    Parameters
    ----------
    comparison : YearsComparisonData
    lang : {"en", "ja"}
    """
    words = years_comparison_words(lang, comparison.plans[0].settings)
    rows = [["", *comparison.names]]
    rows += [
        [words[key], *(f"{value / unit:,.0f}" for value in comparison.totals[column].tolist())]
        for column, unit, key in list_figures(comparison)
    ]
    rows.append([words["gap"], *map(format_gap, comparison.totals["gap"].tolist())])
    years = [["", *comparison.names]]
    for year in list_years(comparison):
        costs = cost_in(comparison, year)
        years.append([str(year), *(words["not_planned"] if one is None else f"{one / 1e6:,.0f}" for one in costs)])
    currency = str(getattr(comparison.plans[0].settings.currency, f"name_{lang}"))
    right = set(range(1, len(rows[0])))
    return "\n".join(
        [
            *describe_changes(comparison, lang),
            "",
            *lay_out(rows, right=right),
            "",
            words["cost_in"].format(currency=currency),
            *lay_out(years, right=right),
        ]
    )


def list_figures(comparison: YearsComparisonData) -> list[tuple[str, float, str]]:
    """Return the rows of `FIGURES` that say something in some plan.

    Parameters
    ----------
    comparison : YearsComparisonData
    """
    return [one for one in FIGURES if one[0] not in ("unserved_t", "once_jpy") or comparison.totals[one[0]].any()]


def list_years(comparison: YearsComparisonData) -> list[int]:
    """Return every year that some plan plans.

    Parameters
    ----------
    comparison : YearsComparisonData
    """
    return sorted({year for plan in comparison.plans for year in plan.years})


def cost_in(comparison: YearsComparisonData, year: int) -> list[float | None]:
    """Return the yearly cost of each plan in a year, that of the last planned year up to it.

    Parameters
    ----------
    comparison : YearsComparisonData
    year : int
    """
    found: list[float | None] = []
    for plan in comparison.plans:
        rows = plan.by_year[plan.by_year["year"] == year]
        found.append(float(rows["cost_jpy"].iloc[0]) if len(rows) else None)
    return found


def describe_changes(comparison: YearsComparisonData, lang: Lang) -> Iterator[str]:
    """Describe, for each plan but the first, what it costs more or less, why, and which plants differ.

    Parameters
    ----------
    comparison : YearsComparisonData
    lang : {"en", "ja"}
    """
    words, join = years_comparison_words(lang, comparison.plans[0].settings), "" if lang == "ja" else " "
    if len({plan.years for plan in comparison.plans}) > 1:
        told = words["list_semicolon"].join(
            f"{name} {', '.join(map(str, plan.years))}"
            for name, plan in zip(comparison.names, comparison.plans, strict=True)
        )
        yield words["other_years"].format(told=told)
    if len({float(plan.settings.finance.discount_rate_per_yr) for plan in comparison.plans}) > 1:
        yield words["other_rate"]
    for name in comparison.names[1:]:
        yield join.join(_describe_plan(comparison, name, words, lang))


def _describe_plan(comparison: YearsComparisonData, name: str, words: Mapping[str, str], lang: Lang) -> Iterator[str]:
    base, settings = comparison.names[0], comparison.plans[0].settings
    rows = comparison.totals.to_dict("records")
    row, first = rows[comparison.names.index(name)], rows[0]
    change = float(row["change_jpy"])
    key = "costs_same" if abs(change) < 0.5 else "costs_more" if change > 0 else "costs_less"
    yield words[key].format(
        plan=name,
        base=base,
        amount=format_yen(abs(change), lang, settings),
        share=f"{100 * float(row['change_share']):+.1f} %".replace("-", "−"),
        first=comparison.plans[0].years[0],
        until=last_year(comparison.plans[0]),
    )
    parts = [(words[part], float(row[f"{part}_jpy"] - first[f"{part}_jpy"])) for part in PARTS]
    told = [
        f"{part} {'+' if jpy > 0 else '−'}{format_yen(abs(jpy), lang, settings)}"
        for part, jpy in parts
        if abs(jpy) >= 0.5
    ]
    if told:
        yield words["parts_change"].format(parts=words["list_comma"].join(told))
    if row["objective"] != first["objective"]:
        mine, theirs = (words[f"aim_is_{one['objective']}"] for one in (row, first))
        yield words["other_objective"].format(plan=name, mine=mine, base=base, theirs=theirs)
    elif abs(change) >= 0.5 and row["change_least_jpy"] < 0 < row["change_most_jpy"]:
        yield words["not_proven"]
    plants = comparison.plants[(comparison.plants["plan"] == name) & (comparison.plants["change"] != "same")]
    if plants.empty:
        yield words["all_same"]
    for kind, heading in (("hub", "hubs"), ("refinery", "refineries")):
        said = []
        for change_name in CHANGES:
            here = plants[(plants["kind"] == kind) & (plants["change"] == change_name)].to_dict("records")
            if here:
                names = [_name(one, words, lang) for one in here]
                more = len(names) - NAMED
                listed = words["list_comma"].join(names[:NAMED]) + (words["and_more"].format(more) if more > 0 else "")
                said.append(words[f"is_{change_name}"].format(plan=name, base=base, names=listed))
        if said:
            yield words["changes_of"].format(kind=words[heading], told=words["list_semicolon"].join(said))


def _name(plant: Mapping[Any, Any], words: Mapping[str, str], lang: Lang) -> str:
    name = name_plant(plant, lang)
    if plant["change"] in ("earlier", "later"):
        return words["moved_year"].format(name=name, before=plant["base_first_year"], year=plant["first_year"])
    if plant["change"] in ("larger", "smaller"):
        return name
    year = plant["first_year"] if plant["change"] == "only_in_plan" else plant["base_first_year"]
    return words["from_year"].format(name=name, year=year)
