"""Results on disk: one row per run, as CSV, appended whole."""

from __future__ import annotations

import csv
import os
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Task:
    """One instance, one method, and what is asked of it."""

    instance: str
    method: str
    gap: float
    time_limit_s: float


@dataclass(frozen=True)
class Row:
    """What came of a task; empty where there is none.

    Beside those of `hubspoke.Status` the status may be `killed` (it did not end), `failed` (out of memory or a
    fault) or `not run` (its model would be too large).
    """

    instance: str
    method: str
    gap_asked: float
    time_limit_s: float
    status: str
    objective: float | None = None
    bound: float | None = None
    seconds: float | None = None
    memory_mb: float | None = None
    best_known: float | None = None
    best_is_proven: bool = False
    sites: int | None = None
    hubs: int | None = None
    refineries: int | None = None
    lanes: int | None = None

    @property
    def task(self) -> Task:
        """What the row answers."""
        return Task(self.instance, self.method, self.gap_asked, self.time_limit_s)

    @property
    def gap(self) -> float | None:
        """Proven distance from the optimum as a share of the objective."""
        if self.objective is None or self.bound is None:
            return None
        return max(self.objective - self.bound, 0.0) / abs(self.objective) if self.objective else 0.0


def read_rows(results: Path) -> list[Row]:
    """Read a results file; no rows where there is none."""
    if not results.is_file():
        return []
    with results.open(encoding="utf-8", newline="") as lines:
        return [
            Row(**{one.name: _parse(str(one.type), line[one.name]) for one in fields(Row)})
            for line in csv.DictReader(lines)
        ]


def append_row(results: Path, row: Row) -> None:
    """Append a row and put it on disk, after a header where the file is new."""
    results.parent.mkdir(parents=True, exist_ok=True)
    with results.open("a", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, [one.name for one in fields(Row)], lineterminator="\n")
        if not lines.tell():
            writer.writeheader()
        writer.writerow(asdict(row))
        lines.flush()
        os.fsync(lines.fileno())


def _parse(kind: str, text: str) -> Any:
    if kind == "bool":
        return text == "True"
    if kind.startswith("str") or not text:
        return text if kind.startswith("str") else None
    return int(text) if kind.startswith("int") else float(text)
