"""The Lagrangian bound of a choice of hubs by loads: what all hubs together leave empty is known, and is shared out.

At given hubs the room that stays empty in all is their room less what there is to serve, however the sites are
assigned: no hub may leave more than that empty, and all of them together leave exactly that. So a hub's knapsack tells
what every load earns (`knapsack.py`), and the empty room is shared out among the hubs at least cost. Where room is
tight the bound is far above the sum of knapsacks that may leave empty what they like.

The bound with one site forced into a hub, or kept out of it, is exact at given prices, as in M. Posta, J. A. Ferland,
P. Michelon, "An exact method with variable fixing for solving the generalized assignment problem", Computational
Optimization and Applications 52, 2012.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hubspoke.base.compiled import copy_into, njit
from hubspoke.engine.lagrangian.loads.knapsack import fill_by_load, force_items, read_items

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints

MOST_SHARED = 100
"""Grains of empty room in all up to which they are shared out exactly; with more, each hub takes what suits it."""


class Loads(NamedTuple):
    """Hubs that are all open, in grains: `cost` (n, S) of whole sites, `weight` (S,), `room` (n,), `empty` in all."""

    cost: Floats
    weight: Ints
    room: Ints
    empty: int


class Shared(NamedTuple):
    """The relaxed answer and what it is made of.

    Sites that a hub would `pick` (n, S) and averages of them, `mean` (n, S). By hub, its sites: `items` (n, S), their
    number `listed` (n,), `left` (n,), the room beside sites that can go nowhere else, `paid` (n,) for these; `earned`
    (n, W) by grains left empty, `leaves` (n,) of them empty; `took` (n, S, room), see `fill_by_load`.
    """

    pick: NDArray[np.uint8]
    mean: Floats
    items: Ints
    listed: Ints
    left: Ints
    paid: Floats
    earned: Floats
    leaves: Ints
    took: NDArray[np.uint8]


@njit(cache=True, nogil=True)
def make_shared(loads: Loads) -> Shared:
    """Make room for the relaxed answers of some hubs."""
    hubs, sites = loads.cost.shape
    most = loads.room.max()
    window = min(loads.empty, most) + 1
    return Shared(
        np.zeros((hubs, sites), np.uint8),
        np.zeros((hubs, sites)),
        np.zeros((hubs, sites), np.int64),
        np.zeros(hubs, np.int64),
        np.zeros(hubs, np.int64),
        np.zeros(hubs),
        np.zeros((hubs, window)),
        np.zeros(hubs, np.int64),
        np.zeros((hubs, sites, most + 1), np.uint8),
    )


@njit(cache=True, nogil=True)
def list_items(loads: Loads, banned: NDArray[np.uint8], shared: Shared) -> bool:
    """List the sites that are left to each hub; those that can go nowhere else are in it for good.

    Parameters
    ----------
    loads : Loads
    banned : (n, S)
        Changed: lanes that do not fit are banned.
    shared : Shared
        Written.

    Returns
    -------
    bool
        False where some site has no lane left, or some hub more than it holds.
    """
    hubs, sites = loads.cost.shape
    changed = True
    # A site that is placed takes room, which may bar others of that hub: hence passes up to the fixed point.
    while changed:
        changed = False
        copy_into(shared.left, loads.room)
        shared.paid[:], shared.listed[:] = 0.0, 0
        for i in range(sites):
            lanes, at = 0, -1
            for h in range(hubs):
                if not banned[h, i]:
                    lanes, at = lanes + 1, h
            if lanes == 0:
                return False
            if lanes == 1:
                shared.left[at] -= loads.weight[i]
                shared.paid[at] += loads.cost[at, i]
                if shared.left[at] < 0:
                    return False
            else:
                for h in range(hubs):
                    if not banned[h, i]:
                        shared.items[h, shared.listed[h]] = i
                        shared.listed[h] += 1
        for h in range(hubs):
            for j in range(shared.listed[h]):
                if loads.weight[shared.items[h, j]] > shared.left[h]:
                    banned[h, shared.items[h, j]] = 1
                    changed = True
    return True


@njit(cache=True, nogil=True)
def _weigh(loads: Loads, shared: Shared, price: Floats, h: int, gain: Floats, weight: Ints) -> None:
    """Write what the items of one hub gain and weigh."""
    for j in range(shared.listed[h]):
        i = shared.items[h, j]
        gain[j], weight[j] = price[i] - loads.cost[h, i], loads.weight[i]


@njit(cache=True, nogil=True)
def bound_by_loads(loads: Loads, shared: Shared, price: Floats) -> float:
    """Bound every assignment at given prices.

    Parameters
    ----------
    loads, shared : Loads, Shared
        `shared` as `list_items` has left it; its answer is written.
    price : (S,)
        Price of each site; those that can go to one hub only do not matter.

    Returns
    -------
    float
        The bound; infinite where the hubs cannot be as full as they must be.
    """
    hubs, sites = loads.cost.shape
    window = shared.earned.shape[1]
    gain, weight = np.empty(sites), np.empty(sites, np.int64)
    most = loads.room.max()
    value, spare = np.empty(most + 1), np.empty(most + 1)
    bound = 0.0
    # The prices once given, hubs touch each other by what they leave empty alone: every one tells what each load earns.
    for h in range(hubs):
        _weigh(loads, shared, price, h, gain, weight)
        room = shared.left[h]
        fill_by_load(shared.listed[h], gain, weight, room, value, spare, shared.took[h])
        for e in range(window):
            shared.earned[h, e] = value[room - e] if e <= room else -np.inf
        bound += shared.paid[h]
    earned = _share_out(loads, shared)
    if not np.isfinite(earned):
        return np.inf
    shared.pick[:, :] = 0
    inside, free = np.empty(sites, np.uint8), np.zeros(sites, np.uint8)
    for h in range(hubs):
        _weigh(loads, shared, price, h, gain, weight)
        read_items(shared.listed[h], weight, shared.left[h] - shared.leaves[h], shared.took[h], inside)
        for j in range(shared.listed[h]):
            shared.pick[h, shared.items[h, j]] = inside[j]
            free[shared.items[h, j]] = 1
    for i in range(sites):
        if free[i]:
            bound += price[i]
    return bound - earned


@njit(cache=True, nogil=True)
def _share_out(loads: Loads, shared: Shared) -> float:
    """Choose what each hub leaves empty, so that they earn most; return what that is."""
    hubs, window = shared.earned.shape
    total, empty = 0.0, loads.empty
    if empty > MOST_SHARED:
        for h in range(hubs):
            shared.leaves[h] = np.argmax(shared.earned[h])
            total += shared.earned[h, shared.leaves[h]]
        return total
    # Invariant: best[n, e] is the most that the first n hubs earn with e grains empty in all.
    best, choice = np.full((hubs + 1, empty + 1), -np.inf), np.zeros((hubs, empty + 1), np.int64)
    best[0, 0] = 0.0
    for h in range(hubs):
        for e in range(empty + 1):
            for own in range(min(e, window - 1) + 1):
                reached = best[h, e - own] + shared.earned[h, own]
                if reached > best[h + 1, e]:
                    best[h + 1, e], choice[h, e] = reached, own
    left = empty
    for h in range(hubs - 1, -1, -1):
        shared.leaves[h] = choice[h, left]
        left -= shared.leaves[h]
    earned: float = best[hubs, empty]
    return earned


@njit(cache=True, nogil=True)
def force_sites(loads: Loads, shared: Shared, price: Floats, if_in: Floats, if_out: Floats) -> None:
    """Bound every assignment with a site forced into a hub, and kept out of it.

    Parameters
    ----------
    loads, shared, price
        As `bound_by_loads` has left them.
    if_in, if_out : (n, S)
        Written, for lanes that are in doubt.
    """
    hubs, window = shared.earned.shape
    sites, empty, most = loads.cost.shape[1], loads.empty, loads.room.max()
    gain, weight = np.empty(sites), np.empty(sites, np.int64)
    worth, forward = np.empty(most + 1), np.empty((shared.listed.max() + 1, most + 1))
    backward, with_item, without = np.empty((2, most + 1)), np.empty(sites), np.empty(sites)
    bound, free = 0.0, np.zeros(sites, np.uint8)
    for h in range(hubs):
        bound += shared.paid[h]
        for j in range(shared.listed[h]):
            free[shared.items[h, j]] = 1
    for i in range(sites):
        if free[i]:
            bound += price[i]
    # What the other hubs earn, by what they leave empty: from those before, and those after.
    joint = empty <= MOST_SHARED
    before, after = np.full((hubs + 1, empty + 1), -np.inf), np.full((hubs + 1, empty + 1), -np.inf)
    rest, total = np.full(window, -np.inf), 0.0
    if joint:
        before[0, 0], after[hubs, 0] = 0.0, 0.0
        for h in range(hubs):
            for e in range(empty + 1):
                for own in range(min(e, window - 1) + 1):
                    before[h + 1, e] = max(before[h + 1, e], before[h, e - own] + shared.earned[h, own])
        for h in range(hubs - 1, -1, -1):
            for e in range(empty + 1):
                for own in range(min(e, window - 1) + 1):
                    after[h, e] = max(after[h, e], after[h + 1, e - own] + shared.earned[h, own])
    else:
        for h in range(hubs):
            total += shared.earned[h].max()
    for h in range(hubs):
        for own in range(window):
            if joint:
                rest[own] = -np.inf
                for e in range(empty - own + 1):
                    rest[own] = max(rest[own], before[h, e] + after[h + 1, empty - own - e])
            else:
                rest[own] = total - shared.earned[h].max()
        room = shared.left[h]
        worth[:] = -np.inf
        for own in range(min(window, room + 1)):
            worth[room - own] = rest[own]
        _weigh(loads, shared, price, h, gain, weight)
        force_items(shared.listed[h], gain, weight, room, worth, forward, backward, with_item, without)
        for j in range(shared.listed[h]):
            i = shared.items[h, j]
            if_in[h, i], if_out[h, i] = bound - with_item[j], bound - without[j]
