"""State scenarios as cases that share their plants.

A plant is built at one size before it is known which scenario comes. Its capital is paid for that size in every
scenario, used or not; what it takes in is paid by the tonne. So plants come in sizes here: those that its loads are
known to be where rules leave no choice, else sizes a quarter apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.analysis.decisions.robust.sizes import choose_sizes
from hubspoke.base.errors import UsageError
from hubspoke.costs.costs import build_costs
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.plant_paths import PlantPaths
from hubspoke.planning.formulation.copies import needs_copies
from hubspoke.planning.formulation.formulate import formulate
from hubspoke.planning.request import read_task, refuse_content
from hubspoke.planning.years.dips import Dip
from hubspoke.planning.years.forced_loads import forced_loads
from hubspoke.planning.years.growth import Growth
from hubspoke.planning.years.plants import Plants
from hubspoke.planning.years.read import YearTask
from hubspoke.planning.years.year_sizes import limit_sizes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Floats
    from hubspoke.inputs.network import Network
    from hubspoke.planning.request import Request


@dataclass(frozen=True, eq=False)
class Stated:
    """Scenarios as arrays, with what they were made of.

    Attributes
    ----------
    tasks : tuple of YearTask, length T
    hubs, refineries : tuples of Plants, length T
        Those of the tables, with the sizes that they may be built at, the same in all scenarios.
    cases : Cases
    """

    tasks: tuple[YearTask, ...]
    hubs: tuple[Plants, ...]
    refineries: tuple[Plants, ...]
    cases: Cases


def read_scenario(network: Network, request: Request) -> YearTask:
    """Return one scenario with its lanes, costs and problem.

    Parameters
    ----------
    network : Network
    request : Request

    Raises
    ------
    UsageError, InputError
        What is asked makes no sense, or cannot be planned over scenarios.
    """
    task = read_task(network, request)
    refuse_content(task.rules)
    if task.rules.objective != "cost":
        raise UsageError("robust plans are made at least cost; leave --objective out, and policy.objective at cost")
    lanes = request.lanes(task.network, task.year)
    costs = build_costs(task.network, lanes, task.year)
    if needs_copies(task.network, costs, task.rules):
        raise UsageError("refineries that recover other shares of the metals cannot be planned over scenarios")
    form = formulate(task.network, lanes, costs, task.rules, opened=task.opened, closed=task.closed)
    return YearTask(task, lanes, costs, form, form.problem)


def state_scenarios(tasks: Sequence[YearTask], names: Sequence[str], probability: Sequence[float]) -> Stated:
    """State scenarios as cases that share their plants.

    Parameters
    ----------
    tasks : sequence of YearTask, length T
    names : sequence of str, length T
    probability : sequence of float, length T

    Raises
    ------
    UsageError
        Scenarios with other plants, or with other sizes of them.
    """
    first = tasks[0].task.network
    for one, name in zip(tasks[1:], names[1:], strict=True):
        other = one.task.network
        if list(other.hubs["id"]) != list(first.hubs["id"]) or list(other.refineries["id"]) != list(
            first.refineries["id"]
        ):
            raise UsageError(
                f"{name}: has other plants than {names[0]}; close plants by `close` in a scenario, leave out no rows"
            )
        if one.task.rules.single_sourcing != tasks[0].task.rules.single_sourcing:
            raise UsageError(f"{name}: policy.sourcing differs from {names[0]}; it must be the same in all scenarios")
    hubs, refineries = _state_plants(tasks, refineries=False), _state_plants(tasks, refineries=True)
    problems = [
        limit_sizes(one.form, both, at) for at, (one, *both) in enumerate(zip(tasks, hubs, refineries, strict=True))
    ]
    shapes = [(len(steps.fixed), steps.fixed.shape[1]) for steps in (problems[0].hubs, problems[0].refineries)]
    share = float(first.settings.years.idle_share)
    cases = Cases.build(
        problems,
        weights=list(probability),
        hubs=_paths(hubs, shapes[0], share),
        refineries=_paths(refineries, shapes[1], share),
        linking="scenarios",
    )
    return Stated(tuple(tasks), hubs, refineries, cases)


def _state_plants(tasks: Sequence[YearTask], *, refineries: bool) -> tuple[Plants, ...]:
    """Return the sizes that plants of one kind may be built at, as each scenario sees them."""
    lines = [one.form.terms.refineries if refineries else one.form.terms.hubs for one in tasks]
    loads = [forced_loads(one.task.network, one.costs, one.task.rules)[int(refineries)] for one in tasks]
    forced, most = (np.stack([getattr(load, name) for load in loads]) for name in ("forced", "most"))
    shared = [
        np.zeros(line.capacity.shape) if refineries else one.form.terms.shared
        for line, one in zip(lines, tasks, strict=True)
    ]
    made, dip = [], Dip(exists=False, weights=np.ones(len(tasks)))
    for line, intervals, one in zip(lines, choose_sizes(lines, shared, forced, most), tasks, strict=True):
        shape = (len(tasks), *intervals.line.shape)
        growth = Growth(np.zeros(shape[1:], bool), np.ones(shape, bool), np.ones(shape))
        scale = one.costs.refining_scale if refineries else 1.0
        same = (intervals.pick(line),) * len(tasks)
        made.append(Plants(intervals, same, growth, np.zeros(shape[1:]), scale, dip))
    return tuple(made)


def _paths(plants: Sequence[Plants], shape: tuple[int, int], idle_share: float) -> PlantPaths:
    """Return what plants may do: be built at a size; where a scenario closes one, its capital is paid all the same."""
    idle: Floats = np.zeros((len(plants), *shape))
    for case, one in enumerate(plants):
        step, high = one.steps[case], one.intervals.high
        running = step.maintenance + step.labour + step.overhead + step.given
        idle[case, : len(high)] = step.capital + step.capital_per_t * high + idle_share * running
    return PlantPaths.build((len(plants), *shape), idle_cost=idle)
