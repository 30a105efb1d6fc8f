"""A comparison in words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hubspoke.analysis.comparison.words import comparison_words
from hubspoke.plan.decision.shifts import list_shifts
from hubspoke.plan.states import count_built, count_idle
from hubspoke.settings.money import list_prices
from hubspoke.words.names import shorten_plant
from hubspoke.words.numbers import format_count, format_gap, format_yen
from hubspoke.words.policies import say_policy
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from hubspoke.analysis.comparison.tables import ComparisonData
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

CHANGES = ("opened", "closed", "converted", "enlarged", "reduced")
PLANTS = ("hubs", "refineries")
"""Figures that count plants."""
NAMED = 4
"""Number of plants named in a line; the rest are counted."""
SHIFTS = 5
"""Number of hubs of which it is told where their packs go."""


def summarise_comparison(comparison: ComparisonData, lang: Lang = "en") -> str:
    """Describe the differences: a few sentences for each plan, then the key figures."""
    words = comparison_words(lang, comparison.plans[0].settings)
    rows = [["", *comparison.names]]
    table = comparison.totals
    for key, unit, digits in (
        ("cost_jpy", 1e6, 0),
        ("cost_jpy_per_t", 1e3, 1),
        ("mass_t", 1, 0),
        *([("unserved_t", 1, 0)] if table["unserved_t"].any() else []),
        *((key, 1e6, 0) for key in list_earnings(table)),
        ("hubs", 1, 0),
        ("refineries", 1, 0),
        ("mean_haul_km", 1, 0),
        ("co2_t", 1, 0),
    ):
        told = (f"{value / unit:,.{digits}f}" for value in table[key].tolist())
        if key in PLANTS:
            told = (count_plants(plan, key, lang) for plan in comparison.plans)
        rows.append([words[key], *told])
    rows.append([words["gap"], *map(format_gap, table["gap"].tolist())])
    table_lines = lay_out(rows, right=set(range(1, len(rows[0]))))
    told = (
        line for first, *rest in describe_changes(comparison, lang) for line in (first, *(f"  {one}" for one in rest))
    )
    return "\n".join([*describe_tasks(comparison, lang), *told, "", *table_lines])


def list_earnings(totals: pd.DataFrame) -> list[str]:
    """List the columns of earnings to tell: what differs in millions of yen, and profit where a plan is made for it.

    Parameters
    ----------
    totals : DataFrame
        Those of a comparison.
    """
    for_profit = bool((totals["objective"] == "profit").any())
    return [
        key
        for key in ("metal_sales_jpy", "profit_jpy")
        if (for_profit and key == "profit_jpy") or len({round(jpy / 1e6) for jpy in totals[key].tolist()}) > 1
    ]


def count_plants(plan: PlanData, kind: str, lang: Lang) -> str:
    """Return how many plants of a kind (a key of `PLANTS`) a plan has built, and how many of them are idle."""
    plants = plan.hubs if kind == "hubs" else plan.refineries
    return format_count(count_built(plants), count_idle(plants), lang)


def describe_tasks(comparison: ComparisonData, lang: Lang) -> Iterator[str]:
    """Describe in what the tasks of the plans differ: regions, years or policies. Nothing where they do not.

    Parameters
    ----------
    comparison : ComparisonData
    lang : {"en", "ja"}
    """
    words = comparison_words(lang, comparison.plans[0].settings)
    regions = [plan.regions["region"].astype(str).tolist() for plan in comparison.plans]
    most = max(map(len, regions))
    told: dict[str, list[str]] = {
        "task_regions": [
            words["all_regions"].format(most) if len(names) == most > 1 else words["list_comma"].join(names)
            for names in regions
        ],
        "task_year": [str(plan.year) for plan in comparison.plans],
        "task_policy": [plan.policy for plan in comparison.plans],
    }
    differing = [key for key, values in told.items() if len(set(values)) > 1]
    if len({tuple(names) for names in regions}) > 1 and "task_regions" not in differing:
        told["task_regions"] = [words["list_comma"].join(names) for names in regions]
        differing.append("task_regions")
    parts = []
    for key in differing:
        pairs = zip(comparison.names, told[key], strict=True)
        say = partial(say_policy, lang=lang) if key == "task_policy" else str
        values = [say(value) if value == name else f"{say(value)} ({name})" for name, value in pairs]
        parts.append(f"{words[key]} {words['list_comma'].join(values)}")
    if parts:
        yield words["other_tasks"].format(words["list_semicolon"].join(parts))


def describe_changes(comparison: ComparisonData, lang: Lang) -> Iterator[list[str]]:
    """Describe each plan but the first: what it costs more or less, then a line for each thing that changes.

    Parameters
    ----------
    comparison : ComparisonData
    lang : {"en", "ja"}

    Yields
    ------
    list of str
        At least one line.
    """
    words = comparison_words(lang, comparison.plans[0].settings)
    join = "" if lang == "ja" else " "
    for name in comparison.names[1:]:
        yield [join.join(_describe_cost(comparison, name, words, lang)), *_describe_plan(comparison, name, words, lang)]


def _describe_cost(comparison: ComparisonData, name: str, words: Mapping[str, str], lang: Lang) -> Iterator[str]:
    base = comparison.names[0]
    row = comparison.totals.to_dict("records")[comparison.names.index(name)]
    change = float(row["cost_change_jpy"])
    key = "costs_same" if round(change) == 0 else "costs_more" if change > 0 else "costs_less"
    share = f"{100 * float(row['cost_change_share']):+.1f} %".replace("-", "−")
    if not float(comparison.totals["cost_jpy"].iloc[0]):
        share = words["from_nothing"]
    yield words[key].format(
        plan=name, base=base, amount=format_yen(abs(change), lang, comparison.plans[0].settings), share=share
    )
    aims = [str(comparison.totals["objective"].iloc[at]) for at in (comparison.names.index(name), 0)]
    if aims[0] != aims[1]:
        mine, theirs = (words[f"aim_is_{aim}"] for aim in aims)
        yield words["other_objective"].format(plan=name, mine=mine, base=base, theirs=theirs)
    elif round(change) == 0 and aims[0] != "profit" and _changes_prices(comparison, name):
        yield words["prices_do_nothing"].format(aim=words[f"aim_is_{aims[0]}"])
    elif round(change) and row["cost_change_least_jpy"] < 0 < row["cost_change_most_jpy"]:
        yield words["not_proven"]


def _changes_prices(comparison: ComparisonData, name: str) -> bool:
    """Return whether prices of what is sold are others in a plan than in the first."""
    changed = comparison.settings[comparison.settings["plan"] == name]
    return bool(list_prices(changed.loc[changed["kind"] == "setting", "key"]))


def _describe_plan(comparison: ComparisonData, name: str, words: Mapping[str, str], lang: Lang) -> Iterator[str]:
    base = comparison.names[0]
    row = comparison.totals.to_dict("records")[comparison.names.index(name)]
    if row["moved_sites"]:
        yield words["sites_move"].format(sites=f"{row['moved_sites']:,}", mass=f"{row['moved_t']:,.0f}")
    else:
        yield words["nobody_moves"]
    yield from _describe_shifts(comparison, name, words, lang)
    plants = comparison.plants[(comparison.plants["plan"] == name) & (comparison.plants["change"] != "same")]
    for kind in ("hub", "refinery"):
        yield from _describe_plants(plants[plants["kind"] == kind], words[f"{kind}_changes"], words, lang)
    if plants.empty:
        yield words["no_plants"]
    sites = comparison.sites[comparison.sites["plan"] == name]["change"].value_counts()
    for key in ("left_out", "taken_up", "only_in_base", "only_in_plan"):
        if sites.get(key, 0):
            yield words[key].format(sites=f"{sites[key]:,}", base=base, plan=name)


def _describe_shifts(comparison: ComparisonData, name: str, words: Mapping[str, str], lang: Lang) -> Iterator[str]:
    """Yield where the packs of hubs go, how far that is from where they went, and what that is worth."""
    plans = comparison.plans[0], comparison.plans[comparison.names.index(name)]
    short = {str(hub["id"]): shorten_plant(hub, lang) for plan in plans for hub in plan.hubs.to_dict("records")}
    moving = [one for one in list_shifts(*plans) if one.to_hub_id != one.hub_id]
    for one in moving[:SHIFTS]:
        change = format_yen(one.change_jpy, lang, plans[0].settings)
        yield words["hubs_move"].format(
            from_hub=short[one.hub_id],
            to_hub=short[one.to_hub_id],
            km=f"{one.km:,.0f}",
            mass=f"{one.moved_t:,.0f}",
            change=change if change.startswith("−") or not round(one.change_jpy) else f"+{change}",
        )


def _describe_plants(plants: pd.DataFrame, frame: str, words: Mapping[str, str], lang: Lang) -> Iterator[str]:
    told = [
        words["plants_changed"].format(what=words[change], count=len(part), names=_list_plants(part, words, lang))
        for change in CHANGES
        if len(part := plants[plants["change"] == change])
    ]
    if told:
        yield frame.format(words["list_semicolon"].join(told))


def _list_plants(plants: pd.DataFrame, words: Mapping[str, str], lang: Lang) -> str:
    names = [
        shorten_plant({**plant, "id": plant["plant_id"], "operator": ""}, lang) for plant in plants.to_dict("records")
    ]
    more = len(names) - NAMED
    return words["list_comma"].join(names[:NAMED]) + (words["and_more"].format(more) if more > 0 else "")
