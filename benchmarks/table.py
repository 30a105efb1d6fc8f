"""Results as Markdown: every run, the families in sum, and whether any bound contradicts a proven optimum."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from benchmarks.methods import ENGINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.rows import Row

SHORTEST_S = 0.01
"""Seconds below which runs count as equally short in a ratio."""

EQUAL = 1e-5
"""Relative difference up to which an objective equals a published one, which may be rounded."""

HEAD = (
    "instance", "method", "status", "objective", "bound", "gap %", "seconds", "memory MB", "cost / hubspoke",
    "time / hubspoke", "best known",
)  # fmt: skip
FAMILY_HEAD = (
    "family", "method", "runs", "proven", "at the best known", "worst gap %", "seconds, geometric mean",
    "time / hubspoke, geometric mean",
)  # fmt: skip


def tell_runs(rows: Sequence[Row]) -> str:
    """Tell every run in a line."""
    engine = _engine_rows(rows)
    lines = []
    for row in rows:
        ours = engine.get(row.instance)
        lines.append([
            row.instance,
            row.method,
            row.status,
            _number(row.objective, 7),
            _number(row.bound, 7),
            _percent(row.gap),
            _number(row.seconds, 3),
            _number(row.memory_mb, 3),
            _number(_ratio(row.objective, ours.objective if ours else None), 5),
            _number(_time_ratio(row, ours), 3),
            _number(row.best_known, 9) + ("" if row.best_is_proven or row.best_known is None else " ?"),
        ])  # fmt: skip
    return _markdown(HEAD, lines)


def tell_families(rows: Sequence[Row]) -> str:
    """Tell each family and method in a line; ratios are geometric means over the instances that both ran."""
    engine = _engine_rows(rows)
    lines = []
    for family, method in dict.fromkeys((row.instance.partition("/")[0], row.method) for row in rows):
        members = [row for row in rows if row.instance.startswith(f"{family}/") and row.method == method]
        ran = [row for row in members if row.status != "not run"]
        compared = [row for row in members if row.best_known is not None]
        gaps = [row.gap for row in ran if row.status != "infeasible"]
        worst = None if any(gap is None for gap in gaps) else max((gap for gap in gaps if gap), default=0.0)
        lines.append([
            family,
            method,
            str(len(ran)),
            str(sum(row.status in {"optimal", "infeasible"} for row in ran)),
            f"{sum(is_at_best(row) for row in compared)} of {len(compared)}" if compared else "-",
            _percent(worst),
            _number(geometric_mean(row.seconds for row in ran), 3),
            _number(geometric_mean(_time_ratio(row, engine.get(row.instance)) for row in ran), 3),
        ])  # fmt: skip
    return _markdown(FAMILY_HEAD, lines)


def find_contradictions(rows: Iterable[Row]) -> list[str]:
    """Name every run whose bound lies above a proven optimum, or whose plan below one."""
    return [
        f"{row.instance} by {row.method}: {what} {value:.9g}, proven optimum {row.best_known:.9g}"
        for row in rows
        if row.best_is_proven and row.best_known is not None
        for what, value, sign in (("bound", row.bound, 1), ("plan", row.objective, -1))
        if value is not None and sign * (value - row.best_known) > EQUAL * abs(row.best_known)
    ]


def tell_checks(rows: Sequence[Row]) -> str:
    """Say in a sentence whether results and published optima agree."""
    compared = [row for row in rows if row.best_is_proven]
    wrong = find_contradictions(rows)
    if wrong:
        return "CONTRADICTIONS to proven optima:\n\n" + "\n".join(f"* {line}" for line in wrong)
    return f"{len(compared)} runs have a proven optimum to compare with: no bound lies above it, no plan below it."


def is_at_best(row: Row) -> bool:
    """Say whether a run's plan is as good as the best known one, or as empty."""
    if row.best_known is None:
        return False
    if math.isinf(row.best_known):
        return row.status == "infeasible"
    return row.objective is not None and row.objective <= row.best_known + EQUAL * abs(row.best_known)


def geometric_mean(values: Iterable[float | None]) -> float | None:
    """Give the geometric mean of what is there; nothing of nothing."""
    logs = [math.log(max(value, SHORTEST_S)) for value in values if value is not None]
    return math.exp(sum(logs) / len(logs)) if logs else None


def _engine_rows(rows: Iterable[Row]) -> dict[str, Row]:
    return {row.instance: row for row in rows if row.method == ENGINE}


def _time_ratio(row: Row, ours: Row | None) -> float | None:
    if row.seconds is None or ours is None or ours.seconds is None:
        return None
    return max(row.seconds, SHORTEST_S) / max(ours.seconds, SHORTEST_S)


def _ratio(value: float | None, ours: float | None) -> float | None:
    return value / ours if value is not None and ours else None


def _number(value: float | None, digits: int) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 10 ** (digits - 1) and math.isfinite(value) else f"{value:,.{digits}g}"


def _percent(gap: float | None) -> str:
    return "-" if gap is None else f"{100 * gap:.4f}"


def _markdown(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    words = [head, ["---", "---", *["---:"] * (len(head) - 2)], *lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in words)
