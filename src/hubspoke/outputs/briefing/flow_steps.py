"""The first steps of a briefing: what leaves, where it goes, and which plants take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.fleet.words import describe_supply
from hubspoke.outputs.briefing.step import Step, Table
from hubspoke.plan.decision.crossings import sum_crossings
from hubspoke.plan.decision.haul import mean_haul_km
from hubspoke.plan.states import count_built, is_built, stands
from hubspoke.words.names import name_regions
from hubspoke.words.numbers import format_large

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from hubspoke.outputs.briefing.step import Told

BUSIEST = 5
"""Links that are listed."""
TOP_SHARE = 0.1


def tell_origins(told: Told) -> Step:
    """Return the step on how many packs leave how many sites, and where.

    Parameters
    ----------
    told : Told
    """
    plan, words = told.plan, told.words
    sites = plan.assignments.assign(all_t=plan.assignments["mass_t"] + plan.assignments["unserved_t"])
    by_site = sites.groupby("site_id")["all_t"].sum().sort_values(ascending=False)
    total_t, names = float(by_site.sum()), name_regions(plan.regions, told.lang)
    by_region = sites.groupby("region").agg(all_t=("all_t", "sum"), sites=("site_id", "nunique"))
    by_region = by_region.sort_values("all_t", ascending=False, kind="stable")
    title = words["arise_title"].format(mass=_tonnes(total_t), sites=f"{len(by_site):,}", year=plan.year)
    if len(by_region) > 1 and total_t > 0:
        first, share = str(by_region.index[0]), 100 * float(by_region["all_t"].iloc[0]) / total_t
        title += words["arise_share"].format(share=f"{share:.0f}", region=names.get(first, first))
    top = by_site.iloc[: max(1, round(TOP_SHARE * len(by_site)))]
    lead = [words["arise_lead"].format(share=f"{100 * float(top.sum()) / total_t:.0f}" if total_t else "0")]
    if plan.unserved_t > 0:
        lead.append(words["arise_left"].format(mass=_tonnes(plan.unserved_t), sites=f"{plan.sites_left_out:,}"))
    rows = tuple(
        (
            names.get(str(key), str(key)),
            f"{t / 1000:,.1f}",
            f"{100 * t / total_t if total_t else 0:.0f} %",
            f"{count:,}",
        )
        for key, t, count in by_region.itertuples()
    )
    head = (words["region"], words["kt_per_yr"], words["share"], words["sites"])
    scaled = describe_supply(plan.settings, [plan.year], told.lang)
    source = words["arise_source"].format(year=plan.year)
    return Step(
        "arise",
        title,
        tuple(lead),
        ("land", "arise", "tonnes"),
        " ".join([source, *([words["arise_scenario"].format(scaled)] if scaled else [])]),
        table=Table(words["packs"], head, rows, frozenset({1, 2, 3})),
    )


def tell_flows(told: Told) -> Step:
    """Return the step on how far packs travel, how many leave their region, and which roads carry most.

    Parameters
    ----------
    told : Told
    """
    plan, words = told.plan, told.words
    km, crossing = mean_haul_km(plan), sum_crossings(plan, told.lang)
    haul = "–" if km is None else f"{km:,.0f}"
    if crossing is not None:
        stays = sum(float(crossing.loc[name, name]) for name in crossing.index if name in crossing.columns)
        share = 100 * (1 - stays / float(crossing.to_numpy().sum()))
        title = words["flow_cross"].format(share=f"{share:.0f}", km=haul)
    else:
        title = words["flow_home" if len(plan.regions) > 1 else "flow_one"].format(km=haul)
    totals = plan.regions.sum(numeric_only=True)
    figures = (
        (words["mean_haul"], f"{haul} km"),
        (words["work"], format_large(float(totals["transport_t_km"]), told.lang, "t·km")),
        (words["co2"], f"{float(totals['co2_t']):,.0f} {words['t_per_yr']}"),
    )
    rows = tuple(_list_busiest(told))
    head = (words["link"], words["route"], words["kt_per_yr"], words["trucks"])
    return Step(
        "flow",
        title,
        (words["flow_lead"], *_tell_black_mass(told)),
        ("land", "sites", "roads", "plants"),
        words["flow_source"],
        figures=figures,
        table=Table(words["busiest"], head, rows, frozenset({2, 3})) if rows else None,
    )


def _tell_black_mass(told: Told) -> Iterator[str]:
    """Yield how much of the hubs' black mass leaves its region, where there is more than one."""
    plan = told.plan
    flows = plan.flows[plan.flows["from_kind"] == "hub"] if "from_kind" in plan.flows else plan.flows
    total_t = float(flows["mass_t"].sum())
    if len(plan.regions) < 2 or not total_t > 0:
        return
    home = flows["hub_id"].map(plan.hubs.set_index("id")["region"])
    there = flows["refinery_id"].map(plan.refineries.set_index("id")["region"])
    share = 100 * float(flows.loc[home != there, "mass_t"].sum()) / total_t
    yield told.words["flow_black"].format(share=f"{share:.0f}") if share >= 0.5 else told.words["flow_black_home"]


def _list_busiest(told: Told) -> Iterator[tuple[str, ...]]:
    """Yield the links with the most packs, both directions together."""
    table = told.roads.table
    links = table[(table["material"] == "packs") & (table["from_code"] != "") & (table["to_code"] != "")]
    if links.empty:
        return
    ends = np.sort(links[["from_code", "to_code"]].to_numpy(str), axis=1)
    links = links.assign(a=ends[:, 0], b=ends[:, 1])
    sums = links.groupby(["a", "b", "route"], sort=True)[["mass_t", "trucks_per_day"]].sum()
    names = _name_cities(links, told)
    for (a, b, route), mass_t, trucks in sums.nlargest(BUSIEST, "mass_t").itertuples():
        yield f"{names[a]} – {names[b]}", str(route), f"{mass_t / 1000:,.1f}", f"{trucks:,.1f}"


def _name_cities(links: pd.DataFrame, told: Told) -> dict[str, str]:
    found: dict[str, str] = {}
    for side in ("from", "to"):
        named = links.drop_duplicates(f"{side}_code")
        english = named[f"{side}_name"]
        japanese = named[f"{side}_name_ja"].where(named[f"{side}_name_ja"] != "", english)
        found |= dict(zip(named[f"{side}_code"], japanese if told.lang == "ja" else english, strict=True))
    return found


def tell_plants(told: Told) -> Step | None:
    """Return the step on the hubs and refineries that take everything; None for a plan without hubs.

    Parameters
    ----------
    told : Told
    """
    plan, words = told.plan, told.words
    if not told.rows:
        return None
    refineries = plan.refineries[~plan.furnaces]
    title = words["plants_title"].format(
        hubs=count_words("hubs", count_built(plan.hubs), words),
        refineries=count_words("refineries", count_built(refineries), words),
    )
    if ground := sum(row.on_one_ground for row in told.rows):
        title += count_words("ground", ground, words)
    tables = (plan.hubs, refineries)
    built = [table[is_built(table)] for table in tables]
    standing = sum(int((stands(table) | (table["status"] == "open")).sum()) for table in built)
    new = sum(map(len, built)) - standing
    rows = []
    for row in told.rows:
        first = words["same_ground"] if row.on_one_ground else "–"
        named = [first if at == 0 and row.on_one_ground else plant.name for at, plant in enumerate(row.refineries)]
        rows.append((row.region_name, row.hub.name, f"{row.mass_t / 1000:,.1f}", words["comma"].join(named) or "–"))
    head = (words["region"], words["hub"], words["kt_per_yr"], words["refinery"])
    return Step(
        "plants",
        title,
        (words["plants_standing"].format(standing=standing, new=new),),
        ("land", "sites", "flows", "plants", "names"),
        words["plants_source"],
        table=Table(words["plants_table"], head, tuple(rows), frozenset({2})),
    )


def count_words(key: str, count: int, words: Mapping[str, str]) -> str:
    """Write a number of plants: `key` with `_none`, `_one` or `_many`.

    Parameters
    ----------
    key : str
    count : int
    words : mapping of str to str
    """
    if count == 0 and f"{key}_none" in words:
        return words[f"{key}_none"]
    return words[f"{key}_one"] if count == 1 else words[f"{key}_many"].format(count)


def _tonnes(mass_t: float) -> str:
    return f"{mass_t:,.0f} t"
