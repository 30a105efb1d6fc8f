"""Make whole sites of divided ones: fix the largest divided site, let the others follow, and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.make_room import keep_dearest
from hubspoke.refit import Sites, refit
from hubspoke.repair import repair, settle_back
from hubspoke.swap import swap

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hubspoke.assignment import Assigned, Assignment, Sinks

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

WHOLE = 1 - 1e-9
"""Share from which a site counts as whole."""

CLEAR = 0.85
"""Share from which a divided site is fixed together with others."""

WHOLE_ENOUGH = 1e-9
"""Share of a site that may find no room: rounding."""

ROUNDS = 30
"""Most assignments solved on the way."""

MOVERS = 4_000
"""Most sites that are tried in pairs."""

CHAINS = 3_000
"""Most chains of moves to bring hubs within capacity."""


def round_sites(
    assignment: Assignment,
    sinks: Sinks,
    whole: Floats,
    assigned: Assigned,
    seconds_left: Callable[[], float] | None = None,
) -> Ints | None:
    """Give each site's hub (-1 left out), or None when the sites do not fit whole.

    Parameters
    ----------
    assignment : Assignment
    sinks : Sinks
        Open hubs, whole.
    whole : (S, n)
        Cost of whole sites at the sinks' hubs.
    assigned : Assigned
        Cheapest division of the sites among the sinks.
    seconds_left : callable, optional
        If given, sites are fitted with all patience for as long.
    """
    must = ~np.isfinite(assignment.problem.skip_cost)
    if not len(sinks.hub):
        return np.full(len(whole), -1) if not must.any() else None
    capacity = sinks.room
    too_heavy = assignment.mass[:, None] > capacity[None, :] * (1 + 1e-9)
    whole = np.where(too_heavy, np.inf, whole)
    if (assigned.share[too_heavy] > 0).any():
        again = assignment.solve(sinks, whole)
        if again is None or (again.left_out[must] > WHOLE_ENOUGH).any():
            return None
        assigned = again
    assigned = _fix_heavy(assignment, sinks, whole, assigned)
    hub = np.where(assigned.left_out > 0.5, -1, assigned.share.argmax(axis=1)).astype(np.int64)
    if (hub[must] < 0).any():
        return None
    load = np.bincount(hub[hub >= 0], assignment.mass[hub >= 0], len(capacity)).astype(float)
    cost = np.ascontiguousarray(whole + assignment.mass[:, None] * sinks.rate[None, :])
    if not must.all():
        _drop_from_full(assignment.problem.skip_cost, cost, assignment.mass, capacity, hub, load)
    if not repair(cost, assignment.mass, capacity, assigned.room_price, hub, load, CHAINS):
        return None
    settle_back(cost, assignment.mass, capacity, hub, load)
    swap(cost, assignment.mass, capacity, _ready_to_move(cost, assigned, assignment.mass), hub, load)
    settle_back(cost, assignment.mass, capacity, hub, load)
    if seconds_left is not None:
        hub = refit(Sites(cost, assignment.mass, capacity, assigned.room_price), hub, seconds_left)
    return np.where(hub >= 0, sinks.hub[np.maximum(hub, 0)], -1)


def _drop_from_full(  # noqa: PLR0917 - the state of a rounding
    skip_cost: Floats, cost: Floats, mass: Floats, capacity: Floats, hub: Ints, load: Floats
) -> None:
    """Leave out of overfull hubs what saves least per tonne; changes hub and load."""
    for j in np.flatnonzero(load > capacity * (1 + 1e-9)).tolist():
        here = np.flatnonzero((hub == j) & np.isfinite(skip_cost) & (mass > 0))
        saved = (skip_cost[here] - cost[here, j]) / mass[here]
        gone = here[~keep_dearest(saved, mass[here], float(load[j] - capacity[j]))]
        hub[gone] = -1
        load[j] -= mass[gone].sum()


def _fix_heavy(assignment: Assignment, sinks: Sinks, lanes: Floats, assigned: Assigned) -> Assigned:
    """Fix divided sites that are heavy for the room there is: the clear ones together, else the heaviest one."""
    must = ~np.isfinite(assignment.problem.skip_cost)
    light = (sinks.room.sum() - assignment.mass[must].sum()) / (3 * len(sinks.room))
    for _ in range(ROUNDS):
        share = assigned.share.max(axis=1)
        divided = np.flatnonzero((share < WHOLE) & (assigned.left_out < WHOLE))
        heavy = divided[assignment.mass[divided] > light]
        if not len(heavy):
            break
        clear = heavy[share[heavy] >= CLEAR]
        chosen = clear if len(clear) else heavy[[np.argmax(assignment.mass[heavy])]]
        tried = _fix(lanes, chosen, assigned.share[chosen].argmax(axis=1))
        found = assignment.solve(sinks, tried)
        if found is None or (found.left_out[must] > WHOLE_ENOUGH).any():
            break
        lanes, assigned = tried, found
    return assigned


def _ready_to_move(cost: Floats, assigned: Assigned, mass: Floats) -> Ints:
    """Give the sites that lose least at their second-best hub, room priced, in their order."""
    if cost.shape[1] < 2:
        return np.empty(0, np.int64)
    two = np.partition(cost + mass[:, None] * assigned.room_price[None, :], 1, axis=1)[:, :2]
    with np.errstate(invalid="ignore"):
        loss = two[:, 1] - two[:, 0]
    return np.sort(np.argsort(loss, kind="stable")[:MOVERS]).astype(np.int64)


def _fix(lanes: Floats, sites: Ints, hubs: Ints) -> Floats:
    """Leave the sites no lane but the one to their hub."""
    fixed = lanes.copy()
    kept = lanes[sites, hubs]
    fixed[sites] = np.inf
    fixed[sites, hubs] = kept
    return fixed
