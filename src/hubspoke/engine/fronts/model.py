"""The full model with both measures: any weighted sum of them is made least, under limits on both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pulp

from hubspoke.engine.fronts.front import Choice
from hubspoke.engine.milp.highs import make_highs
from hubspoke.engine.milp.matrix_highs import pass_model
from hubspoke.engine.milp.model import build_model
from hubspoke.engine.milp.prices import price_terms
from hubspoke.engine.milp.rows import sum_terms
from hubspoke.engine.milp.solve import cost_unit
from hubspoke.engine.milp.solver import FITS, WHOLE

if TYPE_CHECKING:
    import highspy

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.fronts.pair import Pair

FREE = float("inf")


@dataclass(frozen=True, eq=False)
class Answer:
    """What a run found.

    Attributes
    ----------
    whole : int array or None
        Values of the columns that must be whole, in their order; None where no plan was found.
    bound : float
        No plan within the limits has a smaller weighted sum; infinite where there is none.
    """

    whole: Ints | None
    bound: float


class PairModel:
    """The full strong model of a pair, in HiGHS.

    Amounts inside are in units of `unit`, so that tolerances of the solver mean the same for every pair.

    Parameters
    ----------
    pair : Pair
    """

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.unit: Floats = np.array([cost_unit(pair.cost), cost_unit(pair.other)])
        model, self._handles = build_model(pair.all_variables)
        # the objective stands for nothing but that every column is in the model, in a known order
        terms = [price_terms(problem, self._handles) for problem in (pair.cost, pair.other)]
        model.setObjective(sum_terms([(variable, 1.0) for _, _, variable, _ in terms[0]]))
        variables = model.variables()
        self._column = {variable.name: at for at, variable in enumerate(variables)}
        self.amounts: Floats = np.zeros((2, len(variables)))
        for row, measure in enumerate(terms):
            for _, _, variable, amount in measure:
                self.amounts[row, self._column[variable.name]] += amount
        self._scaled = self.amounts / self.unit[:, None]
        self._is_whole = np.array([variable.cat == pulp.LpInteger for variable in variables], bool)
        self.whole: Ints = np.flatnonzero(self._is_whole)
        self._milp, self._lp = (self._hand_over(model, mip=mip) for mip in (True, False))
        self._fixed: bytes | None = None

    def _hand_over(self, model: pulp.LpProblem, *, mip: bool) -> highspy.Highs:
        highs = make_highs(primal_feasibility_tolerance=FITS)
        if mip:
            highs.setOptionValue("mip_feasibility_tolerance", WHOLE)
        pass_model(highs, model, mip=mip)
        for row in self._scaled:
            at = np.flatnonzero(row).astype(np.int32)
            highs.addRow(-np.inf, np.inf, len(at), at, row[at])
        return highs

    def _ask(self, highs: highspy.Highs, weights: Floats, most: Floats) -> None:
        columns = len(self._column)
        highs.changeColsCost(columns, np.arange(columns, dtype=np.int32), weights @ self._scaled)
        rows = highs.getNumRow()
        for at, limit in enumerate(most):
            highs.changeRowBounds(rows - 2 + at, -np.inf, float(limit))

    def solve(
        self,
        weights: Floats,
        most: Floats,
        *,
        slack: float,
        cutoff: float = FREE,
        gap: float = 0.0,
        stop: Stop | None = None,
    ) -> Answer:
        """Make a weighted sum least.

        Parameters
        ----------
        weights : float array, shape (2,)
        most : float array, shape (2,)
            Limits on both measures, infinite for none.
        slack : float
            Difference to the least sum at which the solver may end.
        cutoff : float
            Plans with a larger sum are not wanted; the bound is then at most this.
        gap : float
            The same as a share of the sum.
        stop : Stop, optional
        """
        highs = self._milp
        highs.clearSolver()
        self._ask(highs, weights, most)
        highs.setOptionValue("mip_rel_gap", gap)
        highs.setOptionValue("mip_abs_gap", slack)
        highs.setOptionValue("objective_bound", cutoff if np.isfinite(cutoff) else 1e30)
        limit = None if stop is None else stop.time_limit
        highs.setOptionValue("time_limit", np.inf if limit is None else highs.getRunTime() + limit)
        highs.run()
        word = highs.modelStatusToString(highs.getModelStatus())
        info = highs.getInfo()
        whole = None
        if info.primal_solution_status == 2:  # kSolutionStatusFeasible
            values = np.array(highs.getSolution().col_value)
            whole = np.rint(values[self.whole]).astype(np.int64)
        if not len(self.whole):
            bound = float(info.objective_function_value) if word == "Optimal" else -np.inf
            bound = np.inf if word in NO_PLAN else bound
            return Answer(whole if word == "Optimal" else None, min(bound, cutoff))
        bound = np.inf if word in NO_PLAN else float(info.mip_dual_bound)
        return Answer(whole, min(bound, cutoff))

    def relax(self, whole: Ints, weights: Floats, most: Floats) -> tuple[Floats, Floats] | None:
        """Make a weighted sum least with whole columns as they are given; return both measures, and all columns.

        Parameters
        ----------
        whole : int array
            Of `Answer.whole`.
        weights, most : float array, shape (2,)
            As in `solve`.

        Returns
        -------
        measures : float array, shape (2,), in units
        values : float array, shape (columns,)
        """
        highs = self._lp
        if whole.tobytes() != self._fixed:
            highs.clearSolver()
            at, value = self.whole.astype(np.int32), whole.astype(float)
            if len(at):
                highs.changeColsBounds(len(at), at, value, value)
            self._fixed = whole.tobytes()
        self._ask(highs, weights, most)
        highs.run()
        if highs.modelStatusToString(highs.getModelStatus()) != "Optimal":
            return None
        values = np.array(highs.getSolution().col_value)
        return self._scaled @ values, values

    def read(self, values: Floats) -> Choice:
        """Return the plan that columns stand for.

        Parameters
        ----------
        values : float array, shape (columns,)
        """
        pair, handles = self.pair, self._handles
        problem = pair.cost
        cost, other = self.amounts @ values
        mass = problem.mass
        hub_load = np.zeros(problem.n_hubs)
        for (site, hub), variable in handles.assign.items():
            hub_load[hub] += mass[site] * values[self._column[variable.name]]
        refinery_load = np.zeros(problem.n_refineries)
        for (_, refinery, _), variable in handles.flow.items():
            refinery_load[refinery] += values[self._column[variable.name]]
        sizes = []
        for chosen, count in ((handles.hub_size, problem.n_hubs), (handles.refinery_size, problem.n_refineries)):
            size = np.full(count, -1, np.int64)
            for (plant, step), variable in chosen.items():
                if values[self._column[variable.name]] > 0.5:
                    size[plant] = step
            sizes.append(size)
        return Choice(float(cost), float(other), sizes[0], sizes[1], hub_load, refinery_load)


NO_PLAN = frozenset({"Infeasible", "Primal infeasible or unbounded", "Bound on objective reached"})
"""What HiGHS says where no plan keeps the limits and the cutoff."""
