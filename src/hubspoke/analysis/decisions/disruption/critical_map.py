"""A map of criticality: every plant of a plan in the colour of what its loss costs, as large as what it takes in."""

from __future__ import annotations

import math
import re
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.analysis.decisions.disruption.words import WORDS
from hubspoke.outputs.maps.cut import extract_plan
from hubspoke.outputs.maps.view import bound_view
from hubspoke.outputs.report.drawing.charts import Chart
from hubspoke.outputs.report.drawing.land import NAME, PAPER, Frame, draw_land, place_names
from hubspoke.plan.decision.short_names import name_shortly
from hubspoke.words.commodity import in_commodity_words
from hubspoke.words.language import speak
from hubspoke.words.numbers import format_large, format_yen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hubspoke.analysis.decisions.disruption.disruption import Disruption
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

SHADES = ("#fde0b5", "#f6a85e", "#dd5f32", "#a12a1f")
"""Colours of what a loss costs, from little to much; they differ in lightness, too."""
NO_PLAN, UNKNOWN, INK = "#1d1d27", "#ffffff", NAME
SMALLEST, LARGEST = 4.5, 15.0
"""Radii of plants."""
ROW, SWATCH = 19.0, 12.0
"""Height of a line of the legend, and side of its colours."""


def draw_critical(found: Disruption, plan: PlanData, lang: Lang) -> Chart | None:
    """Draw the plants of a plan by what their loss does; None where there are none.

    Parameters
    ----------
    found : Disruption
    plan : PlanData
        That was disrupted.
    lang : {"en", "ja"}

    Returns
    -------
    Chart
        Circles are hubs, diamonds refineries. The colour is what the network planned anew costs more a year, the size
        what the plant takes in.
    """
    rows = found.plants.to_dict("records")
    if not rows:
        return None
    words = {key: in_commodity_words(text, found.settings, lang) for key, text in speak(WORDS, lang).items()}
    frame = Frame(bound_view([extract_plan(plan, plan.outlines.iloc[:0], None)], None))
    names = {str(row["id"]): row for table in (plan.hubs, plan.refineries) for row in table.to_dict("records")}
    breaks = list_breaks([float(row["more_jpy"]) for row in rows])
    most = max(float(row["displaced_t"]) for row in rows)
    spots = frame.place(np.array([[names[str(row["id"])][key] for key in ("lon", "lat")] for row in rows], np.float64))
    radii = [_radius(float(row["displaced_t"]), most) for row in rows]
    placed = list(zip(rows, spots.tolist(), radii, strict=True))
    smallest_last = sorted(placed, key=lambda one: -one[2])  # small ones lie on large ones
    marks = [_draw_mark(row, x, y, radius, breaks) for row, (x, y), radius in smallest_last]
    # the worst loss has the first choice of a place for its name
    shorts = name_shortly(plan, lang)
    labels = [(x, y, shorts[str(row["id"])]) for row, (x, y), _ in placed]
    legend = list(_draw_legend(frame, rows, breaks, most, words, found, lang))
    lowest = max(float(found) for text in legend for found in re.findall(r' y="([\d.]+)"', text))
    height = lowest + 0.6 * ROW
    ground = (
        f'<rect y="{frame.height:.0f}" width="{frame.width:.0f}" height="{height - frame.height:.0f}" fill="{PAPER}"/>'
    )
    parts = [
        *draw_land(plan, frame, lang),
        ground,
        *marks,
        *place_names(labels, frame, [1.1 * one for one in radii]),
        *legend,
    ]
    svg = f'<svg viewBox="0 0 {frame.width:.0f} {height:.0f}" role="presentation" font-size="12">{"".join(parts)}</svg>'
    told = "; ".join(f"{row['id']}: {_tell(row, words, found, lang)}" for row in rows)
    return Chart(words["map_title"], svg, f"{words['map']}: {told}", follows_night=True)


def list_breaks(values: Sequence[float]) -> list[float]:
    """Return the limits between the shades: round numbers that part what losses cost in classes of a like number.

    Parameters
    ----------
    values : sequence of float
        Yen per year, NaN where not known.

    Returns
    -------
    list of float
        Ascending, at most one less than `SHADES`; none where nothing is known or all is the same.

    Examples
    --------
    >>> list_breaks([1.1e8, 2.2e8, 4.1e8, 7.7e8])
    [200000000.0, 300000000.0, 500000000.0]
    """
    known = np.array([value for value in values if math.isfinite(value)])
    if len(known) < 2 or known.min() == known.max():
        return []
    classes = min(len(SHADES), len(np.unique(known)))
    wanted = np.quantile(known, np.linspace(0, 1, classes + 1)[1:-1])
    rounded = sorted({_round(value) for value in wanted.tolist()})
    return [value for value in rounded if known.min() < value <= known.max()]


def _round(value: float) -> float:
    """Return a number with one significant digit."""
    return float(f"{value:.0e}") if value > 0 else 0.0


def _radius(tonnes: float, most: float) -> float:
    """Return the radius of a plant, whose area beyond the smallest is what it takes in."""
    return SMALLEST + (LARGEST - SMALLEST) * math.sqrt(max(tonnes, 0.0) / most) if most > 0 else SMALLEST


def _colour(row: dict[Any, Any], breaks: Sequence[float]) -> str:
    if row["outcome"] == "infeasible":
        return NO_PLAN
    if not math.isfinite(float(row["more_jpy"])):
        return UNKNOWN
    at = int(np.searchsorted(breaks, float(row["more_jpy"]), side="right"))
    return _shades(len(breaks) + 1)[at]


def _shades(count: int) -> list[str]:
    """Return so many shades from light to dark, the middle one where there is one alone."""
    if count == 1:
        return [SHADES[len(SHADES) // 2]]
    return [SHADES[round(at * (len(SHADES) - 1) / (count - 1))] for at in range(count)]


def _draw_mark(row: dict[Any, Any], x: float, y: float, radius: float, breaks: Sequence[float]) -> str:
    look = f'fill="{_colour(row, breaks)}" fill-opacity=".92" stroke="{INK}" stroke-width="1.2"'
    if row["kind"] == "hub":
        return f'<circle cx="{x}" cy="{y}" r="{radius:.1f}" {look}/>'
    side = 1.2 * radius
    return (
        f'<path d="M{x} {y - side:.1f}l{side:.1f} {side:.1f}l{-side:.1f} {side:.1f}l{-side:.1f} {-side:.1f}z" {look}/>'
    )


def _draw_legend(  # noqa: PLR0917 - what it explains
    frame: Frame,
    rows: Sequence[dict[Any, Any]],
    breaks: Sequence[float],
    most: float,
    words: dict[str, str],
    found: Disruption,
    lang: Lang,
) -> Iterator[str]:
    """Yield the legend below the map: colours on the left, forms and sizes on the right."""

    def yen(value: float) -> str:
        return format_yen(value, lang, found.settings)

    top, left, right = frame.height + ROW, 10.0, frame.width / 2 + 10
    known = [float(row["more_jpy"]) for row in rows if math.isfinite(float(row["more_jpy"]))]
    ends = [min(known, default=0.0), *breaks, max(known, default=0.0)]
    lines = []
    if known:
        for colour, low, high in zip(_shades(len(breaks) + 1), ends[:-1], ends[1:], strict=True):
            lines.append((colour, words["from_to"].format(low=yen(max(low, 0.0)), high=yen(max(high, 0.0)))))
    if any(row["outcome"] == "infeasible" for row in rows):
        lines.append((NO_PLAN, words["map_none"]))
    if any(row["outcome"] == "unknown" for row in rows):
        lines.append((UNKNOWN, words["unknown"]))
    yield _text(left, top, words["map_colour"], bold=True)
    for at, (colour, told) in enumerate(lines, start=1):
        y = top + at * ROW
        box = f'x="{left}" y="{y - SWATCH + 2:.1f}" width="{SWATCH}" height="{SWATCH}"'
        yield f'<rect {box} fill="{colour}" stroke="{INK}" stroke-width=".8"/>'
        yield _text(left + SWATCH + 6, y, told)
    yield _text(right, top, words["map_size"], bold=True)
    y, beside = top, right + 2 * LARGEST + 8
    for tonnes in [most, most / 4] if most > 0 else []:
        radius = _radius(tonnes, most)
        y += radius + 0.75 * ROW
        yield f'<circle cx="{right + LARGEST}" cy="{y - 4:.1f}" r="{radius:.1f}" fill="none" stroke="{INK}"/>'
        yield _text(beside, y, format_large(tonnes, lang, words["t_per_yr"]))
        y += radius / 2
    y += 1.25 * ROW
    yield f'<circle cx="{right + LARGEST - 8}" cy="{y - 4:.1f}" r="6" fill="{INK}"/>'
    yield _text(right + LARGEST + 4, y, words["hub"])
    yield f'<path d="M{right + LARGEST + 82} {y - 11:.1f}l7 7l-7 7l-7 -7z" fill="{INK}"/>'
    yield _text(right + LARGEST + 94, y, words["refinery"])


def _text(x: float, y: float, words: str, *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{INK}"{weight}>{escape(words)}</text>'


def _tell(row: dict[Any, Any], words: dict[str, str], found: Disruption, lang: Lang) -> str:
    if row["outcome"] == "infeasible":
        return words["none"].format(tonnes=f"{row['no_home_t']:,.0f}")
    if row["outcome"] == "unknown":
        return words["unknown"]
    return f"+{format_yen(float(row['more_jpy']), lang, found.settings)}"
