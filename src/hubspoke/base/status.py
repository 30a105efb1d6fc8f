"""The outcome of a solve, the exit code that follows from it, and when a bound proves an objective."""

from __future__ import annotations

import math
from enum import StrEnum

EXACT_GAP = 1e-9
"""Relative gap that counts as none, since rounding of double numbers leaves as much."""


class Status(StrEnum):
    """Outcome of a solve, in words of this package's own whichever solver ran."""

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
    """Return by how much an objective exceeds its lower bound, as a share of the objective.

    Parameters
    ----------
    objective : float
        Value of a plan, where less is better.
    bound : float
        Value that no plan can fall below.

    Returns
    -------
    float
        (objective - bound) / |objective|, and 0 where the bound is the greater of the two. Of an objective of 0, it is
        infinite unless the bound reaches it; of an infinite objective (no plan), it is infinite.
    """
    if not math.isfinite(objective):
        return float("inf")
    distance = max(objective - bound, 0.0)
    return float(distance / abs(objective)) if objective else (0.0 if distance == 0 else float("inf"))


def is_proven(objective: float, bound: float, gap: float) -> bool:
    """Return whether a bound proves an objective within a gap, give or take the rounding of a division.

    Parameters
    ----------
    objective : float
        Value of a plan, where less is better.
    bound : float
        Value that no plan can fall below.
    gap : float
        Relative gap asked for; one below `EXACT_GAP` counts as `EXACT_GAP`.

    Returns
    -------
    bool
    """
    return relative_gap(objective, bound) <= max(gap, EXACT_GAP) + 1e-12
