"""Which rules are in conflict where there is no plan: a smallest set of them, and how far each would have to give way.

A deletion filter (Chinneck and Dravnieks 1991): rules are dropped one after the other; where there is still no plan the
rule stays dropped. Those that are left are in conflict, and no part of them is. Every step is a proof that there is no
plan, or a plan. For each rule left, the least by which it must give way alone is found by halving, as elastic models do
for all at once: just short of it there is no plan, which is proven, too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.status import Status
from hubspoke.base.stop import Stop
from hubspoke.engine.optimize import optimize
from hubspoke.engine.problem.steps import Steps
from hubspoke.planning.infeasible.cures import Cure, list_amounts, name_cure
from hubspoke.planning.infeasible.rows import check_scip, find_rows
from hubspoke.planning.infeasible.rules import Rule, list_rules, state_without

if TYPE_CHECKING:
    from collections.abc import Collection

    from hubspoke.costs.costs import Costs
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.lanes.lanes import Lanes
    from hubspoke.planning.infeasible.rows import RowsInConflict
    from hubspoke.planning.request import Task

SECONDS = 20.0
"""Time limit of a single proof."""
MOST = 3
"""Conflicts that are told, one behind the other."""
FIRST = ("single_sourcing", "black_mass_stays", "packs_stay", "fewest_", "most_", "refinery_room", "hub_room")
"""Beginnings of the rules that are dropped first, so that those that a planner has set rather stay."""


@dataclass(frozen=True)
class Conflict:
    """Rules that no plan obeys together.

    Attributes
    ----------
    rules : tuple of Rule
        Without any of them the others have a plan; empty where it is no rule that stands against a plan.
    is_irreducible : bool
        Whether that is proven of all of them.
    cures : tuple of Cure
        Each alone leads to a plan of all rules, those that change least first; empty where there are further conflicts.
    regions : tuple of str
        Regions whose sites have no plan even where those of all others may be left out.
    rows : RowsInConflict or None
        Sites, plants and limits that it is about, where they were asked for and found.
    """

    rules: tuple[Rule, ...]
    is_irreducible: bool
    cures: tuple[Cure, ...]
    regions: tuple[str, ...]
    rows: RowsInConflict | None = None


def find_conflicts(
    task: Task, lanes: Lanes, costs: Costs, *, seconds: float = SECONDS, rows: bool = False
) -> list[Conflict]:
    """Return the conflicts of a task without sources abroad, one behind the other; none where there is a plan.

    Parameters
    ----------
    task : Task
    lanes : Lanes
    costs : Costs
    seconds : float
        Time limit of each proof.
    rows : bool
        Whether sites, plants and limits are named that the first conflict is about; needs SCIP.

    Raises
    ------
    UsageError
        Rows are asked for, and SCIP is not installed.
    """
    if rows:
        check_scip()
    search = _Search(task, lanes, costs, seconds)
    found: list[Conflict] = []
    dropped: set[str] = set()
    while len(found) < MOST and search.has_plan(dropped) is False:
        conflict = search.filter(dropped)
        found.append(conflict)
        if conflict.cures or not conflict.rules:
            break
        dropped |= {rule.key for rule in conflict.rules}
    if rows and found and found[0].rules:
        kept = {rule.key for rule in found[0].rules}
        others = {rule.key for rule in list_rules(task)} - kept
        problem = _free(state_without(task, lanes, costs, others))
        named = find_rows(task.network, problem, found[0].regions, seconds=seconds)
        found[0] = replace(found[0], rows=named)
    return found


@dataclass(frozen=True, eq=False)
class _Search:
    """Asks whether there is a plan under some of the rules."""

    task: Task
    lanes: Lanes
    costs: Costs
    seconds: float

    def has_plan(self, dropped: Collection[str]) -> bool | None:
        """Return whether there is a plan without some rules; None where neither is proven in time."""
        return self.is_possible(state_without(self.task, self.lanes, self.costs, dropped))

    def is_possible(self, problem: Problem) -> bool | None:
        """Return whether a problem has a plan, at any cost; None where neither is proven in time."""
        answer = optimize(_free(problem), gap=1.0, stop=Stop(self.seconds))
        return True if answer.has_plan else False if answer.status is Status.INFEASIBLE else None

    def filter(self, dropped: Collection[str]) -> Conflict:
        """Return rules in conflict, where some others are dropped."""
        rules = [rule for rule in list_rules(self.task) if rule.key not in dropped]
        gone, kept, is_proven = set(dropped), [], True
        for rule in sorted(rules, key=_order):
            possible = self.has_plan(gone | {rule.key})
            if possible is False:
                gone.add(rule.key)
            else:
                kept.append(rule)
                is_proven &= possible is True
        if len(kept) == 0:
            return Conflict((), is_irreducible=True, cures=(), regions=self._find_regions(gone))
        cures = [cure for rule in kept if (cure := self._cure(rule)) is not None]
        order = sorted(cures, key=lambda cure: (cure.share, cure.key))
        return Conflict(tuple(kept), is_proven, tuple(order), self._find_regions(gone))

    def _find_regions(self, dropped: Collection[str]) -> tuple[str, ...]:
        """Return the regions whose own sites have no plan."""
        problem = state_without(self.task, self.lanes, self.costs, dropped)
        of = self.task.network.sites["region"].to_numpy(object)
        found = []
        for region in self.task.network.regions:
            alone = problem.derive(skip_cost=np.where(of == region, problem.skip_cost, 0.0))
            if (of == region).any() and self.is_possible(alone) is False:
                found.append(region)
        return tuple(found)

    def _cure(self, rule: Rule) -> Cure | None:
        """Return the least by which a rule must give way, all others kept; None where no plan comes of it."""
        if self.has_plan({rule.key}) is not True:
            return None
        amounts = list_amounts(rule.key, self.task, self.lanes)
        if not amounts:
            return name_cure(rule, self.task, None)
        low, high = 0, len(amounts) - 1
        if self._holds_with(rule, amounts[high]) is not True:
            return name_cure(rule, self.task, None)
        is_least = True
        while low < high:
            middle = (low + high) // 2
            holds = self._holds_with(rule, amounts[middle])
            is_least &= holds is not None
            low, high = (low, middle) if holds else (middle + 1, high)
        return replace(name_cure(rule, self.task, amounts[high]), is_least=is_least)

    def _holds_with(self, rule: Rule, amount: float) -> bool | None:
        """Return whether there is a plan where a rule gives way to an amount."""
        key, rules = rule.key, self.task.rules
        if key in {"hub_room", "refinery_room"}:
            problem = state_without(self.task, self.lanes, self.costs, ())
            kind = "hubs" if key == "hub_room" else "refineries"
            steps: Steps = getattr(problem, kind)
            return self.is_possible(
                problem.derive(**{kind: Steps(steps.capacity * amount, steps.fixed, steps.variable)})
            )
        if key == "longest_haul":
            changed = replace(rules, longest_haul_km=amount)
        elif key == "hub_floor":
            changed = replace(rules, hub_floor_t=amount)
        elif key == "refinery_floor":
            changed = replace(rules, refinery_floor_t=amount)
        else:
            end, name = key.split("_", 1)
            fewest, most = getattr(rules, name)
            limits = (int(amount), most) if end == "fewest" else (fewest, int(amount))
            changes: dict[str, Any] = {name: limits}
            changed = replace(rules, **changes)
        task = replace(self.task, rules=changed)
        return self.is_possible(state_without(task, self.lanes, self.costs, ()))


def _order(rule: Rule) -> int:
    return next((at for at, start in enumerate(FIRST) if rule.key.startswith(start)), len(FIRST))


def _free(problem: Problem) -> Problem:
    """Return a problem in which nothing costs anything, and sites that send nothing need not be served."""

    def free(steps: Steps) -> Steps:
        return Steps(steps.capacity, np.where(steps.exists, 0.0, np.inf), np.zeros_like(steps.variable))

    return problem.derive(
        collection_cost=np.where(np.isfinite(problem.collection_cost), 0.0, np.inf),
        hubs=free(problem.hubs),
        transfer_cost=np.where(np.isfinite(problem.transfer_cost), 0.0, np.inf),
        refineries=free(problem.refineries),
        skip_cost=np.where((problem.mass > 0) & np.isinf(problem.skip_cost), np.inf, 0.0),
        shared_saving=np.zeros_like(problem.shared_saving),
    )
