"""Dividing the plans of a box: by the plant whose state tells most, into one box for each size and one without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.master import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.master import Choice, Master

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

WHOLE = 1e-6
"""Distance from 0 or 1 at which a part counts as whole."""

TRIED = 8
"""Plants whose division is tried before one is chosen."""


@dataclass(frozen=True, eq=False)
class Core:
    """A point of known cost, shape (n,), from which relaxed choices are approached."""

    value: Floats
    cost: float


@dataclass(eq=False)
class Node:
    """A part of all plans, no plan of which costs less than its bound."""

    box: Box
    bound: float
    depth: int = 0
    core: Core | None = None
    visits: int = 0

    def holds(self, value: Floats) -> bool:
        """Say whether a point lies in the box."""
        return bool((value >= self.box.low - WHOLE).all() and (value <= self.box.high + WHOLE).all())


def is_whole(value: Floats) -> bool:
    """Say whether every part is 0 or 1."""
    return bool((np.minimum(value, 1 - value) <= WHOLE).all())


def tighten(box: Box, relaxed: Choice, limit: float) -> Box:
    """Fix every size whose other state would cost the limit or more, by reduced costs."""
    closed = (relaxed.value <= WHOLE) & (relaxed.cost + relaxed.reduced >= limit)
    opened = (relaxed.value >= 1 - WHOLE) & (relaxed.cost - relaxed.reduced >= limit)
    return Box(np.where(opened, 1.0, box.low), np.where(closed & (box.low < 1), 0.0, box.high))


def divide(master: Master, node: Node, relaxed: Choice, limit: float) -> tuple[list[Node], float]:
    """Divide a node; give the parts that may hold plans below the limit, and the least bound of those that may not."""
    best: list[tuple[Box, float]] = []
    most = -np.inf
    for plant in _undecided(master, relaxed):
        parts = []
        for box in _parts(master, node.box, plant):
            found = master.relax_roughly(box)
            parts.append((box, node.bound if found is None else max(found.bound, node.bound)))
        gains = sorted(min(bound, limit) - node.bound for _, bound in parts)
        room = max(limit - node.bound, 1e-9 * abs(limit)) if np.isfinite(limit) else 1.0
        score = float(np.prod([gain / room + 1e-3 for gain in gains[:2]])) if np.isfinite(limit) else sum(gains[:2])
        if score > most:
            best, most = parts, score
        if all(bound >= limit for _, bound in parts):
            break
    ruled_out = min((bound for _, bound in best if bound >= limit), default=np.inf)
    return [Node(box, bound, node.depth + 1, node.core) for box, bound in best if bound < limit], ruled_out


def _undecided(master: Master, relaxed: Choice) -> list[int]:
    """List the plants that are open in part, those that weigh most first."""
    plants = int(master.plant.max(initial=-1)) + 1
    total = np.bincount(master.plant, relaxed.value, plants)
    largest = np.zeros(plants)
    np.maximum.at(largest, master.plant, relaxed.value)
    doubt = 1 - np.maximum(largest, 1 - total)
    undecided = np.flatnonzero(doubt > WHOLE)
    fixed = master.fixed
    weight = np.bincount(master.plant, fixed * relaxed.value, plants) / np.maximum(total, 1e-12)
    order = np.argsort(-(doubt * (np.abs(weight) + 1e-9))[undecided], kind="stable")
    return [int(j) for j in undecided[order][:TRIED]]


def _parts(master: Master, box: Box, plant: int) -> list[Box]:
    """Give a box without a plant, where that is allowed, and one for each of its sizes."""
    at = np.flatnonzero(master.plant == plant)
    parts = []
    if not (box.low[at] > 0).any():
        high = box.high.copy()
        high[at] = 0.0
        parts.append(Box(box.low, high))
    for j in at[box.high[at] > 0].tolist():
        low, high = box.low.copy(), box.high.copy()
        high[at] = 0.0
        low[j] = high[j] = 1.0
        parts.append(Box(low, high))
    return parts


def dive(master: Master, box: Box, relaxed: Choice) -> Floats | None:
    """Round a relaxed choice step by step, the most decided size first; None when that leads nowhere."""
    for _ in range(master.size):
        if is_whole(relaxed.value):
            return np.round(relaxed.value)
        free = np.minimum(relaxed.value, 1 - relaxed.value) > WHOLE
        low = np.where(relaxed.value >= 1 - WHOLE, 1.0, box.low)
        j = int(np.argmax(np.where(free, relaxed.value, -1.0)))
        low[j] = 1.0
        trial = Box(low, np.maximum(box.high, low))
        found = master.relax_roughly(trial)
        if found is None or not np.isfinite(found.cost):
            high = box.high.copy()
            high[j] = 0.0
            trial = Box(box.low, high)
            found = master.relax_roughly(trial)
            if found is None or not np.isfinite(found.cost):
                return None
        box, relaxed = trial, found
    return None
