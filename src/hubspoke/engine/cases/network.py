"""The paths of one plant as a network of stages: every way through it is one thing the plant may do.

Nodes are stages in cases, arcs are the steps between them with what they cost. One unit flows from the start to the
last case. As the network of one plant alone, its linear relaxation is integral: the model of all cases is as strong in
its paths as it can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hubspoke.engine.cases.cases import Linking
from hubspoke.engine.cases.plant_paths import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.plant_paths import PlantPaths
    from hubspoke.engine.problem.steps import Steps


class Place(NamedTuple):
    """Where a plant is in one case.

    `limit` is the first case in which it may stand no longer; while it is built, the case in which it opens.
    """

    stage: Stage
    size: int = -1
    limit: int = 0


@dataclass(frozen=True)
class Arc:
    """A step of a plant into a case: from a place in the case before (or before all) to one in this.

    Attributes
    ----------
    case : int
    tail, head : Place
    cost : float
        In the objective: `once` by its factor, and `idle` by its weight, unless a measure is taken of it.
    once : float
        One-time cost.
    idle : float
        Yearly cost of standing idle.
    spent : float
        What counts against the budget.
    opens : bool
        Whether the plant is open for the first time, or again after it was closed.
    """

    case: int
    tail: Place
    head: Place
    cost: float
    once: float
    idle: float
    spent: float
    opens: bool


@dataclass(frozen=True, eq=False)
class Echelon:
    """One echelon of all cases, as its plants see it.

    Attributes
    ----------
    paths : PlantPaths
    exists : bool array, shape (T, N, K)
        Which sizes a plant may be open at.
    forced : bool array, shape (T, N)
        Whether it must be open.
    """

    name: str
    paths: PlantPaths
    exists: Bools
    forced: Bools


def echelons(cases: Cases) -> tuple[Echelon, Echelon]:
    """Return hubs and refineries with the sizes that exist in each case and the plants that must be open.

    Parameters
    ----------
    cases : Cases
    """

    def look(name: str, paths: PlantPaths, steps: list[Steps], states: list[Ints]) -> Echelon:
        state = np.array(states).reshape(paths.shape[:2])
        exists = np.array([step.exists for step in steps]).reshape(paths.shape) & (state >= 0)[:, :, None]
        return Echelon(name, paths, exists, state > 0)

    problems = cases.problems
    return (
        look("hub", cases.hubs, [p.hubs for p in problems], [p.hub_state for p in problems]),
        look("refinery", cases.refineries, [p.refineries for p in problems], [p.refinery_state for p in problems]),
    )


def plant_arcs(cases: Cases, echelon: Echelon, plant: int) -> tuple[Place, list[Arc]]:
    """Return the start of a plant and all its arcs on some whole path, case by case.

    Parameters
    ----------
    cases : Cases
    echelon : Echelon
    plant : int

    Returns
    -------
    (Place, list of Arc)
        No arcs where no path exists.
    """
    standing = int(echelon.paths.standing[plant])
    start = Place(Stage.ABSENT)
    if standing >= 0:
        start = Place(Stage.OPEN, standing, min(int(echelon.paths.standing_until[plant]), cases.count))
    layers: list[list[Arc]] = []
    reached = {start}
    for case in range(cases.count):
        arcs = [arc for tail in sorted(reached) for arc in _steps(cases, echelon, plant, tail, case)]
        if echelon.forced[case, plant]:
            arcs = [arc for arc in arcs if arc.head.stage is Stage.OPEN]
        layers.append(arcs)
        reached = {arc.head for arc in arcs}
    for case in range(cases.count - 2, -1, -1):
        leads_on = {arc.tail for arc in layers[case + 1]}
        layers[case] = [arc for arc in layers[case] if arc.head in leads_on]
    return start, [arc for layer in layers for arc in layer] if layers[-1] else []


def _steps(cases: Cases, echelon: Echelon, plant: int, tail: Place, case: int) -> Iterator[Arc]:
    """Yield the steps from a place into a case."""
    if cases.linking is Linking.SCENARIOS:
        found = _choices_once(cases, echelon, plant, tail, case)
    else:
        found = _decisions(cases, echelon, plant, tail, case)
    weight = float(cases.weights[case]) if cases.measure is None else 0.0
    factor = float(cases.one_time_factor[case])
    for head, once, spent, opens in found:
        idle = 0.0
        if head.stage is Stage.IDLE:
            idle = float(echelon.paths.idle_cost[case, plant, head.size])
            idle = 0.0 if cases.linking is Linking.SCENARIOS and np.isinf(idle) else idle
        if np.isfinite(once) and np.isfinite(idle):
            yield Arc(case, tail, head, factor * once + weight * idle, once, idle, spent, opens)


Decision = tuple[Place, float, float, bool]


def _decisions(cases: Cases, echelon: Echelon, plant: int, tail: Place, case: int) -> Iterator[Decision]:
    """Yield what a plant may do next: where it comes, its one-time cost, what of that is spent, whether it opens."""
    paths, exists = echelon.paths, echelon.exists[case, plant]
    if tail.stage in {Stage.ABSENT, Stage.CLOSED}:
        yield tail, 0.0, 0.0, False
        yield from _building(cases, echelon, plant, tail, case)
    elif tail.stage is Stage.BUILDING:
        if case < tail.limit:
            yield tail, 0.0, 0.0, False
        elif exists[tail.size]:
            yield Place(Stage.OPEN, tail.size, _end(cases, paths, plant, case)), 0.0, 0.0, True
    else:
        yield from _standing(cases, echelon, plant, tail, case)


def _end(cases: Cases, paths: PlantPaths, plant: int, case: int) -> int:
    """Return the first case in which a plant that opens in a case may stand no longer; the end of all is one."""
    return min(case + int(paths.life[plant]), cases.count)


def _building(cases: Cases, echelon: Echelon, plant: int, tail: Place, case: int) -> Iterator[Decision]:
    """Yield the ways to open, now or after the lead time."""
    paths = echelon.paths
    lead = int(paths.lead_time[plant])
    opens = case + lead
    if not paths.earliest[plant] <= opens <= min(int(paths.latest[plant]), cases.count - 1):
        return
    cost = (paths.opening_cost if tail.stage is Stage.ABSENT else paths.reopening_cost)[case, plant]
    for size in np.flatnonzero(echelon.exists[opens, plant] & np.isfinite(cost)).tolist():
        once = float(cost[size])
        spent = once + float(paths.investment[plant, size])
        if lead:
            yield Place(Stage.BUILDING, size, opens), once, spent, False
        else:
            yield Place(Stage.OPEN, size, _end(cases, paths, plant, case)), once, spent, True


def _standing(cases: Cases, echelon: Echelon, plant: int, tail: Place, case: int) -> Iterator[Decision]:
    """Yield what a plant that stands, open or idle, may do."""
    paths, exists = echelon.paths, echelon.exists[case, plant]
    closing = float(paths.closing_cost[case, plant, tail.size])
    at_its_end = case >= tail.limit
    if at_its_end and np.isinf(closing):
        closing = 0.0
    if np.isfinite(closing):
        yield Place(Stage.CLOSED), closing, 0.0, False
    if at_its_end:
        if not paths.lead_time[plant]:  # renewed at once
            for head, once, spent, opens in _building(cases, echelon, plant, Place(Stage.CLOSED), case):
                yield head, closing + once, spent, opens
        return
    yield Place(Stage.IDLE, tail.size, tail.limit), 0.0, 0.0, False
    growing = paths.resize_cost[case, plant, tail.size]
    for size in np.flatnonzero(exists & np.isfinite(growing)).tolist():
        once = float(growing[size])
        added = float(paths.investment[plant, size] - paths.investment[plant, tail.size])
        yield Place(Stage.OPEN, size, tail.limit), once, once + max(added, 0.0), False


def _choices_once(cases: Cases, echelon: Echelon, plant: int, tail: Place, case: int) -> Iterator[Decision]:
    """Yield what a plant may do in scenarios: anything before the first, nothing later; idle where it must be."""
    if case == 0:
        somewhere = np.asarray(echelon.exists.any(axis=0))[None]
        anywhere = Echelon(echelon.name, echelon.paths, somewhere, echelon.forced)
        decided = [d for d in _decisions(cases, anywhere, plant, tail, case) if d[0].stage is not Stage.IDLE]
    else:
        decided = [(tail, 0.0, 0.0, False)]
    for head, once, spent, opens in decided:
        if head.stage not in {Stage.OPEN, Stage.IDLE}:
            yield head, once, spent, opens
            continue
        stage = Stage.OPEN if echelon.exists[case, plant, head.size] else Stage.IDLE
        yield Place(stage, head.size, cases.count), once, spent, opens


def cheapest_path(start: Place, arcs: list[Arc], extra: Floats) -> tuple[float, list[Arc]]:
    """Return the cheapest whole path of one plant and its cost, infinite where there is none.

    Parameters
    ----------
    start : Place
    arcs : list of Arc
        Case by case, as `plant_arcs` gives them.
    extra : float array, shape (T, K)
        What being open at a size costs besides, in each case.
    """
    best: dict[Place, tuple[float, list[Arc]]] = {start: (0.0, [])}
    for case in range(len(extra)):
        ahead: dict[Place, tuple[float, list[Arc]]] = {}
        for arc in arcs:
            if arc.case != case or arc.tail not in best:
                continue
            cost, path = best[arc.tail]
            cost += arc.cost + (float(extra[case, arc.head.size]) if arc.head.stage is Stage.OPEN else 0.0)
            if arc.head not in ahead or cost < ahead[arc.head][0]:
                ahead[arc.head] = (cost, [*path, arc])
        best = ahead
    return min(best.values(), key=lambda found: found[0], default=(np.inf, []))
