"""Report how far packs travel from site to hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.outputs.report.blocks import Charts, Figures, Section
from hubspoke.outputs.report.drawing.charts import draw_histogram
from hubspoke.outputs.report.words import report_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.outputs.report.drawing.charts import Chart
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

CLASSES_KM = 20
"""Most classes of distance in the chart, unless the widest step makes more."""

STEPS_KM = (5, 10, 20, 25, 50, 100, 200, 500, 1000)


def describe_transport(plan: PlanData, lang: Lang) -> Section | None:
    """Return the section on distances from site to hub, by tonnes; None where none is known."""
    words = report_words(lang, plan.settings)
    known = plan.assignments[np.isfinite(plan.assignments["distance_km"]) & (plan.assignments["mass_t"] > 0)]
    if known.empty:
        return None
    figures = Figures(tuple(_list_figures(known, words)))
    return Section("transport", words["transport"], (figures, Charts((_chart_distances(known, words),))))


def _list_figures(known: pd.DataFrame, words: Mapping[str, str]) -> list[tuple[str, str]]:
    ordered = known.sort_values("distance_km", kind="stable")
    share = (ordered["mass_t"].cumsum() / ordered["mass_t"].sum()).to_numpy()
    half, most = (float(ordered["distance_km"].iloc[int(np.searchsorted(share, part))]) for part in (0.5, 0.9))
    by_sea = float(known.loc[known["ferry_km"] > 0, "mass_t"].sum())
    return [
        (words["half_within"], f"{half:,.0f} km"),
        (words["most_within"], f"{most:,.0f} km"),
        (words["farthest"], f"{float(ordered['distance_km'].iloc[-1]):,.0f} km"),
        (words["by_ferry"], f"{by_sea:,.0f} {words['t_per_yr']}"),
        (words["trips"], f"{float(known['trips_per_yr'].sum()):,.0f}"),
    ]


def _chart_distances(known: pd.DataFrame, words: Mapping[str, str]) -> Chart:
    farthest = float(known["distance_km"].max())
    step = next(km for km in STEPS_KM if farthest <= km * CLASSES_KM or km == STEPS_KM[-1])
    edges = np.arange(0, farthest + step + 1e-9, step)
    tonnes, _ = np.histogram(known["distance_km"], bins=edges, weights=known["mass_t"])
    return draw_histogram(
        words["chart_distance"],
        edges.tolist(),
        tonnes.tolist(),
        axis=words["distance_axis"],
        upright=words["packs_axis"],
    )
