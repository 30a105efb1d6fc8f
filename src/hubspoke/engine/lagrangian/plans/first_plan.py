"""A first plan of whole sites, whatever it costs: more and more hubs open until everything fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.lagrangian.layout import banned_hubs
from hubspoke.engine.lagrangian.nodes import ROOM
from hubspoke.engine.lagrangian.primal_heuristic import try_plan

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.lagrangian.nodes import Data

SPARE = (1.01, 1.03, 1.06, 1.1, 1.2, 1.4, 1.8, 3.0, np.inf)
"""Room that is open, by what is needed, from one try to the next."""

DEARER = 2
"""Tries in a row that may find no cheaper plan than there is."""


def find_first_plan(data: Data, often: Floats, plan: Ints, plan_cost: Floats) -> bool:
    """Open hubs by how often relaxed answers open them, ever more of them, until the sites fit and more hubs cost more.

    Parameters
    ----------
    data : Data
    often : float array, shape (H,)
    plan : int array, shape (S,)
        Hub of every site; written.
    plan_cost : float array, shape (1,)
        Its cost; written.

    Returns
    -------
    bool
        Whether there is a plan.
    """
    banned, heavy_first = banned_hubs(data), np.argsort(-data.mass, kind="stable")
    order = _order_hubs(data, often)
    room = np.cumsum(data.largest[order])
    before, in_vain = 0, 0
    for spare in SPARE:
        number = min(int(np.searchsorted(room, data.tonnes * spare)) + 1, len(order), data.most)
        if number == before:
            continue
        before, is_open = number, np.zeros(len(often), np.uint8)
        is_open[order[:number]] = 1
        is_open[data.state > 0] = 1
        found = try_plan(data, banned, is_open, heavy_first, np.full(len(plan), -1), plan, plan_cost)
        in_vain = 0 if found or np.isinf(plan_cost[0]) else in_vain + 1
        if in_vain == DEARER:
            break
    return bool(np.isfinite(plan_cost[0]))


def likely_hubs(data: Data, often: Floats, number: int) -> list[Ints]:
    """List choices of hubs, those first that relaxed answers open most often: just enough room, then a hub more each.

    Where their number is limited, as many as may open come first, then a hub less each.

    Parameters
    ----------
    data : Data
    often : float array, shape (H,)
    number : int
        Most choices.

    Returns
    -------
    list of int arrays
        Hubs that are open; none where all hubs together have too little room.
    """
    order = _order_hubs(data, often)
    fewest = int(np.searchsorted(np.cumsum(data.largest[order]), data.tonnes * (1.0 - ROOM))) + 1
    fewest = max(fewest, int((data.state > 0).sum()), data.fewest)
    if data.most < len(often):
        fewest = max(fewest, data.most - number + 1)
        return [order[:most] for most in range(min(data.most, len(order)), fewest - 1, -1)]
    return [order[:most] for most in range(fewest, min(fewest + number, len(order) + 1))]


def _order_hubs(data: Data, often: Floats) -> Ints:
    """Return the hubs that may open, those that must first, then by how often relaxed answers open them."""
    rank = np.where(data.state > 0, 2.0, often)
    rank[data.state < 0] = -1.0
    return np.argsort(-rank, kind="stable")[: int((data.state >= 0).sum())]
