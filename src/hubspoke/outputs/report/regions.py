"""Report a plan by region: sites, tonnes, plants and cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.outputs.report.blocks import Charts, Column, Section, Table
from hubspoke.outputs.report.charts import draw_bars
from hubspoke.outputs.report.phrases import costs_stay_home
from hubspoke.outputs.report.words import report_words
from hubspoke.plan.states import count_built, count_idle, is_built
from hubspoke.words.names import name_plant, name_regions
from hubspoke.words.numbers import format_count, per_kg

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.outputs.report.charts import Chart
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

NAMED = 4
"""Most plants named in the row of a region; the rest are counted."""


def describe_regions(plan: PlanData, lang: Lang) -> Section:
    """Return the section on the regions."""
    words = report_words(lang, plan.settings)
    table = Table(words["by_region"], _columns(plan, words), tuple(_list_rows(plan, words, lang)), total=True)
    chart = _chart_regions(plan, words, lang)
    return Section("regions", words["by_region"], (table, *([Charts((chart,))] if chart else [])))


def _columns(plan: PlanData, words: Mapping[str, str]) -> tuple[Column, ...]:
    columns = (
        Column(words["region"]),
        Column(words["sites"], "number"),
        Column(words["packs_axis"], "number"),
        Column(words["hubs"], "prose"),
        Column(words["refineries"], "prose"),
        Column(words["regional_cost"], "number"),
    )
    return (*columns, Column(words["yen_per_kg"], "number")) if costs_stay_home(plan) else columns


def _list_rows(plan: PlanData, words: Mapping[str, str], lang: Lang) -> list[tuple[str, ...]]:
    names, own = name_regions(plan.regions, lang), costs_stay_home(plan)
    rows = []
    for row in plan.regions.to_dict("records"):
        region = str(row["region"])
        rows.append(
            (
                names.get(region, region),
                f"{row['sites']:,}",
                f"{row['mass_t']:,.0f}",
                *(_name_built(plants, region, words, lang) for plants in (plan.hubs, plan.refineries)),
                f"{row['cost_jpy'] / 1e6:,.0f}",
                *([f"{row['cost_jpy_per_t'] / 1000:,.1f}"] if own else []),
            )
        )
    total = (
        words["total"],
        f"{plan.sites_served:,}",
        f"{plan.mass_t:,.0f}",
        *(format_count(count_built(plants), count_idle(plants), lang) for plants in (plan.hubs, plan.refineries)),
        f"{plan.cost_jpy / 1e6:,.0f}",
        *([f"{per_kg(plan.cost_jpy, plan.mass_t):,.1f}"] if own else []),
    )
    return [*rows, total]


def _name_built(plants: pd.DataFrame, region: str, words: Mapping[str, str], lang: Lang) -> str:
    """List the built plants of a region, the largest first, and mark those that are idle."""
    built = plants[(plants["region"] == region) & is_built(plants)]
    built = built.sort_values("load_t", ascending=False, kind="stable")
    names = [
        name_plant(plant, lang) + (words["all_idle"] if plant["state"] == "idle" else "")
        for plant in built.to_dict("records")
    ]
    more = len(names) - NAMED
    listed = words["list_comma"].join(names[:NAMED]) + (words["and_more"].format(more) if more > 0 else "")
    return listed or "–"


def _chart_regions(plan: PlanData, words: Mapping[str, str], lang: Lang) -> Chart | None:
    """Chart the cost per kg by region; None where no region has packs.

    Where black mass crosses no border it is the whole cost of the region, else that of its sites up to the hub's gate.
    """
    names = name_regions(plan.regions, lang)
    mass = plan.assignments.groupby("region")["mass_t"].sum()
    own = costs_stay_home(plan)
    cost = plan.regions.set_index("region")["cost_jpy"] if own else plan.assignments.groupby("region")["cost_jpy"].sum()
    shown = [region for region in plan.regions["region"] if mass.get(region, 0.0) > 0]
    if not shown:
        return None
    values = [per_kg(float(cost[region]), float(mass[region])) for region in shown]
    mean = per_kg(float(cost[shown].sum()), float(mass[shown].sum()))
    title = words["chart_region" if own else "chart_collection"]
    line = (mean, words["mean_line"].format(f"{mean:,.1f}"))
    return draw_bars(title, [names[region] for region in shown], values, axis=words["yen_per_kg"], digits=1, line=line)
