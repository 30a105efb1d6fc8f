"""A lower bound from prices of sites: each hub gains by the sites that pay more than they cost there.

Take any price u[i] of serving site i. Opening a hub is worth its fixed cost less what its sites pay above their lanes;
the cheapest choice of hubs that the count allows, and the sum of the prices, are below the cost of every plan (G.
Cornuejols, M. L. Fisher, G. L. Nemhauser, Management Science 23, 1977). Lanes are looked at in order of cost and only
as far as the price goes, so that a look costs as much as there are hubs nearby.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hubspoke.base.compiled import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints

UNDECIDED, OPEN, CLOSED = 0, 1, -1


class Network(NamedTuple):
    """Lanes of S sites to H hubs, the cheapest lane of each site first.

    `first` (S + 1,) says where the lanes of each site begin, `hub` and `cost` (lanes,) where they lead and what the
    whole site costs there; `fixed` (H,) is what a hub costs, and `most`, `fewest` how many may be open.
    """

    first: Ints
    hub: Ints
    cost: Floats
    fixed: Floats
    fewest: int
    most: int


class Relaxed(NamedTuple):
    """The answer at some prices.

    `worth` (H,): what opening each hub costs; `chosen` (H,): which open; `slope` (S,): how much less than once, or
    more, each site is served; `edge` (2,): the dearest hub chosen and the cheapest left, of those that were undecided;
    `numbers` (3,): how many of these must open at least, may at most, and do.
    """

    worth: Floats
    chosen: NDArray[np.uint8]
    slope: Floats
    edge: Floats
    numbers: Ints


def make_relaxed(sites: int, hubs: int) -> Relaxed:
    """Return an empty answer.

    Parameters
    ----------
    sites, hubs : int
    """
    return Relaxed(np.zeros(hubs), np.zeros(hubs, np.uint8), np.zeros(sites), np.zeros(2), np.zeros(3, np.int64))


@njit(cache=True, nogil=True)
def bound_at(network: Network, state: Ints, base: Floats, price: Floats, relaxed: Relaxed) -> float:
    """Bound the cost of all plans of a node from prices.

    Parameters
    ----------
    network : Network
    state : (H,)
        `UNDECIDED`, `OPEN` or `CLOSED`.
    base : (S,)
        What a site costs at the cheapest of the hubs that are open for certain, or left out. A price above it earns no
        more than that.
    price : (S,)
    relaxed : Relaxed
        Written.

    Returns
    -------
    float
        Infinite where the node holds no plan.
    """
    first, hub, cost = network.first, network.hub, network.cost
    worth, chosen, slope = relaxed.worth, relaxed.chosen, relaxed.slope
    sites, hubs = len(base), len(network.fixed)
    total = 0.0
    for h in range(hubs):
        worth[h] = network.fixed[h]
    for i in range(sites):
        paid = min(price[i], base[i])
        total += paid
        for a in range(first[i], first[i + 1]):
            if cost[a] >= paid:
                break
            worth[hub[a]] += cost[a] - paid
    total += _choose(network, state, relaxed)
    if total == np.inf:
        return np.inf
    for i in range(sites):
        paid = min(price[i], base[i])
        served = 0
        for a in range(first[i], first[i + 1]):
            if cost[a] >= paid:
                break
            served += chosen[hub[a]]
        slope[i] = 1.0 - served
        if served == 0 and price[i] >= base[i]:
            slope[i] = 0.0
    return total


@njit(cache=True, nogil=True)
def _choose(network: Network, state: Ints, relaxed: Relaxed) -> float:
    """Open the hubs that cost least, as many as the count allows; return what they and the decided ones cost."""
    worth, chosen = relaxed.worth, relaxed.chosen
    hubs = len(state)
    opened, undecided, gaining, total = 0, 0, 0, 0.0
    for h in range(hubs):
        chosen[h] = 1 if state[h] == OPEN else 0
        if state[h] == OPEN:
            opened += 1
            total += network.fixed[h]
        elif state[h] == UNDECIDED:
            undecided += 1
            if worth[h] < 0.0:
                gaining += 1
    fewest, most = max(network.fewest - opened, 0), min(network.most - opened, undecided)
    relaxed.numbers[0], relaxed.numbers[1] = fewest, most
    relaxed.edge[0], relaxed.edge[1] = -np.inf, np.inf
    if fewest > most or most < 0:
        return np.inf
    count = min(max(gaining, fewest), most)
    relaxed.numbers[2] = count
    if count == gaining:
        for h in range(hubs):
            if state[h] == UNDECIDED:
                if worth[h] < 0.0:
                    chosen[h] = 1
                    total += worth[h]
                    relaxed.edge[0] = max(relaxed.edge[0], worth[h])
                else:
                    relaxed.edge[1] = min(relaxed.edge[1], worth[h])
        return total
    free = np.empty(undecided, np.int64)
    value = np.empty(undecided)
    at = 0
    for h in range(hubs):
        if state[h] == UNDECIDED:
            free[at], value[at] = h, worth[h]
            at += 1
    order = np.argsort(value, kind="mergesort")  # stable, so that ties fall alike everywhere
    for at in range(undecided):
        h = free[order[at]]
        if at < count:
            chosen[h] = 1
            total += worth[h]
            relaxed.edge[0] = worth[h]
        elif at == count:
            relaxed.edge[1] = worth[h]
    return total


@njit(cache=True, nogil=True)
def rise_if_other(relaxed: Relaxed, h: int) -> float:
    """Return by how much the bound rises if an undecided hub is opened that is not chosen, or closed if it is.

    Parameters
    ----------
    relaxed : Relaxed
        As `bound_at` left it.
    h : int

    Returns
    -------
    float
        Infinite where the count forbids it.
    """
    fewest, most, count = relaxed.numbers[0], relaxed.numbers[1], relaxed.numbers[2]
    worth, (dearest, cheapest) = relaxed.worth[h], (relaxed.edge[0], relaxed.edge[1])
    rise = 0.0
    if relaxed.chosen[h]:
        instead = count == fewest or (count == most and cheapest < 0.0)
        rise = cheapest - worth if instead else -worth
    elif most == 0:
        rise = np.inf
    else:
        instead = count == most or (count == fewest and dearest > 0.0)
        rise = worth - dearest if instead else worth
    return max(rise, 0.0)
