"""One echelon by cuts: there is a plan soon, and what is left open is handed to the full model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from brute_force import agree_with_brute_force
from hubspoke.base.status import Status
from hubspoke.engine.benders.branch_and_cut import BranchAndCut
from hubspoke.engine.benders.subproblem import Subproblem
from hubspoke.engine.optimize import optimize
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.problem.steps import Steps
from impatient import StopAfterLooks
from small_problems import problems
from trials import examples
from tuning import tuned

SOME = settings(deadline=None, derandomize=True, max_examples=examples(20), suppress_health_check=list(HealthCheck))


def one_echelon(problem: Problem) -> Problem:
    """Return the hubs of a problem alone, with their first size each."""
    first = Steps(*(values[:, :1] for values in (problem.hubs.capacity, problem.hubs.fixed, problem.hubs.variable)))
    return Problem.build(
        problem.supply, problem.collection_cost, first.capacity, first.fixed, hub_variable=first.variable,
        single_sourcing=problem.single_sourcing, hub_counts=problem.hub_counts, hub_state=problem.hub_state,
        skip_cost=problem.skip_cost,
    )  # fmt: skip


def tight(seed: int, *, room: float, single: bool, sites: int = 80, hubs: int = 30) -> Problem:
    random = np.random.default_rng(seed)
    place, at = random.uniform(0, 1, (sites, 2)), random.uniform(0, 1, (hubs, 2))
    mass = random.integers(5, 36, sites).astype(float)
    cost = 10 * np.hypot(*(place[:, None] - at[None]).transpose(2, 0, 1)) * mass[:, None]
    return Problem.build(mass, cost, np.full(hubs, room), random.uniform(300, 400, hubs), single_sourcing=single)


@pytest.mark.parametrize("seed", range(examples(3)))
def test_there_is_a_plan_of_whole_sites_before_anything_else(seed: int) -> None:
    """Hubs that hold two or three sites each: the choice that suits divided sites rarely holds whole ones."""
    search = BranchAndCut(Subproblem(tight(seed, room=52.0, single=True, hubs=60)), 1e-6)
    search._begin()
    assert search.incumbent.plan.has_plan


@pytest.mark.heavy
@SOME
@given(problems(single=False))
def test_what_cuts_leave_open_is_settled_by_the_full_model(drawn: Problem) -> None:
    problem = one_echelon(drawn)
    far = drawn.n_sites % 2 == 0  # told what plan to beat only where that is near the bound
    by_cuts = {"direct_lanes": -1, "few_lanes": -1, "handed_nodes": 0, "near_cutoff": 0.0 if far else 1.0}
    agree_with_brute_force(problem, optimize(problem, gap=0, parameters=tuned(choice=by_cuts)))


BY_CUTS_ALONE = {"tree_sizes": (), "fallback_lanes": 0, "direct_lanes": -1, "few_lanes": -1}


@pytest.mark.heavy
@pytest.mark.parametrize("seed", range(examples(2)))
def test_a_search_with_a_limit_ends_with_its_gap_closed_or_its_limit_used_up(seed: int) -> None:
    """Whole sites whose divided cost lies below: cuts alone would end early with the gap open."""
    stop = StopAfterLooks(100)
    problem = tight(seed, room=60.0, single=True, sites=24, hubs=14)
    answer = optimize(problem, stop=stop, parameters=tuned(choice=BY_CUTS_ALONE))
    assert answer.has_plan
    assert answer.status is Status.OPTIMAL or stop.looks < 0


@pytest.mark.heavy
@pytest.mark.parametrize("seed", range(examples(2)))
def test_a_search_with_time_enough_closes_its_gap(seed: int) -> None:
    """Whole sites that few hubs hold: with a limit that leaves time, the search is not given up before it."""
    problem = tight(seed, room=60.0, single=True, sites=12, hubs=8)
    answer = optimize(problem, time_limit=3600.0, parameters=tuned(choice=BY_CUTS_ALONE))
    assert answer.status is Status.OPTIMAL
    assert answer.objective == pytest.approx(optimize(problem, solver="highs").objective, rel=1e-6)


@pytest.mark.heavy
def test_sites_without_mass_and_hubs_without_room_are_no_matter() -> None:
    problem = tight(2, room=150.0, single=False, sites=40)
    light = replace(problem, supply=np.where(np.arange(40)[:, None] < 5, 0.0, problem.supply))
    steps: dict[str, Any] = {"capacity": np.where(np.arange(30)[:, None] < 3, 0.0, problem.hubs.capacity)}
    narrow = replace(light, hubs=replace(light.hubs, **steps))
    by_cuts = tuned(choice={"direct_lanes": -1, "few_lanes": -1})
    assert optimize(narrow, parameters=by_cuts).objective == pytest.approx(
        optimize(narrow, solver="highs").objective, rel=1e-6
    )
