"""All cuts of one case, whether they are in the linear program or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.engine.cases.solution import CutPrices


class CutPool:
    """Cuts of one case: constants, and values of its sizes; arrays grow by half when they are full."""

    def __init__(self, width: int) -> None:
        """Start empty, for cuts on so many sizes."""
        self.width = width
        self.count: int = 0
        self.constant: Floats = np.empty(16)
        self.values: Floats = np.empty((16, width))
        self.prices: list[CutPrices] = []
        """What the cuts follow from."""

    def add(self, constant: float, values: Floats, prices: CutPrices) -> None:
        """Keep a cut."""
        if self.count == len(self.constant):
            more = self.count // 2
            self.constant = np.append(self.constant, np.empty(more))
            self.values = np.vstack([self.values, np.empty((more, self.width))])
        self.constant[self.count], self.values[self.count] = constant, values
        self.prices.append(prices)
        self.count += 1

    def at(self, part: Floats) -> Floats:
        """Evaluate all cuts at a choice of sizes, shape (count,)."""
        found: Floats = self.constant[: self.count] + self.values[: self.count] @ part
        return found
