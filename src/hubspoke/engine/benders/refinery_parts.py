"""Answers where refineries are open in parts, and there are too many lanes for one linear program of sites and flows.

Sites go by prices of black mass at the hubs. What then leaves the hubs is sent to the parts of refineries at least
cost, and the dual prices of that are the next prices of black mass. Any prices make a valid cut; where prices and loads
agree it is as strong as the linear program of sites and flows together. Freight of packs weighs far more than that of
black mass, so that loads hardly move and two or three rounds are enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np

from hubspoke.engine.benders.evaluation import NO_CUT, Evaluation, sent
from hubspoke.engine.milp.highs import make_highs
from hubspoke.engine.problem.choice import CLOSED
from hubspoke.engine.problem.limits import largest_output
from hubspoke.engine.problem.shared_ground import ground_price

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubspoke.base.arrays import Floats
    from hubspoke.engine.benders.cuts import Cut
    from hubspoke.engine.benders.subproblem import Subproblem
    from hubspoke.engine.problem.problem import Problem

    Price = Callable[[Floats, Floats], Floats | None]

BEYOND = 2.0
"""What a tonne costs that finds no room, in terms of the dearest way of one that does."""


class RefineryParts:
    """Cuts at choices whose refineries are open in parts, for one problem."""

    def __init__(self, subproblem: Subproblem, *, rounds: int, progress: float, price: Price | None = None) -> None:
        """Start without prices.

        Parameters
        ----------
        subproblem : Subproblem
        rounds : int
            Most prices that are tried at one choice.
        progress : float
            Rise, as a share of the cut's value, below which no further prices are tried.
        price : function of refinery and loads, optional
            Prices black mass in place of `price_black_mass`.
        """
        self.subproblem = subproblem
        self.rounds = rounds
        self.progress = progress
        most = largest_output(subproblem.problem)
        self._price = price or (lambda refinery, loads: price_black_mass(subproblem.problem, refinery, loads, most))
        self._worth: Floats | None = None
        """Prices of black mass at the hubs that were last found, shape (H, B)."""

    def cut(self, hub: Floats, refinery: Floats) -> Cut | None:
        """Return the strongest cut found at a choice; None where its sites come to no answer.

        Parameters
        ----------
        hub : float array, shape (H, K)
            Part to which each hub size is open.
        refinery : float array, shape (R, L)
            Part to which each refinery size is open.
        """
        subproblem, cutter = self.subproblem, self.subproblem.cutter
        problem, coarse = subproblem.problem, subproblem.groups
        assignment = cutter.assignment if coarse is None else coarse.assignment
        ground = ground_price(problem, hub, refinery)
        worth = cutter.worth(refinery) if self._worth is None else self._worth
        best: Cut | None = None
        most = -np.inf
        for _ in range(self.rounds):
            part = np.where((hub > CLOSED) & cutter.hub_sizes & assignment.usable(worth)[:, None], hub, 0.0)
            sinks = assignment.sinks(part)
            assigned = assignment.solve(sinks, assignment.lane_cost(worth, sinks.hub))
            if assigned is None:
                break
            loads = sent(assignment, Evaluation(hub, refinery, 0.0, assigned, sinks, worth, NO_CUT))
            if coarse is not None:
                lanes = cutter.assignment.lane_cost(worth, sinks.hub)
                assigned = coarse.expand(assigned, sinks, lanes)
            found = cutter.cut(assigned.site_price, worth, ground)
            value = found.at(hub, refinery)
            known, most = most, max(most, value)
            if value > known:
                best, self._worth = found, worth
            if value - known < self.progress * abs(value) or subproblem.stop.is_due:
                break
            asked = self._price(refinery, loads)
            if asked is None:
                break
            worth = asked
        return best


def price_black_mass(
    problem: Problem, refinery: Floats, loads: Floats, most: Floats, paid: tuple[Floats, Floats] | None = None
) -> Floats | None:
    """Return what a tonne of black mass costs at each hub, shape (H, B), where loads go to parts of refineries.

    Parameters
    ----------
    problem : Problem
    refinery : float array, shape (R, L)
        Part to which each size is open.
    loads : float array, shape (H, B)
        Tonnes of each grade that leave each hub.
    most : float array, shape (H, B)
        The most of it that a hub can give.
    paid : pair of float arrays, shape (R, L), optional
        Tonnes that refineries pay for at least, and the rate of each that lacks.

    Returns
    -------
    float array, shape (H, B), or None
        None where no refinery is open, or the solver comes to no answer.
    """
    plant, size = np.nonzero(refinery > CLOSED)
    if not len(plant):
        return None
    part, steps = refinery[plant, size], problem.refineries
    every = problem.transfer_cost[:, plant, :].transpose(0, 2, 1) + steps.variable[plant, size]  # (H, B, N)
    hub, grade = np.nonzero(loads > 0)
    lanes = every[hub, grade]
    reach = np.isfinite(lanes)
    if not reach.any():
        return None
    source, sink = np.nonzero(reach)
    sources, sinks, flows = len(hub), len(plant), len(source)
    beyond = BEYOND * float(np.abs(lanes[reach]).max()) + 1.0
    tonne, money = max(float(loads.max()), 1e-12), beyond
    room = steps.capacity[plant, size] * part / tonne
    limit = part[sink] * np.minimum(most[hub[source], grade[source]], steps.capacity[plant[sink], size[sink]]) / tonne
    highs = make_highs(presolve="off")
    rate = np.zeros(sinks) if paid is None else paid[1][plant, size]
    lacking = np.flatnonzero(rate > 0)  # sinks that pay for what they do not take
    width, lacks = flows + sources + len(lacking), flows + sources + np.arange(len(lacking))
    most_of = np.concatenate([limit, np.full(sources + len(lacking), highspy.kHighsInf)])
    highs.addVars(width, np.zeros(width), most_of)
    cost = np.concatenate([lanes[reach], np.full(sources, beyond), rate[lacking]]) / money
    highs.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
    tonnes = loads[hub, grade] / tonne
    place = np.full(sinks, -1)
    place[lacking] = np.arange(len(lacking))
    pays = np.flatnonzero(place[sink] >= 0)
    first = sources + sinks
    row = np.concatenate(
        [source, np.arange(sources), sources + sink, first + place[sink[pays]], first + np.arange(len(lacking))]
    )
    column = np.concatenate([np.arange(flows), flows + np.arange(sources), np.arange(flows), pays, lacks])
    order = np.argsort(row, kind="stable")
    count = first + len(lacking)
    starts = np.searchsorted(row[order], np.arange(count)).astype(np.int32)
    least = np.zeros(0) if paid is None else (paid[0][plant, size] * part / tonne)[lacking]
    low = np.concatenate([tonnes, np.full(sinks, -highspy.kHighsInf), least])
    high = np.concatenate([tonnes, room, np.full(len(lacking), highspy.kHighsInf)])
    highs.addRows(count, low, high, len(row), starts, column[order].astype(np.int32), np.ones(len(row)))
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    dual = np.array(highs.getSolution().row_dual) * money
    gate = np.maximum(-dual[sources:first], 0.0)
    gate[lacking] -= np.maximum(dual[first:], 0.0)
    worth: Floats = (every + gate).min(axis=2)
    worth[hub, grade] = dual[:sources]
    return worth
