"""A problem of arrays alone: which of five hubs to open for forty sites, and then with two refineries behind them."""

import numpy as np
from numpy.typing import NDArray

import hubspoke as hs

rng = np.random.default_rng(1)
sites, hubs, refineries = rng.random((40, 2)), rng.random((5, 2)), rng.random((2, 2))
supply = rng.integers(10, 100, 40)  # tonnes a year


def distance(here: NDArray[np.float64], there: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the distances of all pairs."""
    km: NDArray[np.float64] = np.linalg.norm(here[:, None] - there[None, :], axis=2)
    return km


cost = 100 * distance(sites, hubs) * supply[:, None]  # a year, for all of a site
one = hs.Problem.build(supply, cost, hub_capacity=np.full(5, 1500.0), hub_fixed=np.full(5, 20_000.0))
print(hs.optimize(one, gap=0.0))

both = hs.Problem.build(
    supply,
    cost,
    hub_capacity=np.full(5, 1500.0),
    hub_fixed=np.full(5, 20_000.0),
    yields=0.5,  # half of what enters a hub goes on
    transfer_cost=60 * distance(hubs, refineries),  # a tonne
    refinery_capacity=np.full(2, 1200.0),
    refinery_fixed=np.full(2, 40_000.0),
    hub_counts=hs.Counts.between(1, 3, plants=5),
)
answer = hs.optimize(both, gap=0.0)
print(answer.status, round(answer.objective), np.flatnonzero(answer.hub_size >= 0))
