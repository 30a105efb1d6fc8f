"""Draw how time grows with size, and what gap each method reached in which time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.rows import Row

SITES, SECONDS = (50, 200_000), (0.01, 2_000)

LEAST_GAP = 1e-6
"""Gaps below are drawn here; runs without plan or bound at 100 %."""


def draw(rows: Sequence[Row], file: Path) -> None:
    """Draw both pictures into one SVG; the same rows give the same bytes."""
    import matplotlib as mpl  # noqa: PLC0415 - only for pictures

    mpl.use("Agg")
    from matplotlib.figure import Figure  # noqa: PLC0415

    with mpl.rc_context({"svg.hashsalt": "hubspoke", "font.size": 9}):
        figure = Figure(figsize=(10, 4.2), layout="constrained")
        by_size, by_time = figure.subplots(1, 2)
        by_size.set(xscale="log", yscale="log", xlim=SITES, ylim=SECONDS)
        by_size.set(xlabel="sites (invented networks)", ylabel="seconds")
        by_time.set(xscale="log", yscale="log", xlim=SECONDS, ylim=(50 * LEAST_GAP, 200))
        by_time.set(xlabel="seconds", ylabel="proven gap, % (100: no plan or bound)")
        for method in dict.fromkeys(row.method for row in rows):
            members = [row for row in rows if row.method == method and row.seconds is not None]
            _draw_size(by_size, method, [row for row in members if row.instance.startswith("generated/")])
            _draw_gap(by_time, method, members)
        by_size.set(xlabel="sites (invented networks)", ylabel="seconds", xlim=(50, 200_000), ylim=(0.01, 2_000))
        by_time.set(
            xlabel="seconds",
            ylabel="proven gap, % (100: no plan or bound)",
            xlim=(0.01, 2_000),
            ylim=(50 * LEAST_GAP, 200),
        )
        for axes in (by_size, by_time):
            axes.grid(visible=True, which="major", alpha=0.3)
        if rows:
            by_time.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
        figure.savefig(file, metadata={"Date": None})


def _draw_size(axes: Any, method: str, rows: Sequence[Row]) -> None:
    points = sorted((row.sites or 0, row.seconds or 0.0, row.status == "optimal") for row in rows)
    (line,) = axes.plot([x for x, _, _ in points], [y for _, y, _ in points], alpha=0.6)
    for proven, mark in ((True, "o"), (False, "x")):  # a cross: the limit came before the gap
        chosen = [(x, y) for x, y, reached in points if reached is proven]
        axes.plot([x for x, _ in chosen], [y for _, y in chosen], mark, color=line.get_color(), label=method)


def _draw_gap(axes: Any, method: str, rows: Sequence[Row]) -> None:
    gap = [100 * max(1.0 if row.gap is None else min(row.gap, 1.0), LEAST_GAP) for row in rows]
    axes.plot([row.seconds for row in rows], gap, ".", alpha=0.7, label=method)
