"""What a node of the Lagrangian tree consists of, and what a plan must save to be worth finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from hubspoke.base.compiled import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Bools, Floats, Ints

ROOM = 1e-9
"""Share of a capacity by which a load may exceed it: far above what sums of doubles lose, far below any real site."""


class Data(NamedTuple):
    """The problem, lanes by hub.

    `cost` (H, S), infinite without a lane; `mass` (S,); `rate`, `capacity`, `fixed`, `exists` (H, K); `largest` (H,)
    capacity; `tonnes` in all; `state` (H,) of every hub as in `Node`. Where all masses are whole numbers of a `grain`
    (`grains.py`), `weight` (S,) and `room` (H, K) in grains; else all three are 0. At least `fewest` hubs must be open,
    and `most` may; `idle` (H,) is what each costs that takes nothing.
    """

    cost: Floats
    mass: Floats
    rate: Floats
    capacity: Floats
    fixed: Floats
    exists: Bools
    largest: Floats
    tonnes: float
    state: Ints
    weight: Ints
    room: Ints
    grain: float
    fewest: int
    most: int
    idle: Floats


class Node(NamedTuple):
    """What is decided.

    `banned` lanes (H, S); sites still `free` (S,), else their `hub` (S,); by hub, `load` and cost `spent` of these
    and its `state` (0 free, 1 open, -1 closed); `count` (2,), fewest and most open hubs; `price` (S,) of sites. Flags
    are np.uint8; hubs, states and counts np.int64; the others np.float64. The stack of the tree is one `Node` as well,
    each array with the place on the stack as its first axis.
    """

    # One type for all fields: nodes are copied field by field, and mypy asks that every copy suits every field.
    banned: NDArray[Any]
    free: NDArray[Any]
    hub: NDArray[Any]
    load: NDArray[Any]
    spent: NDArray[Any]
    state: NDArray[Any]
    count: Any  # an array as well; mypy compares it with the method of this name that every tuple has
    price: NDArray[Any]


class Relaxed(NamedTuple):
    """The relaxed answer.

    By hub: `value` when open (H,), `room_price` (H,), sites it would `pick` (H, S), whether it is `chosen` (H,); and
    averages over the last prices, `mean_pick` (H, S) and `mean_chosen` (H,).
    """

    value: Floats
    room_price: Floats
    pick: NDArray[np.uint8]
    chosen: NDArray[np.uint8]
    mean_pick: Floats
    mean_chosen: Floats


def make_stack(deep: int, hubs: int, sites: int) -> Node:
    """Return a stack of nodes in which nothing is decided.

    Parameters
    ----------
    deep, hubs, sites : int
        Nodes that it holds, and what each of them decides on.
    """
    return Node(
        np.zeros((deep, hubs, sites), np.uint8),
        np.ones((deep, sites), np.uint8),
        np.full((deep, sites), -1),
        np.zeros((deep, hubs)),
        np.zeros((deep, hubs)),
        np.zeros((deep, hubs), np.int64),
        np.zeros((deep, 2), np.int64),
        np.zeros((deep, sites)),
    )


def make_relaxed(hubs: int, sites: int) -> Relaxed:
    """Return room for a relaxed answer.

    Parameters
    ----------
    hubs, sites : int
    """
    return Relaxed(
        np.zeros(hubs),
        np.zeros(hubs),
        np.zeros((hubs, sites), np.uint8),
        np.zeros(hubs, np.uint8),
        np.zeros((hubs, sites)),
        np.zeros(hubs),
    )


@njit(cache=True, nogil=True)
def worth_finding(best: float, margin: Floats, aim: float) -> float:
    """Return the cost above which a plan is not worth finding: the aim, or what improves on the best plan at all.

    Parameters
    ----------
    best : float
        Cost of the best plan; infinite where there is none.
    margin : (2,)
        Least step between costs of plans, and the share of the best plan's cost that is to be gained.
    aim : float
        Cost that a plan must stay within in any case.
    """
    if not np.isfinite(best):
        return aim
    # Both margins are shaved by a billionth, as costs are rounded sums: a plan cheaper by just one step must still
    # pass, and a bound that meets the limit must prove the gap asked for.
    least: float = max(margin[0] - 1e-9 * abs(best) - 1e-9, margin[1] * abs(best) * (1.0 - 1e-9))
    return min(aim, best - least)
