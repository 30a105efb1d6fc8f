"""The cheapest path of one plant, for many prices of being open at once: dynamic programming over its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hubspoke.engine.cases.plant_paths import Stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.engine.cases.network import Arc, Place


class Layer(NamedTuple):
    """The steps of a plant into one case, sorted by where they lead.

    Attributes
    ----------
    column : int array, shape (n,)
    tail, head : int array, shape (n,)
        Places before and after, numbered apart for each case.
    cost : float array, shape (n,)
    size : int array, shape (n,)
        At which the plant is open, -1 where it is not.
    first : int array, shape (places,)
        First step into each place.
    """

    column: Ints
    tail: Ints
    head: Ints
    cost: Floats
    size: Ints
    first: Ints


class PlantNetwork:
    """All paths of one plant, case by case."""

    def __init__(self, arcs: Sequence[tuple[int, Arc]], count: int) -> None:
        """Lay out the steps case by case.

        Parameters
        ----------
        arcs : sequence of (int, Arc)
            Columns and steps.
        count : int
            Number of cases, T.
        """
        self.layers: list[Layer] = []
        before: dict[Place, int] = {}
        for case in range(count):
            here = [(at, arc) for at, arc in arcs if arc.case == case]
            if not case:
                before = {arc.tail: 0 for _, arc in here}
            places = {place: i for i, place in enumerate(sorted({arc.head for _, arc in here}))}
            here.sort(key=lambda pair: places[pair[1].head])
            head = np.array([places[arc.head] for _, arc in here], np.int64)
            self.layers.append(
                Layer(
                    np.array([at for at, _ in here], np.int64),
                    np.array([before[arc.tail] for _, arc in here], np.int64),
                    head,
                    np.array([arc.cost for _, arc in here]),
                    np.array([arc.head.size if arc.head.stage is Stage.OPEN else -1 for _, arc in here], np.int64),
                    np.searchsorted(head, np.arange(len(places))),
                )
            )
            before = places

    def cheapest(self, extra: Floats, usable: Bools) -> tuple[Floats, Ints]:
        """Return the cheapest path for each of Q prices, infinite where there is none: cost (Q,), columns (Q, T).

        Parameters
        ----------
        extra : float array, shape (Q, T, K + 1)
            What being open at each size costs besides in each case; the last stands for not being open.
        usable : bool array, shape (width,)
            Which columns may be used.
        """
        count = len(extra)
        cost, came = np.zeros((count, 1)), []
        if not all(len(layer.column) for layer in self.layers):
            return np.full(count, np.inf), np.zeros((count, len(self.layers)), np.int64)
        rows = np.arange(count)[:, None]
        for case, layer in enumerate(self.layers):
            step = np.where(usable[layer.column], layer.cost, np.inf)
            through = cost[:, layer.tail] + step + extra[:, case, layer.size]
            cost = np.minimum.reduceat(through, layer.first, axis=1)
            least = through == cost[:, layer.head]
            # the first of the steps that are cheapest into each place
            rank = np.where(least, np.arange(len(layer.column)), len(layer.column))
            came.append(np.minimum.reduceat(rank, layer.first, axis=1))
        place = cost.argmin(axis=1)
        found, columns = cost[np.arange(count), place], np.zeros((count, len(self.layers)), np.int64)
        for case in range(len(self.layers) - 1, -1, -1):
            layer = self.layers[case]
            step = np.minimum(came[case][rows[:, 0], place], len(layer.column) - 1)
            columns[:, case] = layer.column[step]
            place = layer.tail[step]
        return found, columns

    def beyond(self, extra: Floats, usable: Bools) -> tuple[Ints, Floats]:
        """Return all steps, and how much dearer the cheapest path through each is than the cheapest of all.

        Parameters
        ----------
        extra : float array, shape (T, K + 1)
            As in `cheapest`, for one price.
        usable : bool array, shape (width,)
        """
        ahead, through = [np.zeros(1)], []
        for case, layer in enumerate(self.layers):
            step = np.where(usable[layer.column], layer.cost, np.inf) + extra[case, layer.size]
            through.append(ahead[-1][layer.tail] + step)
            ahead.append(np.minimum.reduceat(through[-1], layer.first) if len(layer.first) else np.zeros(0))
        best = float(ahead[-1].min(initial=np.inf))
        behind, found = np.zeros(len(ahead[-1])), []
        for case in range(len(self.layers) - 1, -1, -1):
            layer = self.layers[case]
            found.append(through[case] + behind[layer.head] - best)
            rest = np.full(len(ahead[case]), np.inf)
            step = np.where(usable[layer.column], layer.cost, np.inf) + extra[case, layer.size]
            np.minimum.at(rest, layer.tail, step + behind[layer.head])
            behind = rest
        columns = np.concatenate([layer.column for layer in self.layers])
        return columns, np.concatenate(found[::-1]) if np.isfinite(best) else np.full(len(columns), -np.inf)
