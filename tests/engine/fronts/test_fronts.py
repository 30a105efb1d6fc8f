"""Fronts of tiny problems against trying everything."""

from __future__ import annotations

import math
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from hubspoke.base.stop import Stop
from hubspoke.engine.fronts.complete import find_front
from hubspoke.engine.fronts.levels import find_points
from hubspoke.engine.fronts.limits import LongestLane, NumberOfHubs, enumerate_values
from hubspoke.engine.fronts.pair import Pair
from hubspoke.engine.fronts.parts import find_sum_of_parts
from hubspoke.engine.fronts.supported import find_supported
from hubspoke.engine.optimize import optimize
from hubspoke.engine.problem.problem import Problem
from small_problems import fill
from trials import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.base.arrays import Floats
    from hubspoke.engine.fronts.front import Front

TIGHT = 1e-6
REFINING = st.sampled_from([0, 2])
"""Numbers of refineries."""


@st.composite
def pairs(draw: Any, *, single: bool, refining: st.SearchStrategy[int] = REFINING) -> Pair:
    """Draw two sites or three, two hubs with or without two refineries, and costs of two kinds in small numbers."""
    sites, hubs, refineries = draw(st.integers(2, 3)), 2, draw(refining)
    supply = fill(draw, st.integers(1, 4), sites)
    room = float(supply.sum())
    hub_capacity = fill(draw, st.sampled_from([room, room, room - 1]), hubs)
    refinery_capacity = fill(draw, st.sampled_from([room, room / 2]), refineries) if refineries else None

    def state(fixed: st.SearchStrategy[int]) -> Problem:
        cost = st.integers(0, 9)
        shape = (hubs, refineries)
        return Problem.build(
            supply,
            fill(draw, cost, sites, hubs),
            hub_capacity,
            fill(draw, fixed, hubs),
            hub_variable=fill(draw, st.sampled_from([0, 0, 1]), hubs),
            transfer_cost=fill(draw, cost, *shape) if refineries else None,
            refinery_capacity=refinery_capacity,
            refinery_fixed=fill(draw, fixed, refineries) if refineries else 0.0,
            single_sourcing=single,
        )

    return Pair(state(st.integers(0, 9)), state(st.sampled_from([0, 0, 3])))


def least_cost(pair: Pair, most: float) -> float:
    """Return the least cost of plans whose other measure is at most so much, by trying every choice of plants."""
    return min((_solve(pair, most, *choice) for choice in _choices(pair)), default=math.inf)


def _choices(pair: Pair) -> Iterator[tuple[tuple[bool, ...], tuple[bool, ...], tuple[int, ...] | None]]:
    problem = pair.cost
    whole = list(product(range(problem.n_hubs), repeat=problem.n_sites)) if problem.single_sourcing else [None]
    for hubs in product([False, True], repeat=problem.n_hubs):
        for refineries in product([False, True], repeat=problem.n_refineries):
            for to in whole:
                if to is None or all(hubs[hub] for hub in to):
                    yield hubs, refineries, to


def _solve(
    pair: Pair, most: float, hubs: tuple[bool, ...], refineries: tuple[bool, ...], to: tuple[int, ...] | None
) -> float:
    """Return the least cost with given plants, and sites assigned where `to` says so, as a linear program."""
    one = pair.cost
    lanes, flows = one.n_sites * one.n_hubs, one.n_hubs * one.n_refineries
    fixed, amounts = [], []
    for problem in (pair.cost, pair.other):
        stands = problem.hubs.fixed[list(hubs), 0].sum() + problem.refineries.fixed[list(refineries), 0].sum()
        by_tonne = problem.mass[:, None] * problem.hubs.variable[:, 0]
        amounts.append(np.r_[(problem.collection_cost + by_tonne).ravel(), problem.transfer_cost.ravel()])
        fixed.append(float(stands))
    x = np.arange(lanes).reshape(one.n_sites, one.n_hubs)
    f = lanes + np.arange(flows).reshape(one.n_hubs, one.n_refineries)
    equal, right, upper, limit = [], [], [amounts[1]], [most - fixed[1]]
    for site in range(one.n_sites):
        equal.append(_row(lanes + flows, x[site], 1.0))
        right.append(1.0)
    for hub in range(one.n_hubs):
        upper.append(_row(lanes + flows, x[:, hub], one.mass))
        limit.append(float(one.hubs.capacity[hub, 0]) if hubs[hub] else 0.0)
        if flows:
            equal.append(_row(lanes + flows, x[:, hub], one.mass) - _row(lanes + flows, f[hub], 1.0))
            right.append(0.0)
    for refinery in range(one.n_refineries):
        upper.append(_row(lanes + flows, f[:, refinery], 1.0))
        limit.append(float(one.refineries.capacity[refinery, 0]) if refineries[refinery] else 0.0)
    bounds: list[tuple[float, float | None]] = [(0.0, None)] * (lanes + flows)
    for site, hub in enumerate(to or ()):
        bounds[x[site, hub]] = (1.0, 1.0)
    found = linprog(amounts[0], np.array(upper), limit, np.array(equal), right, bounds=bounds)
    return float(found.fun) + fixed[0] if found.status == 0 else math.inf


def _row(size: int, at: Any, value: Any) -> Floats:
    row = np.zeros(size)
    row[at] = value
    return row


def check_front(pair: Pair, front: Front) -> None:
    """Check ends, all rows and the middles between them against trying everything."""
    least = least_cost(pair, 1e6)
    if math.isinf(least):
        assert front.is_infeasible
        return
    assert front.is_complete
    rows = front.rows
    assert rows[0].choice.cost == pytest.approx(least, rel=TIGHT, abs=TIGHT)
    assert math.isinf(least_cost(pair, rows[-1].choice.other - 1e-3))
    for row in rows:
        value = least_cost(pair, row.choice.other + 1e-7)
        if row.attained:
            assert row.choice.cost == pytest.approx(value, rel=TIGHT, abs=TIGHT)
        else:
            assert value < row.choice.cost + TIGHT
        assert row.bound <= value + TIGHT
    for row, after in pairwise(rows):
        if row.choice.other - after.choice.other < 1e-6:  # where one line ends and another begins
            continue
        middle = (row.choice.other + after.choice.other) / 2
        known = (row.choice.cost + after.choice.cost) / 2 if row.goes_on else after.choice.cost
        assert least_cost(pair, middle) == pytest.approx(known, rel=TIGHT, abs=1e-5)


@given(pairs(single=True))
@settings(max_examples=examples(5), deadline=None)
def test_whole_sites_have_the_front_that_trying_everything_finds(pair: Pair) -> None:
    """Every row is the cheapest plan for its limit, and between two rows there is none."""
    check_front(pair, find_front(pair))


@pytest.mark.heavy
@given(pairs(single=False))
@settings(max_examples=examples(5), deadline=None)
def test_divided_sites_have_segments_that_trying_everything_finds(pair: Pair) -> None:
    """Where tonnes are divided the front goes on as lines, which are proven in their middles, too."""
    check_front(pair, find_front(pair))


@pytest.mark.heavy
@given(pairs(single=True), st.integers(2, 6))
@settings(max_examples=examples(5), deadline=None)
def test_points_at_levels_are_on_the_front(pair: Pair, number: int) -> None:
    """A point at a level is a plan of the front, with both ends among them."""
    whole, some = find_front(pair), find_points(pair, number)
    assert some.is_infeasible == whole.is_infeasible
    for row in some.rows:
        assert row.choice.cost == pytest.approx(least_cost(pair, row.choice.other + 1e-7), rel=TIGHT, abs=TIGHT)
        assert row.bound == pytest.approx(row.choice.cost, rel=TIGHT, abs=1e-4)
    if whole.rows:
        ends = [(row.choice.cost, row.choice.other) for row in (some.rows[0], some.rows[-1])]
        expected = [(row.choice.cost, row.choice.other) for row in (whole.rows[0], whole.rows[-1])]
        assert np.allclose(ends, expected, rtol=TIGHT, atol=1e-4)


def test_levels_that_have_one_plan_give_way_to_others() -> None:
    """Where even levels miss a plan, as many points come back as asked for while there are others."""
    cost, other = [1.0, 2.0, 10.0], [10.0, 9.0, 0.0]
    pair = Pair(*(Problem.build([1.0], [lanes], [1.0] * 3, [0.0] * 3) for lanes in (cost, other)))
    for asked, found in ((2, [10, 0]), (3, [10, 9, 0]), (4, [10, 9, 0])):
        assert [round(row.choice.other) for row in find_points(pair, asked).rows] == found


@pytest.mark.heavy
@given(pairs(single=True))
@settings(max_examples=examples(5), deadline=None)
def test_weighted_sums_find_points_of_the_front_and_bounds_below_it(pair: Pair) -> None:
    """Points that weighted sums find are on the front, and their bounds hold for every plan."""
    for row in find_supported(pair, 5, gap=1e-9).rows:
        value = least_cost(pair, row.choice.other + 1e-7)
        assert row.choice.cost == pytest.approx(value, rel=1e-4, abs=1e-4)
        assert row.bound <= value + 1e-4


@pytest.mark.heavy
@given(pairs(single=True))
@settings(max_examples=examples(5), deadline=None)
def test_values_of_a_measure_that_takes_few_are_all_found(pair: Pair) -> None:
    """Cost against the longest lane, and against the number of hubs, are those of the best plan under each limit."""
    problem = pair.cost
    for measure in (LongestLane(problem, pair.other.collection_cost), NumberOfHubs(problem)):
        front = enumerate_values(measure, gap=0.0)
        values = sorted({row.choice.other for row in front.rows}, reverse=True)
        assert [row.choice.other for row in front.rows] == values
        assert all(row.choice.cost < after.choice.cost for row, after in pairwise(front.rows))
        for limit in range(11):
            best = optimize(measure.below(limit + 1.0), gap=0.0)
            known = [row.choice.cost for row in front.rows if row.choice.other <= limit]
            assert (min(known) if known else math.inf) == pytest.approx(best.objective, rel=1e-9, abs=1e-9)


def put_side_by_side(one: Problem, two: Problem) -> Problem:
    """Return two problems as one whose parts share nothing."""
    sites, hubs = one.n_sites + two.n_sites, one.n_hubs + two.n_hubs
    cost = np.full((sites, hubs), np.inf)
    cost[: one.n_sites, : one.n_hubs] = one.collection_cost
    cost[one.n_sites :, one.n_hubs :] = two.collection_cost
    return Problem.build(
        np.r_[one.mass, two.mass],
        cost,
        np.r_[one.hubs.capacity, two.hubs.capacity],
        np.r_[one.hubs.fixed, two.hubs.fixed],
        hub_variable=np.r_[one.hubs.variable, two.hubs.variable],
        single_sourcing=True,
    )


@pytest.mark.heavy
@given(pairs(single=True, refining=st.just(0)), pairs(single=True, refining=st.just(0)))
@settings(max_examples=examples(5), deadline=None)
def test_parts_add_up_to_the_front_of_the_whole(one: Pair, two: Pair) -> None:
    """Sums of the fronts of parts are the front that the full model of the whole has."""
    whole = Pair(put_side_by_side(one.cost, two.cost), put_side_by_side(one.other, two.other))
    known, made = find_front(whole), find_sum_of_parts(whole)
    assert made is not None
    assert made.is_infeasible == known.is_infeasible
    expected = [(row.choice.cost, row.choice.other) for row in known.rows if row.attained]
    assert np.allclose([(row.choice.cost, row.choice.other) for row in made.rows], expected, rtol=1e-6, atol=1e-5)
    if made.rows:
        some = find_sum_of_parts(whole, points=3)
        assert some is not None
        assert len(some.rows) == min(3, len(made.rows))
        assert {row.choice.cost for row in some.rows} <= {row.choice.cost for row in made.rows}
        assert (some.rows[0].choice.cost, some.rows[-1].choice.cost) == (
            made.rows[0].choice.cost,
            made.rows[-1].choice.cost,
        )
        assert all((row.choice.hub_size >= 0).any() for row in made.rows)


def test_a_search_that_is_broken_off_need_not_ask_again() -> None:
    """What the solver answered is asked for by the same words, and a memory that holds it spares the solver."""
    rng = np.random.default_rng(3)
    one, two = (
        Problem.build(np.ones(6), rng.integers(1, 9, (6, 4)), np.full(4, 6.0), fixed, single_sourcing=False)
        for fixed in ([5, 6, 7, 4], 0.0)
    )
    kept: dict[str, Any] = {}
    asked = []

    def remember(question: list[Any], answer: Any) -> Any:
        asked.append(repr(question) not in kept)
        if repr(question) not in kept:
            kept[repr(question)] = answer()
        return kept[repr(question)]

    first = find_front(Pair(one, two), remember=remember)
    assert all(asked)
    asked.clear()
    again = find_front(Pair(one, two), remember=remember)
    assert asked
    assert not any(asked)
    assert [row.choice.cost for row in again.rows] == [row.choice.cost for row in first.rows]
    assert len(first.rows) > 2


def test_a_search_that_is_ended_proves_nothing_more() -> None:
    """Asked to stop once both ends are known, a search returns what it has, and does not call it complete."""
    rng = np.random.default_rng(3)
    one, two = (
        Problem.build(np.ones(6), rng.integers(1, 9, (6, 4)), np.full(4, 6.0), fixed, single_sourcing=False)
        for fixed in ([5, 6, 7, 4], 0.0)
    )
    for search in (find_front, lambda pair, **options: find_points(pair, 5, **options)):
        stop = Stop()
        asked: list[Any] = []

        def remember(question: list[Any], answer: Any, stop: Stop = stop, asked: list[Any] = asked) -> Any:
            told = answer()
            asked.append(question)
            if len(asked) == 4:  # two questions for each end
                stop.ask()
            return told

        front = search(Pair(one, two), stop=stop, remember=remember)
        assert front.was_ended
        assert not front.is_complete
        assert len(front.rows) >= 2
        assert any(np.isneginf(row.bound) for row in front.rows)


def test_problems_that_differ_in_more_than_costs_are_refused() -> None:
    """Two measures are of the same plans."""
    one = Problem.build(np.ones(2), np.ones((2, 2)), np.full(2, 2.0), 1.0)
    with pytest.raises(ValueError, match="more than costs"):
        Pair(one, Problem.build(np.ones(2), np.ones((2, 2)), np.full(2, 3.0), 1.0))
    with pytest.raises(ValueError, match="other sites"):
        Pair(one, Problem.build(np.ones(3), np.ones((3, 2)), np.full(2, 3.0), 1.0))
