"""Make whole sites of divided ones: each goes where most of it goes, and room is made there.

Where that costs too much, the heaviest divided site is fixed, the others follow, and so on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.stop import Stop
from hubspoke.engine.parameters import DEFAULTS, RoundingParameters
from hubspoke.engine.single_source.milp_neighbourhoods import Sites, reassign_by_milp
from hubspoke.engine.single_source.moves import exchange_sites, restore_capacity, settle_back
from hubspoke.engine.solution.selection import keep_dearest

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.assignment.assignment import Assigned, Assignment, Sinks


WHOLE = 1 - 1e-9
"""Share from which a site counts as whole."""


WHOLE_ENOUGH = 1e-9
"""Share of a site that may find no room: rounding."""


@dataclass(frozen=True)
class RoundingEffort:
    """What making sites whole may take.

    Attributes
    ----------
    enough : float
        Cost above that of divided sites at which the first whole sites found will do.
    patient : bool
        Whether they are fitted with all patience in the end.
    stop : Stop
        Looked at between steps.
    parameters : RoundingParameters
    """

    enough: float = 0.0
    patient: bool = False
    stop: Stop = field(default_factory=Stop)
    parameters: RoundingParameters = DEFAULTS.rounding


THOROUGH = RoundingEffort()
"""Heavy sites are fixed one by one; no limit of time."""


def round_sites(
    assignment: Assignment, sinks: Sinks, whole: Floats, assigned: Assigned, effort: RoundingEffort = THOROUGH
) -> Ints | None:
    """Return each site's hub (-1 left out), or None when the sites do not fit whole.

    Parameters
    ----------
    assignment : Assignment
    sinks : Sinks
        Open hubs, whole.
    whole : (S, n)
        Cost of whole sites at the sinks' hubs.
    assigned : Assigned
        Cheapest division of the sites among the sinks.
    effort : RoundingEffort
    """
    must = ~np.isfinite(assignment.problem.skip_cost)
    if not len(sinks.hub):
        return np.full(len(whole), -1) if not must.any() else None
    too_heavy = assignment.mass[:, None] > sinks.room[None, :] * (1 + 1e-9)
    whole = np.where(too_heavy, np.inf, whole)
    if (assigned.share[too_heavy] > 0).any():
        again = assignment.solve(sinks, whole)
        if again is None or (again.left_out[must] > WHOLE_ENOUGH).any():
            return None
        assigned = again
    cost = np.ascontiguousarray(whole + assignment.mass[:, None] * sinks.rate[None, :])
    parameters = effort.parameters
    hub = _settle(assignment, sinks, cost, assigned, parameters)
    if _cost_of(assignment, cost, hub) - assigned.cost > effort.enough:
        fixed = _fix_heavy(assignment, sinks, whole, assigned, effort)
        other = None if fixed is assigned else _settle(assignment, sinks, cost, fixed, parameters)
        if _cost_of(assignment, cost, other) < _cost_of(assignment, cost, hub):
            hub, assigned = other, fixed
    if hub is None:
        return None
    if effort.patient:
        sites = Sites(cost, assignment.mass, sinks.room, assigned.room_price)
        hub = reassign_by_milp(sites, hub, effort.stop, parameters)
    return np.where(hub >= 0, sinks.hub[np.maximum(hub, 0)], -1)


def _settle(
    assignment: Assignment, sinks: Sinks, cost: Floats, assigned: Assigned, parameters: RoundingParameters
) -> Ints | None:
    """Send every site whole to where most of it goes, and move sites until all fit and no simple move pays.

    Returns the position of each site's hub, -1 left out, or None when they do not fit; `cost` (S, n) is with rates.
    """
    mass, capacity, skip_cost = assignment.mass, sinks.room, assignment.problem.skip_cost
    must = ~np.isfinite(skip_cost)
    hub = np.where(assigned.left_out > 0.5, -1, assigned.share.argmax(axis=1)).astype(np.int64)
    if (hub[must] < 0).any():
        return None
    load = np.bincount(hub[hub >= 0], mass[hub >= 0], len(capacity)).astype(float)
    if not must.all():
        _drop_from_full(skip_cost, cost, mass, capacity, hub, load)
    if not restore_capacity(cost, mass, capacity, assigned.room_price, hub, load, parameters.chains):
        return None
    settle_back(cost, mass, capacity, hub, load)
    exchange_sites(cost, mass, capacity, _ready_to_move(cost, assigned, mass, parameters.movers), hub, load)
    settle_back(cost, mass, capacity, hub, load)
    return hub


def _cost_of(assignment: Assignment, cost: Floats, hub: Ints | None) -> float:
    """Return the cost of whole sites and of those left out; infinite where they do not fit."""
    if hub is None:
        return np.inf
    served = np.flatnonzero(hub >= 0)
    return float(cost[served, hub[served]].sum() + assignment.problem.skip_cost[hub < 0].sum())


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


def _fix_heavy(
    assignment: Assignment, sinks: Sinks, lanes: Floats, assigned: Assigned, effort: RoundingEffort
) -> Assigned:
    """Fix divided sites that are heavy for the room there is: the clear ones together, else the heaviest.

    No more of the heaviest are fixed at once than the rounds that are left ask for.
    """
    must, parameters = ~np.isfinite(assignment.problem.skip_cost), effort.parameters
    light = (sinks.room.sum() - assignment.mass[must].sum()) / (3 * len(sinks.room))
    for left in range(min(max(parameters.cells // lanes.size, parameters.fewest_rounds), parameters.rounds), 0, -1):
        share = assigned.share.max(axis=1)
        divided = np.flatnonzero((share < WHOLE) & (assigned.left_out < WHOLE))
        heavy = divided[assignment.mass[divided] > light]
        if not len(heavy) or effort.stop.is_due:
            break
        clear = heavy[share[heavy] >= parameters.clear_share]
        heaviest = np.argsort(-assignment.mass[heavy], kind="stable")[: -(-len(heavy) // left)]
        chosen = clear if len(clear) else heavy[heaviest]
        tried = _fix(lanes, chosen, assigned.share[chosen].argmax(axis=1))
        found = assignment.solve(sinks, tried)
        if found is None or (found.left_out[must] > WHOLE_ENOUGH).any():
            break
        lanes, assigned = tried, found
    return assigned


def _ready_to_move(cost: Floats, assigned: Assigned, mass: Floats, movers: int) -> Ints:
    """Return the sites that lose least at their second-best hub, room priced, in their order."""
    if cost.shape[1] < 2:
        return np.empty(0, np.int64)
    two = np.partition(cost + mass[:, None] * assigned.room_price[None, :], 1, axis=1)[:, :2]
    with np.errstate(invalid="ignore"):
        loss = two[:, 1] - two[:, 0]
    return np.sort(np.argsort(loss, kind="stable")[:movers]).astype(np.int64)


def _fix(lanes: Floats, sites: Ints, hubs: Ints) -> Floats:
    """Leave the sites no lane but the one to their hub."""
    fixed = lanes.copy()
    kept = lanes[sites, hubs]
    fixed[sites] = np.inf
    fixed[sites, hubs] = kept
    return fixed
