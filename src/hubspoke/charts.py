"""Charts of the report, as SVG that stands in the page: text stays text, so that the reader's fonts draw it."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import get_font_names

if TYPE_CHECKING:
    from collections.abc import Sequence

FONTS = ("Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic", "Hiragino Sans", "IPAexGothic", "MS Gothic", "DejaVu Sans")
INK, GRID, FILL, FAINT = "#22303c", "#d8dee4", "#2f6f9f", "#c9602c"
WIDTH_IN = 7.2


@dataclass(frozen=True)
class Chart:
    """A chart: title, SVG text, and what it shows in words for those who cannot see it."""

    title: str
    svg: str
    words: str


def draw_bars(title: str, names: Sequence[str], values: Sequence[float], *, axis: str, digits: int = 0) -> Chart:
    """Draw a bar for each name, with its value beside it."""
    figure, axes = _begin(0.75 + 0.3 * max(len(names), 1))
    places = range(len(names))
    bars = axes.barh(places, values, color=[FILL if value >= 0 else FAINT for value in values], height=0.7)
    axes.set_yticks(places, [_shorten(name) for name in names])
    axes.invert_yaxis()
    labels = [f"{value:,.{digits}f}" for value in values]
    axes.bar_label(bars, labels=labels, padding=4, color=INK, fontsize=9, parse_math=False)
    axes.margins(x=0.14)
    axes.set_xlabel(axis, parse_math=False)
    return _end(figure, title, "; ".join(f"{name} {label}" for name, label in zip(names, labels, strict=True)), axis)


def draw_histogram(title: str, edges: Sequence[float], heights: Sequence[float], *, axis: str, upright: str) -> Chart:
    """Draw tonnes by class of distance."""
    figure, axes = _begin(2.6)
    widths = [right - left for left, right in pairwise(edges)]
    axes.bar(edges[:-1], heights, width=widths, align="edge", color=FILL, edgecolor="white", linewidth=0.8)
    axes.set_xlabel(axis, parse_math=False)
    axes.set_ylabel(upright, parse_math=False)
    axes.yaxis.set_major_formatter(lambda value, _at: f"{value:,.0f}")
    axes.grid(visible=True, axis="y", color=GRID)
    axes.grid(visible=False, axis="x")
    told = [
        f"{left:,.0f}-{right:,.0f}: {height:,.0f}"
        for left, right, height in zip(edges[:-1], edges[1:], heights, strict=True)
        if height > 0
    ]
    return _end(figure, title, "; ".join(told), f"{axis}, {upright}")


def _begin(height_in: float) -> tuple[Figure, Any]:
    installed = set(get_font_names())
    fonts = [font for font in FONTS if font in installed]
    with mpl.rc_context({"font.family": fonts, "font.size": 10, "text.color": INK, "axes.labelcolor": INK}):
        figure = Figure(figsize=(WIDTH_IN, height_in), layout="constrained")
        axes = figure.add_subplot()
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(GRID)
    axes.tick_params(colors=INK, length=0)
    axes.grid(visible=True, axis="x", color=GRID)
    axes.set_axisbelow(True)
    return figure, axes


def _end(figure: Figure, title: str, values: str, axis: str) -> Chart:
    out = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "hubspoke"}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # the reader's browser has the letters
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r'<svg [^>]*viewBox="([^"]*)"[^>]*>', r'<svg viewBox="\1" role="presentation">', svg, count=1)
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    return Chart(title, svg, f"{title} ({axis}): {values}")


def _shorten(name: str) -> str:
    """Cut a long name, and keep its signs from being read as mathematics."""
    cut = name if len(name) <= 34 else f"{name[:33]}…"
    return cut.replace("$", r"\$")
