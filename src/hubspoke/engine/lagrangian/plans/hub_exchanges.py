"""Open, close and exchange single hubs of a plan of whole sites, the sites fitted anew by a short tabu search.

The add, drop and swap moves of facility location (A. A. Kuehn, M. J. Hamburger, "A heuristic program for locating
warehouses", Management Science 9, 1963). Where room is tight it is not the lanes that tell what a choice of hubs costs:
sites have to be moved across hubs that are full, which greedy placing does not see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.lagrangian.primal_heuristic import cost_plan
from hubspoke.engine.lagrangian.tabu_search import tabu_search

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.lagrangian.nodes import Data

PARTNERS = 12
"""Hubs that each open one is exchanged for."""


def exchange_hubs(  # noqa: PLR0917 - a plan, and how it is changed
    data: Data, plan: Ints, plan_cost: Floats, likely: Ints, turns: int, stop: Stop
) -> None:
    """Try every hub open or closed that is not, and pairs in exchange, until no move pays.

    Parameters
    ----------
    data : Data
    plan : int array, shape (S,)
        Hub of every site; changed where a cheaper plan is found.
    plan_cost : float array, shape (1,)
        Its cost, changed with it.
    likely : int array
        Hubs that may be opened.
    turns : int
        Moves of tabu search for each.
    stop : Stop
        Looked at before every move.
    """
    largest = np.where(data.exists, data.capacity, -np.inf).argmax(axis=1)
    lanes = np.ascontiguousarray((data.cost + np.outer(data.rate[np.arange(len(largest)), largest], data.mass)).T)
    must, gained = np.flatnonzero(data.state > 0), True
    while gained:
        gained = False
        opened = np.union1d(plan, must)
        for gone, new in _moves(lanes, plan, np.setdiff1d(opened, must), likely):
            if stop.is_due:
                return
            if new in opened or (gone >= 0 and gone not in opened):
                continue  # another move has done this
            choice = opened[opened != gone]
            choice = choice if new < 0 else np.union1d(choice, [new])
            found = _fit(data, lanes, choice, plan, turns)
            if found is not None and (cost := cost_plan(data, found)) < plan_cost[0] - 1e-9 * abs(cost):
                plan[:], plan_cost[0] = found, cost
                opened, gained = np.union1d(found, must), True


def _moves(lanes: Floats, plan: Ints, may_close: Ints, likely: Ints) -> list[tuple[int, int]]:
    """List hubs to close and to open, -1 for none; in exchange, the likely hubs where the sites of one cost least."""
    moves = [(-1, new) for new in likely.tolist()]
    for gone in may_close.tolist():
        among = likely[likely != gone]
        near = among[np.argsort(lanes[plan == gone][:, among].sum(axis=0), kind="stable")[:PARTNERS]]
        moves += [(gone, -1), *((gone, new) for new in near.tolist())]
    return moves


def _fit(data: Data, lanes: Floats, choice: Ints, plan: Ints, turns: int) -> Ints | None:
    """Fit the sites into some hubs, from where they are in a plan; None where they do not fit."""
    if data.largest[choice].sum() < data.tonnes:
        return None
    among = np.ascontiguousarray(lanes[:, choice])
    sink = np.where(np.isin(plan, choice), np.searchsorted(choice, plan), among.argmin(axis=1))
    if not np.isfinite(among[np.arange(len(sink)), sink]).all():
        return None
    price = abs(float(among[np.arange(len(sink)), sink].sum())) / max(data.tonnes, 1e-300) or 1.0
    fits = np.isfinite(tabu_search(among, data.mass, data.largest[choice], price, sink, turns))
    return choice[sink] if fits else None
