"""Report the cost of a plan: by stage in the order in which packs pass them, and every term behind a fold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.outputs.report.blocks import Charts, Column, Section, Table
from hubspoke.outputs.report.drawing.stacks import draw_stacks
from hubspoke.outputs.report.phrases import sum_terms
from hubspoke.outputs.report.words import report_words
from hubspoke.plan.decision.decision import list_decisions
from hubspoke.plan.decision.stages import STAGE_OF, STAGES
from hubspoke.plan.decision.stages import WORDS as STAGE_WORDS
from hubspoke.words.commodity import speak_in_commodity_words
from hubspoke.words.numbers import per_kg
from hubspoke.words.scale import choose_table_scale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hubspoke.outputs.report.drawing.charts import Chart
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang
    from hubspoke.words.scale import Scale

WORDS = {
    "chart_stages": ("Cost by stage of the packs of each hub", "ハブ別・段階別の費用（電池1kg当たり）"),
    "stage": ("Stage", "段階"),
    "no_stage": ("Packs left, black mass bought", "未回収の電池・購入したブラックマス"),
    "every_term": ("Every cost term", "すべての費目"),
}


def describe_costs(plan: PlanData, lang: Lang) -> Section | None:
    """Return the section on the cost terms, which sum to the cost of the plan; None where there are none."""
    words = {**report_words(lang, plan.settings), **speak_in_commodity_words(WORDS, plan.settings, lang)}
    terms = sum_terms(plan, lang)
    if not terms:
        return None
    stages = speak_in_commodity_words(STAGE_WORDS, plan.settings, lang)
    total = (words["total"], plan.cost_jpy)
    scale = choose_table_scale([plan.cost_jpy, *(jpy for _, jpy in terms)])
    words = scale.fit_all(words)
    by_stage = [(name, *_measure(plan, jpy, scale)) for name, jpy in [*_sum_stages(plan, stages, words), total]]
    by_term = [(name, *_measure(plan, jpy, scale)) for name, jpy in [*terms, total]]
    numbers = [Column(words[key], "number") for key in ("million_yen", "yen_per_kg", "share")]
    chart = _chart_stages(plan, stages, words, lang)
    return Section(
        "costs",
        words["costs"],
        (
            *([Charts((chart,))] if chart else []),
            Table(words["costs"], (Column(words["stage"]), *numbers), tuple(by_stage), total=True),
            Table(words["every_term"], (Column(words["kind"]), *numbers), tuple(by_term), total=True, folded=True),
        ),
    )


def _sum_stages(plan: PlanData, stages: Mapping[str, str], words: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    """Yield each stage with its yen per year, and what belongs to none where there is any."""
    sums = plan.costs.groupby(plan.costs["term"].map(STAGE_OF).fillna(""))["cost_jpy"].sum().to_dict()
    for stage in STAGES:
        yield stages[stage], float(sums.get(stage, 0.0))
    if rest := float(sums.get("", 0.0)):
        yield words["no_stage"], rest


def _chart_stages(plan: PlanData, stages: Mapping[str, str], words: Mapping[str, str], lang: Lang) -> Chart | None:
    """Chart what each stage costs of the packs of every hub, in yen per kg; None without hubs in use."""
    rows = [row for row in list_decisions(plan, lang) if row.mass_t > 0]
    if not rows:
        return None
    alone = len({row.region for row in rows}) == len(rows)
    names = [row.region_name if alone else row.hub.name for row in rows]
    series = {stages[stage]: [row.stages[stage] for row in rows] for stage in STAGES}
    return draw_stacks(words["chart_stages"], names, series, axis=words["yen_per_kg"])


def _measure(plan: PlanData, jpy: float, scale: Scale) -> tuple[str, str, str]:
    """Write an amount in the unit of its table, as yen per kg of packs, and as a share of the cost of the plan."""
    share = f"{100 * jpy / plan.cost_jpy:.1f} %" if plan.cost_jpy else "–"
    return scale.write(jpy), f"{per_kg(jpy, plan.mass_t):,.1f}", share
