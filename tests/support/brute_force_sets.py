"""What every choice of sizes, and every set of plants, of a tiny problem costs, by trying every way to serve its sites.

Whole sites need no solver: every assignment is tried. Divided ones need a linear program for every choice of sizes.
"""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from brute_force import SLACK, _flow_cost, allowed_sizes, linear_cost, saved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from brute_force import Sizes
    from hubspoke.base.arrays import Bools, Floats
    from hubspoke.engine.problem.problem import Problem

Plants = tuple[bool, ...]
"""Which plants are open: hubs first, then refineries."""


def least_of(costs: dict[Plants, float]) -> float:
    """Give the least cost over sets, infinite where there is none."""
    return min(costs.values(), default=math.inf)


def cost_of_sets(problem: Problem) -> dict[Plants, float]:
    """Give the least cost of every set of plants that has a plan, whatever their sizes."""
    found: dict[Plants, float] = {}
    for (hubs, refineries), cost in cost_of_sizes(problem):
        opened = tuple(size >= 0 for size in (*hubs, *refineries))
        if cost < found.get(opened, math.inf):
            found[opened] = cost
    return found


def cost_of_sizes(problem: Problem) -> Iterator[tuple[tuple[Sizes, Sizes], float]]:
    """Give the least cost of every choice of sizes that states and counts allow, and that has a plan."""
    hubs = list(allowed_sizes(problem.hubs, problem.hub_state, problem.hub_counts))
    refineries = list(allowed_sizes(problem.refineries, problem.refinery_state, problem.refinery_counts))
    if not problem.single_sourcing:
        for one in product(hubs, refineries):
            cost = linear_cost(problem, *one)
            if math.isfinite(cost):
                yield one, cost - saved(problem, *one)
        return
    ways = Ways(problem)
    behind = [ways.refined(sizes) for sizes in refineries]
    for first in hubs:
        before = ways.collected(first)
        for second, after in zip(refineries, behind, strict=True):
            cost = float((before + after).min(initial=math.inf))
            if math.isfinite(cost):
                yield (first, second), cost - saved(problem, first, second)


class Ways:
    """Every assignment of whole sites to hubs, N of them, shape (N, sites)."""

    def __init__(self, problem: Problem) -> None:
        assert np.isinf(problem.skip_cost).all(), "every site is served"
        assert not problem.refinery_floor.any()
        self.problem: Problem = problem
        reach = [np.flatnonzero(np.isfinite(row)).tolist() for row in problem.collection_cost]
        self.hub = np.array(list(product(*reach)), np.int64).reshape(-1, problem.n_sites)
        every = np.arange(problem.n_sites)
        self.lanes: Floats = problem.collection_cost[every, self.hub].sum(axis=1)
        at = self.hub[:, :, None] == np.arange(problem.n_hubs)
        self.used: Bools = at.any(axis=1)
        self.load: Floats = np.einsum("nsh,s->nh", at, problem.mass)
        made = np.einsum("sp,hpb->shb", problem.supply, problem.yields)
        self.output: Floats = np.einsum("nsh,shb->nhb", at, made)

    def collected(self, sizes: Sizes) -> Floats:
        """Give what each costs up to the gates of refineries at hubs of given sizes; infinite where they do not fit."""
        steps, total = self.problem.hubs, self.lanes.copy()
        for hub, size in enumerate(sizes):
            if size < 0:
                total[self.used[:, hub]] = np.inf
                continue
            load, room = self.load[:, hub], steps.capacity[hub, size]
            fits = (load <= room + SLACK / 100) & (load >= self.problem.hub_floor[hub] - SLACK / 100)
            total += np.where(fits, steps.fixed[hub, size] + steps.variable[hub, size] * load, np.inf)
        return total

    def refined(self, sizes: Sizes) -> Floats:
        """Give what the black mass of each costs on the way to refineries of given sizes, and there."""
        flat = self.output.reshape(len(self.output), -1)
        different, which = np.unique(flat, axis=0, return_inverse=True)
        costs = np.array([_flow_cost(self.problem, tuple(row), sizes) for row in different.tolist()])
        return np.asarray(costs[which.ravel()]) if len(costs) else np.zeros(len(flat))
