"""Fixed cost that hubs share with refineries on their ground: against brute force, by both ways of solving."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brute_force import agree_with_brute_force, cheapest
from hubspoke.engine.certificate.check import check_bound
from hubspoke.engine.optimize import optimize
from hubspoke.engine.presolve.components import split
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.problem.shared_ground import ground_price, most_saved, saving_of, share_value
from small_problems import fill, floors, problems, sharing
from trials import examples
from tuning import by_cuts_or_whole

EXAMPLES = examples(10)
SOME = settings(deadline=None, derandomize=True, max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
SHARING = problems().filter(lambda drawn: drawn.n_refineries > 0).flatmap(sharing)


@SOME
@given(SHARING, st.booleans())
def test_plans_that_share_are_those_of_brute_force(problem: Problem, by_cuts: bool) -> None:  # noqa: FBT001
    agree_with_brute_force(problem, optimize(problem, gap=0, parameters=by_cuts_or_whole(by_cuts)))


@pytest.mark.heavy
@SOME
@given(SHARING, floors())
def test_plans_that_share_keep_least_tonnages(problem: Problem, floor: tuple[Any, Any]) -> None:
    hub, refinery = floor
    asked = replace(problem, hub_floor=hub[: problem.n_hubs], refinery_floor=refinery[: problem.n_refineries])
    agree_with_brute_force(asked, optimize(asked, gap=0))


@pytest.mark.heavy
@SOME
@given(SHARING, st.data())
def test_any_prices_give_a_true_bound_of_what_is_shared(problem: Problem, data: Any) -> None:
    prices = {
        "site_price": fill(data.draw, st.integers(-9, 60), problem.n_sites),
        "gate_price": fill(data.draw, st.integers(-9, 40), problem.n_hubs, problem.n_grades),
        "ground_price": fill(data.draw, st.integers(-3, 9), problem.n_hubs),
    }
    least = cheapest(problem)
    assert check_bound(problem, prices) <= least + 1e-6
    del prices["ground_price"]
    assert check_bound(problem, prices) <= least + 1e-6
    answer = optimize(problem, gap=0)
    if math.isfinite(least) and problem.n_sites:
        assert check_bound(problem, answer.certificate) <= least + 1e-6


@pytest.mark.heavy
@SOME
@given(SHARING, st.data())
def test_what_prices_say_is_saved_is_never_too_little_and_exact_at_its_own_choice(problem: Problem, data: Any) -> None:
    """Whole choices drawn at random: one gives the price, the other is valued at it."""

    def draw(plants: int, sizes: int) -> Any:
        return np.array(data.draw(st.lists(st.integers(-1, sizes - 1), min_size=plants, max_size=plants)), np.int64)

    def parts(size: Any, sizes: int) -> Any:
        return (size[:, None] == np.arange(sizes)).astype(float)

    sizes = problem.hubs.fixed.shape[1], problem.refineries.fixed.shape[1]
    hub, refinery = (draw(count, k) for count, k in zip((problem.n_hubs, problem.n_refineries), sizes, strict=True))
    price = ground_price(problem, parts(hub, sizes[0]), parts(refinery, sizes[1]))
    saved = saving_of(problem, hub, refinery).sum()
    assert most_saved(problem, parts(hub, sizes[0]), parts(refinery, sizes[1])) == pytest.approx(saved)
    other, last = draw(problem.n_hubs, sizes[0]), draw(problem.n_refineries, sizes[1])
    of_hub, of_refinery = share_value(problem, price)
    stated = (of_hub * parts(other, sizes[0])).sum() + of_refinery[last >= 0].sum()
    assert stated >= saving_of(problem, other, last).sum() - 1e-9


def pair(**changes: Any) -> Problem:
    """Give two hubs alike but for their ground: a refinery stands beside the second one only."""
    asked: dict[str, Any] = {
        "transfer_cost": [[1.0], [1.0]], "refinery_capacity": [9.0], "refinery_fixed": 5.0,
        "beside": [[False], [True]], "shared_saving": [2.0, 2.0], **changes,
    }  # fmt: skip
    return Problem.build([4.0], [[1.0, 2.0]], [9.0, 9.0], [6.0, 6.0], **asked)


def test_a_saving_moves_the_choice_to_the_hub_beside_the_refinery() -> None:
    assert optimize(pair(shared_saving=0.5)).hub.tolist() == [0]
    together = optimize(pair())
    assert together.hub.tolist() == [1]
    assert together.objective == pytest.approx(2 + 6 + 4 + 5 - 2)


def test_a_hub_alone_on_its_ground_saves_nothing() -> None:
    alone = optimize(pair(beside=False))
    assert alone.objective == pytest.approx(1 + 6 + 4 + 5)


def test_several_refineries_beside_a_hub_save_once() -> None:
    two = pair(
        transfer_cost=[[1.0, 1.0], [1.0, 1.0]],
        refinery_capacity=[2.0, 2.0],
        refinery_fixed=5.0,
        beside=[[False] * 2, [True] * 2],
    )
    assert optimize(two).objective == pytest.approx(2 + 6 + 4 + 10 - 2)


def test_plants_that_share_stay_in_one_part() -> None:
    lanes = np.array([[1.0, np.inf], [np.inf, 1.0]])
    apart = Problem.build([1.0, 1.0], lanes, [2.0, 2.0], [3.0, 3.0], transfer_cost=lanes, refinery_capacity=[2.0, 2.0])
    assert len(split(apart)) == 2
    assert len(split(replace(apart, beside=np.array([[False, True], [False, False]])))) == 2
    crossing = replace(apart, beside=np.array([[False, True], [False, False]]), shared_saving=np.ones((2, 1)))
    assert len(split(crossing)) == 1


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"shared_saving": -1.0}, "0 or more"),
        ({"shared_saving": np.nan}, "finite"),
        ({"shared_saving": 7.0}, "fixed cost"),
    ],
)
def test_savings_that_make_no_sense_are_refused(changes: dict[str, Any], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        pair(**changes)


def test_sharing_of_the_wrong_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="beside has shape"):
        replace(pair(), beside=np.zeros((3, 1), bool))
