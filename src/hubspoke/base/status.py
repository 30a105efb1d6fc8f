"""Why a solve ended, in the program's own words, and the exit code that follows."""

from __future__ import annotations

import math
from enum import StrEnum

EXACT_GAP = 1e-9
"""Gap that counts as none: what is left is rounding of double numbers."""


class Status(StrEnum):
    """Outcome of a solve; PuLP's and HiGHS' own words are never passed on."""

    OPTIMAL = "optimal"
    """Proven within the gap asked for."""
    FEASIBLE = "feasible"
    """Stopped at a limit or by the user with a plan and a valid bound; the gap asked for is not proven."""
    INFEASIBLE = "infeasible"
    """Proven: no plan exists."""
    UNKNOWN = "unknown"
    """Stopped at a limit with no plan; the bound, if any, is valid."""

    @property
    def exit_code(self) -> int:
        """Exit code of the command line: 0, 5, 4 or 6."""
        return {"optimal": 0, "feasible": 5, "infeasible": 4, "unknown": 6}[self.value]


def relative_gap(objective: float, bound: float) -> float:
    """Give (objective - bound) / |objective|, never below zero; of an objective of 0, 0 if the bound equals it."""
    if not math.isfinite(objective):
        return float("inf")
    distance = max(objective - bound, 0.0)
    return float(distance / abs(objective)) if objective else (0.0 if distance == 0 else float("inf"))


def is_proven(objective: float, bound: float, gap: float) -> bool:
    """Say whether the bound proves the objective within the gap, give or take the rounding of a division."""
    return relative_gap(objective, bound) <= max(gap, EXACT_GAP) + 1e-12
