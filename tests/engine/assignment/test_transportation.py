"""The assignment by shortest paths against a general solver: value, shares and dual prices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.optimize import linprog

from hubspoke.engine.assignment.transportation import site_prices, transport

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

CASES = 300
LIMIT = 10_000


@dataclass(frozen=True, eq=False)
class Case:
    """Sites and hubs: cost of whole sites, tonnes, room, the largest share of a site, and what first tonnes save."""

    cost: Floats
    mass: Floats
    capacity: Floats
    most: Floats
    least: Floats
    saved: Floats

    @classmethod
    def plain(cls, cost: Floats, mass: Floats, capacity: Floats) -> Case:
        """Return a case of hubs that are open whole, all of whose tonnes cost the same."""
        none = np.zeros(len(capacity))
        return cls(cost, mass, capacity, np.ones(len(capacity)), none, none)


@dataclass(frozen=True, eq=False)
class Answer:
    """What the shortest paths found."""

    total: float
    price: Floats
    share: Floats
    worth: Floats


def draw(random: np.random.Generator) -> Case:
    """Draw a case: some tight, some in parts, some with absent lanes, every other in small whole numbers."""
    sites, hubs = int(random.integers(1, 13)), int(random.integers(1, 6))
    if random.random() < 0.5:
        cost, mass = random.integers(-2, 9, (sites, hubs)).astype(float), random.integers(1, 6, sites).astype(float)
    else:
        cost, mass = random.uniform(0, 50, (sites, hubs)), random.lognormal(0, 1.5, sites)
    cost[random.random((sites, hubs)) < random.choice([0.0, 0.0, 0.2])] = np.inf
    weight = random.uniform(0.2, 1.0, hubs)
    capacity = mass.sum() * random.choice([0.9, 1.0, 1.05, 1.3, 3.0]) * weight / weight.sum()
    most = np.where(random.random(hubs) < random.choice([0.0, 0.5]), random.uniform(0.2, 1.0, hubs), 1.0)
    saved = random.choice([0.0, 1.0]) * random.integers(0, 9, hubs)
    least = np.where(saved > 0, random.choice([0.0, 0.3, 0.8, 1.0], hubs) * capacity, 0.0)
    return Case(cost, mass, capacity, most, least, saved)


def with_way_out(case: Case, dear: float) -> Case:
    """Add room for everything at a price, as the engine does: then every hub has a path to a hub with room."""
    out = np.full((len(case.mass), 1), dear)
    capacity, most = np.append(case.capacity, 2 * case.mass.sum()), np.append(case.most, 1.0)
    least, saved = np.append(case.least, 0.0), np.append(case.saved, 0.0)
    return Case(np.ascontiguousarray(np.hstack([case.cost, out])), case.mass, capacity, most, least, saved)


def by_linprog(case: Case) -> float:
    """Give the least cost, infinite where the sites do not fit; the last columns are first tonnes that do not come."""
    sites, hubs = case.cost.shape
    present = np.isfinite(case.cost)
    load, none = np.hstack([np.diag(np.full(hubs, one)) for one in case.mass]), np.zeros((hubs, hubs))
    answer = linprog(
        np.append(np.where(present, case.cost, 0.0).ravel(), case.saved),
        A_eq=np.hstack([np.kron(np.eye(sites), np.ones(hubs)), np.zeros((sites, hubs))]),
        b_eq=np.ones(sites),
        A_ub=np.block([[load, none], [-load, -np.eye(hubs)]]),
        b_ub=np.append(case.capacity, -case.least),
        bounds=[*((0.0, one) for one in np.where(present, case.most, 0.0).ravel().tolist()), *[(0.0, None)] * hubs],
    )
    return float(answer.fun - case.saved @ case.least) if answer.status == 0 else np.inf


def by_paths(case: Case, guess: Floats) -> Answer:
    """Run the kernel from guessed prices."""
    price, share, worth = guess.copy(), np.zeros(case.cost.shape), np.zeros(len(case.mass))
    total = float(
        transport(case.cost, case.mass, case.capacity, case.least, case.saved, case.most, price, share, LIMIT)
    )
    if np.isfinite(total):
        site_prices(case.cost, case.mass, case.most, price, share, worth)
    return Answer(total, price, share, worth)


def dual_value(case: Case, answer: Answer) -> float:
    """Give what the dual prices prove: no division costs less than this."""
    asked = case.cost + case.mass[:, None] * answer.price - answer.worth[:, None]
    at_most = np.minimum(asked, 0.0) * case.most
    price = answer.price
    room = np.maximum(price, 0.0) * case.capacity + (np.minimum(price, 0.0) + case.saved) * case.least
    return float(answer.worth.sum() - room.sum() + at_most.sum())


@pytest.mark.heavy
@pytest.mark.parametrize("guessed", [False, True], ids=["cold", "warm"])
def test_shortest_paths_are_those_of_a_general_solver(guessed: bool) -> None:  # noqa: FBT001
    random = np.random.default_rng(11)
    solved = 0
    for _ in range(CASES):
        case = draw(random)
        guess = random.uniform(0, 20, len(case.capacity)) * (random.random(len(case.capacity)) < 0.6) * guessed
        least, answer = by_linprog(case), by_paths(case, guess)
        assert np.isfinite(least) == np.isfinite(answer.total)
        if np.isinf(least):
            continue
        solved += 1
        scale = np.abs(case.cost[np.isfinite(case.cost)]).max() + 1
        assert answer.total == pytest.approx(least, rel=1e-7, abs=1e-7 * scale)
        assert answer.share.sum(axis=1) == pytest.approx(np.ones(len(case.mass)), abs=1e-8)
        assert (answer.share >= 0).all()
        assert (answer.share <= case.most + 1e-8).all()
        assert (answer.share[np.isinf(case.cost)] == 0).all()
        assert (case.mass @ answer.share <= case.capacity * (1 + 1e-8)).all()
        assert (answer.price >= -case.saved).all()
        assert dual_value(case, answer) <= answer.total + 1e-6 * scale * len(case.mass)
        open_case = with_way_out(case, random.choice([5.0, 200.0]))
        ended = by_paths(open_case, np.append(guess, 0.0))
        assert ended.total == pytest.approx(by_linprog(open_case), rel=1e-7, abs=1e-7 * scale)
        assert dual_value(open_case, ended) == pytest.approx(ended.total, rel=1e-6, abs=1e-6 * scale)
    assert CASES * 0.4 < solved < CASES


def test_true_prices_need_no_shift() -> None:
    random = np.random.default_rng(5)
    case = Case.plain(random.uniform(0, 50, (60, 4)), random.uniform(1, 5, 60), np.full(4, 50.0))
    cold = by_paths(case, np.zeros(4))
    warm = by_paths(case, cold.price)
    assert cold.price.max() > 0
    assert warm.total == pytest.approx(cold.total, rel=1e-9)
    assert warm.price == pytest.approx(cold.price, rel=1e-6, abs=1e-9)


def test_more_shifts_than_allowed_is_no_answer() -> None:
    case = Case.plain(np.tile([0.0, 1.0], (9, 1)), np.ones(9), np.array([3.0, 9.0]))
    price, share = np.zeros(2), np.zeros((9, 2))
    assert np.isinf(transport(case.cost, case.mass, case.capacity, case.least, case.saved, case.most, price, share, 2))


def test_light_and_heavy_sites_divide_exactly() -> None:
    case = Case.plain(np.array([[0.0, 4.0], [0.0, 1e-6]]), np.array([1e3, 1e-3]), np.array([600.0, 600.0]))
    answer = by_paths(case, np.zeros(2))
    assert answer.total == pytest.approx(by_linprog(case), rel=1e-9)
    assert answer.share.sum(axis=1) == pytest.approx([1.0, 1.0], abs=1e-9)
