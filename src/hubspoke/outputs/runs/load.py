"""Read a run folder again, and the input that its plan was made from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import InputError, UsageError
from hubspoke.inputs.files.source import RUN_FILE
from hubspoke.outputs.exports.csv_table import read_csv_table
from hubspoke.outputs.runs.plan_json import plan_from_json
from hubspoke.plan.plan import TABLES

if TYPE_CHECKING:
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData
    from hubspoke.settings.settings import Settings


def load_plan(folder: str | Path) -> PlanData:
    """Read a saved plan.

    Parameters
    ----------
    folder : str or Path
        A run folder.

    Returns
    -------
    PlanData
        The plan as it was saved; its `run` holds the seconds by phase.

    Raises
    ------
    UsageError
        The folder is no run folder, or its files are damaged or of another version.
    """
    home = Path(folder)
    if not (home / RUN_FILE).is_file():
        raise UsageError(f"{folder} is no run folder of hubspoke (it has no plan.json); `hubspoke solve -o` makes one")
    try:
        text = (home / RUN_FILE).read_text(encoding="utf-8")
        tables = {table: read_csv_table(home / f"{table}.csv", table) for table in TABLES}
    except (OSError, ValueError) as error:
        raise UsageError(f"{folder} cannot be read ({error}); solve again") from error
    return plan_from_json(text, tables, {"seconds": read_run(home).get("seconds", {})}, name=str(folder))


def read_run(folder: str | Path) -> dict[str, Any]:
    """Return the facts in `run.json`: time, machine, versions, seconds, and where the input was.

    Parameters
    ----------
    folder : str or Path
        A run folder.

    Returns
    -------
    dict
        Empty where the file is missing or damaged.
    """
    try:
        facts = json.loads((Path(folder) / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}


def read_input_again(folder: str | Path, settings: Settings) -> Network | None:
    """Read the input of a run again from where it was.

    Parameters
    ----------
    folder : str or Path
        A run folder.
    settings : Settings
        Those of the plan in it.

    Returns
    -------
    Network or None
        The input under these settings; None where it is gone or has faults.
    """
    from hubspoke.inputs.read import read_as_planned  # noqa: PLC0415 - only audits of saved runs need it

    source = read_run(folder).get("source")
    if source is not None and not Path(source).exists():
        return None
    try:
        return read_as_planned(source, settings)
    except InputError:
        return None
