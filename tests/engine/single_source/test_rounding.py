"""Whole sites from divided ones: within capacity, on lanes that exist, and no cheaper than the division."""

from __future__ import annotations

import numpy as np
import pytest

from hubspoke.base.stop import Stop
from hubspoke.engine.assignment.assignment import Assigned, Assignment, Sinks
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.single_source.rounding import RoundingEffort, round_sites

CASES = 150


def draw(random: np.random.Generator, room: float, skips: float) -> tuple[Assignment, Sinks]:
    """Draw sites with some lanes absent, some that may be skipped, and open hubs with `room` times the tonnes."""
    sites, hubs = int(random.integers(3, 60)), int(random.integers(1, 6))
    cost, mass = random.uniform(0, 50, (sites, hubs)), random.lognormal(0, 1, sites)
    cost[random.random((sites, hubs)) < 0.1] = np.inf
    weight = random.uniform(0.5, 1.0, hubs)
    problem = Problem.build(
        mass,
        cost,
        room * mass.sum() * weight / weight.sum(),
        np.full(hubs, 3.0),
        hub_variable=random.uniform(0, 5, hubs),
        skip_cost=np.where(random.random(sites) < skips, 40.0, np.inf),
    )
    return Assignment.of(problem), Sinks.of(problem.hubs, np.ones((hubs, 1)))


def check(assignment: Assignment, assigned: Assigned, whole: np.ndarray) -> None:
    """Check a rounding against the problem and the division it came from."""
    problem = assignment.problem
    must = np.isinf(problem.skip_cost)
    assert (whole[must] >= 0).all()
    served = np.flatnonzero(whole >= 0)
    lanes = problem.collection_cost[served, whole[served]]
    assert np.isfinite(lanes).all()
    load = np.bincount(whole[served], problem.mass[served], problem.n_hubs)
    assert (load <= problem.hubs.capacity[:, 0] * (1 + 1e-8)).all()
    cost = lanes.sum() + (load * problem.hubs.variable[:, 0]).sum() + problem.skip_cost[whole < 0].sum()
    assert cost >= assigned.cost * (1 - 1e-9)


@pytest.mark.heavy
@pytest.mark.parametrize(("room", "skips"), [(1.02, 0.0), (1.3, 0.0), (4.0, 0.0), (0.8, 0.5)])
def test_sites_are_whole_within_capacity_and_no_cheaper(room: float, skips: float) -> None:
    random = np.random.default_rng(2)
    rounded = 0
    for _ in range(CASES):
        assignment, sinks = draw(random, room, skips)
        problem = assignment.problem
        lanes = assignment.lane_cost(np.zeros((problem.n_hubs, 1)), sinks.hub)
        assigned = assignment.solve(sinks, lanes)
        assert assigned is not None
        if (assigned.left_out[np.isinf(problem.skip_cost)] > 1e-7).any():
            continue
        whole = round_sites(assignment, sinks, lanes, assigned)
        if whole is not None:
            rounded += 1
            check(assignment, assigned, whole)
    assert rounded > CASES / 5


@pytest.mark.heavy
def test_more_care_costs_no_more_and_ends_with_the_time() -> None:
    random = np.random.default_rng(6)
    cheaper = 0
    for _ in range(CASES):
        assignment, sinks = draw(random, 1.05, 0.0)
        lanes = assignment.lane_cost(np.zeros((assignment.problem.n_hubs, 1)), sinks.hub)
        assigned = assignment.solve(sinks, lanes)
        assert assigned is not None
        costs = []
        for care in (RoundingEffort(), RoundingEffort(enough=np.inf), RoundingEffort(stop=Stop(0))):
            hub = round_sites(assignment, sinks, lanes, assigned, care)
            if hub is not None:
                check(assignment, assigned, hub)
                at = np.searchsorted(sinks.hub, hub)
                costs.append(float((lanes[range(len(hub)), at] + assignment.mass * sinks.rate[at]).sum()))
            else:
                costs.append(np.inf)
        thorough, quick, late = costs
        assert thorough <= quick
        assert late == quick
        cheaper += thorough < quick
    assert cheaper > CASES / 20


def test_whole_sites_stay_where_they_are() -> None:
    random = np.random.default_rng(4)
    problem = Problem.build(random.uniform(1, 2, 30), random.uniform(1, 9, (30, 3)), np.full(3, 99.0), np.ones(3))
    assignment = Assignment.of(problem)
    sinks = Sinks.of(problem.hubs, np.ones((3, 1)))
    lanes = assignment.lane_cost(np.zeros((3, 1)), sinks.hub)
    assigned = assignment.solve(sinks, lanes)
    assert assigned is not None
    whole = round_sites(assignment, sinks, lanes, assigned)
    assert whole is not None
    assert whole.tolist() == problem.collection_cost.argmin(axis=1).tolist()


@pytest.mark.parametrize("skip", [7.0, np.inf])
def test_without_open_hubs_only_sites_that_may_be_skipped_have_a_rounding(skip: float) -> None:
    problem = Problem.build([1.0, 2.0], [[1.0], [1.0]], [9.0], [1.0], skip_cost=skip)
    assignment = Assignment.of(problem)
    sinks = Sinks.of(problem.hubs, np.zeros((1, 1)))
    lanes = assignment.lane_cost(np.zeros((1, 1)), sinks.hub)
    assigned = assignment.solve(sinks, lanes)
    assert assigned is not None
    whole = round_sites(assignment, sinks, lanes, assigned)
    assert (whole is None) if np.isinf(skip) else (whole is not None and whole.tolist() == [-1, -1])


def test_sites_that_do_not_fit_whole_have_no_rounding() -> None:
    problem = Problem.build([3.0, 3.0, 3.0], np.ones((3, 2)), [5.0, 5.0], [1.0, 1.0])
    assignment = Assignment.of(problem)
    sinks = Sinks.of(problem.hubs, np.ones((2, 1)))
    lanes = assignment.lane_cost(np.zeros((2, 1)), sinks.hub)
    assigned = assignment.solve(sinks, lanes)
    assert assigned is not None
    assert round_sites(assignment, sinks, lanes, assigned) is None


def test_a_site_too_heavy_for_a_hub_goes_where_it_fits_and_light_ones_make_way() -> None:
    mass = np.array([9.0, *np.full(8, 1.0), 3.0])
    cost = np.ones((10, 3)) * np.array([1.0, 2.0, 8.0])
    problem = Problem.build(mass, cost, [[8.0], [10.0], [5.0]], [[1.0], [1.0], [1.0]])
    assignment, sinks = Assignment.of(problem), Sinks.of(problem.hubs, np.ones((3, 1)))
    assigned = assignment.solve(sinks, cost)
    assert assigned is not None
    hub = round_sites(assignment, sinks, cost, assigned)
    assert hub is not None
    assert hub[0] == 1
    assert (np.bincount(hub, mass, 3) <= [8.0, 10.0, 5.0]).all()
