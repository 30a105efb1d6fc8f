"""A front: plans of which none is better in one measure without being worse in the other."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution


@dataclass(frozen=True, eq=False)
class Choice:
    """A plan in numbers: H hubs, R refineries.

    Attributes
    ----------
    cost, other : float
        Both measures, in the units of the problems.
    hub_size, refinery_size : int array, shape (H,), (R,)
        Size chosen, -1 where closed.
    hub_load, refinery_load : float array, shape (H,), (R,)
        Tonnes that enter.
    """

    cost: float
    other: float
    hub_size: Ints
    refinery_size: Ints
    hub_load: Floats
    refinery_load: Floats

    def to_plain(self) -> dict[str, Any]:
        """Return the plan as plain data."""
        return {
            name: value.tolist() if isinstance(value, np.ndarray) else value
            for name, value in ((field.name, getattr(self, field.name)) for field in fields(self))
        }

    @classmethod
    def from_plain(cls, told: Mapping[str, Any]) -> Choice:
        """Return the plan that plain data tell.

        Parameters
        ----------
        told : mapping
            Of `to_plain`; may hold more.
        """
        return cls(
            float(told["cost"]),
            float(told["other"]),
            np.array(told["hub_size"], np.int64),
            np.array(told["refinery_size"], np.int64),
            np.array(told["hub_load"], np.float64),
            np.array(told["refinery_load"], np.float64),
        )


def read_choice(problem: Problem, plan: Solution, cost: float, other: float) -> Choice:
    """Return a plan of the engine with both of its measures.

    Parameters
    ----------
    problem : Problem
    plan : Solution
        Of that problem.
    cost, other : float
    """
    load = np.bincount(plan.hub, problem.mass[plan.site] * plan.share, problem.n_hubs)
    return Choice(cost, other, plan.hub_size, plan.refinery_size, load.astype(np.float64), plan.flow.sum(axis=(0, 2)))


@dataclass(frozen=True, eq=False)
class FrontRow:
    """A point of a front.

    Attributes
    ----------
    choice : Choice
    bound : float
        No plan whose other measure is as small costs less; minus infinity where nothing is proven.
    goes_on : bool
        Whether the front goes on to the next row as a straight line, on which plants stay and tonnes are divided.
    attained : bool
        False for an end of such a line where another plan is as good in one measure, and better in the other.
    """

    choice: Choice
    bound: float
    goes_on: bool = False
    attained: bool = True


@dataclass(frozen=True, eq=False)
class Front:
    """A front, or points of it.

    Attributes
    ----------
    rows : tuple of FrontRow
        From the cheapest on; empty where there is no plan.
    is_complete : bool
        Whether these are all points there are.
    is_infeasible : bool
        Whether there is no plan at all.
    was_ended : bool
        Whether time ended the search before what was asked for was found.
    """

    rows: tuple[FrontRow, ...]
    is_complete: bool
    is_infeasible: bool = False
    was_ended: bool = False
