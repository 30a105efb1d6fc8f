"""Diving: from the root to a choice of hubs in a few steps, each deciding the hubs that are least in doubt.

Diving on a Lagrangian or column generation bound (C. Joncour, S. Michel, R. Sadykov, D. Sverdlov, F. Vanderbeck,
"Column generation based primal heuristics", Electronic Notes in Discrete Mathematics 36, 2010). Prices are raised again
after each step, so that what is decided tells on what is left. A dive takes some tenths of a second where the tree
takes a hundred nodes to its first choice of hubs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.lagrangian.branching import NODE_PATIENCE, NODE_STEP, raise_bound
from hubspoke.engine.lagrangian.reduced_cost_fixing import close_hub

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.lagrangian.generalized_assignment import FixedHubs
    from hubspoke.engine.lagrangian.nodes import Data, Node


def dive(leaf: FixedHubs, node: Node, share: float, rounds: int, plan: Ints, plan_cost: Floats) -> None:  # noqa: PLR0917
    """Decide all hubs, a share of those left at a time, and fit the sites into those that are open.

    Parameters
    ----------
    leaf : FixedHubs
        Fits them; its relaxed answers tell how often each hub is open at first.
    node : Node
        The root; changed.
    share : float
        Of the hubs left, those decided at a time.
    rounds : int
        Prices tried between two steps.
    plan : int array, shape (S,)
        Hub of every site in the best plan; changed when a better one is found.
    plan_cost : float array, shape (1,)
        Its cost, changed with it.
    """
    data, relaxed, limit = leaf.data, leaf.relaxed, float(plan_cost[0])
    while (node.state == 0).any():
        _decide(data, node, relaxed.mean_chosen, share)
        left = (node.state == 0).any()
        if left and not np.isfinite(raise_bound(data, node, relaxed, limit, rounds, NODE_STEP, NODE_PATIENCE)):
            return
    leaf.fit(node, plan, plan_cost)


def _decide(data: Data, node: Node, often: Floats, share: float) -> None:
    """Open or close the hubs least in doubt, as long as all others have room for what they are to hold."""
    left = np.flatnonzero(node.state == 0)
    clear = np.abs(often[left] - 0.5)
    number = max(int(np.ceil(share * len(left))), int((clear >= 0.5).sum()))
    room = float(data.largest[node.state >= 0].sum())
    for h in left[np.argsort(-clear, kind="stable")[:number]].tolist():
        if often[h] < 0.5 and room - data.largest[h] >= data.tonnes:
            close_hub(node, h)
            room -= data.largest[h]
        else:
            node.state[h] = 1
