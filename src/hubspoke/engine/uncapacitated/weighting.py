"""Better plans by weights: local search in which leaving a site out costs little at first, and ever more.

A site costs at most its weight. Local search at these weights leaves some sites out; their weights grow until all are
served, and all weights shrink again, so that hubs close and the search goes on elsewhere. Where few lanes reach a site,
hubs opened and closed one by one come to no better plan, as nobody may be left without one in between; with weights
they may. P. Morris, "The breakout method for escaping from local minima", AAAI 1993; for covering, C. Gao, X. Yao,
T. Weise, J. Li, "An efficient local search heuristic with row weighting for the unicost set covering problem", European
Journal of Operational Research 246, 2015.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import njit
from hubspoke.base.threads import spread
from hubspoke.engine.uncapacitated.interchange import cost_of, interchange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.parameters_of_openings import UncapacitatedParameters
    from hubspoke.engine.uncapacitated.bound import Network

FIRST, GROWTH, LEFT = 2.0, 0.6, 0.9
"""First weight and growth, in terms of what a site costs in the plan there is; what is left of weights that shrink."""


@njit(cache=True, nogil=True)
def search_by_weights(
    network: Network,
    from_hub: Ints,
    site: Ints,
    lane_cost: Floats,
    state: Ints,
    base: Floats,
    weight: Floats,
    is_open: NDArray[np.uint8],
    best: NDArray[np.uint8],
    generator: np.random.Generator,
    smallest: float,
    growth: float,
    turns: int,
) -> float:
    """Search at weights that change from turn to turn; return the cost of the best choice, which is left in `best`.

    Parameters
    ----------
    network : Network
    from_hub, site, lane_cost, state, base : as in `interchange`
    weight : (S,)
        What a site costs at most in this search; changed.
    is_open : (H,)
        A choice that keeps the count; changed.
    best : (H,)
        Written.
    generator : numpy.random.Generator
    smallest : float
        Least gain that counts.
    growth : float
        What is added to the weight of a site left out, on average.
    turns : int
    """
    first, hub, cost = network.first, network.hub, network.cost
    least = np.inf
    for _ in range(turns):
        interchange(network, from_hub, site, lane_cost, state, weight, is_open, smallest, 1_000_000)
        found = cost_of(network, base, is_open)
        if found < least:
            least = found
            best[:] = is_open
        left_out = 0
        for i in range(len(weight)):
            is_served = weight[i] >= base[i]
            for a in range(first[i], first[i + 1]):
                if is_served or cost[a] >= weight[i]:
                    break
                is_served = is_open[hub[a]] > 0
            if not is_served:
                left_out += 1
                weight[i] = min(weight[i] + growth * (0.5 + generator.random()), base[i])
        if left_out == 0:
            for i in range(len(weight)):
                weight[i] = min(weight[i] * (LEFT + (1.0 - LEFT) * generator.random() ** 2), base[i])
    return least


class SearchByWeights:
    """A search that goes on where it ended.

    Parameters
    ----------
    plan : uint8 array, shape (H,)
        Hubs that are open at first.
    each : float
        What a site costs in that plan on average, hubs included.
    base : float array, shape (S,)
        What a site costs at most.
    seed : int
    """

    def __init__(self, plan: NDArray[np.uint8], each: float, base: Floats, seed: int) -> None:
        self.is_open: NDArray[np.uint8] = plan.copy()
        self.best: NDArray[np.uint8] = plan.copy()
        self.base = base
        self.weight: Floats = np.minimum(FIRST * each, base)
        self.growth: float = GROWTH * each
        self.generator: np.random.Generator = np.random.default_rng(seed)

    def search(
        self, network: Network, hub_lanes: tuple[Ints, Ints, Floats], state: Ints, smallest: float, turns: int
    ) -> float:
        """Search for some turns; return the cost of the best choice of these, `best`."""
        return float(
            search_by_weights(
                network, *hub_lanes, state, self.base, self.weight, self.is_open, self.best, self.generator,
                smallest, self.growth, turns,
            )
        )  # fmt: skip


class SearchesByWeights:
    """Several searches side by side, each with weights of its own.

    Parameters
    ----------
    network : Network
    hub_lanes : tuple of arrays
        The lanes once more, hub by hub: `network.by_hub`.
    state : int array, shape (H,)
        Hubs that are decided stay as they are.
    base : float array, shape (S,)
        What a site costs at most.
    parameters : UncapacitatedParameters
    """

    def __init__(
        self,
        network: Network,
        hub_lanes: tuple[Ints, Ints, Floats],
        state: Ints,
        base: Floats,
        parameters: UncapacitatedParameters,
    ) -> None:
        self.network = network
        self.hub_lanes = hub_lanes
        self.state = state
        self.base = base
        lanes = max(len(network.hub), 1)
        self.abreast: int = parameters.searches
        self.turns: int = max(parameters.looked // lanes, 1)
        self.most: int = min(parameters.search_work // lanes, parameters.search_turns)
        self.searches: list[SearchByWeights] = []

    def search(self, plan: NDArray[np.uint8], cost: float, smallest: float) -> Iterator[list[NDArray[np.uint8]]]:
        """Search for choices that cost less than a plan, until none is found for long.

        Parameters
        ----------
        plan : uint8 array, shape (H,)
            The best plan: hubs that are open at first, the first time.
        cost : float
            What it costs.
        smallest : float
            Least gain that counts.

        Yields
        ------
        list of uint8 arrays, shape (H,)
            Better choices found since it was last asked, often none.
        """
        if not self.searches:
            each = abs(cost) / max(len(self.base), 1)
            self.searches = [SearchByWeights(plan, each, self.base, seed) for seed in range(self.abreast)]
        left = self.most
        while left > 0:
            go_on = partial(
                SearchByWeights.search, network=self.network, hub_lanes=self.hub_lanes, state=self.state,
                smallest=smallest, turns=min(self.turns, left),
            )  # fmt: skip
            left -= self.turns
            better = []
            for one, found in zip(self.searches, spread(go_on, self.searches), strict=True):
                if found < cost - smallest:
                    better.append(one.best.copy())
                    cost, left = found, self.most
            yield better
