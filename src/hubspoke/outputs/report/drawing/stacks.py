"""Draw bars whose parts lie one behind the other in the order in which packs pass them."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from hubspoke.outputs.maps.colours import STAGE_COLOURS
from hubspoke.outputs.report.drawing import charts
from hubspoke.outputs.report.drawing.charts import INK, format_tick, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubspoke.outputs.report.drawing.charts import Chart


def draw_stacks(
    title: str, names: Sequence[str], series: Mapping[str, Sequence[float]], *, axis: str, digits: int = 0
) -> Chart:
    """Draw a bar for each name, made of a part for each series, with its sum beside it.

    Parameters
    ----------
    title : str
        What is shown.
    names : sequence of str
    series : mapping of str to sequence of float
        By label, one value for each name; at most as many as there are stages.
    axis : str
        Unit of the values.
    digits : int
        Decimals of the sums.

    Returns
    -------
    Chart
    """
    figure, axes = charts.begin_chart(1.1 + 0.3 * max(len(names), 1))
    places = range(len(names))
    parts = list(series.values())
    ends = [list(accumulate((part[at] for part in parts), initial=0.0)) for at in places]
    for at, (part, colour) in enumerate(zip(parts, STAGE_COLOURS, strict=False)):
        axes.barh(places, part, left=[end[at] for end in ends], color=colour, height=0.7)
    texts = [f"{end[-1]:,.{digits}f}" for end in ends]
    for place, total in zip(places, texts, strict=True):
        axes.annotate(
            total, (max(ends[place]), place), (4, 0), textcoords="offset points",
            va="center", fontsize=9, color=INK, parse_math=False,
        )  # fmt: skip
    axes.set_yticks(places, [shorten(name) for name in names])
    axes.invert_yaxis()
    axes.margins(x=0.16, y=0.02)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(format_tick)
    axes.set_xlabel(axis, parse_math=False)
    handles = [Patch(color=colour) for colour, _ in zip(STAGE_COLOURS, series, strict=False)]
    labels = list(map(shorten, series))
    legend = figure.legend(handles, labels, loc="outside upper left", frameon=False, fontsize=9, ncols=4)
    for text in legend.get_texts():
        text.set_parse_math(False)
    told = []
    for at, (name, total) in enumerate(zip(names, texts, strict=True)):
        parted = ", ".join(f"{label} {part[at]:,.{digits}f}" for label, part in series.items())
        told.append(f"{name} {total} ({parted})")
    return charts.end_chart(figure, title, "; ".join(told), axis)
