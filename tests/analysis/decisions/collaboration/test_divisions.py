"""Divisions of games that were divided by others, by hand or in print."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from hubspoke.analysis.decisions.collaboration.divisions import divide_cost
from hubspoke.analysis.decisions.collaboration.equal_profit import find_equal_profit
from hubspoke.analysis.decisions.collaboration.game import Game
from hubspoke.analysis.decisions.collaboration.nucleolus import find_least_core, find_nucleolus
from hubspoke.analysis.decisions.collaboration.stability import LEAVES, STAYS, UNKNOWN, judge_division
from hubspoke.analysis.decisions.collaboration.values import divide_by, find_shapley


def costs(**given: float) -> Game:
    """State a game by the cost of coalitions of members a, b, c ..., such as `ab=5`."""
    members = len(max(given, key=len))
    cost = np.zeros(1 << members)
    for name, value in given.items():
        cost[sum(1 << "abcdef".index(letter) for letter in name)] = value
    return Game.of(cost)


def bankruptcy(estate: float, *claims: float) -> Game:
    """State the game in which a coalition gets what the claims of the others leave of an estate, as costs below 0."""
    total = sum(claims)
    cost = [
        -max(estate - (total - sum(claim for at, claim in enumerate(claims) if coalition >> at & 1)), 0.0)
        for coalition in range(1 << len(claims))
    ]
    return Game.of(np.array(cost))


def gains(**given: float) -> Game:
    """State a game of gains, as costs below 0."""
    return costs(**{name: -value for name, value in given.items()})


@pytest.mark.parametrize(
    ("estate", "shares"),
    [(100, (100 / 3, 100 / 3, 100 / 3)), (200, (50, 75, 75)), (300, (50, 100, 150)), (400, (50, 125, 225))],
)
def test_the_nucleolus_of_an_estate_is_that_of_the_talmud(estate: float, shares: tuple[float, ...]) -> None:
    """Aumann and Maschler (1985): claims of 100, 200 and 300; the rows to 300 are those of Ketubot 93a."""
    found = find_nucleolus(bankruptcy(estate, 100, 200, 300))
    assert found == pytest.approx(-np.array(shares))


def test_the_game_of_three_insurers() -> None:
    """Lemaire (1991): deposits of 1.8, 0.9 and 0.3 million, of which larger ones earn more interest."""
    game = gains(a=46125, b=17437.5, c=5812.5, ab=69187.5, ac=53812.5, bc=30750, abc=90000)
    assert find_shapley(game) == pytest.approx([-51750, -25875, -12375])
    assert find_nucleolus(game) == pytest.approx([-52687.5, -24468.75, -12843.75])


def test_the_nucleolus_of_a_game_in_a_text_book() -> None:
    """Ferguson, Game Theory, part IV (Games in Coalitional Form)."""
    game = gains(a=-1, b=0, c=1, ab=3, ac=4, bc=2, abc=5)
    assert find_nucleolus(game) == pytest.approx([-8 / 3, -2 / 3, -5 / 3])


def test_a_runway_is_paid_by_those_who_need_each_piece() -> None:
    """Littlechild and Owen (1973): each piece of the runway is shared by the aircraft that need it."""
    need = (4.0, 7.0, 12.0)
    game = costs(a=4, b=7, c=12, ab=7, ac=12, bc=12, abc=12)
    assert find_shapley(game) == pytest.approx([4 / 3, 4 / 3 + 3 / 2, 4 / 3 + 3 / 2 + 5])
    # by hand: a pays half of what it needs (2), b half of the 5 left of what both need, c the rest
    assert find_nucleolus(game) == pytest.approx([2, 2.5, 7.5])
    assert divide_by(game, np.array(need)) == pytest.approx([48 / 23, 84 / 23, 144 / 23])


def test_three_members_by_hand() -> None:
    """Alone 10 each, in pairs 14, all 18: alike, so that everybody pays 6 whatever the method."""
    game = costs(a=10, b=10, c=10, ab=14, ac=14, bc=14, abc=18)
    for one in divide_cost(game, np.ones(3)):
        assert one.share == pytest.approx([6, 6, 6])
        assert one.stability is not None
        assert one.stability.outcome == STAYS
        assert one.stability.gains == pytest.approx(-2)
    assert find_least_core(game) == pytest.approx(2)


def test_equal_profit_saves_all_the_same_share_where_nobody_leaves_for_it() -> None:
    free = costs(a=10, b=20, c=30, ab=28, ac=38, bc=48, abc=51)
    assert find_equal_profit(free) == pytest.approx(np.array([10, 20, 30]) * 51 / 60)
    # b and c together pay 40, so that they must not pay 42.5; a saves what is left, and b and c as much each
    bound = costs(a=10, b=20, c=30, ab=28, ac=38, bc=40, abc=49.5)
    assert find_equal_profit(bound) == pytest.approx([9.5, 16, 24])
    assert find_equal_profit(costs(a=0, b=20, ab=18)) is None


def test_an_empty_core_is_told() -> None:
    """Pairs pay 11, all three 18: each pair would have to pay 11 at most, and the three pairs 36 in all."""
    game = costs(a=10, b=10, c=10, ab=11, ac=11, bc=11, abc=18)
    assert find_least_core(game) == pytest.approx(-1)
    assert find_nucleolus(game) == pytest.approx([6, 6, 6])
    assert find_equal_profit(game) == pytest.approx([6, 6, 6], abs=1e-6)
    judged = judge_division(game, np.array([6.0, 6.0, 6.0]))
    assert judged.outcome == LEAVES
    assert judged.gains == pytest.approx(1)


def test_what_is_not_proven_is_not_told_as_stable() -> None:
    cost = np.array([0, 10, 10, 17.0])
    game = Game(cost, cost * np.array([1, 0.8, 1, 1]))
    assert judge_division(game, np.array([9.0, 8.0])).outcome == UNKNOWN
    assert judge_division(game, np.array([8.0, 9.0])).outcome == STAYS
    assert judge_division(game, np.array([10.5, 6.5])).outcome == LEAVES


def test_who_has_no_plan_alone_cannot_leave() -> None:
    """Member a has no plan alone, so that orders in which it is first have no cost; b and c with it have one."""
    game = costs(a=np.inf, b=10, c=12, ab=15, ac=16, bc=18, abc=24)
    told = {one.method: one.share for one in divide_cost(game, np.array([1.0, 2, 1]))}
    assert told["shapley"] is None
    assert told["equal_profit"] is None
    assert told["by_cost"] is None
    assert told["by_tonnes"] == pytest.approx([6, 12, 6])
    # savings are 10 - b, 12 - c, 15 - a - b = c - 9, 16 - a - c = b - 8 and 18 - b - c; the last three make 1 in all
    assert told["nucleolus"] == pytest.approx([19 / 3, 25 / 3, 28 / 3])
    assert find_nucleolus(costs(a=np.inf, b=5, ab=8)) is None
    alone = judge_division(costs(a=np.inf, b=np.inf, ab=8), np.array([4.0, 4.0]))
    assert (alone.outcome, alone.coalition) == (STAYS, 0)


@pytest.mark.parametrize("seed", range(30))
def test_shapley_is_the_mean_over_all_orders_and_the_nucleolus_sorts_first(seed: int) -> None:
    rng = np.random.default_rng(seed)
    game = Game.of(np.array([0.0, *rng.integers(0, 31, (1 << rng.integers(2, 5)) - 1)]))
    members = game.members
    mean = np.zeros(members)
    orders = list(permutations(range(members)))
    for order in orders:
        coalition = 0
        for member in order:
            mean[member] += (game.cost[coalition | 1 << member] - game.cost[coalition]) / len(orders)
            coalition |= 1 << member
    found = find_shapley(game)
    assert found == pytest.approx(mean)
    nucleolus = find_nucleolus(game)
    assert nucleolus is not None
    assert nucleolus.sum() == pytest.approx(game.together)
    fair = game.alone.sum() >= game.together

    def savings(share: np.ndarray) -> list[float]:
        return [round(saving, 6) for saving in sorted((game.cost[1:-1] - game.inside[1:-1] @ share).tolist())]

    steps = rng.normal(size=(40, members))
    for step in steps - steps.mean(axis=1, keepdims=True):
        for length in (1e-3, 0.1, 3.0):
            other = nucleolus + length * step
            if not fair or (other <= game.alone + 1e-12).all():
                assert savings(other) <= savings(nucleolus)
