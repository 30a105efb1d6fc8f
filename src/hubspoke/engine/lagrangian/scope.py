"""Which problems the Lagrangian branch and bound takes; apart from it, so that asking loads no compiled loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.engine.problem.problem import Problem


def suits_branch_and_bound(problem: Problem) -> bool:
    """Return whether a problem is of the kind: whole sites that must be served, one echelon, hubs limited in all.

    A hub that earns by standing opens with no site, which trees do not know.

    Parameters
    ----------
    problem : Problem
    """
    counts = problem.hub_counts
    free = bool((counts.fewest <= 0).all() and (counts.most >= problem.n_hubs).all())
    in_total = free or len(np.unique(counts.group)) <= 1
    must = not np.isfinite(problem.skip_cost).any()
    return bool(
        problem.single_sourcing
        and problem.n_refineries == 0
        and in_total
        and must
        and problem.n_sites > 0
        and problem.n_hubs > 0
        and not problem.has_floors
        and not (problem.hubs.fixed < 0).any()
    )
