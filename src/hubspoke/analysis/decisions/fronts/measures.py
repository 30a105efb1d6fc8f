"""What cost can be held against."""

from __future__ import annotations

from dataclasses import dataclass

from hubspoke.base.errors import UsageError
from hubspoke.base.spelling import nearest_name

COMPLETE, LEVELS, VALUES, SUMS = "complete", "levels", "values", "weighted-sums"
"""How points are found."""


@dataclass(frozen=True)
class Measure:
    """A measure of plans of which less is better.

    Attributes
    ----------
    name : str
        As the user writes it.
    column : str
        Of the table.
    unit : float
        What one of the table is in units of the engine.
    takes_few : bool
        Whether its values are those of single lanes or whole numbers, so that all of them can be listed.
    """

    name: str
    column: str
    unit: float = 1.0
    takes_few: bool = False


MEASURES = {
    one.name: one
    for one in (
        Measure("co2", "co2_t", unit=1000.0),
        Measure("longest-haul", "longest_haul_km", takes_few=True),
        Measure("hubs", "open_hubs", takes_few=True),
        Measure("refined-at-home", "refined_away_t"),
    )
}
"""By name."""


def find_measure(name: str) -> Measure:
    """Return a measure by its name.

    Parameters
    ----------
    name : str

    Raises
    ------
    UsageError
        There is none of this name.
    """
    if name not in MEASURES:
        raise UsageError(f"cost cannot be held against {name!r}{nearest_name(name, MEASURES)}")
    return MEASURES[name]
