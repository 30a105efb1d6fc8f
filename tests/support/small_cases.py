"""Random tiny cases over all features, in small whole numbers, for hypothesis."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.plant_paths import PlantPaths
from hubspoke.engine.cases.take_or_pay import TakeOrPay
from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.problem.steps import Steps
from small_problems import COST, RARELY, STATE, draw_counts, fill, sharing

STEP = st.integers(0, 12)
SELDOM = st.integers(0, 7).map(lambda drawn: drawn == 7)
OFTEN = st.sampled_from([True, True, False])


def maybe(draw: Any, values: st.SearchStrategy[Any], *shape: int, chance: st.SearchStrategy[bool] = OFTEN) -> Any:
    """Draw costs of a step, some of them forbidden, or forbid all of them."""
    if not draw(chance):
        return np.full(shape, np.inf)
    return fill(draw, st.one_of(values, values, values, st.just(np.inf)), *shape)


@st.composite
def paths(draw: Any, cases: int, plants: int, sizes: int, *, scenarios: bool = False) -> PlantPaths:
    """Draw what plants may do."""
    shape = (cases, plants, sizes)
    limited, timed = draw(SELDOM), not scenarios and draw(RARELY)
    return PlantPaths.build(
        shape,
        opening_cost=fill(draw, st.one_of(STEP, STEP, STEP, st.just(np.inf)) if draw(RARELY) else STEP, *shape),
        reopening_cost=maybe(draw, STEP, *shape, chance=RARELY),
        resize_cost=maybe(draw, STEP, *shape, sizes),
        closing_cost=maybe(draw, st.integers(-5, 6), *shape),
        idle_cost=maybe(draw, st.integers(0, 3), *shape),
        investment=fill(draw, st.integers(0, 6), plants, sizes) if draw(SELDOM) else 0.0,
        lead_time=fill(draw, st.sampled_from([0, 0, 1, 2]), plants) if timed else 0,
        earliest=fill(draw, st.sampled_from([0, 0, 1]), plants) if timed else 0,
        latest=fill(draw, st.sampled_from([cases, cases, 0]), plants) if draw(SELDOM) else None,
        standing=fill(draw, st.integers(-1, sizes - 1), plants) if draw(st.booleans()) else -1,
        standing_until=fill(draw, st.sampled_from([cases, cases, 1, 0]), plants) if draw(RARELY) else None,
        life=fill(draw, st.sampled_from([cases, cases, 1]), plants) if draw(RARELY) else None,
        fewest_openings=fill(draw, st.sampled_from([0, 0, 1]), cases) if limited else 0,
        most_openings=fill(draw, st.sampled_from([plants, plants, 1, 0]), cases) if limited else None,
    )


@st.composite
def small_cases(
    draw: Any,
    *,
    tied: bool | None = None,
    count: int | None = None,
    scenarios: bool | None = None,
    dues: bool | None = None,
) -> Cases:
    """Draw up to three cases of up to three sites, two hubs and two refineries, which may have to be paid for."""
    dues = draw(SELDOM) if dues is None else dues
    tied = draw(RARELY) if tied is None else tied
    count = draw(st.sampled_from([2, 3, 1])) if count is None else count
    scenarios = not tied and draw(RARELY) if scenarios is None else scenarios
    single = tied or draw(st.booleans())
    hubs, refineries = draw(st.sampled_from([2, 1])), draw(st.sampled_from([1, 0, 0 if tied else 2]))
    sites = draw(st.sampled_from([2, 1, 3]))
    problems = _problems(draw, count, sites, hubs, refineries, single=single, tied=tied)
    skippable = all(np.isfinite(problem.skip_cost).any() for problem in problems)
    weights = draw(
        st.sampled_from(
            [1.0, fill(draw, st.sampled_from([0.5, 1.0, 2.0]), count), fill(draw, st.integers(0, 2), count)]
        )
    )
    return Cases.build(
        problems,
        weights=weights,
        hubs=draw(paths(count, hubs, problems[0].hubs.fixed.shape[1], scenarios=scenarios)),
        refineries=draw(paths(count, refineries, problems[0].refineries.fixed.shape[1], scenarios=scenarios)),
        linking="scenarios" if scenarios else "years",
        one_time_factor=draw(st.sampled_from([1.0, fill(draw, st.sampled_from([0.5, 1.0]), count)])),
        least_tonnes=fill(draw, st.integers(0, 4), count) if tied and skippable and draw(st.booleans()) else 0.0,
        least_sites=fill(draw, st.integers(0, sites), count) if tied and skippable and draw(st.booleans()) else 0.0,
        stays_collected=tied and draw(st.booleans()),
        switching_cost=fill(draw, st.sampled_from([0, 1, 3, np.inf]), sites) if tied and draw(st.booleans()) else 0.0,
        budget=fill(draw, st.sampled_from([5, 15, np.inf]), count) if draw(SELDOM) else np.inf,
        budget_in_total=draw(st.sampled_from([10.0, 20.0])) if draw(SELDOM) else np.inf,
        take_or_pay=draw(_dues(count, problems[0].refineries)) if dues and refineries and not scenarios else None,
        hub_take_or_pay=draw(_dues(count, problems[0].hubs)) if dues and not scenarios and draw(OFTEN) else None,
    )


@st.composite
def _dues(draw: Any, count: int, steps: Steps) -> TakeOrPay:
    """Draw what plants pay for, taken or not."""
    shape = (count, *steps.fixed.shape)
    tonnes = fill(draw, st.sampled_from([0.0, 0.5, 1.0, 2.0, 5.0]), *shape)
    return TakeOrPay.build(shape, tonnes, fill(draw, st.sampled_from([0, 1, 2, 6]), *shape))


def _problems(
    draw: Any, count: int, sites: int, hubs: int, refineries: int, *, single: bool, tied: bool
) -> list[Problem]:
    """Draw one problem for each case, with plants of the same sizes."""
    cost = COST
    lane = st.one_of(cost, cost, st.just(np.inf)) if draw(RARELY) else cost
    skips = st.one_of(st.just(np.inf), cost, cost) if tied or draw(st.booleans()) else st.just(np.inf)
    ground, counted, forced = draw(RARELY), draw(SELDOM), draw(SELDOM)
    supplies = [fill(draw, st.integers(0, 4), sites, 1) for _ in range(count)]
    room = int(max(supply.sum() for supply in supplies)) + 2
    sizes = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    grow = draw(st.booleans())
    own = [draw(_steps(hubs, sizes[0], room)), draw(_steps(refineries, sizes[1], room))]
    found: list[Problem] = []
    for supply in supplies:
        if grow:
            own = [draw(_steps(hubs, sizes[0], room)), draw(_steps(refineries, sizes[1], room))]
        problem = Problem(
            supply=supply,
            collection_cost=fill(draw, lane, sites, hubs),
            hubs=own[0],
            yields=fill(draw, st.sampled_from([0.25, 0.5, 1.0]), hubs, 1, 1),
            transfer_cost=fill(draw, lane, hubs, refineries, 1),
            refineries=own[1],
            single_sourcing=single,
            hub_counts=draw_counts(draw, hubs) if counted else Counts.free(hubs),
            refinery_counts=draw_counts(draw, refineries) if counted else Counts.free(refineries),
            hub_state=fill(draw, STATE if forced else st.just(0), hubs).astype(np.int64),
            refinery_state=fill(draw, STATE if forced else st.just(0), refineries).astype(np.int64),
            skip_cost=fill(draw, skips, sites),
        )
        problem = draw(sharing(problem)) if ground and refineries else problem
        found.append(problem)
    if not tied and draw(RARELY):
        found = [replace(problem, hub_floor=fill(draw, st.sampled_from([0, 0, 1, 3]), hubs)) for problem in found]
    return found


@st.composite
def _steps(draw: Any, plants: int, sizes: int, room: int) -> Steps:
    """Draw plants that mostly hold everything; a size may be missing, tonnes may cost by size."""
    shape = plants, sizes
    capacity = fill(draw, st.sampled_from([room, room, room, room * 2 // 3, room // 2, 1]), *shape)
    variable = fill(draw, st.integers(0, 3), *shape) if draw(st.booleans()) else np.zeros(shape)
    missing = fill(draw, st.sampled_from([0, 0, 0, 0, 0, 1]), *shape) > 0
    return Steps(capacity, np.where(missing, np.inf, fill(draw, COST, *shape)), variable)
