"""Report a plan by region: sites, tonnes, plants and cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.outputs.report.blocks import Charts, Column, Section, Table
from hubspoke.outputs.report.drawing.charts import draw_bars
from hubspoke.outputs.report.phrases import costs_stay_home
from hubspoke.outputs.report.words import report_words
from hubspoke.plan.decision.crossings import sum_crossings
from hubspoke.plan.decision.decision import list_decisions
from hubspoke.plan.states import count_built, count_idle, is_built
from hubspoke.words.names import name_plant, name_regions
from hubspoke.words.numbers import format_count, per_kg
from hubspoke.words.scale import choose_table_scale

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.outputs.report.drawing.charts import Chart
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang
    from hubspoke.words.scale import Scale

NAMED = 4
"""Most plants named in the row of a region; the rest are counted."""


def describe_regions(plan: PlanData, lang: Lang) -> Section:
    """Return the section on the regions."""
    scale = choose_table_scale([plan.cost_jpy])
    words = scale.fit_all(report_words(lang, plan.settings))
    rows = tuple(_list_rows(plan, words, scale, lang))
    table = Table(words["by_region"], _columns(plan, words), rows, total=True)
    chart = None if costs_stay_home(plan) else _chart_regions(plan, words, lang)  # else the stages say it
    return Section("regions", words["by_region"], (table, *([Charts((chart,))] if chart else [])))


def _columns(plan: PlanData, words: Mapping[str, str]) -> tuple[Column, ...]:
    return (
        Column(words["region"]),
        Column(words["sites"], "number"),
        Column(words["packs_axis"], "number"),
        *([] if sum_crossings(plan, "en") is not None else _plant_columns(words)),
        *(Column(words[name], "number") for name in _cost_heads(plan)),
        Column(words["yen_per_kg"], "number"),
    )


def _cost_heads(plan: PlanData) -> tuple[str, ...]:
    """Return the heads of costs: that of packs and that of plants are told apart where they are not the same."""
    is_same = np.allclose(plan.regions["cost_jpy"], plan.regions["here_jpy"], rtol=0, atol=1.0)
    return ("regional_cost",) if is_same else ("cost_of_packs", "cost_here")


def _plant_columns(words: Mapping[str, str]) -> list[Column]:
    """Return the columns of plants, which stand beside the packs of a region only where these go to its own hubs."""
    return [Column(words["hubs"], "prose"), Column(words["refineries"], "prose")]


def _list_rows(plan: PlanData, words: Mapping[str, str], scale: Scale, lang: Lang) -> list[tuple[str, ...]]:
    names = name_regions(plan.regions, lang)
    paid = ("cost_jpy", "here_jpy")[: len(_cost_heads(plan))]
    stay = sum_crossings(plan, lang) is None
    served = _name_served(plan, words, lang)
    left = plan.costs[plan.costs["term"] == "shortfall"].groupby("region")["cost_jpy"].sum().to_dict()
    rows = []
    for row in plan.regions.to_dict("records"):
        region = str(row["region"])
        rows.append(
            (
                names.get(region, region),
                f"{row['sites']:,}",
                f"{row['mass_t']:,.0f}",
                *([_name_built(plan.hubs, region, words, lang), served.get(region, "–")] if stay else []),
                *(scale.write(float(row[name])) for name in paid),
                _write_per_kg(row["cost_jpy_per_t"] * row["mass_t"] - left.get(region, 0.0), row["mass_t"]),
            )
        )
    total = (
        words["total"],
        f"{plan.sites_served:,}",
        f"{plan.mass_t:,.0f}",
        *(
            format_count(count_built(plants), count_idle(plants), lang)
            for plants in (plan.hubs, plan.refineries)
            if stay
        ),
        *(scale.write(plan.cost_jpy) for _ in paid),
        _write_per_kg(plan.cost_jpy - plan.penalty_jpy, plan.mass_t),
    )
    return [*rows, total]


def _name_served(plan: PlanData, words: Mapping[str, str], lang: Lang) -> dict[str, str]:
    """Name the refineries of each region: its own, and those elsewhere that its hubs send to, with their regions."""
    names = name_regions(plan.regions, lang)
    served = {region: _name_built(plan.refineries, region, words, lang) for region in names}
    for row in list_decisions(plan, lang):
        own = names.get(row.region, row.region)
        abroad = [words["elsewhere"].format(one.name, one.region) for one in row.refineries if one.region != own]
        told = [served.get(row.region, "–"), *abroad]
        served[row.region] = words["list_comma"].join(dict.fromkeys(one for one in told if one != "–")) or "–"
    return served


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


def _write_per_kg(jpy: float, mass_t: float) -> str:
    return f"{per_kg(jpy, mass_t):,.1f}" if mass_t else "–"


def _chart_regions(plan: PlanData, words: Mapping[str, str], lang: Lang) -> Chart | None:
    """Chart the cost per kg of the sites of each region up to the hub's gate; None where no region has packs."""
    names = name_regions(plan.regions, lang)
    mass = plan.assignments.groupby("region")["mass_t"].sum()
    cost = plan.assignments.groupby("region")["cost_jpy"].sum()
    shown = [region for region in plan.regions["region"] if mass.get(region, 0.0) > 0]
    if not shown:
        return None
    values = [per_kg(float(cost[region]), float(mass[region])) for region in shown]
    mean = per_kg(float(cost[shown].sum()), float(mass[shown].sum()))
    line = (mean, words["mean_line"].format(f"{mean:,.1f}"))
    title = words["chart_collection"]
    return draw_bars(title, [names[region] for region in shown], values, axis=words["yen_per_kg"], digits=1, line=line)
