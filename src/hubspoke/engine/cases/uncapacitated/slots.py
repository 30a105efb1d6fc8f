"""The assignment problem: a hub for every opening that is asked for, at least cost, with dual prices.

The Hungarian method by shortest augmenting paths (H. W. Kuhn, Naval Research Logistics Quarterly 2, 1955; R. Jonker,
A. Volgenant, Computing 38, 1987).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.compiled import copy_into, njit

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints


@njit(cache=True, nogil=True)
def fill_slots(
    worth: Floats, case_of: Ints, hubs: Ints, holder: Ints, row_price: Floats, column_price: Floats
) -> float:
    """Assign every slot a hub of its own at least cost.

    Parameters
    ----------
    worth : (H, T)
        What opening a hub in a case costs; infinite where it may not.
    case_of : (slots,)
        Case of each slot.
    hubs : (n,)
        Hubs that may be given.
    holder : (n,)
        Written: slot of each hub, -1 for none.
    row_price : (slots,)
    column_price : (n,)
        Written: prices with row + column <= worth everywhere, equal where a slot has its hub, column <= 0.

    Returns
    -------
    float
        Least cost, infinite where the slots cannot be filled.
    """
    slots, count = len(case_of), len(hubs)
    # Index 0 stands for "none"; rows and columns count from 1, as in the textbook form of the method.
    row, column = np.zeros(slots + 1), np.zeros(count + 1)
    match, way = np.zeros(count + 1, np.int64), np.zeros(count + 1, np.int64)
    for slot in range(1, slots + 1):
        match[0] = slot
        at = 0
        least = np.full(count + 1, np.inf)
        used = np.zeros(count + 1, np.uint8)
        # Dijkstra's method over columns: `least` is the shortest reduced distance from the new row to each of them.
        while True:
            used[at] = 1
            here = match[at]
            case = case_of[here - 1]
            nearest, step = -1, np.inf
            for j in range(1, count + 1):
                if used[j]:
                    continue
                distance = worth[hubs[j - 1], case] - row[here] - column[j]
                if distance < least[j]:
                    least[j] = distance
                    way[j] = at
                if least[j] < step:
                    step = least[j]
                    nearest = j
            if nearest < 0 or step == np.inf:
                return np.inf
            for j in range(count + 1):
                if used[j]:
                    row[match[j]] += step
                    column[j] -= step
                else:
                    least[j] -= step
            at = nearest
            if match[at] == 0:
                break
        # Turn the path round: every row on it takes the column that comes next.
        while at > 0:
            match[at] = match[way[at]]
            at = way[at]
    total = 0.0
    for j in range(count):
        holder[j] = match[j + 1] - 1
        column_price[j] = column[j + 1]
        if holder[j] >= 0:
            total += worth[hubs[j], case_of[holder[j]]]
    copy_into(row_price, row[1:])
    return total
