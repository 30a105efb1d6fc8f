"""Improve a plan of whole sites a neighbourhood at a time: some hubs, closed ones near them, and their sites anew.

Large neighbourhood search (P. Shaw, CP 1998): a neighbourhood is a small problem of the same kind, which the tree of
whole sites solves nearly to the end in a few nodes. Some that lie far apart are solved side by side; of those that meet
only the first to gain counts, and the others are looked at again.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hubspoke.base.threads import spread
from hubspoke.engine.parameters import DEFAULTS
from hubspoke.engine.presolve.components import extract
from hubspoke.engine.problem.counts import Counts

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
    hub, distance = hub.copy(), _distances(problem, parameters.judging_sites, stop)
    may_open = np.flatnonzero(problem.hub_state >= 0) if kernel is None else kernel
    numbers, fewer = problem.hub_counts.in_total, kernel is not None
    seen: set[bytes] = set()
    for size in sorted({min(parameters.first_hubs, parameters.most_hubs), parameters.most_hubs}):
        cut_out = partial(_cut_out, distance=distance, may_open=may_open, size=size, fewer=fewer, numbers=numbers)
        gained, abreast = True, 1
        while gained:
            gained = False
            waiting = np.unique(hub).tolist()
            while waiting:
                if len(np.unique(hub)) < parameters.fewest_open or stop.is_due:
                    return hub
                around = [cut_out(hub, centre) for centre in _take_apart(waiting, distance, abreast)]
                new = [one for one in around if one is not None and not one.is_in(seen)]
                changed: set[int] = set()
                again: list[int] = []
                for one, found in zip(new, spread(partial(_improve, problem, solve), new), strict=True):
                    if (found == one.at).all():
                        continue
                    gained = True
                    if changed.isdisjoint(one.hubs.tolist()):
                        hub[one.sites] = found
                        changed.update(one.hubs.tolist())
                    else:  # what it was cut out of is no more
                        again.append(one.centre)
                waiting = again + waiting
                # while most of them gain, they are in each other's way
                abreast = max(abreast // 2, 1) if again else min(abreast + 1, parameters.side_by_side)
    return hub


def search_among(  # noqa: PLR0917 - as above
    problem: Problem,
    hub: Ints,
    opened: Ints,
    solve: Callable[[Problem, Ints], Ints],
    stop: Stop,
    parameters: LargeNeighbourhoodParameters = DEFAULTS.large_neighbourhood,
) -> Ints:
    """Return hubs of whole sites that cost no more than the given ones, with no other hubs than these open.

    Parameters
    ----------
    problem : Problem
    hub : int (S,)
        Hub of every site, within capacity.
    opened : int array
        Hubs that may be used, in order; all of `hub` are among them.
    solve : callable
    stop : Stop
    parameters : LargeNeighbourhoodParameters
        As for `search_neighbourhoods`.
    """
    part = extract(problem, np.arange(problem.n_sites), opened, np.empty(0, np.int64)).problem
    part = _limit(part, *problem.hub_counts.in_total)
    return opened[search_neighbourhoods(part, np.searchsorted(opened, hub), solve, stop, parameters)]


class _Neighbourhood(NamedTuple):
    """The hubs around a centre, open and closed ones beside them, sites of the open ones, fewest and most open."""

    centre: int
    hubs: Ints
    sites: Ints
    at: Ints
    numbers: tuple[int, int]

    def is_in(self, seen: set[bytes]) -> bool:
        """Return whether it has been seen as it is, and note it."""
        key = np.unique(self.at).tobytes() + self.at.tobytes()
        known = key in seen
        seen.add(key)
        return known


def _take_apart(waiting: list[int], distance: Floats, number: int) -> list[int]:
    """Take the first centre, and so many in all that lie far from each other: they are solved side by side."""
    taken = [waiting.pop(0)]
    while waiting and len(taken) < number:
        far = distance[np.ix_(taken, waiting)].min(axis=0)
        taken.append(waiting.pop(int(far.argmax())))
    return taken


def _cut_out(
    hub: Ints, centre: int, *, distance: Floats, may_open: Ints, size: int, fewer: bool, numbers: tuple[int, int]
) -> _Neighbourhood | None:
    """Return the neighbourhood of an open hub, so many open ones and as many or half as many closed ones.

    None where the hub was closed since.
    """
    opened = np.unique(hub)
    if centre not in opened:
        return None
    inside = _nearest(distance[centre], opened, min(len(opened) // 2, size))
    sites = np.flatnonzero(np.isin(hub, inside))
    beside = -(-len(inside) // 2) if fewer else len(inside)
    hubs = np.union1d(inside, _nearest(distance[centre], np.setdiff1d(may_open, opened), beside))
    elsewhere = len(opened) - len(inside)
    return _Neighbourhood(centre, hubs, sites, hub[sites], (numbers[0] - elsewhere, numbers[1] - elsewhere))


def _improve(problem: Problem, solve: Callable[[Problem, Ints], Ints], one: _Neighbourhood) -> Ints:
    """Return the hubs of the sites of a neighbourhood, as they are or better."""
    part = _limit(extract(problem, one.sites, one.hubs, np.empty(0, np.int64)).problem, *one.numbers)
    return one.hubs[solve(part, np.searchsorted(one.hubs, one.at))]


def _limit(part: Problem, fewest: int, most: int) -> Problem:
    """Have at least so many hubs of a part open, and at most so many."""
    if fewest <= 0 and most >= part.n_hubs:
        return part
    return part.derive(hub_counts=Counts.between(max(fewest, 0), min(most, part.n_hubs), part.n_hubs))


def _distances(problem: Problem, judging_sites: int, stop: Stop) -> Floats:
    """Judge how far hubs are from each other, shape (H, H), by what the sites nearest to both of them pay there.

    Asked to stop it ends early, and no distance is of use.
    """
    lanes = problem.collection_cost
    reach = np.isfinite(lanes)
    mean = np.abs(np.where(reach, lanes, 0.0)).sum(axis=1) / np.maximum(reach.sum(axis=1), 1)
    relative = np.where(reach, np.where(reach, lanes, 0.0) / np.where(mean > 0, mean, 1.0)[:, None], np.inf)
    nearest = min(judging_sites, len(lanes))
    distance = np.full((problem.n_hubs, problem.n_hubs), np.inf)
    for h in range(problem.n_hubs):
        if stop.is_due:
            break
        both = np.partition(relative[:, h][:, None] + relative, nearest - 1, axis=0)[:nearest]
        distance[h] = both.mean(axis=0)
        distance[h, h] = -np.inf
    return distance


def _nearest(distance: Floats, among: Ints, number: int) -> Ints:
    """Return the nearest of some hubs, in their order."""
    order = np.argsort(distance[among], kind="stable")
    return np.sort(among[order[:number]])
