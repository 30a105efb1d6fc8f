"""Compare run folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hubspoke.analysis.comparison.compare import compare
from hubspoke.base.errors import UsageError
from hubspoke.outputs.runs.load import load_plan
from hubspoke.words.names import number_alike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.analysis.comparison.compare import Comparison


def read_comparison(runs: Sequence[str | Path]) -> Comparison:
    """Load saved plans and compare them, each named after its folder.

    Parameters
    ----------
    runs : sequence of str or Path
        Run folders, two or more; the first is what the others are compared with.

    Returns
    -------
    Comparison

    Raises
    ------
    UsageError
        Fewer than two folders, one that is no run folder, or plans with no site in common.
    """
    if len(runs) < 2:
        raise UsageError("compare needs two run folders or more, such as: hubspoke compare plan plan-shared")
    plans, faults = [], []
    for run in runs:
        try:
            plans.append(load_plan(run))
        except UsageError as error:
            faults.append(str(error))
    if faults:
        raise UsageError("\n".join(faults))
    return compare(*plans, names=_name_folders(runs))


def _name_folders(runs: Sequence[str | Path]) -> tuple[str, ...]:
    """Name plans after their folders, with the parent folder where two folders have the same name."""
    paths = [Path(run).resolve() for run in runs]
    names = [path.name for path in paths]
    told = [f"{path.parent.name}/{path.name}" if names.count(path.name) > 1 else path.name for path in paths]
    return number_alike(told)
