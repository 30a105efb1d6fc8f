"""Hubs that pay for more than they take: what their first tonnes cost less, and open hubs in two parts.

As with refineries, what such a hub costs is convex in what it takes. In cuts its first tonnes are paid for with its
size and cost less each, which the price of its room tells (`Paid`). Where plants are given an open hub is two hubs of
plain cost beside each other: a base for the first tonnes, and a top for the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.assignment.assignment import Paid
from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.problem import FORCED_OPEN
from hubspoke.engine.problem.steps import Steps

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.cases.take_or_pay import TakeOrPay
    from hubspoke.engine.problem.problem import Problem


def pay_with_sizes(problem: Problem, dues: TakeOrPay | None, case: int, weight: float) -> tuple[Problem, Paid | None]:
    """Return a case whose sizes of hubs pay for their first tonnes, and by how much each of these costs less.

    Parameters
    ----------
    problem : Problem
        With weighed costs.
    dues : TakeOrPay or None
        Of hubs, before weights.
    case : int
    weight : float
    """
    if dues is None:
        return problem, None
    steps, tonnes, rate = problem.hubs, dues.tonnes[case], dues.rate[case] * weight
    least = np.where(steps.exists & (rate > 0), np.minimum(tonnes, steps.capacity), 0.0)
    fixed = np.where(steps.exists, steps.fixed + rate * tonnes, steps.fixed)
    paid = Paid(least, np.where(least > 0, rate, 0.0))
    return problem.derive(hubs=Steps(steps.capacity, fixed, steps.variable)), paid


@dataclass(frozen=True, eq=False)
class OpenHubs:
    """A case at given plants with hubs in two parts.

    Attributes
    ----------
    problem : Problem
        H bases or whole hubs, and behind them the tops.
    of : int array, shape (tops,)
        The hub that each top belongs to.
    size : int array, shape (H + tops,)
        -1 for closed.
    """

    problem: Problem
    of: Ints
    size: Ints

    def join(self, site: Ints, hub: Ints, share: Floats) -> tuple[Ints, Ints, Floats]:
        """Return who delivers where with whole hubs, from that with parts; sites in order, each hub once."""
        hubs = self.problem.n_hubs - len(self.of)
        whole = np.append(np.arange(hubs), self.of)[hub]
        lanes, place = np.unique(site * hubs + whole, return_inverse=True)
        return lanes // hubs, lanes % hubs, np.bincount(place.ravel(), share, len(lanes)).astype(float)


def divide_open_hubs(problem: Problem, dues: TakeOrPay | None, case: int, hub_size: Ints) -> OpenHubs:
    """Return a case at given plants with those hubs in two parts that pay for less than they hold.

    Whole sites do not go to two parts, and what must at least enter a hub is not asked of its parts: there hubs stay
    whole, and what they pay for comes on top of the plan.

    Parameters
    ----------
    problem : Problem
        With its plants fixed.
    dues : TakeOrPay or None
        Of hubs.
    case : int
    hub_size : int array, shape (H,)
        -1 for closed.
    """
    nobody: Ints = np.empty(0, np.int64)
    if dues is None or problem.single_sourcing or problem.hub_floor.any():
        return OpenHubs(problem, nobody, hub_size)
    steps, at = problem.hubs, np.maximum(hub_size, 0)
    every = np.arange(problem.n_hubs)
    tonnes, rate, capacity = dues.tonnes[case, every, at], dues.rate[case, every, at], steps.capacity[every, at]
    pays = (hub_size >= 0) & (tonnes > 0) & (rate > 0)
    of = np.flatnonzero(pays & (capacity > tonnes))
    held, fixed, variable = steps.capacity.copy(), steps.fixed.copy(), steps.variable.copy()
    held[every[pays], at[pays]] = np.minimum(capacity, tonnes)[pays]
    fixed[every[pays], at[pays]] += (rate * tonnes)[pays]
    variable[every[pays], at[pays]] -= rate[pays]
    top = np.full((len(of), steps.fixed.shape[1]), np.inf)
    rooms, rates = np.zeros(top.shape), np.zeros(top.shape)
    each = np.arange(len(of))
    top[each, at[of]], rooms[each, at[of]] = 0.0, (capacity - tonnes)[of]
    rates[each, at[of]] = steps.variable[of, at[of]]
    parts = problem.derive(
        collection_cost=np.hstack([problem.collection_cost, problem.collection_cost[:, of]]),
        hubs=Steps(np.vstack([held, rooms]), np.vstack([fixed, top]), np.vstack([variable, rates])),
        yields=np.concatenate([problem.yields, problem.yields[of]]),
        transfer_cost=np.concatenate([problem.transfer_cost, problem.transfer_cost[of]]),
        hub_counts=Counts.free(problem.n_hubs + len(of)),
        hub_state=np.append(problem.hub_state, np.full(len(of), FORCED_OPEN)),
        hub_floor=np.zeros(problem.n_hubs + len(of)),
        beside=np.vstack([problem.beside, np.zeros((len(of), problem.n_refineries), bool)]),
        shared_saving=np.vstack([problem.shared_saving, np.zeros(top.shape)]),
    )
    return OpenHubs(parts, of, np.append(hub_size, hub_size[of]))
