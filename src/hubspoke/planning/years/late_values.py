"""Find settings by year that begin in a year that is not planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.base.errors import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hubspoke.settings.years import Years


def find_late_values(stated: Years, planned: Sequence[int]) -> Iterator[Finding]:
    """Yield a warning for each value that holds later than its year says, or never.

    Numbers on the line between two years are left out: a year between planned ones bends their line as it says.

    Parameters
    ----------
    stated : Years
    planned : sequence of int
        Planned years, ascending.
    """
    for name, begins in stated.steps().items():
        for at, year in enumerate(begins):
            after = next((one for one in planned if one >= year), None)
            if after in {year, planned[0]}:
                continue  # what begins before the plan holds from its first year on
            key, until = f"years.{name}", begins[at + 1] if at + 1 < len(begins) else None
            if after is None:
                problem = f"begins in {year}, after the last planned year, {planned[-1]}: it has no effect"
            elif until is not None and until <= after:
                problem = f"begins in {year} and ends before the next planned year, {after}: it has no effect"
            else:
                problem = f"begins in {year}, which is not planned: it holds from {after} on"
            cure = f"plan {year}, too (--years), or leave it so"
            yield Finding("settings", 0, f"{key}.{year}", problem, cure, fatal=False, kind="late-value")
