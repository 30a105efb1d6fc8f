"""The chart of a front."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from matplotlib.ticker import MaxNLocator

from hubspoke.outputs.report.drawing.charts import FAINT, FILL, GRID, INK, begin_chart, end_chart, format_tick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.outputs.report.drawing.charts import Chart


def draw_front(
    title: str,
    x: Sequence[float],
    y: Sequence[float],
    *,
    goes_on: Sequence[bool],
    knee: tuple[int, str] | None,
    axis: str,
    upright: str,
) -> Chart:
    """Draw the points of a front, and the lines along which it goes on.

    Parameters
    ----------
    title : str
    x, y : sequence of float
        The other measure and the cost of each point.
    goes_on : sequence of bool
        Whether a line leads from each to the next.
    knee : (int, str), optional
        Index of the knee, and its words.
    axis, upright : str
        Names of both measures.

    Returns
    -------
    Chart
    """
    figure, axes = begin_chart(3.2)
    for at, ((low, high), (cost, dearer)) in enumerate(zip(pairwise(x), pairwise(y), strict=True)):
        if goes_on[at]:
            axes.plot((low, high), (cost, dearer), color=FILL, linewidth=1.4)
    axes.scatter(x, y, s=16, color=FILL, linewidths=0, zorder=3)
    if knee is not None:
        at, words = knee
        axes.scatter([x[at]], [y[at]], s=46, color=FAINT, linewidths=0, zorder=4)
        axes.annotate(
            words, (x[at], y[at]), xytext=(7, 5), textcoords="offset points", fontsize=9, color=INK, parse_math=False
        )
    axes.set_xlabel(axis, parse_math=False)
    axes.set_ylabel(upright, parse_math=False)
    for scale in (axes.xaxis, axes.yaxis):
        scale.set_major_locator(MaxNLocator(5))
        scale.set_major_formatter(format_tick)
    axes.grid(visible=True, axis="both", color=GRID)
    told = "; ".join(f"{one:,.4g} {two:,.4g}" for one, two in zip(x, y, strict=True))
    return end_chart(figure, title, told, f"{axis}, {upright}")
