"""Check what tables say of years: when plants open and retire, and how they are run in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.inputs.tables.findings import find_in_frame
from hubspoke.settings.plants import read_ramp_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.base.errors import Finding
    from hubspoke.inputs.tables.survey import Survey

FIRST, LAST = 1900, 2200
"""Years that make sense, as in the settings."""


def find_bad_years(found: Survey) -> Iterator[Finding]:
    """Yield a finding for each plant with an odd year, that retires before it opens, or with an odd running in."""
    for table in ("hubs", "refineries"):
        frame = found.tables[table]
        for column in ("opens_from", "retires"):
            values = frame[column].to_numpy(np.float64)
            odd = ~np.isnan(values) & ~((values >= FIRST) & (values <= LAST) & (values % 1 == 0))

            def tell_odd(row: dict[str, Any], column: str = column) -> tuple[str, str]:
                return f"{row[column]:g} is no year", "write a year, such as 2030, or leave the cell empty"

            yield from find_in_frame(frame, odd, column, tell_odd, kind="bad-year")
        early = (frame["retires"] <= frame["opens_from"]).to_numpy(bool)

        def tell_early(row: dict[str, Any]) -> tuple[str, str]:
            problem = f"retires in {row['retires']:g}, and opens from {row['opens_from']:g} on"
            return problem, "write a later year; it may not run in the year in which it retires"

        yield from find_in_frame(frame, early, "retires", tell_early, kind="bad-year")
        unread = np.array([read_ramp_up(cell) is None for cell in frame["ramp_up"].tolist()], bool)

        def tell_unread(row: dict[str, Any]) -> tuple[str, str]:
            problem = f"{row['ramp_up']!r} is no list of shares above 0 and up to 1"
            return problem, "write the share of its capacity in its first, second ... year, such as 0.4;0.8"

        yield from find_in_frame(frame, unread, "ramp_up", tell_unread, kind="bad-ramp-up")
