"""The 0-1 knapsack by dynamic programming over loads: what a hub earns at every load it may end with.

R. Bellman, "Dynamic Programming", Princeton 1957; values with an item forced in or out by a forward and a backward
table, as M. Posta, J. A. Ferland, P. Michelon use them for the generalised assignment problem ("An exact method with
variable fixing for solving the generalized assignment problem", Computational Optimization and Applications 52, 2012).

Loads are whole numbers. Unlike `lagrangian/knapsack.py` this one knows items that lose: a hub that must be nearly full
may need them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import copy_into, njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints


@njit(cache=True, nogil=True)
def fill_by_load(
    count: int, gain: Floats, weight: Ints, room: int, value: Floats, spare: Floats, took: NDArray[np.uint8]
) -> None:
    """Find the most that items gain at every load.

    Parameters
    ----------
    count : int
        Items; the arrays may be longer.
    gain, weight : (count,)
        Weights are 0 to `room`.
    room : int
    value : (room + 1,)
        Written: most gain at exactly this load, minus infinity where no items make it up.
    spare : (room + 1,)
        Overwritten.
    took : (count, room + 1)
        Written: whether the best items up to this one, at this load, hold it.
    """
    value[: room + 1] = -np.inf
    value[0] = 0.0
    # Invariant: `value` holds for the items before j. From one array into the other, so that the loop runs in vectors.
    for j in range(count):
        w, g = weight[j], gain[j]
        for a in range(w):
            spare[a] = value[a]
            took[j, a] = 0
        for a in range(w, room + 1):
            with_item, without = value[a - w] + g, value[a]
            took[j, a] = with_item > without
            spare[a] = max(with_item, without)
        for a in range(room + 1):
            value[a] = spare[a]


@njit(cache=True, nogil=True)
def read_items(count: int, weight: Ints, load: int, took: NDArray[np.uint8], inside: NDArray[np.uint8]) -> None:
    """Read which items make up a load, from the table that `fill_by_load` has written.

    Parameters
    ----------
    count, weight
        As for `fill_by_load`.
    load : int
        One that items make up.
    took : (count, room + 1)
    inside : (count,)
        Written: 1 for each item of the load.
    """
    # Backwards: what the best items up to j hold at this load tells the load that was left to those before j.
    left = load
    for j in range(count - 1, -1, -1):
        inside[j] = took[j, left]
        if inside[j]:
            left -= weight[j]


@njit(cache=True, nogil=True)
def force_items(
    count: int,
    gain: Floats,
    weight: Ints,
    room: int,
    worth: Floats,
    forward: Floats,
    backward: Floats,
    with_item: Floats,
    without: Floats,
) -> None:
    """Find the most that items gain with each of them forced in, and forced out.

    Parameters
    ----------
    count, gain, weight, room
        As for `fill_by_load`.
    worth : (room + 1,)
        What every final load earns besides; minus infinity where it is not allowed.
    forward : (count + 1, room + 1)
        Overwritten.
    backward : (2, room + 1)
        Overwritten.
    with_item, without : (count,)
        Written; minus infinity where it cannot be.
    """
    forward[0, : room + 1] = -np.inf
    forward[0, 0] = 0.0
    for j in range(count):
        w, g = weight[j], gain[j]
        for a in range(w):
            forward[j + 1, a] = forward[j, a]
        for a in range(w, room + 1):
            forward[j + 1, a] = max(forward[j, a], forward[j, a - w] + g)
    # Invariant: after[a] is the most that the items after j and the final load bring, from load a on.
    now = 0
    copy_into(backward[0], worth[: room + 1])
    for j in range(count - 1, -1, -1):
        w, g = weight[j], gain[j]
        after, before = backward[now], backward[1 - now]
        inside, outside = -np.inf, -np.inf
        for a in range(room + 1):
            outside = max(outside, forward[j, a] + after[a])
        for a in range(room + 1 - w):
            inside = max(inside, forward[j, a] + after[a + w])
        with_item[j], without[j] = inside + g, outside
        for a in range(room + 1 - w):
            before[a] = max(after[a], after[a + w] + g)
        for a in range(room + 1 - w, room + 1):
            before[a] = after[a]
        now = 1 - now
