"""Report the decision in one paragraph, and the key figures behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import EXACT_GAP, Status
from hubspoke.costs.materials import name_sold
from hubspoke.fleet.words import describe_split, describe_supply
from hubspoke.outputs.maps.words import get_words
from hubspoke.outputs.report.blocks import Block, Charts, Figures, Paragraph, Section
from hubspoke.outputs.report.choices import tabulate_choices
from hubspoke.outputs.report.drawing.picture import draw_picture
from hubspoke.outputs.report.phrases import (
    format_objective,
    name_bound,
    name_gap,
    name_status,
    sum_terms,
)
from hubspoke.outputs.report.words import report_words
from hubspoke.plan.decision.haul import mean_haul_km
from hubspoke.plan.distances_words import describe_distances
from hubspoke.plan.firmness import TOSS_UP, count_rated, count_unrated, list_close_calls
from hubspoke.plan.metal_flows import sum_unrefined
from hubspoke.plan.states import FURNACE, count_built, count_idle, list_extended, list_standing
from hubspoke.plan.summary import planned_split
from hubspoke.plan.technologies import sum_less_recovered
from hubspoke.plan.together import describe_together, is_of_several_years
from hubspoke.words.cost_level import describe_costs
from hubspoke.words.names import name_plant, name_regions
from hubspoke.words.numbers import format_count, format_gap, format_large, format_yen, per_kg

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang


def describe_decision(plan: PlanData, lang: Lang) -> Section:
    """Return the section on what was decided, with a note on synthetic sites."""
    words = report_words(lang, plan.settings)
    join = "" if lang == "ja" else " "
    blocks: list[Block] = [Paragraph(join.join(_say_decision(plan, words, lang)), role="lead")]
    if picture := draw_picture(plan, words["picture"], lang):
        blocks.append(Charts((picture,)))
    if choices := tabulate_choices(plan, lang):
        blocks.append(choices)
    if note := _describe_synthetic(plan, words):
        blocks.append(Paragraph(note, role="note"))
    if told := describe_supply(plan.settings, [plan.year], lang):
        blocks.append(Paragraph(words["supply_text"].format(told), role="note"))
    if told := describe_costs(plan.settings, lang):
        blocks.append(Paragraph(words["costs_text"].format(told), role="note"))
    if told := describe_split(planned_split(plan), lang):
        blocks.append(Paragraph(words["split_text"].format(told), role="note"))
    if told := describe_distances(plan, lang):
        blocks.append(Paragraph(told, role="note"))
    return Section("decision", words["decision"], tuple(blocks))


def describe_key_figures(plan: PlanData, lang: Lang) -> Section:
    """Return the section of the figures that a reader asks for first."""
    words = report_words(lang, plan.settings)
    totals = plan.regions.sum(numeric_only=True)
    mean_km = mean_haul_km(plan)
    rows = [
        *_describe_objective(plan, words, lang),
        (words["cost_total"], format_yen(plan.cost_jpy, lang, plan.settings)),
        (words["cost_per_kg"], f"{per_kg(plan.cost_jpy - plan.penalty_jpy, plan.mass_t):,.1f} {words['yen_per_kg']}"),
        (
            words["sales"].format(sold=name_sold(plan.settings, lang) or "–"),
            format_yen(float(totals["byproduct_sales_jpy"]), lang, plan.settings),
        ),
        (words["packs"], f"{plan.mass_t:,.0f} {words['t_per_yr']}"),
        (words["sites"], f"{plan.sites_served:,}"),
        _describe_plants(plan, words, lang),
        *_describe_standing(plan, words),
        *_describe_firmness(plan, words),
        *_describe_lost(plan, words, lang),
        (words["mean_haul"], "–" if mean_km is None else f"{mean_km:,.0f} km"),
        (words["t_km"], format_large(float(totals["transport_t_km"]), lang, "t·km")),
        (words["co2"], f"{float(totals['co2_t']):,.0f} {words['t_per_yr']}"),
        (name_bound(plan, words, lang), format_objective(plan, plan.bound_value, lang)),
        (name_gap(plan, words, lang), format_gap(plan.gap)),
        (words["status"], name_status(plan, words, lang)),
    ]
    return Section("key-figures", words["key_figures"], (Figures(tuple(rows)),))


def _say_decision(plan: PlanData, words: Mapping[str, str], lang: Lang) -> Iterator[str]:
    """Yield the sentences of the decision."""
    yield words["decision_text"].format(
        year=plan.year,
        sites=f"{plan.sites_served:,}",
        mass=f"{plan.mass_t:,.0f}",
        policy=get_words(lang).get(plan.policy, plan.policy),
        hubs=_count(plan.hubs, "hub", words),
        refineries=_count(plan.refineries, "refinery", words),
        cost=format_yen(plan.cost_jpy, lang, plan.settings),
        per_kg=f"{per_kg(plan.cost_jpy - plan.penalty_jpy, plan.mass_t):,.1f}",
    )
    if plan.objective != "cost":
        yield words[f"aim_{plan.objective}"].format(value=format_objective(plan, plan.objective_value, lang))
    if plan.unserved_t > 0:
        yield words["left_out_text"].format(mass=f"{plan.unserved_t:,.0f}", sites=f"{plan.sites_left_out:,}")
    yield from _say_furnaces(plan, words, lang)
    terms = sum_terms(plan, lang)
    if terms and plan.cost_jpy > 0:
        share = f"{100 * terms[0][1] / plan.cost_jpy:.0f}"
        yield words["largest_term"].format(term=terms[0][0], share=share)
    yield from _say_extremes(plan, words, lang)
    if is_of_several_years(plan):
        yield words["together"].format(describe_together(plan, lang))
        return
    proof = "proof_exact" if plan.gap <= EXACT_GAP else "proof_gap" if plan.status is Status.OPTIMAL else "proof_early"
    if not np.isfinite(plan.gap):
        proof = "proof_none"
    elif plan.objective != "cost":
        proof = f"{proof}_{plan.objective}"
    yield words[proof].format(gap=format_gap(plan.gap, at_most=True))


def _say_furnaces(plan: PlanData, words: Mapping[str, str], lang: Lang) -> Iterator[str]:
    """Yield a sentence on the black mass that does not reach a refinery, and the metals lost with it, if any."""
    used = plan.refineries[plan.refineries["state"] == FURNACE]
    if used.empty:
        return
    lost = [
        f"{getattr(plan.settings.metals[str(key)], f'name_{lang}')} {tonnes:,.0f} t"
        for key, tonnes in sum_unrefined(plan)["lost_t"].items()
        if tonnes >= 0.5
    ]
    names = words["list_comma"].join(name_plant(plant, lang) for plant in used.to_dict("records"))
    mass, share = float(used["load_t"].sum()), float(plan.flows["mass_t"].sum())
    told = {"mass": f"{mass:,.0f}", "share": f"{100 * mass / share:.0f}", "names": names}
    yield words["unrefined_text"].format(**told, lost=words["list_comma"].join(lost) or "–")


def _describe_objective(plan: PlanData, words: Mapping[str, str], lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield the figures of a profit that was the objective, and of packs left at their sites."""
    if plan.objective == "profit":
        yield words["profit"], format_yen(plan.objective_value, lang, plan.settings)
        yield words["metal_sales"], format_yen(float(plan.regions["metal_sales_jpy"].sum()), lang, plan.settings)
    if plan.unserved_t > 0:
        yield words["left_out"], f"{plan.unserved_t:,.0f} {words['t_per_yr']}"


def _say_extremes(plan: PlanData, words: Mapping[str, str], lang: Lang) -> Iterator[str]:
    """Yield a sentence on the regions whose packs are cheapest and dearest."""
    regions = plan.regions[plan.regions["mass_t"] > 0].sort_values("cost_jpy_per_t", kind="stable")
    if len(regions) < 2:
        return
    names = name_regions(plan.regions, lang)
    told = {}
    for place, row in (("low", regions.iloc[0]), ("high", regions.iloc[-1])):
        told[place] = names.get(str(row["region"]), str(row["region"]))
        told[f"{place}_per_kg"] = f"{row['cost_jpy_per_t'] / 1000:,.0f}"
    yield words["extremes"].format(**told)


def _count(plants: pd.DataFrame, kind: str, words: Mapping[str, str]) -> str:
    """Write the number of hubs or refineries in a sentence, with those that are idle."""
    built, idle = count_built(plants), count_idle(plants)
    if built == 0 and f"{kind}_none" in words:
        return words[f"{kind}_none"]
    told = words[f"{kind}_one"] if built == 1 else words[f"{kind}_many"].format(built)
    return told + (words["all_idle" if idle == built else "some_idle"].format(idle) if idle else "")


def _describe_plants(plan: PlanData, words: Mapping[str, str], lang: Lang) -> tuple[str, str]:
    """Return name and value of the key figure of plants."""
    built = [count_built(plants) for plants in (plan.hubs, plan.refineries)]
    idle = [count_idle(plants) for plants in (plan.hubs, plan.refineries)]
    told = (format_count(*counts, lang) for counts in zip(built, idle, strict=True))
    return words["plants_built" if any(idle) else "plants"], " + ".join(told)


def _describe_standing(plan: PlanData, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield how many of the plants that stand today are used, and how many of them much extended, where any stand."""
    used, total = list_standing(plan.hubs, plan.refineries)
    if total:
        extended = len(list_extended(plan.hubs, plan.refineries))
        told = words["standing_told"].format(len(used), total)
        yield words["standing"], told + (words["extended_told"].format(extended) if extended else "")


def _describe_firmness(plan: PlanData, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the figure of plants that are close calls, where that is known of any plant."""
    if rated := count_rated(plan):
        close = list_close_calls(plan)
        told = words["close_calls_told"].format(
            len(close), rated + count_unrated(plan), int((close["firmness"] == TOSS_UP).sum())
        )
        yield words["close_calls"], told
    elif count_built(plan.hubs) + count_built(plan.refineries):
        yield words["close_calls"], words["close_calls_unrated"]


def _describe_lost(plan: PlanData, words: Mapping[str, str], lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield what is lost to slag of the metals that refining usually recovers."""
    lost = [
        f"{getattr(plan.settings.metals[key], f'name_{lang}')} {tonnes:,.0f} {words['t_per_yr']}"
        for key, tonnes in sum_less_recovered(plan).items()
    ]
    if lost:
        yield words["lost_to_slag"], words["list_comma"].join(lost)


def _describe_synthetic(plan: PlanData, words: Mapping[str, str]) -> str:
    """Write the note on synthetic sites; empty where there are none."""
    sites = plan.assignments.drop_duplicates("site_id")
    made_up = int((sites["origin"] == "synthetic").sum())
    if not made_up:
        return ""
    key = "synthetic_all" if made_up == len(sites) else "synthetic"
    return words[key].format(count=f"{made_up:,}", sites=f"{len(sites):,}")
