"""Make a problem smaller without changing its optimum."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution


@dataclass(frozen=True, eq=False)
class Merged:
    """A problem whose sites stand for several of the original's.

    Attributes
    ----------
    problem : Problem
    site_of : int array, shape (original sites,)
        Merged site of each original one.
    """

    problem: Problem
    site_of: NDArray[np.int64]

    def expand(self, solution: Solution) -> Solution:
        """Return the same plan for the original sites."""
        order = np.argsort(solution.site, kind="stable")
        first = np.searchsorted(solution.site[order], np.arange(self.problem.n_sites + 1))
        counts = np.diff(first)[self.site_of]
        site = np.repeat(np.arange(len(self.site_of)), counts)
        offset = np.arange(len(site)) - np.repeat(np.cumsum(counts) - counts, counts)
        row = order[first[self.site_of[site]] + offset]
        return replace(solution, site=site, hub=solution.hub[row], share=solution.share[row])


def merge_captive_sites(problem: Problem) -> Merged:
    """Merge the sites that can only go to one and the same hub.

    Where a group may hold only one open hub, all sites whose lanes end inside the group share that hub: they are one
    site with the sum of their supplies and costs. With one hub per region and closed borders a region of hundreds of
    sites becomes a single one.

    Parameters
    ----------
    problem : Problem
    """
    reach = np.isfinite(problem.collection_cost) & (problem.hub_state >= 0)
    counts = problem.hub_counts
    home = np.full(problem.n_sites, -1)
    must = ~np.isfinite(problem.skip_cost)
    for g in np.flatnonzero(counts.most <= 1).tolist():
        inside = counts.group == g
        home[must & reach[:, inside].any(axis=1) & ~reach[:, ~inside].any(axis=1)] = g
    return _merge(problem, home)


def merge_decided_sites(problem: Problem) -> Merged:
    """Merge the sites that must be served and have one and the same hub left: one site for each such hub.

    Parameters
    ----------
    problem : Problem
    """
    reach = np.isfinite(problem.collection_cost) & (problem.hub_state >= 0)
    decided = ~np.isfinite(problem.skip_cost) & (reach.sum(axis=1) == 1)
    return _merge(problem, np.where(decided, reach.argmax(axis=1) if problem.n_hubs else -1, -1))


def _merge(problem: Problem, home: NDArray[np.int64]) -> Merged:
    """Make one site of all that share a home, shape (S,); those whose home is -1 stay."""
    label = np.where(home >= 0, -1 - home, np.arange(problem.n_sites))
    _, first, site_of = np.unique(label, return_index=True, return_inverse=True)
    if len(first) == problem.n_sites:
        return Merged(problem, np.arange(problem.n_sites))
    merged = problem.derive(
        supply=_sum_rows(problem.supply, site_of, len(first)),
        collection_cost=_sum_rows(problem.collection_cost, site_of, len(first)),
        skip_cost=problem.skip_cost[first],
    )
    return Merged(merged, site_of)


def merge_grades(problem: Problem) -> Problem:
    """Merge the grades of black mass where every flow costs all of them the same; the flows are told apart later.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    Problem
        With one grade, or the same object where grades cost differently.
    """
    cost = problem.transfer_cost
    if problem.n_grades <= 1 or not np.array_equal(cost, np.repeat(cost[:, :, :1], problem.n_grades, axis=2)):
        return problem
    return problem.derive(yields=problem.yields.sum(axis=2, keepdims=True), transfer_cost=cost[:, :, :1])


def _sum_rows(values: NDArray[np.float64], label: NDArray[np.int64], rows: int) -> NDArray[np.float64]:
    """Sum rows by label; an absent lane of one is absent for all."""
    total = np.zeros((rows, values.shape[1]))
    np.add.at(total, label, values)
    return total
