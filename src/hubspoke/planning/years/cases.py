"""State a plan over several years as cases that share their plants."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import UsageError
from hubspoke.engine.cases.cases import Cases
from hubspoke.planning.years.dips import Dip, find_dip
from hubspoke.planning.years.forced_loads import forced_loads
from hubspoke.planning.years.growth import find_growth, first_shares
from hubspoke.planning.years.intervals import RATIO, WIDE_RATIO, find_intervals, list_sizes, sizes_in_dip
from hubspoke.planning.years.paths import make_paths
from hubspoke.planning.years.plants import Plants
from hubspoke.planning.years.year_sizes import limit_sizes, owe_lower_ends
from hubspoke.settings.plants import Plant

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import pandas as pd

    from hubspoke.base.arrays import Bools, Floats
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.engine.cases.plant_paths import PlantPaths
    from hubspoke.planning.years.calendar import Calendar
    from hubspoke.planning.years.read import YearTask
    from hubspoke.settings.plants import Technology


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
    hubs_dip, refineries_dip : bool
        Whether the capital of a dip is charged in the year before.
    """

    hubs: frozenset[float] = frozenset()
    refineries: frozenset[float] = frozenset()
    hubs_dip: bool = False
    refineries_dip: bool = False

    def add(
        self, hubs: Collection[float], refineries: Collection[float], *, hubs_dip: bool, refineries_dip: bool
    ) -> Marks:
        """Return these marks and others."""
        return Marks(
            self.hubs.union(hubs),
            self.refineries.union(refineries),
            self.hubs_dip or hubs_dip,
            self.refineries_dip or refineries_dip,
        )


def first_marks(tasks: Sequence[YearTask]) -> Marks:
    """Return how finely plants are stated at first: where packs go anywhere, hubs are charged for a dip at once.

    All hubs together owe for it in every plan. For the few refineries finer sizes tell as much, and are fewer.

    Parameters
    ----------
    tasks : sequence of YearTask, length T
    """
    return Marks(hubs_dip=_go_anywhere(tasks))


def _go_anywhere(tasks: Sequence[YearTask]) -> bool:
    """Return whether packs may go to other regions in some year."""
    return any(one.task.rules.packs_cross_borders for one in tasks) and len(tasks[0].task.network.regions) > 1


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
        take_or_pay=owe_lower_ends(plants[1], problems[0].refineries.fixed.shape),
        hub_take_or_pay=owe_lower_ends(plants[0], problems[0].hubs.fixed.shape),
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
    ratio = WIDE_RATIO if _go_anywhere(tasks) else RATIO
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
        if kind and _go_anywhere(tasks):
            further = [{*own, *sizes_in_dip(largest[:, plant])} for plant, own in enumerate(further)]
        limited = bool(years.budget_jpy) or years.budget_in_total_jpy is not None
        if limited:  # plants come in sizes, so that what is invested in a year is known
            further = [{*own, *list_sizes(float(largest[:, plant].max()))} for plant, own in enumerate(further)]
        intervals = find_intervals(lines[0], np.where(slow, np.nan, forced), largest, further, ratio=ratio)
        intervals = intervals.discrete() if limited else intervals
        steps = tuple(intervals.pick(line) for line in lines)
        growth = find_growth(table, steps[0], technologies, settings, calendar, scale=scale)
        if not (growth.runs_in or limited):  # else a plant may have to be larger than what it takes in so far
            growth = replace(growth, allowed=growth.allowed & intervals.useful)
        told = marks.refineries_dip if kind else marks.hubs_dip
        plain = not told or growth.runs_in or limited or tasks[0].task.rules.objective == "co2"
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
