"""The arrays of a node, and what a plan must save to be worth finding."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from hubspoke.base.compiled import njit

ROOM = 1e-9
"""Share of a capacity by which rounding may exceed it."""


class Data(NamedTuple):
    """The problem, lanes by hub.

    `cost` (H, S), infinite without a lane; `mass` (S,); `rate`, `capacity`, `fixed`, `exists` (H, K); `largest` (H,)
    capacity; `tonnes` in all; `state` (H,).
    """

    cost: Any
    mass: Any
    rate: Any
    capacity: Any
    fixed: Any
    exists: Any
    largest: Any
    tonnes: float
    state: Any


class Node(NamedTuple):
    """What is decided.

    `banned` lanes (H, S); sites still `free` (S,), else their `hub` (S,); by hub, `load` and cost `spent` of these
    and its `state` (0 free, 1 open, -1 closed); `count` (2,), fewest and most open hubs; `price` (S,) of sites.
    """

    banned: Any
    free: Any
    hub: Any
    load: Any
    spent: Any
    state: Any
    count: Any
    price: Any


class Relaxed(NamedTuple):
    """The relaxed answer.

    By hub: `value` when open (H,), `room_price` (H,), sites it would `pick` (H, S), whether it is `chosen` (H,); and
    averages over the last prices, `mean_pick` (H, S) and `mean_chosen` (H,).
    """

    value: Any
    room_price: Any
    pick: Any
    chosen: Any
    mean_pick: Any
    mean_chosen: Any


@njit(cache=True, nogil=True)
def worth_finding(best: Any, margin: Any, aim: Any) -> Any:
    """Return the cost above which a plan is not worth finding: the aim, or what improves on the best plan at all.

    `margin` holds the least step between costs of plans, and the share of the best that is to be gained.
    """
    if not np.isfinite(best):
        return aim
    least = max(margin[0] - 1e-9 * abs(best) - 1e-9, margin[1] * abs(best) * (1.0 - 1e-9))
    return min(aim, best - least)
