"""What the prices of a node decide: hubs whose other state would cost too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.base.compiled import njit
from hubspoke.engine.uncapacitated.bound import CLOSED, OPEN, UNDECIDED, rise_if_other

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.uncapacitated.bound import Relaxed


@njit(cache=True, nogil=True)
def fix_hubs(
    state: Ints,
    base: Floats,
    hub_lanes: tuple[Ints, Ints, Floats],
    relaxed: Relaxed,
    bound: float,
    limit: float,
) -> int:
    """Open and close for good the hubs whose other state would raise the bound to the limit.

    Parameters
    ----------
    state, base, relaxed : as in `bound_at`
        The states, and what sites cost at most, are changed.
    hub_lanes : tuple
        Lanes hub by hub: where those of each begin (H + 1,), their sites and their costs.
    bound : float
        That of the relaxed answer.
    limit : float

    Returns
    -------
    int
        How many were decided.
    """
    from_hub, site, cost = hub_lanes
    done = 0
    for h in range(len(state)):
        if state[h] != UNDECIDED:
            continue
        if bound + rise_if_other(relaxed, h) >= limit:
            done += 1
            if relaxed.chosen[h]:
                state[h] = OPEN
                for a in range(from_hub[h], from_hub[h + 1]):
                    base[site[a]] = min(base[site[a]], cost[a])
            else:
                state[h] = CLOSED
    return done
