"""In-out separation: cuts between a node's relaxed choice and a point of known cost inside its box.

A cut at the relaxed choice itself is often shallow; one half way to a point that is known to be good cuts deeper
(W. Ben-Ameur, J. Neto, Networks 49, 2007). Where that tells nothing, the relaxed choice itself is cut.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.benders.branching import CorePoint, dive, is_whole
from hubspoke.engine.benders.complete import serves_all

if TYPE_CHECKING:
    from hubspoke.engine.benders.branching import Node
    from hubspoke.engine.benders.master import Master, RelaxedChoice
    from hubspoke.engine.benders.plan_search import PlanSearch
    from hubspoke.engine.benders.subproblem import Subproblem

SLIGHT = 1e-3
"""Part of a size below which a point between two choices leaves it closed."""


class InOutSeparation:
    """Cuts off relaxed choices, from the core point of each node."""

    def __init__(self, subproblem: Subproblem, master: Master, plans: PlanSearch) -> None:
        """Work for one search."""
        self.subproblem = subproblem
        self.master = master
        self.plans = plans

    def cut(self, node: Node, relaxed: RelaxedChoice) -> bool:
        """Cut between the relaxed choice of a node and its core point; return whether that told anything."""
        core = self._core(node, relaxed)
        if core is None:
            return False
        known, inside = node.holds(core.value), np.clip(core.value, node.box.low, node.box.high)
        for share in (0.5, 1.0):
            value = share * relaxed.value + (1 - share) * inside
            if not self.subproblem.follows:  # refineries in parts would be answered as if they were open for nothing
                hubs = len(self.master.hub_keys)
                whole = relaxed.value if is_whole(relaxed.value[hubs:]) else inside
                value[hubs:] = np.round(whole[hubs:])
            point = self.subproblem.evaluate(*self.master.unpack(np.where(value > SLIGHT, value, 0.0)))
            if point is None:
                return False
            self.master.add(point.cut)
            if share < 1 and serves_all(self.subproblem.cutter, point) and (not known or point.cost < core.cost):
                node.core = CorePoint(value, point.cost)
            priced = self.master.pack(point.cut.hub, point.cut.refinery)
            at = priced @ relaxed.value[: self.master.size] + point.cut.constant
            if at > relaxed.cost + 1e-7 * max(abs(relaxed.cost), self.master.unit):
                return True
        return False

    def _core(self, node: Node, relaxed: RelaxedChoice) -> CorePoint | None:
        """Return the point from which a node's relaxed choice is approached: its own, the best plan, or a new one."""
        follows, best = self.subproblem.follows, self.plans.incumbent.best
        if node.core is not None and (follows or node.holds(node.core.value)):
            return node.core
        if best is None or not (follows or node.holds(best.value)):
            value = dive(self.master, node.box, relaxed)
            point = None if value is None else self.plans.answer(value)
            if point is not None and not follows:
                node.core = CorePoint(self.master.place(point.hub, point.refinery), point.cost)
                return node.core
        return self.plans.incumbent.best
