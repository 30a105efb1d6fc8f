"""Parts of a problem that share nothing are found, and no more than those."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from brute_force import cheapest
from hubspoke.engine.presolve.components import _tie, binding, split
from hubspoke.engine.problem.counts import NO_LIMIT, Counts
from hubspoke.engine.problem.limits import counts_cannot_be_met
from hubspoke.engine.problem.problem import Problem
from small_problems import problems
from trials import examples

if TYPE_CHECKING:
    from numpy.typing import NDArray


def two_regions(**changes: object) -> Problem:
    """Give two sites, two hubs, two refineries, with lanes inside each region only."""
    inside = np.array([[1.0, np.inf], [np.inf, 1.0]])
    plain = Problem.build(
        [1.0, 1.0], inside, [2.0, 2.0], [1.0, 1.0], transfer_cost=inside, refinery_capacity=[2.0, 2.0]
    )
    return replace(plain, **changes)  # type: ignore[arg-type] # names and types are the dataclass'


def counts(fewest: int, most: int, *, groups: bool = False, in_total: tuple[int, int] = (0, int(NO_LIMIT))) -> Counts:
    group = np.array([0, 1]) if groups else np.zeros(2, np.int64)
    number = 2 if groups else 1
    return Counts(group, np.full(number, fewest), np.full(number, most), *in_total)


def test_regions_without_lanes_between_them_are_parts_of_their_own() -> None:
    parts = split(two_regions())
    assert [(p.sites.tolist(), p.hubs.tolist(), p.refineries.tolist()) for p in parts] == [
        ([0], [0], [0]),
        ([1], [1], [1]),
    ]
    assert all(p.problem.n_sites == p.problem.n_hubs == p.problem.n_refineries == 1 for p in parts)


@pytest.mark.parametrize(
    ("limits", "parts"),
    [
        (counts(0, 2), 2),  # cannot bind
        (counts(0, 1), 1),
        (counts(1, 2), 1),
        (counts(1, 1, groups=True), 2),
        (counts(0, 2, in_total=(1, 2)), 1),
        (counts(0, 2, in_total=(0, 1)), 1),
        (counts(0, 2, in_total=(0, 2)), 2),
    ],
)
def test_limits_that_can_bind_keep_parts_together(limits: Counts, parts: int) -> None:
    assert len(split(two_regions(hub_counts=limits))) == parts
    assert len(split(two_regions(refinery_counts=limits))) == parts


def test_a_limit_binds_only_where_it_cuts_something_off() -> None:
    assert [bool(x) for x in binding(counts(0, 2))[0]] == [False]
    assert [bool(x) for x in binding(counts(0, 1))[0]] == [True]
    assert binding(counts(0, 2, in_total=(0, 1)))[1]


def test_a_closed_refinery_leaves_hubs_alone_with_sites_that_leave_nothing() -> None:
    problem = two_regions(refinery_state=np.array([-1, 0]), supply=np.array([[3.0], [1.0]]))
    alone = next(part.problem for part in split(problem) if part.hubs.tolist() == [0])
    assert alone.n_refineries == 0
    assert np.isinf(alone.collection_cost).all()
    weightless = replace(problem, supply=np.array([[0.0], [1.0]]))
    alone = next(part.problem for part in split(weightless) if part.hubs.tolist() == [0])
    assert np.isfinite(alone.collection_cost).all()


def test_one_echelon_stays_one_echelon() -> None:
    inside = np.array([[1.0, np.inf], [np.inf, 1.0]])
    parts = split(Problem.build([1.0, 1.0], inside, [2.0, 2.0], [1.0, 1.0]))
    assert [part.problem.collection_cost.tolist() for part in parts] == [[[1.0]], [[1.0]]]


@pytest.mark.heavy
@settings(deadline=None, derandomize=True, max_examples=examples(15), suppress_health_check=list(HealthCheck))
@given(problems(single=True))
def test_parts_cover_everything_once_and_their_optima_add_up(problem: Problem) -> None:
    assume(not counts_cannot_be_met(problem))
    parts = split(problem)
    for name, count in (("sites", problem.n_sites), ("hubs", problem.n_hubs), ("refineries", problem.n_refineries)):
        covered = np.concatenate([getattr(part, name) for part in parts])
        assert sorted(covered.tolist()) == list(range(count))
    together = sum(cheapest(part.problem) for part in parts)
    assert together == pytest.approx(cheapest(problem), rel=1e-9, abs=1e-9)


def test_few_lanes_hold_together_what_all_do() -> None:
    """Sites and hubs fall into the same parts, whatever lanes there are."""
    random = np.random.default_rng(3)
    for _ in range(300):
        sites, hubs = random.integers(1, 9, 2).tolist()
        reach = random.random((sites, hubs)) < random.choice([0.1, 0.3, 0.9])

        def parts(site: NDArray[np.int64], hub: NDArray[np.int64], size: int, first: int) -> NDArray[np.int64]:
            graph = coo_array((np.ones(len(site)), (site, hub + first)), shape=(size, size))
            return np.asarray(connected_components(graph, directed=False)[1])

        site, hub = _tie(reach)
        few = parts(site, hub, sites + hubs, sites)
        all_sites, all_hubs = np.nonzero(reach)
        every = parts(all_sites, all_hubs, sites + hubs, sites)
        assert ((few[:, None] == few) == (every[:, None] == every)).all()
        assert len(site) <= sites + hubs**2
