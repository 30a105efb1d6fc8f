"""Fit whole sites better into the hubs of a plan: small integer programs over a few hubs at a time, in PuLP on HiGHS.

At given plants the sites are a generalised assignment problem. Prices of room say what whole sites cost more than
divided ones at every hub: room that stays empty, and sites away from their best hub. The hubs where most is lost, with
the hubs nearest to them and the sites that care least where they go, are solved anew, few at first, then more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pulp

from hubspoke.engine.milp.solver import run_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.parameters import RoundingParameters


TAKEN = 0.5
"""Value from which a binary variable is 1."""

WORTHWHILE = 1e-9
"""Least gain that counts, as a share of the cost."""


@dataclass(frozen=True, eq=False)
class Sites:
    """Whole sites and open hubs: cost (S, n), tonnes of sites (S,) and of hubs (n,), price of a tonne of room (n,)."""

    cost: Floats
    mass: Floats
    capacity: Floats
    price: Floats

    @property
    def asked(self) -> Floats:
        """Cost with room, shape (S, n)."""
        asked: Floats = self.cost + self.mass[:, None] * self.price[None, :]
        return asked

    def load(self, hub: Ints) -> Floats:
        """Return the tonnes at each hub, shape (n,)."""
        return np.bincount(hub[hub >= 0], self.mass[hub >= 0], len(self.capacity)).astype(float)


def reassign_by_milp(sites: Sites, hub: Ints, stop: Stop, parameters: RoundingParameters) -> Ints:
    """Return hubs of whole sites that cost no more than the given ones.

    Parameters
    ----------
    sites : Sites
    hub : int (S,)
        Position of each site's hub, -1 left out; all within capacity.
    stop : Stop
        Looked at before every program.
    parameters : RoundingParameters
    """
    cost, asked, row = sites.cost, sites.asked, np.arange(len(hub))
    for hubs, most in parameters.neighbourhoods:
        gained = True
        while gained:
            gained = False
            for near in _neighbourhoods(sites, asked, hub, hubs, parameters.judging_sites):
                if stop.is_due:
                    return hub
                tried = _solve(sites, asked, hub, near, most, stop, parameters)
                served = row[tried >= 0]
                before = cost[served, hub[served]]
                gain = float((before - cost[served, tried[served]]).sum())
                if gain > WORTHWHILE * abs(float(before.sum())):
                    hub, gained = tried, True
    return hub


def _neighbourhoods(sites: Sites, asked: Floats, hub: Ints, most: int, judging_sites: int) -> list[Ints]:
    """List every hub with those nearest to it, the hub where most is lost first."""
    served = np.flatnonzero(hub >= 0)
    away = asked[served, hub[served]] - asked[served].min(axis=1)
    lost = (sites.capacity - sites.load(hub)) * sites.price + np.bincount(hub[served], away, len(sites.capacity))
    found = []
    for j in np.argsort(-lost, kind="stable").tolist():
        inside = served[hub[served] == j]
        if len(inside):
            more = np.sort(asked[inside] - asked[inside, j][:, None], axis=0)[:judging_sites].mean(axis=0)
            more[j] = -np.inf
            found.append(np.sort(np.argsort(more, kind="stable")[:most]))
    return found


def _solve(  # noqa: PLR0917 - a neighbourhood and its limits
    sites: Sites, asked: Floats, hub: Ints, near: Ints, most: int, stop: Stop, parameters: RoundingParameters
) -> Ints:
    """Solve the sites of a few hubs anew that care least where they go; the others stay."""
    inside = np.flatnonzero(np.isin(hub, near))
    more = asked[np.ix_(inside, near)]
    more -= more.min(axis=1, keepdims=True)
    second = np.partition(more, 1, axis=1)[:, 1] if len(near) > 1 else np.full(len(inside), np.inf)
    chosen = np.argsort(second, kind="stable")[:most]
    chosen = chosen[np.isfinite(second[chosen])]
    if not len(chosen):
        return hub
    free = inside[chosen]
    may = (more[chosen] <= second[chosen].max()) | (near[None, :] == hub[free][:, None])
    stays = hub.copy()
    stays[free] = -1
    room = (sites.capacity - sites.load(stays))[near]
    goes = _program(sites.cost[np.ix_(free, near)], sites.mass[free], room, may, stop, parameters)
    if goes is None:
        return hub
    moved = hub.copy()
    moved[free] = near[goes]
    return moved if (sites.load(moved)[near] <= sites.capacity[near] * (1 + 1e-9)).all() else hub


def _program(  # noqa: PLR0917 - a small program and its limits
    cost: Floats, mass: Floats, room: Floats, may: NDArray[np.bool_], stop: Stop, parameters: RoundingParameters
) -> Ints | None:
    """Send sites (rows) to hubs (columns) where they may go, at least cost within room; None without an answer."""
    row, column = np.nonzero(may)
    above = cost[row, column] - np.where(may, cost, np.inf).min(axis=1)[row]
    unit = max(float(np.abs(above).mean()), 1e-12)
    model = pulp.LpProblem("refit", pulp.LpMinimize)
    goes = [model.add_variable(f"x_{q}", 0, 1, pulp.LpBinary) for q in range(len(row))]
    model.setObjective(_sum(goes, above / unit, np.arange(len(row))))
    for i in range(len(cost)):
        model += _sum(goes, np.ones(len(row)), np.flatnonzero(row == i)) == 1
    for j, tonnes in enumerate(room.tolist()):
        model += _sum(goes, mass[row], np.flatnonzero(column == j)) <= tonnes
    if not np.isfinite(run_model(model, gap=parameters.subgap, nodes=parameters.nodes, stop=stop).objective):
        return None
    taken = np.array([(variable.varValue or 0.0) > TAKEN for variable in goes])
    to = np.full(len(cost), -1, np.int64)
    to[row[taken]] = column[taken]
    return to if (to >= 0).all() else None


def _sum(variables: list[pulp.LpVariable], weight: Floats, at: Ints) -> pulp.LpAffineExpression:
    return pulp.LpAffineExpression(list(zip([variables[q] for q in at.tolist()], weight[at].tolist(), strict=True)))
