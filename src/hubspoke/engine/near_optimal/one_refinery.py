"""Choices in which every group has one hub and one refinery serves all: their costs are sums over groups.

Where a group's sites reach its own hubs alone and each group opens one, a hub takes in all of its group, whichever it
is. If all of them make the same of it, a refinery that serves all takes in the same tonnes in every choice. So what a
choice costs is a number for the refinery and one for each group, and choices are counted without being searched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.near_optimal.sums import ROUNDING, cheapest_sums, count_sums
from hubspoke.engine.problem.problem import FORCED_CLOSED, FORCED_OPEN

if TYPE_CHECKING:
    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.engine.problem.problem import Problem

ALIKE = 1e-9
"""Share by which tonnes may differ that are the same but for rounding."""


@dataclass(frozen=True, eq=False)
class Counted:
    """Choices with one refinery within a limit: how many, the cheapest, and who is in all or none of them.

    Attributes
    ----------
    number : int
        How many at least.
    is_exact : bool
        Whether there are no more.
    chosen : bool array, shape (choices, N)
        The cheapest, from cheap to dear.
    cost : float array, shape (choices,)
    in_all, in_none : bool array, shape (N,)
    """

    number: int
    is_exact: bool
    chosen: Bools
    cost: Floats
    in_all: Bools
    in_none: Bools


@dataclass(frozen=True, eq=False)
class OneRefinery:
    """What the hubs of each group cost with each refinery, R refineries.

    Attributes
    ----------
    n_hubs : int
    base : float array, shape (R,)
        Cost of each refinery that serves all; infinite where it cannot.
    hubs : list of int array
        Hubs of each group that may serve it.
    cost : list of float array, shape (R, hubs of the group)
        Cost of the group with each of them and each refinery; infinite where there is no lane.
    """

    n_hubs: int
    base: Floats
    hubs: list[Ints]
    cost: list[Floats]

    @property
    def totals(self) -> Floats:
        """Cost of the cheapest choice with each refinery, shape (R,); infinite where there is none."""
        return np.asarray(self.base + sum(one.min(axis=1, initial=np.inf) for one in self.cost))

    def count_within(self, limit: float, most: int) -> Counted:
        """Count the choices up to a cost, and list the cheapest of them.

        Parameters
        ----------
        limit : float
        most : int
            Choices that are listed at most.
        """
        number, is_exact = 0, True
        plants = self.n_hubs + len(self.base)
        found: list[tuple[float, Bools]] = []
        in_all, in_none = np.ones(plants, bool), np.ones(plants, bool)
        for at in np.flatnonzero(self.totals <= limit + ROUNDING * abs(limit)).tolist():
            slack = limit - float(self.totals[at])
            order = [np.argsort(one[at], kind="stable") for one in self.cost]
            more = [one[at][rows] - one[at].min() for one, rows in zip(self.cost, order, strict=True)]
            counted, exact = count_sums(more, slack)
            number, is_exact = number + counted, is_exact and exact
            some, every = np.zeros(plants, bool), np.zeros(plants, bool)
            some[self.n_hubs + at] = every[self.n_hubs + at] = True
            for hubs, rows, costs in zip(self.hubs, order, more, strict=True):
                there = hubs[rows[costs <= slack + ROUNDING * abs(slack)]]
                some[there] = True
                every[there] = len(there) == 1
            in_all, in_none = in_all & every, in_none & ~some
            picked, sums = cheapest_sums(more, slack, most)
            for row, above in zip(picked.tolist(), sums.tolist(), strict=True):
                chosen = np.zeros(plants, bool)
                chosen[self.n_hubs + at] = True
                for hubs, rows, one in zip(self.hubs, order, row, strict=True):
                    chosen[hubs[rows[one]]] = True
                found.append((float(self.totals[at]) + above, chosen))
        found = sorted(found, key=lambda one: one[0])[:most]
        listed: Bools = np.array([one for _, one in found], bool).reshape(len(found), plants)
        return Counted(number, is_exact, listed, np.array([cost for cost, _ in found]), in_all, in_none)


def state_one_refinery(problem: Problem) -> OneRefinery | None:
    """Return what groups cost where one refinery serves all; None where such choices are no sums over groups.

    Parameters
    ----------
    problem : Problem
    """
    counts, required = problem.hub_counts, np.isinf(problem.skip_cost)
    groups = len(counts.fewest)
    lanes = np.isfinite(problem.collection_cost)
    one_each = (counts.fewest == 1).all() and (counts.most == 1).all()
    in_total = counts.fewest_in_total <= groups <= counts.most_in_total
    if not (problem.n_refineries and one_each and in_total and lanes[required].any(axis=1).all()):
        return None
    if not problem.yields.any():
        return None  # nothing to refine: choices without a refinery would count, too
    group = np.full(problem.n_sites, -1, np.int64)
    group[required] = counts.group[lanes[required].argmax(axis=1)]
    if (lanes & (counts.group[None, :] != group[:, None])).any():
        return None
    hubs: list[Ints] = []
    cost: list[Floats] = []
    grades: Floats = np.zeros((groups, problem.yields.shape[2]))
    for number in range(groups):
        sites = group == number
        mine = (counts.group == number) & lanes[sites].all(axis=0) & problem.hubs.exists.any(axis=1)
        open_now = (counts.group == number) & (problem.hub_state == FORCED_OPEN)
        mine &= open_now if open_now.any() else problem.hub_state != FORCED_CLOSED
        rows = np.flatnonzero(mine)
        made = np.einsum("p,hpb->hb", problem.supply[sites].sum(axis=0), problem.yields[rows])
        if open_now.sum() > 1 or not len(rows) or np.ptp(made, axis=0).max() > ALIKE * made.sum(axis=1).max():
            return None
        grades[number] = made[0]
        hubs.append(rows)
        cost.append(_cost_of_group(problem, sites, rows, made[0]))
    return OneRefinery(problem.n_hubs, _cost_of_refineries(problem, float(grades.sum())), hubs, cost)


def _cost_of_group(problem: Problem, sites: Bools, rows: Ints, made: Floats) -> Floats:
    """Return what a group costs with each of its hubs and each refinery, without the refinery, shape (R, hubs)."""
    load = float(problem.supply[sites].sum())
    steps = problem.hubs
    size = steps.fixed[rows] + steps.variable[rows] * load
    fits = steps.exists[rows] & (steps.capacity[rows] >= load * (1 - ALIKE))
    size = np.where(fits & (load >= problem.hub_floor[rows] * (1 - ALIKE))[:, None], size, np.inf)
    apart, joined = size.min(axis=1), (size - problem.shared_saving[rows]).min(axis=1)
    own = np.where(problem.beside[rows], joined[:, None], apart[:, None])
    sent = made > 0
    freight = problem.transfer_cost[rows][:, :, sent] @ made[sent]
    collected = problem.collection_cost[np.ix_(sites, rows)].sum(axis=0)
    return np.asarray((own + freight + collected[:, None]).T)


def _cost_of_refineries(problem: Problem, total: float) -> Floats:
    """Return what each refinery costs that takes in everything alone, shape (R,); infinite where it cannot."""
    steps, counts, state = problem.refineries, problem.refinery_counts, problem.refinery_state
    cost = np.where(
        steps.exists & (steps.capacity >= total * (1 - ALIKE)), steps.fixed + steps.variable * total, np.inf
    )
    least = cost.min(axis=1, initial=np.inf)
    must = state == FORCED_OPEN
    others = counts.fewest.sum() - counts.fewest[counts.group]  # asked for in groups that it is not of
    may = (state != FORCED_CLOSED) & (total >= problem.refinery_floor * (1 - ALIKE))
    may &= (others <= 0) & (counts.fewest[counts.group] <= 1) & (counts.most[counts.group] >= 1)
    may &= (must.sum() - must) == 0
    if not counts.fewest_in_total <= 1 <= counts.most_in_total:
        may[:] = False
    return np.where(may, least, np.inf)
