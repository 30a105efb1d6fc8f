"""Prices on lost metal: what a plan must cost at least, by the best prices that a few plans support.

Lagrangian relaxation with cutting planes (Kelley 1960): each plan is a line over the prices, and the highest point
below all lines gives the next prices to plan at, until no plan lies below it any more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog

from hubspoke.base.status import Status
from hubspoke.planning.by_technology import optimize_copies

if TYPE_CHECKING:
    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.planning.formulation.copies import RefineryCopies
    from hubspoke.planning.recycled_content.asked import Asked
    from hubspoke.planning.request import Request

MOST_PRICES = 40
"""Prices that are tried at most."""
DEAREST = 10.0
"""Highest price of all metal that may be lost, in costs of a plan."""


@dataclass(frozen=True, eq=False)
class Point:
    """A plan: its cost, the metal that it loses, and which copies of refineries are open."""

    plan: Solution
    cost: float
    lost_t: Floats
    is_open: Bools


@dataclass(frozen=True, eq=False)
class Bounded:
    """What is known of the plans in which some copies of refineries must be open, and some must not.

    Attributes
    ----------
    bound : float
        None that gives enough metal costs less; infinite where there is none.
    open_share : float array, shape (C,)
        How far each copy is open in the mix of plans that reaches the bound.
    """

    bound: float
    open_share: Floats


class Prices:
    """Plans at prices on lost metal.

    Parameters
    ----------
    asked : Asked
    copies : RefineryCopies
    scale : float
        About what a plan costs, above 0.
    request : Request
    gap : float
        Relative gap that is to be proven in all.
    stop : Stop
    """

    def __init__(  # noqa: PLR0917 - what is planned, and how far
        self, asked: Asked, copies: RefineryCopies, scale: float, request: Request, gap: float, stop: Stop
    ) -> None:
        self.asked: Asked = asked
        self.copies: RefineryCopies = copies
        self.scale: float = scale
        self.gap: float = gap
        self.request: Request = replace(request, time_limit=None, stop=stop)
        self.stop = stop
        self.points: list[Point] = []
        self.lost: Floats = asked.lost[copies.plant, copies.technology]  # by copy, class and metal

    def plan_at(self, price: Floats, state: Ints) -> tuple[float, Point | None]:
        """Return a bound on cost and priced metal over plans with some copies open and shut, and the plan found."""
        lost = self.lost @ price
        problem = self.copies.problem
        priced = problem.derive(transfer_cost=problem.transfer_cost + lost[None], refinery_state=state)
        answer = optimize_copies(
            replace(self.copies, problem=priced, lost=lost),
            (),
            len(self.asked.task.network.refineries),
            self.request,
            self.gap / 10,
        )
        if answer.status is Status.INFEASIBLE:
            return np.inf, None
        if not answer.has_plan:
            return -np.inf, None
        cost, lost_t = self.asked.measure(answer)
        point = Point(answer, cost, lost_t, self._list_open(answer))
        self.points.append(point)
        return float(answer.bound), point

    def bound(self, state: Ints) -> Bounded:
        """Return the best bound by prices over the plans with some copies open and shut.

        Parameters
        ----------
        state : int array, shape (C,)
            Of copies, as in `Problem.refinery_state`.
        """
        least = -np.inf
        own = [point for point in self.points if self._fits(point, state)]
        weight = np.ones(0)
        for _ in range(MOST_PRICES):
            price, top, weight = self._next_price(own)
            value, point = self.plan_at(price, state)
            if np.isinf(value) and value > 0:
                return Bounded(np.inf, np.zeros(len(state)))
            if np.isfinite(value):
                least = max(least, value - float(price @ self.asked.most_lost_t))
            if point is None or self.stop.is_due or top - least <= 0.1 * self.gap * self.scale:
                break
            own.append(point)
        share = np.zeros(len(state))
        for part, point in zip(weight, own, strict=False):
            share += part * point.is_open
        return Bounded(least, share)

    def _next_price(self, points: list[Point]) -> tuple[Floats, float, Floats]:
        """Return the prices at which the lines of plans are highest, how high, and the mix of plans that has it."""
        room, scale = self.asked.most_lost_t, self.scale
        most = DEAREST / np.maximum(self.asked.held_t, 1e-9)  # per t, in costs of a plan
        if not points:
            return np.zeros(len(room)), np.inf, np.ones(0)
        answer = linprog(
            c=[*np.zeros(len(room)), -1.0],
            A_ub=[[*(-(point.lost_t - room) * most), 1.0] for point in points],
            b_ub=[point.cost / scale for point in points],
            bounds=[(0.0, 1.0)] * len(room) + [(None, None)],
            method="highs",
        )
        price = np.asarray(answer.x[:-1]) * most * scale
        return price, float(answer.x[-1]) * scale, -np.asarray(answer.ineqlin.marginals)

    def _fits(self, point: Point, state: Ints) -> bool:
        return bool((point.is_open[state > 0]).all() and not point.is_open[state < 0].any())

    def _list_open(self, plan: Solution) -> Bools:
        size = np.maximum(plan.refinery_size, 0)
        chosen = self.asked.form.terms.refineries.technology[np.arange(len(size)), size]
        return np.asarray(
            (plan.refinery_size >= 0)[self.copies.plant] & (chosen[self.copies.plant] == self.copies.technology)
        )
