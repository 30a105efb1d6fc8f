"""State what a plant of RELOG costs as sizes of hubspoke: yen a year and yen a tonne, in the currency of the case."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from hubspoke.inputs.relog.case import mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.inputs.relog.case import Plant, Size

STEPS = 8
"""Sizes between two of RELOG, which lets a plant be anything between them."""


class Step(NamedTuple):
    """A size: t of the main input per year, and what it costs a year and a tonne."""

    capacity_t: float
    fixed: float
    variable: float


class _Point(NamedTuple):
    capacity_t: float
    opening: float
    fixed: float
    variable: float


def list_sizes(plant: Plant, years: int, sent_on: str | None) -> list[Step]:
    """Return the sizes of a plant.

    Opening is spread over the years of the case without interest, as RELOG counts it. Between two sizes whose costs
    differ there are `STEPS`; from 0 t on the costs lie on one line, which a single size states. What stands is paid,
    and smaller sizes are of no use.

    Parameters
    ----------
    plant : Plant
    years : int
        Years of the case.
    sent_on : str or None
        Product that the plant sends on; all others are disposed of, wherever that costs something.

    Returns
    -------
    list of Step
        In ascending order.
    """
    points = [_as_point(size) for size in plant.sizes]
    standing = plant.standing_t
    if standing > 0:
        known = [point for point in points if point.capacity_t > standing]
        points = [_between(points, standing), *known]
    paid = points[0].opening if standing > 0 else 0.0
    share = plant.takes[plant.feed]
    disposal = sum(max(cost, 0.0) for cost in disposal_costs(plant, but=sent_on).values())
    steps = []
    for capacity_t, opening, fixed, variable in _refine(points, years):
        yearly = fixed + max(opening - paid, 0.0) / years
        steps.append(Step(capacity_t * share, max(yearly, 0.0), max(variable + disposal, 0.0) / share))
    return steps


def disposal_costs(plant: Plant, but: str | None = None) -> dict[str, float]:
    """Return what disposing of each product costs per tonne that enters, below 0 where it earns something.

    Parameters
    ----------
    plant : Plant
    but : str, optional
        A product that is sent on instead.
    """
    return {
        name: mean(plant.disposal[name].cost) * amount
        for name, amount in plant.makes.items()
        if name in plant.disposal and name != but
    }


def _as_point(size: Size) -> _Point:
    return _Point(size.capacity_t, mean(size.opening), mean(size.fixed), mean(size.variable))


def _between(points: Sequence[_Point], capacity_t: float) -> _Point:
    """Return what a capacity costs: on the line between its neighbours, and as the nearest size outside them."""
    if not points or capacity_t <= points[0].capacity_t:
        return points[0]._replace(capacity_t=capacity_t) if points else _Point(capacity_t, 0.0, 0.0, 0.0)
    for low, high in pairwise(points):
        if low.capacity_t < capacity_t <= high.capacity_t:
            part = (capacity_t - low.capacity_t) / (high.capacity_t - low.capacity_t)
            return _Point(*(start + part * (end - start) for start, end in zip(low, high, strict=True)))
    return points[-1]._replace(capacity_t=capacity_t)


def _refine(points: Sequence[_Point], years: int) -> list[_Point]:
    """Return sizes with others between them, wherever costs differ; one of 0 t becomes the line from it."""
    made = [point for point in points[:1] if point.capacity_t > 0]
    for low, high in pairwise(points):
        if low[1:] == high[1:] or low.capacity_t == high.capacity_t:
            made.append(high)
        elif low.capacity_t == 0:
            rise = (high.fixed - low.fixed) + (high.opening - low.opening) / years
            variable = high.variable + rise / high.capacity_t
            made.append(low._replace(capacity_t=high.capacity_t, variable=variable))
        else:
            width = (high.capacity_t - low.capacity_t) / STEPS
            made += [_between((low, high), low.capacity_t + width * step) for step in range(1, STEPS)] + [high]
    return made
