"""The charts of a sweep: tornado, scatter, and which plants are built in which case."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from matplotlib.ticker import MaxNLocator

from hubspoke.outputs.report.drawing.charts import (
    FAINT,
    FILL,
    FILLS,
    GRID,
    INK,
    begin_chart,
    end_chart,
    format_tick,
    shorten,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.outputs.report.drawing.charts import Chart

ROW_IN = 0.26
"""Height of a row of a chart, inches."""


def draw_tornado(title: str, rows: Sequence[tuple[str, Sequence[tuple[str, float]]]], *, axis: str) -> Chart:
    """Draw for each setting how far its values move the cost, the widest first.

    Parameters
    ----------
    title : str
    rows : sequence of (str, sequence of (str, float))
        Name of a setting, and of each of its values the words and the change.
    axis : str
        Unit of the changes.

    Returns
    -------
    Chart
    """
    figure, axes = begin_chart(0.9 + 1.35 * ROW_IN * max(len(rows), 2))
    told = []
    for at, (name, ends) in enumerate(rows):
        for value, change in ends:
            axes.barh(at, change, color=FILL if change < 0 else FAINT, height=0.62)
            side = "right" if change < 0 else "left"
            axes.annotate(
                shorten(value), (change, at), xytext=(-3 if change < 0 else 3, 0), textcoords="offset points",
                ha=side, va="center", fontsize=7.5, color=INK, parse_math=False,
            )  # fmt: skip
        told.append(f"{name}: " + ", ".join(f"{value} {change:+,.3g}" for value, change in ends))
    axes.set_yticks(range(len(rows)), [shorten(name) for name, _ in rows])
    axes.invert_yaxis()
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.margins(x=0.2, y=0.02)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(format_tick)
    axes.set_xlabel(axis, parse_math=False)
    return end_chart(figure, title, "; ".join(told), axis)


def draw_points(title: str, x: Sequence[float], y: Sequence[float], *, axis: str, upright: str) -> Chart:
    """Draw a point for each case.

    Parameters
    ----------
    title : str
    x, y : sequence of float
    axis, upright : str
        Names of both.

    Returns
    -------
    Chart
    """
    figure, axes = begin_chart(2.8)
    axes.scatter(x, y, s=14, color=FILL, alpha=0.75, linewidths=0)
    axes.set_xlabel(axis, parse_math=False)
    axes.set_ylabel(upright, parse_math=False)
    for scale in (axes.xaxis, axes.yaxis):
        scale.set_major_locator(MaxNLocator(5))
        scale.set_major_formatter(format_tick)
    axes.grid(visible=True, axis="both", color=GRID)
    told = f"{len(x)}: {min(x):,.4g}-{max(x):,.4g}, {min(y):,.4g}-{max(y):,.4g}"
    return end_chart(figure, title, told, f"{axis}, {upright}")


def draw_matrix(title: str, rows: Sequence[tuple[str, Sequence[int], float]], cases: int, *, axis: str) -> Chart:
    """Draw a row for each plant, with a bar over the cases in which it is built.

    Parameters
    ----------
    title : str
    rows : sequence of (str, sequence of int, float)
        Name, numbers of cases from 1 on in ascending order, and share of cases.
    cases : int
        Number of all cases.
    axis : str
        What a column is.

    Returns
    -------
    Chart
    """
    figure, axes = begin_chart(0.8 + ROW_IN * max(len(rows), 2))
    for at, (_, numbers, _) in enumerate(rows):
        starts = [numbers[0], *(new for old, new in pairwise(numbers) if new != old + 1)]
        ends = [*(old for old, new in pairwise(numbers) if new != old + 1), numbers[-1]]
        spans = [(start - 0.5, end - start + 1) for start, end in zip(starts, ends, strict=True)]
        axes.broken_barh(spans, (at - 0.36, 0.72), color=FILLS[0], linewidth=0)
        axes.annotate(
            f"{100 * rows[at][2]:.0f} %", (1, at), xycoords=("axes fraction", "data"), xytext=(4, 0),
            textcoords="offset points", va="center", fontsize=8, color=INK,
        )  # fmt: skip
    axes.set_yticks(range(len(rows)), [shorten(name) for name, _, _ in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0.5, cases + 0.5)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.xaxis.set_major_formatter(format_tick)
    axes.set_xlabel(axis, parse_math=False)
    told = "; ".join(f"{name} {100 * share:.0f} %" for name, _, share in rows)
    return end_chart(figure, title, told, axis)
