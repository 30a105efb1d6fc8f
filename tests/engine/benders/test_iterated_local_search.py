"""Perturbed local search: true answers, never worse, the same for a seed, and better than one descent."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brute_force import cheapest
from choices import as_parts, choices, divided
from hubspoke.base.stop import Stop
from hubspoke.engine.benders.iterated_local_search import IteratedLocalSearch
from hubspoke.engine.benders.local_search import LocalSearch
from hubspoke.engine.benders.subproblem import Subproblem
from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.problem import Problem
from small_problems import problems
from trials import examples

if TYPE_CHECKING:
    from hubspoke.engine.benders.evaluation import Evaluation

SOME = settings(deadline=None, derandomize=True, max_examples=examples(7), suppress_health_check=list(HealthCheck))


def never() -> bool:
    return False


def two_stage(seed: int, *, counts: Counts | None = None) -> Problem:
    """Draw plants, depots and customers with capacities that bind in both echelons."""
    random = np.random.default_rng(seed)
    sites, hubs, refineries = 60, 25, 12
    demand = random.integers(5, 35, sites).astype(float)
    room = demand.sum()
    return Problem.build(
        supply=demand,
        collection_cost=demand[:, None] * random.integers(35, 90, (sites, hubs)),
        hub_capacity=random.integers(int(room / 6), int(room / 3), hubs),
        hub_fixed=random.integers(6000, 10000, hubs),
        transfer_cost=random.integers(35, 90, (hubs, refineries)),
        refinery_capacity=random.integers(int(room / 4), int(room / 2), refineries),
        refinery_fixed=random.integers(9000, 15000, refineries),
        hub_counts=counts,
        single_sourcing=False,
    )


def start(problem: Problem) -> tuple[Subproblem, Evaluation]:
    """Open everything, and descend from there."""
    subproblem = Subproblem(problem)
    point = subproblem.evaluate(np.ones(problem.hubs.fixed.shape), np.ones(problem.refineries.fixed.shape))
    assert point is not None
    return subproblem, LocalSearch(subproblem, [point.cut]).improve(point, never)


@pytest.mark.heavy
def test_a_walk_finds_better_plants_than_one_descent() -> None:
    gains = []
    for seed in range(3):
        subproblem, one = start(two_stage(seed))
        walk = IteratedLocalSearch(subproblem, [one.cut], one, seed=seed)
        best = walk.walk(150, Stop())
        assert best.cost <= one.cost
        assert walk.answered >= 150
        exact = subproblem.evaluate(best.hub, best.refinery)
        assert exact is not None
        assert exact.cost == pytest.approx(best.cost, rel=1e-9)
        gains.append(one.cost - best.cost)
    assert max(gains) > 0


@pytest.mark.heavy
def test_a_walk_is_the_same_for_a_seed() -> None:
    found = []
    for seed in (4, 4, 5):
        subproblem, point = start(two_stage(0))
        walk = IteratedLocalSearch(subproblem, [point.cut], point, seed=seed)
        found.append((walk.walk(60, Stop()).cost, [cut.constant for cut in walk.search.cuts]))
    assert found[0] == found[1]
    assert found[0] != found[2]


def test_a_walk_keeps_counts_and_ends_when_asked() -> None:
    counts = Counts(np.arange(25) % 2, np.array([2, 0]), np.array([25, 4]))
    problem = two_stage(1, counts=counts)
    hub, refinery = np.zeros((25, 1)), np.ones((12, 1))
    hub[[0, 1, 2, 3, 4, 5, 6, 8, 10]] = 1.0
    subproblem = Subproblem(problem)
    point = subproblem.evaluate(hub, refinery)
    assert point is not None
    assert IteratedLocalSearch(subproblem, [point.cut], point).walk(50, Stop(0)) is point
    best = IteratedLocalSearch(subproblem, [point.cut], point).walk(50, Stop())
    assert counts.allows(np.asarray((best.hub > 0.5).any(axis=1)))


@pytest.mark.heavy
@SOME
@given(problems().filter(lambda problem: problem.n_sites > 0), st.floats(0.2, 1.5))
def test_an_answer_within_a_limit_is_exact_and_one_beyond_it_a_lower_bound(problem: Problem, share: float) -> None:
    problem = divided(problem)
    least = cheapest(problem)
    subproblem = Subproblem(problem)
    for h, r, cost in choices(problem):
        hub, refinery = as_parts(problem.hubs, h), as_parts(problem.refineries, r)
        limit = share * least if math.isfinite(least) else 1.0
        quick, exact = subproblem.evaluate(hub, refinery, limit=limit), subproblem.evaluate(hub, refinery)
        if quick is None or exact is None:
            continue
        assert quick.cost <= exact.cost + 1e-6
        if quick.cost < limit:
            assert quick.cost == pytest.approx(exact.cost, rel=1e-7, abs=1e-6)
        if math.isfinite(cost):
            assert quick.cut.at(hub, refinery) <= cost + 1e-6
