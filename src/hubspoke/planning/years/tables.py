"""The tables of a plan over several years: what plants do, and what each year costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hubspoke.costs.sizes import subsidies_paid
from hubspoke.engine.cases.plant_paths import Stage
from hubspoke.plan.columns import arrange
from hubspoke.plan.years import ABSENT, CLOSED, IDLE, OPEN
from hubspoke.planning.tables.columns import ratio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.plan.plan import PlanData
    from hubspoke.planning.years.calendar import Calendar
    from hubspoke.planning.years.owed import Owed
    from hubspoke.settings.plants import Technology

WORDS = {
    int(Stage.ABSENT): ABSENT,
    int(Stage.BUILDING): ABSENT,
    int(Stage.OPEN): OPEN,
    int(Stage.IDLE): IDLE,
    int(Stage.CLOSED): CLOSED,
}
GROWN_T = 1e-6
"""Tonnes per year of growth that are rounding."""


def tabulate_schedule(
    kind: str,
    plants: pd.DataFrame,
    owed: Owed,
    steps: Sequence[PlantSteps],
    *,
    technologies: Mapping[str, Technology],
    years: Sequence[int],
    per_t: float,
    recovery: float,
) -> pd.DataFrame:
    """Return what the plants of one kind do, those that are never open left out.

    Parameters
    ----------
    kind : {"hub", "refinery"}
    plants : DataFrame
        Their N rows in the network.
    owed : Owed
    steps : sequence of PlantSteps, length T
    technologies : mapping of str to Technology
        In the order of `steps[0].technology`.
    years : sequence of int, length T
    per_t : float
        Size of a plant per tonne that may enter in a year.
    recovery : float
        Capital recovery factor, per year.

    Returns
    -------
    DataFrame
        The columns of `schedule` in `plan/columns.py`; plant by plant, year by year.
    """
    rows = np.flatnonzero((owed.size >= 0).any(axis=0))
    names = list(technologies)
    existing = _existing_t(plants, owed, steps, names)
    sizes_t = np.stack([_size_t(owed, step, at, per_t) for at, step in enumerate(steps)])
    paid = np.stack([
        _subsidies(plants, owed.size[at], step, sizes_t[at], technologies) for at, step in enumerate(steps)
    ])  # fmt: skip
    parts = []
    for at, year in enumerate(years):
        size, stage = owed.size[at, rows], owed.stage[at, rows]
        named = np.array([*names, ""], object)[steps[at].technology[rows, size]]
        stands = owed.stands_t[at, rows]
        parts.append(
            pd.DataFrame(
                {
                    "year": year,
                    "kind": kind,
                    **{name: plants[name].to_numpy()[rows] for name in ("id", "name", "name_ja", "region")},
                    "technology": np.where(size >= 0, named, ""),
                    "stage": [WORDS[int(one)] for one in stage],
                    "step": _steps(owed, at, sizes_t, existing)[rows],
                    "existing_t": existing[rows],
                    "size_t": sizes_t[at, rows],
                    "load_t": owed.load_t[at, rows],
                    "stands_t": stands,
                    "idle_share": 1.0 - ratio(owed.load_t[at, rows], stands),
                    "invested_jpy": _invested(owed, steps, at, recovery)[rows],
                    "subsidy_jpy": _granted(owed, paid, at)[rows],
                    "capital_jpy": owed.capital_jpy[at, rows],
                    "unused_jpy": owed.unused_jpy[at, rows],
                    "idle_jpy": owed.idle_jpy[at, rows],
                    "closing_jpy": owed.closing_jpy[at, rows],
                    "_row": rows,
                }
            )
        )
    table = pd.concat(parts, ignore_index=True).sort_values(["_row", "year"], kind="stable", ignore_index=True)
    return arrange("schedule", table.drop(columns="_row"))


def _existing_t(plants: pd.DataFrame, owed: Owed, steps: Sequence[PlantSteps], names: Sequence[str]) -> Floats:
    """Return what stood before the first year and goes on; nothing where a plant is built anew as something else."""
    existing = plants["existing_t"].to_numpy(np.float64)
    stood = plants["existing_technology"].to_numpy(object)
    named, every = np.array([*names, ""], object), np.arange(len(plants))
    anew = np.zeros(len(plants), bool)
    for at, step in enumerate(steps):
        here = owed.size[at] >= 0
        anew |= here & ~step.has_given & (named[step.technology[every, owed.size[at]]] != stood)
    return np.where(anew, 0.0, existing)


def _size_t(owed: Owed, steps: PlantSteps, at: int, per_t: float) -> Floats:
    """Return the size that each plant stands at in a year: what it is built for, or the size that is given."""
    stands, size = owed.stands_t[at], owed.size[at]
    given = np.where((size >= 0) & (stands > 0), steps.size[np.arange(len(size)), size], 0.0)
    return np.where(steps.has_given, given, stands * per_t)


def _steps(owed: Owed, at: int, sizes_t: Floats, existing_t: Floats) -> np.ndarray:
    """Return what each plant does for a year, in words; who stays within what stood before the first does not grow."""
    now, open_now = owed.stage[at], owed.is_open[at]
    if at == 0:
        return np.where(open_now, "opens", "").astype(object)
    before, was_open = owed.stage[at - 1], owed.is_open[at - 1]
    grows = open_now & was_open & (sizes_t[at] > np.maximum(sizes_t[at - 1], existing_t) + GROWN_T)
    told = np.full(len(now), "", object)
    told[open_now & ~was_open] = "opens"
    told[open_now & (before == Stage.IDLE)] = "resumes"
    told[grows] = "grows"
    told[was_open & (now == Stage.IDLE)] = "idles"
    told[(now == Stage.CLOSED) & (before != Stage.CLOSED)] = "closes"
    return told


def _subsidies(
    plants: pd.DataFrame, size: Ints, steps: PlantSteps, size_t: Floats, technologies: Mapping[str, Technology]
) -> Floats:
    """Return what subsidies pay for the plants as they stand in a year, yen."""
    named = np.array([*technologies, ""], object)[steps.technology[np.arange(len(size)), size]]
    built = np.where((size >= 0) & ~steps.has_given, size_t, 0.0)
    return subsidies_paid(plants, built, named.tolist(), technologies)


def _granted(owed: Owed, paid: Floats, at: int) -> Floats:
    """Return the subsidies paid for a year: by what they have risen for plants that are open."""
    before = np.maximum.accumulate(paid[: at + 1])[at - 1] if at else np.zeros(paid.shape[1])
    risen: Floats = np.where(owed.is_open[at], np.maximum(paid[at] - before, 0.0), 0.0)
    return risen


def _invested(owed: Owed, steps: Sequence[PlantSteps], at: int, recovery: float) -> Floats:
    """Return the investment for a year: what the yearly payments have risen by, over the capital recovery factor."""
    before = owed.capital_jpy[at - 1] if at else np.zeros(owed.size.shape[1])
    reopened = owed.is_open[at] & (owed.stage[at - 1] == Stage.CLOSED) if at else np.zeros(len(before), bool)
    risen: Floats = np.maximum(owed.capital_jpy[at] - np.where(reopened, 0.0, before), 0.0) / recovery
    return np.where(owed.is_open[at] & ~steps[at].has_given, risen, 0.0)


def tabulate_by_year(
    plans: Sequence[PlanData], schedule: pd.DataFrame, calendar: Calendar, switching_jpy: Floats
) -> pd.DataFrame:
    """Return what each year costs.

    Parameters
    ----------
    plans : sequence of PlanData, length T
    schedule : DataFrame
        Of hubs and refineries.
    calendar : Calendar
    switching_jpy : float array, shape (T,)
        What sites that change their hub cost once, in each year.

    Returns
    -------
    DataFrame
        The columns of `by_year` in `plan/columns.py`.
    """
    rows = []
    for at, plan in enumerate(plans):
        here = schedule[schedule["year"] == calendar.years[at]]
        stands = {kind: float(here.loc[here["kind"] == kind, "stands_t"].sum()) for kind in ("hub", "refinery")}
        is_open = {kind: int(((here["kind"] == kind) & (here["stage"] == OPEN)).sum()) for kind in stands}
        unused, idle = float(here["unused_jpy"].sum()), float(here["idle_jpy"].sum())
        cost = plan.cost_jpy + unused + idle
        once = float(here["closing_jpy"].sum()) + float(switching_jpy[at])
        rows.append(
            {
                "year": calendar.years[at],
                "last_year": calendar.years[at] + calendar.spans[at] - 1,
                "policy": plan.policy,
                "packs_t": plan.mass_t,
                "unserved_t": plan.unserved_t,
                "hubs": is_open["hub"],
                "refineries": is_open["refinery"],
                "hub_stands_t": stands["hub"],
                "refinery_stands_t": stands["refinery"],
                "plan_jpy": plan.cost_jpy,
                "unused_jpy": unused,
                "idle_jpy": idle,
                "cost_jpy": cost,
                "cost_per_kg": cost / plan.mass_t / 1000 if plan.mass_t else 0.0,
                "once_jpy": once,
                "invested_jpy": float(here["invested_jpy"].sum()),
                "subsidy_jpy": float(here["subsidy_jpy"].sum()),
                "objective": plan.objective_value,
                "present_jpy": float(calendar.weights[at] * cost + calendar.discount[at] * once),
            }
        )
    return arrange("by_year", pd.DataFrame(rows))
