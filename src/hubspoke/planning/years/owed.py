"""What plants stand at, and the capital that is owed for it, whether it is used or not.

A plant is as large as the most it has taken in so far. The engine charges capital by what is taken in each year, which
is less wherever that falls; what is charged here on top makes the cost of a plan true, and the bound stays valid.
The capital of a dip is charged in the first year, for what is there then and does not grow into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.cases.plant_paths import Stage
from hubspoke.planning.years.dips import DIP, FIRST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.engine.cases.solution import PlantPlan
    from hubspoke.planning.years.dips import Dip
    from hubspoke.planning.years.growth import Growth
    from hubspoke.planning.years.intervals import Intervals


@dataclass(frozen=True, eq=False)
class Owed:
    """What the plants of one kind stand at, with T planned years and N plants; yen are per year unless said.

    Attributes
    ----------
    stage : int array, shape (T, N)
        Values of `Stage`.
    size : int array, shape (T, N)
        Size that it stands at, or stood at before it was closed; -1 where it was never open.
    load_t : float array, shape (T, N)
    stands_t : float array, shape (T, N)
        Tonnes per year that it is built for: the most it has taken in so far; 0 once closed.
    built_t : float array, shape (T, N)
        The same, and what it was built for before it was closed.
    capital_jpy : float array, shape (T, N)
        Payments for what stands, and for what was closed, to the end of the horizon.
    unused_jpy : float array, shape (T, N)
        The part of it for what is not used in the year.
    beyond_jpy : float array, shape (T, N)
        The part of that which the engine has not charged.
    idle_jpy : float array, shape (T, N)
        Running cost of standing idle.
    closing_jpy : float array, shape (T, N)
        What closing costs once.
    """

    stage: Ints
    size: Ints
    load_t: Floats
    stands_t: Floats
    built_t: Floats
    capital_jpy: Floats
    unused_jpy: Floats
    beyond_jpy: Floats
    idle_jpy: Floats
    closing_jpy: Floats

    @property
    def is_open(self) -> Bools:
        """Whether a plant is open, shape (T, N)."""
        return np.asarray(self.stage == Stage.OPEN)


def reckon_owed(  # noqa: PLR0917 - what plants are and what they may do
    steps: Sequence[PlantSteps],
    plan: PlantPlan,
    load_t: Floats,
    intervals: Intervals,
    growth: Growth,
    dip: Dip,
    *,
    least_paid: bool,
    idle_share: float,
    closing_jpy: Floats,
) -> Owed:
    """Return what plants stand at, and what is owed for it.

    Parameters
    ----------
    steps : sequence of PlantSteps, length T
        Sizes of the N plants in each year.
    plan : PlantPlan
        Of these plants and, behind them, others that cost nothing.
    load_t : float array, shape (T, N)
        What each takes in, t per year.
    intervals : Intervals
        Those that the sizes stand for.
    growth : Growth
        What plants take of their capacity while they are run in; they are as large as that asks for.
    dip : Dip
        Whether capital of the second year is charged in the first.
    least_paid : bool
        Whether open plants are charged for the lower ends of their intervals at least.
    idle_share : float
        Share of the fixed running cost that an idle plant pays.
    closing_jpy : float array, shape (N, K)
    """
    count, (plants, sizes) = len(steps), steps[0].capacity.shape
    stage, taken = plan.stage[:, :plants], plan.size[:, :plants]
    first = (taken >= sizes) & growth.runs_in  # sizes of first years stand behind the others
    paid_before = (stage[FIRST] == Stage.OPEN) & (taken[FIRST] < sizes) & dip.exists
    taken = np.where(taken >= 0, taken % sizes, -1)
    shape = (count, plants)
    size, stands, kept, every = np.full(shape, -1), np.zeros(shape), np.zeros(shape), np.arange(plants)
    capital, unused, beyond, idle, closing = (np.zeros(shape) for _ in range(5))
    at, built, tonnes = np.full(plants, -1), np.zeros(plants), np.zeros(plants)
    for t in range(count):
        is_open = stage[t] == Stage.OPEN
        reopened = is_open & (stage[t - 1] == Stage.CLOSED) if t else np.zeros(plants, bool)
        runs_in = first[t] | growth.standing[every, taken[t]]
        needed = load_t[t] / np.where(runs_in, growth.first_share[t, every, taken[t]], 1.0)
        built = np.where(is_open, np.maximum(np.where(reopened, 0.0, built), needed), built)
        floor = np.where(is_open, intervals.low[every, taken[t]], 0.0)
        built = np.maximum(built, floor)
        closes = (stage[t] == Stage.CLOSED) & (stage[t - 1] != Stage.CLOSED) if t else stage[t] == Stage.CLOSED
        at = np.where(is_open, taken[t], at)
        there = at >= 0
        slope = np.where(there, steps[t].capital_per_t[every, at], 0.0)
        capital[t] = np.where(there, steps[t].capital[every, at], 0.0) + slope * built
        used = np.where(is_open, capital[t] - slope * (built - load_t[t]), 0.0)
        unused[t] = capital[t] - used
        low = intervals.low[every, at]
        by_load = is_open & ~intervals.at_low[t, every, taken[t]]
        at_least = np.maximum(load_t[t], low) if least_paid else load_t[t]
        known, tonnes = tonnes, np.where(by_load, at_least, low)
        if t == DIP:
            tonnes = np.where(paid_before, known, tonnes)
        beyond[t] = slope * (built - tonnes)
        running = steps[t].maintenance + steps[t].labour + steps[t].overhead + steps[t].given
        idle[t] = np.where(stage[t] == Stage.IDLE, idle_share * running[every, at], 0.0)
        closing[t] = np.where(closes & there, closing_jpy[every, at], 0.0)
        size[t] = at
        kept[t] = built
        stands[t] = np.where(stage[t] == Stage.CLOSED, 0.0, built)
    return Owed(stage, size, load_t, stands, kept, capital, unused, beyond, idle, closing)
