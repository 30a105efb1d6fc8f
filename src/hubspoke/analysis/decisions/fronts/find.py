"""Find what less of another measure costs: the front of a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.analysis.decisions.fronts.knee import find_knee
from hubspoke.analysis.decisions.fronts.measures import COMPLETE, LEVELS, SUMS, VALUES, find_measure
from hubspoke.analysis.decisions.fronts.state import state_front
from hubspoke.analysis.decisions.fronts.tables import tabulate_front, tabulate_plants
from hubspoke.base.errors import InfeasibleError, NoPlanFoundError, UsageError
from hubspoke.base.stop import Stop
from hubspoke.engine.fronts.complete import find_front
from hubspoke.engine.fronts.ends import ALIKE
from hubspoke.engine.fronts.levels import find_points
from hubspoke.engine.fronts.limits import enumerate_values
from hubspoke.engine.fronts.memory import forget
from hubspoke.engine.fronts.parts import find_sum_of_parts
from hubspoke.engine.fronts.supported import find_supported
from hubspoke.inputs.place_names import name_network
from hubspoke.planning.infeasible.explain import explain_infeasible, find_shortages

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from hubspoke.analysis.decisions.fronts.measures import Measure
    from hubspoke.analysis.decisions.fronts.state import Stated
    from hubspoke.engine.fronts.front import Front
    from hubspoke.engine.fronts.memory import Remember
    from hubspoke.inputs.network import Network
    from hubspoke.planning.request import Request
    from hubspoke.settings.settings import Settings
    from hubspoke.words.place_names import PlaceNames

    Remembering = Callable[[Stated], Remember]
    """Returns the memory for a problem."""

POINTS = 12
"""Points, unless all are asked for."""
LAST_LANES = 20_000
"""Lanes, once sites that go together are one, up to which the full model is asked."""


@dataclass(frozen=True, eq=False)
class FrontFound:
    """What less of another measure costs.

    Attributes
    ----------
    measure : Measure
    method : {"complete", "levels", "values", "weighted-sums"}
        All points by boxes and slices; points at even levels; all values of a measure that takes few; points that make
        a weighted sum least.
    is_complete : bool
        Whether these are all points there are.
    asked : int or None
        How many points were asked for; None for all of them.
    was_ended : bool
        Whether time ended the search before what was asked for was found.
    points : DataFrame
        One row for each point, from the cheapest on: see `tabulate_front`.
    plants : DataFrame
        One row for each plant that is open at some point: see `tabulate_plants`.
    knee : int or None
        Number of the point from which both ways get dear; see `find_knee`.
    gap : float
        Relative gap to which each point is proven.
    year : int
    policy : str
    settings : Settings
    names : PlaceNames
        Of regions and plants, for what is told.
    """

    measure: Measure
    method: str
    is_complete: bool
    asked: int | None
    was_ended: bool
    points: pd.DataFrame
    plants: pd.DataFrame
    knee: int | None
    gap: float
    year: int
    policy: str
    settings: Settings
    names: PlaceNames


def find_front_of(
    network: Network,
    request: Request,
    *,
    against: str,
    points: int | None = None,
    every: bool = False,
    remembering: Remembering | None = None,
) -> FrontFound:
    """Find what less of another measure costs.

    Parameters
    ----------
    network : Network
    request : Request
    against : {"co2", "longest-haul", "hubs", "refined-at-home"}
    points : int, optional
        Points at even levels; of a measure that takes few values, the most that are listed from the cheapest on (all,
        when left out).
    every : bool
        Whether all points are found, with the lines between them.
    remembering : callable, optional
        Returns what remembers the answers of the solver.

    Raises
    ------
    UsageError, InputError
        What is asked makes no sense.
    InfeasibleError
        There is no plan; the message says why.
    NoPlanFoundError
        The time limit came before any plan.
    """
    measure = find_measure(against)
    if points is not None and (every or points < 2):
        raise UsageError("all points are asked for, and a number; give one" if every else "--points: 2 or more")
    stated = state_front(network, request, measure)
    year = stated.year
    _refuse_shortages(stated)
    remember = forget if remembering is None else remembering(stated)
    stop = (Stop() if request.stop is None else request.stop).within(request.time_limit)
    front, method, gap = _search(stated, points, stop, remember, every=every)
    if not front.rows:
        if front.is_infeasible:
            scale = year.costs.refining_scale
            told = explain_infeasible(
                year.task.network, year.form.domestic, year.task.rules, refining_scale=scale, lanes=year.lanes
            )
            raise InfeasibleError(told)
        raise NoPlanFoundError("the time limit came before both ends of the front; allow more time")
    knee = find_knee(front.rows)
    return FrontFound(
        measure=measure,
        method=method,
        is_complete=front.is_complete,
        asked=None if every or (measure.takes_few and points is None) else points or POINTS,
        was_ended=front.was_ended,
        points=tabulate_front(front.rows, measure, year.task.network, knee),
        plants=tabulate_plants(front.rows, year.task.network),
        knee=None if knee is None else knee + 1,
        gap=gap,
        year=year.task.year,
        policy=year.task.rules.name,
        settings=year.task.network.settings,
        names=name_network(year.task.network),
    )


def _search(
    stated: Stated, points: int | None, stop: Stop, remember: Remember, *, every: bool
) -> tuple[Front, str, float]:
    gap = stated.year.task.gap
    if stated.listed is not None:
        return enumerate_values(stated.listed, gap=gap, stop=stop, remember=remember, most=points), VALUES, gap
    pair = stated.pair
    if pair is None:
        raise TypeError("a measure is a pair or takes few values")
    merged = pair.merged()
    lanes = int((np.isfinite(merged.cost.collection_cost) & (merged.cost.hub_state >= 0)).sum())
    if lanes > LAST_LANES:
        return find_supported(pair, points or POINTS, gap=gap, stop=stop, remember=remember), SUMS, gap
    whole = find_sum_of_parts(pair, points=None if every else points or POINTS, stop=stop, remember=remember)
    if whole is not None:
        return whole, COMPLETE if every else LEVELS, ALIKE
    if every:
        return find_front(pair, stop=stop, remember=remember), COMPLETE, ALIKE
    return find_points(pair, points or POINTS, gap=gap, stop=stop, remember=remember), LEVELS, gap


def _refuse_shortages(stated: Stated) -> None:
    """Raise InfeasibleError where plain sums show that there is no plan."""
    year = stated.year
    scale = year.costs.refining_scale
    if why := find_shortages(
        year.task.network, year.form.domestic, year.task.rules, refining_scale=scale, lanes=year.lanes
    ):
        raise InfeasibleError("\n".join(why))
