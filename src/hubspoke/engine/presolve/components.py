"""Split a problem into parts that share nothing: with closed borders every region is its own problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.steps import Steps

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.engine.problem.problem import Problem


@dataclass(frozen=True, eq=False)
class Component:
    """A part of a problem and where its sites, hubs and refineries stand in the whole."""

    problem: Problem
    sites: NDArray[np.int64]
    hubs: NDArray[np.int64]
    refineries: NDArray[np.int64]


def split(problem: Problem) -> tuple[Component, ...]:
    """Return the independent parts of a problem, in the order of their first site, hub or refinery.

    Parts hang together by lanes, by fixed cost that plants share, by count limits of a group that can bind, and, where
    a limit in total can bind, as a whole. Groups that ask for more plants than they have are ruled out before: a part
    knows only groups with plants.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    tuple of Component
        One part at least; together they hold every site, hub and refinery once.
    """
    label = label_parts(problem)
    n_sites, n_hubs = problem.n_sites, problem.n_hubs
    site_label, hub_label = label[:n_sites], label[n_sites : n_sites + n_hubs]
    refinery_label = label[n_sites + n_hubs : n_sites + n_hubs + problem.n_refineries]
    _, first = np.unique(label[: n_sites + n_hubs + problem.n_refineries], return_index=True)
    parts = label[np.sort(first)].tolist()
    if len(parts) == 1:
        return (Component(problem, np.arange(n_sites), np.arange(n_hubs), np.arange(problem.n_refineries)),)
    return tuple(
        extract(
            problem,
            np.flatnonzero(site_label == part),
            np.flatnonzero(hub_label == part),
            np.flatnonzero(refinery_label == part),
        )
        for part in parts
    )


def extract(
    problem: Problem, sites: NDArray[np.int64], hubs: NDArray[np.int64], refineries: NDArray[np.int64]
) -> Component:
    """Cut out the named sites, hubs and refineries as a problem of their own.

    A part without refineries has one echelon, which forgets black mass: where the whole has two, the lanes that would
    make any are left out of it.

    Parameters
    ----------
    problem : Problem
    sites, hubs, refineries : int arrays
        Indices, in the order of the part.
    """
    collection_cost = problem.collection_cost[np.ix_(sites, hubs)]
    if problem.n_refineries and not len(refineries):
        makes_some = (problem.supply[sites] > 0).astype(int) @ (problem.yields[hubs] > 0).any(axis=2).T.astype(int) > 0
        collection_cost[makes_some] = np.inf
    part = problem.derive(
        supply=problem.supply[sites],
        collection_cost=collection_cost,
        hubs=_take_steps(problem.hubs, hubs),
        yields=problem.yields[hubs],
        transfer_cost=problem.transfer_cost[np.ix_(hubs, refineries)],
        refineries=_take_steps(problem.refineries, refineries),
        hub_counts=_take_counts(problem.hub_counts, hubs),
        refinery_counts=_take_counts(problem.refinery_counts, refineries),
        hub_state=problem.hub_state[hubs],
        refinery_state=problem.refinery_state[refineries],
        skip_cost=problem.skip_cost[sites],
        hub_floor=problem.hub_floor[hubs],
        refinery_floor=problem.refinery_floor[refineries],
        beside=problem.beside[np.ix_(hubs, refineries)],
        shared_saving=problem.shared_saving[hubs],
    )
    return Component(part, sites, hubs, refineries)


def binding(counts: Counts) -> tuple[NDArray[np.bool_], bool]:
    """Return for each group, and for the total, whether its limits can bind at all."""
    members = np.bincount(counts.group, minlength=len(counts.fewest))
    groups = (counts.fewest > 0) | (counts.most < members)
    total = counts.fewest_in_total > 0 or counts.most_in_total < len(counts.group)
    return groups, total


def label_parts(problem: Problem) -> NDArray[np.int64]:
    """Label sites, hubs and refineries, in this order, by the part they belong to; labels of limits follow.

    Parameters
    ----------
    problem : Problem
    """
    first_hub, first_refinery = problem.n_sites, problem.n_sites + problem.n_hubs
    nodes = first_refinery + problem.n_refineries
    usable = problem.hub_state >= 0
    site, hub = _tie(np.isfinite(problem.collection_cost) & usable)
    transfer = np.isfinite(problem.transfer_cost).any(axis=2)
    from_hub, refinery = np.nonzero(transfer & usable[:, None] & (problem.refinery_state >= 0))
    sharing_hub, beside = np.nonzero(problem.beside & (problem.shared_saving.max(axis=1, initial=0.0) > 0)[:, None])
    tails = [site, from_hub + first_hub, sharing_hub + first_hub]
    heads = [hub + first_hub, refinery + first_refinery, beside + first_refinery]
    for counts, start in ((problem.hub_counts, first_hub), (problem.refinery_counts, first_refinery)):
        groups, total = binding(counts)
        members = np.flatnonzero(groups[counts.group]) if len(counts.group) else np.empty(0, np.int64)
        tails.append(members + start)
        heads.append(nodes + counts.group[members])
        nodes += len(groups)
        if total:
            everyone = np.arange(len(counts.group)) + start
            tails.append(everyone)
            heads.append(np.full(len(everyone), nodes))
            nodes += 1
    tail, head = np.concatenate(tails), np.concatenate(heads)
    graph = coo_array((np.ones(len(tail), np.int8), (tail, head)), shape=(nodes, nodes))
    labels: NDArray[np.int64] = connected_components(graph, directed=False)[1].astype(np.int64)
    return labels


def _tie(reach: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return few lanes, as sites and hubs, that hold together what all lanes of `reach` (S, H) do.

    Every site keeps the lane to its first hub. Sites with the same first hub hang together by it, so of their lanes to
    another hub one is enough.
    """
    served = np.flatnonzero(reach.any(axis=1))
    first = reach[served].argmax(axis=1) if len(served) else served
    order = np.argsort(first, kind="stable")
    starts = np.flatnonzero(np.diff(first[order], prepend=-1))
    together = np.logical_or.reduceat(reach[served[order]], starts, axis=0) if len(served) else reach[:0]
    group, hub = np.nonzero(together)
    # any member stands for its group: all of them hang on the first hub
    site = np.concatenate([served, served[order[starts]][group]])
    return site, np.concatenate([first, hub])


def _take_steps(steps: Steps, plants: NDArray[np.int64]) -> Steps:
    return Steps(steps.capacity[plants], steps.fixed[plants], steps.variable[plants])


def _take_counts(counts: Counts, plants: NDArray[np.int64]) -> Counts:
    """Keep the groups that have a plant in the part; a limit in total keeps everything in one part anyway."""
    present = np.unique(counts.group[plants])
    if not len(present):
        return Counts.free(0)
    return Counts(
        np.searchsorted(present, counts.group[plants]),
        counts.fewest[present],
        counts.most[present],
        counts.fewest_in_total,
        counts.most_in_total,
    )
