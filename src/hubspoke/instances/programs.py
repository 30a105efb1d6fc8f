"""Recognise a facility-location problem in a mathematical program, a file in MPS or LP form.

Taken is what the textbooks state: customers' rows (all of a customer's demand is served), links of the customers to
facilities that are open or not (capacities, and "served only from what is open"), and limits on how many facilities
open. Rows that follow from these, as formulations add them to be stronger, are left out. A row that is anything else is
named, and the file refused: nothing is dropped that could change the optimum.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.problem.counts import NO_LIMIT, Counts
from hubspoke.engine.problem.problem import Problem
from hubspoke.instances.program_matrix import Program, read_matrix

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats

SUFFIXES = (".mps", ".lp")
"""Files of programs by the end of their name, which may be followed by `.gz`."""

SAME = 1e-9
"""Numbers that differ by less, as a share of the larger, are the same number written twice."""


def is_program(path: Path) -> bool:
    """Return whether a file holds a mathematical program, judged by its name.

    Parameters
    ----------
    path : Path

    Returns
    -------
    bool
    """
    return path.name.lower().removesuffix(".gz").endswith(SUFFIXES) and not path.is_dir()


def read_program(path: Path) -> Problem:
    """Read a program, and return the facility-location problem that it states, its objective unchanged.

    Parameters
    ----------
    path : Path
        In MPS or LP form, packed by gzip or not.

    Returns
    -------
    Problem
        Of one echelon. Demand is in the unit of the capacities; 1 for each customer where there are none.

    Raises
    ------
    ValueError
        It cannot be read, or is no such problem; the message names the row or column.
    """
    return _Recognition(read_matrix(path)).state()


@dataclass(frozen=True)
class _Link:
    """A row `sum of weight x flow <= room x facility`."""

    row: int
    facility: int
    flows: NDArray[np.int64]
    weights: Floats
    room: float


class _Recognition:
    """The rows of a program by what they mean, in the order in which one kind gives away the next."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.links = [link for row in range(program.n_rows) if (link := self._as_link(row)) is not None]
        self.facilities = np.unique([link.facility for link in self.links])
        if not self.links:
            raise ValueError("it has no row that links flows to a facility that is open or not")
        for column in self.facilities:
            if not program.whole[column] or program.least[column] < 0 or program.most[column] > 1:
                raise ValueError(f"{program.name_column(column)} opens what others need, but is not 0 or 1")
        linked = {link.row for link in self.links}
        is_facility = np.isin(np.arange(len(program.cost)), self.facilities)
        self.demands: list[int] = []
        self.counted: list[int] = []
        for row in range(program.n_rows):
            columns, _ = program.row(row)
            if row in linked or not len(columns):
                continue
            if is_facility[columns].all():
                self.counted.append(row)
            elif not is_facility[columns].any():
                self.demands.append(row)
            else:
                raise ValueError(f"{program.name_row(row)} is no row of a facility-location problem")
        self.customer, self.full = self._find_customers()

    def _as_link(self, row: int) -> _Link | None:
        """Read a row as a link: one-sided, nothing on its right, exactly one column with a sign of its own."""
        program = self.program
        columns, values = program.row(row)
        if program.upper[row] == 0.0 and np.isneginf(program.lower[row]):
            sign = 1.0
        elif program.lower[row] == 0.0 and np.isposinf(program.upper[row]):
            sign = -1.0
        else:
            return None
        against = sign * values < 0
        if against.sum() != 1 or len(columns) < 2:
            return None
        flows = ~against
        return _Link(row, int(columns[against][0]), columns[flows], sign * values[flows], -sign * values[against][0])

    def _find_customers(self) -> tuple[NDArray[np.int64], Floats]:
        """Return the customer of each column, -1 for none, and the value at which it serves the customer wholly."""
        program = self.program
        customer = np.full(len(program.cost), -1, np.int64)
        full = np.ones(len(program.cost))
        for index, row in enumerate(self.demands):
            columns, values = program.row(row)
            lower, upper = program.lower[row], program.upper[row]
            if lower <= 0 or not np.isfinite(lower) or (values <= 0).any() or upper < lower:
                raise ValueError(f"{program.name_row(row)} does not say that a customer is served")
            if upper > lower and (program.cost[columns] < 0).any():
                raise ValueError(f"{program.name_row(row)} lets a customer be served twice, which costs below 0 reward")
            if (twice := columns[customer[columns] >= 0]).size:
                raise ValueError(f"{program.name_column(twice[0])} serves two customers")
            customer[columns] = index
            full[columns] = lower / values
        used = np.unique(np.concatenate([link.flows for link in self.links]))
        if (stray := used[customer[used] < 0]).size:
            raise ValueError(f"{program.name_column(stray[0])} serves no customer")
        flows = np.flatnonzero(customer >= 0)
        if (bound := flows[program.least[flows] != 0]).size:
            raise ValueError(f"{program.name_column(bound[0])} has a least value other than 0")
        short = (program.most[flows] < full[flows] * (1 - SAME)) & (program.most[flows] > 0)
        if short.any():
            raise ValueError(f"{program.name_column(flows[short][0])} has a limit of its own")
        lone = np.setdiff1d(np.flatnonzero(program.cost), np.concatenate([flows, self.facilities]))
        if lone.size:
            raise ValueError(f"{program.name_column(lone[0])} costs something and stands in no row")
        return customer, full

    def state(self) -> Problem:
        """Return the problem."""
        program, facilities = self.program, self.facilities
        flows = np.flatnonzero(self.customer >= 0)
        owner = self._find_owner()
        if not flows.size:
            raise ValueError("it has no row that says that a customer is served")
        if (free := flows[owner[flows] < 0]).size:
            raise ValueError(f"{program.name_column(free[0])} serves a customer from no facility")
        demand, capacity = self._find_capacities(owner)
        cost = np.full((len(self.demands), len(facilities)), np.inf)
        usable = flows[program.most[flows] > 0]
        at = self.customer[usable], owner[usable]
        if len(np.unique(np.ravel_multi_index(at, cost.shape))) < len(usable):
            raise ValueError("two columns serve one customer from one facility")
        cost[at] = program.cost[usable] * self.full[usable]
        cost[0] += program.offset  # each customer is served once, so that what is always paid may be paid there
        return Problem.build(
            demand,
            cost,
            capacity,
            program.cost[facilities],
            single_sourcing=self._is_whole(flows),
            hub_counts=self._find_counts(demand.sum(), capacity),
            hub_state=(program.least[facilities] > 0).astype(int) - (program.most[facilities] < 1).astype(int),
        )

    def _is_whole(self, flows: NDArray[np.int64]) -> bool:
        """Return whether customers must be served by one facility each."""
        whole = self.program.whole[flows]
        if whole.all():
            if (np.abs(self.full[flows] - 1) > SAME).any():
                raise ValueError("its flows are whole numbers of units, neither shares nor whole customers")
            return True
        if whole.any():
            raise ValueError("some customers may be divided and others not")
        return False

    def _find_owner(self) -> NDArray[np.int64]:
        """Return the facility from which each column serves, as a place among the facilities, or -1."""
        owner = np.full(len(self.program.cost), -1, np.int64)
        for link in self.links:
            place = int(np.searchsorted(self.facilities, link.facility))
            other = link.flows[(owner[link.flows] >= 0) & (owner[link.flows] != place)]
            if other.size:
                raise ValueError(f"{self.program.name_column(other[0])} depends on two facilities")
            owner[link.flows] = place
        return owner

    def _find_capacities(self, owner: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """Return the demand of each customer and the capacity of each facility, infinite where none is stated."""
        demand = np.full(len(self.demands), np.nan)
        capacity = np.full(len(self.facilities), np.inf)
        uncounted = np.zeros(len(owner), bool)
        for link in self.links:
            needed = link.weights * self.full[link.flows]  # by a customer that is wholly served here
            if needed.sum() <= link.room * (1 + SAME):
                continue  # never full: it only says that the facility must be open
            customers, place = self.customer[link.flows], int(np.searchsorted(self.facilities, link.facility))
            known = ~np.isnan(demand[customers])
            name = self.program.name_row(link.row)
            if not np.allclose(demand[customers][known], needed[known], rtol=SAME, atol=0.0):
                raise ValueError(f"{name} takes other demands than the rows of capacity before it")
            if np.isfinite(capacity[place]):
                raise ValueError(f"{name} is a second capacity of one facility")
            if link.room <= 0:
                raise ValueError(f"{name} leaves an open facility no capacity")
            demand[customers], capacity[place] = needed, link.room
            uncounted[owner == place] = True
            uncounted[link.flows] = False
        if np.isnan(demand).all():
            demand[:] = 1.0
        # A customer that no capacity counts takes no room anywhere; one that is counted is counted everywhere.
        demand = np.nan_to_num(demand, nan=0.0)
        left_out = np.flatnonzero(uncounted)
        if (left_out := left_out[demand[self.customer[left_out]] > 0]).size:
            raise ValueError(f"{self.program.name_column(left_out[0])} takes no room of its facility's capacity")
        return demand, capacity

    def _find_counts(self, total: float, capacity: Floats) -> Counts:
        """Return how many facilities may open, by groups that share none, and in all."""
        program, n = self.program, len(self.facilities)
        group = np.zeros(n, np.int64)
        fewest, most = [0], [int(NO_LIMIT)]
        in_total = 0, int(NO_LIMIT)
        for row in self.counted:
            columns, values = program.row(row)
            if self._follows(row, total, capacity):
                continue
            if not np.allclose(values, values[0], rtol=SAME, atol=0.0):
                raise ValueError(f"{program.name_row(row)} is no limit on how many facilities open")
            bounds = sorted((program.lower[row] / values[0], program.upper[row] / values[0]))
            least = max(int(np.ceil(bounds[0] - 1e-6)), 0) if np.isfinite(bounds[0]) else 0
            highest = int(np.floor(bounds[1] + 1e-6)) if np.isfinite(bounds[1]) else int(NO_LIMIT)
            if highest < least:
                raise ValueError(f"{program.name_row(row)} can be met by no number of open facilities")
            places = np.searchsorted(self.facilities, columns)
            if len(places) == n:
                in_total = max(in_total[0], least), min(in_total[1], highest)
            elif group[places].any():
                raise ValueError(f"{program.name_row(row)} counts facilities that another row counts, too")
            else:
                group[places] = len(fewest)
                fewest.append(least)
                most.append(highest)
        return Counts(group, np.array(fewest, np.int64), np.array(most, np.int64), *in_total)

    def _follows(self, row: int, total: float, capacity: Floats) -> bool:
        """Return whether a row only says that what is open has room for all demand, which the capacities say already.

        Any plan opens `sum of capacity >= total`; scaled so that its right side is at most the total, a row whose
        coefficients are at least the capacities is met by all of them.
        """
        columns, values = self.program.row(row)
        if self.program.upper[row] < np.inf or total <= 0:
            return False
        ample = np.zeros(len(capacity))
        ample[np.searchsorted(self.facilities, columns)] = values
        return bool((ample * total >= capacity * self.program.lower[row] * (1 - SAME)).all())
