"""What `optimize_cases` answers: a plan of every case, the paths of the plants, and the proof."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hubspoke.base.status import relative_gap
from hubspoke.engine.cases.plant_paths import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.base.status import Status
    from hubspoke.engine.cases.network import Arc
    from hubspoke.engine.solution.solution import Solution


@dataclass(frozen=True, eq=False)
class PlantPlan:
    """What the plants of one echelon do, with T cases and N plants.

    Attributes
    ----------
    stage : int array, shape (T, N)
        Values of `Stage`.
    size : int array, shape (T, N)
        Size at which a plant is open, idle or built; -1 where there is none.
    one_time_cost : float array, shape (T, N)
        What the step into the case costs once, before its factor.
    idle_cost : float array, shape (T, N)
        What standing idle costs per year.
    opens : bool array, shape (T, N)
        Whether a plant is open for the first time, or again after it was closed.
    """

    stage: Ints
    size: Ints
    one_time_cost: Floats
    idle_cost: Floats
    opens: Bools

    @property
    def open_size(self) -> Ints:
        """Size at which a plant is open, -1 where it is not, shape (T, N)."""
        return np.where(self.stage == Stage.OPEN, self.size, -1)


class CutPrices(NamedTuple):
    """Prices from which a cut on the cost of a case follows, whatever its plants cost and hold: any prices will do.

    Attributes
    ----------
    site : float array, shape (S,)
    gate : float array, shape (H, B)
        Of black mass at the hubs.
    ground : float array, shape (H,)
    """

    site: NDArray[np.float32]
    gate: NDArray[np.float32]
    ground: Floats


@dataclass(frozen=True, eq=False)
class CasesSolution:
    """A plan of all cases in numbers, with the proof of how good it is.

    Attributes
    ----------
    status : Status
    objective : float
        Weighted yearly costs of all cases, one-time costs by their factors, and what changes of hub cost; infinite
        without a plan.
    bound : float
        No plan costs less.
    cases : tuple of Solution, length T
        Sites and flows of each case; their objectives are costs per year, fixed costs of open plants included, without
        what refineries pay for tonnes that they do not take. Empty without a plan.
    hubs, refineries : PlantPlan, optional
        What the plants do; none without a plan.
    seconds : mapping of str to float
        Time by phase.
    prices : tuple of tuples of CutPrices
        For each case those of the cuts that held last, for a search of cases much like these; may be empty.
    """

    status: Status
    objective: float
    bound: float
    cases: tuple[Solution, ...] = ()
    hubs: PlantPlan | None = None
    refineries: PlantPlan | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    prices: tuple[tuple[CutPrices, ...], ...] = ()

    @property
    def gap(self) -> float:
        """Proven distance from the optimum as a share of the objective; infinite without a plan."""
        return relative_gap(self.objective, self.bound)

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan at all."""
        return bool(np.isfinite(self.objective))


def write_plan(count: int, paths: Sequence[Sequence[Arc]]) -> PlantPlan:
    """Return what plants do, from the whole path of each.

    Parameters
    ----------
    count : int
        Number of cases, T.
    paths : sequence of sequences of Arc
        One arc for each case.
    """
    shape = (count, len(paths))
    plan = PlantPlan(
        np.zeros(shape, np.int64), np.full(shape, -1), np.zeros(shape), np.zeros(shape), np.zeros(shape, bool)
    )
    for plant, path in enumerate(paths):
        for arc in path:
            at = arc.case, plant
            plan.stage[at], plan.size[at], plan.opens[at] = arc.head.stage, arc.head.size, arc.opens
            plan.one_time_cost[at], plan.idle_cost[at] = arc.once, arc.idle
    return plan
