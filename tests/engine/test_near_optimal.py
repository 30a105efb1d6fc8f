"""Near-optimal choices of plants are all there are, by trying every choice."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from hubspoke.base.stop import Stop
from hubspoke.engine.near_optimal import find_near_optimal, most_different
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
