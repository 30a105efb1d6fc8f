"""Dividing the plans of a box: by how many plants of some size are open, or by the state of one plant."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.threads import spread
from hubspoke.engine.benders.master import Box
from hubspoke.engine.parameters import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.base.arrays import Floats
    from hubspoke.base.stop import Stop
    from hubspoke.engine.benders.master import Master, RelaxedChoice
    from hubspoke.engine.parameters import BranchAndCutParameters


WHOLE = 1e-6
"""Distance from 0 or 1 at which a part counts as whole."""

MOST_TURNS = 6
"""Most steps of a dive below a limit that are turned back."""


@dataclass(frozen=True, eq=False)
class CorePoint:
    """A point of known cost, shape (n,), from which relaxed choices are approached."""

    value: Floats
    cost: float


@dataclass(eq=False)
class Node:
    """A part of all plans, no plan of which costs less than its bound."""

    box: Box
    bound: float
    depth: int = 0
    core: CorePoint | None = None
    visits: int = 0

    def holds(self, value: Floats) -> bool:
        """Return whether a point lies in the box."""
        return bool((value >= self.box.low - WHOLE).all() and (value <= self.box.high + WHOLE).all())


def is_whole(value: Floats) -> bool:
    """Return whether every part, and every count, is a whole number."""
    return bool((np.abs(value - np.round(value)) <= WHOLE).all())


def tighten_by_reduced_cost(box: Box, relaxed: RelaxedChoice, limit: float) -> Box:
    """Take out of a box what would cost the limit or more, by reduced costs: states of sizes, and counts."""
    room, cost = max(limit - relaxed.cost, 0.0), np.abs(relaxed.reduced)
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = np.where(cost > 0, np.maximum(np.ceil(room / cost - 1e-9) - 1, 0.0), np.inf)
    at_low = (relaxed.value <= box.low + WHOLE) & (relaxed.reduced > 0)
    at_high = (relaxed.value >= box.high - WHOLE) & (relaxed.reduced < 0)
    high = np.where(at_low, np.minimum(box.high, box.low + steps), box.high)
    return Box(np.where(at_high, np.maximum(box.low, box.high - steps), box.low), high)


def divide(
    master: Master,
    node: Node,
    relaxed: RelaxedChoice,
    limit: float,
    *,
    parameters: BranchAndCutParameters = DEFAULTS.branch_and_cut,
) -> tuple[list[Node], float]:
    """Divide a node; return the parts that may hold plans below the limit.

    The second value is the least bound of the parts that may not.
    """
    divisions = list(_divisions(master, node.box, relaxed, parameters.tried_divisions))
    masters = master.copies(min(len(divisions), parameters.tried_together))
    shares = [divisions[first :: len(masters)] for first in range(len(masters))]
    tried = spread(partial(_try, bound=node.bound, limit=limit), list(zip(masters, shares, strict=True)))
    best: list[tuple[Box, float]] = []
    most = -np.inf
    for j in range(len(divisions)):
        parts = tried[j % len(masters)][j // len(masters)]
        gains = sorted(min(bound, limit) - node.bound for _, bound in parts)
        room = max(limit - node.bound, 1e-9 * abs(limit), 1e-12) if np.isfinite(limit) else 1.0
        score = float(np.prod([gain / room + 1e-3 for gain in gains[:2]])) if np.isfinite(limit) else sum(gains[:2])
        if score > most:
            best, most = parts, score
        if all(bound >= limit for _, bound in parts):
            break
    ruled_out = min((bound for _, bound in best if bound >= limit), default=np.inf)
    return [Node(box, bound, node.depth + 1, node.core) for box, bound in best if bound < limit], ruled_out


def _try(asked: tuple[Master, list[list[Box]]], bound: float, limit: float) -> list[list[tuple[Box, float]]]:
    """Bound the parts of divisions by a master of their own, up to the first that leaves no plan below the limit."""
    master, divisions = asked
    tried = []
    for division in divisions:
        found = [(box, master.relax_roughly(box)) for box in division]
        tried.append([(box, bound if one is None else max(one.bound, bound)) for box, one in found])
        if all(least >= limit for _, least in tried[-1]):
            break
    return tried


def _divisions(master: Master, box: Box, relaxed: RelaxedChoice, most_plants: int) -> Iterator[list[Box]]:
    """Return the ways to divide a box that may tell most: by counts that are not whole, then by plants in doubt."""
    for j in range(master.size, master.width):
        value = float(relaxed.value[j])
        if abs(value - round(value)) > WHOLE:
            low, high = box.low.copy(), box.high.copy()
            high[j], low[j] = np.floor(value), np.ceil(value)
            yield [Box(box.low, high), Box(low, box.high)]
    for plant in _undecided(master, relaxed, most_plants):
        yield _parts(master, box, plant)


def _undecided(master: Master, relaxed: RelaxedChoice, most: int) -> list[int]:
    """List the plants that are open in part, those that weigh most first."""
    plants = int(master.plant.max(initial=-1)) + 1
    part = relaxed.value[: master.size]
    total = np.bincount(master.plant, part, plants)
    largest = np.zeros(plants)
    np.maximum.at(largest, master.plant, part)
    doubt = 1 - np.maximum(largest, 1 - total)
    undecided = np.flatnonzero(doubt > WHOLE)
    fixed = master.fixed
    weight = np.bincount(master.plant, fixed * part, plants) / np.maximum(total, 1e-12)
    order = np.argsort(-(doubt * (np.abs(weight) + 1e-9))[undecided], kind="stable")
    return [int(j) for j in undecided[order][:most]]


def _parts(master: Master, box: Box, plant: int) -> list[Box]:
    """Return a box without a plant, where that is allowed, and one for each of its sizes."""
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


def leave_out_choice(
    master: Master,
    node: Node,
    value: Floats,
    limit: float,
    *,
    stop: Stop,
    parameters: BranchAndCutParameters = DEFAULTS.branch_and_cut,
) -> tuple[list[Node], float] | None:
    """Divide all that a node holds but one whole choice; None where too many plants are undecided, or time runs out.

    Gives, as `divide` does, the parts that may hold plans below the limit, and the least bound of those that may not.
    """
    box, parts, ruled_out = node.box, list[Node](), np.inf
    undecided = np.unique(master.plant[np.flatnonzero((box.high > box.low)[: master.size])])
    if len(undecided) > parameters.undecided_plants:
        return None
    for plant in undecided.tolist():
        if stop.is_due:
            return None
        rest = box
        for part in _parts(master, box, plant):
            if Node(part, node.bound).holds(value):
                rest = part
                continue
            found = master.relax_roughly(part)
            bound = node.bound if found is None else max(found.bound, node.bound)
            if bound < limit:
                parts.append(Node(part, bound, node.depth + 1, node.core))
            else:
                ruled_out = min(ruled_out, bound)
        box = rest
    return parts, ruled_out


def dive(master: Master, box: Box, relaxed: RelaxedChoice, limit: float = np.inf) -> Floats | None:
    """Round a relaxed choice step by step, the most decided size first; None when that leads nowhere.

    Below a limit every cut counts at each step, and a step that reaches it is turned back, a few times at most: led by
    the cuts at hand alone, a dive through many plants ends far from where it began.
    """
    relax, turns = (master.relax, MOST_TURNS) if np.isfinite(limit) else (master.relax_roughly, master.size)
    for _ in range(master.size):
        if is_whole(relaxed.value):
            return np.round(relaxed.value)
        part = relaxed.value[: master.size]
        free = np.minimum(part, 1 - part) > WHOLE
        low = box.low.copy()
        low[: master.size][part >= 1 - WHOLE] = 1.0
        j = int(np.argmax(np.where(free, part, -1.0)))
        low[j] = 1.0
        trial = Box(low, np.maximum(box.high, low))
        found = relax(trial)
        if found is None or not found.cost < limit:
            turns -= 1
            high = box.high.copy()
            high[j] = 0.0
            trial = Box(box.low, high)
            found = relax(trial) if turns >= 0 else None
            if found is None or not found.cost < limit:
                return None
        box, relaxed = trial, found
    return None
