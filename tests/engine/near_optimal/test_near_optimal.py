"""Near-optimal choices of plants are all there are, by trying every choice."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from hubspoke.base.stop import Stop
from hubspoke.engine.near_optimal.find import find_near_optimal, most_different
from hubspoke.engine.optimize import optimize
from hubspoke.engine.problem.problem import Problem


def network() -> Problem:
    """Give six sites and five hubs in a row, a seventh site at one of them alone."""
    lanes = 4.0 * np.abs(np.arange(6.0)[:, None] - np.linspace(0, 5, 5)[None, :])
    only = np.array([[np.inf, 2.0, np.inf, np.inf, np.inf]])
    return Problem.build(np.ones(7), np.vstack([lanes, only]), np.full(5, 7.0), [9.0, 8.0, 7.5, 30.0, 8.5])


def every(problem: Problem) -> dict[tuple[bool, ...], float]:
    """Give what every choice of hubs costs, where it has a plan."""
    found = {}
    for chosen in product((False, True), repeat=problem.n_hubs):
        state = np.where(chosen, 1, -1)
        answer = optimize(problem.derive(hub_state=state), gap=0.0)
        if answer.has_plan:
            found[chosen] = answer.objective
    return found


@pytest.mark.heavy
@pytest.mark.parametrize("within", [0.001, 0.1, 0.4])
def test_every_choice_within_the_limit_is_listed_once(within: float) -> None:
    problem = network()
    known, found = every(problem), find_near_optimal(network(), within=within)
    assert found is not None
    least = min(known.values())
    fitting = {chosen: cost for chosen, cost in known.items() if cost <= least * (1 + within) + 1e-9}
    assert found.is_complete
    assert {tuple(row) for row in found.chosen.tolist()} == set(fitting)
    assert len(found.chosen) == len(fitting)
    assert found.cost.tolist() == pytest.approx(sorted(fitting.values()))
    sets = np.array(list(fitting))
    assert found.in_all.tolist() == sets.all(axis=0).tolist()
    assert found.in_none.tolist() == (~sets.any(axis=0)).tolist()
    assert found.in_all[1]
    far = most_different(found, 1)
    if len(fitting) > 1:
        away = (found.chosen != found.chosen[0]).sum(axis=1)
        assert away[far[0]] == away.max()
    else:
        assert not len(far)


def test_a_list_that_ends_early_says_so() -> None:
    found = find_near_optimal(network(), within=0.4, most=3)
    assert found is not None
    assert len(found.cost) == 3
    assert not found.is_complete
    stop = Stop()
    stop.ask()
    late = find_near_optimal(network(), within=0.4, stop=stop)
    assert late is None or not late.is_complete


def test_no_plan_has_no_neighbours() -> None:
    assert find_near_optimal(network().derive(hub_state=np.array([0, -1, 0, 0, 0])), within=0.1) is None


def beside(one: Problem, other: Problem) -> Problem:
    """Give two networks of hubs alone that share nothing as one."""
    apart = np.full((one.n_sites, other.n_hubs), np.inf)
    lanes = np.block(
        [[one.collection_cost, apart], [np.full((other.n_sites, one.n_hubs), np.inf), other.collection_cost]]
    )
    room = np.concatenate([one.hubs.capacity[:, 0], other.hubs.capacity[:, 0]])
    fixed = np.concatenate([one.hubs.fixed[:, 0], other.hubs.fixed[:, 0]])
    return Problem.build(np.concatenate([one.mass, other.mass]), lanes, room, fixed)


@pytest.mark.heavy
@pytest.mark.parametrize("most", [6, pytest.param(1000, marks=pytest.mark.heavy)])
def test_choices_of_parts_that_share_nothing_are_counted_together(most: int) -> None:
    small = Problem.build(np.ones(2), [[1.0, 3.0, 2.0], [3.0, 1.0, 2.5]], np.full(3, 2.0), [4.0, 3.5, 4.2])
    problem = beside(network(), small)
    known = every(problem)
    least = min(known.values())
    found = find_near_optimal(problem, within=0.2, most=most)
    assert found is not None
    fitting = sorted(cost for cost in known.values() if cost <= least * 1.2 + 1e-9)
    assert found.number <= len(fitting)
    assert found.cost.tolist() == pytest.approx(fitting[: len(found.cost)])
    assert all(
        known[tuple(row)] == pytest.approx(cost) for row, cost in zip(found.chosen.tolist(), found.cost, strict=True)
    )
    if most > len(fitting):
        assert found.is_complete
        assert found.number == len(found.cost) == len(fitting)
        sets = np.array([row for row, cost in known.items() if cost <= least * 1.2 + 1e-9])
        assert found.in_all.tolist() == sets.all(axis=0).tolist()
        assert found.in_none.tolist() == (~sets.any(axis=0)).tolist()
    else:
        assert len(found.cost) == most


@pytest.mark.heavy
def test_what_time_leaves_uncounted_is_looked_for_around_the_cheapest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hubspoke.engine.near_optimal.part.SHARES", (0.0, 0.0))
    found, known = find_near_optimal(network(), within=0.4, stop=Stop(60.0)), every(network())
    assert found is not None
    assert not found.is_complete
    assert found.number == len(found.cost) > 1
    for row, cost in zip(found.chosen.tolist(), found.cost.tolist(), strict=True):
        assert known[tuple(row)] == pytest.approx(cost)
        assert cost <= found.limit
