"""What every coalition would pay by itself: the least cost of its sites, at its own plants and those open to all.

That is the usual cost of a coalition in collaborative transport (Frisk et al. 2010; reviewed by Guajardo and Rönnqvist
2016). Rules, prices and lanes are those of the whole, so that they are read once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.analysis.decisions.collaboration.game import Game, list_coalitions
from hubspoke.analysis.decisions.collaboration.members import EVERYBODY
from hubspoke.base.errors import InfeasibleError, NoPlanFoundError, UsageError
from hubspoke.base.status import Status
from hubspoke.costs.costs import build_costs
from hubspoke.engine.optimize import optimize
from hubspoke.engine.presolve.components import extract
from hubspoke.engine.problem.problem import FORCED_OPEN
from hubspoke.planning.formulation.formulate import formulate
from hubspoke.planning.request import refuse_content
from hubspoke.planning.years.read import YearTask

if TYPE_CHECKING:
    from hubspoke.analysis.decisions.collaboration.members import Members
    from hubspoke.base.arrays import Bools, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.problem.counts import Counts
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.planning.request import Request, Task

PLAN, NONE, NO_PACKS = "plan", "infeasible", "no packs"
"""What comes of a coalition."""


@dataclass(frozen=True, eq=False)
class Coalitions:
    """The plans of all coalitions of N members.

    Attributes
    ----------
    game : Game
    outcome : tuple of str, length 2**N
        `plan`, `infeasible`, or `no packs` where its members send nothing, and have nothing to pay.
    hubs, refineries : tuples of int arrays, length 2**N
        Plants that are open, by their row in the network.
    """

    game: Game
    outcome: tuple[str, ...]
    hubs: tuple[Ints, ...]
    refineries: tuple[Ints, ...]


def state_task(task: Task, request: Request) -> YearTask:
    """State what is planned by every coalition.

    Parameters
    ----------
    task : Task
    request : Request
        Whose lanes are built.

    Raises
    ------
    UsageError
        What is asked cannot be divided among members.
    """
    rules = task.rules
    refuse_content(rules)
    if rules.objective != "cost":
        raise UsageError("a collaboration divides cost; leave --objective out, and policy.objective at cost")
    if len(task.network.overseas):
        raise UsageError("black mass from abroad belongs to no member; set sources.overseas=false")
    if (rules.hubs_in_total, rules.refineries_in_total) != ((0, None), (0, None)):
        raise UsageError(
            "policy.hubs_in_total and policy.refineries_in_total count the plants of all members, which a coalition by "
            "itself does not have; leave them out, or limit plants per region"
        )
    lanes = request.lanes(task.network, task.year)
    costs = build_costs(task.network, lanes, task.year)
    form = formulate(task.network, lanes, costs, rules, opened=task.opened, closed=task.closed)
    return YearTask(task, lanes, costs, form, form.problem)


def check_forced(year: YearTask, members: Members) -> None:
    """Raise UsageError for plants that must be open, and are no member's, so that none could be asked to pay them.

    Parameters
    ----------
    year : YearTask
    members : Members
    """
    network, problem = year.task.network, year.problem
    for table, state, owner, counted in (
        (network.hubs, problem.hub_state, members.hubs, np.ones(problem.n_hubs, bool)),
        (network.refineries, problem.refinery_state, members.refineries, ~network.furnaces),
    ):
        forced = table.loc[(state == FORCED_OPEN) & (owner < 0) & counted, "id"].tolist()
        if forced:
            raise UsageError(f"{', '.join(forced)}: must be open, and is no member's; leave the order out")


def plan_coalitions(year: YearTask, members: Members, gap: float, stop: Stop) -> Coalitions:
    """Plan every coalition by itself.

    Parameters
    ----------
    year : YearTask
    members : Members
    gap : float
        Relative gap to which each is proven.
    stop : Stop

    Raises
    ------
    InfeasibleError
        All together have no plan.
    NoPlanFoundError
        Time was up before each had a plan, or a proof that there is none.
    """
    inside = list_coalitions(len(members.names))
    last, answers = len(inside) - 1, {0: NOTHING}
    for number in (last, *range(1, last)):
        found = _plan(year, members, inside[number], gap, stop)
        if found is None:
            raise NoPlanFoundError(
                f"time was up with {len(answers) - 1:,} of {last:,} coalitions planned, and a division needs the cost "
                "of each; allow more time, or name fewer members"
            )
        if number == last and found.outcome == NONE:
            raise InfeasibleError(
                f"{', '.join(members.names)} have no plan together; `hubspoke solve` of their sites and plants says why"
            )
        answers[number] = found
    told = [answers[number] for number in range(len(inside))]
    return Coalitions(
        Game(np.array([one.cost for one in told]), np.array([one.bound for one in told])),
        tuple(one.outcome for one in told),
        tuple(one.hubs for one in told),
        tuple(one.refineries for one in told),
    )


@dataclass(frozen=True, eq=False)
class _Answer:
    """What comes of one coalition: its cost, and the rows of its plants."""

    outcome: str
    cost: float
    bound: float
    hubs: Ints
    refineries: Ints


NOTHING = _Answer(NO_PACKS, 0.0, 0.0, np.empty(0, np.int64), np.empty(0, np.int64))


def _plan(year: YearTask, members: Members, inside: Bools, gap: float, stop: Stop) -> _Answer | None:
    """Return the best plan of a coalition; None where time was up before there was any."""
    who = np.flatnonzero(inside)
    sites = np.flatnonzero(
        np.isin(members.sites, who) & (year.problem.mass > 0)
    )  # the rest sends nothing, and owes nothing
    if not len(sites):
        return NOTHING
    hubs, refineries = (
        np.flatnonzero(np.isin(owner, who) | (owner == EVERYBODY)) for owner in (members.hubs, members.refineries)
    )
    problem = _without_empty_regions(year, sites)
    none = replace(NOTHING, outcome=NONE, cost=np.inf, bound=np.inf)
    left = float(problem.skip_cost[sites].sum())
    if np.isfinite(left) and not (len(hubs) and len(refineries)):
        return replace(NOTHING, outcome=PLAN, cost=left, bound=left)  # everything is left where it is, at its price
    if not (_has_enough(problem.hub_counts, hubs) and _has_enough(problem.refinery_counts, refineries)):
        return none
    if stop.is_due:
        return None
    answer = optimize(extract(problem, sites, hubs, refineries).problem, gap=gap, stop=stop)
    if not answer.has_plan:
        return none if answer.status is Status.INFEASIBLE else None
    return _Answer(
        PLAN,
        answer.objective,
        min(answer.bound, answer.objective),
        hubs[answer.hub_size >= 0],
        refineries[answer.refinery_size >= 0],
    )


def _without_empty_regions(year: YearTask, sites: Ints) -> Problem:
    """Return the problem in which regions without any of some sites need not open a plant."""
    network, problem = year.task.network, year.problem
    served = np.isin(network.regions, network.sites["region"].to_numpy(object)[sites])

    def ask(counts: Counts) -> Counts:
        asked = np.append(
            served, np.zeros(len(counts.fewest) - len(served), bool)
        )  # furnaces have a group of their own
        return replace(counts, fewest=np.where(asked, counts.fewest, 0))

    return problem.derive(hub_counts=ask(problem.hub_counts), refinery_counts=ask(problem.refinery_counts))


def _has_enough(counts: Counts, plants: Ints) -> bool:
    """Return whether some plants are any at all, and enough for every region that must open some."""
    return bool(
        len(plants) and (np.bincount(counts.group[plants], minlength=len(counts.fewest)) >= counts.fewest).all()
    )
