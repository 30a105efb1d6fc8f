"""Choices of hubs drawn near the relaxed one have room, and the plans made at them fit and use no other hubs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import hubspoke as hs
from hubspoke.base.stop import Stop
from hubspoke.engine.lagrangian.branch_and_bound import solve_by_branch_and_bound
from hubspoke.engine.lagrangian.generalized_assignment import FixedHubs
from hubspoke.engine.lagrangian.large_neighbourhood import search_among
from hubspoke.engine.lagrangian.layout import lay_out_problem
from hubspoke.engine.lagrangian.plans.choices import ChoicesOfHubs, decide_hubs
from hubspoke.engine.lagrangian.primal_heuristic import cost_plan
from hubspoke.engine.lagrangian.search_tree import BranchAndBound
from hubspoke.engine.parameters_of_whole_sites import (
    BranchAndBoundParameters,
    ChoicesParameters,
    LargeNeighbourhoodParameters,
)
from hubspoke.engine.problem.problem import Problem
from tuning import tuned

if TYPE_CHECKING:
    from collections.abc import Callable

QUICK = ChoicesParameters(draws=20, bounded=3, stages=((4, 1), (6, 2)))


def drawn(seed: int, hubs: int = 60, sites: int = 90) -> Problem:
    """Draw sites and hubs on a square: hubs of very different room for about five sites, one closed and one forced."""
    random = np.random.default_rng(seed)
    mass, capacity = np.round(random.uniform(5, 35, sites)), np.round(random.uniform(20, 180, hubs))
    between = np.linalg.norm(random.uniform(0, 1, (sites, 1, 2)) - random.uniform(0, 1, (1, hubs, 2)), axis=2)
    state = np.where(np.arange(hubs) == 3, -1, np.where(np.arange(hubs) == 5, 1, 0))
    lanes, fixed = (
        np.round(mass[:, None] * 10 * between),
        np.round(10 * np.sqrt(capacity) + random.uniform(0, 90, hubs)),
    )
    return Problem.build(mass, lanes, capacity, fixed, hub_state=state)


def solver(seen: list[Problem] | None = None) -> Callable[[Problem, np.ndarray], np.ndarray]:
    """Return what solves a neighbourhood by the tree."""

    def solve(part: Problem, hub: np.ndarray) -> np.ndarray:
        if seen is not None:
            seen.append(part)
        answer, _ = solve_by_branch_and_bound(part, gap=1e-6, stop=Stop(), nodes=5)
        found = answer.hub[np.argsort(answer.site)]
        data = lay_out_problem(part)
        return found if cost_plan(data, found) < cost_plan(data, hub) else hub

    return solve


def choices_of(problem: Problem, stop: Stop | None = None) -> tuple[ChoicesOfHubs, BranchAndBound]:
    tree = BranchAndBound(lay_out_problem(problem), 1.0, 1e-6, stop or Stop(), BranchAndBoundParameters())
    tree.bound_root()
    leaf = FixedHubs(problem, tree.data, tree.relaxed, gap=1e-6, stop=tree.stop, solver_nodes=0)
    return ChoicesOfHubs(leaf, tree.price, solver(), QUICK), tree


def test_plans_of_drawn_choices_fit_and_get_cheaper_turn_by_turn() -> None:
    choices, tree = choices_of(drawn(1))
    plan, cost = np.zeros(90, np.int64), np.full(1, np.inf)
    known = np.inf
    for _ in range(2):
        choices.search(plan, cost)
        assert cost[0] == pytest.approx(cost_plan(tree.data, plan))
        assert tree.bound <= cost[0] <= known
        known = cost[0]
    for waiting in choices.waiting[1:]:
        for one in waiting:
            assert one.plan is not None
            assert set(one.plan.tolist()) <= set(one.opened.tolist())
            assert one.bound <= one.cost == pytest.approx(cost_plan(tree.data, one.plan))
            assert known <= one.cost
    assert len(choices.waiting[0]) > 0
    for one in choices.waiting[0]:
        assert tree.data.largest[one.opened].sum() >= tree.data.tonnes * (1.0 + QUICK.spare[one.spare])
        assert 3 not in one.opened
        assert 5 in one.opened
    assert len({one.opened.tobytes() for one in choices.waiting[0]}) == len(choices.waiting[0])


def test_the_choice_that_promises_most_goes_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is renewed in the largest neighbourhoods before any other is in larger ones."""
    choices, _ = choices_of(drawn(5))
    choices.parameters = ChoicesParameters(draws=20, bounded=3, stages=((4, 1), (6, 3), (8, 2)))
    choices.waiting = [[], [], []]
    order, renew = [], ChoicesOfHubs._renew

    def noted(self: ChoicesOfHubs, hubs: int, one: Any, **more: int) -> Any:
        found = renew(self, hubs, one, **more)
        order.append((hubs, one.opened.tobytes(), one.promise, found.promise))
        return found

    monkeypatch.setattr(ChoicesOfHubs, "_renew", noted)
    with hs.use_threads(1):
        choices.search(np.zeros(90, np.int64), np.full(1, np.inf))
    fitted = [one for one in order if one[0] == 4]
    ahead = min(fitted, key=lambda one: one[3])[1]
    later = [one[:2] for one in order if one[0] > 4]
    assert order[: len(fitted)] == fitted
    assert later[:2] == [(6, ahead), (8, ahead)]
    assert [hubs for hubs, _ in later[2:]] == sorted(hubs for hubs, _ in later[2:])
    assert len(later) <= 3 + 2


def test_asked_to_stop_it_leaves_the_plan() -> None:
    stop = Stop()
    choices, _ = choices_of(drawn(2), stop)
    stop.ask()
    plan, cost = np.zeros(90, np.int64), np.full(1, np.inf)
    choices.search(plan, cost)
    assert np.isinf(cost[0])
    assert (plan == 0).all()


def test_a_plan_renewed_among_some_hubs_uses_no_others() -> None:
    problem, small = drawn(3), LargeNeighbourhoodParameters(first_hubs=4, most_hubs=4)
    seen: list[Problem] = []
    data = lay_out_problem(problem)
    opened = np.array([h for h in range(0, 60, 2) if h != 3])
    leaf = FixedHubs(problem, data, BranchAndBound(data, 1.0, 0.0, Stop(), BranchAndBoundParameters()).relaxed,
                     gap=0.0, stop=Stop(), solver_nodes=0)  # fmt: skip
    plan, cost = np.zeros(90, np.int64), np.full(1, np.inf)
    leaf.fit(decide_hubs(data, np.zeros(90), opened), plan, cost)
    found = search_among(problem, plan, opened, solver(seen), Stop(), small)
    assert set(found.tolist()) <= set(opened.tolist())
    assert cost_plan(data, found) < cost[0]
    assert max(part.n_hubs for part in seen) < len(opened)


def test_a_search_with_choices_proves_the_same_optimum_on_any_number_of_threads() -> None:
    problem = drawn(4, hubs=30, sites=45)
    lanes = problem.n_sites * problem.n_hubs
    drawing = tuned(branch_and_bound={"dived": lanes - 1, "exchanged": lanes - 1}, choices={"draws": 20, "bounded": 3})
    plain = hs.optimize(problem, threads=1)
    answers = [hs.optimize(problem, threads=threads, parameters=drawing) for threads in (1, 3)]
    for answer in answers:
        assert answer.status is plain.status is hs.Status.OPTIMAL
        assert answer.objective == pytest.approx(plain.objective, rel=1e-4)
        assert answer.bound <= plain.objective * (1 + 1e-9)
    assert answers[0].objective == answers[1].objective
    assert answers[0].bound == answers[1].bound
    assert (answers[0].hub == answers[1].hub).all()


def tight(seed: int) -> Problem:
    """Draw hubs of which nearly all are needed, and lanes at any cost."""
    random = np.random.default_rng(seed)
    mass = random.integers(10, 50, 40).astype(float)
    capacity = np.round(random.uniform(0.8, 1.2, 20) * 1.3 * mass.sum() / 20)
    return Problem.build(
        mass, random.integers(20, 1000, (40, 20)).astype(float), capacity, random.integers(300, 700, 20)
    )


def test_prices_that_begin_elsewhere_raise_the_root_and_stay_below_every_plan() -> None:
    gains = []
    for seed in range(3):
        problem, bounds = tight(seed), []
        for other in ((), BranchAndBoundParameters().other_prices):
            parameters = BranchAndBoundParameters(other_prices=other)
            tree = BranchAndBound(lay_out_problem(problem), 1.0, 1e-6, Stop(), parameters)
            tree.bound_root()
            bounds.append(tree.bound)
        answer, _ = solve_by_branch_and_bound(problem, gap=1e-4, stop=Stop(), nodes=300)
        assert bounds[0] <= bounds[1] <= answer.objective
        gains.append(bounds[1] > bounds[0])
    assert any(gains)
