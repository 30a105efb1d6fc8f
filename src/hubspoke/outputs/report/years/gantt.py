"""The picture of every plant of a plan over several years: when it opens, grows, stands idle and closes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib.patches import Patch

from hubspoke.outputs.report.drawing import charts
from hubspoke.plan.horizon.summary import last_year
from hubspoke.plan.years import CLOSED, IDLE, OPEN
from hubspoke.words.names import name_plant

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.outputs.report.drawing.charts import Chart
    from hubspoke.plan.years import YearsData
    from hubspoke.words.language import Lang

MOST = 60
"""Plants drawn; beyond that the largest of each kind."""
THICKEST, THINNEST = 0.84, 0.16
"""Height of the bar of the largest plant of its kind, and of one of no size, where 1 is the height of a row."""
OPEN_FILL, IDLE_FILL, STOOD_FILL = charts.FILLS[0], "#c3ccd4", "#17405e"
LEAST_LABEL = 0.11
"""Share of the horizon that a bar must be long to bear the number of its size; beside the last one there is room."""


def choose_plants(plan: YearsData) -> pd.DataFrame:
    """Return the plants to draw: hubs, then refineries, those that open first at the top.

    Parameters
    ----------
    plan : YearsData

    Returns
    -------
    DataFrame
        A row for each plant: `kind`, `id`, `name`, `name_ja`, `existing_t`, `first` year in use, `largest_t`.
    """
    used = plan.schedule[plan.schedule["stage"] == OPEN]
    by = ["kind", "id", "name", "name_ja", "existing_t"]
    plants = used.groupby(by, sort=False, as_index=False).agg(first=("year", "min"), largest_t=("size_t", "max"))
    kept = plants.sort_values("largest_t", ascending=False, kind="stable").head(MOST)
    return kept.sort_values(["kind", "first", "largest_t"], ascending=[True, True, False], ignore_index=True)


def draw_gantt(plan: YearsData, words: Mapping[str, str], lang: Lang) -> Chart:
    """Draw a row for each plant and a bar for each planned year in which it stands.

    Parameters
    ----------
    plan : YearsData
    words : mapping of str to str
        What `years_words` returns.
    lang : {"en", "ja"}

    Returns
    -------
    Chart
    """
    plants = choose_plants(plan)
    figure, axes = charts.begin_chart(1.1 + 0.27 * max(len(plants) + 2, 3))
    ends = plan.factors.set_index("year")["last_year"].to_dict()
    rows = {key: part.to_dict("records") for key, part in plan.schedule.groupby(["kind", "id"], sort=False)}
    largest = plants.groupby("kind")["largest_t"].max().to_dict()
    span = last_year(plan) + 1 - plan.years[0]
    ticks, labels, told, at, kind = [], [], [], 0, ""
    for plant in plants.to_dict("records"):
        if plant["kind"] != kind:
            kind = plant["kind"]
            heading = words["hubs" if kind == "hub" else "refineries"]
            axes.text(plan.years[0], at, heading, va="center", fontsize=9, fontweight="bold", color=charts.INK)
            at += 1
        name = name_plant(plant, lang)
        bars = _Bars(axes, ends, largest[kind], span)
        told.append(f"{name}: {bars.draw(at, rows[kind, plant['id']])}")
        ticks.append(at)
        labels.append(charts.shorten(name))
        at += 1
    axes.set_yticks(ticks, labels, fontsize=8.5)
    axes.set_ylim(at - 0.4, -0.6)
    axes.set_xlim(plan.years[0], last_year(plan) + 1)
    axes.set_xticks([year + 0.5 for year in plan.years], [str(year) for year in plan.years], fontsize=8.5)
    axes.set_xticks(list(plan.years), minor=True)
    axes.grid(visible=False, axis="x")
    axes.grid(visible=True, axis="x", which="minor", color=charts.GRID)
    axes.tick_params(which="minor", length=0)
    shown = plan.schedule[plan.schedule["id"].isin(plants["id"])]
    keys = [(OPEN_FILL, words["open"])]
    if (shown["stage"] == IDLE).any():
        keys.append((IDLE_FILL, words["standing_idle"]))
    if (plants["existing_t"] > 0).any():
        keys.append((STOOD_FILL, words["existing"]))
    handles = [Patch(color=colour) for colour, _ in keys]
    texts = [text for _, text in keys]
    figure.legend(handles, texts, loc="outside upper left", ncols=3, frameon=False, fontsize=9)
    return charts.end_chart(figure, words["gantt"], "; ".join(told), words["t_per_yr"])


@dataclass(frozen=True)
class _Bars:
    """Where bars are drawn: ends of the planned years, size of the largest plant of the kind, length of the horizon."""

    axes: Any
    ends: Mapping[Any, Any]
    largest_t: float
    span: int

    def draw(self, at: int, rows: list[dict[Any, Any]]) -> str:
        """Draw the bars of one plant, and return what it does in words."""
        told, before_t = [], 0.0
        for row in rows:
            year, wide = int(row["year"]), int(self.ends[row["year"]]) + 1 - int(row["year"])
            size_t = float(row["size_t"])
            if row["stage"] == CLOSED and row["step"] == "closes":
                self.axes.text(year + 0.1, at, "×", va="center", fontsize=11, color=charts.FAINT)
                told.append(f"{year} ×")
            if row["stage"] not in (OPEN, IDLE) or size_t <= 0:
                before_t = 0.0
                continue
            tall = _thickness(size_t, self.largest_t)
            self.axes.barh(at, wide, left=year, height=tall, color=OPEN_FILL if row["stage"] == OPEN else IDLE_FILL)
            stood_t = min(float(row["existing_t"]), size_t)
            if stood_t > 0:  # along the lower edge, as thick as it is of the whole
                part = max(tall * stood_t / size_t, 0.06)
                self.axes.barh(at + (tall - part) / 2, wide, left=year, height=part, color=STOOD_FILL)
            if abs(size_t - before_t) > 1e-6 * size_t:
                told.append(f"{year} {size_t:,.0f}")
                if wide >= LEAST_LABEL * self.span:
                    thick = tall > 0.5 and row["stage"] == OPEN
                    self.axes.text(
                        year + 0.12, at if thick else at - tall / 2 - 0.02, f"{size_t:,.0f}", fontsize=7,
                        va="center" if thick else "bottom", color="white" if thick else charts.INK,
                    )  # fmt: skip
                elif year == max(self.ends):
                    told_t = f"{size_t:,.0f}"
                    self.axes.text(year + wide + 0.1, at, told_t, fontsize=7, va="center", color=charts.INK)
            if row["stage"] == IDLE:
                told.append(f"{year} –")
            before_t = size_t
        return ", ".join(told)


def _thickness(size_t: float, largest_t: float) -> float:
    """Return the height of a bar: its area in proportion to the size would hide small plants, so that its root is."""
    return THINNEST + (THICKEST - THINNEST) * math.sqrt(min(size_t / largest_t, 1.0)) if largest_t > 0 else THINNEST
