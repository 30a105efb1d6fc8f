"""What choices of plants cost in every case, the cuts that this gives, and plans made of the best of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status, is_proven
from hubspoke.base.threads import spread
from hubspoke.engine.benders.complete import serves_all
from hubspoke.engine.cases.fixed_plants import fix_plants, take_one_size
from hubspoke.engine.cases.full import plan_case, with_bound
from hubspoke.engine.cases.hub_dues import divide_open_hubs
from hubspoke.engine.cases.known import NOTHING
from hubspoke.engine.cases.solution import write_plan
from hubspoke.engine.cases.take_or_pay import divide
from hubspoke.engine.optimize import optimize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.benders.subproblem import Subproblem
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.cuts.master import PathMaster
    from hubspoke.engine.cases.solution import CasesSolution
    from hubspoke.engine.parameters import EngineParameters
    from hubspoke.engine.solution.solution import Solution

TOLD = 1e-7
"""Share of a cost by which a cut must exceed it to tell anything."""


@dataclass(frozen=True)
class Told:
    """What answering a whole choice told.

    `cost` is that of divided sites over all cases, steps included; infinite where some site that must be served is not,
    None where time is up. `new` says whether some cut exceeds what the master took a case to cost, `unserved` in which
    cases a site is not served.
    """

    cost: float | None
    new: bool
    unserved: tuple[int, ...] = ()


class Answers:
    """Answers whole choices, remembers what they cost, and keeps the best plan."""

    def __init__(
        self,
        cases: Cases,
        subproblems: Sequence[Subproblem],
        master: PathMaster,
        *,
        gap: float,
        stop: Stop,
        seed: int,
        parameters: EngineParameters,
    ) -> None:
        """Work for one search."""
        self.cases = cases
        self.subproblems = subproblems
        self.master = master
        self.gap = gap
        self.stop = stop
        self.seed = seed
        self.parameters = parameters
        self.best: CasesSolution | None = None
        self.best_value: Floats | None = None
        """The choice of the best plan."""
        self.known = NOTHING
        self.objective: float = np.inf
        """What the best plan truly costs, infinite without one."""
        self.core: tuple[Floats, float] | None = None
        """A choice of known cost, perhaps in parts, from which others are approached."""
        self._cheapest = np.inf
        """The least cost of a choice so far."""
        self._known: dict[tuple[int, bytes], float] = {}
        self._plans: dict[tuple[int, bytes], Solution] = {}

    @property
    def limit(self) -> float:
        """Parts of all plans whose bound is this or more need no further look."""
        best = min(self.objective, self.known.cutoff)
        if not np.isfinite(best):
            return np.inf
        most = best - self.gap * (1 - 1e-6) * abs(best)
        if self.best is None or self.known.judge is None:
            return most
        own = self.best.objective  # what plans truly cost more than here no bound can say
        return min(most, own - self.gap * self.parameters.cases.least_gap * abs(own))

    def is_proven(self, bound: float) -> bool:
        """Return whether a bound proves the best plan within the gap, or as far as these cases can."""
        best = min(self.objective, self.known.cutoff)
        enough = self.known.judge is not None and bound >= self.limit
        return bool(np.isfinite(best)) and (enough or is_proven(best, bound, self.gap))

    def exceeds(self, cost: float, told: float) -> bool:
        """Return whether a cost exceeds what was told by more than rounding."""
        return cost > told + TOLD * max(abs(told), self.master.unit)

    def answer(self, value: Floats, costs: Floats | None = None, *, exactly: bool = False) -> Told:
        """Answer a whole choice in every case.

        Parameters
        ----------
        value : float array, shape (width,)
        costs : float array, shape (T,), optional
            What the master took each case to cost.
        exactly : bool
            Answer more exactly where the cuts tell nothing new.
        """
        costs_of, new = np.zeros(self.cases.count), False
        if self.cases.measure is not None:  # no weighted sum of some cases says what the others add
            costs_of = np.array([self.master.told(case, value) for case in range(self.cases.count)])
        sizes = [[np.round(part) for part in self.master.sizes(value, case)] for case in range(self.cases.count)]
        keys = [
            (case, np.concatenate([part.ravel() for part in parts]).astype(bool).tobytes())
            for case, parts in enumerate(sizes)
        ]
        asked = [case for case, key in enumerate(keys) if exactly or key not in self._known]
        points = dict(
            zip(asked, spread(lambda case: self.subproblems[case].evaluate(*sizes[case]), asked), strict=True)
        )
        for case, (subproblem, key, parts) in enumerate(zip(self.subproblems, keys, sizes, strict=True)):
            if case not in points:
                costs_of[case] = self._known[key]
                continue
            point = points[case]
            if point is None:
                return Told(None, new)
            self.master.add(case, point.cut)
            told = np.inf if costs is None else float(costs[case])
            new |= self.exceeds(point.cut.at(*parts), told)
            if exactly and not new:
                if not point.exact and (exact := subproblem.evaluate_exactly(point)) is not None:
                    point = exact
                    self.master.add(case, point.cut)
                if not point.balanced and (balanced := subproblem.balance(point)) is not None:
                    point = balanced
                    self.master.add(case, point.cut)
                new |= self.exceeds(point.cut.at(*parts), told)
            costs_of[case] = max(costs_of[case], point.cost)
            worth_it = not point.balanced and self.master.total(value, costs_of) < self._cheapest  # its cost is too low
            if worth_it and (balanced := subproblem.balance(point)) is not None:
                point = balanced
                self.master.add(case, point.cut)
            served = serves_all(subproblem.cutter, point)
            self._known[key] = max(point.cost, self.master.told(case, value)) if served else np.inf
            costs_of[case] = self._known[key]
        total = self.master.total(value, costs_of)
        self._cheapest = min(self._cheapest, total)
        if np.isfinite(total) and (self.core is None or total < self.core[1]):
            self.core = value, total
        return Told(total, new, tuple(np.flatnonzero(np.isposinf(costs_of)).tolist()))

    def complete(self, value: Floats, bound: float) -> bool:
        """Make plans of all cases at a whole choice; return whether they are the best, or there are none."""
        hubs, refineries = (write_plan(self.cases.count, paths) for paths in self.master.paths(value))
        plans: list[Solution] = []
        made = spread(
            lambda case: self._plan(case, hubs.open_size[case], refineries.open_size[case]), range(self.cases.count)
        )
        for case, plan in enumerate(made):
            if plan is None:
                return False
            if not plan.has_plan:
                self.master.forbid(case, hubs.open_size[case], refineries.open_size[case])
                return True
            plans.append(plan)
        answer = with_bound(self.cases, plans, hubs, refineries, bound=bound, gap=self.gap)
        cost = answer.objective if self.known.judge is None else self.known.judge(answer)
        if cost >= self.objective:
            return False
        self.best, self.best_value, self.objective = answer, value, cost
        return True

    def _plan(self, case: int, hub_size: Ints, refinery_size: Ints) -> Solution | None:
        """Plan a case at given plants; without a plan where there is none, None where none was found."""
        key = case, np.concatenate([hub_size, refinery_size]).tobytes()
        if key in self._plans:
            return self._plans[key]
        knobs, problem = self.parameters.cases, self.cases.problems[case]
        share = knobs.completing / self.cases.count
        left = self.stop.seconds_left
        dues = self.cases.take_or_pay
        sizes = hub_size, refinery_size
        if dues is not None and not problem.refinery_floor.any():
            parts = divide(problem, dues.tonnes[case], dues.rate[case])
            problem, sizes = parts.problem, (hub_size, parts.sizes(refinery_size))
        open_hubs = divide_open_hubs(fix_plants(problem, *sizes), self.cases.hub_take_or_pay, case, hub_size)
        found = optimize(
            take_one_size(open_hubs.problem, open_hubs.size, sizes[1]),
            gap=self.gap * knobs.plan_gap,
            seed=self.seed,
            threads=1,
            stop=self.stop if np.isinf(left) else self.stop.within(left * share),
            parameters=self.parameters,
        )
        if found.status is Status.INFEASIBLE:
            return found
        plan = None
        if found.has_plan:
            lanes = open_hubs.join(found.site, found.hub, found.share)
            plan = plan_case(self.cases, case, hub_size, refinery_size, *lanes)
        if plan is not None:
            self._plans[key] = plan
        return plan
