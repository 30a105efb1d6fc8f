"""One page for what any analysis tells: sentences above, a section for each table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.outputs.report.blocks import Block, Charts, Column, Paragraph, Section, Table
from hubspoke.outputs.report.page import write_page
from hubspoke.words.language import speak
from hubspoke.words.told import ToldTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hubspoke.outputs.report.drawing.charts import Chart
    from hubspoke.words.language import Lang, Pairs
    from hubspoke.words.told import Told

LISTED = 300
"""Most rows of a table that a page shows."""
WORDS: Pairs = {
    "in_short": ("In short", "要約"),
    "cut": (
        "The first {n} of {all} rows; the CSV files beside the page have all.",
        "全{all}行のうち最初の{n}行（同じフォルダのCSVに全行がある）。",
    ),
}


def write_told_page(title: str, subtitle: str, told: Iterable[Told], *, lang: Lang, chart: Chart | None = None) -> str:
    """Write what an analysis tells as one HTML page.

    Parameters
    ----------
    title, subtitle : str
    told : iterable of str and ToldTable
    lang : {"en", "ja"}
    chart : Chart, optional
        Below the sentences.
    """
    words = speak(WORDS, lang)
    short: list[Block] = []
    sections: list[Section] = []
    for one in told:
        if isinstance(one, ToldTable):
            caption = one.caption.rstrip(":：")
            cut = words["cut"].format(n=LISTED, all=len(one.rows))
            more = (Paragraph(cut, role="small"),) if len(one.rows) > LISTED else ()
            sections.append(Section(f"table-{len(sections) + 1}", caption, (show_table(one), *more)))
        else:
            short.append(Paragraph(one, role="" if short else "lead"))
    if chart is not None:
        short.append(Charts((chart,)))
    return write_page(title, subtitle, [Section("in-short", words["in_short"], tuple(short)), *sections], lang=lang)


def show_table(told: ToldTable) -> Table:
    """Return a table of texts as a block of a page, no longer than a page shows.

    Parameters
    ----------
    told : ToldTable
    """
    columns = tuple(Column(head, form) for head, form in zip(told.heads, told.forms, strict=True))
    return Table(told.caption.rstrip(":："), columns, told.rows[:LISTED], small=True)
