"""Other refineries for the same hubs: which would be cheaper, and cuts that know what each would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.assignment.refinery_flows import cost_flows
from hubspoke.engine.benders.evaluation import sent
from hubspoke.engine.benders.master import Box
from hubspoke.engine.parameters import DEFAULTS
from hubspoke.engine.problem.choice import CLOSED
from hubspoke.engine.problem.shared_ground import ground_price, most_saved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.base.arrays import Floats
    from hubspoke.engine.benders.cuts import Cut, CutGenerator
    from hubspoke.engine.benders.evaluation import Evaluation
    from hubspoke.engine.benders.master import Master
    from hubspoke.engine.parameters import SubproblemParameters


def neighbours(cutter: CutGenerator, point: Evaluation) -> list[tuple[float, Floats]]:
    """List choices that swap, add, drop or resize one refinery, with the change of cost at the present hub loads.

    Capacity is kept in total; which hub sends where follows the cheapest open refinery.
    """
    refinery, loads = point.refinery, sent(cutter.assignment, point)
    tonnes = float(loads.sum())

    def cost(chosen: Floats) -> float:
        return cost_flows(cutter.problem, chosen, loads).cost - most_saved(cutter.problem, point.hub, chosen)

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
    now = cost(refinery)
    found = [(cost(other) - now, other) for other in others if _allowed(cutter, other, tonnes)]
    return sorted((pair for pair in found if np.isfinite(pair[0])), key=lambda pair: (pair[0], pair[1].tobytes()))


def refinery_boxes(cutter: CutGenerator, master: Master) -> list[Box]:
    """Divide all plans by their largest refinery: one box for each refinery and size, one for none if that may be.

    In a box the named refinery is open at the named size, none is larger, and none of equal size comes before it.
    Where one refinery suffices, each box has little choice left, and its relaxation no mixture of refineries. Where
    more are needed, or asked for group by group, there is one box of all plans.
    """
    steps, allowed, whole = cutter.problem.refineries, cutter.refinery_sizes, master.whole()
    keys = np.argwhere(allowed)
    optional = np.isfinite(cutter.problem.skip_cost).any()
    tonnes = cutter.all_out if optional else cutter.least_out
    enough = float(steps.capacity[allowed].max(initial=0.0)) >= tonnes > 0
    if not enough or (cutter.problem.refinery_counts.fewest > 0).any():
        return [whole]
    order = np.lexsort((keys[:, 0], -steps.capacity[keys[:, 0], keys[:, 1]]))
    boxes, closed = [], np.zeros(steps.fixed.shape, bool)
    none, hubs = np.zeros(cutter.problem.hubs.fixed.shape), len(master.hub_keys)

    def box(low: Floats, high: Floats) -> Box:
        limit = whole.high.copy()
        limit[hubs : master.size] = master.pack(none, high)[hubs:]
        return Box(np.append(master.pack(none, low), np.zeros(master.width - master.size)), limit)

    for r, size in keys[order].tolist():
        low, high = np.zeros(steps.fixed.shape), (allowed & ~closed).astype(float)
        high[r] = 0.0
        low[r, size] = high[r, size] = 1.0
        boxes.append(box(low, high))
        closed[r, size] = True
    if cutter.least_out <= 0:
        boxes.append(box(np.zeros(steps.fixed.shape), np.zeros(steps.fixed.shape)))
    return boxes


def shifted_cuts(
    cutter: CutGenerator, point: Evaluation, parameters: SubproblemParameters = DEFAULTS.subproblem
) -> Iterator[Cut]:
    """Make cuts for neighbouring refineries: the point's prices, with each site's black mass at its new price."""
    if not cutter.problem.n_refineries or not len(point.sinks.hub):
        return
    near = [pair for pair in neighbours(cutter, point) if pair[0] < parameters.refinery_near * abs(point.cost)]
    hub = point.sinks.hub[point.assigned.share.argmax(axis=1)]
    out = cutter.assignment.grade_out[np.arange(len(hub)), hub]
    for _, other in near[: parameters.refinery_neighbours]:
        worth = cutter.worth(other)
        known = np.isfinite(worth[hub]) & np.isfinite(point.worth[hub])
        change = np.subtract(worth[hub], point.worth[hub], out=np.zeros(out.shape), where=known)
        price = point.assigned.site_price + (out * change).sum(axis=1)
        yield cutter.cut(price, worth, ground_price(cutter.problem, point.hub, other))


def _allowed(cutter: CutGenerator, refinery: Floats, tonnes: float) -> bool:
    """Return whether refineries keep the limits on their number and hold the tonnes together."""
    problem = cutter.problem
    is_open = np.asarray((refinery > CLOSED).any(axis=1))
    room = float(problem.refineries.capacity[refinery > CLOSED].sum())
    keeps = bool((is_open | (problem.refinery_state <= 0)).all())
    return room >= tonnes * (1 - 1e-9) and keeps and problem.refinery_counts.allows(is_open)
