"""Write `plan.xlsx` of several years: what is decided, plant by plant and year by year, then a sheet for each table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from hubspoke.outputs.exports.overview_sheets import BELOW, CHART_PX
from hubspoke.outputs.exports.reference_sheets import write_dictionary, write_fingerprints
from hubspoke.outputs.exports.sheet import Styles, new_book, write_table
from hubspoke.outputs.exports.workbook_words import DECISION, head_decision, name_column
from hubspoke.plan.horizon.steps import tell_steps
from hubspoke.plan.years import IDLE, OPEN, YEARS_TABLES
from hubspoke.words.commodity import speak_in_commodity_words
from hubspoke.words.language import check_language
from hubspoke.words.names import name_regions, name_technology, shorten_plant

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.plan.years import YearsData
    from hubspoke.words.language import Lang, Pairs

BY_YEAR = "by_year"
COST_COLUMNS, COST_COLOURS = ("plan_jpy", "unused_jpy", "idle_jpy"), ("#3f77b0", "#c9a227", "#9aa5ad")
"""Columns of the table of years that add up to its cost, and their colours in the chart."""
WORDS: Pairs = {
    "chart": ("Cost by year, yen a year", "年別費用（円/年）"),
    "hub": ("Hub", "ハブ"),
    "refinery": ("Refinery", "製錬所"),
    "opens": ("opens", "開設"),
    "starts": ("starts, as it stands", "既設を利用開始"),
    "grows": ("grows", "増設"),
    "idles": ("idles", "休止"),
    "resumes": ("resumes", "再開"),
    "closes": ("closes", "閉鎖"),
}


def write_years_workbook(plan: YearsData, file: Path, *, lang: str = "en") -> None:
    """Write the workbook of a plan over several years.

    First the plants of every year with names, sizes and yen; then a sheet for each table, that of years with a chart of
    what they cost, what every column means, and the fingerprints of the input.

    Parameters
    ----------
    plan : YearsData
    file : Path
        Replaced where it is there.
    lang : {"en", "ja"}

    Raises
    ------
    UsageError
        An unknown language.
    """
    spoken = check_language(lang)
    tables = {DECISION: tabulate_plants(plan, spoken)} | {name: getattr(plan, name) for name in YEARS_TABLES}
    with new_book(file, plan.title) as book:
        styles = Styles(book)
        for name, table in tables.items():
            head = head_decision if name == DECISION else name_column
            heads = [head(str(column), plan.settings, lang) for column in table.columns]
            sheet = book.add_worksheet(name)
            write_table(sheet, table, heads, styles)
            if name == BY_YEAR:
                _draw_costs(book, sheet, table, plan, spoken)
        write_dictionary(book, tables, plan.settings, styles, spoken)
        hashes = {file: mark for one in plan.plans.values() for file, mark in one.hashes.items()}
        write_fingerprints(book, hashes, styles, spoken)


def _draw_costs(book: Any, sheet: Any, table: pd.DataFrame, plan: YearsData, lang: Lang) -> None:
    """Draw below the table of years what each of them costs: a column of what is used, unused and idle."""
    words = speak_in_commodity_words(WORDS, plan.settings, lang)
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    columns = table.columns.tolist()
    for name, colour in zip(COST_COLUMNS, COST_COLOURS, strict=True):
        at, year = columns.index(name), columns.index("year")
        chart.add_series(
            {
                "name": [BY_YEAR, 0, at],
                "categories": [BY_YEAR, 1, year, len(table), year],
                "values": [BY_YEAR, 1, at, len(table), at],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    chart.set_title({"name": words["chart"], "name_font": {"size": 12, "bold": False}, "overlay": False})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": CHART_PX[0], "height": CHART_PX[1]})
    sheet.insert_chart(len(table) + BELOW, 0, chart, {"description": words["chart"]})


def tabulate_plants(plan: YearsData, lang: Lang) -> pd.DataFrame:
    """Return the plants that stand or do something, a row for each planned year, by region, hubs first.

    Parameters
    ----------
    plan : YearsData
    lang : {"en", "ja"}
        Language of names.
    """
    words = speak_in_commodity_words(WORDS, plan.settings, lang)
    regions = {
        key: name for one in list(plan.plans.values())[::-1] for key, name in name_regions(one.regions, lang).items()
    }
    order = {key: at for at, key in enumerate(regions)}
    steps = tell_steps(plan.schedule)["step"].reindex(plan.schedule.index, fill_value="")
    stands = plan.schedule["stage"].isin([OPEN, IDLE])
    shown = plan.schedule.assign(step=steps)[stands | (steps != "")].to_dict("records")
    shown.sort(key=lambda row: (row["year"], order.get(str(row["region"]), len(order)), row["kind"], row["id"]))
    return pd.DataFrame(
        {
            "year": [int(row["year"]) for row in shown],
            "plant_region": [regions.get(str(row["region"]), str(row["region"])) for row in shown],
            "plant_kind": [words[str(row["kind"])] for row in shown],
            "plant": [shorten_plant({"operator": "", **row}, lang) for row in shown],
            "plant_id": [str(row["id"]) for row in shown],
            "plant_technology": [name_technology(plan.settings, str(row["technology"]), lang) for row in shown],
            "does": [words.get(str(row["step"]), "") for row in shown],
            **{
                key: [float(row[key]) for row in shown]
                for key in ("size_t", "load_t", "invested_jpy", "capital_jpy", "idle_jpy", "closing_jpy")
            },
        }
    )
