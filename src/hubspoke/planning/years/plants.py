"""The plants of one kind over all years: the sizes that they may be built for, and what each costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.planning.years.dips import stack_slopes

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.planning.years.dips import Dip
    from hubspoke.planning.years.growth import Growth
    from hubspoke.planning.years.intervals import Intervals


@dataclass(frozen=True, eq=False)
class Plants:
    """The plants of one kind over all years.

    Attributes
    ----------
    intervals : Intervals
        The sizes that they may be built for.
    steps : tuple of PlantSteps, length T
        What each costs in each year, with a column for each interval.
    growth : Growth
    closing_jpy : float array, shape (N, J)
        What closing costs once besides the payments still to come.
    scale : float
        Tonnes that sizes are stated for, per tonne that enters.
    dip : Dip
        Whether capital of the second year is charged in the first; then sizes stand in blocks.
    """

    intervals: Intervals
    steps: tuple[PlantSteps, ...]
    growth: Growth
    closing_jpy: Floats
    scale: float
    dip: Dip

    @property
    def charge_jpy_per_t(self) -> Floats:
        """Capital that is charged in every year for each tonne, shape (T, N, blocks of J)."""
        return self.dip.charge(stack_slopes(self.steps))
