"""Tell what leads from the cost of one plan to that of another: stage by stage, and hub by hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.analysis.comparison.rows import Row, name_hubs, row_of_change, side_by_side
from hubspoke.outputs.report.blocks import Charts, Column, Named, Paragraph, Section, Table
from hubspoke.outputs.report.drawing.bridge import draw_bridge
from hubspoke.plan.decision.shifts import list_shifts
from hubspoke.plan.decision.stages import STAGE_OF, STAGES
from hubspoke.plan.decision.stages import WORDS as STAGE_WORDS
from hubspoke.words.commodity import speak_in_commodity_words
from hubspoke.words.numbers import format_change

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.analysis.comparison.tables import ComparisonData
    from hubspoke.words.language import Lang

LEAST_JPY = 5e5
"""Yen below which an amount would be told as nothing in millions."""


def describe_costs(comparison: ComparisonData, words: Mapping[str, str], lang: Lang) -> Section:
    """Return the section on costs: a bridge and a table by stage, every term folded away.

    Parameters
    ----------
    comparison : ComparisonData
    words : mapping of str to str
        What `comparison_words` returns.
    lang : {"en", "ja"}
    """
    sums = comparison.costs.pivot_table(index="term", columns="plan", values="cost_jpy", sort=False)
    costs = sums.reindex(columns=list(comparison.names))  # a plan that leaves all at the sites has no costs
    labels = comparison.costs.drop_duplicates("term").set_index("term")[f"label_{lang}"]
    told = {str(term): str(label) for term, label in labels.items()}
    costs = costs.sort_values(comparison.names[0], ascending=False, kind="stable") / 1e6
    rows = [row_of_change(told[str(term)], values.tolist()) for term, values in costs.iterrows()]
    total = row_of_change(words["total"], (comparison.totals["cost_jpy"] / 1e6).tolist())
    stages = _sum_stages(comparison, words, lang) / 1e6
    columns = side_by_side(Column(words["stage"], "prose"), comparison.names, words)
    by_stage = [*(row_of_change(str(name), values.tolist()) for name, values in stages.iterrows()), total]
    axis = words["million_yen"]
    bridges = [
        draw_bridge(
            words["change_of"].format(plan=name),
            (comparison.names[0], float(stages.iloc[:, 0].sum())),
            [(str(stage), float(step)) for stage, step in (stages.iloc[:, at] - stages.iloc[:, 0]).items()],
            name,
            axis=axis,
        )
        for at, name in enumerate(comparison.names[1:], start=1)
    ]
    every = side_by_side(Column(words["kind"], "prose"), comparison.names, words)
    blocks = (
        Charts(tuple(bridges)),
        Table(words["stages"], columns, tuple(by_stage), total=True),
        Table(words["every_term"], every, (*rows, total), total=True, folded=True),
    )
    return Section("costs", words["stages"], blocks)


def _sum_stages(comparison: ComparisonData, words: Mapping[str, str], lang: Lang) -> pd.DataFrame:
    """Return yen per year by stage, a column for each plan; stages that cost nothing in any of them are left out."""
    names = {**speak_in_commodity_words(STAGE_WORDS, comparison.plans[0].settings, lang), "": words["stage_other"]}
    stage = comparison.costs["term"].map(STAGE_OF).fillna("")
    sums = comparison.costs.assign(stage=stage).pivot_table(
        index="stage", columns="plan", values="cost_jpy", aggfunc="sum"
    )
    order = [key for key in (*STAGES, "") if key in sums.index and (sums.loc[key] != 0).any()]
    return sums.reindex(index=order, columns=list(comparison.names), fill_value=0.0).rename(index=names)


def describe_shifts(comparison: ComparisonData, words: Mapping[str, str], lang: Lang) -> Section:
    """Return the section on where the packs of each hub go, how far that is, and what it is worth.

    Parameters
    ----------
    comparison : ComparisonData
    words : mapping of str to str
        What `comparison_words` returns.
    lang : {"en", "ja"}
    """
    hubs = name_hubs(comparison, lang)
    several = len(comparison.names) > 2
    rows: list[Row] = []
    for name, plan in zip(comparison.names[1:], comparison.plans[1:], strict=True):
        shifts = list_shifts(comparison.plans[0], plan)
        for one in shifts:
            stays = one.hub_id == one.to_hub_id
            rows.append(
                (
                    Named(hubs.get(one.hub_id, ""), one.hub_id),
                    words["stays"] if stays else Named(hubs.get(one.to_hub_id, ""), one.to_hub_id),
                    *([name] if several else []),
                    "–" if stays else f"{one.km:,.0f}",
                    f"{one.moved_t:,.0f}",
                    format_change(one.change_jpy / 1e6),
                )
            )
        if not several:
            whole = plan.cost_jpy - comparison.plans[0].cost_jpy
            rest = whole - sum(one.change_jpy for one in shifts)
            if abs(rest) >= LEAST_JPY:
                rows.append((words["rest"], "", "", "", format_change(rest / 1e6)))
            moved = sum(one.moved_t for one in shifts)
            rows.append((words["total"], "", "", f"{moved:,.0f}", format_change(whole / 1e6)))
    columns = (
        Column(words["from_hub"], "prose"),
        Column(words["to_hub"], "prose"),
        *([Column(words["plan"])] if several else []),
        *(Column(words[key], "number") for key in ("shift_km", "shift_t", "shift_change")),
    )
    note = Paragraph(words["shift_note"], role="small")
    return Section("shifts", words["shifts"], (Table(words["shifts"], columns, tuple(rows), total=not several), note))
