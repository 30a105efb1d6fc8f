"""Losses of plants as data, and as a folder: table, map and page."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.decisions.disruption.critical_map import draw_critical
from hubspoke.analysis.decisions.disruption.words import WORDS, survivor_lines, tell_losses, tell_worst
from hubspoke.analysis.decisions.told_page import show_table
from hubspoke.base.atomic_write import check_replaceable, replaced_file
from hubspoke.outputs.exports.csv_table import write_csv_table
from hubspoke.outputs.report.blocks import Block, Charts, Paragraph, Section
from hubspoke.outputs.report.page import write_page
from hubspoke.words.commodity import in_commodity_words
from hubspoke.words.language import speak
from hubspoke.words.names import name_title

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.analysis.decisions.disruption.disruption import Disruption
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

LOSSES, PAGE = "disruption.csv", "disruption.html"


def write_disruption(found: Disruption, plan: PlanData, folder: str | Path, *, lang: Lang = "en") -> Path:
    """Write the losses of plants into a folder: a table, and a page with a map of them.

    Parameters
    ----------
    found : Disruption
    plan : PlanData
        That was disrupted.
    folder : str or Path
        New, empty, or one that was written so before.
    lang : {"en", "ja"}
        Of the page.

    Returns
    -------
    Path
        The folder, absolute.

    Raises
    ------
    UsageError
        The folder holds something else, or cannot be written.
    """
    home = check_replaceable(folder, mark=LOSSES, kind="disruption", example="losses")
    home.mkdir(parents=True, exist_ok=True)
    with replaced_file(home / LOSSES) as part:
        write_csv_table(found.plants, part)
    with replaced_file(home / PAGE) as part:
        part.write_text(write_loss_page(found, plan, lang=lang), encoding="utf-8", newline="\n")
    return home


def describe_disruption(found: Disruption) -> dict[str, Any]:
    """Return what losses do, as data for JSON; what has no value is null.

    Parameters
    ----------
    found : Disruption
    """

    def no_nan(value: object) -> object:
        return None if isinstance(value, float) and value != value else value  # noqa: PLR0124 - NaN

    survivor = None
    if found.survivor is not None:
        survivor = {name: no_nan(value) for name, value in asdict(found.survivor).items() if name != "plants"}
        plants = found.survivor.plants
        survivor["plants"] = [] if plants is None else plants.to_dict("records")
    rows = [{str(name): no_nan(value) for name, value in row.items()} for row in found.plants.to_dict("records")]
    return {"cost_jpy": found.cost_jpy, "plants": rows, "survivor": survivor}


def write_loss_page(found: Disruption, plan: PlanData, *, lang: Lang) -> str:
    """Write the losses as one HTML page: a map of criticality, and the table beside it.

    Parameters
    ----------
    found : Disruption
    plan : PlanData
    lang : {"en", "ja"}
    """
    words = {key: in_commodity_words(text, found.settings, lang) for key, text in speak(WORDS, lang).items()}
    short: list[Block] = [] if found.plants.empty else [Paragraph(tell_worst(found, words, lang), role="lead")]
    short += [Paragraph(line) for line in survivor_lines(found, words, lang)]
    chart = draw_critical(found, plan, lang)
    sections = [Section("in-short", words["in_short"], tuple(short))]
    if chart is not None:
        sections.append(Section("map", words["map"], (Charts((chart,)), Paragraph(words["map_note"], role="small"))))
    sections.append(Section("losses", words["losses"], (show_table(tell_losses(found, words, lang)),)))
    title = name_title(plan.title, found.settings, lang)
    return write_page(words["title"].format(title=title), f"{plan.policy} · {plan.year}", sections, lang=lang)
