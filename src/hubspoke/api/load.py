"""Read what was saved again: a plan, or a plan over several years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.api.plan import Plan
from hubspoke.api.years_plan import YearsPlan

if TYPE_CHECKING:
    from pathlib import Path


def load(folder: str | Path) -> Plan | Any:  # a folder decides which; `Any` stands for the rarer YearsPlan
    """Read a saved plan again.

    Parameters
    ----------
    folder : str or Path
        A run folder, as `Plan.save`, `YearsPlan.save` and `hubspoke solve` write it.

    Returns
    -------
    Plan or YearsPlan
        With the network that was planned; a `YearsPlan` of a run folder of several years.

    Raises
    ------
    UsageError
        The folder is no run folder, or its files are damaged or not what was planned.
    """
    from hubspoke.outputs.runs.load import load_plan  # noqa: PLC0415 - pandas loads when a plan is read
    from hubspoke.outputs.runs.years_load import is_years_run, load_years  # noqa: PLC0415

    if is_years_run(folder):
        return YearsPlan.of(load_years(folder, with_input=True))
    return Plan.of(load_plan(folder, with_input=True))
