"""State a plan over several years as cases that share their plants."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import UsageError
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.cases.take_or_pay import TakeOrPay
from hubspoke.engine.problem.steps import Steps
from hubspoke.planning.years.dips import Dip, find_dip, stack_slopes
from hubspoke.planning.years.forced_loads import forced_loads
from hubspoke.planning.years.growth import find_growth, first_shares
from hubspoke.planning.years.intervals import RATIO, WIDE_RATIO, find_intervals, list_sizes
from hubspoke.planning.years.paths import make_paths
from hubspoke.settings.plants import Plant

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import pandas as pd

    from hubspoke.base.arrays import Bools, Floats
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.engine.cases.plant_paths import PlantPaths
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.planning.formulation.formulate import Formulation
    from hubspoke.planning.years.calendar import Calendar
    from hubspoke.planning.years.growth import Growth
    from hubspoke.planning.years.intervals import Intervals
    from hubspoke.planning.years.read import YearTask
    from hubspoke.settings.plants import Technology


@dataclass(frozen=True, eq=False)
class Plants:
    """The plants of one kind over all years.

    Attributes
    ----------
    intervals : Intervals
        The sizes that they may be built for.
    steps : tuple of PlantSteps, length T
        What each costs in each year, with a column for each interval.
    growth : Growth
    closing_jpy : float array, shape (N, J)
        What closing costs once besides the payments still to come.
    scale : float
        Tonnes that sizes are stated for, per tonne that enters.
    dip : Dip
        Whether capital of the second year is charged in the first; then sizes stand in blocks.
    """

    intervals: Intervals
    steps: tuple[PlantSteps, ...]
    growth: Growth
    closing_jpy: Floats
    scale: float
    dip: Dip

    @property
    def charge_jpy_per_t(self) -> Floats:
        """Capital that is charged in every year for each tonne, shape (T, N, blocks of J)."""
        return self.dip.charge(stack_slopes(self.steps))


@dataclass(frozen=True, eq=False)
class Statement:
    """A plan over several years as arrays.

    Attributes
    ----------
    calendar : Calendar
    years : tuple of YearTask, length T
    hubs, refineries : Plants
        Those of the tables.
    cases : Cases
    gap : float
        Relative gap to prove.
    """

    calendar: Calendar
    years: tuple[YearTask, ...]
    hubs: Plants
    refineries: Plants
    cases: Cases
    gap: float


@dataclass(frozen=True)
class Marks:
    """How finely plants are stated.

    Attributes
    ----------
    hubs, refineries : frozenset of float
        Sizes at which intervals of size begin for all plants of a kind, besides those that are found anyway.
    dip : bool
        Whether the capital of a dip is charged in the year before.
    """

    hubs: frozenset[float] = frozenset()
    refineries: frozenset[float] = frozenset()
    dip: bool = False

    def add(self, hubs: Collection[float], refineries: Collection[float], *, dip: bool) -> Marks:
        """Return these marks and others."""
        return Marks(self.hubs.union(hubs), self.refineries.union(refineries), self.dip or dip)


def state_years(calendar: Calendar, tasks: Sequence[YearTask], gap: float | None, marks: Marks) -> Statement:
    """State a plan over several years as cases that share their plants.

    Parameters
    ----------
    calendar : Calendar
    tasks : sequence of YearTask, length T
    gap : float or None
        Relative gap to prove; the widest of those of the years if None.
    marks : Marks

    Returns
    -------
    Statement

    Raises
    ------
    UsageError
        Plants that have other sizes in one year than in another.
    """
    plants, paths = _state_plants(tasks, calendar, marks)
    problems = [limit_sizes(one.form, plants, at) for at, one in enumerate(tasks)]
    rules = tasks[0].task.network.settings.years
    by_years = tasks[0].task.rules.objective == "co2"  # kilograms are not discounted
    mass = [float(one.costs.mass_t.sum()) for one in tasks]
    cases = Cases.build(
        problems,
        weights=calendar.spans if by_years else calendar.weights,
        hubs=paths[0],
        refineries=paths[1],
        one_time_factor=calendar.discount,
        budget=[float(rules.budget_jpy.get(str(year), np.inf)) for year in calendar.years],
        budget_in_total=np.inf if rules.budget_in_total_jpy is None else float(rules.budget_in_total_jpy),
        least_tonnes=[rules.least_share_in(year) * tonnes for year, tonnes in zip(calendar.years, mass, strict=True)],
        stays_collected=rules.stays_collected,
        switching_cost=np.inf if rules.sites_keep_hub else float(rules.switch_jpy or 0.0),
        take_or_pay=_owe_lower_ends(plants[1], problems[0].refineries.fixed.shape),
    )
    wanted = max(one.task.gap for one in tasks) if gap is None else gap
    held = tuple(replace(one, problem=problem) for one, problem in zip(tasks, problems, strict=True))
    return Statement(calendar, held, plants[0], plants[1], cases, wanted)


def _state_plants(tasks: Sequence[YearTask], calendar: Calendar, marks: Marks) -> tuple[list[Plants], list[PlantPaths]]:
    """Return what hubs and refineries may be in each year, and what steps between them cost."""
    network, costs = tasks[0].task.network, tasks[0].costs
    settings, years = network.settings, network.settings.years
    recovery = settings.finance.capital_recovery_per_yr
    loads = [forced_loads(one.task.network, one.costs, one.task.rules) for one in tasks]
    anywhere = any(one.task.rules.packs_cross_borders for one in tasks) and len(network.regions) > 1
    ratio = WIDE_RATIO if anywhere else RATIO
    made, paths = [], []
    for kind, table, known, scale, most, others in (
        (0, network.hubs, settings.hub_technologies, 1.0, years.hubs_opened_most, len(network.overseas)),
        (1, network.refineries, settings.takers, costs.refining_scale, years.refineries_opened_most, 0),
    ):
        lines = [one.form.terms.refineries if kind else one.form.terms.hubs for one in tasks]
        _check_alike(table, lines, calendar)
        technologies: dict[str, Technology] = {**known}
        forced, largest = (np.stack([getattr(load[kind], name) for load in loads]) for name in ("forced", "most"))
        share = first_shares(table, technologies, calendar)
        slow: Bools = np.asarray((share < 1).any(axis=0))  # who is run in may be larger than any load
        given = marks.refineries if kind else marks.hubs
        sizes = (largest / share).T.tolist()
        further = [{*given, *(sizes[plant] if slow[plant] else ())} for plant in range(len(table))]
        limited = bool(years.budget_jpy) or years.budget_in_total_jpy is not None
        if limited:  # plants come in sizes, so that what is invested in a year is known
            further = [{*own, *list_sizes(float(largest[:, plant].max()))} for plant, own in enumerate(further)]
        intervals = find_intervals(lines[0], np.where(slow, np.nan, forced), largest, further, ratio=ratio)
        intervals = intervals.discrete() if limited else intervals
        steps = tuple(intervals.pick(line) for line in lines)
        growth = find_growth(table, steps[0], technologies, settings, calendar, scale=scale)
        if not (growth.runs_in or limited):  # else a plant may have to be larger than what it takes in so far
            growth = replace(growth, allowed=growth.allowed & intervals.useful)
        plain = not marks.dip or growth.runs_in or limited or tasks[0].task.rules.objective == "co2"
        tonnes = [float(one.costs.mass_t.sum()) for one in tasks]
        dip = Dip(exists=False, weights=calendar.weights) if plain else find_dip(tonnes, calendar.weights)
        once = closing_jpy(steps[0], technologies, float(years.closing_share), scale)
        made.append(Plants(intervals, steps, growth, once, scale, dip))
        paths.append(
            make_paths(
                steps,
                growth,
                intervals,
                dip,
                years,
                calendar,
                closing_jpy=once,
                investment_jpy=(steps[0].capital + steps[0].capital_per_t * intervals.high) / recovery,
                most_openings=most,
                others=others,
            )
        )
    return made, paths


def _owe_lower_ends(refineries: Plants, shape: tuple[int, int]) -> TakeOrPay | None:
    """Return that open refineries pay for the lower ends of their sizes; a single year has no need of it."""
    intervals, count = refineries.intervals, len(refineries.steps)
    if count == 1:
        return None
    sizes = intervals.line.shape[1]
    charge = np.concatenate([refineries.charge_jpy_per_t] * (2 if refineries.growth.runs_in else 1), axis=2)
    blocks = charge.shape[2] // sizes
    free = np.concatenate([intervals.at_low | (intervals.line < 0)] * blocks, axis=2)
    rate = np.zeros((count, *shape))
    rate[:, : len(intervals.line)] = np.where(free, 0.0, charge)
    tonnes = np.zeros(shape)
    tonnes[: len(intervals.line)] = np.hstack([intervals.low] * blocks)
    return TakeOrPay.build(rate.shape, tonnes, rate) if (rate * tonnes).any() else None


def _check_alike(plants: pd.DataFrame, steps: Sequence[PlantSteps], calendar: Calendar) -> None:
    """Raise UsageError where the sizes of a plant differ in number or technology from year to year."""
    for year, other in zip(calendar.years[1:], steps[1:], strict=True):
        if other.technology.shape != steps[0].technology.shape:
            raise UsageError(f"years.values: plants have other sizes in {year}; state sizes for all years alike")
        for at in np.flatnonzero((other.technology != steps[0].technology).any(axis=1)):
            name = plants["id"].iloc[at]
            raise UsageError(f"years.values: {name} has other sizes in {year}; state its sizes for all years alike")


def closing_jpy(steps: PlantSteps, technologies: Mapping[str, Technology], share: float, scale: float) -> Floats:
    """Return what closing costs once besides the payments still to come, yen, shape (N, K).

    Parameters
    ----------
    steps : PlantSteps
    technologies : mapping of str to Technology
        In the order of `steps.technology`.
    share : float
        Share of the investment in a plant of that size; nothing is known of sizes that the planner gives.
    scale : float
        Tonnes that sizes are stated for, per tonne that enters.
    """
    cost = np.zeros(steps.size.shape)
    for at, technology in enumerate(technologies.values()):
        if isinstance(technology, Plant):
            relative = steps.size * scale / float(technology.reference_t_per_yr)
            invested = technology.invested_jpy * relative ** float(technology.capital_exponent)
            cost = np.where(steps.technology == at, invested, cost)
    return float(share) * np.where(steps.has_given[:, None], 0.0, cost)


def limit_sizes(form: Formulation, plants: Sequence[Plants], at: int) -> Problem:
    """Return the problem of a year with the sizes that plants may have in it.

    Parameters
    ----------
    form : Formulation
        Of the year.
    plants : sequence of two Plants
        Hubs and refineries.
    at : int
        Position of the year.
    """
    problem, (hubs, refineries) = form.problem, plants
    saving = np.zeros((problem.n_hubs, hubs.intervals.line.shape[1]))
    saving[: len(hubs.intervals.line)] = np.where(
        hubs.intervals.line >= 0,
        np.take_along_axis(form.terms.shared, np.maximum(hubs.intervals.line, 0), axis=1),
        0.0,
    )
    return problem.derive(
        hubs=_state_steps(problem.hubs, form.terms.hubs, hubs, at),
        refineries=_state_steps(problem.refineries, form.terms.refineries, refineries, at),
        shared_saving=np.hstack([saving] * (2 if hubs.growth.runs_in else len(hubs.dip.blocks(at)))),
    )


def _state_steps(steps: Steps, lines: PlantSteps, plants: Plants, at: int) -> Steps:
    """Return the sizes of a year, block by block."""
    intervals, found = plants.intervals, list[Steps]()
    sizes, charge = intervals.line.shape[1], plants.charge_jpy_per_t[at]
    for block, there in enumerate(plants.dip.blocks(at)):
        stated = intervals.state(steps, lines, at, charge[:, block * sizes : (block + 1) * sizes])
        made = _limit_steps(stated, plants.growth, at)
        if block:  # others behind have one size
            there_too = np.zeros(made.fixed.shape, bool)
            there_too[: len(intervals.line)] = there
            fixed = np.where(there_too, made.fixed, np.inf)
            made = Steps(np.where(np.isfinite(fixed), made.capacity, 0.0), fixed, made.variable)
        found.append(made)
    if len(found) == 1:
        return found[0]
    return Steps(*(np.hstack([getattr(one, name) for one in found]) for name in ("capacity", "fixed", "variable")))


def _limit_steps(steps: Steps, growth: Growth, at: int) -> Steps:
    """Return sizes without those that are not allowed; those of plants in their first years stand behind the others."""
    plants = len(growth.standing)
    allowed, share = np.ones(steps.capacity.shape, bool), np.ones(steps.capacity.shape)
    allowed[:plants], share[:plants] = growth.allowed[at], growth.first_share[at]
    standing = np.zeros(allowed.shape, bool)
    standing[:plants] = growth.standing
    usual, first = np.where(standing, share, 1.0), np.where(standing, 1.0, share)
    capacity = np.where(allowed, steps.capacity, 0.0)
    fixed = np.where(allowed, steps.fixed, np.inf)
    if not growth.runs_in:
        return Steps(capacity, fixed, steps.variable)
    return Steps(
        np.hstack([capacity * usual, capacity * first]), np.hstack([fixed, fixed]), np.hstack([steps.variable] * 2)
    )
