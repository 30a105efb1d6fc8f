"""Write the first sheets of a workbook: what is decided, with a chart, what it costs by region, and key figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from xlsxwriter.utility import xl_col_to_name

from hubspoke.costs.terms import TERMS
from hubspoke.outputs.exports.sheet import Styles, set_page, write_cell, write_table
from hubspoke.outputs.exports.workbook_words import head_decision, name_figure
from hubspoke.outputs.maps.colours import STAGE_COLOURS
from hubspoke.plan.decision.stages import STAGES
from hubspoke.plan.decision.stages import WORDS as STAGE_WORDS
from hubspoke.settings.policy import GAP_BASES, UNITS
from hubspoke.words.commodity import in_commodity_words, speak_in_commodity_words
from hubspoke.words.names import name_regions, name_title

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang, Pairs

COSTS = "costs_by_region"
"""Name of the sheet of costs by kind and region."""
WORDS: Pairs = {
    "chart": ("Cost by stage, yen per kg of packs", "段階別費用（電池1kg当たり円）"),
    "term": ("Cost of the packs from each region, yen a year", "発生地域別の費用（円/年）"),
    "total": ("Total", "合計"),
}
BELOW = 3
"""Rows between a table and the chart below it."""
CHART_PX = (980, 420)


def write_decision(book: Any, table: pd.DataFrame, settings: Settings, styles: Styles, lang: Lang) -> None:
    """Write the sheet of what is decided: the table, and below it what each stage costs behind every hub.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    table : DataFrame
        What `tabulate_decisions` returns, with at least one row.
    settings : Settings
        Those that name the commodity and the currency.
    styles : Styles
    lang : {"en", "ja"}
    """
    sheet = book.add_worksheet("decision")
    columns = table.columns.tolist()
    write_table(sheet, table, [head_decision(str(column), settings, lang) for column in columns], styles)
    words = speak_in_commodity_words(WORDS, settings, lang)
    stages = speak_in_commodity_words(STAGE_WORDS, settings, lang)
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    rows, names = (1, len(table)), columns.index("hub")
    for stage, colour in zip(STAGES, STAGE_COLOURS, strict=True):
        at = columns.index(f"{stage}_jpy_per_kg")
        chart.add_series(
            {
                "name": stages[stage],
                "categories": ["decision", rows[0], names, rows[1], names],
                "values": ["decision", rows[0], at, rows[1], at],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    chart.set_title({"name": words["chart"], "name_font": {"size": 12, "bold": False}, "overlay": False})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": CHART_PX[0], "height": CHART_PX[1]})
    sheet.insert_chart(len(table) + BELOW, 0, chart, {"description": words["chart"]})


def write_costs(book: Any, plan: PlanData, styles: Styles, lang: Lang) -> None:
    """Write the sheet of costs: a row for each term that costs or earns anything, a column for each region, and sums.

    Sums are formulas, so that what a reader changes adds up again.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    plan : PlanData
    styles : Styles
    lang : {"en", "ja"}
    """
    sheet = book.add_worksheet(COSTS)
    words = speak_in_commodity_words(WORDS, plan.settings, lang)
    names = name_regions(plan.regions, lang)
    sums = plan.costs.pivot_table(index="term", columns="region", values="cost_jpy", aggfunc="sum", fill_value=0.0)
    sums = sums.reindex(columns=list(names), fill_value=0.0)
    known = {term.name: getattr(term, f"label_{lang}") for term in TERMS}
    paid = sums.index[(sums != 0).any(axis=1)]
    terms = [term for term in known if term in paid]
    money, bold_money = styles.by_end["jpy"], styles.bold_money
    for column, head in enumerate([words["term"], *names.values(), words["total"]]):
        sheet.write_string(0, column, head, styles.head)
    last, bottom = len(names), len(terms) + 1
    for row, term in enumerate(terms, start=1):
        sheet.write_string(row, 0, in_commodity_words(known[term], plan.settings, lang))
        values = sums.loc[[term]].to_numpy(np.float64)[0].tolist()
        for column, jpy in enumerate(values, start=1):
            sheet.write_number(row, column, jpy, money)
        sheet.write_formula(row, last + 1, f"=SUM(B{row + 1}:{xl_col_to_name(last)}{row + 1})", bold_money, sum(values))
    sheet.write_string(bottom, 0, words["total"], styles.bold)
    totals = [*sums.loc[terms].sum().tolist(), float(sums.loc[terms].to_numpy().sum())]
    for column, jpy in enumerate(totals if terms else [], start=1):
        name = xl_col_to_name(column)
        sheet.write_formula(bottom, column, f"=SUM({name}2:{name}{bottom})", bold_money, jpy)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, last + 1, 16)
    set_page(sheet)


def write_figures(sheet: Any, plan: PlanData, styles: Styles, lang: Lang) -> None:
    """Write the sheet of key figures: name, value and unit in each row.

    Parameters
    ----------
    sheet : xlsxwriter.Worksheet
    plan : PlanData
    styles : Styles
    lang : {"en", "ja"}
    """
    synthetic = int((plan.assignments["origin"] == "synthetic").sum())
    rows: list[tuple[str, Any, str]] = [
        ("title", name_title(plan.title, plan.settings, lang), ""),
        ("year", plan.year, ""),
        ("policy", plan.policy, ""),
        ("status", str(plan.status), ""),
        ("objective", plan.objective, ""),
        ("objective value", plan.objective_value, UNITS[plan.objective]),
        ("bound", plan.bound_value, UNITS[plan.objective]),
        ("gap", plan.gap, GAP_BASES[plan.objective]),
        ("cost", plan.cost_jpy, "JPY/yr"),
        ("sales of metals", plan.sales_jpy, "JPY/yr"),
        ("packs", plan.mass_t, "t/yr"),
        ("packs left at their sites", plan.unserved_t, "t/yr"),
        ("cost per kg of packs", plan.cost_jpy / plan.mass_t / 1000 if plan.mass_t else 0.0, "JPY/kg"),
        ("sites", plan.sites_served, ""),
        ("of these synthetic", synthetic, "rows, placed by statistics, no real businesses"),
        *((f"option: {name}", str(value), "") for name, value in sorted(plan.options.items())),
    ]
    for at, (name, value, unit) in enumerate(rows):
        sheet.write_string(at, 0, name_figure(name, plan.settings, lang), styles.bold)
        write_cell(sheet, at, 1, value, styles.figures.get(unit))
        sheet.write_string(at, 2, name_figure(unit, plan.settings, lang))
    sheet.freeze_panes(0, 1)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 2, 44)
    set_page(sheet)
