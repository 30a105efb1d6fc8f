"""Points of a front that make some weighted sum of both measures least, at any size of problem.

Weights are those of the line through two neighbours (Aneja and Nair 1979). Points that lie above the lines between
their neighbours are not found so; but no plan lies below these lines, by more than the gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hubspoke.base.status import Status
from hubspoke.engine.fronts.front import Choice, Front, FrontRow, read_choice
from hubspoke.engine.fronts.memory import forget
from hubspoke.engine.milp.solve import cost_unit
from hubspoke.engine.optimize import optimize
from hubspoke.engine.solution.evaluate import evaluate

if TYPE_CHECKING:
    from hubspoke.base.stop import Stop
    from hubspoke.engine.fronts.memory import Remember
    from hubspoke.engine.fronts.pair import Pair

SLIGHT = 1e-6
"""Weight of the measure that decides among plans that are equal in the other, as a share of its own."""


def find_supported(
    pair: Pair, points: int, *, gap: float, stop: Stop | None = None, remember: Remember = forget
) -> Front:
    """Find points of a front by weighted sums: both ends, then between those two neighbours that are farthest apart.

    Parameters
    ----------
    pair : Pair
    points : int
        Most points.
    gap : float
        Relative gap to which each sum is made least.
    stop : Stop, optional
        Ends the search with what was found.
    remember : callable, optional
        Keeps what the search answered.

    Returns
    -------
    Front
        Not complete, unless it is a single point.
    """
    search = _Search(pair, gap, stop, remember)
    slight = SLIGHT * cost_unit(pair.cost) / cost_unit(pair.other)
    cheap = search.solve(1.0, slight)
    if cheap is None:
        return Front((), is_complete=False, is_infeasible=search.is_infeasible)
    small = search.solve(SLIGHT**2 / slight, 1.0)
    if small is None or not _is_right_of(small, cheap):
        return Front((cheap,), is_complete=False, was_ended=search.is_due)
    rows = [cheap, small]
    done: set[tuple[float, float]] = set()
    while len(rows) < points and not search.is_due:
        pairs = [(a, b) for a, b in pairwise(rows) if (a.choice.cost, b.choice.cost) not in done]
        if not pairs:
            break
        left, right = max(pairs, key=lambda two: two[0].choice.other - two[1].choice.other)
        done.add((left.choice.cost, right.choice.cost))
        steep = (right.choice.cost - left.choice.cost) / (left.choice.other - right.choice.other)
        middle = search.solve(1.0, steep)
        if middle is not None and _is_right_of(middle, left) and _is_right_of(right, middle):
            rows.insert(rows.index(right), middle)
    return Front(tuple(rows), is_complete=False, was_ended=search.is_due)


def _is_right_of(one: FrontRow, other: FrontRow) -> bool:
    """Return whether a plan is dearer than another, and better in the other measure, by more than rounding."""
    dearer = one.choice.cost - other.choice.cost > 1e-9 * abs(other.choice.cost)
    return dearer and other.choice.other - one.choice.other > 1e-9 * abs(other.choice.other)


@dataclass
class _Search:
    """The state of one search."""

    pair: Pair
    gap: float
    stop: Stop | None
    remember: Remember
    is_infeasible: bool = False

    @property
    def is_due(self) -> bool:
        """Whether time is up."""
        return self.stop is not None and self.stop.is_due

    def solve(self, cost: float, other: float) -> FrontRow | None:
        """Return the plan with the least weighted sum; None where none was found."""
        pair = self.pair

        def ask() -> dict[str, Any]:
            plan = optimize(pair.weigh(cost, other), gap=self.gap, stop=self.stop)
            told: dict[str, Any] = {"status": plan.status.name, "bound": plan.bound, "keep": not self.is_due}
            if not plan.has_plan:
                return told
            return told | read_choice(pair.cost, plan, evaluate(pair.cost, plan), evaluate(pair.other, plan)).to_plain()

        told = self.remember([cost, other, self.gap], ask)
        if "cost" not in told:
            self.is_infeasible = told["status"] == Status.INFEASIBLE.name
            return None
        choice = Choice.from_plain(told)
        return FrontRow(choice, min((told["bound"] - other * choice.other) / cost, choice.cost))
