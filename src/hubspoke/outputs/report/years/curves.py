"""Charts over the years of a plan: capacity against tonnes, and cash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from hubspoke.outputs.report.drawing import charts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from hubspoke.outputs.report.drawing.charts import Chart

TAKEN_FILL = "#9fc3dc"


def draw_capacity(
    title: str, spans: Sequence[tuple[int, int]], taken_t: Sequence[float], stands_t: Sequence[float],
    words: Mapping[str, str],
) -> Chart:  # fmt: skip
    """Draw what plants take in as an area, and what they are built for as a line above it.

    Parameters
    ----------
    title : str
        What is shown.
    spans : sequence of (int, int)
        First and last year that each planned year stands for.
    taken_t, stands_t : sequences of float
        One for each planned year, t per year.
    words : mapping of str to str
        What `years_words` returns.

    Returns
    -------
    Chart
    """
    figure, axes = charts.begin_chart(2.8)
    for (start, end), taken, stands in zip(spans, taken_t, stands_t, strict=True):
        axes.bar(start, taken, width=end + 1 - start, align="edge", color=TAKEN_FILL)
        axes.plot([start, end + 1], [stands, stands], color=charts.INK, linewidth=2, solid_capstyle="butt")
    for at in range(1, len(spans)):
        axes.plot([spans[at][0]] * 2, [stands_t[at - 1], stands_t[at]], color=charts.INK, linewidth=2)
    axes.set_ylabel(words["t_per_yr"], parse_math=False)
    _mark_years(axes, [start for start, _ in spans], spans[-1][1])
    handles = [Patch(color=TAKEN_FILL), Patch(color=charts.INK)]
    figure.legend(handles, [words["taken"], words["stands"]], loc="outside upper left", ncols=2, frameon=False,
                  fontsize=9)  # fmt: skip
    told = [
        f"{start}: {words['taken']} {taken:,.0f}, {words['stands']} {stands:,.0f}"
        for (start, _), taken, stands in zip(spans, taken_t, stands_t, strict=True)
    ]
    return charts.end_chart(figure, title, "; ".join(told), words["t_per_yr"])


def draw_cash(title: str, years: Sequence[int], parts: Mapping[str, pd.Series], words: Mapping[str, str]) -> Chart:
    """Draw what is paid at the end of every year, by part; what is credited stands below the line.

    Parameters
    ----------
    title : str
        What is shown.
    years : sequence of int
    parts : mapping of str to Series
        Amounts by label, one for each year, in the unit `words["large_yen"]`.
    words : mapping of str to str
        What `years_words` returns.

    Returns
    -------
    Chart
    """
    figure, axes = charts.begin_chart(3.0)
    above, below, told = np.zeros(len(years)), np.zeros(len(years)), []
    used = {label: values.to_numpy(float) for label, values in parts.items() if (values.abs() > 0).any()}
    for at, (label, values) in enumerate(used.items()):
        base = np.where(values >= 0, above, below)
        axes.bar(years, values, bottom=base, width=0.8, color=charts.FILLS[at % len(charts.FILLS)])
        above, below = above + np.maximum(values, 0.0), below + np.minimum(values, 0.0)
        said = [f"{year} {value:,.2f}" for year, value in zip(years, values, strict=True) if abs(value) >= 0.005]
        told.append(f"{label}: {', '.join(said)}")
    axes.axhline(0, color=charts.INK, linewidth=0.8)
    axes.set_ylabel(words["large_yen"], parse_math=False)
    axes.grid(visible=False, axis="x")
    axes.grid(visible=True, axis="y", color=charts.GRID)
    axes.yaxis.set_major_formatter(charts.format_tick)
    axes.xaxis.set_major_locator(MaxNLocator(7, integer=True))
    handles = [Patch(color=charts.FILLS[at % len(charts.FILLS)]) for at in range(len(used))]
    figure.legend(handles, list(used), loc="outside upper left", ncols=3, frameon=False, fontsize=9)
    return charts.end_chart(figure, title, "; ".join(told), words["large_yen"])


def _mark_years(axes: Any, years: Sequence[int], last: int) -> None:
    """Write every planned year at its beginning."""
    axes.set_xlim(years[0], last + 1)
    axes.set_ylim(bottom=0)
    axes.set_xticks(list(years), [str(year) for year in years])
    axes.grid(visible=True, axis="y", color=charts.GRID)
    axes.yaxis.set_major_formatter(charts.format_tick)
