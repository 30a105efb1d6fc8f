"""Forbid the lanes that orders leave no choice about: a place that must deliver to one plant delivers to no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.lanes.pairs import NO_TRUCK

if TYPE_CHECKING:
    from hubspoke.lanes.pairs import Block
    from hubspoke.settings.orders import Orders


def forbid_others(orders: Orders, tables: tuple[pd.DataFrame, pd.DataFrame], block: Block) -> None:
    """Forbid every lane of an ordered place but the one that is ordered, in place.

    Parameters
    ----------
    orders : Orders
    tables : (DataFrame, DataFrame)
        The n places where lanes start and the m where they end, with their `id`.
    block : Block
        Lanes, shape (n, m); changed in place. An ordered lane that is unreachable stays so.
    """
    row = pd.Index(tables[0]["id"]).get_indexer(pd.Index(list(orders.deliver), dtype=object))
    column = pd.Index(tables[1]["id"]).get_indexer(pd.Index(list(orders.deliver.values()), dtype=object))
    row, column = row[row >= 0], column[row >= 0]
    if not len(row):
        return
    others = np.zeros(block.reachable.shape, np.bool_)
    others[row] = True
    others[row[column >= 0], column[column >= 0]] = False
    block.reachable[others] = False
    block.jpy[others] = np.inf
    block.truck[others] = NO_TRUCK
    for values in (block.distance_km, block.ferry_km, block.hours, block.co2_kg):
        values[others] = 0.0
