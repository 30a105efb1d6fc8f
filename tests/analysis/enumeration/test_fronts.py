"""Fronts of drawn folders are those of trying every choice of sizes under every limit."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import hubspoke as hs
from brute_force import linear_cost, saved
from brute_force_sets import cost_of_sets, cost_of_sizes, least_of
from drawn_folders import Drawn, folders, state
from hubspoke.analysis.decisions.fronts.measures import find_measure
from hubspoke.analysis.decisions.fronts.state import state_front
from hubspoke.planning.request import Request
from trials import examples

if TYPE_CHECKING:
    from hubspoke.analysis.decisions.fronts.find import FrontFound
    from hubspoke.engine.problem.problem import Problem


class Limited:
    """A problem with a second measure, all of whose sizes are tried."""

    def __init__(self, problem: Problem, other: Problem) -> None:
        self.problem: Problem = problem
        self.other: Problem = other
        self.sizes = sorted(cost_of_sizes(problem), key=lambda one: one[1])

    def least(self, level: float) -> float:
        """Give the least cost of plans whose other measure keeps a level."""
        best = math.inf
        for sizes, at_least in self.sizes:
            if at_least >= best:
                break
            cost = linear_cost(self.problem, *sizes, within=(self.other, level))
            best = min(best, cost - saved(self.problem, *sizes))
        return best


def pair_of(drawn: Drawn, against: str) -> tuple[Any, Limited]:
    """Read a folder, and state it with a second measure; draws without a plan are left out."""
    network = drawn.read()
    stated = state_front(network, Request(policy=drawn.policy, gap=0.0), find_measure(against))
    assert stated.pair is not None
    limited = Limited(stated.pair.cost, stated.pair.other)
    assume(limited.sizes)
    return network, limited


def rows_of(found: FrontFound) -> list[dict[str, Any]]:
    """Give the points, with the other measure in units of the engine."""
    value = found.points[found.measure.column] * found.measure.unit
    rows: list[dict[str, Any]] = found.points.assign(other=value).to_dict("records")  # type: ignore[assignment]
    return rows


AGAINST = st.sampled_from(["co2", "refined-at-home"])


def is_cheapest(limited: Limited, row: dict[str, Any]) -> bool:
    """Return whether no plan within the level of a row costs less, but for rounding of the level."""
    level, cost = float(row["other"]), float(row["cost_jpy"])
    room = 1e-7 * max(1.0, abs(level))
    return limited.least(level + room) <= cost * (1 + 1e-6) and cost <= limited.least(level - room) * (1 + 1e-6)


@pytest.mark.heavy
@given(folders(given=True, sourcing=("single", "single", "split")), AGAINST)
@settings(max_examples=examples(5))
def test_points_at_even_levels(drawn: Drawn, against: str) -> None:
    """Both ends, and at each level the cheapest plan; as many as asked for where there are so many."""
    network, limited = pair_of(drawn, against)
    found = hs.front(network, against=against, points=4, **drawn.asked)
    rows = rows_of(found)
    least, least_other = limited.sizes[0][1], least_of(cost_of_sets(limited.other))
    assert rows[0]["cost_jpy"] == pytest.approx(least, rel=1e-7)
    assert rows[-1]["other"] == pytest.approx(least_other, rel=1e-6, abs=1e-6)
    for row in rows:
        assert is_cheapest(limited, row)
        # and none as cheap has less
        if (below := row["other"] - 1e-4 * max(1.0, abs(row["other"]))) > least_other:
            assert limited.least(below) >= row["cost_jpy"] * (1 - 1e-7)
    for one, two in pairwise(rows):
        assert two["cost_jpy"] > one["cost_jpy"]
        assert two["other"] < one["other"]


@pytest.mark.heavy
@given(folders(given=True, sourcing=("single", "single", "split")), AGAINST)
@settings(max_examples=examples(5))
def test_all_points_and_the_lines_between_them(drawn: Drawn, against: str) -> None:
    """At each point, and halfway to the next one, the front is what the cheapest plan within the level costs."""
    network, limited = pair_of(drawn, against)
    found = hs.front(network, against=against, every=True, **drawn.asked)
    rows = rows_of(found)
    assert found.is_complete
    assert rows[0]["cost_jpy"] == pytest.approx(limited.sizes[0][1], rel=1e-7)
    assert rows[-1]["other"] == pytest.approx(least_of(cost_of_sets(limited.other)), rel=1e-6, abs=1e-6)
    for row in rows:
        assert is_cheapest(limited, row) or not row["attained"]
    for one, two in pairwise(rows):
        if one["other"] - two["other"] < 1e-4 * max(1.0, abs(one["other"])):
            continue
        halfway = (one["other"] + two["other"]) / 2
        on_line = one["kind"] == "segment"
        expected = (one["cost_jpy"] + two["cost_jpy"]) / 2 if on_line else two["cost_jpy"]
        assert limited.least(halfway) == pytest.approx(expected, rel=1e-6)


@pytest.mark.heavy
@given(folders(sourcing=("single", "single", "split")))
@settings(max_examples=examples(5))
def test_every_number_of_hubs(drawn: Drawn) -> None:
    network = drawn.read()
    problem = state(network, drawn.policy)
    sets = cost_of_sets(problem)
    assume(sets)
    cheapest = {number: min((cost for one, cost in sets.items() if sum(one[: problem.n_hubs]) == number),
                            default=math.inf) for number in range(1, problem.n_hubs + 1)}  # fmt: skip
    agree(hs.front(network, against="hubs", **drawn.asked), cheapest)


@pytest.mark.heavy
@given(folders(sourcing=("single", "single", "split")))
@settings(max_examples=examples(5))
def test_every_longest_haul(drawn: Drawn) -> None:
    network = drawn.read()
    stated = state_front(network, Request(policy=drawn.policy, gap=0.0), find_measure("longest-haul"))
    problem, length = stated.year.problem, stated.year.lanes.distance_km
    assume(cost_of_sets(problem))
    reached = np.isfinite(problem.collection_cost)
    cheapest = {}
    for most in np.unique(length[reached]).tolist():
        lanes = np.where(length <= most, problem.collection_cost, np.inf)
        if np.isfinite(lanes).any(axis=1).all():
            cheapest[most] = least_of(cost_of_sets(problem.derive(collection_cost=lanes)))
    agree(hs.front(network, against="longest-haul", **drawn.asked), cheapest)


def agree(found: FrontFound, cheapest: dict[Any, float]) -> None:
    """Hold a front against the least cost by value: those values that cost less than every smaller one."""
    expected: list[tuple[float, float]] = []
    for value, cost in sorted(cheapest.items()):
        if math.isfinite(cost) and (not expected or cost < expected[-1][1] * (1 - 1e-11)):
            expected.append((value, cost))
    told = list(zip(found.points[found.measure.column], found.points["cost_jpy"], strict=True))
    assert [value for value, _ in told] == pytest.approx([value for value, _ in expected[::-1]], abs=1e-3)
    assert [cost for _, cost in told] == pytest.approx([cost for _, cost in expected[::-1]])
    assert found.is_complete
