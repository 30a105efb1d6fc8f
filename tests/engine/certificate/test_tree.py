"""Bounds from trees of decisions: true whatever the tree, and the optimum itself where the tree was grown for it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import hubspoke as hs
from brute_force import cheapest
from hubspoke.base.stop import Stop
from hubspoke.engine.certificate.tree import Question, check_leaves, check_tree, divide
from hubspoke.engine.certify.grow import grow_tree
from hubspoke.engine.problem.problem import Problem
from small_problems import problems
from trials import examples

if TYPE_CHECKING:
    from numpy.typing import NDArray

SOME = settings(deadline=None, derandomize=True, max_examples=examples(20), suppress_health_check=list(HealthCheck))
SITES, HUBS = 18, 7


def whole_sites(seed: int = 0, sites: int = SITES, hubs: int = HUBS) -> Problem:
    """Draw whole sites of whole tonnes at hubs with little room to spare, at whole costs."""
    rng = np.random.default_rng(seed)
    mass = rng.integers(5, 12, sites).astype(float)
    cost = rng.integers(0, 99, (sites, hubs)).astype(float)
    room = np.ceil(mass.sum() / 2.9 * rng.uniform(0.8, 1.2, hubs))
    return Problem.build(mass, cost, room, rng.integers(150, 300, hubs).astype(float))


def draw_question(problem: Problem, data: Any) -> tuple[Question, int, int]:
    """Draw a question that may be asked of a problem."""
    asked = [Question.HUB, Question.HUBS, Question.HUB_SIZE]
    asked += [Question.REFINERY, Question.REFINERIES, Question.REFINERY_SIZE] if problem.n_refineries else []
    asked += [Question.LANE] if problem.single_sourcing and problem.n_sites else []
    question = data.draw(st.sampled_from(asked))
    of_hubs = question in {Question.HUB, Question.HUBS, Question.HUB_SIZE}
    most = problem.n_sites if question is Question.LANE else problem.n_hubs if of_hubs else problem.n_refineries
    a, b = data.draw(st.integers(0, most - 1)), data.draw(st.integers(0, problem.n_hubs - 1))
    return question, a, b


@SOME
@given(problems(), st.data())
def test_no_tree_proves_more_than_the_optimum(problem: Problem, data: Any) -> None:
    nodes: list[tuple[int, int, int]] = []
    waiting, leaves, asked = 1, 0, 0
    while waiting:
        waiting -= 1
        kind = data.draw(st.sampled_from(["leaf", "ask", "rule out"])) if asked < 6 else "leaf"
        asked += 1
        if kind == "ask" and problem.n_hubs:
            nodes.append(draw_question(problem, data))
            waiting += 2
        elif kind == "rule out":
            nodes.append((Question.RULE_OUT, leaves, 0))
            leaves, waiting = leaves + 1, waiting + 1
        else:
            nodes.append((Question.LEAF, leaves, 0))
            leaves += 1
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    least = cheapest(problem)
    certificate: dict[str, NDArray[Any]] = {
        "division": np.array(nodes),
        "leaf_site_price": rng.uniform(-5, 60, (leaves, problem.n_sites)),
        "leaf_gate_price": rng.uniform(-5, 40, (leaves, problem.n_hubs, problem.n_grades)),
        "limit": np.array(
            [data.draw(st.sampled_from([-10.0, 0.0, 40.0, 1e3, least if math.isfinite(least) else 0.0]))]
        ),
    }
    assert check_tree(problem, certificate) <= least + 1e-6 * max(abs(least), 1)


@pytest.mark.heavy
@SOME
@given(problems())
def test_a_grown_tree_proves_the_optimum(problem: Problem) -> None:
    answer = hs.optimize(problem, gap=0, certificate=True)
    least = cheapest(problem)
    if math.isfinite(least) and problem.n_sites:
        bound = hs.check_tree(problem, answer.certificate)
        assert bound <= least + 1e-6 * max(abs(least), 1)
        floors = problem.has_floors or (problem.skip_cost < np.inf).any()
        assert floors or bound >= least - 1e-6 * max(abs(least), 1)


@pytest.mark.parametrize("seed", range(6))
def test_tight_whole_sites_are_proven_by_few_leaves(seed: int) -> None:
    problem = whole_sites(seed)
    answer = hs.optimize(problem, gap=0, certificate=True)
    assert hs.check_tree(problem, answer.certificate) == answer.objective == answer.bound
    assert (hs.check_leaves(problem, answer.certificate) > answer.objective - 1).all()
    assert len(answer.certificate["division"]) < 200


def test_the_two_answers_to_a_question_have_all_plans_between_them() -> None:
    problem = whole_sites(sites=5, hubs=3)
    least = cheapest(problem)
    for question, a, b in (
        (Question.HUB, 1, 0),
        (Question.HUBS, 2, 0),
        (Question.HUB_SIZE, 1, 0),
        (Question.LANE, 3, 1),
    ):
        parts = [cheapest(part) for part in divide(problem, question, a, b)]
        assert min(parts) == least, question
        assert max(parts) > least or question is Question.HUB_SIZE, question


def test_leaves_that_time_left_open_are_told() -> None:
    problem = whole_sites(4)
    answer = hs.optimize(problem, gap=0)
    tree = grow_tree(problem, answer.bound, {}, Stop(), most=1)
    assert check_tree(problem, tree) < answer.bound
    assert (check_leaves(problem, tree) < answer.bound - 1).any()


@pytest.mark.parametrize(
    ("nodes", "words"),
    [
        ([(1, 0, 0), (0, 0, 0)], "the list of nodes ends before the tree"),
        ([(0, 0, 0), (0, 0, 0)], "the tree ends before its list of nodes"),
        ([(0, 5, 0)], "there is no row 5 of leaf_site_price"),
        ([(1, 9, 0), (0, 0, 0), (0, 0, 0)], "there is no hub 9"),
        ([(7, 0, 9), (0, 0, 0), (0, 0, 0)], "there is no lane from site 0 to hub 9"),
        ([(8, 0, 0), (0, 0, 0)], "limit must be one number"),
        ([(99, 0, 0)], "99 is not a valid Question"),
        ([], "a row of three numbers"),
    ],
)
def test_a_list_that_is_no_tree_is_refused(nodes: list[tuple[int, int, int]], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        check_tree(whole_sites(), {"division": np.array(nodes), "leaf_site_price": np.zeros((1, SITES))})
