"""Lanes in order of cost, site by site and hub by hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.uncapacitated.bound import UNDECIDED, Network

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints


def lay_out(cost: Floats, base: Floats, fixed: Floats, fewest: int, most: int) -> Network:
    """Sort the lanes of every site by cost, without those that cost as much as the site costs anyway.

    Parameters
    ----------
    cost : float array, shape (S, H)
        Infinite where there is no lane.
    base : float array, shape (S,)
        What a site costs at most.
    fixed : float array, shape (H,)
    fewest, most : int
        Hubs that may be open.
    """
    order = np.argsort(cost, axis=1, kind="stable")
    ranked = np.take_along_axis(cost, order, axis=1)
    kept = ranked < base[:, None]
    first = np.concatenate(([0], np.cumsum(kept.sum(axis=1)))).astype(np.int64)
    return Network(first, order[kept].astype(np.int64), ranked[kept], fixed.astype(float), fewest, most)


def drop_lanes(network: Network, state: Ints, base: Floats) -> Network:
    """Return the network without the lanes to hubs that are decided, and those that no site would take.

    Parameters
    ----------
    network : Network
    state : int array, shape (H,)
    base : float array, shape (S,)
    """
    site = np.repeat(np.arange(len(base)), np.diff(network.first))
    kept = (state[network.hub] == UNDECIDED) & (network.cost < base[site])
    first = np.concatenate(([0], np.cumsum(np.bincount(site[kept], minlength=len(base))))).astype(np.int64)
    return network._replace(first=first, hub=network.hub[kept], cost=network.cost[kept])


def by_hub(network: Network) -> tuple[Ints, Ints, Floats]:
    """Return the lanes hub by hub: where those of each hub begin (H + 1,), their sites and their costs.

    Parameters
    ----------
    network : Network
    """
    hubs, sites = len(network.fixed), len(network.first) - 1
    order = np.argsort(network.hub, kind="stable")
    begin = np.concatenate(([0], np.cumsum(np.bincount(network.hub, minlength=hubs)))).astype(np.int64)
    site = np.repeat(np.arange(sites), np.diff(network.first))
    return begin, site[order].astype(np.int64), network.cost[order]
