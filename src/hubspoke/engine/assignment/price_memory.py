"""What room was worth in earlier answers, from which the next search for prices starts.

Prices that are nearly right save most of the work of an assignment. The memory is an object of its own, so that it can
be seen on what an answer depends: the same calls in the same order give the same answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints


class PriceMemory:
    """Last prices of a tonne of room at hubs, and at the refineries of a choice."""

    def __init__(self) -> None:
        """Start with no price known."""
        self._hubs: dict[tuple[int, float], float] = {}
        self._refineries: dict[bytes, Floats] = {}

    def recall_hubs(self, hub: Ints, rate: Floats) -> Floats:
        """Return the last known prices of room, shape (n,); an unknown sink asks the median of the known ones.

        Parameters
        ----------
        hub : int array, shape (n,)
        rate : float array, shape (n,)
            Cost per tonne that enters; sizes of a hub with different rates are different sinks.
        """
        known = [self._hubs.get(key) for key in zip(hub.tolist(), rate.tolist(), strict=True)]
        seen = [value for value in known if value is not None]
        middle = float(np.median(seen)) if seen else 0.0
        return np.array([middle if value is None else value for value in known])

    def remember_hubs(self, hub: Ints, rate: Floats, price: Floats) -> None:
        """Keep the prices of a tonne of room, shape (n,) or longer, at sinks as in `recall_hubs`."""
        self._hubs.update(zip(zip(hub.tolist(), rate.tolist(), strict=True), price.tolist(), strict=False))

    def recall_refineries(self, refinery: Floats) -> Floats:
        """Return the best prices known at a choice of refinery sizes, shape (R,); zeros for an unknown one.

        Parameters
        ----------
        refinery : float array, shape (R, L)
            Part to which each size is open.
        """
        return self._refineries.get(refinery.tobytes(), np.zeros(len(refinery)))

    def remember_refineries(self, refinery: Floats, price: Floats) -> None:
        """Keep the best prices found at a choice of refinery sizes, shape (R,)."""
        self._refineries[refinery.tobytes()] = price
