"""Random tiny problems over all features, in small whole numbers, for hypothesis."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

from hubspoke.engine.milp.solve import scale_costs
from hubspoke.engine.problem.counts import NO_LIMIT, Counts
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.problem.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

Draw = "Callable[[st.SearchStrategy[Any]], Any]"
COST, EARNING = st.integers(0, 9), st.integers(-6, 6)
STATE = st.sampled_from([0, 0, 0, 0, 0, 0, 1, -1])
RARELY = st.sampled_from([False, False, False, True])


def fill(draw: Callable[[st.SearchStrategy[Any]], Any], values: st.SearchStrategy[Any], *shape: int) -> NDArray[Any]:
    """Draw an array."""
    count = int(np.prod(shape))
    return np.array(draw(st.lists(values, min_size=count, max_size=count)), float).reshape(shape)


def draw_steps(
    draw: Callable[[st.SearchStrategy[Any]], Any], plants: int, tonnes: int, cost: st.SearchStrategy[int]
) -> Steps:
    """Draw plants of one or two sizes; the second may be missing, tonnes may cost by size."""
    sizes = draw(st.integers(1, 2))
    capacity = fill(draw, st.sampled_from([tonnes, tonnes * 2 // 3, tonnes // 2, tonnes, 1, 0]), plants, sizes)
    fixed = fill(draw, cost, plants, sizes)
    variable = (
        fill(draw, cost.map(lambda drawn: drawn // 3), plants, sizes)
        if draw(st.booleans())
        else np.zeros((plants, sizes))
    )
    missing = fill(draw, st.sampled_from([0, 0, 0, 1]), plants, sizes) > 0
    missing[:, 0] &= missing.all(axis=1)
    return Steps(np.where(missing, 0.0, capacity), np.where(missing, np.inf, fixed), np.where(missing, 0.0, variable))


def draw_counts(draw: Callable[[st.SearchStrategy[Any]], Any], plants: int) -> Counts:
    """Draw limits in two groups and in total, mostly none."""
    if not draw(RARELY):
        return Counts.free(plants)
    return Counts(
        fill(draw, st.integers(0, 1), plants).astype(np.int64),
        fill(draw, st.sampled_from([0, 0, 1]), 2).astype(np.int64),
        np.array(draw(st.lists(st.sampled_from([0, 1, 1, 2, NO_LIMIT]), min_size=2, max_size=2)), np.int64),
        draw(st.sampled_from([0, 0, 0, 1, 2])),
        int(draw(st.sampled_from([NO_LIMIT, NO_LIMIT, 1, 2]))),
    )


@st.composite
def problems(draw: Any, *, single: bool | None = None) -> Problem:
    """Draw a problem of up to four sites, three hubs and two refineries.

    Some have costs below zero, as sales make them, so that totals come near to zero or cancel out; some of these are in
    tenths, which double numbers cannot hold exactly.
    """
    single_sourcing = draw(st.booleans()) if single is None else single
    sites, hubs = draw(st.sampled_from([3, 4, 2, 1, 0])), draw(st.integers(1, 3 if single_sourcing else 2))
    refineries = draw(st.sampled_from([2, 1, 0, 2]))
    classes, grades = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    cost = draw(st.sampled_from([COST, COST, EARNING]))
    lane = st.one_of(cost, cost, st.just(np.inf)) if draw(RARELY) else cost
    supply = fill(draw, st.integers(0, 4) if draw(st.integers(0, 7)) else st.just(0), sites, classes)
    room = int(supply.sum()) + 2
    skips = draw(st.sampled_from([st.just(np.inf), st.one_of(st.just(np.inf), cost)]))
    problem = Problem(
        supply=supply,
        collection_cost=fill(draw, lane, sites, hubs),
        hubs=draw_steps(draw, hubs, room, cost),
        yields=fill(draw, st.sampled_from([0.0, 0.25, 0.5, 1.0]), hubs, classes, grades),
        transfer_cost=fill(draw, lane, hubs, refineries, grades),
        refineries=draw_steps(draw, refineries, room, cost),
        single_sourcing=single_sourcing,
        hub_counts=draw_counts(draw, hubs),
        refinery_counts=draw_counts(draw, refineries),
        hub_state=fill(draw, STATE if draw(RARELY) else st.just(0), hubs).astype(np.int64),
        refinery_state=fill(draw, STATE if draw(RARELY) else st.just(0), refineries).astype(np.int64),
        skip_cost=fill(draw, skips, sites),
    )
    return scale_costs(problem, 0.1) if cost is EARNING and draw(st.booleans()) else problem


def hubs_alone(problem: Problem) -> Problem:
    """Give the first echelon alone: whole sites that must be served, hubs in any number, none earning by standing."""
    return Problem(
        supply=problem.supply,
        collection_cost=problem.collection_cost,
        hubs=replace(problem.hubs, fixed=np.abs(problem.hubs.fixed)),
        yields=problem.yields,
        transfer_cost=np.zeros((problem.n_hubs, 0, problem.n_grades)),
        refineries=Steps(np.zeros((0, 1)), np.zeros((0, 1)), np.zeros((0, 1))),
        single_sourcing=True,
        hub_counts=Counts.free(problem.n_hubs),
        refinery_counts=Counts.free(0),
        hub_state=problem.hub_state,
        refinery_state=np.zeros(0, np.int64),
    )


@st.composite
def floors(draw: Any) -> tuple[NDArray[Any], NDArray[Any]]:
    """Draw least tonnages for up to three hubs and two refineries."""
    return fill(draw, st.sampled_from([0, 0, 1, 3, 6]), 3), fill(draw, st.sampled_from([0, 0, 1, 2]), 2)


@st.composite
def sharing(draw: Any, problem: Problem) -> Problem:
    """Put some hubs and refineries of a problem on one ground; a hub saves up to all of its fixed cost."""
    beside = fill(draw, st.booleans(), problem.n_hubs, problem.n_refineries) > 0
    part = fill(draw, st.sampled_from([0.0, 0.5, 1.0]), *problem.hubs.fixed.shape)
    saving = part * np.where(problem.hubs.exists, np.maximum(problem.hubs.fixed, 0.0), 0.0)
    return replace(problem, beside=beside, shared_saving=saving)
