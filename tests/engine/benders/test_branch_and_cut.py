"""Search by cuts against brute force over all features, and against the full model on a problem of middle size."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from brute_force import agree_with_brute_force, cheapest, faults, tell_no_lie
from hubspoke.base.status import Status, relative_gap
from hubspoke.base.stop import Stop
from hubspoke.engine.benders.branch_and_cut import solve_by_branch_and_cut
from hubspoke.engine.least_throughput import close_below_floors, find_short
from hubspoke.engine.milp.solve import solve_directly
from hubspoke.engine.optimize import optimize
from hubspoke.engine.optional_sites import serve_all_then_drop
from hubspoke.engine.parameters import DEFAULTS, EngineParameters
from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.limits import counts_cannot_be_met
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.solution.evaluate import evaluate
from impatient import StopAfterLooks
from small_problems import floors, problems
from trials import examples
from tuning import by_cuts_or_whole, tuned

SOME = settings(deadline=None, derandomize=True, max_examples=examples(10), suppress_health_check=list(HealthCheck))
MANY = settings(SOME, max_examples=examples(6))
GAP = 1e-3


def bounded_and_valid(problem: Problem, stop: Stop | None = None, parameters: EngineParameters = DEFAULTS) -> None:
    """Check that what the cuts alone answer is true, however far they come."""
    lanes = np.isfinite(problem.collection_cost) & problem.hubs.exists.any(axis=1)
    assume(lanes.any() and not counts_cannot_be_met(problem))  # else the engine does not ask for cuts
    answer = solve_by_branch_and_cut(problem, gap=0.0, stop=stop, parameters=parameters)
    least = cheapest(problem)
    if math.isinf(least):
        assert not answer.has_plan
        assert answer.status in {Status.INFEASIBLE, Status.UNKNOWN}
        return
    assert answer.status is not Status.INFEASIBLE
    if not answer.has_plan:
        assert answer.status is Status.UNKNOWN
        assert answer.bound <= least + 1e-6 + 1e-7 * abs(least)
        return
    tell_no_lie(problem, answer, least)
    if answer.status is Status.OPTIMAL:
        assert answer.objective == pytest.approx(least, rel=1e-7, abs=1e-6)


@MANY
@given(problems(single=True))
def test_cuts_tell_the_truth_of_whole_sites(problem: Problem) -> None:
    bounded_and_valid(problem)


@MANY
@given(problems(single=False))
def test_cuts_tell_the_truth_of_divided_sites(problem: Problem) -> None:
    bounded_and_valid(problem)


@pytest.mark.heavy
@MANY
@given(problems(), st.integers(0, 60), st.booleans())
def test_cuts_tell_the_truth_whenever_time_runs_out(problem: Problem, asked: int, groups: bool) -> None:  # noqa: FBT001
    """Time runs out the `asked`-th time someone looks at the clock, wherever the search is then."""
    given = tuned(subproblem={"aggregated_lanes": 0}, assignment={"groups": 2}) if groups else DEFAULTS
    bounded_and_valid(problem, StopAfterLooks(asked), given)


@MANY
@given(problems())
def test_the_engine_by_cuts_is_that_of_brute_force(problem: Problem) -> None:
    answer = optimize(problem, gap=0, parameters=tuned(choice={"direct_lanes": 0}))
    agree_with_brute_force(problem, answer)


@pytest.mark.heavy
@pytest.mark.parametrize(("seed", "factor"), [(0, 1.0), (1, 1.0), (0, 1.5)])
def test_cuts_reach_the_gap_where_sites_may_be_left_out(seed: int, factor: float) -> None:
    """Hubs and a refinery worth filling to the brim: whole sites that do not fit stay where they are."""
    free = middling(seed)
    everyone = optimize(free, gap=0.01)
    problem = replace(free, skip_cost=free.mass * everyone.objective / free.mass.sum() * factor)
    answer = solve_by_branch_and_cut(problem, gap=0.01)
    known = serve_all_then_drop(problem, lambda part: optimize(part, gap=0.01), gap=0.01)
    assert answer.status is Status.OPTIMAL
    assert known is not None
    assert answer.bound <= known.objective * (1 + 1e-9)
    for plan in (answer, known):
        assert faults(problem, plan) == []
        assert evaluate(problem, plan) == pytest.approx(plan.objective, rel=1e-12)
        assert plan.objective <= max(problem.skip_cost.sum(), everyone.objective) * (1 + 1e-9)


@MANY
@given(problems(), floors(), st.booleans())
def test_plants_take_in_their_least_tonnage(problem: Problem, floor: tuple[Any, Any], by_cuts: bool) -> None:  # noqa: FBT001
    """By the full model and by cuts: plans keep the rule, and bounds hold for all plans that do."""
    hub, refinery = floor
    asked = replace(problem, hub_floor=hub[: problem.n_hubs], refinery_floor=refinery[: problem.n_refineries])
    answer = optimize(asked, gap=0, parameters=by_cuts_or_whole(by_cuts))
    agree_with_brute_force(asked, answer)


@pytest.mark.heavy
@pytest.mark.parametrize("single", [True, pytest.param(False, marks=pytest.mark.heavy)])
def test_closing_plants_below_their_floor_gives_a_plan_and_a_true_bound(single: bool) -> None:  # noqa: FBT001
    free = middling(1, single=single, n_sites=100, n_hubs=8)
    loose = optimize(free, gap=GAP)
    load = np.bincount(loose.hub, free.mass[loose.site] * loose.share, 8)
    problem = replace(free, hub_floor=np.full(8, 1.05 * load[loose.hub_size >= 0].min()))
    answer = close_below_floors(problem, lambda part: optimize(part, gap=GAP), gap=GAP)
    whole = solve_directly(problem, gap=GAP, stop=Stop(20))
    assert np.isfinite(find_short(problem, loose)).any()
    assert answer.has_plan
    assert faults(problem, answer) == []
    assert answer.bound <= whole.objective * (1 + 1e-9)
    assert answer.objective >= whole.bound * (1 - 1e-9)
    assert answer.objective >= loose.bound * (1 - 1e-9)


def middling(seed: int, *, single: bool = True, n_sites: int = 150, n_hubs: int = 12) -> Problem:
    """Draw sites, hubs and refineries on a map, with three sizes that cost less per tonne the larger they are."""
    random = np.random.default_rng(seed)
    sites, hubs, refineries = (random.uniform(0, 100, (count, 2)) for count in (n_sites, n_hubs, 3))
    mass = random.lognormal(3.0, 1.0, len(sites))
    size = mass.sum() * np.array([0.15, 0.3, 0.6])
    near = np.linalg.norm(sites[:, None] - hubs[None], axis=2)
    far = np.linalg.norm(hubs[:, None] - refineries[None], axis=2)
    dearer = random.uniform(0.8, 1.2, (n_hubs, 1))
    return Problem.build(
        supply=mass,
        collection_cost=mass[:, None] * (5 + near),
        hub_capacity=np.tile(size, (len(hubs), 1)),
        hub_fixed=np.tile(60 * size[0] * (size / size[0]) ** 0.6, (len(hubs), 1)) * dearer,
        yields=0.4,
        transfer_cost=0.5 * far,
        refinery_capacity=np.tile(mass.sum() * np.array([0.2, 0.45, 0.7]), (len(refineries), 1)),
        refinery_fixed=np.tile(20 * mass.sum() * np.array([0.5, 0.65, 0.85]), (len(refineries), 1)),
        single_sourcing=single,
    )


@pytest.mark.heavy
@pytest.mark.parametrize("single", [pytest.param(True, marks=pytest.mark.heavy), False])
def test_cuts_reach_the_gap_and_agree_with_the_full_model(single: bool, caplog: pytest.LogCaptureFixture) -> None:  # noqa: FBT001
    problem = middling(1, single=single, n_sites=100, n_hubs=10)
    by_cuts, whole = optimize(problem, gap=GAP), optimize(problem, gap=GAP, solver="highs")
    with caplog.at_level("INFO", "hubspoke"):
        alone = solve_by_branch_and_cut(problem, gap=GAP)
    told = [record.reached for record in caplog.records if hasattr(record, "reached")]
    assert told[-1].hubs == (alone.hub_size >= 0).sum()
    assert alone.objective <= told[-1].best  # what is told last is refitted once more
    for answer in (by_cuts, alone):
        assert answer.status is Status.OPTIMAL
        assert relative_gap(answer.objective, answer.bound) <= GAP
        assert answer.bound <= whole.objective * (1 + 1e-9)
        assert whole.bound <= answer.objective * (1 + 1e-9)
        assert evaluate(problem, answer) == pytest.approx(answer.objective, rel=1e-12)
        assert faults(problem, answer) == []


@pytest.mark.heavy
def test_cuts_give_the_same_answer_for_any_number_of_threads() -> None:
    problem = middling(3)
    one, two = optimize(problem, gap=5 * GAP, threads=1), optimize(problem, gap=5 * GAP, threads=2)
    assert (one.status, one.objective, one.bound) == (two.status, two.objective, two.bound)
    for name in ("site", "hub", "share", "hub_size", "refinery_size", "flow"):
        assert np.array_equal(getattr(one, name), getattr(two, name))


@pytest.mark.parametrize(
    ("cost", "capacity"), [([[1.0, 2.0], [3.0, 2.0]], [0.0, 9.0]), ([[1.0, np.inf], [3.0, 2.0]], [9.0, 9.0])]
)
def test_massless_sites_disturb_no_cut(cost: list[list[float]], capacity: list[float]) -> None:
    problem = Problem.build([0.0, 3.0], cost, capacity, [1.0, 1.0])
    answer = solve_by_branch_and_cut(problem, gap=0.0)
    assert answer.objective == pytest.approx(cheapest(problem))


def test_a_hub_that_reaches_no_refinery_may_serve_who_leaves_nothing() -> None:
    """Its black mass has no price, before and after another refinery is tried."""
    problem = Problem.build(
        [0.0, 0.0], [[1.0, np.inf, 0.0], [0.0, 0.0, np.inf]], [2.0, 2.0, 2.0], [0.0, 0.0, 0.0],
        yields=[[[0.25]], [[0.0]], [[0.0]]], transfer_cost=[[0.0], [0.0], [np.inf]], refinery_capacity=[2.0],
    )  # fmt: skip
    answer = solve_by_branch_and_cut(problem, gap=0.0)
    tell_no_lie(problem, answer, cheapest(problem))


@pytest.mark.heavy
def test_hubs_without_fixed_cost_beside_their_sites_are_solved_rightly() -> None:
    random = np.random.default_rng(1)
    at = random.integers(0, 100, (60, 2)).astype(float)
    distance = np.abs(at[:, None] - at[None]).sum(axis=2)
    four = Counts(np.zeros(60, np.int64), np.array([4]), np.array([4]))
    problem = Problem.build(np.ones(60), distance, np.full(60, 60.0), np.zeros(60), hub_counts=four)
    answer = solve_by_branch_and_cut(problem, gap=1e-6)
    assert answer.status is Status.OPTIMAL
    assert answer.objective == pytest.approx(solve_directly(problem, gap=1e-6).objective)
