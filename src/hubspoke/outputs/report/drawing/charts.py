"""Draw the charts of a report as SVG inside the page; text stays text, and the reader's own fonts draw it."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import get_font_names
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from hubspoke.words.text_table import text_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FONTS = ("Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic", "Hiragino Sans", "IPAexGothic", "MS Gothic", "DejaVu Sans")
INK, GRID, FILL, FAINT = "#22303c", "#d8dee4", "#2f6f9f", "#c9602c"
LONGEST = 26
"""Most letters of a name on a chart; wide East Asian ones count twice."""

FILLS = (FILL, "#d98a3d", "#1b7f5c", "#8a5a9e", "#7f7f7f", "#b8405e")
"""Colours of series, which differ in lightness too, for people with colour-vision deficiencies."""

WIDTH_IN = 5.4
"""Width of a chart: it fits a phone with small but legible letters, and a desktop shows two side by side."""


@dataclass(frozen=True)
class Chart:
    """A chart.

    Attributes
    ----------
    title : str
    svg : str
        The drawing, to be put into a page as it is.
    words : str
        What it shows, for those who cannot see it.
    follows_night : bool
        Whether it takes the colours of the page by night; else it stands on white.
    """

    title: str
    svg: str
    words: str
    follows_night: bool = False


def draw_bars(
    title: str,
    names: Sequence[str],
    values: Sequence[float],
    *,
    axis: str,
    digits: int = 0,
    line: tuple[float, str] | None = None,
    limit: float | None = None,
) -> Chart:
    """Draw a bar for each name, with its value beside it.

    Parameters
    ----------
    title : str
        What is shown.
    names : sequence of str
    values : sequence of float
        One for each name.
    axis : str
        Unit of the values.
    digits : int
        Decimals of the values.
    line : (float, str), optional
        Value and words of a line across all bars, such as the mean.
    limit : float, optional
        Where the axis ends, such as at 100 %.

    Returns
    -------
    Chart
    """
    figure, axes = begin_chart(0.8 + 0.3 * max(len(names), 1) + (0.2 if line else 0))
    places = range(len(names))
    bars = axes.barh(places, values, color=[FILL if value >= 0 else FAINT for value in values], height=0.7)
    axes.set_yticks(places, [shorten(name) for name in names])
    axes.invert_yaxis()
    labels = [f"{value:,.{digits}f}" for value in values]
    behind = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
    axes.bar_label(bars, labels=labels, padding=4, color=INK, fontsize=9, parse_math=False, bbox=behind)
    axes.margins(x=0.16, y=0.02)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(format_tick)
    axes.set_xlabel(axis, parse_math=False)
    if limit is not None:
        axes.set_xlim(0, limit * 1.12)
        axes.axvline(limit, color=INK, linewidth=0.8)
    told = [f"{name} {label}" for name, label in zip(names, labels, strict=True)]
    if line is not None:
        axes.axvline(line[0], color=FAINT, linewidth=1.2, zorder=0.9)
        axes.annotate(
            line[1], (line[0], 1), xycoords=("data", "axes fraction"), xytext=(0, 3), textcoords="offset points",
            ha="center", va="bottom", fontsize=9, color=INK, parse_math=False,
        )  # fmt: skip
        told.append(line[1])
    return end_chart(figure, title, "; ".join(told), axis)


def draw_groups(
    title: str, names: Sequence[str], series: Mapping[str, Sequence[float]], *, axis: str, digits: int = 0
) -> Chart:
    """Draw a group of bars for each name, in it a bar for each series in the colour of the series.

    Parameters
    ----------
    title : str
        What is shown.
    names : sequence of str
    series : mapping of str to sequence of float
        By label, one value for each name.
    axis : str
        Unit of the values.
    digits : int
        Decimals of the values.

    Returns
    -------
    Chart
    """
    rows = len(names) * (len(series) + 0.6)
    figure, axes = begin_chart(1.0 + 0.2 * max(rows, 2) + 0.22 * len(series))
    height = 0.86 / max(len(series), 1)
    told = []
    for at, (label, values) in enumerate(series.items()):
        places = [row + (at - (len(series) - 1) / 2) * height for row in range(len(names))]
        bars = axes.barh(places, values, color=FILLS[at % len(FILLS)], height=height * 0.94)
        texts = [f"{value:,.{digits}f}" for value in values]
        axes.bar_label(bars, labels=texts, padding=4, color=INK, fontsize=8, parse_math=False)
        told.append(f"{label}: " + ", ".join(f"{name} {text}" for name, text in zip(names, texts, strict=True)))
    axes.set_yticks(range(len(names)), [shorten(name) for name in names])
    axes.invert_yaxis()
    axes.margins(x=0.16, y=0.02)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(format_tick)
    axes.set_xlabel(axis, parse_math=False)
    handles = [Patch(color=FILLS[at % len(FILLS)]) for at in range(len(series))]
    legend = figure.legend(handles, list(map(shorten, series)), loc="outside upper left", frameon=False, fontsize=9)
    for text in legend.get_texts():
        text.set_parse_math(False)
    return end_chart(figure, title, "; ".join(told), axis)


def draw_histogram(title: str, edges: Sequence[float], heights: Sequence[float], *, axis: str, upright: str) -> Chart:
    """Draw amounts by class of a quantity, such as tonnes by distance.

    Parameters
    ----------
    title : str
        What is shown.
    edges : sequence of float
        Edges of the classes, ascending; one more than there are classes.
    heights : sequence of float
        Amount in each class.
    axis, upright : str
        Units of the edges and of the heights.

    Returns
    -------
    Chart
    """
    figure, axes = begin_chart(2.6)
    widths = [right - left for left, right in pairwise(edges)]
    axes.bar(edges[:-1], heights, width=widths, align="edge", color=FILL, edgecolor="white", linewidth=0.8)
    axes.set_xlabel(axis, parse_math=False)
    axes.set_ylabel(upright, parse_math=False)
    axes.yaxis.set_major_formatter(format_tick)
    axes.xaxis.set_major_formatter(format_tick)
    axes.grid(visible=True, axis="y", color=GRID)
    axes.grid(visible=False, axis="x")
    told = [
        f"{left:,.0f}-{right:,.0f}: {height:,.0f}"
        for left, right, height in zip(edges[:-1], edges[1:], heights, strict=True)
        if height > 0
    ]
    return end_chart(figure, title, "; ".join(told), f"{axis}, {upright}")


def format_tick(value: float, _at: int) -> str:
    """Write a number at an axis.

    Parameters
    ----------
    value : float
    _at : int
        Where it stands among them, as matplotlib gives it.
    """
    return f"{value:,.0f}" if value == round(value) else f"{value:,.4g}"


def begin_chart(height_in: float) -> tuple[Figure, Any]:
    """Begin a chart with the fonts that are installed.

    Parameters
    ----------
    height_in : float
        Inches.

    Returns
    -------
    (Figure, Axes)
    """
    with mpl.rc_context({"font.family": _list_fonts(), "font.size": 10, "text.color": INK, "axes.labelcolor": INK}):
        figure = Figure(figsize=(WIDTH_IN, height_in), layout="constrained")
        axes = figure.add_subplot()
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(GRID)
    axes.tick_params(colors=INK, length=0)
    axes.grid(visible=True, axis="x", color=GRID)
    axes.set_axisbelow(True)
    return figure, axes


@cache
def _list_fonts() -> list[str]:
    installed = set(get_font_names())
    return [font for font in FONTS if font in installed]


def end_chart(figure: Figure, title: str, values: str, axis: str) -> Chart:
    """Write a figure as SVG that does not differ between two runs, and put its content into words.

    Parameters
    ----------
    figure : Figure
    title : str
        What is shown.
    values : str
        Its content in words.
    axis : str
        Unit of the values.

    Returns
    -------
    Chart
    """
    out = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "hubspoke"}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # the reader's browser has the letters
        FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r'<svg [^>]*viewBox="([^"]*)"[^>]*>', r'<svg viewBox="\1" role="presentation">', svg, count=1)
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    return Chart(title, svg, f"{title} ({axis}): {values}")


def shorten(name: str) -> str:
    """Cut a long name, and keep its dollar signs from being read as mathematics.

    Parameters
    ----------
    name : str
    """
    return cut_name(name).replace("$", r"\$")


def cut_name(name: str, room: int = LONGEST) -> str:
    """Cut a name that is too long for a chart.

    Parameters
    ----------
    name : str
    room : int
        Most letters; wide East Asian ones count twice.
    """
    cut = ""
    for letter in name:
        room -= text_width(letter)
        if room < 0:
            return f"{cut}…"
        cut += letter
    return cut
