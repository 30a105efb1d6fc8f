"""Improve a plan of whole sites a neighbourhood at a time: some hubs, closed ones near them, and their sites anew.

Large neighbourhood search (P. Shaw, CP 1998): a neighbourhood is a small problem of the same kind, which the tree of
whole sites solves nearly to the end in a few nodes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.parameters import DEFAULTS
from hubspoke.engine.presolve.components import extract

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.parameters_of_whole_sites import LargeNeighbourhoodParameters
    from hubspoke.engine.problem.problem import Problem


def search_neighbourhoods(  # noqa: PLR0917 - a plan, and how it is searched
    problem: Problem,
    hub: Ints,
    solve: Callable[[Problem, Ints], Ints],
    stop: Stop,
    parameters: LargeNeighbourhoodParameters = DEFAULTS.large_neighbourhood,
    kernel: Ints | None = None,
) -> Ints:
    """Return hubs of whole sites that cost no more than the given ones.

    Parameters
    ----------
    problem : Problem
        Of one echelon; every site must be served.
    hub : int (S,)
        Hub of every site, within capacity.
    solve : callable
        Gives, for a part of the problem and hubs of its sites, hubs that cost no more.
    stop : Stop
        Looked at before every neighbourhood.
    parameters : LargeNeighbourhoodParameters
    kernel : int array, optional
        Hubs that may open, all by default; with fewer of them, half as many closed hubs will do.
    """
    hub, distance = hub.copy(), _distances(problem, parameters.judging_sites)
    may_open = np.flatnonzero(problem.hub_state >= 0) if kernel is None else kernel
    seen: set[bytes] = set()
    gained = True
    while gained:
        gained = False
        for centre in np.unique(hub).tolist():
            opened = np.unique(hub)
            if centre not in opened:
                continue  # closed since
            if len(opened) < parameters.fewest_open or stop.is_due:
                return hub
            inside = _nearest(distance[centre], opened, min(len(opened) // 2, parameters.most_hubs))
            sites = np.flatnonzero(np.isin(hub, inside))
            key = inside.tobytes() + hub[sites].tobytes()
            if key in seen:
                continue
            seen.add(key)
            closed = np.setdiff1d(may_open, opened)
            beside = len(inside) if kernel is None else -(-len(inside) // 2)
            hubs = np.union1d(inside, _nearest(distance[centre], closed, beside))
            part = extract(problem, sites, hubs, np.empty(0, np.int64)).problem
            found = hubs[solve(part, np.searchsorted(hubs, hub[sites]))]
            gained = gained or bool((found != hub[sites]).any())
            hub[sites] = found
    return hub


def _distances(problem: Problem, judging_sites: int) -> Floats:
    """Judge how far hubs are from each other, shape (H, H), by what the sites nearest to both of them pay there."""
    lanes = problem.collection_cost
    reach = np.isfinite(lanes)
    mean = np.abs(np.where(reach, lanes, 0.0)).sum(axis=1) / np.maximum(reach.sum(axis=1), 1)
    relative = np.where(reach, np.where(reach, lanes, 0.0) / np.where(mean > 0, mean, 1.0)[:, None], np.inf)
    nearest = min(judging_sites, len(lanes))
    distance = np.empty((problem.n_hubs, problem.n_hubs))
    for h in range(problem.n_hubs):
        both = np.partition(relative[:, h][:, None] + relative, nearest - 1, axis=0)[:nearest]
        distance[h] = both.mean(axis=0)
        distance[h, h] = -np.inf
    return distance


def _nearest(distance: Floats, among: Ints, number: int) -> Ints:
    """Return the nearest of some hubs, in their order."""
    order = np.argsort(distance[among], kind="stable")
    return np.sort(among[order[:number]])
