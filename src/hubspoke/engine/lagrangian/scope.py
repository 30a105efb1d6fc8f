"""Which problems the Lagrangian branch and bound takes; apart from it, so that asking loads no compiled loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.engine.problem.problem import Problem


def suits_branch_and_bound(problem: Problem) -> bool:
    """Return whether a problem is of the kind: whole sites that must be served, one echelon, a total of hubs at most.

    A hub that earns by standing opens with no site, which trees do not know. A least number of hubs is no matter where
    they cost nothing: those that lack open idle.

    Parameters
    ----------
    problem : Problem
    """
    counts, usable = problem.hub_counts, problem.hubs.exists & (problem.hub_state >= 0)[:, None]
    in_total = len(np.unique(counts.group)) <= 1 or bool((counts.most >= problem.n_hubs).all())
    fewest = max(counts.fewest_in_total, int(counts.fewest.sum()))
    idle = fewest <= 0 or (not problem.hubs.fixed[usable].any() and fewest <= usable.any(axis=1).sum())
    in_total = in_total and (fewest <= 0 or len(np.unique(counts.group)) <= 1)
    must = not np.isfinite(problem.skip_cost).any()
    return bool(
        problem.single_sourcing
        and problem.n_refineries == 0
        and in_total
        and idle
        and must
        and problem.n_sites > 0
        and problem.n_hubs > 0
        and not problem.has_floors
        and not (problem.hubs.fixed < 0).any()
    )


def most_hubs(problem: Problem) -> int:
    """Return how many hubs may be open, of a problem that suits.

    Parameters
    ----------
    problem : Problem
    """
    counts = problem.hub_counts
    in_group = int(counts.most[counts.group[0]]) if len(np.unique(counts.group)) == 1 else problem.n_hubs
    return min(in_group, int(counts.most_in_total), problem.n_hubs)
