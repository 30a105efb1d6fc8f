"""Draw how something flows from column to column as bands whose width is the amount: a Sankey diagram, in plain SVG.

`matplotlib.sankey` draws one node with its branches; a network in stages needs bands between columns of bars.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from hubspoke.base.printable import escape_controls
from hubspoke.outputs.report.drawing.charts import FILLS, INK, Chart, cut_name

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, SIDE, ROOM, BAR, GAP, TOP = 640.0, 110.0, 330.0, 12.0, 9.0, 26.0
"""Width from the first to the last bar, that for names beside it, height that all bands of a column have together,
width of a bar, least space between bars, and that above them for heads; in user units of the SVG."""
LONGEST = 22
"""Most letters of a name, so that it ends before the next bar."""


@dataclass(frozen=True)
class Stage:
    """A column of a picture: its head, and the bars from top to bottom by key and name."""

    head: str
    bars: tuple[tuple[str, str], ...]


def draw_flow(
    title: str, stages: Sequence[Stage], bands: Sequence[dict[tuple[str, str], float]], *, unit: str
) -> Chart:
    """Draw bands between columns of bars.

    Parameters
    ----------
    title : str
        What is shown.
    stages : sequence of Stage
        Columns from left to right, two or more.
    bands : sequence of dict
        One for each pair of neighbouring columns: amount by key of the bar on the left and of that on the right.
    unit : str
        Of the amounts.

    Returns
    -------
    Chart
        A bar is as high as the larger of what comes in and what goes out.
    """
    heights = [_amounts(at, stage, bands) for at, stage in enumerate(stages)]
    largest = max(sum(held.values()) for held in heights)
    scale = ROOM / largest if largest > 0 else 0.0
    tops = [_stack(stage, held, scale) for stage, held in zip(stages, heights, strict=True)]
    height = TOP + ROOM + GAP * max(len(stage.bars) for stage in stages)
    step = (WIDTH - BAR) / (len(stages) - 1)
    shapes = [
        shape
        for at, band in enumerate(bands)
        for shape in _draw_bands(stages[at], stages[at + 1], band, (tops[at], tops[at + 1]), (at * step, step, scale))
    ]
    for at, stage in enumerate(stages):
        shapes += _draw_bars(stage, heights[at], tops[at], at * step, scale)
    svg = (
        f'<svg viewBox="0 0 {WIDTH + SIDE:g} {height:.1f}" role="presentation" font-size="11" fill="{INK}">'
        + "".join(shapes)
        + "</svg>"
    )
    return Chart(title, svg, f"{title} ({unit}): {_put_into_words(stages, bands)}")


def _amounts(at: int, stage: Stage, bands: Sequence[dict[tuple[str, str], float]]) -> dict[str, float]:
    """Return how much each bar of a column holds."""
    went = bands[at] if at < len(bands) else {}
    came = bands[at - 1] if at > 0 else {}
    return {
        key: max(
            sum(kg for (start, _), kg in went.items() if start == key),
            sum(kg for (_, end), kg in came.items() if end == key),
        )
        for key, _ in stage.bars
    }


def _stack(stage: Stage, held: dict[str, float], scale: float) -> dict[str, float]:
    tops, y = {}, TOP
    for key, _ in stage.bars:
        tops[key] = y
        y += held[key] * scale + GAP
    return tops


def _draw_bands(
    left: Stage,
    right: Stage,
    band: dict[tuple[str, str], float],
    tops: tuple[dict[str, float], dict[str, float]],
    place: tuple[float, float, float],
) -> list[str]:
    """Return the bands between two columns, in the colours of the bars on the left."""
    x, step, scale = place
    start_y, end_y = dict(tops[0]), dict(tops[1])
    begin, end = x + BAR, x + step
    middle = (begin + end) / 2
    shapes = []
    for at, (start, name) in enumerate(left.bars):
        for goal, told in right.bars:
            amount = band.get((start, goal), 0.0)
            if amount <= 0:
                continue
            high, one, two = amount * scale, start_y[start], end_y[goal]
            shapes.append(
                f'<path d="M{begin:.1f} {one:.1f}C{middle:.1f} {one:.1f} {middle:.1f} {two:.1f} {end:.1f} {two:.1f}'
                f"V{two + high:.1f}C{middle:.1f} {two + high:.1f} {middle:.1f} {one + high:.1f} {begin:.1f} "
                f'{one + high:.1f}Z" fill="{FILLS[at % len(FILLS)]}" fill-opacity="0.45">'
                f"<title>{_safe(name)} → {_safe(told)}: {amount:,.0f}</title></path>"
            )
            start_y[start] += high
            end_y[goal] += high
    return shapes


def _draw_bars(stage: Stage, held: dict[str, float], tops: dict[str, float], x: float, scale: float) -> list[str]:
    """Return the bars of a column with their names to the right."""
    shapes = [f'<text x="{x:.1f}" y="14" font-weight="600">{_safe(stage.head)}</text>']
    for key, name in stage.bars:
        high = max(held[key] * scale, 0.5)
        shapes.append(
            f'<rect x="{x:.1f}" y="{tops[key]:.1f}" width="{BAR:g}" height="{high:.1f}" fill="{INK}"/>'
            f'<text x="{x + BAR + 4:.1f}" y="{tops[key] + high / 2 + 3.5:.1f}">'
            f"{_safe(cut_name(name, LONGEST))} {held[key]:,.0f}</text>"
        )
    return shapes


def _safe(name: str) -> str:
    """Return a name as text of a picture that may stand alone, in which XML allows no control characters."""
    return escape(escape_controls(name))


def _put_into_words(stages: Sequence[Stage], bands: Sequence[dict[tuple[str, str], float]]) -> str:
    told = []
    for at, band in enumerate(bands):
        left, right = dict(stages[at].bars), dict(stages[at + 1].bars)
        told += [f"{left[start]} → {right[end]} {kg:,.0f}" for (start, end), kg in band.items() if kg > 0]
    return "; ".join(told)
