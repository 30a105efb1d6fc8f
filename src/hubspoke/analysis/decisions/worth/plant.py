"""What a plant's room is worth, and at what cost a plant that is not chosen would be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.analysis.decisions.worth.state import read_standing, solve_again
from hubspoke.engine.problem.problem import FORCED_OPEN
from hubspoke.engine.problem.steps import Steps

if TYPE_CHECKING:
    from hubspoke.analysis.decisions.worth.state import Difference, Standing
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData

STEP = 0.01
"""Share of its largest size by which the room of a plant is raised, one tonne at least."""
ROUNDS = 25
"""Most plans by which a break-even is closed in on."""


@dataclass(frozen=True, eq=False)
class RoomWorth:
    """What more room at a plant is worth.

    Attributes
    ----------
    step_t : float
        Tonnes per year by which its largest size was raised.
    difference : Difference
        What the best plan costs more then; 0 or less.
    """

    step_t: float
    difference: Difference


@dataclass(frozen=True, eq=False)
class BreakEven:
    """At which share of its own cost a plant that is not chosen would be.

    Attributes
    ----------
    chosen_to, left_from : float
        It is proven to be chosen up to the first factor, and to be left aside from the second on; below zero, not even
        for nothing.
    plans : int
        How many plans were made.
    """

    chosen_to: float
    left_from: float
    plans: int


def price_room(plan: PlanData, network: Network, plant_id: str, *, seconds: float) -> RoomWorth:
    """Plan with more room at a plant.

    Parameters
    ----------
    plan : PlanData
    network : Network
        That was planned.
    plant_id : str
    seconds : float
        Time limit of each plan.
    """
    standing, kind, plant = _find(plan, network, plant_id, seconds)
    steps: Steps = getattr(standing.year.problem, kind)
    size = int(np.where(steps.exists[plant], steps.capacity[plant], -1.0).argmax())
    more = max(1.0, STEP * float(steps.capacity[plant, size]))
    capacity = steps.capacity.copy()
    capacity[plant, size] += more
    raised = standing.year.problem.derive(**{kind: Steps(capacity, steps.fixed, steps.variable)})
    return RoomWorth(more, standing.weigh(solve_again(raised, seconds)))


def find_break_even(plan: PlanData, network: Network, plant_id: str, *, seconds: float) -> BreakEven | None:
    """Find the factor on its own yearly cost (all of its sizes) at which a plant would be chosen.

    The best plan with the plant costs the more, the higher the factor is, along a concave line. Each plan is a straight
    line above it, whose crossing with the cost of the best plan is the next factor tried (Dinkelbach 1967), until no
    cheaper plan with the plant is found. What is proven follows from plans and bounds.

    Parameters
    ----------
    plan : PlanData
    network : Network
        That was planned.
    plant_id : str
    seconds : float
        Time limit of each plan.

    Returns
    -------
    BreakEven or None
        None where there is no plan with it, or nothing is known in the time given.
    """
    standing, kind, plant = _find(plan, network, plant_id, seconds)
    base = standing.solution
    problem = standing.year.problem
    chosen, left, factor = -np.inf, np.inf, 1.0
    for round_ in range(1, ROUNDS + 1):
        answer = solve_again(_scale(problem, kind, plant, factor), seconds)
        if not answer.has_plan:
            return None if not np.isfinite(left) else BreakEven(chosen, left, round_)
        own = _own_cost(problem, kind, plant, answer)
        rest = answer.objective - factor * own
        if own <= 0:
            return None
        if answer.bound > base.objective:
            left = min(left, factor)
        chosen = max(chosen, (base.bound - rest) / own)  # this very plan, at that factor, is as cheap as any
        crossing = (base.objective - rest) / own
        if crossing < 0 and factor == 0.0:
            return BreakEven(min(chosen, crossing), left, round_)
        following = max(crossing, 0.0)
        if abs(following - factor) <= 1e-6 * max(1.0, abs(factor)):
            # a little above no plan with it is as cheap, as far as the bound reaches
            slack = max(base.objective - answer.bound, 0.0) / own
            return BreakEven(chosen, min(left, factor + slack), round_)
        factor = following
    return BreakEven(chosen, left, ROUNDS)


def _find(plan: PlanData, network: Network, plant_id: str, seconds: float) -> tuple[Standing, str, int]:
    is_hub = plant_id in set(plan.hubs["id"])
    table = plan.hubs if is_hub else plan.refineries
    region = str(table.loc[table["id"] == plant_id, "region"].iloc[0])
    standing = read_standing(plan, network, region, seconds=seconds)
    tables = standing.year.task.network
    ids = list((tables.hubs if is_hub else tables.refineries)["id"])
    return standing, "hubs" if is_hub else "refineries", ids.index(plant_id)


def _scale(problem: Problem, kind: str, plant: int, factor: float) -> Problem:
    """Return the problem with a plant that must be open, at a share of its cost."""
    steps: Steps = getattr(problem, kind)
    fixed, variable = steps.fixed.copy(), steps.variable.copy()
    there = steps.exists[plant]
    fixed[plant, there] *= factor
    variable[plant, there] *= factor
    state_name = "hub_state" if kind == "hubs" else "refinery_state"
    state = getattr(problem, state_name).copy()
    state[plant] = FORCED_OPEN
    changes = {kind: Steps(steps.capacity, fixed, variable), state_name: state}
    if kind == "hubs":
        saving = problem.shared_saving.copy()
        saving[plant] *= factor
        changes["shared_saving"] = saving
    return problem.derive(**changes)


def _own_cost(problem: Problem, kind: str, plant: int, answer: Solution) -> float:
    """Return what a plant costs a year in a plan, at its full cost."""
    steps: Steps = getattr(problem, kind)
    if kind == "hubs":
        at = answer.hub == plant
        load = float((problem.mass[answer.site[at]] * answer.share[at]).sum())
        size = int(answer.hub_size[plant])
        beside = problem.beside[plant] & (answer.refinery_size >= 0)
        saved = float(problem.shared_saving[plant, size]) if beside.any() else 0.0
    else:
        load, size, saved = float(answer.flow[:, plant].sum()), int(answer.refinery_size[plant]), 0.0
    return float(steps.fixed[plant, size] + steps.variable[plant, size] * load) - saved
