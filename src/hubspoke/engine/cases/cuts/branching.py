"""Dividing the plans of a box: by whether a plant is ever there, is open in a case, or by which sizes; by counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.cases.plant_paths import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.cases.cuts.choice import Box, Choice
    from hubspoke.engine.cases.cuts.master import PathMaster

WHOLE = 1e-6
"""Distance from a whole number at which a part counts as whole."""


@dataclass(eq=False)
class Node:
    """A part of all plans, none of which costs less than its bound."""

    box: Box
    bound: float
    depth: int = 0
    visits: int = 0


class Divider:
    """Finds divisions of boxes."""

    def __init__(self, master: PathMaster, tried: int) -> None:
        """Look up which column says that a plant is never there."""
        self.master = master
        self.tried = tried
        last = master.cases.count - 1
        self.absent: list[Ints] = [
            np.array(
                [
                    next((at for at, arc in plant if arc.case == last and arc.head.stage is Stage.ABSENT), -1)
                    for plant in plants
                ],
                np.int64,
            )
            for plants in master.arcs
        ]
        self.weight: list[Floats] = [self._weigh(e) for e in (0, 1)]

    def is_whole(self, value: Floats) -> bool:
        """Return whether everything is whole that must be."""
        part = value[self.master.whole]
        return bool((np.abs(part - np.round(part)) <= WHOLE).all())

    def divide(self, node: Node, relaxed: Choice, limit: float) -> tuple[list[Node], float]:
        """Divide a node by what gains most.

        Returns the parts that may hold plans below the limit, and the least bound of those that may not.
        """
        best: list[tuple[Box, float]] = []
        most = -np.inf
        room = max(limit - node.bound, 1e-9 * abs(node.bound), 1e-12) if np.isfinite(limit) else abs(node.bound) + 1.0
        for division in self._divisions(node.box, relaxed.value):
            parts = []
            for change in division:
                box = {**node.box, **change}
                found = self.master.relax_roughly(box)
                parts.append((box, node.bound if found is None else max(found.bound, node.bound)))
            gains = sorted(min(bound - node.bound, room) / room for _, bound in parts)
            score = (gains[0] + 1e-3) * (gains[1] + 1e-3)
            if score > most:
                best, most = parts, score
            if all(bound >= limit for _, bound in parts):
                break
        ruled_out = min((bound for _, bound in best if bound >= limit), default=np.inf)
        return [Node(box, bound, node.depth + 1) for box, bound in best if bound < limit], ruled_out

    def _divisions(self, box: Box, value: Floats) -> Iterator[tuple[Box, Box]]:
        """Yield the divisions that may tell most: refineries first, which are few and dear, then hubs, then sizes."""
        for e in (1, 0):
            found = [*self._ever(value, e), *self._open(value, e), *self._counted(value, box, e)]
            if found:
                found.sort(key=lambda pair: -pair[0])
                yield from (division for _, division in found[: self.tried])
                return
        found = [*self._sized(value)]
        found.sort(key=lambda pair: -pair[0])
        yield from (division for _, division in found[: self.tried])
        if not found:
            at = int(np.argmax(np.where(self.master.whole, np.abs(value - np.round(value)), 0.0)))
            yield {at: (0.0, 0.0)}, {at: (1.0, 1.0)}

    def _ever(self, value: Floats, e: int) -> Iterator[tuple[float, tuple[Box, Box]]]:
        """Yield divisions by whether a plant is ever there."""
        for plant in np.flatnonzero(self.absent[e] >= 0).tolist():
            at = int(self.absent[e][plant])
            doubt = min(value[at], 1 - value[at])
            if doubt > WHOLE:
                yield doubt * 2 * self.weight[e][plant], ({at: (1.0, 1.0)}, {at: (0.0, 0.0)})

    def _open(self, value: Floats, e: int) -> Iterator[tuple[float, tuple[Box, Box]]]:
        """Yield divisions by whether a plant is open in a case."""
        for columns in self.master.open_at[e]:
            for plant in np.flatnonzero(columns >= 0).tolist():
                at = int(columns[plant])
                doubt = min(value[at], 1 - value[at])
                if doubt > WHOLE:
                    yield doubt * self.weight[e][plant], ({at: (0.0, 0.0)}, {at: (1.0, 1.0)})

    def _counted(self, value: Floats, box: Box, e: int) -> Iterator[tuple[float, tuple[Box, Box]]]:
        """Yield divisions by how many plants are open."""
        usual = float(np.median(self.weight[e])) if len(self.weight[e]) else 1.0
        for at, echelon in zip(self.master.counts.tolist(), self.master.count_echelon, strict=True):
            if echelon != e:
                continue
            low, high = box.get(at, (float(self.master.low[at]), float(self.master.high[at])))
            below = float(np.floor(value[at] + WHOLE))
            doubt = min(value[at] - below, below + 1 - value[at])
            if doubt > WHOLE:
                yield 2 * doubt * usual, ({at: (low, below)}, {at: (below + 1, high)})

    def _sized(self, value: Floats) -> Iterator[tuple[float, tuple[Box, Box]]]:
        """Yield divisions of the sizes of a plant that is open in a case into smaller and larger ones."""
        for case in range(self.master.cases.count):
            for e in (0, 1):
                where, keys = self.master.size_columns(case, e), self.master.keys[case][e]
                part = value[where]
                for plant in np.unique(keys[(part > WHOLE) & (part < 1 - WHOLE), 0]).tolist():
                    mine = np.flatnonzero(keys[:, 0] == plant)
                    before = np.cumsum(part[mine])
                    split = int(np.searchsorted(before, 0.5 * before[-1]))
                    split = min(split, len(mine) - 2)
                    if split < 0 or min(before[split], before[-1] - before[split]) <= WHOLE:
                        split = int(np.flatnonzero(part[mine] > WHOLE)[0])
                    columns = (mine + where.start).tolist()
                    small: Box = dict.fromkeys(columns[split + 1 :], (0.0, 0.0))
                    large: Box = dict.fromkeys(columns[: split + 1], (0.0, 0.0))
                    if small:
                        doubt = min(before[split], before[-1] - before[split])
                        yield doubt * self.weight[e][plant], (small, large)

    def _weigh(self, e: int) -> Floats:
        """Return what the plants of an echelon cost as a rough measure: largest fixed cost of a case, and opening."""
        steps = [(p.hubs, p.refineries)[e] for p in self.master.cases.problems]
        fixed = np.max([np.where(s.exists, np.abs(s.fixed), 0.0).max(axis=1, initial=0.0) for s in steps], axis=0)
        paths = (self.master.cases.hubs, self.master.cases.refineries)[e]
        opening = np.where(np.isfinite(paths.opening_cost), paths.opening_cost, 0.0).max(axis=(0, 2), initial=0.0)
        weight: Floats = fixed + np.abs(opening) + 1e-9
        return weight
