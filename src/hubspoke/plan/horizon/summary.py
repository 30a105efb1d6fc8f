"""A plan over several years in a few readable lines, and a table of the years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.base.status import EXACT_GAP, Status
from hubspoke.plan.horizon.cash import residual_jpy
from hubspoke.plan.horizon.steps import STARTS, rank_idle, tell_steps
from hubspoke.plan.horizon.words import WORDS
from hubspoke.plan.summary_words import WORDS as PLAN_WORDS
from hubspoke.words.commodity import speak_in_commodity_words
from hubspoke.words.language import speak
from hubspoke.words.names import name_regions, name_title
from hubspoke.words.numbers import format_asked_gap, format_gap, format_yen
from hubspoke.words.policies import say_policy
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from hubspoke.plan.years import YearsData
    from hubspoke.words.language import Lang

IDLE_NAMED = 3
"""Number of the most idle plants that are named."""
IDLE_SHARE = 5e-4
"""Idle share from which a plant is told of."""
NAMED = 3
"""Plants named in a cell of the table; the rest are counted."""


def summarise_years(plan: YearsData, lang: Lang = "en") -> str:
    """Describe a plan over several years: its present value and proof, what is built, and a table of the years.

    Parameters
    ----------
    plan : YearsData
    lang : {"en", "ja"}

    Returns
    -------
    str
        Lines for a terminal, without a line break at the end.
    """
    words = speak_in_commodity_words(WORDS, plan.settings, lang)
    facts = [
        *_describe_objective(plan, words, lang),
        ("plants", _describe_plants(plan, words, lang)),
        ("capital", _describe_capital(plan, words, lang)),
        ("idle", describe_idle(plan, lang)),
        ("status", describe_proof_of_years(plan, lang)),
    ]
    head = words["head"].format(
        title=title_of(plan, lang),
        first=plan.years[0],
        until=last_year(plan),
        years=words["comma"].join(map(str, plan.years)),
        policy=name_policies(plan, lang),
    )
    return "\n".join(
        [
            head,
            *lay_out([(words[key], told) for key, told in facts], right=set()),
            "",
            *_list_years(plan, words, lang),
        ]
    )


def describe_proof_of_years(plan: YearsData, lang: Lang = "en") -> str:
    """Describe how good a plan over several years is proven to be.

    Parameters
    ----------
    plan : YearsData
    lang : {"en", "ja"}
    """
    words = speak(PLAN_WORDS, lang)
    better, asked = words[f"better_{plan.objective}"], format_asked_gap(float(plan.options["gap"]))
    if plan.status is Status.OPTIMAL:
        key = "proven_exactly" if plan.gap <= EXACT_GAP else "proven_within"
    else:
        key = "stopped_unproven" if plan.gap == float("inf") else "stopped_within"
    told = words[key].format(gap=format_gap(plan.gap, at_most=True), better=better, asked=asked)
    return told + (words["gap_of_profit"] if plan.objective == "profit" and plan.gap > EXACT_GAP else "")


def describe_idle(plan: YearsData, lang: Lang) -> str:
    """Describe which plants are idle most and least over the years.

    Parameters
    ----------
    plan : YearsData
    lang : {"en", "ja"}
    """
    words, ranked = speak(WORDS, lang), rank_idle(plan)
    if ranked.empty or ranked["idle_share"].iloc[0] < IDLE_SHARE:
        return words["idle_none"]
    told = [
        words["idle_one"].format(name=row["id"], share=f"{100 * row['idle_share']:.1f}")
        for row in ranked.to_dict("records")
    ]
    most = [one for one, share in zip(told, ranked["idle_share"], strict=True) if share >= IDLE_SHARE][:IDLE_NAMED]
    least = words["idle_least"].format(told[-1]) if len(told) > len(most) else ""
    return words["idle_told"].format(most=words["comma"].join(most)) + least


def title_of(plan: YearsData, lang: Lang) -> str:
    """Return the title of a plan over several years, with the regions where it is of some only.

    Parameters
    ----------
    plan : YearsData
    lang : {"en", "ja"}
    """
    title = name_title(plan.title, plan.settings, lang)
    if not plan.options.get("regions"):
        return title
    regions = ("、" if lang == "ja" else ", ").join(name_regions(plan.plans[plan.years[0]].regions, lang).values())
    return f"{title}（{regions}）" if lang == "ja" else f"{title} ({regions})"


def name_policies(plan: YearsData, lang: Lang) -> str:
    """Return the policy of a plan over several years, or each of them with the year from which it holds.

    Parameters
    ----------
    plan : YearsData
    lang : {"en", "ja"}
    """
    words = speak(WORDS, lang)
    begun = [
        (year, policy)
        for at, (year, policy) in enumerate(zip(plan.years, plan.policies, strict=True))
        if at == 0 or policy != plan.policies[at - 1]
    ]
    if len(begun) == 1:
        return say_policy(begun[0][1], lang)
    return words["comma"].join(
        words["policies"].format(year=year, policy=say_policy(policy, lang)) for year, policy in begun
    )


def last_year(plan: YearsData) -> int:
    """Return the last year that counts.

    Parameters
    ----------
    plan : YearsData
    """
    return int(plan.factors["last_year"].iloc[-1])


def count_kinds(steps: pd.DataFrame, lang: Lang) -> tuple[str, str]:
    """Return how many hubs, and how many refineries, there are among rows of a schedule, in words.

    Parameters
    ----------
    steps : DataFrame
    lang : {"en", "ja"}
    """
    words = speak(WORDS, lang)
    hubs, refineries = (int((steps["kind"] == kind).sum()) for kind in ("hub", "refinery"))
    return (
        words["hub" if hubs == 1 else "hubs"].format(hubs),
        words["refinery" if refineries == 1 else "refineries"].format(refineries),
    )


def _describe_objective(plan: YearsData, words: Mapping[str, str], lang: Lang) -> Iterator[tuple[str, str]]:
    if plan.objective == "profit":
        yield "profit", words["profit_told"].format(jpy=format_yen(plan.objective_value, lang, plan.settings))
    elif plan.objective == "co2":
        yield "co2", words["co2_told"].format(tonnes=f"{plan.objective_value / 1000:,.0f}")
    yield (
        "cost",
        words["cost_told"].format(
            jpy=format_yen(plan.present_cost_jpy, lang, plan.settings),
            first=plan.years[0],
            until=last_year(plan),
            rate=f"{100 * float(plan.settings.finance.discount_rate_per_yr):g}",
        ),
    )


def _describe_plants(plan: YearsData, words: Mapping[str, str], lang: Lang) -> str:
    steps = tell_steps(plan.schedule)
    hubs, refineries = count_kinds(steps[steps["step"] == "opens"], lang)
    grown, closed, stood = (steps.loc[steps["step"] == step, "id"].nunique() for step in ("grows", "closes", STARTS))
    key = "plants_stood" if stood else "plants_told"
    return words[key].format(hubs=hubs, refineries=refineries, grown=grown, closed=closed, stood=stood)


def _describe_capital(plan: YearsData, words: Mapping[str, str], lang: Lang) -> str:
    invested, granted = plan.by_year["invested_jpy"], float(plan.by_year["subsidy_jpy"].sum())
    besides = words["subsidies"].format(format_yen(granted, lang, plan.settings)) if granted >= 1 else ""
    return besides + words["capital_told"].format(
        invested=format_yen(float(invested.sum()), lang, plan.settings),
        first=format_yen(float(invested.iloc[0]), lang, plan.settings),
        year=plan.years[0],
        residual=format_yen(residual_jpy(plan), lang, plan.settings),
        until=last_year(plan),
    )


def _list_years(plan: YearsData, words: Mapping[str, str], lang: Lang) -> list[str]:
    steps = tell_steps(plan.schedule)
    heads = ("year", "to", "tonnes", "per_year", "per_kg", "invested", "opens", "grows", "closes")
    rows: list[Sequence[str]] = [[words[key] for key in heads]]
    for row in plan.by_year.to_dict("records"):
        here = steps[steps["year"] == row["year"]]
        names = [_name(here.loc[here["step"] == step, "id"].tolist(), words) for step in ("opens", "grows", "closes")]
        rows.append(
            [
                f"{row['year']}",
                f"{row['last_year']}",
                f"{row['packs_t']:,.0f}",
                _large(row["cost_jpy"], lang),
                f"{row['cost_per_kg']:,.1f}",
                _large(row["invested_jpy"], lang),
                *names,
            ]
        )
    return lay_out(rows, right=set(range(6)))


def _name(names: Sequence[str], words: Mapping[str, str]) -> str:
    more = len(names) - NAMED
    return words["comma"].join(names[:NAMED]) + (words["and_more"].format(more) if more > 0 else "") or "-"


def _large(jpy: float, lang: Lang) -> str:
    """Write yen in bn, or in 億."""
    return f"{jpy / 1e8:,.2f}" if lang == "ja" else f"{jpy / 1e9:,.3f}"
