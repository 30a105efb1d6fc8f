"""Whole sites at a choice of plants: a true bound, the cheapest plan of the choice, and no other choice lost."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brute_force import allowed_sizes, cheapest
from hubspoke.base.status import Status
from hubspoke.base.stop import Stop
from hubspoke.engine.benders.branch_and_cut import solve_by_branch_and_cut
from hubspoke.engine.benders.branching import Node, leave_out_choice
from hubspoke.engine.benders.master import Master
from hubspoke.engine.benders.restricted_milp import solve_restricted
from hubspoke.engine.benders.subproblem import Subproblem
from hubspoke.engine.optimize import optimize
from hubspoke.engine.presolve.merge import merge_decided_sites
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.problem.steps import Steps
from hubspoke.engine.solution.evaluate import evaluate
from hubspoke.instances.generate import generate_problem
from small_problems import problems
from trials import examples
from tuning import tuned

SOME = settings(
    deadline=None,
    derandomize=True,
    max_examples=examples(20),
    suppress_health_check=list(HealthCheck),
)


def at_size(steps: Steps, sizes: tuple[int, ...]) -> tuple[Steps, np.ndarray]:
    """Give the steps with no size but the chosen ones, and the parts to which sizes are open."""
    part = np.zeros(steps.fixed.shape)
    for j, k in enumerate(sizes):
        if k >= 0:
            part[j, k] = 1.0
    return Steps(steps.capacity, np.where(part > 0, steps.fixed, np.inf), steps.variable), part


@pytest.mark.heavy
@SOME
@given(problems(single=True), st.data(), st.sampled_from([0, 3, 3_000]))
def test_a_settled_choice_is_bounded_truly_and_its_plan_found(problem: Problem, data: st.DataObject, most: int) -> None:
    hubs = list(allowed_sizes(problem.hubs, problem.hub_state, problem.hub_counts))
    refineries = list(allowed_sizes(problem.refineries, problem.refinery_state, problem.refinery_counts))
    if not problem.n_sites or not hubs or not refineries:
        return
    hub_steps, hub = at_size(problem.hubs, data.draw(st.sampled_from(hubs)))
    refinery_steps, refinery = at_size(problem.refineries, data.draw(st.sampled_from(refineries)))
    only = replace(
        problem,
        hubs=hub_steps,
        refineries=refinery_steps,
        hub_state=np.where(hub.any(axis=1), 1, -1),
        refinery_state=np.where(refinery.any(axis=1), 1, -1),
    )
    least = cheapest(only)
    subproblem = Subproblem(problem)
    point = subproblem.evaluate(hub, refinery)
    if point is None:
        return
    for limit in (math.inf, least * 1.5 + 1.0, least, least - 1.0):
        if math.isnan(limit):
            continue
        given = tuned(plan_search={"restricted_lanes": most})
        settled = solve_restricted(subproblem.cutter, point, limit=limit, gap=0.0, stop=Stop(), parameters=given)
        if settled is None:
            continue
        assert min(settled.bound, limit) <= least + 1e-6 * max(abs(least), 1.0) or math.isinf(least)
        if settled.plan is not None:
            assert evaluate(problem, settled.plan) == pytest.approx(settled.plan.objective)
        if math.isfinite(least) and least < limit and most == 3_000:
            assert settled.plan is not None
            assert settled.plan.objective <= least + 1e-6 * max(abs(least), 1.0)  # it may shrink a size


def test_all_choices_but_one_stay_in_the_parts() -> None:
    problem = Problem.build(
        [1.0, 2.0], np.ones((2, 3)), [[1.0, 3.0], [3.0, 0.0], [3.0, 6.0]], [[1.0, 2.0], [2.0, np.inf], [1.0, 3.0]]
    )
    subproblem = Subproblem(problem)
    master = Master(subproblem.cutter, 1.0)
    node = Node(master.whole(), -np.inf)
    none = np.zeros((0, 1))

    def place(sizes: tuple[int, ...]) -> np.ndarray:
        return master.place(at_size(problem.hubs, sizes)[1], none)

    choices = [sizes for sizes in product((-1, 0, 1), (-1, 0), (-1, 0, 1)) if master_allows(problem, sizes)]
    left_out = choices[len(choices) // 2]
    divided = leave_out_choice(master, node, place(left_out), np.inf, stop=Stop())
    assert divided is not None
    parts, _ = divided
    for sizes in choices:
        held = sum(part.holds(place(sizes)) for part in parts)
        assert held == (sizes != left_out)


def master_allows(problem: Problem, sizes: tuple[int, ...]) -> bool:
    """Say whether open hubs hold all tonnes, which is a row of the master."""
    room = sum(float(problem.hubs.capacity[h, k]) for h, k in enumerate(sizes) if k >= 0)
    return room >= float(problem.mass.sum())


def test_sites_that_see_all_hubs_alike_are_not_given_to_a_solver() -> None:
    problem = Problem.build(np.ones(40), np.ones((40, 3)), [20.0, 20.0, 20.0], [1.0, 1.0, 1.0])
    subproblem = Subproblem(problem)
    point = subproblem.evaluate(np.ones((3, 1)), np.zeros((0, 1)))
    assert point is not None
    given = tuned(plan_search={"restricted_lanes": 10})
    with patch("hubspoke.engine.benders.restricted_milp.solve_directly") as solver:
        answer = solve_restricted(subproblem.cutter, point, limit=44.0, gap=0.0, stop=Stop(), parameters=given)
    assert answer is None
    assert not solver.called


def test_lanes_that_do_not_exist_are_no_lanes_for_the_solver() -> None:
    cost = np.where(np.arange(12)[:, None] // 3 == np.arange(4), 1.0, np.inf)  # one lane of four for each site
    subproblem = Subproblem(Problem.build(np.ones(12), cost, np.full(4, 3.0), np.ones(4)))
    point = subproblem.evaluate(np.ones((4, 1)), np.zeros((0, 1)))
    assert point is not None
    given = tuned(plan_search={"restricted_lanes": 1})
    settled = solve_restricted(subproblem.cutter, point, limit=math.inf, gap=0.0, stop=Stop(), parameters=given)
    assert settled is not None
    assert settled.plan is not None
    assert settled.plan.objective == 16.0


def test_sites_with_one_hub_left_become_one_site_of_it() -> None:
    cost = np.array([[1.0, np.inf], [2.0, np.inf], [np.inf, 5.0], [1.0, 1.0], [7.0, np.inf]])
    skip = np.array([np.inf, np.inf, np.inf, np.inf, 3.0])
    merged = merge_decided_sites(Problem.build([1.0, 2, 4, 8, 16], cost, [99.0, 99], [1.0, 1], skip_cost=skip))
    assert merged.problem.n_sites == 4
    assert merged.site_of[0] == merged.site_of[1]
    assert sorted(merged.problem.mass.tolist()) == [3.0, 4.0, 8.0, 16.0]
    assert merged.problem.collection_cost[merged.site_of[0]].tolist() == [3.0, np.inf]


@pytest.mark.heavy
@pytest.mark.parametrize("seed", [5, 6])
def test_whole_sites_are_proven_where_cuts_end_at_divided_ones(seed: int) -> None:
    problem = generate_problem(400, 12, 2, seed=seed)
    answer = solve_by_branch_and_cut(problem, gap=1e-6)
    assert answer.status is Status.OPTIMAL
    divided = optimize(replace(problem, single_sourcing=False), gap=1e-6)
    assert answer.objective >= divided.bound
    before = solve_by_branch_and_cut(problem, gap=1e-6, parameters=tuned(branch_and_cut={"settled": 0}))
    assert before.bound <= answer.bound * (1 + 1e-6)
    assert before.objective >= answer.bound * (1 - 1e-6)
