"""Plans recounted in fractions: the cost is that of doubles but for rounding, and every broken limit is found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import hubspoke as hs
from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.solution.evaluate import evaluate, rounding_of
from hubspoke.engine.solution.exact import exact_cost, find_fault


def drawn(seed: int, *, single: bool = False, skipping: bool = False) -> Problem:
    """Draw two echelons with two grades, some ground shared."""
    rng = np.random.default_rng(seed)
    sites, hubs, refineries = 6, 3, 2
    problem = Problem.build(
        rng.uniform(0.1, 2, sites), rng.uniform(1, 9, (sites, hubs)), np.full(hubs, 8.0), rng.uniform(1, 5, hubs),
        hub_variable=0.3, transfer_cost=rng.uniform(0.1, 1, (hubs, refineries)), refinery_capacity=[9.0, 11.0],
        refinery_fixed=rng.uniform(1, 5, refineries), refinery_variable=0.2, yields=0.7, single_sourcing=single,
        skip_cost=rng.uniform(2, 8, sites) if skipping else np.inf,
    )  # fmt: skip
    beside = np.eye(hubs, refineries, dtype=bool)
    return problem.derive(beside=beside, shared_saving=0.5 * problem.hubs.fixed)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("single", "skipping"), [(False, False), (True, False), (False, True)])
def test_fractions_and_doubles_agree(seed: int, *, single: bool, skipping: bool) -> None:
    problem = drawn(seed, single=single, skipping=skipping)
    plan = hs.optimize(problem)
    assert find_fault(problem, plan) is None
    assert abs(float(exact_cost(problem, plan)) - evaluate(problem, plan)) <= rounding_of(problem, plan)


def test_what_a_plan_breaks_is_told() -> None:
    problem = drawn(1)
    plan = hs.optimize(problem)
    opened, closed = int(plan.hub[0]), plan.hub_size.copy()
    closed[opened] = -1
    tight = replace(problem.hubs, capacity=problem.hubs.capacity * 0.01)
    lost = plan.flow.copy()
    lost[opened] = 0.0
    banned = np.where(np.arange(problem.n_hubs) == opened, -1, 0)
    broken: list[tuple[Problem, dict[str, Any], str]] = [
        (problem, {"hub_size": closed}, "closed"),
        (problem.derive(hubs=tight), {}, "of 0.08 tonnes"),
        (problem, {"flow": lost}, "sends other tonnes than it makes"),
        (problem, {"share": plan.share * 0.5}, "served 0.5 times"),
        (problem.derive(hub_state=banned), {}, "that must be closed"),
        (problem.derive(hub_counts=Counts.between(3, 3, 3)), {}, "against the counts"),
        (problem.derive(hub_floor=np.full(3, 99.0)), {}, "less than 99 tonnes"),
        (problem.derive(collection_cost=problem.collection_cost + np.inf), {}, "does not reach"),
    ]
    for changed, changes, words in broken:
        assert words in (find_fault(changed, replace(plan, **changes)) or ""), words
