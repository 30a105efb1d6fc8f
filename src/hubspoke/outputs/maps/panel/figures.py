"""State the figures beside a map in words that a planner can read aloud, and check its links to other maps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hubspoke.base.errors import UsageError
from hubspoke.base.status import EXACT_GAP
from hubspoke.fleet.words import describe_supply
from hubspoke.plan.states import count_built, count_idle, is_built, stands
from hubspoke.plan.together import is_of_several_years, name_together
from hubspoke.words.cost_level import describe_costs
from hubspoke.words.names import name_area, name_regions, name_title
from hubspoke.words.numbers import format_count, format_gap, format_idle, format_large, format_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

LISTED_COSTS = 9
"""Most lines of the breakdown of cost; the report lists every term."""


@dataclass(frozen=True)
class Row:
    """A key figure.

    Attributes
    ----------
    label : str
        Its name.
    text : str
        Its value with the unit.
    amount : float
        The value as a number, by which plans are compared; NaN where that has no meaning.
    short : str
        A shorter text for a table; empty to use `text`.
    unit : str
        Unit of the amount; empty where it has none, or the text says more than the amount.
    """

    label: str
    text: str
    amount: float = math.nan
    short: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Figures:
    """What the panel states of a plan, ready to be shown.

    Attributes
    ----------
    heading, area, policy, cost, cost_per_kg : str
    year : int
    rows : tuple of Row
        The key figures.
    costs : tuple of (str, str, float, bool)
        For each cost term its label, million yen per year, its share of the largest term, and whether it is income.
    here : str
        What the plants and sites of the region cost, where others' packs go there or its own elsewhere; else empty.
    synthetic : bool
        Whether any of the sites are synthetic.
    """

    heading: str
    area: str
    year: int
    policy: str
    cost: str
    cost_per_kg: str
    rows: tuple[Row, ...]
    costs: tuple[tuple[str, str, float, bool], ...]
    here: str
    synthetic: bool


def state_figures(
    plan: PlanData, words: Mapping[str, str], *, region: str | None, lang: Lang, standing_jpy: float = 0.0
) -> Figures:
    """State the totals of a plan, or of one region of it, whose cost is that of its packs wherever they go.

    Parameters
    ----------
    plan : PlanData
    words : mapping of str to str
        Words of a map in one language.
    region : str or None
        None for the whole plan.
    lang : {"en", "ja"}
    standing_jpy : float, optional
        Yen per year for what stands unused, where the plan is one year of several: part of what the year costs.

    Returns
    -------
    Figures
    """
    totals = _within(plan.regions, region)
    of_packs, here_jpy = (float(totals[name].sum()) for name in ("cost_jpy", "here_jpy"))
    cost_jpy = of_packs + standing_jpy
    rows = _list_rows(plan, totals, words, region, lang, cost_jpy=cost_jpy)
    return Figures(
        heading=name_title(plan.title, plan.settings, lang),
        area=name_area(plan.regions, plan.settings, lang)
        if region is None
        else name_regions(plan.regions, lang).get(region, region),
        year=plan.year,
        policy=words.get(plan.policy, plan.policy),
        cost=rows[0].text,
        cost_per_kg=rows[1].text,
        rows=tuple(rows),
        costs=tuple(_list_costs(_within(plan.costs, region), words, lang, standing_jpy)),
        here=format_large(here_jpy, lang, words["yen"]) if abs(of_packs - here_jpy) >= 1.0 else "",
        synthetic=bool((_within(plan.assignments, region)["origin"] == "synthetic").any()),
    )


def check_links(links: Mapping[str, str]) -> None:
    """Refuse links that leave the folder of the map.

    Parameters
    ----------
    links : mapping of str to str
        Addresses by region.

    Raises
    ------
    UsageError
        A link is not relative.
    """
    for href in links.values():
        if urlsplit(href).scheme or href.startswith(("//", "\\")):
            raise UsageError(f"links between maps must be relative paths, got {href!r}")


def _list_rows(
    plan: PlanData, totals: pd.DataFrame, words: Mapping[str, str], region: str | None, lang: Lang, *, cost_jpy: float
) -> list[Row]:
    tonnes = words["t_per_yr"]
    mass_t, sites, t_km, co2_t = (float(totals[name].sum()) for name in ("mass_t", "sites", "transport_t_km", "co2_t"))
    hubs, refineries = _within(plan.hubs, region), _within(plan.refineries, region)
    proven = format_gap(plan.gap)
    together = name_together(plan, lang) if is_of_several_years(plan) else {}
    note = words["proven_optimal"] if plan.gap <= EXACT_GAP else words["feasible"] * (plan.status == "feasible")
    left = _within(plan.costs, region)
    penalty_jpy = float(left.loc[left["term"] == "shortfall", "cost_jpy"].sum())
    per_kg = (cost_jpy - penalty_jpy) / mass_t / 1000 if mass_t else math.nan
    return [
        Row(words["cost"], format_large(cost_jpy, lang, words["yen"]), cost_jpy, unit=words["yen"]),
        Row(words["cost_per_kg"], f"{format_number(per_kg)} {words['yen_per_kg']}", per_kg, unit=words["yen_per_kg"]),
        *_list_aims(plan, totals, words, lang),
        Row(words["collected"], f"{format_number(mass_t)} {tonnes}", mass_t, unit=tonnes),
        *_list_supply(plan, words, lang),
        *_list_level(plan, words, lang),
        Row(words["site_count"], f"{int(sites):,}", sites),
        Row(words["hub_count"], *_count_plants(hubs, words, lang)),
        Row(words["refinery_count"], *_count_plants(refineries, words, lang)),
        Row(words["transport"], format_large(t_km, lang, words["t_km"]), t_km, unit=words["t_km"]),
        Row(words["co2"], f"{format_number(co2_t)} {tonnes}", co2_t, unit=tonnes),
        Row(together["gap"], proven)
        if together
        else Row(words["gap"], f"{proven} · {note}" if note else proven, short=proven),
    ]


def _list_supply(plan: PlanData, words: Mapping[str, str], lang: Lang) -> list[Row]:
    """List the scenario and factors of the tonnes, where they are not those of the tables."""
    told = describe_supply(plan.settings, [plan.year], lang)
    return [Row(words["supply"], told)] if told else []


def _list_level(plan: PlanData, words: Mapping[str, str], lang: Lang) -> list[Row]:
    """List the level of costs, where it is not the usual one."""
    told = describe_costs(plan.settings, lang)
    return [Row(words["cost_level"], told)] if told else []


def _list_aims(plan: PlanData, totals: pd.DataFrame, words: Mapping[str, str], lang: Lang) -> list[Row]:
    """List the profit where that was the objective, and the packs left at their sites where there are any."""
    rows = []
    if plan.objective == "profit":
        profit = float(totals["profit_jpy"].sum())
        rows.append(Row(words["profit"], format_large(profit, lang, words["yen"]), profit, unit=words["yen"]))
    unserved = float(totals["unserved_t"].sum()) if "unserved_t" in totals else 0.0
    if unserved > 0:
        rows.append(
            Row(words["left_out"], f"{format_number(unserved)} {words['t_per_yr']}", unserved, unit=words["t_per_yr"])
        )
    return rows


def _count_plants(plants: pd.DataFrame, words: Mapping[str, str], lang: Lang) -> tuple[str, float, str]:
    """Return the number of plants in words, as a number, and in short."""
    built, idle = count_built(plants), count_idle(plants)
    existing = int((is_built(plants) & (stands(plants) | (plants["status"] == "open"))).sum())
    parts = [(existing, words["existing_count"]), (built - existing, words["new_count"])]
    told = words["comma"].join(word.format(count) for count, word in parts if count)
    if idle:
        told += ("、" if lang == "ja" else "; ") + format_idle(idle, lang)
    return words["detail"].format(built, told) if told else "0", float(built), format_count(built, idle, lang)


def _list_costs(
    costs: pd.DataFrame, words: Mapping[str, str], lang: Lang, standing_jpy: float
) -> list[tuple[str, str, float, bool]]:
    """List the largest terms and the sum of the others."""
    sums = costs.groupby("term", sort=False).agg({f"label_{lang}": "first", "cost_jpy": "sum"})
    told = [(str(row[0]), float(row[1])) for row in sums.to_numpy().tolist()]
    told += [(words["standing"], standing_jpy)] if standing_jpy else []
    shown = sorted(told, key=lambda row: -abs(row[1]))
    if len(shown) > LISTED_COSTS:
        shown[LISTED_COSTS - 1 :] = [(words["other_costs"], sum(cost for _, cost in shown[LISTED_COSTS - 1 :]))]
    largest = max((abs(cost) for _, cost in shown), default=0.0)
    return [
        (label, format_number(cost / 1e6), abs(cost) / largest if largest else 0.0, cost < 0)
        for label, cost in shown
        if abs(cost) >= 0.5
    ]


def _within(table: pd.DataFrame, region: str | None) -> pd.DataFrame:
    """Return the rows of a region; all of them for None."""
    return table if region is None else table[table["region"] == region]
