"""What scenarios cost at plants that were chosen elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status
from hubspoke.engine.cases.fixed_plants import fix_plants
from hubspoke.engine.cases.full import plan_at, with_bound
from hubspoke.engine.cases.network import Arc, Echelon, echelons, plant_arcs
from hubspoke.engine.cases.plant_paths import Stage
from hubspoke.engine.cases.solution import CasesSolution, write_plan
from hubspoke.engine.optimize import optimize

if TYPE_CHECKING:
    from hubspoke.base.arrays import Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.cases.cases import Cases


@dataclass(frozen=True, eq=False)
class AtPlants:
    """Scenarios at given plants.

    Attributes
    ----------
    answer : CasesSolution
        Its bound is of these plants alone; no plan where one scenario has none.
    without_plan : tuple of int
        Scenarios that these plants cannot serve.
    """

    answer: CasesSolution
    without_plan: tuple[int, ...]


def solve_at_plants(
    cases: Cases, hub_size: Ints, refinery_size: Ints, *, gap: float = 1e-6, seed: int = 0, stop: Stop | None = None
) -> AtPlants:
    """Plan every scenario at given plants.

    Parameters
    ----------
    cases : Cases
        Scenarios.
    hub_size, refinery_size : int arrays, shape (H,), (R,)
        Sizes that plants are built at, -1 for none.
    gap : float
        Relative gap to prove of each scenario.
    seed : int
    stop : Stop, optional
    """
    sizes = hub_size, refinery_size
    paths = [
        [_path(cases, echelon, plant, int(size)) for plant, size in enumerate(built.tolist())]
        for echelon, built in zip(echelons(cases), sizes, strict=True)
    ]
    if any(path is None for echelon in paths for path in echelon):
        return AtPlants(CasesSolution(Status.INFEASIBLE, np.inf, np.inf), ())
    hubs, refineries = (write_plan(cases.count, [path or [] for path in echelon]) for echelon in paths)
    plans, bounds, without, unknown = [], [], [], False
    for case, problem in enumerate(cases.problems):
        here = hubs.open_size[case], refineries.open_size[case]
        found = optimize(fix_plants(problem, *here), gap=gap, seed=seed, stop=stop)
        plan = plan_at(problem, *here, found.site, found.hub, found.share) if found.has_plan else None
        if found.status is Status.INFEASIBLE:
            without.append(case)
        unknown |= plan is None
        bounds.append(found.bound)
        if plan is not None:
            plans.append(plan)
    if without or unknown:
        status = Status.INFEASIBLE if without else Status.UNKNOWN
        return AtPlants(CasesSolution(status, np.inf, np.inf if without else -np.inf), tuple(without))
    answer = with_bound(cases, plans, hubs, refineries, bound=np.inf, gap=gap)
    lost = np.array([plan.objective for plan in plans]) - np.array(bounds)
    caps = cases.weights if cases.measure is None else cases.measure.cap
    bound = answer.objective - float(caps @ np.maximum(lost, 0.0))
    return AtPlants(with_bound(cases, plans, hubs, refineries, bound=bound, gap=gap), ())


def _path(cases: Cases, echelon: Echelon, plant: int, size: int) -> list[Arc] | None:
    """Return the steps of a plant that is decided at a size, -1 for never there; None where it may not be so."""
    place, arcs = plant_arcs(cases, echelon, plant)
    path: list[Arc] = []
    for case in range(cases.count):
        fitting = [arc for arc in arcs if arc.case == case and arc.tail == place and _is_at(arc, size)]
        if not fitting:
            return None
        path.append(min(fitting, key=lambda arc: arc.cost))
        place = path[-1].head
    return path


def _is_at(arc: Arc, size: int) -> bool:
    stands = arc.head.stage in {Stage.OPEN, Stage.IDLE}
    return arc.head.size == size if stands else size < 0
