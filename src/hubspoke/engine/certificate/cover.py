"""The cheapest plants with room for given tonnes, exactly: a knapsack turned round, by dynamic programming."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.engine.problem.steps import Steps

    Floats = NDArray[np.float64]

CELLS = 4_000
"""Cells that the tonnes are counted in where they are no whole numbers, or more; room is rounded up to cells."""


class Cover:
    """Plants at what each size costs, of which some are opened that have room for the tonnes.

    Parameters
    ----------
    steps : Steps
    value : float array, shape (N, K)
        What each size costs when open; infinite where it may not be.
    state : int array, shape (N,)
        1 for plants that must open; the others may.
    tonnes : float
        Above 0.
    """

    def __init__(self, steps: Steps, value: Floats, state: NDArray[np.int64], tonnes: float) -> None:
        room = np.minimum(np.where(np.isfinite(value), steps.capacity, 0.0), tonnes)
        whole = tonnes <= CELLS and tonnes == round(tonnes) and bool((room == np.round(room)).all())
        cell = 1.0 if whole else tonnes / CELLS
        self._need: int = round(tonnes) if whole else CELLS
        self._room: NDArray[np.int64] = np.ceil(room / cell * (1.0 if whole else 1 + 1e-9)).astype(np.int64)
        self._value = value
        self._must = state > 0
        plants = range(len(value))
        empty = np.full(self._need + 1, np.inf)
        empty[0] = 0.0
        # before[j][t] is the least that plants before j cost with t cells of room or more; after[j] of those from j on
        self._before: list[Floats] = [empty]
        for j in plants:
            self._before.append(self._with(self._before[-1], j))
        self._after: list[Floats] = [empty]
        for j in reversed(plants):
            self._after.append(self._with(self._after[-1], j))
        self._after.reverse()

    @property
    def least(self) -> float:
        """What the cheapest choice costs; infinite where none has the room."""
        return float(self._before[-1][self._need])

    def with_open(self, plant: int) -> float:
        """Return the same with a plant open."""
        least = np.inf
        for value, room in zip(self._value[plant].tolist(), self._room[plant].tolist(), strict=True):
            if np.isfinite(value):
                least = min(least, value + self._beside(plant, max(self._need - room, 0)))
        return float(least)

    def with_closed(self, plant: int) -> float:
        """Return the same with a plant closed."""
        return self._beside(plant, self._need)

    def _beside(self, plant: int, need: int) -> float:
        """Return what all others cost at least with so many cells of room."""
        return float((self._before[plant][: need + 1] + self._after[plant + 1][need::-1]).min())

    def _with(self, known: Floats, plant: int) -> Floats:
        """Return the table once a plant is among the others; its room beyond the need counts as well."""
        table = np.full_like(known, np.inf) if self._must[plant] else known.copy()
        for value, room in zip(self._value[plant].tolist(), self._room[plant].tolist(), strict=True):
            if np.isfinite(value):
                short = min(room, self._need)
                table[short:] = np.minimum(table[short:], known[: self._need + 1 - short] + value)
                table[:short] = np.minimum(table[:short], known[0] + value)
        return table
