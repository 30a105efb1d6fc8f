"""Other refineries for the same hubs: which would be cheaper, and cuts that know what each would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.cuts import CLOSED
from hubspoke.master import Scope
from hubspoke.transport import transport

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.cuts import Cut, Cutter, Point

    Floats = NDArray[np.float64]

NEIGHBOURS = 40
"""Most neighbouring choices of refineries that get a cut of their own at one point."""

FLOWS = 5_000
"""Most shifts of black mass between refineries."""

NEAR = 0.02
"""Neighbours dearer than this share of the plan's cost need no cut of their own."""


def neighbours(cutter: Cutter, point: Point) -> list[tuple[float, Floats]]:
    """List choices that swap, add, drop or resize one refinery, with the change of cost at the present hub loads.

    Capacity is kept in total; which hub sends where follows the cheapest open refinery.
    """
    refinery, sent = point.refinery, cutter.sent(point)
    tonnes, now = float(sent.sum()), _cost(cutter, refinery, sent)
    open_now = np.argwhere(refinery > CLOSED).tolist()
    others = []
    for r, size in np.argwhere(cutter.refinery_sizes).tolist():
        for old in [None, *open_now]:
            other = refinery.copy()
            if old is not None:
                other[old[0]] = 0.0
            if not other[r].any():
                other[r, size] = 1.0
                others.append(other)
    for r, size in open_now:
        other = refinery.copy()
        other[r, size] = 0.0
        others.append(other)
    found = [(_cost(cutter, other, sent) - now, other) for other in others if _allowed(cutter, other, tonnes)]
    return sorted((pair for pair in found if np.isfinite(pair[0])), key=lambda pair: (pair[0], pair[1].tobytes()))


def refinery_scopes(cutter: Cutter) -> list[Scope]:
    """Divide all plans by their largest refinery: one scope for each refinery and size.

    In a scope the named refinery is open at the named size, none is larger, and none of equal size comes before it.
    Where one refinery suffices, each scope has little choice left, and its relaxation no mixture of refineries.
    """
    steps, allowed = cutter.problem.refineries, cutter.refinery_sizes
    shape = steps.fixed.shape
    keys = np.argwhere(allowed)
    whole = [Scope(np.zeros(shape), allowed.astype(float))]
    needed = cutter.least_out > 0 and not (cutter.problem.refinery_state > 0).any()
    if not len(keys) or not needed or (cutter.problem.refinery_counts.fewest > 0).any():
        return whole
    order = np.lexsort((keys[:, 0], -steps.capacity[keys[:, 0], keys[:, 1]]))
    scopes, closed = [], np.zeros(shape, bool)
    for r, size in keys[order].tolist():
        low, high = np.zeros(shape), (allowed & ~closed).astype(float)
        high[r] = 0.0
        low[r, size] = high[r, size] = 1.0
        scopes.append(Scope(low, high))
        closed[r, size] = True
    return scopes


def shifted_cuts(cutter: Cutter, point: Point) -> list[Cut]:
    """Make cuts for neighbouring refineries: the point's prices, with each site's black mass at its new price."""
    if not cutter.problem.n_refineries or not len(point.sinks.hub):
        return []
    near = [pair for pair in neighbours(cutter, point) if pair[0] < NEAR * abs(point.cost)]
    hub = point.sinks.hub[point.assigned.share.argmax(axis=1)]
    out = cutter.assignment.out[np.arange(len(hub)), hub]
    cuts = []
    for _, other in near[:NEIGHBOURS]:
        worth = cutter.worth(other)
        change = worth[hub] - point.worth[hub]
        price = point.assigned.site_price + out * np.where(np.isfinite(change), change, 0.0)
        cuts.append(cutter.cut(price, worth))
    return cuts


def _cost(cutter: Cutter, refinery: Floats, sent: Floats) -> float:
    """Cost the refineries and the cheapest flows of the hubs' present output within their room."""
    steps = cutter.problem.refineries
    plant, size = np.nonzero(refinery > CLOSED)
    used = np.flatnonzero(sent > 0)
    fixed = float(steps.fixed[plant, size].sum())
    if not len(used):
        return fixed
    lanes = cutter.transfer[np.ix_(used, plant)] + steps.variable[plant, size][None, :]
    target = lanes.argmin(axis=1) if len(plant) else np.zeros(0, np.int64)
    if not len(plant) or not np.isfinite(lanes.min(axis=1)).all():
        return float("inf")
    room = steps.capacity[plant, size]
    if (np.bincount(target, sent[used], len(plant)) <= room * (1 + 1e-9)).all():
        return fixed + float((lanes.min(axis=1) * sent[used]).sum())
    share = np.zeros(lanes.shape)
    whole = np.ascontiguousarray(lanes * sent[used][:, None])
    return fixed + float(transport(whole, sent[used], room, np.ones(len(plant)), np.zeros(len(plant)), share, FLOWS))


def _allowed(cutter: Cutter, refinery: Floats, tonnes: float) -> bool:
    """Say whether refineries keep the limits on their number and hold the tonnes together."""
    problem = cutter.problem
    is_open = np.asarray((refinery > CLOSED).any(axis=1))
    room = float(problem.refineries.capacity[refinery > CLOSED].sum())
    keeps = bool((is_open | (problem.refinery_state <= 0)).all())
    return room >= tonnes * (1 - 1e-9) and keeps and problem.refinery_counts.allows(is_open)
