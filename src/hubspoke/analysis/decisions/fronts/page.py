"""A front as one HTML page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.analysis.decisions.fronts.cells import head_cells, row_cells
from hubspoke.analysis.decisions.fronts.charts import draw_front
from hubspoke.analysis.decisions.fronts.words import WORDS, summarise_front
from hubspoke.outputs.report.blocks import Block, Charts, Column, Paragraph, Section, Table
from hubspoke.outputs.report.page import write_page
from hubspoke.words.commodity import in_commodity_words
from hubspoke.words.language import speak
from hubspoke.words.names import name_title
from hubspoke.words.scale import choose_scale

if TYPE_CHECKING:
    from hubspoke.analysis.decisions.fronts.find import FrontFound
    from hubspoke.words.language import Lang

LISTED = 300
"""Most rows of a table."""


def write_front_page(found: FrontFound, *, lang: Lang = "en") -> str:
    """Write a front as one HTML page.

    Parameters
    ----------
    found : FrontFound
    lang : {"en", "ja"}

    Returns
    -------
    str
        HTML.
    """
    words = {key: in_commodity_words(text, found.settings, lang) for key, text in speak(WORDS, lang).items()}
    title = name_title(found.settings.title, found.settings, lang)
    heading = words["title"].format(title=title, measure=words[found.measure.name])
    lines = tuple(Paragraph(line, role="lead") for line in summarise_front(found, lang))
    sections = [
        Section("in-short", words["in_short"], lines),
        _tell_chart(found, words, lang),
        _tell_points(found, words, lang),
        _tell_plants(found, words, lang),
    ]
    return write_page(heading, f"{words['front']} · {found.policy} · {found.year}", sections, lang=lang)


def _tell_chart(found: FrontFound, words: dict[str, str], lang: Lang) -> Section:
    points, measure = found.points, found.measure
    scale = choose_scale(float(points["cost_jpy"].abs().max()), lang, yen=True)
    title = words["chart"].format(measure=words[measure.name])
    chart = draw_front(
        title,
        points[measure.column].astype(float).tolist(),
        (points["cost_jpy"] / scale.divisor).tolist(),
        goes_on=(points["kind"] == "segment").tolist(),
        knee=None if found.knee is None else (found.knee - 1, str(found.knee)),
        axis=f"{words[measure.name]}, {words[f'{measure.name}_unit']}",
        upright=scale.fit(words["cost_axis"]),
    )
    return Section("front", title, (Charts((chart,)),))


def _tell_points(found: FrontFound, words: dict[str, str], lang: Lang) -> Section:
    forms = ("text", "text", "number", "number", "number", "number", "prose", "prose")
    columns = tuple(Column(name, form) for name, form in zip(head_cells(found, words), forms, strict=True))
    rows = tuple(row_cells(found, row, words, lang) for row in found.points.head(LISTED).to_dict("records"))
    blocks: list[Block] = [Table(words["points_table"], columns, rows, small=True)]
    if len(found.points) > LISTED:
        blocks.append(Paragraph(words["cut"].format(n=LISTED, all=len(found.points)), role="small"))
    blocks.append(Paragraph(words["note"], role="small"))
    return Section("points", words["points_table"], tuple(blocks))


def _tell_plants(found: FrontFound, words: dict[str, str], lang: Lang) -> Section:
    columns = (
        Column(words["plant"]),
        Column(words["id"]),
        Column(words["plant_kind"]),
        Column(words["region"]),
        Column(words["share"], "number"),
        Column(words["load"], "number"),
    )
    rows = tuple(
        (
            found.names.short(str(row["id"]), lang),
            str(row["id"]),
            words[f"{row['kind']}_kind"],
            found.names.region(str(row["region"]), lang),
            f"{100 * row['share']:.0f} %",
            f"{row['load_least_t']:,.0f} - {row['load_most_t']:,.0f}",
        )
        for row in found.plants.to_dict("records")
    )
    return Section("plants", words["plants_table"], (Table(words["plants_table"], columns, rows, small=True),))
