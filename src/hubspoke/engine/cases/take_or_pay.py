"""Plants that pay for more than they take, and the same refineries as two parts of plain cost each.

An open plant that takes less than `tonnes` pays `rate` for each tonne that lacks, as one does that was built for more.
What it costs is convex in what it takes: the first tonnes are paid for whether they come or not, so each of them costs
less by the rate than the others. A refinery is a base for the first tonnes, and a top for the others, which are open
together; for hubs see `hub_dues.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.benders.cuts import CutGenerator
from hubspoke.engine.benders.refinery_parts import price_black_mass
from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.fractional_knapsack import fill_in_order
from hubspoke.engine.problem.steps import Steps
from hubspoke.engine.solution.evaluate import evaluate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.engine.assignment.assignment import Paid
    from hubspoke.engine.parameters import AssignmentParameters
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution

ROUNDING = 1e-12
"""Share of a capacity that is no part of its own."""


@dataclass(frozen=True, eq=False)
class TakeOrPay:
    """What open plants of one kind pay for, with T cases, N plants and K sizes.

    Attributes
    ----------
    tonnes : float array, shape (T, N, K)
        Tonnes per year that a plant open at a size pays for at least.
    rate : float array, shape (T, N, K)
        Cost of each of them that it does not take, 0 or more.
    """

    tonnes: Floats
    rate: Floats

    @classmethod
    def build(cls, shape: tuple[int, int, int], tonnes: ArrayLike, rate: ArrayLike) -> TakeOrPay:
        """Return what plants pay for, from whatever broadcasts to (T, N, K)."""
        return cls(*(np.broadcast_to(np.asarray(values, float), shape).copy() for values in (tonnes, rate)))

    def take(self, plants: Ints) -> TakeOrPay:
        """Return the same for some plants."""
        return TakeOrPay(self.tonnes[:, plants], self.rate[:, plants])

    def cost(self, case: int, size: Ints, load: Floats) -> float:
        """Return what is paid for tonnes that are not taken in a case, per year.

        Parameters
        ----------
        case : int
        size : int array, shape (N,)
            At which plants are open, -1 where they are not.
        load : float array, shape (N,)
            What they take.
        """
        plants = np.flatnonzero(size >= 0)
        lacking = np.maximum(self.tonnes[case, plants, size[plants]] - load[plants], 0.0)
        return float(self.rate[case, plants, size[plants]] @ lacking)


def check_take_or_pay(name: str, dues: TakeOrPay, shape: tuple[int, int, int]) -> None:
    """Raise ValueError where what plants pay for has an odd shape or values that make no sense.

    Parameters
    ----------
    name : str
        Of the field that says so.
    dues : TakeOrPay
    shape : (T, N, K)
    """
    for part in ("tonnes", "rate"):
        values = getattr(dues, part)
        if values.shape != shape:
            raise ValueError(f"{name}.{part} has shape {values.shape}, expected {shape}")
        if not np.isfinite(values).all() or (values < 0).any():
            raise ValueError(f"{name}.{part} must be finite and 0 or more")


@dataclass(frozen=True, eq=False)
class Divided:
    """A case whose refineries are two parts each where that makes a difference.

    Attributes
    ----------
    problem : Problem
        R bases, and behind them the tops, plants of their own.
    given : Problem
        With R whole refineries.
    of : int array, shape (tops,)
        The refinery that each top belongs to.
    exists : bool array, shape (tops, L)
        The sizes at which there is a top.
    paid : pair of float arrays, shape (R, L)
        Tonnes that refineries pay for at least, and the rate of each that lacks.
    """

    problem: Problem
    given: Problem
    of: Ints
    exists: Bools
    paid: tuple[Floats, Floats]

    def price(self, refinery: Floats, loads: Floats, most: Floats) -> Floats | None:
        """Return what a tonne of black mass costs at each hub, as `price_black_mass` does, from parts that are open."""
        return price_black_mass(self.given, refinery[: self.given.n_refineries], loads, most, self.paid)

    def spread(self, refinery: Floats) -> Floats:
        """Return to which part bases and tops are open, from that of refineries, shape (R, L)."""
        return np.concatenate([refinery, np.where(self.exists, refinery[self.of], 0.0)]) if len(self.of) else refinery

    def gather(self, value: Floats) -> Floats:
        """Return what the sizes of refineries are worth, shape (R, L), from what their parts are worth."""
        whole = value[: self.given.n_refineries].copy()
        whole[self.of] += np.where(self.exists, value[self.given.n_refineries :], 0.0)
        return whole

    def sizes(self, refinery_size: Ints) -> Ints:
        """Return the sizes of bases and tops, from those of refineries, -1 where they are closed."""
        size = refinery_size[self.of]
        here = (size >= 0) & self.exists[np.arange(len(size)), size]
        return np.concatenate([refinery_size, np.where(here, size, -1)])

    def join(self, plan: Solution, refinery_size: Ints) -> Solution:
        """Return a plan of the parts as one of whole refineries, its cost without what is paid beyond."""
        count = self.given.n_refineries
        flow = plan.flow[:, :count].copy()
        flow[:, self.of] += plan.flow[:, count:]
        whole = replace(plan, refinery_size=refinery_size, flow=flow)
        return replace(whole, objective=evaluate(self.given, whole))


def divide(problem: Problem, tonnes: Floats, rate: Floats) -> Divided:
    """Return a case with each refinery in two parts; what must at least enter one is not asked of them.

    Parameters
    ----------
    problem : Problem
    tonnes, rate : float arrays, shape (R, L)
        What its refineries pay for at least, and for each tonne that lacks.
    """
    steps = problem.refineries
    paid = steps.exists & (tonnes > 0) & (rate > 0)
    both = paid & (steps.capacity > tonnes * (1 + ROUNDING))
    of = np.flatnonzero(both.any(axis=1))
    exists, tops = both[of], len(of)
    base = Steps(
        np.where(both, tonnes, steps.capacity),
        steps.fixed + np.where(paid, rate * tonnes, 0.0),
        steps.variable - np.where(paid, rate, 0.0),
    )
    if not tops:
        return Divided(problem.derive(refineries=base) if paid.any() else problem, problem, of, exists, (tonnes, rate))
    top = Steps(
        np.where(exists, steps.capacity[of] - tonnes[of], 0.0),
        np.where(exists, 0.0, np.inf),
        np.where(exists, steps.variable[of], 0.0),
    )
    parts = problem.derive(
        transfer_cost=np.concatenate([problem.transfer_cost, problem.transfer_cost[:, of]], axis=1),
        refineries=Steps(*(np.concatenate([getattr(base, name), getattr(top, name)]) for name in
                           ("capacity", "fixed", "variable"))),
        refinery_counts=Counts.free(problem.n_refineries + tops),
        refinery_state=np.append(problem.refinery_state, np.where(problem.refinery_state[of] < 0, -1, 0)),
        refinery_floor=np.zeros(problem.n_refineries + tops),
        beside=np.concatenate([problem.beside, np.zeros((problem.n_hubs, tops), bool)], axis=1),
    )  # fmt: skip
    return Divided(parts, problem, of, exists, (tonnes, rate))


class PartedCutter(CutGenerator):
    """Makes cuts for a problem whose refineries are in parts: a top takes what is next best after its base."""

    def __init__(self, parts: Divided, parameters: AssignmentParameters, paid: Paid | None = None) -> None:
        """Lay out the lanes by hub; sizes of hubs may have paid for tonnes."""
        super().__init__(parts.problem, parameters, paid)
        self.parts = parts

    def value_refineries(self, worth: Floats) -> Floats:
        """Value every base and top: fixed cost, less what the flows that they could draw save at most together."""
        value, parts, steps = super().value_refineries(worth), self.parts, self.problem.refineries
        if not len(parts.of):
            return value
        tops = slice(parts.given.n_refineries, None)
        saving, most = self.savings(worth, self.problem.transfer_cost[:, tops])
        for size in range(value.shape[1]):
            before = np.minimum(steps.capacity[parts.of, size, None], self.all_out)
            whole = np.minimum(before + steps.capacity[tops, size, None], self.all_out)
            gain = np.maximum(saving - steps.variable[tops, size, None], 0.0)
            filled = fill_in_order(most, whole) - fill_in_order(most, before)
            value[tops, size] = steps.fixed[tops, size] - (gain * filled).sum(axis=1)
        return np.where(self.refinery_sizes, value, np.inf)


def divide_cases(problems: Sequence[Problem], weights: Floats, dues: TakeOrPay | None) -> list[Divided]:
    """Return the problems of all cases with their refineries in parts.

    Parameters
    ----------
    problems : sequence of Problem, length T
        With weighed costs.
    weights : float array, shape (T,)
    dues : TakeOrPay or None
        Before weights.
    """
    none = np.zeros(problems[0].refineries.fixed.shape)
    return [
        divide(problem, none, none)
        if dues is None
        else divide(problem, dues.tonnes[case], dues.rate[case] * float(weights[case]))
        for case, problem in enumerate(problems)
    ]
