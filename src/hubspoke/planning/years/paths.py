"""What plants may do from year to year, and what each step costs, for the engine of cases.

Capital is a yearly cost from the first year in which a plant is open to the end of the horizon, whatever becomes of
it; so opening and growing cost nothing once, and closing costs the payments still to come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.cases.plant_paths import PlantPaths
from hubspoke.planning.years.dips import BLOCKS, DIP, stack_slopes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Floats
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.planning.years.calendar import Calendar
    from hubspoke.planning.years.dips import Dip
    from hubspoke.planning.years.growth import Growth
    from hubspoke.planning.years.intervals import Intervals
    from hubspoke.settings.years import Years


def make_paths(  # noqa: PLR0917 - what plants are and what they may do
    steps: Sequence[PlantSteps],
    growth: Growth,
    intervals: Intervals,
    dip: Dip,
    years: Years,
    calendar: Calendar,
    *,
    closing_jpy: Floats,
    investment_jpy: Floats,
    most_openings: int | None,
    others: int = 0,
) -> PlantPaths:
    """Return the paths of hubs or refineries.

    Parameters
    ----------
    steps : sequence of PlantSteps, length T
        Sizes of the N plants in each year, with the same technologies in each.
    growth : Growth
    intervals : Intervals
        Capital is owed for the lower end of a plant's size wherever it stands still.
    dip : Dip
        Whether capital of the second year is charged in the first.
    years : Years
    calendar : Calendar
    closing_jpy : float array, shape (N, K)
        What closing costs once.
    investment_jpy : float array, shape (N, K)
        What a plant of that size costs to build.
    most_openings : int or None
        Most plants that are opened for a planned year, the first one apart.
    others : int
        Plants behind these that stand anyway and cost nothing.

    Returns
    -------
    PlantPaths
        Sizes K, or 2 K where plants are run in: those of the first years stand behind the others. Or 3 K where there
        is a dip, in blocks.
    """
    count, (plants, sizes) = len(calendar.years), steps[0].capacity.shape
    twice = 2 if growth.runs_in else BLOCKS if dip.exists else 1
    slope = dip.charge(stack_slopes(steps))

    def repeat(values: Floats) -> Floats:
        times = slope.shape[-1] // sizes
        return np.concatenate([values] * times, axis=-1) if times > 1 else values

    capital = repeat(np.stack([step.capital for step in steps])) + slope * repeat(intervals.low)
    running = repeat(np.stack([step.maintenance + step.labour + step.overhead + step.given for step in steps]))
    still_owed = np.cumsum((calendar.weights[:, None, None] * capital)[::-1], axis=0)[::-1]
    closing: Floats = still_owed / calendar.discount[:, None, None] + repeat(closing_jpy)
    idle = capital + float(years.idle_share) * running
    larger = _may_grow(steps[0])
    resize = np.where(larger, 0.0, np.inf)
    opening = np.zeros((plants, twice * sizes))
    if growth.runs_in:
        resize = np.block([[resize, _as_cost(larger)], [_as_cost(larger | np.eye(sizes, dtype=bool)), resize]])
        run_in = (growth.first_share < 1).any(axis=0)
        opening = np.where(np.hstack([run_in & ~growth.standing, growth.standing | ~run_in]), np.inf, 0.0)
    shape = (count, plants + others, twice * sizes)

    def spread(values: Floats, beyond: float) -> Floats:
        wide = np.concatenate([values] * twice, axis=-1) if values.shape[-1] == sizes and twice > 1 else values
        whole = np.full(shape, beyond)
        whole[:, :plants] = wide
        return whole

    by_year = np.broadcast_to(opening, (count, *opening.shape)).copy()
    if dip.exists:
        by_year[DIP, :, :sizes] = np.inf  # these have paid before
        for cost in (closing, idle):
            cost[:, :, sizes : 2 * sizes] = np.inf  # who closes or stands idle in the dip has paid for it
    invested = np.zeros(shape[1:])
    invested[:plants] = np.concatenate([investment_jpy] * twice, axis=-1)
    wide_resize = np.full((count if dip.exists else 1, plants + others, twice * sizes, twice * sizes), np.inf)
    for year in range(len(wide_resize)):
        wide_resize[year, :plants] = dip.resize(larger, year) if dip.exists else resize
    most = None if most_openings is None else np.r_[plants + others, np.full(count - 1, most_openings)]
    return PlantPaths.build(
        shape,
        opening_cost=spread(by_year, 0.0),
        resize_cost=wide_resize,
        closing_cost=spread(closing if years.may_close else np.full(closing.shape, np.inf), 0.0),
        idle_cost=spread(idle, 0.0),
        investment=invested,
        most_openings=most,
    )


def _as_cost(allowed: np.ndarray) -> Floats:
    return np.where(allowed, 0.0, np.inf)


def _may_grow(steps: PlantSteps) -> np.ndarray:
    """Return to which sizes a plant may grow from each: larger ones of its technology, shape (N, K, K)."""
    same = (steps.technology[:, :, None] == steps.technology[:, None, :]) & (steps.technology >= 0)[:, :, None]
    larger: np.ndarray = same & (steps.capacity[:, None, :] > steps.capacity[:, :, None])
    return larger
