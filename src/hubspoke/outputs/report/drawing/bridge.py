"""Draw a bridge: from the cost of one plan to that of another, a step for each stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import MaxNLocator

from hubspoke.outputs.report.drawing import charts
from hubspoke.outputs.report.drawing.charts import FILL, INK, format_tick, shorten
from hubspoke.words.numbers import format_change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.outputs.report.drawing.charts import Chart

MORE, LESS = "#c9602c", "#1b7f5c"
"""Colours of steps up and down, which their signs tell, too."""


def draw_bridge(
    title: str, first: tuple[str, float], steps: Sequence[tuple[str, float]], last: str, *, axis: str
) -> Chart:
    """Draw two bars, and between them a step for each part of their difference.

    Parameters
    ----------
    title : str
        What is shown.
    first : tuple of str and float
        Name and value of the first bar.
    steps : sequence of (str, float)
        Name and size of each step; the last bar is where they lead to.
    last : str
        Name of the last bar.
    axis : str
        Unit of the values.

    Returns
    -------
    Chart
    """
    figure, axes = charts.begin_chart(0.9 + 0.3 * (len(steps) + 2))
    at = first[1]
    bars = [(first[0], 0.0, first[1], FILL, f"{first[1]:,.0f}")]
    for name, step in steps:
        bars.append((name, at, step, MORE if step > 0 else LESS, format_change(step)))
        at += step
    bars.append((last, 0.0, at, FILL, f"{at:,.0f}"))
    for place, (_, left, width, colour, text) in enumerate(bars):
        axes.barh(place, width, left=left, color=colour, height=0.7)
        axes.annotate(
            text, (max(left, left + width), place), (4, 0), textcoords="offset points",
            va="center", fontsize=9, color=INK, parse_math=False,
        )  # fmt: skip
    axes.set_yticks(range(len(bars)), [shorten(name) for name, *_ in bars])
    axes.invert_yaxis()
    axes.margins(x=0.16, y=0.02)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(format_tick)
    axes.set_xlabel(axis, parse_math=False)
    return charts.end_chart(figure, title, "; ".join(f"{name} {text}" for name, *_, text in bars), axis)
