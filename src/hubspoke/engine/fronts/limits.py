"""Fronts against a measure that takes few values: one plan for each, by the usual search under a limit.

The limit is set below what the last plan reached, until there is no plan any more; so no value is missed
(epsilon-constraint, Haimes et al. 1971, with steps as small as the values allow).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from hubspoke.base.status import Status
from hubspoke.engine.fronts.front import Choice, Front, FrontRow, read_choice
from hubspoke.engine.fronts.memory import forget
from hubspoke.engine.optimize import optimize

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.base.stop import Stop
    from hubspoke.engine.fronts.memory import Remember
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution


class Measure(Protocol):
    """A measure that takes few values."""

    def below(self, value: float) -> Problem:
        """Return the problem in which plans have less than some value; that without a limit for infinity."""

    def of(self, plan: Solution) -> float:
        """Return the value of a plan."""


@dataclass(frozen=True, eq=False)
class LongestLane:
    """The longest lane that is used.

    Attributes
    ----------
    problem : Problem
    length : float array, shape (S, H)
    """

    problem: Problem
    length: Floats

    def below(self, value: float) -> Problem:
        """Return the problem without lanes of that length and longer."""
        if np.isinf(value):
            return self.problem
        cost = np.where(self.length < value, self.problem.collection_cost, np.inf)
        return self.problem.derive(collection_cost=cost)

    def of(self, plan: Solution) -> float:
        """Return the length of the longest lane of a plan."""
        return float(self.length[plan.site, plan.hub].max(initial=0.0))


@dataclass(frozen=True, eq=False)
class NumberOfHubs:
    """How many hubs are open.

    Attributes
    ----------
    problem : Problem
    """

    problem: Problem

    def below(self, value: float) -> Problem:
        """Return the problem in which fewer hubs are open."""
        counts = self.problem.hub_counts
        if np.isinf(value):
            return self.problem
        most = min(int(counts.most_in_total), int(value) - 1)
        limits = type(counts)(counts.group, counts.fewest, counts.most, counts.fewest_in_total, most)
        return self.problem.derive(hub_counts=limits)

    def of(self, plan: Solution) -> float:
        """Return the number of open hubs of a plan."""
        return float((plan.hub_size >= 0).sum())


def enumerate_values(
    measure: Measure,
    *,
    gap: float,
    stop: Stop | None = None,
    remember: Remember = forget,
    most: int | None = None,
) -> Front:
    """List the cheapest plan for every value of a measure of which a dearer one has less.

    Parameters
    ----------
    measure : Measure
    gap : float
        Relative gap to which each plan is proven.
    stop : Stop, optional
        Ends the list with what was found.
    remember : callable, optional
        Keeps what the search answered.
    most : int, optional
        Plans after which the list ends.

    Returns
    -------
    Front
    """
    rows: list[FrontRow] = []
    value = np.inf
    while not (stop is not None and stop.is_due) and (most is None or len(rows) < most):
        row, is_end = _solve_below(measure, value, gap, stop, remember)
        if row is None:
            return Front(tuple(rows), is_complete=is_end and bool(rows), is_infeasible=is_end and not rows)
        while rows and row.choice.cost <= rows[-1].choice.cost + EQUAL * abs(rows[-1].choice.cost):
            rows.pop()  # as cheap, and better
        rows.append(row)
        value = row.choice.other
    return Front(tuple(rows), is_complete=False, was_ended=stop is not None and stop.is_due)


EQUAL = 1e-12
"""Share by which costs differ that are the same but for rounding."""


def _solve_below(
    measure: Measure, value: float, gap: float, stop: Stop | None, remember: Remember
) -> tuple[FrontRow | None, bool]:
    """Return the cheapest plan below a value, or None and whether it is proven that there is none."""
    problem = measure.below(value)

    def solve() -> dict[str, Any]:
        plan = optimize(problem, gap=gap, stop=stop)
        due = stop is not None and stop.is_due
        told: dict[str, Any] = {"status": plan.status.name, "bound": plan.bound, "keep": not due}
        if not plan.has_plan:
            return told
        return told | read_choice(problem, plan, plan.objective, measure.of(plan)).to_plain()

    told = remember([value, gap], solve)
    if "cost" not in told:
        return None, told["status"] == Status.INFEASIBLE.name
    return FrontRow(Choice.from_plain(told), told["bound"]), False
