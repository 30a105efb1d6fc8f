"""Which problems have hubs that take all they are sent; apart from the search: asking loads no compiled loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.problem.limits import least_room

if TYPE_CHECKING:
    from hubspoke.engine.parameters_of_openings import UncapacitatedParameters
    from hubspoke.engine.problem.problem import Problem


def suits_openings(problem: Problem, parameters: UncapacitatedParameters) -> bool:
    """Return whether a problem is one of opening hubs alone: each site then goes to the cheapest that is open.

    One echelon; hubs of one size that hold all that could come; a number of open hubs that is limited in all, not by
    group. Fixed costs, hubs forced open or closed, and sites that may be left out are no matter.

    Parameters
    ----------
    problem : Problem
    parameters : UncapacitatedParameters
    """
    if problem.n_refineries or problem.has_floors or not problem.n_sites or not problem.n_hubs:
        return False
    if problem.collection_cost.size > parameters.most_lanes:
        return False
    exists, counts = problem.hubs.exists, problem.hub_counts
    usable = exists.any(axis=1) & (problem.hub_state >= 0)
    if (exists.sum(axis=1) > 1).any() or not usable.any():
        return False
    groups = np.unique(counts.group)
    in_group = np.bincount(counts.group, minlength=len(counts.fewest))
    free = (counts.fewest <= 0).all() and (counts.most >= in_group).all()
    if len(groups) > 1 and not free:
        return False
    capacity = np.where(exists, problem.hubs.capacity, 0.0).max(axis=1, initial=0.0)
    reach = np.isfinite(problem.collection_cost)
    return bool((capacity >= least_room(problem.mass @ reach))[usable].all())
