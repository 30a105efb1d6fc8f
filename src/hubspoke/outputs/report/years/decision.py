"""What a plan over several years decides, and its key figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.outputs.report.blocks import Figures, Paragraph, Section
from hubspoke.outputs.report.years.words import years_words
from hubspoke.plan.horizon.cash import residual_jpy
from hubspoke.plan.horizon.steps import tell_steps
from hubspoke.plan.horizon.summary import count_kinds, describe_idle, describe_proof_of_years, last_year
from hubspoke.words.numbers import format_gap, format_large, format_yen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hubspoke.plan.years import YearsData
    from hubspoke.words.language import Lang


def describe_years_decision(plan: YearsData, lang: Lang) -> Section:
    """Return the section on what is built when, what it costs and how sure that is."""
    words = years_words(lang, plan.settings)
    blocks = [Paragraph(("" if lang == "ja" else " ").join(_say(plan, words, lang)), role="lead")]
    sites = plan.plans[plan.years[0]].assignments.drop_duplicates("site_id")
    if made_up := int((sites["origin"] == "synthetic").sum()):
        told = words["synthetic"].format(count=f"{made_up:,}", sites=f"{len(sites):,}")
        blocks.append(Paragraph(told, role="note"))
    return Section("decision", words["decision"], tuple(blocks))


def describe_years_figures(plan: YearsData, lang: Lang) -> Section:
    """Return the section of the figures that a reader asks for first."""
    words = years_words(lang, plan.settings)
    first, last = (plan.by_year.iloc[at] for at in (0, -1))
    rows = [(words["present"], format_yen(plan.present_cost_jpy, lang, plan.settings))]
    if plan.objective == "profit":
        rows.append((words["profit"], format_yen(plan.objective_value, lang, plan.settings)))
    rows += [
        (words["invested"], format_yen(float(plan.by_year["invested_jpy"].sum()), lang, plan.settings)),
        (words["residual"].format(last_year(plan)), format_yen(residual_jpy(plan), lang, plan.settings)),
    ]
    for row in (first, last) if len(plan.years) > 1 else (first,):
        cost = format_yen(row["cost_jpy"], lang, plan.settings)
        yearly = words["per_year"].format(cost, f"{row['cost_per_kg']:,.1f}")
        rows.append((words["cost_in"].format(int(row["year"])), yearly))
        rows.append((words["plants_in"].format(int(row["year"])), f"{row['hubs']:.0f} + {row['refineries']:.0f}"))
    rows += [
        (words["gap"], format_gap(plan.gap)),
        (words["status"], words.get(str(plan.status), str(plan.status))),
    ]
    idle = Paragraph(words["idle_text"].format(describe_idle(plan, lang)))
    return Section("key-figures", words["key_figures"], (Figures(tuple(rows)), idle))


def _say(plan: YearsData, words: Mapping[str, str], lang: Lang) -> Iterator[str]:
    """Yield the sentences of the decision."""
    steps = tell_steps(plan.schedule)
    hubs, refineries = count_kinds(steps[steps["step"] == "opens"], lang)
    first, last = (plan.by_year.iloc[at] for at in (0, -1))
    yield words["decision_text"].format(
        first=plan.years[0],
        until=last_year(plan),
        hubs=hubs,
        refineries=refineries,
        cost=format_yen(plan.present_cost_jpy, lang, plan.settings),
    )
    if plan.objective == "profit":
        yield words["profit_text"].format(format_yen(plan.objective_value, lang, plan.settings))
    elif plan.objective == "co2":
        yield words["co2_text"].format(format_large(plan.objective_value / 1000, lang, "").strip())
    if len(plan.years) > 1:
        yield words["per_kg_text"].format(
            first=plan.years[0],
            last=plan.years[-1],
            first_per_kg=f"{first['cost_per_kg']:,.1f}",
            last_per_kg=f"{last['cost_per_kg']:,.1f}",
            mass=f"{last['packs_t']:,.0f}",
        )
    yield words["invest_text"].format(
        invested=format_yen(float(plan.by_year["invested_jpy"].sum()), lang, plan.settings),
        until=last_year(plan),
        residual=format_yen(residual_jpy(plan), lang, plan.settings),
    )
    granted = float(plan.by_year["subsidy_jpy"].sum())
    if granted >= 1:
        yield words["granted_text"].format(format_yen(granted, lang, plan.settings))
    yield words["proof_text"].format(describe_proof_of_years(plan, lang))
