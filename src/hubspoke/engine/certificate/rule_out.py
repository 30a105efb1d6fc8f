"""Rule out plants and lanes by prices: what every plan with them, or without, costs more than a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.certificate.check import at_price, least_output, price_room, value_plants
from hubspoke.engine.certificate.cover import Cover

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hubspoke.engine.problem.counts import Counts
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.problem.steps import Steps

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


def rule_out(problem: Problem, prices: Mapping[str, Floats], limit: float) -> Problem:
    """Return a problem without what only plans dearer than a limit hold, by prices; the same object where that is all.

    At given prices a bound is a sum over plants. So it is known for every plant what the bound becomes once that is
    open, or closed; and, where hubs are the only echelon, once a whole site goes to it.

    Parameters
    ----------
    problem : Problem
    prices : mapping
        As in `check_bound`.
    limit : float
    """
    site_price, hub_value, refinery_value = value_plants(problem, prices, exactly=True)
    must = ~np.isfinite(problem.skip_cost)
    tonnes = float(problem.mass[must].sum())
    hubs = _Echelon(problem.hubs, hub_value, problem.hub_state, problem.hub_counts, tonnes)
    base = float(site_price.sum())
    if not problem.n_refineries:
        opened, state = hubs.decide(base, limit)
        lanes = _rule_out_lanes(problem, site_price, hubs, opened, limit)
        if lanes is None and (state == problem.hub_state).all():
            return problem
        return problem.derive(hub_state=state, **({} if lanes is None else {"collection_cost": lanes}))
    reach = np.isfinite(problem.collection_cost) & (problem.hub_state >= 0)
    made = least_output(problem, reach, must)
    counts = problem.refinery_counts
    refineries = _Echelon(problem.refineries, refinery_value, problem.refinery_state, counts, made)
    _, hub_state = hubs.decide(base + refineries.least, limit)
    _, refinery_state = refineries.decide(base + hubs.least, limit)
    if (hub_state == problem.hub_state).all() and (refinery_state == problem.refinery_state).all():
        return problem
    return problem.derive(hub_state=hub_state, refinery_state=refinery_state)


class _Echelon:
    """The plants of an echelon at prices: what each costs when open, and the price of room that must be open."""

    def __init__(self, steps: Steps, value: Floats, state: Ints, counts: Counts, tonnes: float) -> None:
        self.steps = steps
        self.value: Floats = np.where((state >= 0)[:, None], value, np.inf)
        self.state = state
        self.counts = counts
        self.tonnes = tonnes
        self.least, self.room_price = price_room(steps, self.value, state, counts, tonnes)
        self.cover: Cover | None = Cover(steps, self.value, state, tonnes) if self.room_price > 0 else None

    def decide(self, rest: float, limit: float) -> tuple[Floats, Ints]:
        """Return what each plant costs in all when open (N,), and the states with those decided that a limit decides.

        `rest` is what the bound has beside this echelon.
        """
        state, opened = self.state.copy(), np.full(len(self.state), np.inf)
        for j in np.flatnonzero(self.state >= 0).tolist():
            opened[j] = rest + self._at(j, 1)
            closed = rest + self._at(j, -1) if self.state[j] == 0 else np.inf
            if self.state[j] == 0 and opened[j] > limit:
                state[j] = -1
            elif self.state[j] == 0 and closed > limit:
                state[j] = 1
        return opened, state

    def _at(self, plant: int, state: int) -> float:
        """Return the bound on the echelon with a plant in a state."""
        states, value = self.state.copy(), self.value
        states[plant] = state
        if state < 0:
            value = value.copy()
            value[plant] = np.inf
        priced = at_price(self.steps, value, states, self.counts, self.tonnes, self.room_price)
        if self.cover is None:
            return priced
        return max(priced, self.cover.with_closed(plant) if state < 0 else self.cover.with_open(plant))


def _rule_out_lanes(
    problem: Problem, site_price: Floats, hubs: _Echelon, opened: Floats, limit: float
) -> Floats | None:
    """Return the lanes (S, H) without those that whole sites take in dearer plans only; None where it is all of them.

    With room of a hub at a price, its load falls apart by site; a site that is forced in costs what it loses there.
    """
    if not problem.single_sourcing:
        return None
    lanes, mass, steps = problem.collection_cost.copy(), problem.mass, problem.hubs
    for h in np.flatnonzero(np.isfinite(opened)).tolist():
        reach = np.isfinite(lanes[:, h])
        dearer = np.full(len(mass), np.inf)
        for k in np.flatnonzero(np.isfinite(hubs.value[h])).tolist():
            room = float(steps.capacity[h, k])
            gain = np.where(reach, site_price - lanes[:, h] - mass * steps.variable[h, k], -np.inf)
            fits = reach & (mass <= room * (1 + 1e-9) + 1e-6)
            price = _critical(gain[fits], mass[fits], room)
            net = np.where(fits, gain - price * mass, 0.0)
            total = steps.fixed[h, k] - price * room * (1 + 1e-9) - 1e-6 * price - np.maximum(net, 0.0).sum()
            dearer = np.minimum(dearer, np.where(fits, total - np.minimum(net, 0.0) - hubs.value[h, k], np.inf))
        lanes[reach & (opened[h] + dearer > limit), h] = np.inf
    return None if (np.isfinite(lanes) == np.isfinite(problem.collection_cost)).all() else lanes


def _critical(gain: Floats, mass: Floats, room: float) -> float:
    """Return the gain per tonne of the site at which a hub is full; 0 where all that gains has room."""
    paying = (gain > 0) & (mass > 0)
    rate = gain[paying] / mass[paying]
    order = np.argsort(-rate, kind="stable")
    full = np.flatnonzero(np.cumsum(mass[paying][order]) > room)
    return float(rate[order[full[0]]]) if len(full) else 0.0
