"""Invent networks of any size for tests and measurements, with the traits that make real ones hard.

Sites and candidates crowd around towns whose importance falls with their rank (Zipf's law); many sites are tiny and few
are large; a trip costs the same for one tonne as for a full load; plants get cheaper per tonne with size, may not grow
everywhere, and a large site alone fills a good part of a small plant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hubspoke.engine.problem.problem import Problem

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats


LENGTH_KM, WIDTH_KM = 1500.0, 300.0
TOWNS = 60
TOWN_RADIUS_KM = 25.0
DETOUR = 1.3
"""Road kilometres per kilometre of straight line."""

MEDIAN_SITE_T, SPREAD, LARGEST_SITE_T = 8.0, 1.85, 3000.0
"""Log-normal masses: the mean is about 40 t, and the largest tenth of the sites hold over two thirds of all tonnes."""

PAYLOAD_T, FEWEST_TRIPS = 4.0, 4.0
TRIP_JPY, TRIP_JPY_PER_KM = 60_000.0, 600.0
BULK_JPY_PER_T, BULK_JPY_PER_T_KM = 4_000.0, 25.0
YIELD = 0.5
"""Tonnes of black mass per tonne of packs."""

REFERENCE_T = 10_000.0


class Curve(NamedTuple):
    """Capacity steps of a kind of plant, its yearly cost at REFERENCE_T, and the exponent of cost over size."""

    sizes_t: tuple[float, ...]
    cost_jpy: float
    exponent: float


HUBS = Curve((1e3, 3e3, 1e4, 3e4, 6e4), 363e6, 0.5)
REFINERIES = Curve((3e3, 1e4, 3e4, 1e5, 3e5), 2_230e6, 0.6)


def generate_problem(
    sites: int,
    hubs: int,
    refineries: int = 0,
    *,
    seed: int = 0,
    sizes: int = 5,
    longest_km: float = np.inf,
    single_sourcing: bool = True,
) -> Problem:
    """Invent a network as a numeric problem; the same arguments give the same one.

    Parameters
    ----------
    sites, hubs : int
        Numbers of sites and of candidate hubs.
    refineries : int
        Number of candidate refineries; 0 for one echelon.
    seed : int
    sizes : int
        Number of capacity steps of hubs and refineries, 1 to 5; some places allow only the smaller ones.
    longest_km : float
        Road kilometres beyond which a site has no lane to a hub; its nearest hub stays within reach.
    single_sourcing : bool
        Whether each site is served by one hub.

    Returns
    -------
    Problem
        In tonnes and yen per year.

    Raises
    ------
    ValueError
        Fewer than one site or hub, fewer than no refineries, or a number of sizes outside 1 to 5.
    """
    if min(sites, hubs) < 1 or refineries < 0 or not 1 <= sizes <= len(HUBS.sizes_t):
        raise ValueError(f"sites and hubs must be 1 or more, refineries 0 or more, sizes 1 to {len(HUBS.sizes_t)}")
    rng = np.random.default_rng(seed)
    towns = rng.uniform((0, 0), (LENGTH_KM, WIDTH_KM), (TOWNS, 2))
    mass = np.minimum(rng.lognormal(np.log(MEDIAN_SITE_T), SPREAD, sites), LARGEST_SITE_T)
    site, hub, refinery = (_near_towns(rng, towns, count) for count in (sites, hubs, refineries))
    km = _road_km(site, hub)
    trips = np.maximum(mass / PAYLOAD_T, FEWEST_TRIPS)
    cost = trips[:, None] * (TRIP_JPY + TRIP_JPY_PER_KM * km)
    cost[(km > longest_km) & (km > km.min(axis=1, keepdims=True))] = np.inf
    hub_capacity, hub_fixed = _steps(rng, HUBS, hubs, sizes, float(mass.sum()))
    if not refineries:
        return Problem.build(mass, cost, hub_capacity, hub_fixed, single_sourcing=single_sourcing)
    capacity, fixed = _steps(rng, REFINERIES, refineries, sizes, float(mass.sum()) * YIELD)
    return Problem.build(
        mass,
        cost,
        hub_capacity,
        hub_fixed,
        yields=YIELD,
        transfer_cost=BULK_JPY_PER_T + BULK_JPY_PER_T_KM * _road_km(hub, refinery),
        refinery_capacity=capacity,
        refinery_fixed=fixed,
        single_sourcing=single_sourcing,
    )


def _near_towns(rng: np.random.Generator, towns: Floats, count: int) -> Floats:
    """Place points around towns, more of them around the more important ones, and about every fifth anywhere."""
    weight = 1 / np.arange(1, len(towns) + 1)
    town = rng.choice(len(towns), count, p=weight / weight.sum())
    near = towns[town] + rng.normal(0.0, TOWN_RADIUS_KM, (count, 2))
    anywhere = rng.uniform((0, 0), (LENGTH_KM, WIDTH_KM), (count, 2))
    return np.where(rng.random((count, 1)) < 0.2, anywhere, near)


def _road_km(tails: Floats, heads: Floats) -> Floats:
    """Return the road kilometres of every pair, shape (tails, heads)."""
    east = tails[:, None, 0] - heads[None, :, 0]
    north = tails[:, None, 1] - heads[None, :, 1]
    km: Floats = DETOUR * np.hypot(east, north)
    return km


def _steps(rng: np.random.Generator, curve: Curve, plants: int, sizes: int, tonnes: float) -> tuple[Floats, Floats]:
    """Return capacity and yearly cost of every step, each of shape (plants, sizes).

    Places differ in price and in the largest size they allow. Where all places together would hold less than twice the
    tonnes, all sizes grow by the same factor.
    """
    step_t = np.array(curve.sizes_t[-sizes:])
    allowed = rng.integers(min(2, sizes), sizes + 1, plants)
    usable = np.arange(sizes)[None, :] < allowed[:, None]
    capacity = np.where(usable, step_t[None, :], 0.0)
    capacity *= max(1.0, 2 * tonnes / float(capacity.max(axis=1).sum()))
    price = rng.uniform(0.85, 1.25, (plants, 1))
    return capacity, np.where(usable, price * curve.cost_jpy * (capacity / REFERENCE_T) ** curve.exponent, np.inf)
