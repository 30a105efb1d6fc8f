"""Choices of one hub for each group and shared refineries are counted as trying every choice counts them."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubspoke.base.stop import Stop
from hubspoke.engine.near_optimal.find import find_near_optimal
from hubspoke.engine.near_optimal.one_refinery import state_one_refinery
from hubspoke.engine.optimize import optimize
from hubspoke.engine.problem.counts import NO_LIMIT, Counts
from hubspoke.engine.problem.problem import FORCED_CLOSED, FORCED_OPEN, Problem
from trials import examples

GROUP = np.array([0, 0, 1, 1, 1])
REFINERIES = 3


def network(seed: int) -> Problem:
    """Give two groups of two sites, with two and three hubs of two sizes, and three refineries that all may use."""
    rng = np.random.default_rng(seed)
    lanes = rng.integers(1, 20, (4, len(GROUP))).astype(float)
    lanes[np.repeat([0, 1], 2)[:, None] != GROUP[None, :]] = np.inf
    one = np.ones(2, np.int64)
    return Problem.build(
        rng.integers(1, 4, 4),
        lanes,
        np.tile([5.0, 9.0], (len(GROUP), 1)),
        rng.integers(4, 12, (len(GROUP), 2)),
        yields=0.5,
        transfer_cost=rng.integers(1, 9, (len(GROUP), REFINERIES)).astype(float),
        refinery_capacity=np.tile([2.0, 9.0], (REFINERIES, 1)),
        refinery_fixed=rng.integers(0, 9, (REFINERIES, 2)),
        single_sourcing=True,
        hub_counts=Counts(GROUP, one, one, 0, int(NO_LIMIT)),
        beside=rng.integers(0, 2, (len(GROUP), REFINERIES)).astype(bool),
        shared_saving=rng.integers(0, 4, (len(GROUP), 2)),
    )


def every(problem: Problem) -> dict[tuple[bool, ...], float]:
    """Give what every choice costs: one hub of each group, and any refineries."""
    found = {}
    sets = [some for number in range(1, REFINERIES + 1) for some in combinations(range(REFINERIES), number)]
    for hubs, refineries in product(product(*(np.flatnonzero(one == GROUP) for one in (0, 1))), sets):
        chosen = np.zeros(len(GROUP) + REFINERIES, bool)
        chosen[list(hubs)] = chosen[len(GROUP) + np.array(refineries)] = True
        state = np.where(chosen, FORCED_OPEN, FORCED_CLOSED)
        answer = optimize(problem.derive(hub_state=state[: len(GROUP)], refinery_state=state[len(GROUP) :]), gap=0.0)
        if answer.has_plan:
            found[tuple(chosen.tolist())] = answer.objective
    return found


@pytest.mark.heavy
@given(st.integers(0, 10_000), st.sampled_from([0.02, 0.2, 0.5]))
@settings(max_examples=examples(3), deadline=None)
def test_every_choice_is_counted(seed: int, within: float) -> None:
    """Number, cheapest choices, and plants in all and in none are those of all choices within the limit."""
    problem = network(seed)
    assert state_one_refinery(problem) is not None
    known, found = every(problem), find_near_optimal(problem, within=within, gap=1e-9)
    assert found is not None
    limit = min(known.values()) * (1 + within)
    fitting = {chosen: cost for chosen, cost in known.items() if cost <= limit + 1e-6}
    assert found.is_complete
    assert found.number == len(fitting)
    assert found.cost.tolist() == pytest.approx(sorted(fitting.values()))
    assert {tuple(row) for row in found.chosen.tolist()} == set(fitting)
    sets = np.array(list(fitting))
    assert found.in_all.tolist() == sets.all(axis=0).tolist()
    assert found.in_none.tolist() == (~sets.any(axis=0)).tolist()


def test_orders_and_short_lists_are_kept() -> None:
    """Plants that must be open or closed are, a list that ends early is still counted, and time that is up is told."""
    problem = network(5).derive(
        hub_state=np.array([0, FORCED_OPEN, FORCED_CLOSED, 0, 0]), refinery_state=np.array([0, FORCED_CLOSED, 0])
    )
    found = find_near_optimal(problem, within=0.9, most=2, gap=1e-9)
    whole = find_near_optimal(problem, within=0.9, gap=1e-9)
    assert found is not None
    assert whole is not None
    assert len(found.cost) == 2
    assert found.number >= 2
    assert whole.in_all[1]
    assert whole.in_none[[0, 2, 6]].all()
    stop = Stop()
    stop.ask()
    late = find_near_optimal(problem, within=0.9, gap=1e-9, stop=stop)
    assert late is not None
    assert not late.is_complete
    assert 0 < late.number <= whole.number


@pytest.mark.heavy
def test_where_more_refineries_cannot_open_all_is_counted() -> None:
    """Where rules allow one refinery alone, no search is needed, and the count is complete."""
    problem = network(5)
    counts = Counts(np.zeros(REFINERIES, np.int64), np.zeros(1, np.int64), np.ones(1, np.int64), 0, 1)
    found = find_near_optimal(problem.derive(refinery_counts=counts), within=0.9, gap=1e-9)
    known = {chosen: cost for chosen, cost in every(problem).items() if sum(chosen) == 3}
    assert found is not None
    assert found.is_complete
    assert found.number == sum(cost <= 1.9 * min(known.values()) for cost in known.values())


def test_other_problems_are_no_such_sums() -> None:
    """Lanes between groups, hubs that make other things, and two hubs of a group are searched as usual."""
    problem = network(1)
    across = problem.collection_cost.copy()
    across[0, 4] = 1.0
    yields = problem.yields.copy()
    yields[0] *= 0.9
    free = Counts(GROUP, np.ones(2, np.int64), np.full(2, 2, np.int64), 0, int(NO_LIMIT))
    for change in ({"collection_cost": across}, {"yields": yields}, {"hub_counts": free}):
        assert state_one_refinery(problem.derive(**change)) is None
