"""Invented networks: the same arguments give the same one, and it has the traits that it promises."""

from __future__ import annotations

import numpy as np
import pytest

from hubspoke.base.status import Status
from hubspoke.engine.optimize import optimize
from hubspoke.instances.generate import generate_problem


def test_a_seed_gives_one_network_and_another_seed_another() -> None:
    one, again, other = (generate_problem(50, 6, 3, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(one.collection_cost, again.collection_cost)
    assert np.array_equal(one.refineries.fixed, again.refineries.fixed)
    assert not np.array_equal(one.collection_cost, other.collection_cost)


def test_sites_are_unequal_and_large_plants_cheaper_per_tonne() -> None:
    """The largest tenth has most of the tonnes; a tonne of room costs less at every larger size of one place."""
    problem = generate_problem(5000, 40, 10)
    mass = np.sort(problem.mass)
    assert mass[-500:].sum() > 0.6 * mass.sum()
    exists = problem.hubs.exists
    unit = np.where(exists, problem.hubs.fixed / np.where(exists, problem.hubs.capacity, 1.0), np.nan)
    assert np.nanmax(np.diff(unit, axis=1)) < 0


@pytest.mark.parametrize("tonnes_per_hub", [1, 2000])
def test_all_places_together_hold_everything_twice(tonnes_per_hub: int) -> None:
    """Few hubs for many sites get larger sizes, so that there always is a plan of divided sites."""
    problem = generate_problem(tonnes_per_hub * 3, 3, 2)
    for steps, tonnes in ((problem.hubs, problem.mass.sum()), (problem.refineries, problem.mass.sum() / 2)):
        assert steps.capacity.max(axis=1).sum() >= 2 * tonnes * (1 - 1e-9)


def test_lanes_end_at_the_longest_haul_but_every_site_keeps_one() -> None:
    lanes = np.isfinite(generate_problem(200, 20, longest_km=50.0).collection_cost)
    assert not lanes.all()
    assert lanes.any(axis=1).all()


def test_a_network_can_be_planned() -> None:
    problem = generate_problem(12, 4, 2, sizes=2, longest_km=800.0)
    answer = optimize(problem, gap=1e-6)
    assert answer.status is Status.OPTIMAL


@pytest.mark.parametrize(
    ("sites", "hubs", "refineries", "sizes"), [(0, 1, 0, 5), (1, 0, 0, 5), (1, 1, -1, 5), (1, 1, 0, 6)]
)
def test_senseless_counts_are_refused(sites: int, hubs: int, refineries: int, sizes: int) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        generate_problem(sites, hubs, refineries, sizes=sizes)
