"""Sites that see the hubs alike, taken together: a small assignment whose prices of room serve the whole network.

A cut may come from any prices. Those of a coarse assignment are found in a fraction of the time, and given what room
costs at every hub, the price of each single site is exact again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import njit
from hubspoke.engine.assignment.assignment import Assigned, Assignment
from hubspoke.engine.parameters import DEFAULTS

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.assignment.assignment import Paid, Sinks
    from hubspoke.engine.parameters import AssignmentParameters
    from hubspoke.engine.problem.problem import Problem


FULL = 1e-9
"""Share of a site that counts as nothing."""

HUBS_AT_ONCE = 64
"""Hubs whose lanes are added up at once, which bounds the memory taken."""


class AggregatedAssignment:
    """The assignment problem of groups of sites.

    Attributes
    ----------
    assignment : Assignment
        Of the groups.
    group : int array, shape (S,)
        Group of each site.
    """

    def __init__(
        self, problem: Problem, parameters: AssignmentParameters = DEFAULTS.assignment, paid: Paid | None = None
    ) -> None:
        """Put the sites into groups; sizes of hubs may have paid for tonnes."""
        self.problem = problem
        self.group: Ints = group_sites(problem, parameters)
        self.assignment: Assignment = Assignment.of(add_up(problem, self.group), parameters, paid=paid)

    def expand(self, assigned: Assigned, sinks: Sinks, lanes: Floats) -> Assigned:
        """Return the sites' shares and prices from those of their groups.

        Parameters
        ----------
        assigned : Assigned
            Of the groups.
        sinks : Sinks
        lanes : (S, n)
            Cost of every whole site at the sinks' hubs.
        """
        problem = self.problem
        asked = np.ascontiguousarray(lanes + problem.mass[:, None] * (sinks.rate + assigned.room_price)[None, :])
        price = np.zeros(len(lanes))
        price_sites(asked, sinks.part, problem.skip_cost, price)
        price = np.where(np.isfinite(price), price, assigned.site_price[self.group])
        return replace(
            assigned, share=assigned.share[self.group], left_out=assigned.left_out[self.group], site_price=price
        )


def group_sites(problem: Problem, parameters: AssignmentParameters = DEFAULTS.assignment) -> Ints:
    """Return each site's group: those that share their cheapest hubs, in order, as many ranks as few groups allow."""
    cost = np.where(problem.hub_state[None, :] >= 0, problem.collection_cost, np.inf)
    ranks = min(parameters.ranks, problem.n_hubs)
    part = np.argpartition(cost, ranks - 1, axis=1)[:, :ranks] if ranks < problem.n_hubs else None
    near = np.argsort(cost, axis=1, kind="stable") if part is None else part
    if part is not None:
        order = np.argsort(np.take_along_axis(cost, part, axis=1), axis=1, kind="stable")
        near = np.take_along_axis(part, order, axis=1)
    group = np.isfinite(problem.skip_cost).astype(np.int64)
    for rank in range(ranks):
        _, finer = np.unique(group * problem.n_hubs + near[:, rank], return_inverse=True)
        if finer.max(initial=0) >= parameters.groups:
            break
        group = finer.ravel().astype(np.int64)
    return np.unique(group, return_inverse=True)[1].ravel().astype(np.int64)


def add_up(problem: Problem, group: Ints) -> Problem:
    """Make one site of every group: what its sites have together; a lane that most of its tonnes have is a lane."""
    order = np.argsort(group, kind="stable")
    start = np.searchsorted(group[order], np.arange(int(group.max(initial=-1)) + 1))
    weight = problem.mass[order] + 1e-9
    whole = np.add.reduceat(weight, start)
    cost = np.full((len(start), problem.n_hubs), np.inf)
    for first in range(0, problem.n_hubs, HUBS_AT_ONCE):
        hubs = slice(first, first + HUBS_AT_ONCE)
        lanes = problem.collection_cost[order, hubs]
        has = np.isfinite(lanes)
        held = np.add.reduceat(np.where(has, weight[:, None], 0.0), start, axis=0)
        total = np.add.reduceat(np.where(has, lanes, 0.0), start, axis=0)
        enough = held >= 0.5 * whole[:, None]
        cost[:, hubs] = np.where(enough, total * whole[:, None] / np.where(enough, held, 1.0), np.inf)
    return problem.derive(
        supply=np.add.reduceat(problem.supply[order], start, axis=0),
        collection_cost=cost,
        skip_cost=np.add.reduceat(problem.skip_cost[order], start),
    )


@njit(cache=True, nogil=True)
def price_sites(asked: Floats, most: Floats, leave: Floats, price: Floats) -> None:
    """Write what each site's last share costs: its dual price where prices of room are given.

    Parameters
    ----------
    asked : (S, n)
        Cost of a whole site at each hub, room included; used up.
    most : (n,)
        Largest share that any one site may have at a hub.
    leave : (S,)
        Cost of leaving a whole site out.
    price : (S,)
        Written.
    """
    sites, hubs = asked.shape
    for i in range(sites):
        # Complementary slackness: with room priced, a site fills its cheapest hubs first; its dual price is the cost of
        # the last one it reaches, or of leaving it out. A rest below FULL is rounding and must not set the price.
        left = 1.0
        while left > FULL:
            least, at = leave[i], -1
            for j in range(hubs):
                if asked[i, j] < least and most[j] > 0.0:
                    least, at = asked[i, j], j
            price[i] = least
            if at < 0:
                break
            # A hub open in part takes only so much of any one site.
            left -= most[at]
            asked[i, at] = np.inf
