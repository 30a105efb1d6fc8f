"""A plan in a few readable lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.base.status import EXACT_GAP, Status
from hubspoke.costs.materials import name_sold
from hubspoke.costs.terms import IMPORT_TERMS
from hubspoke.fleet.words import describe_split, describe_supply
from hubspoke.plan.decision.told import describe_decisions
from hubspoke.plan.distances_words import describe_distances
from hubspoke.plan.firmness import TOSS_UP, count_rated, count_unrated, format_closing, list_close_calls
from hubspoke.plan.metal_flows import sum_unrefined
from hubspoke.plan.proven import count_sized, list_assumed
from hubspoke.plan.states import FURNACE, count_built, count_idle, list_extended, list_standing, list_uncounted
from hubspoke.plan.summary_words import WORDS, tell_profit_gap
from hubspoke.plan.technologies import count_technologies, sum_less_recovered
from hubspoke.plan.together import describe_together, is_of_several_years
from hubspoke.settings.currency import YEN
from hubspoke.settings.rules import resolve_policy
from hubspoke.words.commodity import all_in_commodity_words
from hubspoke.words.cost_level import describe_costs
from hubspoke.words.language import speak
from hubspoke.words.names import name_title
from hubspoke.words.numbers import format_asked_gap, format_gap, per_kg
from hubspoke.words.policies import say_policy
from hubspoke.words.scale import choose_scale
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang
    from hubspoke.words.scale import Scale

NAMED = 5
"""Plants that stand and are used, written out; the rest are counted."""
EXTENDED_LISTED = 2
"""Plants named of those that are much extended, by what is added; the rest are counted."""
TERMS_LISTED = 6
"""Number of cost terms written out; the rest are summed."""
CLOSE_CALLS_LISTED = 3
"""Number of plants named that are close calls; the rest are counted."""


def summarise(plan: PlanData, lang: Lang = "en", *, width: int | None = None) -> str:
    """Describe a plan in a few lines: what was decided, and main cost terms.

    Parameters
    ----------
    plan : PlanData
    lang : {"en", "ja"}
    width : int, optional
        Columns of the terminal, by which plants are named, too, where there is room.

    Returns
    -------
    str
        Lines for a terminal, without a line break at the end.
    """
    sizes = [plan.cost_jpy, *plan.regions["metal_sales_jpy"].abs().tolist()]
    scale = choose_scale(max(map(abs, sizes)), lang, yen=plan.settings.currency.code == YEN)
    words = _summary_words(plan.settings, lang, scale)
    paid_per_kg = per_kg(plan.cost_jpy - plan.penalty_jpy, plan.mass_t)
    sales = float(plan.regions["byproduct_sales_jpy"].sum())
    sold = name_sold(plan.settings, lang) or words["nothing"]
    facts = [
        *_describe_objective(plan, words, lang, scale),
        ("cost", words["cost_told"].format(scale.write(plan.cost_jpy), f"{paid_per_kg:,.1f}")),
        ("sales", words["sales_told"].format(scale.write(sales), sold)),
        ("packs", words["packs_told"].format(f"{plan.mass_t:,.0f}", f"{plan.sites_served:,}")),
        *_describe_tonnes(plan, words, lang),
        (
            "plants",
            _count_plants(plan.hubs, "hub", words)
            + words["semicolon"]
            + _count_plants(plan.refineries, "refinery", words),
        ),
        *_describe_technologies(plan, words, lang),
        *_describe_standing(plan, words),
        *_describe_assumed(plan, words),
        *_describe_imports(plan, words, scale),
        *_describe_furnaces(plan, words, lang),
        *_describe_firmness(plan, words, lang),
        ("status", describe_status(plan, lang)),
    ]
    return "\n".join(
        [
            words["head"].format(
                title=name_title(plan.title, plan.settings, lang), year=plan.year, policy=say_policy(plan.policy, lang)
            ),
            *([*decisions, ""] if (decisions := describe_decisions(plan, lang, width)) else []),
            *lay_out([(words[key], told) for key, told in facts], right=set()),
            *(["", *terms] if (terms := _list_terms(plan, words, lang, scale)) else []),
        ]
    )


def describe_status(plan: PlanData, lang: Lang = "en") -> str:
    """Describe how good the plan is proven to be; a year of several planned together, beside that year alone."""
    if is_of_several_years(plan):
        return describe_together(plan, lang)
    words = speak(WORDS, lang)
    better = words[f"better_{plan.objective}"]
    if plan.status is Status.OPTIMAL:
        key = "proven_exactly" if plan.gap <= EXACT_GAP else "proven_within"
        asked = format_asked_gap(float(plan.options["gap"]))
        known = words[key].format(gap=format_gap(plan.gap, at_most=True), better=better, asked=asked)
    elif plan.gap == float("inf"):
        known = words["stopped_unproven"].format(better=better)
    else:
        known = words["stopped_within"].format(gap=format_gap(plan.gap, at_most=True), better=better)
    return known + (tell_profit_gap(plan, words) if plan.objective == "profit" and plan.gap > EXACT_GAP else "")


def _describe_objective(
    plan: PlanData, words: Mapping[str, str], lang: Lang, scale: Scale
) -> Iterator[tuple[str, str]]:
    """Describe the objective where it is not the cost, and what is left at its sites."""
    if plan.objective == "profit":
        metals = float(plan.regions["metal_sales_jpy"].sum())
        level = getattr(plan.settings.price_levels[plan.settings.market.price_level], f"name_{lang}")
        yield "profit", words["profit_told"].format(scale.write(plan.objective_value))
        yield "metals", words["metals_told"].format(scale.write(metals), level)
    elif plan.objective == "co2":
        told = f"{plan.objective_value / 1000:,.0f}"
        if "ore_co2_kg" in plan.flows:
            parts = f"{plan.co2_kg / 1000:,.0f}", f"{plan.ore_co2_kg / 1000:,.0f}"
            yield "co2", words["co2_ores_told"].format(told, *parts)
        else:
            yield "co2", words["co2_told"].format(told)
    if plan.unserved_t > 0:
        told = words["left_told"].format(f"{plan.unserved_t:,.0f}", f"{plan.sites_left_out:,}")
        yield "left", told + (words["left_priced"].format(scale.write(plan.penalty_jpy)) if plan.penalty_jpy else "")


def _describe_tonnes(plan: PlanData, words: Mapping[str, str], lang: Lang) -> Iterator[tuple[str, str]]:
    """Describe the scenario and factors of the tonnes, and classes that were assumed, where there are any."""
    if told := describe_supply(plan.settings, [plan.year], lang):
        yield "supply", words["supply_told"].format(told)
    if told := describe_split(planned_split(plan), lang):
        yield "split", words["split_told"].format(told)
    if told := describe_costs(plan.settings, lang):
        yield "costs", told
    if told := describe_distances(plan, lang):
        yield "distances", told


def planned_split(plan: PlanData) -> dict[str, dict[str, float]]:
    """Return the share of every class by which the totals of the planned year were divided.

    Parameters
    ----------
    plan : PlanData

    Returns
    -------
    dict of str to (dict of str to float)
        By year; empty where the tonnes were stated by class.
    """
    split = plan.options.get("split", {})
    return {year: shares for year, shares in split.items() if year == str(plan.year)}


def _describe_firmness(plan: PlanData, words: Mapping[str, str], lang: Lang) -> Iterator[tuple[str, str]]:
    """Describe how many plants are close calls, and name the closest, where that is known of any plant."""
    rated, unrated, close = count_rated(plan), count_unrated(plan), list_close_calls(plan)
    if not rated:
        if built := count_built(plan.hubs) + count_built(plan.refineries):
            known = resolve_policy(plan.settings.policy).knows_alternatives
            yield "firmness", words["unrated" if known else "unrated_policy"].format(all=built)
        return
    open_told = words["some_unrated"].format(unrated) if unrated else ""
    if close.empty:
        share = f"{100 * float(plan.settings.firmness.close_share):g}"
        yield "firmness", words["all_firm"].format(all=rated, share=share) + open_told
        return
    named = [
        words["without"].format(id=row["id"], more=format_closing(row, lang, plan.settings))
        for row in close.head(CLOSE_CALLS_LISTED).to_dict("records")
    ]
    more = len(close) - len(named)
    tossups = int((close["firmness"] == TOSS_UP).sum())
    yield (
        "firmness",
        words["close_call" if len(close) == 1 else "close_calls"].format(
            close=len(close),
            all=rated + unrated,
            tossups=(words["tossups"].format(tossups) if tossups else "") + open_told,
            names=words["comma"].join(named) + (words["and_more"].format(more) if more else ""),
        ),
    )


def _describe_standing(plan: PlanData, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Describe how many of the plants that stand today are used, and which of them are much extended."""
    used, total = list_standing(plan.hubs, plan.refineries)
    extended = list_extended(plan.hubs, plan.refineries)
    uncounted = list_uncounted(plan.refineries, plan.settings)
    if total or uncounted:
        more = words["and_more"].format(len(used) - NAMED) if used[NAMED:] else ""
        names = words["comma"].join(used[:NAMED]) + more
        if used:
            told = words["standing_used"].format(len(used), total, names)
        else:
            of = {0: "_of_none", 1: "_of_one"}.get(total, "")
            told = words[f"standing_none{of}"].format(total)
        largest = sorted(extended, key=lambda row: -row[2])[:EXTENDED_LISTED]
        grown = [words["extended"].format(name, f"{old:,.0f}", f"{new:,.0f}") for name, old, new in largest]
        if grown:
            more = words["and_more"].format(len(extended) - len(grown)) if extended[len(grown) :] else ""
            told += words["extended_told"].format(len(extended), words["comma"].join(grown) + more)
        if uncounted:
            asked = (f"{key} {float(share):g}" for key, share in plan.settings.policy.least_recovery_t_per_t.items())
            more = words["and_more"].format(len(uncounted) - NAMED) if uncounted[NAMED:] else ""
            named = words["comma"].join(uncounted[:NAMED]) + more
            told += words["uncounted"].format(named, words["comma"].join(asked))
        yield "standing", told


def _describe_technologies(plan: PlanData, words: Mapping[str, str], lang: Lang) -> Iterator[tuple[str, str]]:
    """Describe how many plants are of each technology, hubs and then refineries, and what is lost to slag."""
    counts = [count_technologies(plants, plan, lang) for plants in (plan.hubs, plan.refineries)]
    told = [words["comma"].join(f"{name} {count}" for name, count in used.items()) for used in counts if used]
    if told:
        yield "technology", words["semicolon"].join(told)
    lost = [
        words["lost_metal"].format(f"{tonnes:,.0f}", getattr(plan.settings.metals[key], f"name_{lang}"))
        for key, tonnes in sum_less_recovered(plan).items()
    ]
    if lost:
        yield "slag", words["slag_told"].format(words["comma"].join(lost))


def _describe_assumed(plan: PlanData, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Describe how many hubs and refineries are larger than any of their technology that runs."""
    kinds = {"hubs": plan.hubs, "refineries": plan.refineries}
    assumed = {kind: list_assumed(plants) for kind, plants in kinds.items()}
    every = [name for names in assumed.values() for name in names]
    if every:
        more = words["and_more"].format(len(every) - NAMED) if every[NAMED:] else ""
        counts = [
            words[f"{kind}_of"].format(len(assumed[kind]), count_sized(kinds[kind])) for kind in kinds if assumed[kind]
        ]
        yield "scale", words["scale_told"].format(words["and"].join(counts), words["comma"].join(every[:NAMED]) + more)


def _describe_imports(plan: PlanData, words: Mapping[str, str], scale: Scale) -> Iterator[tuple[str, str]]:
    """Describe what black mass from abroad costs before it is refined here."""
    mass_t = float(plan.imports["mass_t"].sum())
    if not mass_t:
        return
    paid = float(plan.costs.loc[plan.costs["term"].isin(IMPORT_TERMS), "cost_jpy"].sum())
    per_kg = f"{paid / mass_t / 1000:,.0f}"
    yield "abroad", words["abroad_told"].format(scale.write(paid), f"{mass_t:,.0f}", per_kg)


def _describe_furnaces(plan: PlanData, words: Mapping[str, str], lang: Lang) -> Iterator[tuple[str, str]]:
    """Describe what goes to electric furnaces, and which metals are lost there."""
    used = plan.refineries[plan.refineries["state"] == FURNACE]
    if used.empty:
        return
    metals = plan.settings.metals
    lost = [
        words["lost_metal"].format(f"{tonnes:,.0f}", getattr(metals[str(key)], f"name_{lang}"))
        for key, tonnes in sum_unrefined(plan)["lost_t"].items()
        if tonnes >= 0.5
    ]
    told = words["furnaces_told" if len(used) > 1 else "furnace_told"].format(f"{used['load_t'].sum():,.0f}", len(used))
    yield "unrefined", told + (words["furnaces_lose"].format(words["comma"].join(lost)) if lost else "")


def _summary_words(settings: Settings, lang: Lang, scale: Scale) -> dict[str, str]:
    """Return the words of a summary, with the unit of its amounts."""
    return all_in_commodity_words(scale.fit_all(speak(WORDS, lang)), settings, lang)


def _count_plants(plants: pd.DataFrame, kind: str, words: Mapping[str, str]) -> str:
    built, idle = count_built(plants), count_idle(plants)
    text = words[f"{kind}_open" if built == 1 else f"{kind}s_open"].format(built)
    return text + (words["all_idle" if idle == built else "some_idle"].format(idle) if idle else "")


def _list_terms(plan: PlanData, words: Mapping[str, str], lang: Lang, scale: Scale) -> list[str]:
    labels = plan.costs.drop_duplicates("term").set_index("term")[f"label_{lang}"].to_dict()
    costs = {str(labels[term]): float(cost) for term, cost in plan.costs.groupby("term")["cost_jpy"].sum().items()}
    order = sorted((label for label in costs if costs[label]), key=lambda label: -abs(costs[label]))
    rows = [(label, scale.write(costs[label])) for label in order[:TERMS_LISTED]]
    rest = order[TERMS_LISTED:]
    rows += [(words["rest"], scale.write(sum(costs[label] for label in rest)))] if rest else []
    return lay_out([(words["by_term"], words["large_yen"]), *rows], right={1}) if rows else []
