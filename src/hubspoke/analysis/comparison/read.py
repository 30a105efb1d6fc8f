"""Compare run folders."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from hubspoke.analysis.comparison.compare import compare
from hubspoke.analysis.comparison.years.compare import compare_years
from hubspoke.base.errors import UsageError
from hubspoke.outputs.runs.load import load_plan
from hubspoke.outputs.runs.years_load import is_years_run, load_years
from hubspoke.words.names import number_alike

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hubspoke.analysis.comparison.compare import Comparison
    from hubspoke.analysis.comparison.years.compare import YearsComparison
    from hubspoke.plan.plan import PlanData

T = TypeVar("T")


def read_comparison(runs: Sequence[str | Path]) -> Comparison | YearsComparison:
    """Load saved plans and compare them, each named by its policy or year, or after its folder where that says nothing.

    Where some are plans over several years and some of one, the years of the latter are compared: the plan of that year
    stands for the whole.

    Parameters
    ----------
    runs : sequence of str or Path
        Run folders, two or more; the first is what the others are compared with.

    Returns
    -------
    Comparison or YearsComparison
        The latter where all are plans over several years.

    Raises
    ------
    UsageError
        Fewer than two folders, one that is no run folder, plans with no site in common, or over other horizons.
    """
    if len(runs) < 2:
        raise UsageError("compare needs two run folders or more, such as: hubspoke compare plan plan-shared")
    with_input = partial(load_plan, with_input=True)  # by which the map follows roads
    several = [is_years_run(run) for run in runs]
    if all(several):
        return compare_years(_read_all(runs, partial(load_years, with_input=True)), _name_folders(runs))
    if any(several):
        chosen = choose_year(runs)
        told = zip(_name_folders(runs), chosen, several, strict=True)
        names = [f"{name}/{path.name}" if over_years else name for name, path, over_years in told]
        return compare(*_read_all(chosen, with_input), names=names)
    plans = _read_all(runs, with_input)
    return compare(*plans, names=name_by_task(plans) or _name_folders(runs))


def name_by_task(plans: Sequence[PlanData]) -> tuple[str, ...]:
    """Name plans by what tells them apart: policy, year, or both; nothing where they are of one policy and year.

    Parameters
    ----------
    plans : sequence of PlanData
    """
    for names in (
        [plan.policy for plan in plans],
        [str(plan.year) for plan in plans],
        [f"{plan.policy} {plan.year}" for plan in plans],
    ):
        if len(set(names)) == len(plans):
            return tuple(names)
    return ()


def choose_year(runs: Sequence[str | Path]) -> list[Path]:
    """Return run folders of one year each: of a plan over several years, that of the year of the others.

    Parameters
    ----------
    runs : sequence of str or Path
        Run folders, some of them of several years, and some not.

    Raises
    ------
    UsageError
        The others are of different years, or of one that a plan over several years does not plan.
    """
    single = {load_plan(run).year for run in runs if not is_years_run(run)}
    chosen = []
    for run in map(Path, runs):
        if not is_years_run(run):
            chosen.append(run)
            continue
        planned = sorted(int(path.name) for path in run.iterdir() if path.name.isdigit() and path.is_dir())
        year = single.copy().pop()
        if len(single) > 1 or year not in planned:
            theirs = ", ".join(map(str, sorted(single)))
            raise UsageError(
                f"{run} is a plan of the years {', '.join(map(str, planned))}, the other is of {theirs} alone: name "
                f"one year of it, such as {run}/{planned[-1]}, or plan the other for the same years (--years)"
            )
        chosen.append(run / str(year))
    return chosen


def _read_all(runs: Sequence[str | Path], read: Callable[[str | Path], T]) -> list[T]:
    """Return what was read of each folder, or raise UsageError with every fault at once."""
    plans, faults = [], []
    for run in runs:
        try:
            plans.append(read(run))
        except UsageError as error:
            faults.append(str(error))
    if faults:
        raise UsageError("\n".join(faults))
    return plans


def _name_folders(runs: Sequence[str | Path]) -> tuple[str, ...]:
    """Name plans after their folders, with the parent folder where two folders have the same name."""
    paths = [Path(run).resolve() for run in runs]
    names = [path.name for path in set(paths)]  # a folder that is given twice needs no parent, which would be the same
    told = [f"{path.parent.name}/{path.name}" if names.count(path.name) > 1 else path.name for path in paths]
    return number_alike(told)
