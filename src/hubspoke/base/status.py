"""Why a solve ended, in the program's own words, and the exit code that follows."""

from __future__ import annotations

from enum import StrEnum


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
