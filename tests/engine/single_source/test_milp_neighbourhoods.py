"""Whole sites fitted into given hubs: never dearer, never overfull, cheapest where one program sees all."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hubspoke.base.stop import Stop
from hubspoke.engine.parameters import DEFAULTS
from hubspoke.engine.single_source.milp_neighbourhoods import Sites, reassign_by_milp
from hubspoke.engine.single_source.moves import exchange_sites
from trials import examples

SOME = settings(deadline=None, derandomize=True, max_examples=examples(6), suppress_health_check=list(HealthCheck))


def drawn(seed: int, *, lanes: float = 1.0) -> tuple[Sites, np.ndarray]:
    """Draw seven sites at three hubs, and a plan that fits: capacities leave a little room over its loads."""
    rng = np.random.default_rng(seed)
    mass = rng.integers(1, 9, 7).astype(float)
    cost = rng.integers(0, 50, (7, 3)).astype(float)
    hub = rng.integers(0, 3, 7)
    absent = rng.random(cost.shape) > lanes
    absent[np.arange(7), hub] = False
    cost[absent] = np.inf
    capacity = np.bincount(hub, mass, 3) + rng.integers(0, 4, 3).astype(float)
    return Sites(cost, mass, capacity.astype(float), rng.integers(0, 3, 3).astype(float)), hub


def total(sites: Sites, hub: np.ndarray) -> float:
    return float(sites.cost[np.arange(len(hub)), hub].sum())


def fits(sites: Sites, hub: np.ndarray) -> bool:
    return bool((sites.load(hub) <= sites.capacity).all())


@pytest.mark.heavy
@SOME
@given(st.integers(0, 10_000), st.sampled_from([1.0, 0.7]))
def test_a_program_that_sees_everything_finds_the_cheapest_fit_of_its_lanes(seed: int, lanes: float) -> None:
    """Of a site's lanes it sees its own, and those no dearer above its best than the second-best of some site."""
    sites, hub = drawn(seed, lanes=lanes)
    found = reassign_by_milp(sites, hub, Stop(), DEFAULTS.rounding)
    above = sites.asked - sites.asked.min(axis=1, keepdims=True)
    seen = above <= np.sort(above, axis=1)[:, 1].max()
    seen[np.arange(7), hub] = True
    every = (np.array(choice) for choice in product(range(3), repeat=7))
    least = min(total(sites, choice) for choice in every if fits(sites, choice) and seen[np.arange(7), choice].all())
    assert fits(sites, found)
    assert total(sites, found) <= total(sites, hub)
    if lanes == 1.0:
        assert total(sites, found) <= least + 1e-3 * total(sites, found) + 1e-9


@SOME
@given(st.integers(0, 10_000))
def test_swaps_never_cost_more_nor_overfill(seed: int) -> None:
    sites, hub = drawn(seed)
    moved, load = hub.astype(np.int64), sites.load(hub)
    exchange_sites(sites.cost, sites.mass, sites.capacity, np.arange(7), moved, load)
    assert total(sites, moved) <= total(sites, hub)
    assert fits(sites, moved)
    assert load == pytest.approx(sites.load(moved))
    for i, q in product(range(7), repeat=2):  # no pair is left that would gain and fit
        other = moved.copy()
        other[i], other[q] = moved[q], moved[i]
        assert not fits(sites, other) or total(sites, other) >= total(sites, moved) - 1e-6


def test_sites_left_out_stay_out_and_time_is_kept() -> None:
    sites, hub = drawn(3)
    hub[2] = -1
    assert reassign_by_milp(sites, hub, Stop(), DEFAULTS.rounding)[2] == -1
    assert (reassign_by_milp(sites, hub, Stop(0), DEFAULTS.rounding) == hub).all()
