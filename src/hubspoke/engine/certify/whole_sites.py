"""Prices of a box where sites go whole to one echelon: the subgradient ascent of the search, from given prices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.stop import Stop
from hubspoke.engine.certify.priced import Priced
from hubspoke.engine.lagrangian.branching import make_root, slice_node
from hubspoke.engine.lagrangian.layout import first_prices, lay_out_problem
from hubspoke.engine.lagrangian.leaf_by_loads import LeafByLoads, lay_out_leaf
from hubspoke.engine.lagrangian.nodes import make_relaxed, make_stack
from hubspoke.engine.lagrangian.reduced_cost_fixing import place_single_lanes
from hubspoke.engine.lagrangian.subgradient import improve_bound

if TYPE_CHECKING:
    from hubspoke.engine.certify.priced import Prices
    from hubspoke.engine.problem.problem import Problem

ROUNDS, STEP, PATIENCE = 200, 0.5, 12
"""Prices tried, first level as a share of the way to the target, prices without progress before it comes nearer."""

NO_DRAFTS = 1_000_000_000
"""No plans are made on the way."""


def price_whole_sites(box: Problem, prices: Prices, target: float) -> Priced:
    """Raise the Lagrangian bound of a box from the prices of the box around it.

    Parameters
    ----------
    box : Problem
        One echelon; whole sites that must be served.
    prices : dict
        Empty for the first box.
    target : float
        A bound above it is enough.
    """
    data = lay_out_problem(box)
    hubs, sites = data.cost.shape
    stack, relaxed = make_stack(1, hubs, sites), make_relaxed(hubs, sites)
    start = np.asarray(prices["site_price"], float) if prices else first_prices(data)
    make_root(data, stack, np.zeros(1), start)
    node = slice_node(stack, 0)
    node.count[:] = box.hub_counts.fewest_in_total, min(box.hub_counts.most_in_total, hubs)
    if place_single_lanes(data, node):
        found = np.zeros(sites, np.int64), np.array([np.inf])
        improve_bound(data, node, relaxed, *found, target, ROUNDS, STEP, PATIENCE, NO_DRAFTS)
        if not (node.state == 0).any() and (leaf := lay_out_leaf(data, node)) is not None:
            search = LeafByLoads(data, leaf, node, np.zeros(2), Stop())
            search.start(target, *found)
            node.price[:] = search.price[0]
    # a site with one lane left goes there at any price; one that is dear enough says where two of them have no room
    placed = (node.free == 0) | node.banned.all(axis=0)
    least = np.where(np.isfinite(data.cost) & (data.state >= 0)[:, None], data.cost, np.inf).min(axis=0)
    dear = np.where(np.isfinite(least), least, 0.0) + 2.0 * abs(target) + 1.0
    node.price[:] = np.where(placed, dear, node.price)
    share = np.where(node.free == 0, np.arange(hubs)[:, None] == node.hub, relaxed.mean_pick)
    often = np.where(node.state == 0, relaxed.mean_chosen, node.state > 0)
    opened = np.zeros(box.hubs.fixed.shape)
    opened[np.arange(hubs), box.hubs.exists.argmax(axis=1)] = often
    none = np.zeros((hubs, box.n_grades))
    priced = {"site_price": node.price.copy(), "gate_price": none, "ground_price": np.zeros(hubs)}
    return Priced(priced, opened, np.zeros(box.refineries.fixed.shape), share.T.copy())
