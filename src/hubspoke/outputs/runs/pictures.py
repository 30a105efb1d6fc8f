"""The pictures of a report as files, for slides and papers."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from hubspoke.outputs.report.blocks import Charts
from hubspoke.outputs.report.page import SECTIONS

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

COLOUR = re.compile(r"var\(--[\w-]+, *(#[0-9A-Fa-f]{3,6})\)")
"""A colour that pages change by night, and what it is by day: programs that draw know no variables."""
NIGHT = re.compile(r"<style>@media screen.*?</style>", re.DOTALL)
SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
FONT = "Noto Sans, Noto Sans CJK JP, Hiragino Sans, Yu Gothic, Helvetica, Arial, sans-serif"


def write_pictures(plan: PlanData, folder: Path, *, lang: Lang) -> list[Path]:
    """Write every picture and chart of a report as an SVG file of its own, in the colours of the day.

    Parameters
    ----------
    plan : PlanData
    folder : Path
        Where; the name of a file is that of its section, numbered where that has several.
    lang : {"en", "ja"}

    Returns
    -------
    list of Path
    """
    files = []
    for section in filter(None, (describe(plan, lang) for describe in SECTIONS)):
        charts = [chart for block in section.blocks if isinstance(block, Charts) for chart in block.charts]
        for number, chart in enumerate(charts, 1):
            file = folder / (f"{section.key}-{number:02d}.svg" if len(charts) > 1 else f"{section.key}.svg")
            file.write_text(stand_alone(chart.svg, chart.title), encoding="utf-8", newline="\n")
            files.append(file)
    return files


def stand_alone(svg: str, title: str) -> str:
    """Return a drawing of a page as a file that needs no page: with name space, size, font, title and white ground.

    Parameters
    ----------
    svg : str
    title : str
    """
    size = SIZE.search(svg)
    measures = f' width="{size[1]}" height="{size[2]}"' if size else ""
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{FONT}"{measures}'
    ground = '<rect width="100%" height="100%" fill="#fff"/>'
    head, _, rest = NIGHT.sub("", COLOUR.sub(r"\1", svg)).partition(">")
    return f"{head.replace('<svg', opening, 1)}><title>{escape(title)}</title>{ground}{rest}\n"
