"""The fractional knapsack: room filled in a given order, the last item in part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats


def fill_in_order(amount: Floats, room: Floats | float) -> Floats:
    """Return how much of each item is taken when room is filled from the first item on.

    With items sorted by value per unit this solves the fractional knapsack problem (G. B. Dantzig, Operations Research
    5, 1957). The compiled loops have a filling of their own in `hub_values.py`, and the check of certificates another
    one in `certificate/check.py`, so that it does not rest on what it doubts.

    Parameters
    ----------
    amount : float array, shape (..., n)
        Amounts of the items along the last axis, in the order in which they are taken.
    room : float array, shape (..., 1), or float

    Returns
    -------
    float array, shape (..., n)
        Between 0 and `amount`.
    """
    before = np.cumsum(amount, axis=-1) - amount
    return np.clip(room - before, 0.0, amount)
