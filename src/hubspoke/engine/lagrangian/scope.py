"""Which problems the Lagrangian branch and bound takes; apart from it, so that asking loads no compiled loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.problem.counts import NO_LIMIT

if TYPE_CHECKING:
    from hubspoke.engine.problem.problem import Problem


def suits_branch_and_bound(problem: Problem) -> bool:
    """Return whether a problem is of the kind: whole sites that must be served, one echelon, hubs in any number.

    A hub that earns by standing opens with no site, which trees do not know.

    Parameters
    ----------
    problem : Problem
    """
    counts = problem.hub_counts
    free = (counts.fewest <= 0).all() and counts.fewest_in_total <= 0
    free = free and (counts.most >= problem.n_hubs).all() and counts.most_in_total >= min(problem.n_hubs, NO_LIMIT)
    must = not np.isfinite(problem.skip_cost).any()
    return bool(
        problem.single_sourcing
        and problem.n_refineries == 0
        and free
        and must
        and problem.n_sites > 0
        and problem.n_hubs > 0
        and not problem.has_floors
        and not (problem.hubs.fixed < 0).any()
    )
