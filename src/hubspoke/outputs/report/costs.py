"""Report the cost of a plan by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.outputs.report.blocks import Charts, Column, Section, Table
from hubspoke.outputs.report.charts import draw_bars
from hubspoke.outputs.report.phrases import sum_terms
from hubspoke.outputs.report.words import report_words
from hubspoke.words.numbers import per_kg

if TYPE_CHECKING:
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang


def describe_costs(plan: PlanData, lang: Lang) -> Section | None:
    """Return the section on the cost terms, which sum to the cost of the plan; None where there are none."""
    words = report_words(lang, plan.settings)
    terms = sum_terms(plan, lang)
    if not terms:
        return None
    names, values = zip(*terms, strict=True)
    chart = draw_bars(words["chart_cost"], names, [jpy / 1e6 for jpy in values], axis=words["million_yen"])
    columns = (Column(words["kind"]), *(Column(words[key], "number") for key in ("million_yen", "yen_per_kg", "share")))
    rows = [(name, *_measure(plan, jpy)) for name, jpy in [*terms, (words["total"], plan.cost_jpy)]]
    return Section("costs", words["costs"], (Charts((chart,)), Table(words["costs"], columns, tuple(rows), total=True)))


def _measure(plan: PlanData, jpy: float) -> tuple[str, str, str]:
    """Write an amount as million yen, as yen per kg of packs, and as a share of the cost of the plan."""
    share = f"{100 * jpy / plan.cost_jpy:.1f} %" if plan.cost_jpy else "–"
    return f"{jpy / 1e6:,.0f}", f"{per_kg(jpy, plan.mass_t):,.1f}", share
